"""The sentences on the housing allowance's amount, on a fall of income and on YEL by the year, in plain words."""

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
    Person,
    Row,
    RowCode,
    assess,
)
from jobcenter.core import texts
from jobcenter.earnings.messages_rows import figure, remark
from jobcenter.earnings.messages_sentences import sentence

AMOUNT = "pensioner_housing_allowance.amount"
REVIEW = "pensioner_housing_allowance.review"
YEARLY_VALUE = "yel.annualised"


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


def said(rule, *earned, decided="0.00", state=IncomeState.PAID, name=""):
    """What is said in Finnish of earnings in as many months from January on."""
    held = BenefitHeld(
        kind=BenefitKind.PENSIONER_HOUSING_ALLOWANCE,
        from_=date(2020, 1, 1),
        to=None,
        decided_annual_income=Decimal(decided),
        annual_income_other=Decimal("11400.00"),
        household=Household.SINGLE,
        municipality_group=MunicipalityGroup.FIRST,
        housing_costs_month=Decimal("600.00"),
    )
    rows = [
        Income(date(2026, month, 10), None, Decimal(gross), ContractForm.ASSIGNMENT, state)
        for month, gross in enumerate(earned, start=1)
    ]
    person = Person(date(1990, 5, 1), (held,), JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    found = assess(person=person, income=rows, as_of=date(2026, 6, 30), hourly=Decimal("10.00"))
    with texts.in_language("fi"):
        return next(sentence(assessment, name) for assessment in found if assessment.rule == rule)


@pytest.mark.parametrize(
    ("rule", "earned", "options", "finnish"),
    [
        (AMOUNT, ["1000"], {}, "Kun asumistuki tarkistetaan, se pienenisi noin 30,81 € kuukaudessa."),
        (AMOUNT, ["0"], {"decided": "1000"}, "Kun asumistuki tarkistetaan, se suurenisi noin 30,81 € kuukaudessa."),
        (AMOUNT, ["1000"], {"decided": "1000"}, "Keikat eivät muuta asumistuen määrää."),
        (
            REVIEW,
            ["0"],
            {"decided": "509"},
            "Tulot ovat pienemmät kuin Kela on laskenut. Asumistuki voi olla liian pieni.",
        ),
        (YEARLY_VALUE, ["900"] * 4, {}, "Jos keikat jatkuvat näin, YEL-vakuutus tarvitaan."),
        (
            YEARLY_VALUE,
            ["900"] * 4,
            {"state": IncomeState.AGREED},
            "Jos kaikki keikat tehdään ja keikat jatkuvat samanlaisina, YEL-vakuutus tarvitaan.",
        ),
        (
            YEARLY_VALUE,
            ["900"] * 3,
            {},
            "Jos keikat jatkuvat näin vielä joitakin kuukausia, YEL-vakuutus voidaan tarvita.",
        ),
        (
            YEARLY_VALUE,
            ["100"] * 4,
            {},
            "Voit tehdä vielä 274 tuntia töitä, ennen kuin YEL-vakuutus voidaan tarvita.",
        ),
        (
            YEARLY_VALUE,
            ["100"] * 4,
            {"name": "Aino"},
            "Aino voi tehdä vielä 274 tuntia töitä, ennen kuin YEL-vakuutus voidaan tarvita.",
        ),
    ],
)
def test_what_is_said(rule, earned, options, finnish):
    assert said(rule, *earned, **options).replace("\xa0", " ") == finnish


def test_times_are_shown_in_months_and_amounts_in_euros():
    with texts.in_language("fi"):
        assert figure(Row(RowCode.DORMANT_LONGEST, Decimal(24), "dormant_pension.longest")) == "24 kuukautta"
        assert figure(Row(RowCode.DORMANT_AGAIN, Decimal(1), "dormant_pension.paid_between")) == "1 kuukausi"
        amount = figure(Row(RowCode.DORMANT_AMOUNT, Decimal("499.93"), "dormant_pension.amount"))
        assert amount.replace("\xa0", " ") == "499,93 €"


def test_a_day_stands_in_its_sentence():
    with texts.in_language("fi"):
        assert "3.4.2027" in remark(Row(RowCode.TAKE_OUT_BY, day=date(2027, 4, 3)))
