"""The answer to what if: the sum, what is never summed, and the risk of a pension before all else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Household,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    MunicipalityGroup,
    PaymentPeriod,
    Person,
)
from jobcenter.benefits.take_home import TaxFacts
from jobcenter.benefits.withholding import Card
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.earnings.domain import Case, Earning
from jobcenter.earnings.whatif.domain import Asked, Question, plan_of, scenario_of
from jobcenter.earnings.whatif.domain_changes import BenefitChange, loss_of
from jobcenter.earnings.whatif.domain_outcome import Outcome, Remark, Verdict, outcome_of, whole_euros

A, P = ContractForm.ASSIGNMENT, ContractForm.PARTNER
K = BenefitKind
AS_OF = date(2026, 9, 22)
CARD = Card(date(2026, 1, 1), date(2026, 12, 31), Decimal(10), Decimal(40), Decimal(100000))


def held(kind, **figures):
    return BenefitHeld(kind, date(2020, 1, 1), None, **figures)


PENSION = held(K.KELA_DISABILITY_PENSION)
ASSISTANCE = held(K.BASIC_SOCIAL_ASSISTANCE)
UNEMPLOYED = held(K.GENERAL_BENEFIT, period=PaymentPeriod.MONTH)
IN_FOUR_WEEKS = held(K.GENERAL_BENEFIT, period=PaymentPeriod.FOUR_WEEKS)
DEBTS = held(K.ENFORCEMENT, dependants=0, net_pay_other=Decimal(1200))
STUDIES = held(K.STUDY_AID, aid_months=12)
PENSIONERS_HOUSING = held(
    K.PENSIONER_HOUSING_ALLOWANCE,
    decided_annual_income=Decimal(0),
    annual_income_other=Decimal(12000),
    household=Household.SINGLE,
    municipality_group=MunicipalityGroup.FIRST,
    housing_costs_month=Decimal(600),
)
HOUSING = held(
    K.GENERAL_HOUSING_ALLOWANCE,
    decided_monthly_income=Decimal(800),
    other_income_month=Decimal(800),
    municipality_group=MunicipalityGroup.FIRST,
    adults=1,
    children=0,
    rent=Decimal(600),
    decided_on=date(2025, 6, 1),
)


def case(*benefits, as_of=AS_OF, earnings=(), cards=(CARD,)):
    person = Person(date(1990, 5, 1), benefits, JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    tax = TaxFacts(cards, in_prepayment_register=False, born=person.born)
    return Case(person, tuple(earnings), as_of, Decimal("10.00"), Decimal("0.80"), tax=tax)


def earned(gross, day, state=IncomeState.AGREED, offer_id=None):
    return Earning(Income(day, None, Decimal(gross), P, state), offer_id)


def answer(case, *, question=Question.MONTHLY, form=P, hours=20, months=3, since=None, **more):
    since = since or (date(2026, 10, 1) if case.as_of == AS_OF else case.as_of.replace(day=1))
    asked = Asked(question=question, form=form, minutes=hours * 60, starts_on=since, months=months, **more)
    scenario = scenario_of(asked, Decimal("10.00"), case.as_of)
    return outcome_of(case, scenario, plan_of(scenario, [row.income for row in case.earnings]), None)


@pytest.mark.parametrize(
    ("benefits", "question", "verdict", "per_month"),
    [
        ([], {}, Verdict.MORE, "164"),
        ([], {"form": A}, Verdict.MORE, "180"),
        ([ASSISTANCE], {}, Verdict.SAME, "0"),
        ([ASSISTANCE], {"hours": 60}, Verdict.SAME, "0"),
        ([UNEMPLOYED], {}, Verdict.MORE, "64"),
        ([IN_FOUR_WEEKS], {}, Verdict.MORE, "64"),
        ([UNEMPLOYED], {"question": Question.RAISE, "new_hourly": Decimal(12)}, Verdict.MORE, "13"),
        ([ASSISTANCE, UNEMPLOYED], {}, Verdict.SAME, "0"),
        ([PENSION], {"form": A}, Verdict.MORE, "180"),
        ([PENSIONERS_HOUSING], {}, Verdict.MORE, "90"),
        ([PENSIONERS_HOUSING], {"question": Question.GIG, "hours": 10}, Verdict.MORE, "82"),
        ([HOUSING], {}, Verdict.MORE, "164"),
        ([HOUSING], {"hours": 50}, Verdict.MORE, "234"),
        ([HOUSING, UNEMPLOYED], {"hours": 50}, Verdict.LESS, "-16"),
        ([HOUSING, ASSISTANCE], {"hours": 50}, Verdict.SAME, "0"),
        ([HOUSING, ASSISTANCE, UNEMPLOYED], {"hours": 50}, Verdict.LESS, "-16"),
        ([DEBTS], {"hours": 50}, Verdict.MORE, "136"),
    ],
    ids=[
        "nothing but the wage", "nothing but the compensation", "assistance takes all", "more work, same money",
        "half of unemployment benefit", "the same in four weeks", "a raise", "assistance fills unemployment benefit",
        "pension under its limit", "pensioner's housing reviewed", "pensioner's housing not reviewed",
        "housing not reviewed", "housing reviewed", "housing and unemployment", "housing within assistance",
        "assistance is not counted on to grow", "enforcement",
    ],
)  # fmt: skip
def test_what_would_be_left(benefits, question, verdict, per_month):
    found = answer(case(*benefits), **question)
    assert (found.verdict, found.per_month) == (verdict, Decimal(per_month))


@pytest.mark.parametrize(
    ("as_of", "months", "per_month"),
    [(date(2026, 1, 10), 2, "150"), (date(2026, 2, 10), 2, "75"), (date(2026, 3, 10), 1, "0")],
    ids=["until February", "February and March", "from March on"],
)
def test_the_disregard_of_assistance_until_march_2026(as_of, months, per_month):
    found = answer(case(ASSISTANCE, as_of=as_of), months=months)
    assert found.per_month == Decimal(per_month)


@pytest.mark.parametrize(
    ("benefits", "question", "missing"),
    [
        ([held(K.SICKNESS_ALLOWANCE)], {}, ("sickness_allowance.work",)),
        ([replace(DEBTS, dependants=None)], {}, ("enforcement.protected_portion",)),
        ([PENSION], {"form": A, "months": 4}, ("kela_disability_pension.earnings_limit", "yel.yearly_limit")),
        ([STUDIES], {"hours": 500}, ("study_aid.own_income",)),
        ([UNEMPLOYED, held(K.SICKNESS_ALLOWANCE)], {}, ("sickness_allowance.work",)),
    ],
    ids=["no formula", "a fact is missing", "2027 is not known", "the price is not known", "one of two"],
)
def test_an_unknown_is_never_summed(benefits, question, missing):
    found = answer(case(*benefits), **question)
    assert found.verdict is Verdict.NOT_KNOWN
    assert set(missing) <= set(found.not_in_sum)
    assert (found.total, found.per_month) == (None, None)
    assert found.pay.paid_out > 0


def test_benefits_never_asked_are_an_unknown():
    nobody = replace(case(), person=Person(None, None, JobseekerStatus.UNKNOWN, None))
    assert answer(nobody).not_in_sum == ("benefits.asked",)


def test_a_wage_whose_contributions_are_not_known_yet_is_not_told():
    found = answer(case(UNEMPLOYED), months=4)
    assert (found.pay, found.gross, found.verdict) == (None, Decimal("800.00"), Verdict.NOT_KNOWN)
    assert Remark.PAY_NOT_KNOWN in found.remarks


def test_a_pension_over_its_limit_is_a_risk_and_not_summed():
    found = answer(case(PENSION), form=A, hours=120)
    assert [(risk.period_from.month, risk.over_by) for risk in found.risks] == [
        (month, Decimal("209.10")) for month in (10, 11, 12)
    ]
    assert found.per_month == Decimal(1080)


def test_what_is_agreed_already_counts_before():
    earnings = [earned("900.00", date(2026, 10, 5))]
    alone, beside = answer(case(PENSION)), answer(case(PENSION, earnings=earnings))
    assert not alone.risks
    assert [(risk.period_from.month, risk.before) for risk in beside.risks] == [(10, LimitState.NEAR)]


def test_an_offer_asked_about_is_not_counted_twice():
    offer = earned("900.00", date(2026, 10, 5), IncomeState.OFFERED, 7)
    person = case(PENSION, earnings=[offer])
    asked = Asked(question=Question.GIG, form=P, minutes=5400, starts_on=date(2026, 10, 5))
    scenario = replace(scenario_of(asked, Decimal("10.00"), AS_OF), offer_id=7)
    found = outcome_of(person, scenario, plan_of(scenario), None)
    assert not found.risks
    assert found.pay.withheld == Decimal("90.00")


def test_the_net_of_own_work_is_estimated_where_a_rule_takes_net():
    wage = earned("100.00", date(2026, 9, 10), IncomeState.CONFIRMED)
    told = Earning(replace(wage.income, told=True), None)
    (found,) = (
        a
        for a in case(ASSISTANCE, earnings=[wage, told]).assessments()
        if a.rule == "basic_social_assistance.disregard" and a.period_from.month == 9
    )
    assert found.counted == Decimal("81.81") + Decimal("100.00")


def test_remarks_say_how_it_was_counted():
    without_card = answer(case(ASSISTANCE, HOUSING, UNEMPLOYED, cards=()), hours=50)
    assert without_card.remarks == (
        Remark.ON_TOP,
        Remark.NO_TAX_CARD,
        Remark.WAGE_CONTRIBUTIONS,
        Remark.ASSISTANCE_AMOUNT_NOT_KNOWN,
        Remark.ASSISTANCE_FILLS,
        Remark.ALLOWANCE_GOES_ON,
        Remark.BEFORE_TAX,
        Remark.ALLOWANCE_COUNTS_BENEFIT,
        Remark.MONTH_OF_WORK,
    )


def test_what_the_pay_loses_has_its_sources():
    statutes = [source.statute for source in answer(case(cards=())).sources]
    assert [statute.split()[0] for statute in statutes] == ["Ennakkoperintälaki", "Työntekijän", "Laki"]
    assert answer(case(), form=A).sources[0].statute.startswith("Yrittäjän")


def change(rule, amount, month=10, *, rolling=False):
    first = date(2026, month, 1)
    return BenefitChange(rule, first, date(2026, month, 28), rolling, None, None, Decimal(amount))


SOCIAL, OTHER = "basic_social_assistance.disregard", "general_benefit.reconciliation"
MONTHS = (date(2026, 10, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("changes", "loss"),
    [
        ([], "0"),
        ([change(OTHER, -50)], "50"),
        ([change(OTHER, 30)], "-30"),
        ([change(SOCIAL, -100), change(OTHER, -50)], "100"),
        ([change(SOCIAL, -40), change(OTHER, -50)], "50"),
        ([change(SOCIAL, -100), change(OTHER, -50, 11)], "150"),
        ([change("x.amount", -20, rolling=True)], "40"),
        ([change("x.amount", -20, rolling=True), change(SOCIAL, -100)], "120"),
        ([change(OTHER, -50, 9), change(OTHER, -50, 12)], "100"),
    ],
    ids=[
        "nothing", "one falls", "one grows", "assistance covers", "assistance falls by less", "other months",
        "every month of a rolling year", "in one of two months", "periods that reach over the ends",
    ],
)  # fmt: skip
def test_the_loss_of_all_benefits(changes, loss):
    assert loss_of(changes, MONTHS) == Decimal(loss)


@pytest.mark.parametrize(
    ("exact", "told"), [("0.49", "0"), ("0.50", "1"), ("-0.49", "0"), ("-0.50", "-1"), ("63.62", "64")]
)
def test_about_is_whole_euros(exact, told):
    assert str(whole_euros(Decimal(exact))) == told


@pytest.mark.parametrize("person", [case(), case(PENSION, HOUSING, DEBTS), case(UNEMPLOYED, cards=())])
def test_an_answer_is_stored_and_read_again_as_it_was(person):
    found = answer(person, months=4)
    assert from_plain(Outcome, to_plain(found)) == found
