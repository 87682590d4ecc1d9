"""Reading what people in Finland type: decimals, days, wall-clock times. Pure; forms and the CSV import share it.

Each function takes text without surrounding blanks and raises ValueError when it cannot be read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_FINNISH_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009")


def decimal(text: str) -> Decimal:
    """An amount such as `14,50`, `14.50`, `1 234,50` or `14,50 €`."""
    bare = text.translate(_BLANKS).removesuffix("€").replace("\u2212", "-")
    if not _DECIMAL.fullmatch(bare):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(bare.replace(",", "."))


def day(text: str) -> date:
    """A day such as `22.11.2026` or `2026-11-22`."""
    if match := _FINNISH_DAY.fullmatch(text):
        day_text, month_text, year_text = match.groups()
    elif match := _ISO_DAY.fullmatch(text):
        year_text, month_text, day_text = match.groups()
    else:
        raise ValueError(f"{text!r} is not a day")
    if not EARLIEST_YEAR <= int(year_text) <= LATEST_YEAR:
        raise ValueError(f"{text!r} has a year out of reach")
    return date(int(year_text), int(month_text), int(day_text))


def wall_clock(text: str) -> time:
    """A time of day such as `9`, `9.00`, `9:00` or `klo 9.00`; 24:00 and later do not exist."""
    match = _CLOCK.fullmatch(text.lower().removeprefix("klo").strip())
    if not match:
        raise ValueError(f"{text!r} is not a time of day")
    return time(int(match.group(1)), int(match.group(2) or 0))


def whole_number(text: str) -> int:
    """A whole number such as `3` or `1 200`."""
    bare = text.translate(_BLANKS)
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", bare):
        raise ValueError(f"{text!r} is not a whole number")
    return int(bare)


def tidy(text: str) -> str:
    """Text with composed letters, plain line breaks and no blanks around it."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def unprintable(text: str) -> bool:
    """Whether text holds control characters (NUL and the like), which no document or database takes well."""
    return bool(_CONTROL.search(text))


def printable(text: str) -> str:
    """Text without its control characters."""
    return _CONTROL.sub("", text)
