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
from jobcenter.earnings.presenting_effects import effect_lines

K = BenefitKind
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


def said(benefit, done, offered="30.00"):
    """What the page of an offer says first of a benefit, of whose holder so much is done already."""
    person = Person(date(1990, 5, 1), (benefit,), JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    earnings = (Earning(gig(done, IncomeState.CONFIRMED), None),) if done else ()
    case = Case(person, earnings, date(2026, 11, 22), Decimal("10.00"), Decimal("0.80"))
    with texts.in_language("en"):
        lines = effect_lines(case.effect_of(gig(offered, IncomeState.OFFERED)))
    return [line.sentence for line in lines]


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


def test_a_housing_allowance_tells_of_this_gig():
    assert "With this gig the housing allowance would be about €0.92 a month smaller at its next review." in said(
        HOUSING, "500.00"
    )
    in_vain = replace(HOUSING, housing_costs_month=Decimal(10))
    assert "The gigs do not change the amount of the housing allowance." in said(in_vain, "500.00")
