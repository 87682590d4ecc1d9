"""The way through a statement, what can be answered, when it comes up again, and its JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import BenefitKind, ContractForm, Household, JobseekerStatus
from jobcenter.core import texts
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.statement.domain import (
    Debt,
    Progress,
    Step,
    Stop,
    Told,
    Topic,
    check_review_day,
    review_day,
    way_of,
)
from jobcenter.workers.statement.presenting import open_questions, parts_of
from jobcenter.workers.told.domain import IncomeTold

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
PENSION, HOUSING = BenefitKind.KELA_DISABILITY_PENSION, BenefitKind.PENSIONER_HOUSING_ALLOWANCE
DECISION = BenefitTold(
    HOUSING, date(2020, 1, 1), None, decided_annual_income=Decimal("0.00"), household=Household.SINGLE
)
FULL = Told(
    receives=YES,
    kinds=(PENSION, HOUSING),
    decisions={PENSION: BenefitTold(PENSION, None, None, blind_or_immobile=False), HOUSING: DECISION},
    ended={BenefitKind.STUDY_AID: date(2026, 5, 31), BenefitKind.GENERAL_BENEFIT: None},
    jobseeker=JobseekerStatus.NOT_REGISTERED,
    earns_elsewhere=YES,
    incomes=(
        IncomeTold("Siivous", ContractForm.PARTNER, True, Decimal("200.00"), None, date(2026, 9, 1), None),
        IncomeTold("Piirros", ContractForm.ASSIGNMENT, False, Decimal("50.50"), Decimal("40"), date(2026, 9, 1), None),
    ),
    in_enforcement=YES,
    enforcement=BenefitTold(BenefitKind.ENFORCEMENT, None, None, dependants=0),
    debts=(Debt.PAYMENT_PLAN,),
)

WAYS = [
    (Told(), set(), ["benefits", "jobseeker", "income", "debts", "check"]),
    (
        Told(receives=YES, kinds=(PENSION,)),
        {PENSION, HOUSING},
        [
            "benefits",
            "ended-pensioner_housing_allowance",
            "decision-kela_disability_pension",
            "jobseeker",
            "income",
            "debts",
            "check",
        ],
    ),
    (
        Told(receives=NO),
        {PENSION},
        ["benefits", "ended-kela_disability_pension", "jobseeker", "income", "debts", "check"],
    ),
    (Told(receives=UNKNOWN), {PENSION}, ["benefits", "jobseeker", "income", "debts", "check"]),
    (
        Told(in_enforcement=YES),
        {BenefitKind.ENFORCEMENT},
        ["benefits", "jobseeker", "income", "debts", "enforcement", "check"],
    ),
    (Told(in_enforcement=NO), {BenefitKind.ENFORCEMENT}, ["benefits", "jobseeker", "income", "debts", "check"]),
    (Told(in_enforcement=UNKNOWN), set(), ["benefits", "jobseeker", "income", "debts", "check"]),
]


@pytest.mark.parametrize(("told", "held", "slugs"), WAYS)
def test_the_way_follows_from_what_is_told_and_held(told, held, slugs):
    assert [stop.slug for stop in way_of(told, held).stops] == slugs


OPEN = [
    (Told(), "benefits"),
    (Told(receives=UNKNOWN), "jobseeker"),
    (Told(receives=YES, kinds=(PENSION,)), "decision-kela_disability_pension"),
    (replace(FULL, jobseeker=None), "jobseeker"),
    (replace(FULL, earns_elsewhere=None), "income"),
    (replace(FULL, in_enforcement=None), "debts"),
    (replace(FULL, enforcement=None), "enforcement"),
    (FULL, "check"),
]


@pytest.mark.parametrize(("told", "slug"), OPEN)
def test_it_goes_on_where_nothing_is_answered_yet(told, slug):
    way = way_of(told, ())
    assert way.open.slug == slug
    assert way.is_ready is (slug == "check")


def test_back_and_forth_along_the_way():
    way = way_of(FULL, ())
    first, last = way.stops[0], way.stops[-1]
    assert way.before(first) is None and way.after(last) == last
    assert all(way.before(way.after(stop)) == stop for stop in way.stops[:-1])
    assert [way.at(stop.slug) for stop in way.stops] == list(way.stops)
    with pytest.raises(NotFound):
        way.at("decision-study_aid")


def test_each_step_says_how_far_it_is():
    way = way_of(Told(receives=YES, kinds=(PENSION,)), ())
    assert dict(way.progress(Stop(Topic.DECISION, PENSION))) == {
        Step.CONSENT: Progress.DONE,
        Step.BENEFITS: Progress.DONE,
        Step.DECISIONS: Progress.CURRENT,
        Step.JOBSEEKER: Progress.AHEAD,
        Step.INCOME: Progress.AHEAD,
        Step.DEBTS: Progress.AHEAD,
        Step.CHECK: Progress.AHEAD,
    }


REFUSED = [
    (lambda: Told().with_benefits(YES, ()), "statement_choose_benefits"),
    (lambda: Told().with_benefits(NO, {PENSION}), "statement_benefits_and_none"),
    (lambda: Told().with_benefits(UNKNOWN, {PENSION}), "statement_benefits_and_none"),
    (lambda: Told().with_income(YES, on_list=False), "statement_income_missing"),
    (lambda: Told().with_income(NO, on_list=True), "statement_income_on_list"),
    (lambda: check_review_day(date(2026, 11, 22), today=date(2026, 11, 22)), "review_day_over"),
]


@pytest.mark.parametrize(("answer", "code"), REFUSED)
def test_answers_that_do_not_agree_are_refused(answer, code):
    with pytest.raises(DomainError) as refused:
        answer()
    assert refused.value.code == code


def test_what_was_told_of_a_benefit_stays_when_it_is_taken_off_and_put_back():
    told = FULL.with_benefits(NO, ()).with_benefits(YES, {HOUSING})
    assert told.kinds == (HOUSING,) and told.decisions[HOUSING] == DECISION


REVIEWS = [
    (date(2026, 11, 22), (), date(2027, 5, 22)),
    (date(2026, 8, 31), (), date(2027, 2, 28)),
    (date(2026, 6, 30), (None,), date(2026, 12, 30)),
    (date(2026, 11, 22), (date(2027, 1, 31), None, date(2027, 3, 1)), date(2027, 1, 31)),
    (date(2026, 11, 22), (date(2026, 11, 22), date(2028, 1, 1)), date(2027, 5, 22)),
]


@pytest.mark.parametrize(("today", "ends", "expected"), REVIEWS)
def test_it_comes_up_again_in_half_a_year_or_when_a_benefit_ends(today, ends, expected):
    assert review_day(today, ends) == expected


@pytest.mark.parametrize("told", [Told(), FULL])
def test_json_and_back(told):
    assert from_plain(Told, json.loads(json.dumps(to_plain(told)))) == told


def test_old_json_without_a_field_is_still_read():
    plain = to_plain(FULL)
    del plain["debts"], plain["decisions"][HOUSING.value]["aid_months"]
    assert from_plain(Told, plain) == replace(FULL, debts=())


# What it says


@pytest.mark.parametrize(
    "told",
    [
        FULL,
        Told(UNKNOWN, jobseeker=JobseekerStatus.UNKNOWN, earns_elsewhere=UNKNOWN, in_enforcement=UNKNOWN),
        Told(NO, jobseeker=JobseekerStatus.REGISTERED, earns_elsewhere=NO, in_enforcement=NO, debts=tuple(Debt)),
    ],
)
def test_read_by_another_it_speaks_of_the_person(told):
    """To the person it says you and I; beside the person neither, and it says as much."""
    with texts.in_language("en"):
        said = [[*parts_of(told, name), *open_questions(told, name)] for name in ("", "Veikko")]
    to_the_person, about_the_person = (set(re.findall(r"\w+", str(each))) for each in said)
    assert not {"you", "your", "I"} & about_the_person
    assert len(said[0]) == len(said[1])
    if told is not FULL:
        assert {"you", "your", "I"} & to_the_person
        assert "Veikko" in str(said[1])
