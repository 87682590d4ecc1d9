"""Any month of hours, rates and credits adds up to the cent wherever it is told, and the books balance.

`MONTHS=10000 pytest tests/unit/billing/test_months.py` plays that many months; by default a few.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter.billing import bank
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books.domain import Account, Event
from jobcenter.billing.books.domain_events import Bill, RateSum
from jobcenter.billing.card.domain import cents, euros
from jobcenter.billing.invoices import domain
from jobcenter.billing.invoices.domain import Line, Totals
from jobcenter.billing.invoices.domain_credit import CreditRefused, SentLine, credits_of, left_of
from jobcenter.core.money import ZERO, Price

MONTHS = int(os.environ.get("MONTHS", "100"))
IBAN = "FI37 1590 3000 0007 76"
NOTHING = Price(ZERO, ZERO, ZERO)

worked = st.lists(
    st.tuples(st.integers(1, 720), st.integers(1, 9999), st.sampled_from(["0", "14", "24", "25.5"])),
    min_size=1,
    max_size=15,
)


def sent_line(number: int, minutes: int, hourly: Decimal, vat: str) -> SentLine:
    line = Line(
        time_entry_id=number,
        description="Siivous",
        worked_on=date(2026, 11, 2),
        minutes=minutes,
        hourly_price=hourly,
        vat_percent=Decimal(vat),
        net=domain.line_net(hourly, minutes),
    )
    return SentLine(line_id=number, line=line, credited_minutes=0)


def booked(number: int, totals: Totals) -> Event:
    """What the books say of an invoice (1) or of a credit note of it."""
    rates = tuple(RateSum(vat_percent=one.vat_percent, net=one.price.net, vat=one.price.vat) for one in totals.per_rate)
    day = date(2026, 11, 30)
    bill = Bill(jobcenter_id=1, invoice_id=number, receivable_of=1, number=number, day=day, rates=rates)
    return events.invoice_sent(bill) if number == 1 else events.credit_note_sent(bill)


def balances(told: list[Event]) -> Counter[Account]:
    """What each account holds after some events, debit above zero. Each event balances by itself."""
    held: Counter[Account] = Counter()
    for event in told:
        assert sum(line.debit for line in event.lines) == sum(line.credit for line in event.lines)
        for line in event.lines:
            held[line.account] += line.debit - line.credit
    return held


def assert_told_alike(totals: Totals, lines: list[Line]) -> None:
    """Lines, sums per rate and the whole agree; bar code and card take the very same cents."""
    assert sum((line.net for line in lines), ZERO) == totals.together.net
    assert sum((one.price for one in totals.per_rate), NOTHING) == totals.together
    assert all(one.price == Price.of_net(one.price.net, one.vat_percent) for one in totals.per_rate)
    amount = totals.together.gross
    assert euros(cents(amount)) == amount
    code = bank.bar_code(iban=IBAN, amount=amount, reference="11112", due_on=date(2026, 12, 14))
    if code is not None:
        assert Decimal(code[17:25]) / 100 == amount


@given(rows=worked, data=st.data())
@settings(max_examples=MONTHS, deadline=None)
def test_no_cent_is_lost_in_any_month(rows, data):
    sent = [sent_line(number, minutes, Decimal(price) / 100, vat) for number, (minutes, price, vat) in enumerate(rows)]
    whole = left_of(sent)
    assert_told_alike(whole, [one.line for one in sent])
    told = [booked(1, whole)]
    for _ in range(data.draw(st.integers(0, 3))):
        chosen = {one.line_id: data.draw(st.integers(0, one.left.minutes)) for one in sent}
        if not any(chosen.values()):
            continue
        try:
            notes = credits_of(sent, chosen)
        except CreditRefused as refused:
            assert refused.code == "credit_vat_not_right"
            continue
        for credit in notes:
            assert_told_alike(credit.totals, list(credit.lines))
            told.append(booked(len(told) + 1, credit.totals))
        sent = [one.after(chosen[one.line_id]) for one in sent]
    left, held = left_of(sent).together, balances(told)
    assert held[Account.RECEIVABLES] == left.gross
    assert -held[Account.VAT_PAYABLE] == left.vat
    assert -held[Account.SERVICE_INCOME] == left.net


@pytest.mark.parametrize(
    ("minutes", "vat", "gross"), [(60, "3.70", "18.20"), (180, "11.09", "54.59"), (1200, "73.95", "363.95")]
)
def test_hours_at_the_list_price(minutes, vat, gross):
    found = domain.totals([sent_line(1, minutes, Decimal("14.50"), "25.5").line]).together
    assert (found.vat, found.gross) == (Decimal(vat), Decimal(gross))


def test_reference_and_bar_code_of_the_banks_example():
    assert bank.reference_number("1234") == "12344"
    assert bank.rf_reference("12344") == "RF0812344"
    code = bank.bar_code(iban=IBAN, amount=Decimal("12.25"), reference="11112", due_on=date(2016, 12, 21))
    assert code == "437159030000007760000122500000000000000000011112161221"
