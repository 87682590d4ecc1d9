"""Carrying files to an operator and receipts back: a folder of this machine, or an SFTP server whose key is known.

A file is laid down under a temporary name and then renamed, so that nobody ever takes half of it; the name of the file
is new for each sending, and a name that is there already is never written over.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from jobcenter.config import EInvoiceRoute

READ, UNREAD = "read", "unread"
SFTP = "jobcenter.billing.einvoices.sftp:opened"
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
        with pkgutil.resolve_name(SFTP)(route) as carrier:
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


@contextmanager
def _failures_named() -> Iterator[None]:
    """What a disk says, as CarrierFailed."""
    try:
        yield
    except OSError as error:
        raise CarrierFailed(str(error) or type(error).__name__) from error
