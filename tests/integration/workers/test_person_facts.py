"""What the law is told of a worker is what was stored, figure by figure, for one and for many."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jobcenter.benefits import FIGURES as BENEFIT_FIGURES
from jobcenter.benefits import BenefitHeld, BenefitKind, Household, MunicipalityGroup, PaymentPeriod
from jobcenter.workers import queries, queries_candidates
from jobcenter.workers.domain import Demand, Skill, TaskCategory
from tests import factories

KIND = BenefitKind.GUARANTEE_PENSION
FIGURES = {
    "decided_annual_income": Decimal("1.01"),
    "personal_limit": Decimal("2.02"),
    "confirmed_yel_income": Decimal("3.03"),
    "blind_or_immobile": False,
    "granted_on_disability": True,
    "household": Household.COUPLE_ONE_ENTITLED,
    "municipality_group": MunicipalityGroup.SECOND,
    "housing_costs_month": Decimal("4.04"),
    "annual_income_other": Decimal("5.05"),
    "decided_monthly_income": Decimal("6.06"),
    "other_income_month": Decimal("7.07"),
    "rent": Decimal("8.08"),
    "adults": 9,
    "children": 10,
    "decided_on": date(2025, 11, 11),
    "period": PaymentPeriod.FOUR_WEEKS,
    "dependants": 12,
    "net_pay_other": Decimal("13.13"),
    "aid_months": 11,
}
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_each_figure_arrives_in_its_place(session, world):
    assert {name for names in BENEFIT_FIGURES.values() for name in names} == FIGURES.keys()
    factories.benefit(world.veikko, KIND, starts_on=FIRST, ends_on=LAST, **FIGURES)
    expected = BenefitHeld(kind=KIND, from_=FIRST, to=LAST, **FIGURES)
    assert queries.person_facts(world.veikko).benefits == (expected,)
    assert queries_candidates.candidate(world.veikko.id).person.benefits == (expected,)


def test_sets_of_choices_arrive_whole(session, world):
    world.veikko.tasks = frozenset({TaskCategory.RAKING, TaskCategory.SEWING})
    world.veikko.skills = frozenset({Skill.FIRST_AID})
    session.flush()
    found = queries_candidates.candidate(world.veikko.id)
    assert found.tasks == {TaskCategory.RAKING, TaskCategory.SEWING}
    assert found.skills == {Skill.FIRST_AID}
    assert found.cannot == frozenset[Demand]()
