"""An offer tells what this gig does, not what all earnings together do."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Household,
    Income,
    IncomeState,
    JobseekerStatus,
    MunicipalityGroup,
    PaymentPeriod,
    Person,
)
from jobcenter.core import texts
from jobcenter.earnings.domain import Case, Earning
from jobcenter.earnings.presenting_cards import limit_card
from jobcenter.earnings.presenting_effects import effect_lines

K = BenefitKind
AS_OF = date(2026, 11, 22)
ASSISTANCE = BenefitHeld(K.BASIC_SOCIAL_ASSISTANCE, None, None)
UNEMPLOYED = BenefitHeld(K.GENERAL_BENEFIT, None, None, period=PaymentPeriod.MONTH)
PENSION = BenefitHeld(K.KELA_DISABILITY_PENSION, None, None)
DEBTS = BenefitHeld(K.ENFORCEMENT, None, None, dependants=0, net_pay_other=Decimal(1200))
HOUSING = BenefitHeld(
    K.PENSIONER_HOUSING_ALLOWANCE,
    None,
    None,
    decided_annual_income=Decimal(0),
    annual_income_other=Decimal(12000),
    household=Household.SINGLE,
    municipality_group=MunicipalityGroup.FIRST,
    housing_costs_month=Decimal(600),
)


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


def gig(gross, state):
    return Income(date(2026, 11, 24), None, Decimal(gross), ContractForm.PARTNER, state, net=Decimal(gross))


def lines_of(benefit, done, offered="30.00"):
    """What the page of an offer tells of a benefit, of whose holder so much is done already."""
    person = Person(date(1990, 5, 1), (benefit,), JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    earnings = (Earning(gig(done, IncomeState.CONFIRMED), None),) if done else ()
    case = Case(person, earnings, AS_OF, Decimal("10.00"), Decimal("0.80"))
    with texts.in_language("en"):
        return effect_lines(case.effect_of(gig(offered, IncomeState.OFFERED)))


def said(benefit, done):
    return [line.sentence for line in lines_of(benefit, done)]


@pytest.mark.parametrize(
    ("benefit", "done", "sentence"),
    [
        (ASSISTANCE, "100.00", "This gig makes the assistance at most €30.00 smaller in November."),
        (UNEMPLOYED, "100.00", "This gig makes the benefit about €15.00 smaller in November."),
        (UNEMPLOYED, "", "This gig makes the benefit about €15.00 smaller in November."),
        (UNEMPLOYED, "2000.00", "This gig does not make the benefit smaller in November."),
        (DEBTS, "100.00", "Enforcement takes about €20.00 of this gig in November."),
        (PENSION, "100.00", "You can still work 86 hours in November."),
    ],
)
def test_the_sentence_tells_of_this_gig(benefit, done, sentence):
    assert said(benefit, done)[0] == sentence


def test_what_a_gig_takes_nothing_from_is_not_marked_as_shrinking():
    assert lines_of(UNEMPLOYED, "2000.00")[0].tag == ""
    assert lines_of(UNEMPLOYED, "100.00")[0].tag == "Becomes smaller"


def test_a_housing_allowance_tells_of_this_gig():
    assert "With this gig the housing allowance would be about €0.92 a month smaller at its next review." in said(
        HOUSING, "500.00"
    )
    assert "With this gig the housing allowance would be about €31.74 a month smaller at its next review." in said(
        HOUSING, "1000.00"
    ), "this gig starts the review, in which all earnings count"
    assert "With this gig the housing allowance would be about €0.93 a month smaller at its next review." in said(
        HOUSING, "1020.00"
    ), "the review is due without it"
    in_vain = replace(HOUSING, housing_costs_month=Decimal(10))
    assert "The gigs do not change the amount of the housing allowance." in said(in_vain, "500.00")


@pytest.mark.parametrize(
    ("done", "left"),
    [
        ("900.00", ("Left before this gig: €90.90.", "Left with this gig: €60.90.")),
        ("960.90", ("Left before this gig: €30.00.", "Left with this gig: €0.00.")),
        ("980.90", ("Left before this gig: €10.00.", "With this gig it is €20.00 over.")),
        ("1000.00", ("It is €9.10 over without this gig too.", "With this gig it is €39.10 over.")),
    ],
)
def test_nobody_reads_of_less_than_nothing_left(done, left):
    (line,) = lines_of(PENSION, done)
    assert line.left == left


def test_the_figures_of_a_limit_passed_tell_how_much_over():
    person = Person(date(1990, 5, 1), (PENSION,), JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    case = Case(person, (Earning(gig("1000.00", IncomeState.CONFIRMED), None),), AS_OF, Decimal(10), Decimal("0.80"))
    with texts.in_language("en"):
        figures = dict(limit_card(case.tellings()[0]).figures)
    assert figures["Over the limit by"] == figures["Over the limit when all gigs are counted, by"] == "€9.10"
    assert "Left under the limit" not in figures
