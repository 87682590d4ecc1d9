"""One's own gigs as an iCalendar file (RFC 5545), for the calendar of a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jobcenter.orders.gigs.domain import GigCard

LINE_OCTETS = 75


@dataclass(frozen=True)
class Entry:
    """One gig in the calendar; `key` makes its identity, `url` its page."""

    key: str
    card: GigCard
    url: str


def calendar(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """The file: UTC instants, so that every calendar shows the right local time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jobcenter//Gigs//EN", f"X-WR-CALNAME:{_escaped(name)}"]
    for entry in entries:
        lines += _event(entry, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, now: datetime) -> list[str]:
    card = entry.card
    place = ", ".join(part for part in (card.place, card.address) if part)
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.key}@jobcenter",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(card.span.starts_at)}",
        f"DTEND:{_utc(card.span.ends_at)}",
        f"SUMMARY:{_escaped(card.title)}",
        f"LOCATION:{_escaped(place)}",
        f"URL:{entry.url}",
        "END:VEVENT",
    ]


def _utc(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, going on after a blank, never broken inside a letter."""
    rows, row = [], b""
    for letter in line:
        octets = letter.encode()
        if len(row) + len(octets) > LINE_OCTETS:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
