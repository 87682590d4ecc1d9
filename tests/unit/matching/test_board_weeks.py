"""Weeks of the board by their names."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.matching.board.domain import Week

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W13", date(2027, 3, 29)),
        ("2027-W53", date(2026, 11, 16)),
        ("next", date(2026, 11, 16)),
        ("0001-W01", date(2026, 11, 16)),
        ("9999-W52", date(2026, 11, 16)),
    ],
)
def test_a_week_is_found_by_its_name_and_is_this_one_where_there_is_none(name, monday):
    week = Week.named(name, TODAY)
    assert week == Week(monday)
    assert week.moved(-1).span[0] < week.span[0] < week.moved(1).span[1]
