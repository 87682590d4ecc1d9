"""What people type, and what is made of it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from jobcenter.core import parsing


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14,50", "14.50"),
        ("14.50", "14.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,5", "1234.5"),
        ("14,50 €", "14.50"),
        ("-3", "-3"),
        ("\u22123,25", "-3.25"),
    ],
)
def test_decimal(typed: str, meant: str) -> None:
    assert parsing.decimal(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "14,50,1", "1.234,50", "kymppi", "NaN", "1e3", "Infinity", "1" * 20, "٣"])
def test_no_decimal(typed: str) -> None:
    with pytest.raises(ValueError):
        parsing.decimal(typed)


@pytest.mark.parametrize("typed", ["22.11.2026", "22. 11. 2026", "2026-11-22"])
def test_day(typed: str) -> None:
    assert parsing.day(typed) == date(2026, 11, 22)


@pytest.mark.parametrize(("typed", "meant"), [("1.1.1900", date(1900, 1, 1)), ("31.12.2199", date(2199, 12, 31))])
def test_the_first_and_the_last_day_that_can_be_typed(typed: str, meant: date) -> None:
    assert parsing.day(typed) == meant


@pytest.mark.parametrize(
    "typed", ["31.2.2026", "22.11.", "22/11/2026", "11.22.2026", "31.12.1899", "1.1.2200", "huomenna"]
)
def test_no_day(typed: str) -> None:
    with pytest.raises(ValueError):
        parsing.day(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9.00", time(9)),
        ("9:00", time(9)),
        ("09.05", time(9, 5)),
        ("klo 9.30", time(9, 30)),
        ("0", time(0)),
    ],
)
def test_wall_clock(typed: str, meant: time) -> None:
    assert parsing.wall_clock(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "24.00", "9.60", "9.3", "-1", "aamulla", "9 00"])
def test_no_wall_clock(typed: str) -> None:
    with pytest.raises(ValueError):
        parsing.wall_clock(typed)


def test_text_is_tidied_and_letters_composed() -> None:
    assert parsing.tidy("  A\u030a ja o\u0308\r\n😀 \r") == "Å ja ö\n😀"


@pytest.mark.parametrize(
    ("text", "expected"), [("Åö Š 😀\n\tx", False), ("a\0b", True), ("\x1b[2J", True), ("\x85", True), ("", False)]
)
def test_control_characters_are_found(text: str, expected: bool) -> None:
    assert parsing.unprintable(text) is expected
    assert not parsing.unprintable(parsing.printable(text))
