"""What is left of earnings: withheld by the card of the day, contributions of wages only, and what is not guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, Income, IncomeState, law
from jobcenter.benefits.take_home import TaxFacts, take_home, with_net
from jobcenter.benefits.withholding import Card, WithholdingBasis

A, P = ContractForm.ASSIGNMENT, ContractForm.PARTNER
CARD = Card(date(2026, 1, 1), date(2026, 12, 31), Decimal("10"), Decimal("40"), Decimal("1000"))
FACTS = TaxFacts((CARD,), in_prepayment_register=False, born=date(1990, 5, 1))
DECEMBER = date(2026, 12, 10)
OLDER = date(1970, 1, 1)


def earned(gross, form=A, day=DECEMBER, **more):
    return Income(day, None, Decimal(gross), form, IncomeState.AGREED, **more)


def left_of(row, facts=FACTS):
    (left,) = take_home([row], facts, law())
    return left


@pytest.mark.parametrize(
    ("row", "facts", "withheld", "contributions", "paid_out"),
    [
        (earned("100"), FACTS, "10.00", "0.00", "90.00"),
        (earned("100", P), FACTS, "10.00", "8.19", "81.81"),
        (earned("100"), replace(FACTS, cards=()), "60.00", "0.00", "40.00"),
        (earned("100", P), replace(FACTS, cards=()), "60.00", "8.19", "31.81"),
        (earned("100"), replace(FACTS, in_prepayment_register=True), "0.00", "0.00", "100.00"),
        (earned("100", P), replace(FACTS, in_prepayment_register=True), "10.00", "8.19", "81.81"),
        (earned("1100"), FACTS, "140.00", "0.00", "960.00"),
        (earned("100", P), replace(FACTS, born=None), "10.00", "8.19", "81.81"),
        (earned("100", P), replace(FACTS, born=date(2009, 12, 11)), "10.00", "0.00", "90.00"),
        (earned("100", P), replace(FACTS, born=date(2009, 12, 10)), "10.00", "7.30", "82.70"),
        (earned("100", P), replace(FACTS, born=date(1961, 12, 11)), "10.00", "8.19", "81.81"),
        (earned("100", P), replace(FACTS, born=date(1961, 12, 10)), "10.00", "7.30", "82.70"),
        (earned("100", P), replace(FACTS, born=date(1957, 12, 10)), "10.00", "0.00", "90.00"),
        (earned("100", P, date(2025, 12, 10)), replace(FACTS, cards=(), born=None), "60.00", "7.74", "32.26"),
        (earned("100", P, date(2025, 12, 10)), replace(FACTS, cards=(), born=OLDER), "60.00", "9.24", "30.76"),
    ],
    ids=[
        "assignment", "wage", "no card", "wage, no card", "register", "a wage knows no register", "over the limit",
        "age not known", "day before 17", "17 today", "day before 65", "65 today", "69", "2025", "2025, higher at 56",
    ],
)  # fmt: skip
def test_what_is_left(row, facts, withheld, contributions, paid_out):
    left = left_of(row, facts)
    assert (left.withheld, left.contributions, left.paid_out) == tuple(
        map(Decimal, (withheld, contributions, paid_out))
    )


def test_earlier_payments_use_up_the_limit_whatever_the_order():
    first, second = earned("900", day=date(2026, 11, 1)), earned("200")
    for rows, places in [((first, second), (0, 1)), ((second, first), (1, 0))]:
        lefts = take_home(rows, FACTS, law())
        assert [lefts[place].withheld for place in places] == [Decimal("90.00"), Decimal("50.00")]


def test_each_payer_counts_its_own_payments():
    wage, compensation = take_home([earned("900", P), earned("200")], FACTS, law())
    assert (wage.withheld, compensation.withheld) == (Decimal("90.00"), Decimal("20.00"))


def test_the_day_of_payment_decides_where_it_is_known():
    assert left_of(earned("100", day=date(2025, 12, 20))).basis is WithholdingBasis.NO_CARD
    assert left_of(replace(earned("100", day=date(2025, 12, 20)), paid_on=date(2026, 1, 5))).withheld == 10


def test_a_card_that_has_ended_is_presumed_to_go_on_and_said_so():
    left = left_of(earned("100", day=date(2027, 2, 1)))
    assert (left.withheld, left.card_ended) == (Decimal("10.00"), True)
    assert left_of(earned("100")).card_ended is False


def test_contributions_not_known_yet_are_not_guessed():
    assert left_of(earned("100", P, date(2027, 1, 1))) is None


def test_net_is_estimated_for_own_work_and_left_where_known():
    known, told = replace(earned("100"), net=Decimal("77.00")), earned("100", told=True)
    own, paid, other, later = with_net([earned("100"), known, told, earned("9", P, date(2027, 1, 1))], FACTS, law())
    assert (own.net, own.net_estimated) == (Decimal("90.00"), True)
    assert (paid, other) == (known, told)
    assert (later.net, later.net_estimated) == (None, False)
