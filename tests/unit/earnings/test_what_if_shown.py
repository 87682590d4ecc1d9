"""What stands beside the sentence of what if: the reason without which it would frighten or puzzle."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.earnings.whatif.domain import Question
from jobcenter.earnings.whatif.domain_outcome import Remark, Verdict
from jobcenter.earnings.whatif.messages import REMARKS
from jobcenter.earnings.whatif.presenting import answer_shown, asked_again
from tests.unit.earnings.test_what_if_outcome import (
    ASSISTANCE,
    CARD,
    DEBTS,
    PENSION,
    PENSIONERS_HOUSING,
    UNEMPLOYED,
    answer,
    case,
)


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("benefit", "cards", "since", "verdict", "why"),
    [
        (UNEMPLOYED, (), None, Verdict.LESS, {Remark.NO_TAX_CARD, Remark.BEFORE_TAX}),
        (UNEMPLOYED, (CARD,), None, Verdict.MORE, set()),
        (ASSISTANCE, (CARD,), None, Verdict.SAME, {Remark.ASSISTANCE_AMOUNT_NOT_KNOWN}),
        (PENSION, (CARD,), date(2027, 1, 1), Verdict.NOT_KNOWN, {Remark.PAY_NOT_KNOWN}),
    ],
)
def test_the_reason_stands_beside_the_sentence_and_only_there(benefit, cards, since, verdict, why):
    outcome = answer(case(benefit, cards=cards), since=since)
    with texts.in_language("en"):
        shown = answer_shown(outcome)
        reasons = {str(REMARKS[remark]) for remark in why}
    assert outcome.verdict is verdict
    assert set(shown.why) == reasons
    assert not reasons & set(shown.remarks)


def test_an_allowance_that_stays_smaller_after_the_work_is_told_with_the_sentence():
    outcome = answer(case(PENSIONERS_HOUSING), question=Question.GIG, hours=110)
    with texts.in_language("en"):
        shown = answer_shown(outcome)
    (fall,) = (-benefit.change for benefit in outcome.benefits)
    assert outcome.verdict is Verdict.MORE
    assert fall > 0
    assert shown.kind == "warn"
    assert shown.why == (
        f"The housing allowance is reviewed. After this time too it would be about €{fall} a month smaller, until the "
        "next review.",
    )


def test_what_enforcement_takes_is_told_though_nothing_can_be_summed():
    outcome = answer(case(DEBTS, replace(PENSIONERS_HOUSING, housing_costs_month=None)), months=1)
    with texts.in_language("en"):
        rows = {row.label: row.amount for row in answer_shown(outcome).money}
    assert outcome.verdict is Verdict.NOT_KNOWN
    assert rows["Taken by enforcement"] == f"-€{outcome.seized}"
    assert "Left of it in the end" not in rows


@pytest.mark.parametrize(
    ("question", "label"), [(Question.MONTHLY, "Pay before tax"), (Question.RAISE, "More pay before tax")]
)
def test_of_a_raise_only_what_it_adds_is_told(question, label):
    more = {"new_hourly": Decimal(12)} if question is Question.RAISE else {}
    with texts.in_language("en"):
        assert answer_shown(answer(case(PENSION), question=question, **more)).money[0].label == label


def test_a_limit_of_a_year_is_not_told_as_one_of_a_month():
    with texts.in_language("en"):
        shown = answer_shown(answer(case(PENSIONERS_HOUSING), form=ContractForm.ASSIGNMENT))
    limits = {row.title: row for row in shown.limits}
    assert limits["Pensioner's housing allowance"].when == "twelve months"
    assert {row.when for row in shown.benefits} == {"a month, over a year"}
    assert limits["Self-employed person's pension insurance (YEL), if work goes on"].before == "–"


@pytest.mark.parametrize(
    ("question", "more", "typed"),
    [
        (Question.GIG, {}, {"starts_on": "1.10.2026", "hours": "20", "contract": "partner"}),
        (
            Question.WEEKLY,
            {"weekday": 3, "until": date(2026, 12, 31)},
            {"weekday": "3", "starts_on": "1.10.2026", "until": "31.12.2026", "hours": "20", "contract": "partner"},
        ),
        (
            Question.RAISE,
            {"new_hourly": Decimal("12.50")},
            {"starts_on": "2026-10-01", "months": "3", "hours": "20", "new_hourly": "12,5", "contract": "partner"},
        ),
    ],
)
def test_the_same_is_asked_again_as_a_person_would_type_it(question, more, typed):
    outcome = answer(case(PENSION), question=question, **more)
    with texts.in_language("fi"):
        assert asked_again(outcome.scenario, len(outcome.months)) == typed


def test_more_money_is_told_under_its_condition_where_a_pension_may_stop():
    with texts.in_language("en"):
        shown = answer_shown(answer(case(PENSION), hours=120, months=1))
    assert shown.headline.startswith("Only if the pension goes on: You would have about ")
