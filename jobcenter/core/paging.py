"""Long lists in pages: which part to fetch, and the links before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

PAGE_SIZE = 50
FURTHEST = 10_000


@dataclass(frozen=True)
class Pages:
    """Page `number` (from 1) of `last`, and the addresses beside it; what `page.pager` shows."""

    number: int
    last: int
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True)
class Part:
    """The part of a list that a page asks for: fetch `limit` rows from `offset`.

    `name` is what the address calls it, so that two lists of a page can be leafed through apart.
    """

    number: int
    limit: int = PAGE_SIZE
    name: str = "page"

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.limit

    def pages(self, total: int, endpoint: str, **values: Any) -> Pages:
        """The links for a list of `total` rows; `values` (filters) stay in them."""
        last = max(1, -(-total // self.limit))
        return Pages(
            number=self.number,
            last=last,
            previous_url=url_for(endpoint, **values, **{self.name: self.number - 1}) if self.number > 1 else None,
            next_url=url_for(endpoint, **values, **{self.name: self.number + 1}) if self.number < last else None,
        )


def part(args: Mapping[str, str], size: int = PAGE_SIZE, name: str = "page") -> Part:
    """The part that a request's argument `name` asks for; anything that is not a page number is the first page."""
    text = args.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return Part(number=min(max(1, number), FURTHEST), limit=size, name=name)
