"""What a payout of the card house is made up of, and when it is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.card.domain_payouts import (
    LineKind,
    Owned,
    PaidLine,
    PaidOut,
    PayoutFault,
    PayoutState,
    Share,
    faults_of,
    is_bank_line,
    shares_of,
)

HERE, THERE = 1, 2
OWNERS = {
    "pi_1": Owned(jobcenter_id=HERE, taken=Decimal("54.59"), refunded=Decimal("10.00")),
    "pi_2": Owned(jobcenter_id=THERE, taken=Decimal("20.00"), refunded=Decimal(0)),
    "pi_3": Owned(jobcenter_id=HERE, taken=Decimal("5.00"), refunded=Decimal(0)),
}


def line(kind, amount, fee="0", intent_id="", category=""):
    amount, fee = Decimal(amount), Decimal(fee)
    return PaidLine(
        id="txn", kind=kind, category=category, amount=amount, fee=fee, net=amount - fee, intent_id=intent_id
    )


CHARGE = line(LineKind.CHARGE, "54.59", "1.07", "pi_1")
OTHERS_CHARGE = line(LineKind.CHARGE, "20.00", "0.55", "pi_2")
SMALL_CHARGE = line(LineKind.CHARGE, "5.00", "0.33", "pi_3")
REFUND = line(LineKind.REFUND, "-10.00", "0", "pi_1")
WHOLE_HOLD = line(LineKind.CHARGE, "72.79", "1.07", "pi_1")
NOT_TAKEN = line(LineKind.CHARGE, "-18.20", "0", "pi_1", "partial_capture_reversal")
FEE = line(LineKind.FEE, "-2.00")
DISPUTE = line(LineKind.DISPUTE, "-20.00", "15.00", "pi_2", "dispute")
STRANGE_DISPUTE = line(LineKind.DISPUTE, "-20.00", "15.00", "pi_9", "dispute")
ADJUSTMENT = line(LineKind.OTHER, "-20.00", "15.00", "pi_2", "other_adjustment")
STRANGER = line(LineKind.CHARGE, "1.00", "0.27", "pi_9")


def payout(*lines, **changes):
    amount = sum((each.net for each in lines), Decimal())
    made = PaidOut(
        id="po_1",
        arrived_on=date(2026, 11, 20),
        amount=amount,
        currency="eur",
        state=PayoutState.PAID,
        trace="STRIPE AB12",
        lines=lines,
    )
    return replace(made, **changes)


def share(cleared, fees, unexplained="0"):
    return Share(cleared=Decimal(cleared), fees=Decimal(fees), unexplained=Decimal(unexplained))


SHARES = [
    (payout(CHARGE), {HERE: share("54.59", "1.07")}),
    (payout(CHARGE, REFUND), {HERE: share("44.59", "1.07")}),
    (payout(WHOLE_HOLD, NOT_TAKEN), {HERE: share("54.59", "1.07")}),
    (
        payout(CHARGE, SMALL_CHARGE, OTHERS_CHARGE, FEE),
        {HERE: share("59.59", "3.40"), THERE: share("20.00", "0.55")},
    ),
    (payout(CHARGE, DISPUTE), {HERE: share("54.59", "1.07"), THERE: share("-20.00", "15.00")}),
    (payout(CHARGE, STRANGE_DISPUTE), {HERE: share("54.59", "16.07", "-20.00")}),
    (payout(CHARGE, ADJUSTMENT), {HERE: share("54.59", "1.07"), THERE: share("0", "15.00", "-20.00")}),
    (payout(FEE), {}),
    (payout(STRANGER), {}),
]


@pytest.mark.parametrize(("found", "expected"), SHARES)
def test_whose_a_payout_is(found, expected):
    shares = shares_of(found, OWNERS)
    assert shares == expected
    if shares:
        assert sum(each.net for each in shares.values()) == found.amount


FAULTS = [
    (payout(CHARGE, REFUND, FEE, DISPUTE), []),
    (payout(WHOLE_HOLD, REFUND, NOT_TAKEN), []),
    (payout(WHOLE_HOLD), [PayoutFault.AMOUNT]),
    (payout(CHARGE, currency="usd"), [PayoutFault.CURRENCY]),
    (payout(CHARGE, amount=Decimal("50.00")), [PayoutFault.SUM]),
    (payout(replace(CHARGE, net=Decimal("54.00"))), [PayoutFault.SUM]),
    (payout(CHARGE, STRANGER), [PayoutFault.NOT_OURS]),
    (payout(replace(CHARGE, amount=Decimal("60.00"), net=Decimal("58.93"))), [PayoutFault.AMOUNT]),
    (payout(CHARGE, line(LineKind.REFUND, "-10.01", "0", "pi_1")), [PayoutFault.REFUND]),
]


@pytest.mark.parametrize(("found", "expected"), FAULTS)
def test_what_keeps_a_payout_from_being_booked(found, expected):
    assert faults_of(found, OWNERS) == expected


BANK_LINES = [
    ("STRIPE PAYMENTS EUROPE", "", "", True),
    ("Stripe", "", "AB12", True),
    ("", "Tilitys AB12", "AB12", True),
    ("Kahvila Oy", "Lasku 7", "AB12", False),
    ("Kahvila Oy", "Lasku 7", "", False),
]


@pytest.mark.parametrize(("payer", "said", "trace", "speaks"), BANK_LINES)
def test_which_line_of_the_bank_speaks_of_a_payout(payer, said, trace, speaks):
    assert is_bank_line(payer=payer, said=said, trace=trace) is speaks
