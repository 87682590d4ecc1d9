"""Short ways to make people and earnings for the tables."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    JobseekerStatus,
    Person,
    assess,
)

HOURLY = Decimal("10.00")
PENSION = BenefitHeld(BenefitKind.KELA_DISABILITY_PENSION, date(2010, 1, 1), None)
GUARANTEE = BenefitHeld(BenefitKind.GUARANTEE_PENSION, date(2010, 1, 1), None)


def day(text):
    return date.fromisoformat(text)


def euros(text):
    return Decimal(text)


def housing(decided="0.00"):
    decided = None if decided is None else euros(decided)
    return BenefitHeld(BenefitKind.PENSIONER_HOUSING_ALLOWANCE, date(2010, 1, 1), None, decided_annual_income=decided)


def someone(*benefits, born="1990-05-01"):
    return Person(
        born=day(born) if born else None,
        benefits=benefits,
        jobseeker=JobseekerStatus.NOT_REGISTERED,
        benefits_asked_on=date(2010, 1, 1),
    )


def earning(worked, gross, paid=None, *, contract=ContractForm.ASSIGNMENT, state=IncomeState.PAID, recurring=False):
    """An earning; unless told otherwise paid on the day of work."""
    return Income(day(worked), day(paid or worked), euros(gross), contract, state, recurring)


def judged(person, *income, as_of, **options):
    return assess(person=person, income=income, as_of=day(as_of), hourly=HOURLY, **options)


def monthly(worked, per_month, **options):
    """Work that repeats and brings the same each month, told by one of its gigs."""
    return replace(earning(worked, per_month, recurring=True, **options), per_month=euros(per_month))


def codes(assessment):
    return {row.code for row in assessment.rows}


def only(assessments, rule, first=None):
    """The one assessment of a rule (and of the period that begins on `first`)."""
    (found,) = [a for a in assessments if a.rule == rule and (first is None or a.period_from == day(first))]
    return found
