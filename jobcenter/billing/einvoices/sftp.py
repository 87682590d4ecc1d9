"""Carrying files to an operator's SFTP server. Loaded where a route names a server: its library is slow to load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any

import asyncssh

from jobcenter.billing.einvoices.carriers import LARGEST_RECEIPT, CarrierFailed, is_receipt, temporary
from jobcenter.config import EInvoiceRoute

TIMEOUT_SECONDS = 30


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

    def _do(self, work: Awaitable[Any]) -> Any:
        with _failures_named():
            return self._runner.run(asyncio.wait_for(work, TIMEOUT_SECONDS))


@contextmanager
def opened(route: EInvoiceRoute) -> Iterator[SftpCarrier]:
    """A connection to a route's server. Raises CarrierFailed when it cannot be reached or its key is another."""
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
    """What a server says, as CarrierFailed."""
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        raise CarrierFailed(f"the server's key is not the one that is known: {error.reason}") from error
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise CarrierFailed(str(error) or type(error).__name__) from error
