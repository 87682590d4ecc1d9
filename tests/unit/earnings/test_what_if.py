"""Questions of what if: the earnings that they bring, and what cannot be asked."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, Income, IncomeState
from jobcenter.earnings.whatif.domain import Asked, NotAsked, Question, plan_of, scenario_of

TODAY = date(2026, 9, 22)
A, P = ContractForm.ASSIGNMENT, ContractForm.PARTNER
TEN, MORE = Decimal("10.00"), Decimal("11.00")


def asked(question, starts_on=date(2026, 10, 1), minutes=600, **more):
    return Asked(question=question, form=A, starts_on=starts_on, minutes=minutes, **more)


def plan(question, *agreed, **more):
    return plan_of(scenario_of(asked(question, **more), TEN, TODAY), agreed)


def in_brief(rows):
    return [(row.worked_on.isoformat()[5:], str(row.gross), row.per_month, row.recurring) for row in rows]


def agreed(gross, day, form=A, state=IncomeState.AGREED, told=False):
    return Income(day, None, Decimal(gross), form, state, told=told)


def test_one_gig_is_earned_once():
    gig = plan(Question.GIG, starts_on=date(2026, 10, 14), minutes=150)
    assert in_brief(gig.extra) == [("10-14", "25.00", None, False)]
    assert gig.months == (date(2026, 10, 1),)


def test_hours_a_month_are_earned_each_month_and_go_on():
    found = plan(Question.MONTHLY, months=3)
    hundred = Decimal("100.00")
    assert in_brief(found.extra) == [(day, "100.00", hundred, True) for day in ("10-01", "11-01", "12-01")]
    assert found.months == (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))


def test_hours_of_one_month_alone_do_not_go_on():
    assert in_brief(plan(Question.MONTHLY, months=1).extra) == [("10-01", "100.00", None, False)]


def test_months_run_over_the_turn_of_the_year():
    assert plan(Question.MONTHLY, months=5).months[-1] == date(2027, 2, 1)


def test_weekly_work_falls_on_its_weekday_across_the_change_of_the_clock():
    weekly = plan(Question.WEEKLY, starts_on=date(2026, 10, 14), until=date(2026, 11, 5), weekday=3, minutes=120)
    assert [row.worked_on for row in weekly.extra] == [
        date(2026, 10, 15), date(2026, 10, 22), date(2026, 10, 29), date(2026, 11, 5),
    ]  # fmt: skip
    assert {row.gross for row in weekly.extra} == {Decimal("20.00")}
    assert [str(row.per_month) for row in weekly.extra] == ["28.89", "28.89", "28.89", "86.67"]


def test_weekly_work_within_a_month_does_not_go_on():
    weekly = plan(Question.WEEKLY, starts_on=date(2026, 10, 1), until=date(2026, 10, 31), weekday=0)
    assert [(row.worked_on.day, row.recurring) for row in weekly.extra] == [(d, False) for d in (5, 12, 19, 26)]


def test_a_raise_raises_usual_hours_and_what_is_agreed_of_them():
    rows = [agreed("30.00", date(2026, 10, 5)), agreed("150.00", date(2026, 11, 5))]
    found = plan(Question.RAISE, *rows, months=2, new_hourly=MORE)
    assert [(row.worked_on.month, str(row.gross)) for row in found.before] == [(10, "70.00")]
    assert [(row.worked_on.month, str(row.gross)) for row in found.extra] == [(10, "10.00"), (11, "15.00")]


@pytest.mark.parametrize(
    "row",
    [
        agreed("30.00", date(2026, 10, 5), form=P),
        agreed("30.00", date(2026, 10, 5), told=True),
        agreed("30.00", date(2026, 10, 5), state=IncomeState.CONFIRMED),
        agreed("30.00", date(2026, 9, 5)),
    ],
    ids=["other form", "other work", "done", "other month"],
)
def test_a_raise_concerns_own_work_ahead_in_its_form(row):
    found = plan(Question.RAISE, row, months=1, new_hourly=MORE)
    assert [str(row.gross) for row in found.before] == ["100.00"]


@pytest.mark.parametrize(
    ("question", "more", "code", "field"),
    [
        (Question.GIG, {"starts_on": date(2026, 9, 21)}, "what_if_past", "starts_on"),
        (Question.GIG, {"starts_on": date(2027, 9, 1)}, "what_if_too_far", "starts_on"),
        (Question.MONTHLY, {"starts_on": date(2026, 8, 1), "months": 1}, "what_if_past", "starts_on"),
        (Question.MONTHLY, {"months": 12}, "what_if_too_far", "months"),
        (Question.RAISE, {"starts_on": date(2026, 9, 1), "months": 1, "new_hourly": MORE}, "what_if_past", "starts_on"),
        (Question.RAISE, {"months": 1, "new_hourly": TEN}, "what_if_no_raise", "new_hourly"),
        (Question.WEEKLY, {"until": date(2027, 9, 1), "weekday": 0}, "what_if_too_far", "until"),
        (Question.WEEKLY, {"until": date(2026, 10, 2), "weekday": 0}, "what_if_no_day", "until"),
        (Question.WEEKLY, {"until": date(2026, 9, 30), "weekday": 0}, "what_if_no_day", "until"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(question, more, code, field):
    with pytest.raises(NotAsked) as refused:
        plan(question, **more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_this_month_and_the_eleven_after_it_can_be_asked():
    plan(Question.MONTHLY, starts_on=date(2026, 9, 1), months=12)
    plan(Question.GIG, starts_on=TODAY)
