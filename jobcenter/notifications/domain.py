"""Mails and how long to wait between tries; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CLAIMED_FOR = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
# How long an administrator is told of a mail that never went out.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Mail:
    """What a message says, in the reader's language; plain text."""

    subject: str
    body: str


def paragraphs(*parts: str) -> str:
    """The body of a mail: its parts with an empty line between them; empty parts are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True)
class Letter:
    """A mail on its way: taken from the outbox by one process, to be sent once."""

    id: int
    to: str
    language: str
    subject: str
    body: str


class DeliveryFailed(Exception):
    """The mail server did not take a mail. `lasting` says that trying again is of no use."""

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


def next_try(created_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts: the wait doubles; None when it is time to give up."""
    if now - created_at >= GIVEN_UP_AFTER:
        return None
    return now + min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
