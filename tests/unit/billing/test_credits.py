"""Credit notes of a part: whatever is credited in whatever pieces, invoice and notes add up to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.billing.invoices import domain
from jobcenter.billing.invoices.domain import Line, Totals
from jobcenter.billing.invoices.domain_credit import Credit, CreditRefused, Extent, SentLine, credits_of, left_of
from jobcenter.billing.invoices.forms import HoursField
from jobcenter.core.money import ZERO, Price

NOTHING = Price(ZERO, ZERO, ZERO)


def line(minutes: int, price: str = "14.50", vat: str = "25.5", line_id: int = 1) -> SentLine:
    hourly = Decimal(price)
    worked = Line(
        time_entry_id=line_id,
        description="Siivous",
        worked_on=date(2026, 11, 2),
        minutes=minutes,
        hourly_price=hourly,
        vat_percent=Decimal(vat),
        net=domain.line_net(hourly, minutes),
    )
    return SentLine(line_id=line_id, line=worked, credited_minutes=0)


def credit_of(sent: list[SentLine], chosen: dict[int, int] | None) -> Credit:
    """The credit where one note is enough."""
    (credit,) = credits_of(sent, chosen)
    return credit


def after(sent: list[SentLine], minutes: dict[int, int]) -> list[SentLine]:
    return [one.after(minutes.get(one.line_id, 0)) for one in sent]


@pytest.mark.parametrize(
    ("minutes", "price", "parts", "nets"),
    [
        (180, "14.50", (60, 120), ("-14.50", "-29.00")),
        (60, "14.45", (30, 30), ("-7.22", "-7.23")),
        (60, "10.00", (20, 20, 20), ("-3.33", "-3.34", "-3.33")),
        (1, "14.50", (1,), ("-0.24",)),
    ],
)
def test_the_parts_of_a_line_come_to_the_line(minutes, price, parts, nets):
    sent, found = [line(minutes, price)], []
    for part in parts:
        found.append(str(sum(credit.totals.together.net for credit in credits_of(sent, {1: part}))))
        sent = after(sent, {1: part})
    assert tuple(found) == nets


def test_two_rates_are_credited_each_by_itself():
    sent = [line(60, vat="24", line_id=1), line(60, vat="25.5", line_id=2)]
    credit = credit_of(sent, {2: 60})
    assert [(one.vat_percent, one.price.vat) for one in credit.totals.per_rate] == [(Decimal("25.5"), Decimal("-3.70"))]
    assert credit.extent is Extent.PART


def test_what_is_taken_back_is_all_a_part_or_the_rest():
    sent = [line(60, line_id=1), line(60, line_id=2)]
    assert credit_of(sent, None).extent is Extent.WHOLE
    assert credit_of(sent, {1: 60}).extent is Extent.PART
    assert credit_of(after(sent, {1: 60}), None).extent is Extent.REST


@pytest.mark.parametrize(
    ("chosen", "code", "field"),
    [
        ({}, "credit_nothing_chosen", None),
        ({1: 0}, "credit_nothing_chosen", None),
        ({1: 61}, "credit_too_much", "line_1"),
        ({1: -1}, "credit_too_much", "line_1"),
        ({9: 10}, "credit_too_much", "line_9"),
        ({1: 3}, "credit_vat_not_right", "line_1"),
    ],
)
def test_what_cannot_be_credited_is_refused_beside_its_line(chosen, code, field):
    with pytest.raises(CreditRefused) as refused:
        credits_of([line(60)], chosen)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_nothing_is_credited_twice():
    with pytest.raises(CreditRefused):
        credit_of(after([line(60)], {1: 60}), None)


lines = st.lists(
    st.tuples(st.integers(1, 600), st.integers(100, 5000), st.sampled_from(["24", "25.5", "14", "0"])),
    min_size=1,
    max_size=8,
).map(
    lambda rows: [
        line(minutes, str(Decimal(cents) / 100), vat, number) for number, (minutes, cents, vat) in enumerate(rows, 1)
    ]
)


def is_right(totals: Totals) -> bool:
    """Whether the VAT of each rate is its own net times the rate."""
    return all(one.price == Price.of_net(one.price.net, one.vat_percent) for one in totals.per_rate)


# One note would have VAT that is a cent off its own net times the rate.
CUT = [
    ([(180, "14.50", "25.5")], {1: 60}, [{1: 15}, {1: 45}]),
    ([(180, "14.50", "25.5")], {1: 10}, [{1: 2}, {1: 8}]),
    ([(180, "14.50", "25.5"), (90, "14.50", "25.5")], {1: 10, 2: 60}, [{1: 10}, {2: 60}]),
    ([(180, "14.50", "25.5"), (60, "14.50", "24")], {1: 60, 2: 30}, [{1: 15, 2: 30}, {1: 45}]),
]


@pytest.mark.parametrize(("rows", "chosen", "notes"), CUT)
def test_where_one_note_cannot_have_its_vat_right_two_have(rows, chosen, notes):
    sent = [line(minutes, price, vat, number) for number, (minutes, price, vat) in enumerate(rows, 1)]
    credits = credits_of(sent, chosen)
    assert [credit.minutes for credit in credits] == notes
    assert all(is_right(credit.totals) for credit in credits)
    whole = domain.totals(one.line for one in sent).together
    assert whole + credits[0].totals.together + credits[1].totals.together == left_of(after(sent, chosen)).together
    assert [credit.extent for credit in credits] == [Extent.PART, Extent.PART]


@given(sent=lines, data=st.data())
def test_any_credits_together_come_to_the_invoice_and_never_to_more(sent, data):
    whole = domain.totals(one.line for one in sent)
    credited = NOTHING
    for _ in range(data.draw(st.integers(0, 4))):
        left = {one.line_id: one.left.minutes for one in sent if one.left.minutes}
        if not left:
            break
        chosen = {line_id: data.draw(st.integers(0, most)) for line_id, most in left.items()}
        if not any(chosen.values()):
            continue
        try:
            credits = credits_of(sent, chosen)
        except CreditRefused as refused:
            assert refused.code == "credit_vat_not_right"
            continue
        for credit in credits:
            assert_it_adds_up(credit.totals, credit.lines)
            credited += credit.totals.together
        sent = after(sent, chosen)
        assert whole.together + credited == left_of(sent).together
    if any(one.left.minutes for one in sent):
        credited += credit_of(sent, None).totals.together
    assert whole.together + credited == NOTHING


def assert_it_adds_up(totals: Totals, credit_lines: tuple[Line, ...]) -> None:
    assert sum((one.net for one in credit_lines), ZERO) == totals.together.net
    assert sum((one.price for one in totals.per_rate), NOTHING) == totals.together
    assert all(one.price.net <= 0 and one.price.vat <= 0 for one in totals.per_rate)
    assert is_right(totals)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("2", 120), ("1,5", 90), ("1.25", 75), ("1:30", 90), ("0:05", 5), ("0", 0), ("24", 1440)]
)
def test_hours_are_read(typed, minutes):
    assert HoursField.parse(None, typed) == minutes


@pytest.mark.parametrize(
    "typed", ["x", "1:60", "1:-5", "-1", "25", "1,333", "nan", "inf", "1:", ":30", "1e9", "1E+9999999"]
)
def test_hours_that_are_none_are_refused(typed):
    with pytest.raises(ValueError):
        HoursField.parse(None, typed)
