"""Cells and files: every kind of value is read back as it was shown; every fault is named with its place."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.exchange import domain
from jobcenter.exchange.domain import CellFault, ClockTime
from jobcenter.exchange.formats import FORMATS, HOURS, ORGANISATIONS
from jobcenter.exchange.reading import read_file, read_folder
from jobcenter.workers.domain import TaskCategory

DAY = domain.day("d")
CLOCK = domain.clock_time("c")
EUROS = domain.euros("e")
HOURS_A_WEEK = domain.hours("h", 240)
TEXT = domain.text("t", 100)
NAME = domain.name("n")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (DAY, "22.11.2026", date(2026, 11, 22)),
        (DAY, "2026-11-22", date(2026, 11, 22)),
        (CLOCK, "9", ClockTime(time(9))),
        (CLOCK, "9.05", ClockTime(time(9, 5))),
        (CLOCK, "03.30b", ClockTime(time(3, 30), second_pass=True)),
        (EUROS, "1 234,50", Decimal("1234.50")),
        (EUROS, "10", Decimal("10.00")),
        (HOURS_A_WEEK, "7,5", 450),
        (domain.yes_no("y"), "Kyllä", True),
        (domain.yes_no("y"), "nej", False),
        (domain.choices("k", TaskCategory), "raking cleaning", {TaskCategory.RAKING, TaskCategory.CLEANING}),
        (NAME, "Åke Š 😀", "Åke Š 😀"),
        (NAME, "'=A1", "=A1"),
        (TEXT, "a=b", "a=b"),
    ],
)
def test_cells_are_read(column, cell, value):
    assert column.read(cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (DAY, "31.11.2026", "cell_day"),
        (DAY, "11/22/2026", "cell_day"),
        (CLOCK, "25.00", "cell_clock"),
        (CLOCK, "9.60", "cell_clock"),
        (EUROS, "-1", "cell_euros"),
        (EUROS, "1,234", "cell_euros"),
        (EUROS, "ten", "cell_euros"),
        (HOURS_A_WEEK, "41", "cell_hours"),
        (domain.whole("w", 1, 50), "0", "cell_bounds"),
        (domain.whole("w", 1, 50), "400", "cell_bounds"),
        (domain.whole("w", 1, 50), "2,5", "cell_whole"),
        (domain.yes_no("y"), "perhaps", "cell_yes_no"),
        (domain.choice("k", TaskCategory), "flying", "cell_choice"),
        (NAME, '=HYPERLINK("http://x")', "cell_formula"),
        (NAME, "@SUM(A1)", "cell_formula"),
        (NAME, "-Matti", "cell_formula"),
        (NAME, "x" * 121, "cell_too_long"),
        (NAME, "a\nb", "cell_unprintable"),
        (TEXT, "a\x00b", "cell_unprintable"),
    ],
)
def test_cells_that_cannot_be_read_are_refused(column, cell, code):
    with pytest.raises(CellFault) as fault:
        column.read(cell)
    assert fault.value.code == code


@given(st.text(alphabet=st.characters(exclude_categories=("C",)), min_size=1, max_size=100).map(str.strip).filter(bool))
def test_any_text_comes_back_as_it_was_and_never_as_a_formula(value):
    shown = TEXT.show(value)
    assert not shown.startswith(("=", "+", "-", "@"))
    assert TEXT.read(shown) == value


@given(st.integers(0, 40 * 60 // 15).map(lambda quarters: quarters * 15))
def test_weekly_hours_come_back(minutes):
    assert HOURS_A_WEEK.read(HOURS_A_WEEK.show(minutes)) == minutes


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_either_delimiter_and_a_byte_order_mark_are_taken(tmp_path, delimiter, mark):
    lines = ["jobcenter;ref;kind;name;business_id", "a;o1;private_person;Åke Örn;"]
    path = write(tmp_path, "organisations.csv", mark + "\r\n".join(lines).replace(";", delimiter))
    rows, faults = read_file(path, ORGANISATIONS)
    assert faults == []
    assert (rows[0].line, rows[0]["name"], rows[0]["business_id"]) == (2, "Åke Örn", "")


def test_every_fault_says_file_line_and_column(tmp_path):
    text = (
        "jobcenter;ref;gig;worker;day;starts;ends\n"
        "a;h1;k1;w1;1.2.2022;9;12\n"
        ";h2;k1;w1;32.2.2022;9;25:00\n"
        "\n"
        '"a";h1;k1;w1;2.2.2022;"9";12\n'
    )
    rows, faults = read_file(write(tmp_path, "hours.csv", text), HOURS)
    assert [row["ref"] for row in rows] == ["h1"]
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [
        (3, "jobcenter", "cell_missing"),
        (3, "day", "cell_day"),
        (3, "ends", "cell_clock"),
        (5, "ref", "row_twice"),
    ]
    assert {fault.file for fault in faults} == {"hours.csv"}


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        ("jobcenter;ref;kind;name\na;o1;business;Käpy\n", "latin-1", "not_utf8"),
        ("jobcenter;ref;kind\na;o1;business\n", "utf-8", "column_missing"),
        ("jobcenter;ref;kind;name;colour\n", "utf-8", "column_unknown"),
        ("jobcenter;ref;ref;kind;name\n", "utf-8", "column_twice"),
        ("jobcenter;ref;kind;name\na;o1;business;Käpy;Oy\n", "utf-8", "too_many_cells"),
        ('jobcenter;ref;kind;name\na;o1;business;"Käpy\n', "utf-8", "not_csv"),
        (f"jobcenter;ref;kind;name\na;o1;business;{'x' * 200_000}\n", "utf-8", "not_csv"),
        ("", "utf-8", "column_missing"),
    ],
    ids=["latin-1", "column missing", "column unknown", "column twice", "cells", "quote", "huge cell", "empty"],
)
def test_a_file_that_is_not_in_the_format_says_what_is_wrong(tmp_path, text, encoding, code):
    rows, faults = read_file(write(tmp_path, "organisations.csv", text, encoding), ORGANISATIONS)
    assert code in {fault.code for fault in faults}


def test_a_folder_without_any_of_the_files_is_a_fault(tmp_path):
    rows, faults = read_folder(tmp_path)
    assert [fault.code for fault in faults] == ["no_files"]
    assert set(rows) == {fmt.file for fmt in FORMATS}
