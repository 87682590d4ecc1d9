"""What a card tells of a limit: whom to ask, figures that can be added up by hand, and no limit where there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from jobcenter.benefits import BenefitHeld, BenefitKind, ContractForm, IncomeState, PaymentPeriod
from jobcenter.core import texts
from jobcenter.earnings.domain import Earning
from jobcenter.earnings.presenting import Money, calm_text, money_of
from jobcenter.earnings.presenting_cards import limit_card
from tests.unit.earnings.test_domain import ASSISTANCE, DEBTS, PENSION, case, earned, income

UNEMPLOYED = BenefitHeld(BenefitKind.GENERAL_BENEFIT, date(2026, 5, 1), None, period=PaymentPeriod.MONTH)
JANUARY = date(2027, 1, 1)
YEL = "yel.annualised"
LIMIT_NAMES = ("Limit", "Protected portion", "Earnings that are left out")


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context(), texts.in_language("en"):
        yield


def card(rule_starts, *earnings, benefits=(PENSION,), month=11):
    tellings = case(*earnings, benefits=benefits).tellings()
    found = (t for t in tellings if t.assessment.rule.startswith(rule_starts))
    return limit_card(next(t for t in found if t.assessment.period_from.month == month))


@pytest.mark.parametrize(
    ("rule", "benefits", "asked"),
    [
        ("kela_disability_pension", (PENSION,), "Ask Kela for the limit"),
        ("enforcement", (DEBTS,), "Ask the enforcement authority for the protected portion"),
    ],
)
def test_a_limit_not_known_yet_is_asked_of_who_tells_it(rule, benefits, asked):
    assert card(rule, benefits=benefits, month=1).step.startswith(asked)


@pytest.mark.parametrize("rule", ["kela_disability_pension", "enforcement"])
def test_how_sure_an_amount_is_names_nobody_to_ask(rule):
    sure = dict(card(rule, earned("10.00"), benefits=(PENSION, DEBTS)).sources)["How sure the amount is"]
    assert sure.endswith("check it")


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        ("kela_disability_pension", "Limit"),
        ("enforcement", "Protected portion"),
        ("basic_social_assistance", "Earnings that are left out"),
        ("general_benefit", "Earnings that are left out"),
    ],
)
def test_a_limit_is_called_what_it_is(rule, label):
    figures = card(rule, earned("10.00"), benefits=(PENSION, DEBTS, ASSISTANCE, UNEMPLOYED)).figures
    assert [name for name, _value in figures if name in LIMIT_NAMES] == [label]


@pytest.mark.parametrize(("earnings", "state"), [((), "Stays the same"), ((earned("10.00"),), "Becomes smaller")])
def test_where_every_euro_counts_nothing_is_over_or_left(earnings, state):
    shown = card("basic_social_assistance", *earnings, benefits=(ASSISTANCE,))
    assert shown.state_label == state
    assert not [name for name, _value in shown.figures if name.startswith(("Left ", "Over ", "Whole hours"))]


def test_gigs_only_offered_or_not_confirmed_are_not_called_agreed():
    offered = card("kela_disability_pension", earned("800.00"), earned("200.00", IncomeState.OFFERED))
    assert offered.sentence == "All gigs together would go €9.10 over the limit in November."
    assert offered.bars[-1].label.startswith("With all gigs: €1,000.00")


def test_a_short_stretch_tells_over_how_many_months_it_is_spread():
    october = earned("20.00", worked=date(2026, 10, 10), form=ContractForm.ASSIGNMENT)
    tellings = case(october, earned("80.00", form=ContractForm.ASSIGNMENT)).tellings()
    shown = limit_card(next(t for t in tellings if t.assessment.rule == YEL))
    assert shown.bars[0].label.startswith("Done so far: €300.00"), "100 over four months, times twelve"
    assert any("at least four of them" in remark for remark in shown.remarks)


# The page around the cards


def test_other_work_is_not_told_as_pay_that_waits():
    told = Earning(replace(income("120.00"), told=True), None)
    ahead = Earning(replace(income("50.00", IncomeState.AGREED), told=True), None)
    money = money_of(case(told, ahead, earned("60.00"), earned("30.00", IncomeState.OFFERED)), 2026)
    assert money == Money(2026, Decimal(0), Decimal(60), Decimal(0), Decimal(30), Decimal(170))
    assert dict(money.lines)["Other work, as it was told"] == "€170.00"
    assert "Other work, as it was told" not in dict(money_of(case(earned("60.00")), 2026).lines)


def test_what_is_folded_asks_for_nothing_only_if_all_of_it_does():
    tellings = [t for t in case(benefits=(PENSION, DEBTS)).tellings() if t.assessment.period_from > date(2026, 11, 22)]
    calm = [t for t in tellings if t.assessment.period_from < JANUARY and t.assessment.rule.startswith("kela")]
    assert calm_text(calm) == "1 more limit, which asks for nothing now"
    assert calm_text(tellings) == "4 more limits", "those of January are not known yet"


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (11, "Wages of €40.90 still fit under this limit in November."),
        (1, "Wages of €2,690.80 still fit under this limit in the year 2026, but no month may go over its own limit."),
    ],
)
def test_beside_a_yel_policy_the_year_invites_nobody_past_a_month(first, said):
    insured = replace(PENSION, confirmed_yel_income=Decimal("9000.00"))
    assert card("kela", earned("200.00"), benefits=(insured,), month=first).sentence == said
