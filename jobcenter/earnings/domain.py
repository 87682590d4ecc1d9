"""A person's earnings and limits together: levels of warning, what a gig changes, and how many hours still fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits import (
    Assessment,
    ContractForm,
    Income,
    IncomeState,
    LimitState,
    Person,
    assess,
    series_of,
)
from jobcenter.benefits.judging import month_of
from jobcenter.core.money import ZERO

ONE_DAY = timedelta(days=1)
# Gigs are offered weeks ahead, so the coming months are told of before anything is agreed in them.
MONTHS_AHEAD = 2


class WarningLevel(StrEnum):
    """What a person is warned of. AHEAD: only if everything agreed and offered is done."""

    NEAR = "near"
    OVER_AHEAD = "over_ahead"
    AT_LIMIT = "at_limit"
    OVER = "over"
    REVIEW_AHEAD = "review_ahead"
    REVIEW_DUE = "review_due"


class ChangeKind(StrEnum):
    """Why an assessment is looked at again; the kinds of to-dos that other features leave."""

    INCOME = "income_changed"
    RULES = "rules_changed"


DONE_LEVELS = {
    LimitState.OVER: WarningLevel.OVER,
    LimitState.AT_LIMIT: WarningLevel.AT_LIMIT,
    LimitState.REVIEW_DUE: WarningLevel.REVIEW_DUE,
}
AHEAD_LEVELS = {
    LimitState.OVER: WarningLevel.OVER_AHEAD,
    LimitState.AT_LIMIT: WarningLevel.NEAR,
    LimitState.REVIEW_DUE: WarningLevel.REVIEW_AHEAD,
    LimitState.NEAR: WarningLevel.NEAR,
}

Key = tuple[str, str]


def level_of(assessment: Assessment) -> WarningLevel | None:
    """What to warn of, if anything: the worst of what is done, else of what lies ahead."""
    done = DONE_LEVELS.get(assessment.state)
    ahead = AHEAD_LEVELS.get(assessment.state_with_agreed)
    if done is WarningLevel.AT_LIMIT and ahead is WarningLevel.OVER_AHEAD:
        return ahead
    return done or ahead


def key_of(assessment: Assessment) -> Key:
    """The rule and series by which an assessment replaces an earlier one of the same thing."""
    return assessment.rule, series_of(assessment)


def oldest_day(as_of: date) -> date:
    """The first day whose earnings can matter to what is told on a day: the start of the calendar year before."""
    return as_of.replace(year=as_of.year - 1, month=1, day=1)


def newest_day(as_of: date) -> date:
    """The last day for which income that goes on is written: the end of the calendar year, or of the months ahead."""
    day = as_of
    for _ in range(MONTHS_AHEAD):
        day = month_of(day).last + ONE_DAY
    return max(month_of(day).last, as_of.replace(month=12, day=31))


def concerns(assessment: Assessment, as_of: date) -> bool:
    """Whether the period is still told of: now, ahead, or not over before last month began."""
    last_month = (as_of.replace(day=1) - ONE_DAY).replace(day=1)
    return assessment.period_to >= last_month


def holds_on(assessment: Assessment, day: date) -> bool:
    """Whether the assessment tells of a day: of its own period, or of a year that moves on with the days."""
    return series_of(assessment) == "rolling" or assessment.period_from <= day <= assessment.period_to


def nothing_earned_ahead(as_of: date) -> Iterator[Income]:
    """Earnings of nothing in each of the coming months, so that their limits are told of too."""
    day = as_of
    for _ in range(MONTHS_AHEAD):
        day = month_of(day).last + ONE_DAY
        yield Income(day, None, ZERO, ContractForm.PARTNER, IncomeState.AGREED)


@dataclass(frozen=True)
class Earning:
    """One line of a person's ledger; `offer_id` is the gig's offer that it comes from."""

    income: Income
    offer_id: int | None


@dataclass(frozen=True)
class Case:
    """What an assessment of one person rests on. `hourly`: euros an hour; `near_share`: where near begins."""

    person: Person
    earnings: tuple[Earning, ...]
    as_of: date
    hourly: Decimal
    near_share: Decimal

    def assessments(self, *, extra: Iterable[Income] = (), but_offer: int | None = None) -> tuple[Assessment, ...]:
        """Where the person stands, with `extra` earnings added and one offer's left out."""
        income = [
            earning.income for earning in self.earnings if earning.offer_id is None or earning.offer_id != but_offer
        ]
        found = assess(
            person=self.person,
            income=[*income, *extra, *nothing_earned_ahead(self.as_of)],
            as_of=self.as_of,
            hourly=self.hourly,
            near_share=self.near_share,
        )
        return tuple(assessment for assessment in found if concerns(assessment, self.as_of))

    def effect_of(self, extra: Income, *, but_offer: int | None = None) -> Effect:
        """What one more earning changes; `but_offer` is the offer it comes from, if it is in the ledger already."""
        before = {key_of(a): a for a in self.assessments(but_offer=but_offer)}
        after = self.assessments(extra=[extra], but_offer=but_offer)
        of_its_time = [a for a in after if holds_on(a, extra.worked_on) or a.state is LimitState.ASK]
        return Effect(tuple(Change(before.get(key_of(a)), a) for a in of_its_time))


@dataclass(frozen=True)
class Change:
    """One limit before and after an earning; `before` None where the earning first brings the rule into play."""

    before: Assessment | None
    after: Assessment

    @property
    def touched(self) -> bool:
        """Whether the earning counts towards this limit at all."""
        if self.before is None:
            return True
        return (self.before.agreed, self.before.counted) != (self.after.agreed, self.after.counted)

    @property
    def newly_unsafe(self) -> bool:
        """Whether it takes the person over the limit (or to where reaching it is enough), who was not there before."""
        return not _is_over(self.before) and _is_over(self.after)


@dataclass(frozen=True)
class Effect:
    """What an earning does to each limit of its time; questions still open come along."""

    changes: tuple[Change, ...]

    @property
    def over(self) -> tuple[str, ...]:
        """The rules whose limit it takes the person over."""
        return tuple(change.after.rule for change in self.changes if change.newly_unsafe)

    @property
    def unknown(self) -> bool:
        """Whether some limit cannot be judged: a fact or a year's value is missing."""
        return any(change.after.state_with_agreed in UNKNOWN for change in self.changes)

    @property
    def touched(self) -> tuple[Change, ...]:
        """The limits that it counts towards, and those that cannot be judged."""
        return tuple(c for c in self.changes if c.touched or c.after.state_with_agreed in UNKNOWN)


UNKNOWN = frozenset({LimitState.ASK, LimitState.LIMIT_MISSING})
OVER = frozenset({LimitState.OVER, LimitState.REVIEW_DUE})


def _is_over(assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.state_with_agreed in OVER
