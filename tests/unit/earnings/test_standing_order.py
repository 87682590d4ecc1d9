"""Which limit is told of first: an amount that nobody can compute hides no limit that is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, JobseekerStatus, Person
from jobcenter.earnings.domain import Case
from jobcenter.earnings.presenting import in_order

HOUSING = BenefitHeld(BenefitKind.PENSIONER_HOUSING_ALLOWANCE, None, None, decided_annual_income=Decimal(0))
PENSION = BenefitHeld(BenefitKind.KELA_DISABILITY_PENSION, None, None)


def first_of(*benefits):
    person = Person(date(1990, 5, 1), benefits, JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    case = Case(person, (), date(2026, 11, 22), Decimal(10), Decimal("0.80"))
    return in_order(case.tellings())[0].assessment.rule


@pytest.mark.parametrize(
    ("benefits", "rule"),
    [
        ((PENSION, HOUSING), "kela_disability_pension.earnings_limit"),
        ((HOUSING,), "pensioner_housing_allowance.review"),
        ((PENSION, replace(HOUSING, decided_annual_income=None)), "pensioner_housing_allowance.review"),
    ],
    ids=["the limit before the amount", "the review before the amount", "but a limit not known first"],
)
def test_what_comes_first(benefits, rule):
    assert first_of(*benefits) == rule
