"""Carrying files to an operator and receipts back: a folder of this machine, or an SFTP server whose key is known.

A file is laid down under a temporary name and then renamed, so that nobody ever takes half of it; the name of the file
is new for each sending, and a name that is there already is never written over.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import asyncssh

from jobcenter.config import EInvoiceRoute

READ, UNREAD = "read", "unread"
TIMEOUT_SECONDS = 30
LARGEST_RECEIPT = 1_000_000


class CarrierFailed(Exception):
    """The folder or the server did not do what it was asked; says why."""


class Carrier(Protocol):
    """A way to hand files over."""

    def stage(self, name: str, content: bytes) -> None:
        """Lay a file down under its temporary name, written over if it is there."""

    def is_staged(self, name: str) -> bool:
        """Whether the file lies there under its temporary name."""

    def publish(self, name: str) -> None:
        """Give the file its name, so that the operator takes it."""

    def receipts(self) -> list[str]:
        """The names of the receipts that wait."""

    def read(self, name: str) -> bytes:
        """A receipt; at most `LARGEST_RECEIPT` bytes and one."""

    def file_away(self, name: str, folder: str) -> None:
        """Put a receipt that was read, or could not be, into the folder of such ones."""


def temporary(name: str) -> str:
    """The name under which a file is not yet ready."""
    return f".{name}.part"


def is_receipt(name: str) -> bool:
    """Whether a file in the receipts' folder is ready to be read."""
    return not name.startswith(".") and "/" not in name and not name.endswith((".part", ".tmp"))


@contextmanager
def opened(route: EInvoiceRoute) -> Iterator[Carrier | None]:
    """The carrier of a route, None when there is no route. Raises CarrierFailed when a server cannot be reached."""
    if route.folder:
        yield FolderCarrier(route)
    elif route.sftp_host:
        with _sftp(route) as carrier:
            yield carrier
    else:
        yield None


class FolderCarrier:
    """A folder of this machine, which an operator's own program empties and fills."""

    def __init__(self, route: EInvoiceRoute) -> None:
        self._out, self._in = Path(route.folder, route.outgoing), Path(route.folder, route.receipts)
        with _failures_named():
            for folder in (self._out, self._in, self._in / READ, self._in / UNREAD):
                folder.mkdir(parents=True, exist_ok=True)

    def stage(self, name: str, content: bytes) -> None:
        with _failures_named(), (self._out / temporary(name)).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def is_staged(self, name: str) -> bool:
        return (self._out / temporary(name)).exists()

    def publish(self, name: str) -> None:
        with _failures_named():
            if (self._out / name).exists():
                raise CarrierFailed(f"{name} is there already")
            (self._out / temporary(name)).rename(self._out / name)

    def receipts(self) -> list[str]:
        with _failures_named():
            return sorted(path.name for path in self._in.iterdir() if path.is_file() and is_receipt(path.name))

    def read(self, name: str) -> bytes:
        with _failures_named(), (self._in / name).open("rb") as file:
            return file.read(LARGEST_RECEIPT + 1)

    def file_away(self, name: str, folder: str) -> None:
        with _failures_named():
            (self._in / name).rename(self._in / folder / name)


class SftpCarrier:
    """An operator's SFTP server, through one connection."""

    def __init__(self, route: EInvoiceRoute, runner: asyncio.Runner, client: asyncssh.SFTPClient) -> None:
        self._out, self._in = route.outgoing, route.receipts
        self._runner, self._client = runner, client

    def stage(self, name: str, content: bytes) -> None:
        async def write() -> None:
            async with self._client.open(f"{self._out}/{temporary(name)}", "wb") as file:
                await file.write(content)

        self._do(write())

    def is_staged(self, name: str) -> bool:
        return self._do(self._client.exists(f"{self._out}/{temporary(name)}"))

    def publish(self, name: str) -> None:
        self._do(self._client.rename(f"{self._out}/{temporary(name)}", f"{self._out}/{name}"))

    def receipts(self) -> list[str]:
        found = self._do(self._client.readdir(self._in))
        files = (entry for entry in found if entry.attrs.type == asyncssh.FILEXFER_TYPE_REGULAR)
        return sorted(name for name in (str(entry.filename) for entry in files) if is_receipt(name))

    def read(self, name: str) -> bytes:
        async def read() -> bytes:
            async with self._client.open(f"{self._in}/{name}", "rb") as file:
                return await file.read(LARGEST_RECEIPT + 1)

        return self._do(read())

    def file_away(self, name: str, folder: str) -> None:
        async def move() -> None:
            await self._client.makedirs(f"{self._in}/{folder}", exist_ok=True)
            await self._client.rename(f"{self._in}/{name}", f"{self._in}/{folder}/{name}")

        self._do(move())

    def _do(self, work):
        with _failures_named():
            return self._runner.run(asyncio.wait_for(work, TIMEOUT_SECONDS))


@contextmanager
def _sftp(route: EInvoiceRoute) -> Iterator[SftpCarrier]:
    with asyncio.Runner() as runner:
        with _failures_named():
            connection = runner.run(asyncio.wait_for(_connect(route), TIMEOUT_SECONDS))
        try:
            with _failures_named():
                client = runner.run(_files_of(connection))
            yield SftpCarrier(route, runner, client)
        finally:
            connection.close()
            runner.run(connection.wait_closed())


async def _connect(route: EInvoiceRoute) -> asyncssh.SSHClientConnection:
    """A connection to a server whose key stands in the file of known hosts; to no other."""
    return await asyncssh.connect(
        route.sftp_host,
        route.sftp_port,
        username=route.sftp_user,
        password=route.sftp_password or None,
        client_keys=[route.sftp_key_file] if route.sftp_key_file else None,
        known_hosts=route.sftp_known_hosts,
        agent_path=None,
        config=None,
    )


async def _files_of(connection: asyncssh.SSHClientConnection) -> asyncssh.SFTPClient:
    return await connection.start_sftp_client()


@contextmanager
def _failures_named() -> Iterator[None]:
    """What a disk or a server says, as CarrierFailed."""
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        raise CarrierFailed(f"the server's key is not the one that is known: {error.reason}") from error
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise CarrierFailed(str(error) or type(error).__name__) from error
