"""Dated figures are data with a trail: each value says from when, from where, and when it was last looked at."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import PACKAGE

FILES = sorted(PACKAGE.rglob("data/*.toml"))
LAW = "benefits"
STATUSES = {"confirmed", "single_source", "derived", "expected"}


def dated_entries(content: Any) -> Iterator[dict[str, Any]]:
    """Every table in the file that has a `from`: those are the values."""
    if isinstance(content, list):
        for item in content:
            yield from dated_entries(item)
    elif isinstance(content, dict):
        if "from" in content:
            yield content
        for item in content.values():
            yield from dated_entries(item)


def without_trail(text: str, *, law: bool) -> Iterator[str]:
    """Values without a source, a day of checking or, in the law, a status; what is not verified has no status."""
    for entry in dated_entries(tomllib.loads(text)):
        if not isinstance(entry["from"], date):
            yield f"{entry}: from is not a day"
        if not str(entry.get("source", "")).strip():
            yield f"{entry}: no source"
        if not isinstance(entry.get("checked_on"), date):
            yield f"{entry}: no checked_on"
        if law and "concerns" not in entry and entry.get("status") not in STATUSES:
            yield f"{entry}: no status"


def test_there_is_data():
    assert any(LAW in path.parts for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_value_has_a_trail(path: Path):
    assert not list(without_trail(path.read_text(encoding="utf-8"), law=LAW in path.parts))


GOOD = '[[value]]\nfrom = 2024-01-01\nvalue = 1\nsource = "Act 1/2024"\nchecked_on = 2026-01-01\nstatus = "confirmed"\n'


@pytest.mark.parametrize("line", ['source = "Act 1/2024"', "checked_on = 2026-01-01", 'status = "confirmed"'])
def test_a_value_without_its_trail_is_caught(line: str):
    assert not list(without_trail(GOOD, law=True))
    assert list(without_trail(GOOD.replace(line, ""), law=True))
