"""Payments and books, by tables: what is over, shares of a loss, what was owed when, reminders, ageing, months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.benefits.late_payment import Debt
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books.chart import chart, read_chart
from jobcenter.billing.books.domain import (
    Account,
    AccountSum,
    Event,
    EventKind,
    Receivable,
    Unbalanced,
    Worked,
    ageing,
    booked_on,
    check_close,
    credit,
    debit,
    month_report,
    reversed_lines,
)
from jobcenter.billing.books.messages import ACCOUNTS, EVENTS
from jobcenter.billing.books.presenting import safe_cell
from jobcenter.billing.payments.domain import (
    TRANSITIONS,
    Change,
    PaymentAction,
    PaymentStatus,
    Reminded,
    Reminder,
    can_be_undone,
    debts_after,
    least_over_since,
    next_state,
    over_of,
    reminder_due,
    shares_of,
)
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.money import Price

DUE = date(2026, 3, 2)


def euros(*amounts: str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("key", "back", "can"),
    [("a-form", "1", True), ("a-form", "0", False), ("card:a-form", "1", False), (None, "1", False)],
)
def test_only_what_a_form_here_has_noted_can_be_a_mistake(key, back, can):
    assert can_be_undone(key, back=Decimal(back)) is can


@pytest.mark.parametrize("status", PaymentStatus)
@pytest.mark.parametrize("action", PaymentAction)
def test_every_step_of_a_payment(status, action):
    if (status, action) in TRANSITIONS:
        assert next_state(status, action) is TRANSITIONS[status, action]
    else:
        with pytest.raises((AlreadyDone, NotPossible)):
            next_state(status, action)


@pytest.mark.parametrize(
    ("amount", "still_open", "over"),
    [("10", "10", "0"), ("7", "10", "0"), ("12.50", "10", "2.50"), ("5", "0", "5"), ("5", "-3", "5")],
)
def test_what_is_more_than_is_owed_is_over(amount, still_open, over):
    assert over_of(Decimal(amount), owed=Decimal(still_open)) == Decimal(over)


@pytest.mark.parametrize(("day", "least"), [(9, "3"), (10, "3"), (19, "3"), (20, "13"), (30, "13")])
def test_no_more_was_over_on_a_day_than_ever_since(day, least):
    changes = [Change(date(2026, 3, on), Decimal(amount)) for on, amount in [(10, "-2"), (20, "20"), (20, "-10")]]
    assert least_over_since(date(2026, 3, day), Decimal("13"), changes) == Decimal(least)


@given(
    nets=st.lists(st.decimals("0.01", "5000", places=2), min_size=1, max_size=3),
    share=st.decimals("0.01", "1", places=2),
)
def test_the_shares_of_a_loss_add_up_to_it(nets, share):
    rates = {
        Decimal(rate): Price.of_net(net, Decimal(rate)) for rate, net in zip(("24", "25.5", "14"), nets, strict=False)
    }
    total = sum(price.gross for price in rates.values())
    lost = max((total * share).quantize(Decimal("0.01")), Decimal("0.01"))
    assert sum(price.gross for price in shares_of(lost, rates).values()) == lost


def test_what_is_lost_beyond_a_price_has_no_vat_in_it():
    price, free = Price(*euros("80", "20", "100")), Price(*euros("40", "0", "40"))
    assert shares_of(Decimal("140"), {Decimal("25"): price}) == {Decimal("25"): price, Decimal("0"): free}
    assert shares_of(Decimal("40"), {Decimal("25"): Price(*euros("0", "0", "0"))}) == {Decimal("0"): free}


@pytest.mark.parametrize(
    ("changes", "today", "debts"),
    [
        ([("2026-02-01", "100")], "2026-03-02", []),
        ([("2026-02-01", "100")], "2026-03-12", [("2026-03-02", "2026-03-12", "100")]),
        (
            [("2026-02-01", "100"), ("2026-03-05", "-40"), ("2026-03-08", "-60")],
            "2026-04-01",
            [("2026-03-02", "2026-03-05", "100"), ("2026-03-05", "2026-03-08", "60")],
        ),
        ([("2026-02-01", "100"), ("2026-02-20", "-100")], "2026-04-01", []),
    ],
)
def test_what_was_owed_after_the_due_day(changes, today, debts):
    day = date.fromisoformat
    found = debts_after(DUE, [Change(day(when), Decimal(amount)) for when, amount in changes], day(today))
    assert found == [Debt(day(since), day(until), Decimal(amount)) for since, until, amount in debts]


FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 23)


@pytest.mark.parametrize(
    ("reminded", "today", "reminder"),
    [
        (Reminded(), date(2026, 3, 8), None),
        (Reminded(), FIRST, Reminder.FIRST),
        (Reminded(stopped=True), FIRST, None),
        (Reminded(first_on=FIRST), date(2026, 3, 22), None),
        (Reminded(first_on=FIRST), SECOND, Reminder.SECOND),
        (Reminded(first_on=date(2026, 3, 20)), SECOND, None),
        (Reminded(first_on=FIRST, second_on=SECOND), date(2026, 6, 1), None),
    ],
)
def test_which_reminder_is_due(reminded, today, reminder):
    assert reminder_due(reminded, due_on=DUE, today=today, days=(7, 21)) is reminder


# Books


def test_an_entry_that_does_not_balance_cannot_be_made():
    facts = {"jobcenter_id": 1, "ref": "x", "kind": EventKind.PAY, "day": DUE, "text": ""}
    facts |= {"source_type": "pay_item", "source_id": 1}
    with pytest.raises(Unbalanced):
        Event(**facts, lines=(debit(Account.WAGES, Decimal(1)), credit(Account.BANK, Decimal("0.99"))))
    with pytest.raises(Unbalanced):
        debit(Account.WAGES, Decimal("0.005"))
    with pytest.raises(Unbalanced):
        debit(Account.RECEIVABLES, Decimal(1))
    assert Event(**facts, lines=(debit(Account.WAGES, Decimal(0)), credit(Account.BANK, Decimal(0)))).is_empty


def test_an_invoice_and_its_credit_note_cancel_out():
    rates = [("24", "14.50", "3.48"), ("25.5", "29.00", "7.40")]

    def bill(sign: int, invoice_id: int) -> events.Bill:
        sums = tuple(
            events.RateSum(vat_percent=Decimal(rate), net=sign * Decimal(net), vat=sign * Decimal(vat))
            for rate, net, vat in rates
        )
        return events.Bill(
            jobcenter_id=1, invoice_id=invoice_id, receivable_of=7, number=invoice_id, day=DUE, rates=sums
        )

    sent, note = events.invoice_sent(bill(1, 7)), events.credit_note_sent(bill(-1, 8))
    assert note.lines == reversed_lines(sent.lines)
    assert [(line.account, line.debit, line.credit) for line in sent.lines[:2]] == [
        (Account.RECEIVABLES, Decimal("54.38"), 0),
        (Account.SERVICE_INCOME, 0, Decimal("14.50")),
    ]


def test_pay_splits_into_what_is_withheld_and_paid():
    gross, withheld, enforced = euros("100", "10", "30")
    work = events.PaidWork(jobcenter_id=1, item_id=3, day=DUE, gross=gross, withheld=withheld, enforced=enforced)
    assert [(line.account, line.amount) for line in events.worker_paid(work).lines] == [
        (Account.WAGES, gross),
        (Account.WITHHOLDING_DUE, -withheld),
        (Account.ENFORCEMENT_DUE, -enforced),
        (Account.BANK, -(gross - withheld - enforced)),
    ]


@pytest.mark.parametrize(
    ("day", "closed_until", "booked"),
    [
        ("2026-03-31", None, "2026-03-31"),
        ("2026-03-31", "2026-02-01", "2026-03-31"),
        ("2026-03-31", "2026-03-01", "2026-04-01"),
        ("2026-01-05", "2026-12-01", "2027-01-01"),
    ],
)
def test_an_event_of_a_closed_month_is_booked_in_the_first_open_one(day, closed_until, booked):
    closed = date.fromisoformat(closed_until) if closed_until else None
    assert booked_on(date.fromisoformat(day), closed) == date.fromisoformat(booked)


@pytest.mark.parametrize(
    ("month", "today", "refusal"),
    [
        (date(2026, 2, 1), date(2026, 3, 1), None),
        (date(2026, 2, 1), date(2026, 2, 28), NotPossible),
        (date(2026, 1, 1), date(2026, 3, 1), AlreadyDone),
    ],
)
def test_a_month_is_closed_when_it_is_over(month, today, refusal):
    if refusal is None:
        check_close(month, closed_until=date(2026, 1, 1), today=today)
    else:
        with pytest.raises(refusal):
            check_close(month, closed_until=date(2026, 1, 1), today=today)


def test_receivables_age_by_days_after_the_due_day():
    days = {date(2026, 4, 1): "1", DUE: "2", date(2026, 3, 1): "4", date(2026, 1, 30): "8", date(2025, 1, 1): "16"}
    bands = ageing([Receivable(due, Decimal(amount)) for due, amount in days.items()], date(2026, 4, 1))
    assert [band.amount for band in bands] == euros("1", "2", "4", "8", "16")


def test_a_months_report_takes_wages_from_income():
    def on(account: Account, amount: str) -> AccountSum:
        value = Decimal(amount)
        return AccountSum(account, max(value, Decimal(0)), max(-value, Decimal(0)), value)

    sums = [
        on(Account.SERVICE_INCOME, "-145"),
        on(Account.LATE_INTEREST, "-2"),
        on(Account.WAGES, "60"),
        on(Account.PARTNER_COSTS, "40"),
        on(Account.WRITE_OFFS, "5"),
        on(Account.BANK, "999"),
    ]
    report = month_report(sums, [], worked=Worked(600, 60), day=DUE)
    assert [report.income, report.wages, report.margin, report.result] == euros("147", "100", "47", "42")


def test_every_account_and_event_has_its_facts_and_words():
    assert set(chart()) == set(ACCOUNTS) == set(Account)
    assert set(EVENTS) == set(EventKind)
    with pytest.raises(ValueError, match="bank"):
        read_chart('[receivables]\nnumber = "1"\nkind = "asset"')


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), (" @x", "' @x"), ("-5", "'-5"), ("\tx", "'\tx"), ("12,50", "12,50"), ("", "")],
)
def test_no_cell_is_a_formula(text, cell):
    assert safe_cell(text) == cell
