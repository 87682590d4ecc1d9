"""What an invoice comes to, when it is due, and what can be done to it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobcenter.billing import bank
from jobcenter.billing.invoices import domain
from jobcenter.billing.invoices.domain import InvoiceAction, InvoiceKind, InvoiceStatus, Line
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.money import CENT, Price

OLD, NEW = Decimal("24"), Decimal("25.5")
DAY = date(2024, 9, 2)


def line(minutes: int, price: str = "14.50", vat: Decimal = NEW, day: date = DAY) -> Line:
    hourly = Decimal(price)
    return Line(
        time_entry_id=1,
        description="Dishwashing",
        worked_on=day,
        minutes=minutes,
        hourly_price=hourly,
        vat_percent=vat,
        net=domain.line_net(hourly, minutes),
    )


def price(net: str, vat: str, gross: str) -> Price:
    return Price(Decimal(net), Decimal(vat), Decimal(gross))


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        ([line(60)], price("14.50", "3.70", "18.20")),
        ([line(180)], price("43.50", "11.09", "54.59")),
        ([line(60)] * 3, price("43.50", "11.09", "54.59")),
        ([line(1200)], price("290.00", "73.95", "363.95")),
        ([line(60)] * 20, price("290.00", "73.95", "363.95")),
        ([line(15)] * 4, price("14.52", "3.70", "18.22")),
        ([line(60, vat=OLD, day=date(2024, 8, 31))], price("14.50", "3.48", "17.98")),
        ([line(60, vat=OLD, day=date(2024, 8, 31)), line(60)], price("29.00", "7.18", "36.18")),
        ([line(20)] * 3, price("14.49", "3.69", "18.18")),
        ([], price("0.00", "0.00", "0.00")),
    ],
    ids=["1 h", "3 h", "3 x 1 h", "20 h", "20 x 1 h", "4 quarters", "24 %", "both rates", "20 min x 3", "none"],
)
def test_totals(lines, together):
    assert domain.totals(lines).together == together


def test_vat_is_summed_per_rate():
    sums = domain.totals([line(60), line(60, vat=OLD), line(120)]).per_rate
    assert [(each.vat_percent, each.price.net, each.price.vat) for each in sums] == [
        (OLD, Decimal("14.50"), Decimal("3.48")),
        (NEW, Decimal("43.50"), Decimal("11.09")),
    ]


lines = st.lists(
    st.builds(
        line,
        st.integers(min_value=1, max_value=16 * 60),
        st.decimals(min_value="0.01", max_value="99.99", places=2).map(str),
        st.sampled_from([OLD, NEW, Decimal("13.5"), Decimal("0")]),
    ),
    max_size=40,
)


@given(lines)
def test_lines_add_up_to_the_net(lines):
    assert domain.totals(lines).together.net == sum((each.net for each in lines), Decimal(0))


@given(lines)
def test_rates_add_up_and_each_vat_is_within_half_a_cent(lines):
    totals = domain.totals(lines)
    assert totals.together.vat == sum((each.price.vat for each in totals.per_rate), Decimal(0))
    assert totals.together.net + totals.together.vat == totals.together.gross
    for each in totals.per_rate:
        assert abs(each.price.net * each.vat_percent / 100 - each.price.vat) <= CENT / 2


@given(lines)
def test_credit_note_and_invoice_are_nothing_together(lines):
    credit = domain.mirrored(lines)
    assert domain.totals(lines).together + domain.totals(credit).together == price("0.00", "0.00", "0.00")
    assert domain.totals([*lines, *credit]).together == price("0.00", "0.00", "0.00")


@given(lines)
def test_order_of_lines_changes_nothing(lines):
    assert domain.totals(lines) == domain.totals(reversed(lines))


@pytest.mark.parametrize(
    ("sent", "days", "due"),
    [
        (date(2026, 11, 23), 14, date(2026, 12, 7)),
        (date(2026, 11, 22), 14, date(2026, 12, 7)),
        (date(2026, 12, 10), 14, date(2026, 12, 28)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 27), 7, date(2026, 12, 4)),
    ],
)
def test_due_day_is_a_bank_day(sent, days, due):
    assert domain.due_on(sent_on=sent, days=days) == due


@pytest.mark.parametrize(
    ("jobcenter_id", "number", "base"),
    [
        (1, 1, "1000001"),
        (11, 1, "11000001"),
        (1, 999_999, "1999999"),
        (1, 1_000_000, "1000000100001000000"),
        (1, 1_000_001, "1000000100001000001"),
        (9_999_999, 99_999_999_999, "1999999999999999999"),
    ],
)
def test_a_reference_number_is_of_the_jobcenter_and_the_number(jobcenter_id, number, base):
    assert domain.reference_for(jobcenter_id=jobcenter_id, number=number) == bank.reference_number(base)


numbers = st.integers(1, 99_999_999_999) | st.integers(1, 2_000_000)
invoices = st.tuples(st.integers(1, 9_999_999) | st.integers(1, 120), numbers)


@given(invoices, invoices)
@example((1, 1_000_001), (11, 1))
@example((1, 11_000_001), (11, 1_000_001))
def test_no_two_invoices_have_the_same_reference_number(one, other):
    first, second = (domain.reference_for(jobcenter_id=j, number=number) for j, number in (one, other))
    assert (first == second) is (one == other)
    assert bank.is_reference_number(first) and bank.is_rf_reference(bank.rf_reference(first))


@pytest.mark.parametrize(("jobcenter_id", "number"), [(1, 100_000_000_000), (10_000_000, 1_000_000)])
def test_what_fits_no_reference_number_is_refused(jobcenter_id, number):
    with pytest.raises(bank.BadReference):
        domain.reference_for(jobcenter_id=jobcenter_id, number=number)


STATES = {
    (InvoiceStatus.DRAFT, InvoiceAction.SEND): InvoiceStatus.SENT,
    (InvoiceStatus.DRAFT, InvoiceAction.APPROVE): InvoiceStatus.DRAFT,
    (InvoiceStatus.DRAFT, InvoiceAction.DISCARD): InvoiceStatus.DISCARDED,
    (InvoiceStatus.DISCARDED, InvoiceAction.DISCARD): AlreadyDone,
    (InvoiceStatus.SENT, InvoiceAction.SEND): AlreadyDone,
    (InvoiceStatus.SENT, InvoiceAction.MARK_PAID): InvoiceStatus.PAID,
    (InvoiceStatus.SENT, InvoiceAction.MARK_UNPAID): AlreadyDone,
    (InvoiceStatus.SENT, InvoiceAction.CREDIT): InvoiceStatus.CREDITED,
    (InvoiceStatus.PAID, InvoiceAction.MARK_PAID): AlreadyDone,
    (InvoiceStatus.PAID, InvoiceAction.MARK_UNPAID): InvoiceStatus.SENT,
    (InvoiceStatus.PAID, InvoiceAction.CREDIT): InvoiceStatus.CREDITED,
    (InvoiceStatus.CREDITED, InvoiceAction.CREDIT): AlreadyDone,
    (InvoiceStatus.CREDITED, InvoiceAction.WRITE_OFF): InvoiceStatus.CREDITED,
    (InvoiceStatus.SENT, InvoiceAction.WRITE_OFF): InvoiceStatus.WRITTEN_OFF,
    (InvoiceStatus.WRITTEN_OFF, InvoiceAction.REOPEN): InvoiceStatus.SENT,
    (InvoiceStatus.SENT, InvoiceAction.REOPEN): AlreadyDone,
    (InvoiceStatus.WRITTEN_OFF, InvoiceAction.WRITE_OFF): AlreadyDone,
}


@pytest.mark.parametrize("state", InvoiceStatus)
@pytest.mark.parametrize("action", InvoiceAction)
def test_every_state_and_action(state, action):
    expected = STATES.get((state, action), NotPossible)
    if isinstance(expected, InvoiceStatus):
        assert domain.next_state(state, action) is expected
    else:
        with pytest.raises(expected):
            domain.next_state(state, action)


def test_nothing_is_done_to_a_credit_note():
    assert not any(
        domain.is_possible(InvoiceKind.CREDIT_NOTE, state, action)
        for state in InvoiceStatus
        for action in InvoiceAction
    )
