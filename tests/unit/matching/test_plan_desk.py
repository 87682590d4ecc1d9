"""Plans on the desk without a database: days, silence, differences, headroom, what is kept as JSON, time to think."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, LimitState
from jobcenter.core import texts
from jobcenter.matching.domain import EVERY_FORM, Finding, RuleCode, Weight
from jobcenter.matching.plan.desk import domain, headrooms, messages
from jobcenter.matching.plan.desk.domain import SILENT_FOR, Difference, Scope, Sent, compare, days_of, is_silent
from jobcenter.matching.plan.desk.service_sending import answer_time
from jobcenter.matching.plan.desk.told import (
    Beside,
    Fitting,
    Lost,
    OpenGig,
    Told,
    finding_of,
    share_of,
    stored_finding,
    stored_share,
)
from jobcenter.matching.plan.explaining import Could
from jobcenter.matching.plan.problem import Worth
from jobcenter.matching.soft import Share, Word
from jobcenter.orders.gigs.domain import Span

TODAY = date(2026, 11, 25)
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
LAST = date(2026, 12, 20)
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("scope", "on", "days"),
    [
        (Scope.DAY, SUNDAY, (SUNDAY, SUNDAY)),
        (Scope.DAY, TODAY, (TODAY, TODAY)),
        (Scope.DAY, MONDAY, (TODAY, TODAY)),
        (Scope.WEEK, SUNDAY, (TODAY, SUNDAY)),
        (Scope.WEEK, MONDAY, (TODAY, SUNDAY)),
        (Scope.WEEK, date(2026, 12, 2), (date(2026, 11, 30), date(2026, 12, 6))),
        (Scope.WEEK, date(2026, 11, 16), (TODAY, TODAY)),
        (Scope.ALL, MONDAY, (TODAY, LAST)),
    ],
)
def test_the_days_of_a_plan_leave_out_what_is_past(scope, on, days):
    assert days_of(scope, on, TODAY, LAST) == days


@pytest.mark.parametrize(
    ("heard", "silent"), [(None, True), (NOW, False), (NOW - SILENT_FOR, False), (NOW - SILENT_FOR - HOUR, True)]
)
def test_silence(heard, silent):
    assert is_silent(heard, NOW) is silent


def test_two_plans_compared():
    before, after = frozenset({(1, 1), (1, 2), (2, 3)}), frozenset({(1, 1), (2, 4)})
    assert compare(before, after) == Difference(came=((2, 4),), went=((1, 2), (2, 3)), stayed=1)


def test_what_came_of_sending_adds_up():
    assert Sent(1, ("a",)) + Sent(2, ("b",)) == Sent(3, ("a", "b"))


# Headroom


@dataclass(frozen=True)
class Told_:
    rule: str = "kela_disability_pension.earnings_limit"
    series: str = "2026-11"
    period_from: date = date(2026, 11, 1)
    period_to: date = date(2026, 11, 30)
    state_with_agreed: LimitState = LimitState.UNDER
    left_with_agreed: Decimal | None = Decimal("100.00")


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (Told_(), "100.00"),
        (Told_(rule="pensioner_housing_allowance.review"), "99.99"),
        (Told_(rule="a rule without a figure"), "99.99"),
        (Told_(rule="yel.annualised", series="rolling"), "33.33"),
        (Told_(left_with_agreed=Decimal("-5.00")), "-5.00"),
        (Told_(left_with_agreed=None), None),
        (Told_(rule="yel.annualised", state_with_agreed=LimitState.NEAR, left_with_agreed=Decimal(0)), None),
    ],
)
def test_headroom_by_the_rules_own_comparison(told, left):
    room = headrooms.headroom_of(told, TODAY)
    assert (None if room is None else str(room.left)) == left


def test_headroom_counts_in_its_period_and_form():
    room = headrooms.headroom_of(Told_(), TODAY)
    assert (room.first, room.last, room.forms) == (date(2026, 11, 1), date(2026, 11, 30), EVERY_FORM)
    rolling = headrooms.headroom_of(Told_(rule="yel.yearly_limit", series="rolling"), TODAY)
    assert (rolling.first, rolling.last) == (date.min, date.max)
    assert rolling.forms == frozenset({ContractForm.ASSIGNMENT})


# Kept as JSON


FACTS = {
    "span": Span(NOW, NOW + HOUR),
    "day": TODAY,
    "minutes": 90 * timedelta(minutes=1),
    "skills": ("hygiene_pass",),
    "people": (1, 2),
    "times": 3,
    "left": Decimal("9.50"),
}


def test_reasons_come_back_as_they_were_kept():
    finding = Finding(RuleCode.BUSY, Weight.NEVER, FACTS)
    share = Share(40, Word.KNOWN_HERE, FACTS)
    assert finding_of(stored_finding(finding)) == finding
    assert share_of(stored_share(share)) == share


def test_a_plan_comes_back_as_it_was_kept():
    could = Could(7, Finding(RuleCode.NOT_READY, Weight.REFUSES))
    told = Told(
        gigs=(OpenGig(5, 3, 1, ((RuleCode.BUSY, 2),), (could,), (8, 9)),),
        worth=Worth(5, 100),
        bound=Worth(6, 90),
        seconds=4,
        engine="search",
        unknown=(3,),
        lost=(Lost(5, 6), Lost(5, 7, Finding(RuleCode.BUSY, Weight.NEVER, FACTS))),
    )
    assert Told.of(told.stored()) == told
    assert (told.filled, told.slots) == (1, 3)
    assert Told.of({}) == Told()


def test_everyone_beside_a_gig_comes_back_as_they_were_kept():
    beside = Beside((Fitting(1, ({"word": "lives_near"},)),), ((RuleCode.BUSY, (2, 3)),))
    assert Beside.of(beside.stored()) == beside


# Words


@pytest.mark.parametrize(
    ("worth", "bound", "words"),
    [
        ((10, 50), None, "not known"),
        ((10, 50), (10, 50), "proven"),
        ((10, 50), (12, 90), "at most 17% more"),
        ((10, 50), (10, 80), "at most 38%"),
        ((10, -50), (10, -20), "a little better"),
    ],
)
def test_how_good_a_plan_is(app_texts, worth, bound, words):
    assert words in messages.how_good(Worth(*worth), bound and Worth(*bound))


@pytest.mark.parametrize(
    ("starts", "days", "answer_by"),
    [
        (NOW + 100 * HOUR, 2, NOW + 48 * HOUR),
        (NOW + 20 * HOUR, 2, NOW + 18 * HOUR),
        (NOW + 2 * HOUR, 2, NOW + HOUR / 2),
        (NOW + HOUR / 4, 2, NOW + HOUR / 4),
    ],
)
def test_an_answer_is_awaited_before_the_gig(starts, days, answer_by):
    assert answer_time(starts, NOW, days) == answer_by


@pytest.fixture
def app_texts():
    """English texts without an app."""
    with texts.in_language("en"):
        yield


def test_every_state_is_named():
    assert set(messages.STATUS_LABELS) == set(messages.STATUS_TAGS) == set(domain.PlanStatus)
    assert set(messages.SCOPES) == set(Scope)
