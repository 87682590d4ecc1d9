"""Basic social assistance: 150 euros net a month are left, until March 2026 takes them from adults."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, IncomeState, LimitState, NextStep, RowCode, ValueStatus
from tests.unit.benefits.people import codes, day, earning, euros, judged, only, someone

RULE = "basic_social_assistance.disregard"
CENT = Decimal("0.01")
ASSISTANCE = BenefitHeld(BenefitKind.BASIC_SOCIAL_ASSISTANCE, day("2010-01-01"), None)


def paid(on, net, gross=None, **more):
    return replace(earning(on, gross or euros(net) * 2, **more), net=euros(net))


def found_for(*income, as_of, born="1990-05-01"):
    return only(judged(someone(ASSISTANCE, born=born), *income, as_of=as_of), RULE, as_of[:8] + "01")


@pytest.mark.parametrize("on", ["2018-06-01", "2020-01-31", "2022-10-31", "2026-02-28"])
def test_a_hundred_and_fifty_euros_net_are_left(on):
    for more, state, reduction in [
        (-CENT, LimitState.NEAR, "0.00"),
        (0, LimitState.AT_LIMIT, "0.00"),
        (CENT, LimitState.OVER, "0.01"),
        (Decimal(50), LimitState.OVER, "50.00"),
    ]:
        found = found_for(paid(on, euros("150.00") + more), as_of=on)
        assert (found.limit, found.state, found.status) == (euros("150"), state, ValueStatus.CONFIRMED)
        assert str(found.amounts.reduction) == reduction
        assert (found.amounts.benefit_before, found.amounts.benefit_after) == (None, None)


@pytest.mark.parametrize(
    ("net", "state", "reduction"),
    [("0.00", LimitState.UNDER, "0.00"), ("0.01", LimitState.OVER, "0.01"), ("150.00", LimitState.OVER, "150.00")],
)
@pytest.mark.parametrize("on", ["2026-03-01", "2026-12-31"])
def test_since_march_2026_nothing_is_left_to_an_adult(on, net, state, reduction):
    found = found_for(paid(on, net), as_of=on)
    assert (found.limit, found.state, str(found.amounts.reduction)) == (euros("0"), state, reduction)


@pytest.mark.parametrize(
    ("born", "limit"),
    [
        ("2008-03-31", "0"),
        ("2008-04-01", "150"),
        ("2012-01-01", "150"),
        (None, "0"),
    ],
)
def test_a_minor_keeps_the_disregard_until_the_month_of_coming_of_age(born, limit):
    found = found_for(paid("2026-03-10", "100.00"), as_of="2026-03-31", born=born)
    assert found.limit == euros(limit)
    assert (RowCode.AGE_UNKNOWN_ADULT in {row.code for row in found.rows}) == (born is None)


def test_before_kelas_practice_the_limit_is_missing():
    assert found_for(paid("2018-05-31", "100.00"), as_of="2018-05-31").state is LimitState.LIMIT_MISSING


def test_gross_counts_where_net_is_not_known():
    rows = [paid("2022-10-03", "60.00"), earning("2022-10-04", "100.00")]
    found = found_for(*rows, as_of="2022-10-31")
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, found.amounts.reduction) == (euros("160.00"), euros("10.00"))
    assert amounts[RowCode.NET_UNKNOWN] == euros("100.00")


@pytest.mark.parametrize(("net", "told"), [("80.00", "80.00"), (None, "100.00")])
def test_of_what_was_told_as_much_is_shown_as_counts(net, told):
    row = replace(earning("2022-10-03", "100.00"), net=net and euros(net), told=True)
    found = found_for(row, paid("2022-10-04", "10.00"), as_of="2022-10-31")
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, amounts[RowCode.TOLD]) == (euros(told) + 10, euros(told))


def test_an_estimated_net_is_said_to_be():
    rows = [paid("2022-10-03", "60.00"), replace(paid("2022-10-04", "80.00"), net_estimated=True)]
    amounts = {row.code: row.amount for row in found_for(*rows, as_of="2022-10-31").rows}
    assert amounts[RowCode.NET_ESTIMATED] == euros("80.00")
    assert RowCode.NET_UNKNOWN not in amounts


def test_net_counts_in_the_month_of_payment():
    row = replace(earning("2022-10-31", "100.00", "2022-11-01"), net=euros("80.00"))
    person = someone(ASSISTANCE)
    assert only(judged(person, row, as_of="2022-11-30"), RULE).counted == euros("80.00")
    unpaid = replace(row, paid_on=None)
    found = only(judged(person, unpaid, as_of="2022-10-31"), RULE)
    assert (found.counted, RowCode.PAY_DAY_UNKNOWN in {r.code for r in found.rows}) == (euros("80.00"), True)


def test_gigs_ahead_are_told_before_they_are_done():
    rows = [paid("2022-10-03", "100.00"), paid("2022-10-20", "60.00", state=IncomeState.AGREED)]
    found = found_for(*rows, as_of="2022-10-10")
    assert (found.state, found.state_with_agreed) == (LimitState.UNDER, LimitState.OVER)
    assert (found.amounts.reduction, found.next_step) == (euros("10.00"), NextStep.TALK_BEFORE_GIGS)


def test_over_tells_kela():
    assert found_for(paid("2022-10-03", "200.00"), as_of="2022-10-10").next_step is NextStep.TELL_KELA_OF_EARNINGS


@pytest.mark.parametrize(("gross", "said"), [("0.00", False), ("0.01", True)])
def test_nothing_earned_leaves_nothing_unknown(gross, said):
    row = replace(earning("2026-03-01", gross, state=IncomeState.AGREED), paid_on=None)
    assert ({RowCode.NET_UNKNOWN, RowCode.PAY_DAY_UNKNOWN} <= codes(found_for(row, as_of="2026-03-01"))) is said
    assert (RowCode.PAY_DAY_UNKNOWN in codes(found_for(row, as_of="2026-03-01"))) is said
