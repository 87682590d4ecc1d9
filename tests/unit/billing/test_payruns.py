"""Pay days, withholding, gross, and what can be done to a pay run."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.billing.payruns import domain
from jobcenter.billing.payruns.domain import (
    Card,
    Payee,
    Payer,
    PayRunAction,
    PayRunStatus,
    WaitingHours,
    WithholdingBasis,
)
from jobcenter.core.errors import AlreadyDone, NotPossible

SIXTY = Decimal(60)
CARD = Card(
    valid_from=date(2026, 2, 1),
    valid_to=date(2027, 1, 31),
    rate=Decimal("8.5"),
    additional_rate=Decimal("32.0"),
    income_limit=Decimal("1000.00"),
)


def payee(card: Card | None = CARD, *, register: bool = False, before: str = "0.00") -> Payee:
    return Payee(card=card, in_prepayment_register=register, paid_before=Decimal(before))


@pytest.mark.parametrize(
    ("gross", "who", "withheld", "net", "basis"),
    [
        ("100.00", payee(None), "60.00", "40.00", WithholdingBasis.NO_CARD),
        ("100.00", payee(), "8.50", "91.50", WithholdingBasis.TAX_CARD),
        ("33.33", payee(), "2.83", "30.50", WithholdingBasis.TAX_CARD),
        ("100.00", payee(before="950.00"), "20.25", "79.75", WithholdingBasis.TAX_CARD),
        ("100.00", payee(before="900.00"), "8.50", "91.50", WithholdingBasis.TAX_CARD),
        ("100.00", payee(before="1000.00"), "32.00", "68.00", WithholdingBasis.TAX_CARD),
        ("100.00", payee(before="5000.00"), "32.00", "68.00", WithholdingBasis.TAX_CARD),
        ("100.00", payee(register=True), "0.00", "100.00", WithholdingBasis.PREPAYMENT_REGISTER),
        ("100.00", payee(None, register=True), "0.00", "100.00", WithholdingBasis.PREPAYMENT_REGISTER),
        ("0.01", payee(None), "0.01", "0.00", WithholdingBasis.NO_CARD),
    ],
    ids=[
        "no card", "card", "half cent", "limit crossed", "limit met", "at limit", "over limit", "register",
        "register and no card", "one cent",
    ],
)  # fmt: skip
def test_withholding(gross, who, withheld, net, basis):
    pay = domain.pay_for(Decimal(gross), who, percent_without_card=SIXTY)
    assert (pay.withheld, pay.net, pay.basis) == (Decimal(withheld), Decimal(net), basis)


amounts = st.decimals(min_value="0.00", max_value="99999.99", places=2)


@given(amounts, amounts)
def test_withheld_and_net_add_up(gross, before):
    pay = domain.pay_for(gross, payee(before=str(before)), percent_without_card=SIXTY)
    assert pay.withheld + pay.net == gross
    assert 0 <= pay.withheld <= gross
    assert pay.over_limit <= gross


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 1, 31), None),
        (date(2026, 2, 1), "8.5"),
        (date(2026, 6, 14), "8.5"),
        (date(2026, 6, 15), "12"),
        (date(2026, 12, 31), "12"),
        (date(2027, 1, 31), "8.5"),
        (date(2027, 2, 1), None),
    ],
)
def test_newest_card_that_holds_on_the_pay_day(day, rate):
    newer = Card(date(2026, 6, 15), date(2026, 12, 31), Decimal("12"), Decimal("40"), Decimal("5000"))
    card = domain.card_on([newer, CARD], day)
    assert (card.rate if card else None) == (Decimal(rate) if rate else None)


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
    (PayRunStatus.LISTED, PayRunAction.MARK_PAID): PayRunStatus.PAID,
    (PayRunStatus.LISTED, PayRunAction.DISCARD): PayRunStatus.DISCARDED,
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
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text, cell):
    assert domain.safe_cell(text) == cell
