"""A real SFTP server on this machine, in a thread of its own, for tests; it stands in for an e-invoice operator."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh

USER, PASSWORD = "jobcenter", "salasana"
SERVER_KEY = asyncssh.generate_private_key("ssh-ed25519")
ANOTHER_KEY = asyncssh.generate_private_key("ssh-ed25519")


@dataclass(frozen=True)
class SftpServer:
    """Where the server is, the folder that it shows, and the file that says which key it has."""

    port: int
    folder: Path
    known_hosts: Path


class _PasswordServer(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@contextmanager
def sftp_server(folder: Path, *, known_key: asyncssh.SSHKey = SERVER_KEY) -> Iterator[SftpServer]:
    """A server that shows `folder`; `known_key` is what its callers believe its key to be."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    shown = folder / "server"
    shown.mkdir()

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=_PasswordServer,
            server_host_keys=[SERVER_KEY],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(shown).encode()),
        )

    acceptor = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    port = acceptor.get_port()
    known_hosts = folder / "known_hosts"
    public = known_key.export_public_key().decode().strip()
    known_hosts.write_text(f"[127.0.0.1]:{port} {public}\n", encoding="ascii")
    try:
        yield SftpServer(port, shown, known_hosts)
    finally:
        asyncio.run_coroutine_threadsafe(_end(acceptor), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(acceptor: asyncssh.SSHAcceptor) -> None:
    acceptor.close()
    await acceptor.wait_closed()
