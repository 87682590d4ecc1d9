"""Pay days, gross, who gets what, and what can be done to a pay run."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits.withholding import Card, Payee
from jobcenter.billing.payruns import domain
from jobcenter.billing.payruns.domain import Payer, PayRunAction, PayRunStatus, WaitingHours
from jobcenter.core.errors import AlreadyDone, NotPossible

SIXTY = Decimal(60)
CARD = Card(date(2026, 2, 1), date(2027, 1, 31), Decimal("8.5"), Decimal("32.0"), Decimal("1000.00"))


def payee(card: Card | None = CARD) -> Payee:
    return Payee(card=card, in_prepayment_register=False, paid_before=Decimal("0.00"))


def work(wage: str, minutes: int, payer: Payer = Payer.JOBCENTER, worker_id: int = 1) -> WaitingHours:
    return WaitingHours(
        time_entry_id=1,
        worker_id=worker_id,
        payer=payer,
        worked_on=date(2026, 11, 20),
        wage=Decimal(wage),
        minutes=minutes,
    )


@pytest.mark.parametrize(
    ("rows", "gross"),
    [
        ([work("10.00", 60)], "10.00"),
        ([work("10.00", 100)], "16.67"),
        ([work("10.00", 20)] * 3, "9.99"),
        ([work("10.00", 60), work("11.00", 90)], "26.50"),
        ([], "0.00"),
    ],
)
def test_gross_is_rounded_once_a_row(rows, gross):
    assert domain.gross_of(rows) == Decimal(gross)


def test_each_worker_gets_one_item_per_payer():
    hours = [work("10.00", 60), work("11.00", 60, Payer.PARTNER), work("10.00", 30), work("10.00", 60, worker_id=2)]
    listed = domain.list_pay(hours, {1: payee(), 2: payee(None)}, percent_without_card=SIXTY)
    assert [(each.worker_id, each.payer, each.minutes, each.pay.gross, each.pay.withheld) for each in listed] == [
        (1, Payer.JOBCENTER, 90, Decimal("15.00"), Decimal("1.28")),
        (1, Payer.PARTNER, 60, Decimal("11.00"), Decimal("0.00")),
        (2, Payer.JOBCENTER, 60, Decimal("10.00"), Decimal("6.00")),
    ]


@pytest.mark.parametrize(
    ("first", "days", "found"),
    [
        (date(2026, 11, 22), (15, 31), [date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 31)]),
        (date(2026, 11, 13), (15, 31), [date(2026, 11, 13), date(2026, 11, 30), date(2026, 12, 15)]),
        (date(2026, 11, 14), (15, 31), [date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 31)]),
        (date(2026, 12, 31), (31,), [date(2026, 12, 31), date(2027, 1, 29), date(2027, 2, 26)]),
        (date(2026, 12, 23), (24, 25), [date(2026, 12, 23), date(2027, 1, 22), date(2027, 1, 25)]),
    ],
    ids=["end of November", "the 15th is a Sunday", "the day after", "month ends", "Christmas folds into one"],
)
def test_pay_days_are_bank_days(first, days, found):
    assert list(domain.pay_days_from(first, days, 3)) == found


STATES = {
    (PayRunStatus.LISTED, PayRunAction.APPROVE): PayRunStatus.APPROVED,
    (PayRunStatus.LISTED, PayRunAction.WITHDRAW): AlreadyDone,
    (PayRunStatus.APPROVED, PayRunAction.APPROVE): AlreadyDone,
    (PayRunStatus.APPROVED, PayRunAction.WITHDRAW): PayRunStatus.LISTED,
    (PayRunStatus.APPROVED, PayRunAction.MARK_PAID): PayRunStatus.PAID,
    (PayRunStatus.LISTED, PayRunAction.DISCARD): PayRunStatus.DISCARDED,
    (PayRunStatus.APPROVED, PayRunAction.REFUSE): PayRunStatus.LISTED,
    (PayRunStatus.LISTED, PayRunAction.REFUSE): AlreadyDone,
    (PayRunStatus.PAID, PayRunAction.MARK_PAID): AlreadyDone,
    (PayRunStatus.DISCARDED, PayRunAction.DISCARD): AlreadyDone,
}


@pytest.mark.parametrize("state", PayRunStatus)
@pytest.mark.parametrize("action", PayRunAction)
def test_every_state_and_action(state, action):
    expected = STATES.get((state, action), NotPossible)
    if isinstance(expected, PayRunStatus):
        assert domain.next_state(state, action) is expected
    else:
        with pytest.raises(expected):
            domain.next_state(state, action)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Matti", "Matti"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+358 40", "'+358 40"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("\n@SUM", "'\n@SUM"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text, cell):
    assert domain.safe_cell(text) == cell
