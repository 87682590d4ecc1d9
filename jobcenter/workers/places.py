"""Where places lie to each other, by area names and Finnish postcodes, and which part of a day a time is. Pure.

No map is asked. A Finnish postcode has five digits: the first two name a postal region, the first three a part of it,
and the last one tells street addresses (0) from post-office boxes. So two codes with the same first four digits are one
delivery area, with the same three neighbours, and with the same two they lie in the same city or countryside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from enum import StrEnum

from jobcenter.workers.domain import PartOfDay

POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)", re.ASCII)
SEPARATORS = re.compile(r"[,;|\n]")
MOST_AREAS = 12
LONGEST_AREA = 40

PARTS_OF_DAY = {
    PartOfDay.MORNING: ((time(6), time(12)),),
    PartOfDay.AFTERNOON: ((time(12), time(17)),),
    PartOfDay.EVENING: ((time(17), time(22)),),
    PartOfDay.NIGHT: ((time(0), time(6)), (time(22), time.max)),
}


class Closeness(StrEnum):
    """How near two postcodes are; UNKNOWN when one of them is not known."""

    SAME = "same"
    NEIGHBOUR = "neighbour"
    REGION = "region"
    FAR = "far"
    UNKNOWN = "unknown"


# How many first digits two postcodes share at least, the nearest first.
SHARED_DIGITS = ((4, Closeness.SAME), (3, Closeness.NEIGHBOUR), (2, Closeness.REGION))


def closeness(one: str, other: str) -> Closeness:
    """How near two postcodes are; "" is not known."""
    if not one or not other:
        return Closeness.UNKNOWN
    near = (close for digits, close in SHARED_DIGITS if one[:digits] == other[:digits])
    return next(near, Closeness.FAR)


def postcode_in(text: str) -> str:
    """The last postcode in an address; "" when there is none."""
    return next(reversed(POSTCODE.findall(text)), "")


def area_tag(typed: str) -> str:
    """An area's name in one spelling: without extra blanks, and in capitals as names are when typed without."""
    words = " ".join(typed.split())
    if words != words.lower() and words != words.upper():
        return words
    return "-".join(part.capitalize() for part in words.split("-"))


def area_tags(typed: str) -> frozenset[str]:
    """The areas in a text that has commas between them."""
    return frozenset(tag for part in SEPARATORS.split(typed) if (tag := area_tag(part)))


def shown(areas: Iterable[str]) -> str:
    """Areas in a list, by name."""
    return ", ".join(sorted(areas))
