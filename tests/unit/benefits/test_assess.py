"""What holds of all rules: order, unknown facts, stored and shown again, and properties over generated earnings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter.benefits import (
    Assessment,
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    NextStep,
    Person,
    rules_version,
    series_of,
)
from tests.unit.benefits.people import HOURLY, PENSION, day, earning, euros, housing, judged, someone

AS_OF = "2022-10-15"
WHO = someone(PENSION, housing("200.00"))

moments = st.dates(date(2021, 6, 1), date(2023, 12, 31))
amounts = st.decimals(Decimal("0.00"), Decimal("3000.00"), places=2)
incomes = st.builds(
    Income,
    worked_on=moments,
    paid_on=st.none() | moments,
    gross=amounts,
    contract=st.sampled_from(ContractForm),
    state=st.sampled_from(IncomeState),
    recurring=st.booleans(),
)


# One more euro of an assignment adds up to three to its yearly value: four months count as a year.
TIMES = {"yel.annualised": 3}
MAY_BE_MET = ("earnings_limit", ".amount")


def by_period(assessments):
    """Assessments by rule and period; a rule without a calendar period of its own by rule alone."""
    return {(a.rule, series_of(a)): a for a in assessments}


@settings(deadline=None)
@given(st.lists(incomes, max_size=8), incomes)
def test_more_earnings_never_leave_more(rows, more):
    before, after = by_period(judged(WHO, *rows, as_of=AS_OF)), by_period(judged(WHO, *rows, more, as_of=AS_OF))
    assert before.keys() <= after.keys()
    for key, was in before.items():
        now = after[key]
        if was.left is not None:
            assert now.left <= was.left
            assert now.left_with_agreed <= was.left_with_agreed
            assert now.left_hours <= was.left_hours
            assert now.left_hours_with_agreed <= was.left_hours_with_agreed


@settings(deadline=None)
@given(st.lists(incomes, max_size=8), st.randoms())
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert judged(WHO, *rows, as_of=AS_OF) == judged(WHO, *shuffled, as_of=AS_OF)


@settings(deadline=None)
@given(st.lists(incomes, max_size=6), incomes, st.integers(1, 99))
def test_splitting_a_payment_changes_nothing(rows, whole, percent):
    first = (whole.gross * percent / 100).quantize(Decimal("0.01"))
    parts = [Income(**{**vars(whole), "gross": part}) for part in (first, whole.gross - first)]
    assert judged(WHO, *rows, whole, as_of=AS_OF) == judged(WHO, *rows, *parts, as_of=AS_OF)


@settings(deadline=None)
@given(st.lists(incomes, max_size=8))
def test_the_hours_left_really_fit_and_one_more_does_not(rows):
    for found in judged(WHO, *rows, as_of=AS_OF):
        if found.left is not None and found.left > 0:
            an_hour = HOURLY * TIMES.get(found.rule, 1)
            after = found.left - found.left_hours * an_hour
            if found.rule.endswith(MAY_BE_MET):
                assert 0 <= after < an_hour
            else:
                assert 0 < after <= an_hour


@settings(deadline=None)
@given(st.lists(incomes, max_size=8))
def test_stored_and_read_again_it_is_the_same(rows):
    for found in judged(WHO, *rows, as_of=AS_OF):
        assert Assessment.from_json(found.to_json()) == found


def test_stored_money_is_text_with_two_decimals():
    for found in judged(WHO, earning("2022-10-03", "86.50"), as_of=AS_OF):
        stored = found.to_json()
        for key in ("counted", "agreed", "limit", "left"):
            assert stored[key] is None or stored[key] == f"{Decimal(stored[key]):.2f}"


def test_rules_come_in_a_stable_order_and_each_in_order_of_time():
    rows = [earning("2022-11-03", "10.00"), earning("2021-10-03", "10.00")]
    found = [(a.rule, a.period_from.isoformat()) for a in judged(WHO, *rows, as_of=AS_OF)]
    assert found == [
        ("kela_disability_pension.earnings_limit", "2021-10-01"),
        ("kela_disability_pension.earnings_limit", "2022-10-01"),
        ("kela_disability_pension.earnings_limit", "2022-11-01"),
        ("pensioner_housing_allowance.review", "2021-12-01"),
        ("pensioner_housing_allowance.amount", "2021-12-01"),
        ("yel.yearly_limit", "2021-01-01"),
        ("yel.yearly_limit", "2022-01-01"),
        ("yel.annualised", "2022-11-01"),
    ]


@pytest.mark.parametrize(
    ("as_of", "series"),
    [
        ("2022-10-15", ["2022-10", "rolling", "rolling", "2022", "rolling"]),
        ("2022-12-31", ["2022-10", "2022-12", "rolling", "rolling", "2022", "rolling"]),
    ],
)
def test_assessments_of_the_same_thing_are_one_series(as_of, series):
    found = judged(WHO, earning("2022-10-03", "10.00"), as_of=as_of)
    assert [series_of(assessment) for assessment in found] == series


def test_every_assessment_names_the_version_of_the_law():
    assert {a.rules_version for a in judged(WHO, earning("2022-10-03", "10.00"), as_of=AS_OF)} == {rules_version()}


@pytest.mark.parametrize(
    ("benefits", "asked_on"), [(None, None), (None, date(2022, 1, 1)), ((), None), ((PENSION,), None)]
)
def test_benefits_never_asked_are_asked_for_first(benefits, asked_on):
    who = Person(None, benefits, JobseekerStatus.UNKNOWN, asked_on)
    found = judged(who, as_of=AS_OF)
    assert (found[0].rule, found[0].state, found[0].next_step) == (
        "benefits.asked",
        LimitState.ASK,
        NextStep.ASK_PERSON,
    )
    assert len(found) == 1 + len(benefits or ())


@pytest.mark.parametrize("kind", BenefitKind)
def test_no_benefit_held_is_passed_over_in_silence(kind):
    assert judged(someone(BenefitHeld(kind, None, None)), as_of=AS_OF)


@pytest.mark.parametrize("kind", sorted(set(BenefitKind) - {BenefitKind.STUDY_AID}))
def test_a_benefit_that_has_ended_asks_nothing(kind):
    ended = BenefitHeld(kind, None, day("2022-10-01") - timedelta(days=1))
    assert judged(someone(ended), as_of=AS_OF) == ()


@pytest.mark.parametrize("options", [{"near_share": Decimal(0)}, {"near_share": Decimal("1.01")}])
def test_a_near_share_that_makes_no_sense_is_refused(options):
    with pytest.raises(ValueError, match="near"):
        judged(WHO, as_of=AS_OF, **options)


def test_an_earning_is_never_negative():
    with pytest.raises(ValueError, match="negative"):
        earning("2022-10-03", "-0.01")


def test_small_amounts_are_exact():
    rows = [earning("2022-10-03", "0.10")] * 3
    assert judged(WHO, *rows, as_of=AS_OF)[0].counted == euros("0.30")
