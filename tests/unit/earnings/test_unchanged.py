"""Nobody is passed over whose limits would be told otherwise: by the day, by the law, or by any fact."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.benefits import BenefitHeld, BenefitKind, ContractForm, PaymentPeriod, law
from jobcenter.benefits.take_home import TaxFacts
from jobcenter.earnings.domain import Case, Earning
from jobcenter.earnings.domain_unchanged import fingerprint, last_turn
from jobcenter.earnings.domain_warnings import alarms_of
from tests.unit.benefits.anyone import HELD_SINCE, lists, people
from tests.unit.earnings.test_domain import case, earned, someone

looked_at = st.dates(date(2025, 12, 1), date(2027, 2, 10))
near = st.none() | st.dates(date(2025, 12, 1), date(2027, 2, 28))
NO_CARD = TaxFacts((), False, date(1990, 5, 1))


@st.composite
def anyone(draw):
    """A person some of whose benefits begin and end about now, on a day."""
    person = draw(people)
    benefits = []
    for held in person.benefits:
        first, last = draw(near) or HELD_SINCE, draw(near)
        benefits.append(replace(held, from_=first, to=last if last and last >= first else None))
    earnings = tuple(Earning(row, None) for row in draw(lists))
    person = replace(person, benefits=tuple(benefits))
    return Case(person, earnings, draw(looked_at), Decimal("10.00"), Decimal("0.80"), tax=NO_CARD)


def said(looked):
    """What is told, and what is warned of."""
    tellings = looked.tellings()
    alarms = alarms_of((telling.assessment for telling in tellings), looked.as_of)
    return [telling.digest for telling in tellings], {key: alarm.level for key, alarm in alarms.items()}


@given(anyone(), st.integers(1, 40))
def test_days_of_one_fingerprint_say_the_same(looked, days):
    later = replace(looked, as_of=looked.as_of + timedelta(days=days))
    if fingerprint(later) == fingerprint(looked):
        assert said(later) == said(looked)


@given(anyone(), lists)
def test_earnings_of_one_fingerprint_say_the_same(looked, others):
    other = replace(looked, earnings=tuple(Earning(row, 7) for row in others))
    if fingerprint(other) == fingerprint(looked):
        assert said(other) == said(looked)


PERIODS = BenefitHeld(
    BenefitKind.LABOUR_MARKET_SUBSIDY, date(2026, 11, 4), date(2026, 11, 20), period=PaymentPeriod.FOUR_WEEKS
)


@pytest.mark.parametrize(
    ("day", "turned"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 3), date(2026, 11, 2)),
        (date(2026, 11, 4), date(2026, 11, 4)),
        (date(2026, 11, 20), date(2026, 11, 4)),
        (date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 2), date(2026, 12, 1)),
    ],
)
def test_a_person_s_limits_turn_with_months_benefits_and_payment_periods(day, turned):
    """The benefit began on a Wednesday: its four weeks are counted from the Monday before."""
    assert last_turn(case(benefits=(PERIODS,), as_of=day)) == turned


def test_a_day_on_which_nothing_turns_changes_nothing():
    days = [date(2026, 11, day) for day in range(2, 31)]
    assert len({fingerprint(case(earned("10.00"), as_of=day)) for day in days}) == 1


def other_law(**value):
    """The law with another last value of the pension's limit."""
    parameter = law().parameter("kela_disability_pension.earnings_limit")
    values = (*parameter.values[:-1], replace(parameter.values[-1], **value))
    return type(law()).of({**law().parameters, parameter.id: replace(parameter, values=values)})


@pytest.mark.parametrize(
    ("day", "turned"), [(date(2026, 11, 14), date(2026, 11, 1)), (date(2026, 11, 20), date(2026, 11, 15))]
)
def test_a_law_that_changes_within_a_month_turns_everyone_s_limits(day, turned):
    changed = other_law(from_=date(2026, 11, 15))
    assert last_turn(replace(case(as_of=day), law=changed)) == turned


LOOKED = replace(case(earned("10.00")), tax=NO_CARD)
OTHER = {
    "person": [someone(), replace(LOOKED.person, born=None), replace(LOOKED.person, told_elsewhere=True)],
    "earnings": [(), (earned("10.01"),), (earned("10.00", form=ContractForm.ASSIGNMENT),)],
    "as_of": [date(2026, 12, 1)],
    "hourly": [Decimal("10.01")],
    "near_share": [Decimal("0.81")],
    "law": [other_law(value=Decimal("991.00"))],
    "tax": [None, replace(NO_CARD, in_prepayment_register=True)],
}


def test_every_fact_of_a_case_has_its_place():
    assert OTHER.keys() == {field.name for field in fields(Case)}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in OTHER.items() for value in values])
def test_another_fact_is_another_fingerprint(name, value):
    assert fingerprint(replace(LOOKED, **{name: value})) != fingerprint(LOOKED)
