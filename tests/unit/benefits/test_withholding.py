"""What is withheld: by the tax card, over its income limit, without a card, in the prepayment register."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.benefits import ContractForm, LimitMissing, law
from jobcenter.benefits.withholding import Card, Payee, WithholdingBasis, card_on, pay_for, percent_without_card

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
    pay = pay_for(Decimal(gross), who, percent_without_card=SIXTY)
    assert (pay.withheld, pay.net, pay.basis) == (Decimal(withheld), Decimal(net), basis)


amounts = st.decimals(min_value="0.00", max_value="99999.99", places=2)


@given(amounts, amounts)
def test_withheld_and_net_add_up(gross, before):
    pay = pay_for(gross, payee(before=str(before)), percent_without_card=SIXTY)
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
    card = card_on([newer, CARD], day)
    assert (card.rate if card else None) == (Decimal(rate) if rate else None)


@pytest.mark.parametrize("form", ContractForm)
def test_without_a_card(form):
    assert percent_without_card(law(), form, date(2022, 1, 1)) == SIXTY
    with pytest.raises(LimitMissing):
        percent_without_card(law(), form, date(2019, 12, 31))
