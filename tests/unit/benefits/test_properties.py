"""What must hold of every rule, whatever the person and the earnings: found by Hypothesis, not by example."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jobcenter.benefits import LimitState, assess, assess_facts, law, series_of
from jobcenter.benefits.judging import Facts
from jobcenter.benefits.register import REGISTER
from tests.unit.benefits.anyone import AS_OF, CENT, days, earnings, lists, people


def judged(person, income, as_of=AS_OF):
    return assess(person=person, income=income, as_of=as_of, hourly=Decimal("10.00"))


@given(people, lists, days)
def test_asking_since_a_day_leaves_out_what_ended_before_and_nothing_else(person, income, day):
    everything = judged(person, income)
    facts = Facts(person, tuple(income), AS_OF, Decimal("10.00"), Decimal("0.80"), law(), since=day)
    assert assess_facts(facts) == tuple(found for found in everything if found.period_to >= day)


@given(people, lists, days)
def test_no_formula_has_an_answer_for_those_whom_its_kinds_leave_out(person, income, day):
    facts = Facts(person, tuple(income), day, Decimal("10.00"), Decimal("0.80"), law())
    for formula in REGISTER:
        if formula.kinds and not facts.holds(*formula.kinds):
            assert list(formula.function(facts)) == [], formula.name


def by_period(assessments):
    return {(a.rule, series_of(a)): a for a in assessments}


@given(people, lists, st.randoms())
def test_the_order_of_rows_changes_nothing(person, income, random):
    turned = list(income)
    random.shuffle(turned)
    assert judged(person, turned) == judged(person, income)


@given(people, lists.filter(bool), st.integers(0, 100))
def test_splitting_a_payment_changes_nothing(person, income, percent):
    whole, *others = income
    part = {
        name: None if amount is None else (amount * percent / 100).quantize(CENT)
        for name, amount in (("gross", whole.gross), ("net", whole.net), ("per_month", whole.per_month))
    }
    rest = {name: None if amount is None else getattr(whole, name) - amount for name, amount in part.items()}
    split = [replace(whole, **part), replace(whole, **rest), *others]
    assert judged(person, split) == judged(person, income)


@given(people, lists, earnings())
def test_earning_more_never_leaves_more_nor_a_higher_benefit(person, income, extra):
    before, after = by_period(judged(person, income)), by_period(judged(person, [*income, extra]))
    for key in before.keys() & after.keys():
        less, more = before[key], after[key]
        if None in (less.left, more.left) or less.limit != more.limit:
            continue
        assert more.left <= less.left, key
        assert more.left_hours <= less.left_hours, key
        assert more.left_hours_with_agreed <= less.left_hours_with_agreed, key
        if None not in (less.amounts.benefit_after, more.amounts.benefit_after):
            assert more.amounts.benefit_after <= less.amounts.benefit_after, key
        if None not in (less.amounts.seized, more.amounts.seized):
            assert more.amounts.seized >= less.amounts.seized, key


@given(people, lists)
def test_what_is_done_and_what_lies_ahead_fit_together(person, income):
    for found in judged(person, income):
        if found.left is None:
            continue
        assert found.left == found.limit - found.counted
        assert found.left_hours >= 0
        assert found.left_hours_with_agreed <= found.left_hours or found.agreed < 0
        if found.amounts.reduction is not None and found.amounts.benefit_before is not None:
            before, after = found.amounts.benefit_before, found.amounts.benefit_after
            assert abs(before - after - found.amounts.reduction) <= CENT


@given(people, lists)
def test_a_year_nobody_knows_is_never_safe(person, income):
    """No value of 2030 is known; nothing measured may call its earnings fine."""
    later = [
        replace(row, worked_on=row.worked_on.replace(year=2030, day=1), paid_on=date(2030, 12, 31)) for row in income
    ]
    for found in judged(person, later, date(2030, 12, 31)):
        if found.period_from.year == 2030 and found.limit is None:
            assert found.state in {LimitState.LIMIT_MISSING, LimitState.ASK, LimitState.NOT_APPLICABLE}, found.rule
