"""A person's earnings and limits together: where they stand, what was told, and what a gig changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jobcenter.benefits import (
    Assessment,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    Law,
    LimitState,
    Person,
    assess_facts,
    law,
    measure_of,
    series_of,
)
from jobcenter.benefits.judging import MONTHS_IN_YEAR, Facts, month_of, months_from
from jobcenter.benefits.law import Comparison
from jobcenter.benefits.take_home import TaxFacts, with_net
from jobcenter.core.money import ZERO
from jobcenter.earnings.domain_telling import Telling, key_of, telling_of

ONE_DAY = timedelta(days=1)
# Gigs are offered weeks ahead, so the coming months are told of before anything is agreed in them.
MONTHS_AHEAD = 2
# Whose rules take what is left after tax.
TAKE_NET = frozenset({BenefitKind.BASIC_SOCIAL_ASSISTANCE, BenefitKind.ENFORCEMENT})


def oldest_day(as_of: date) -> date:
    """The first day whose earnings can matter to what is told on a day: the start of the calendar year before."""
    return as_of.replace(year=as_of.year - 1, month=1, day=1)


def newest_day(as_of: date) -> date:
    """The last day for which income that goes on is written: the end of the calendar year, or of the months ahead."""
    day = as_of
    for _ in range(MONTHS_AHEAD):
        day = month_of(day).last + ONE_DAY
    return max(month_of(day).last, as_of.replace(month=12, day=31))


def told_since(as_of: date) -> date:
    """The first day of last month: periods that ended before it are told of no more."""
    return (as_of.replace(day=1) - ONE_DAY).replace(day=1)


def holds_on(assessment: Assessment, day: date) -> bool:
    """Whether the assessment tells of a day: of its own period, or of a year that moves on with the days."""
    return series_of(assessment) == "rolling" or assessment.period_from <= day <= assessment.period_to


@lru_cache(maxsize=64)
def nothing_earned_ahead(as_of: date) -> tuple[Income, ...]:
    """Earnings of nothing in each of the coming months, so that their limits are told of too."""
    return tuple(_nothing(months_from(as_of, ahead)) for ahead in range(1, MONTHS_AHEAD + 1))


def _nothing(day: date) -> Income:
    return Income(day, None, ZERO, ContractForm.PARTNER, IncomeState.AGREED)


def _of_day(assessments: Iterable[Assessment], day: date) -> Iterator[Assessment]:
    """Those that tell of a day; of a rule with none, the first question that is open, of whatever time it is."""
    found = tuple(assessments)
    holding = [assessment for assessment in found if holds_on(assessment, day)]
    yield from holding
    answered = {assessment.rule for assessment in holding}
    asking = (a for a in found if a.state is LimitState.ASK and a.rule not in answered)
    yield from {a.rule: a for a in reversed(tuple(asking))}.values()


class Earning(NamedTuple):
    """One line of a person's ledger; `offer_id` is the gig's offer that it comes from."""

    income: Income
    offer_id: int | None

    @property
    def is_offered(self) -> bool:
        """Whether it is on offer only: the person has not said yes."""
        return self.income.state is IncomeState.OFFERED


@dataclass(frozen=True)
class Case:
    """What an assessment of one person rests on. `hourly`: euros an hour; `near_share`: where near begins.

    `tax`: what the net of earnings is estimated from, where a rule takes net; None: no net is estimated.
    """

    person: Person
    earnings: tuple[Earning, ...]
    as_of: date
    hourly: Decimal
    near_share: Decimal
    law: Law = field(default_factory=law)
    tax: TaxFacts | None = None

    def assessments(self, *, extra: Iterable[Income] = (), answering: bool = False) -> tuple[Assessment, ...]:
        """Where the person stands, with `extra` earnings added. `answering`: see `income`."""
        income = self.income(answering=answering)
        return self._assess([*income, *extra, *nothing_earned_ahead(self.as_of)], since=told_since(self.as_of))

    def income(self, *, answering: bool = False) -> list[Income]:
        """What the ledger counts. `answering`: as an answer to an offer is looked at, or to whether they would come:
        without all open offers. Each has an answer of its own, and is looked at anew then.
        """
        return [earning.income for earning in self.earnings if not (answering and earning.is_offered)]

    def tellings(self) -> tuple[Telling, ...]:
        """Where the person stands, each assessment with what is needed to show it again."""
        return tuple([telling_of(assessment, self.law, self.hourly) for assessment in self.assessments()])

    def months_of(self, year: int) -> tuple[Assessment, ...]:
        """The assessments of every month of a calendar year, by each rule that looks at months, offers too."""
        nothing = [_nothing(date(year, month, 1)) for month in range(1, MONTHS_IN_YEAR + 1)]
        found = self._assess([*(earning.income for earning in self.earnings), *nothing])
        return tuple(a for a in found if a.period_from.year == year and month_of(a.period_from).last == a.period_to)

    def effect_of(self, extra: Income) -> Effect:
        """What a yes to one more earning changes, whatever else is on offer."""
        return self._change((), [extra], extra.worked_on)

    def others_offered(self, extra: Income, offer_id: int | None = None) -> OthersOffered:
        """The other open offers beside one (None: beside a question that is no offer yet), and what a yes to all
        of them would change after a yes to `extra`.
        """
        others = [one.income for one in self.earnings if one.is_offered and one.offer_id != offer_id]
        effect = self._change([extra], [extra, *others], extra.worked_on) if others else Effect(())
        return OthersOffered(len(others), effect)

    def _change(self, before: Iterable[Income], after: Iterable[Income], day: date) -> Effect:
        """From what is agreed with some earnings to what is with others, of what tells of a day."""
        known = {key_of(a): a for a in self.assessments(extra=before, answering=True)}
        found = self.assessments(extra=after, answering=True)
        return Effect(tuple(Change(known.get(key_of(a)), a) for a in _of_day(found, day)))

    def _assess(self, income: Iterable[Income], since: date = date.min) -> tuple[Assessment, ...]:
        income = tuple(self._with_net(income))
        return assess_facts(Facts(self.person, income, self.as_of, self.hourly, self.near_share, self.law, since=since))

    def _with_net(self, income: Iterable[Income]) -> Iterable[Income]:
        if self.tax is None or not any(held.kind in TAKE_NET for held in self.person.benefits or ()):
            return income
        return with_net(income, self.tax, self.law)


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
        rules = (change.after.rule for change in self.changes if change.newly_unsafe)
        return tuple(rule for rule in rules if rule not in AMOUNTS_ONLY)

    @property
    def not_known(self) -> tuple[str, ...]:
        """The rules that cannot be judged, a fact or a year's value missing; not those that only compute an amount."""
        rules = (change.after.rule for change in self.changes if change.after.state_with_agreed in UNKNOWN)
        return tuple(dict.fromkeys(rule for rule in rules if rule not in AMOUNTS_ONLY))

    @property
    def unknown(self) -> bool:
        return bool(self.not_known)

    @property
    def needs_knowing(self) -> bool:
        """Whether the person must say that they know: a limit goes over, or nobody can say whether one does.

        A limit that is not known is never taken for safe, so a yes to it is asked for as for one that goes over.
        """
        return bool(self.over) or self.unknown

    @property
    def touched(self) -> tuple[Change, ...]:
        """The limits that it counts towards, and those that cannot be judged."""
        return tuple(c for c in self.changes if c.touched or c.after.state_with_agreed in UNKNOWN)


class OthersOffered(NamedTuple):
    """How many other open offers there are beside one, and what all of them would change beside it."""

    number: int
    effect: Effect


# Rules that only say what a benefit becomes; the review of the same benefit is what is judged and warned of.
AMOUNTS_ONLY = frozenset({"pensioner_housing_allowance.amount", "general_housing_allowance.amount"})
UNKNOWN = frozenset({LimitState.ASK, LimitState.LIMIT_MISSING})


def _is_over(assessment: Assessment | None) -> bool:
    """Whether everything together is over, or at a limit of which reaching it is enough.

    A review that is due because income fell has something left, and is not.
    """
    state = assessment.state_with_agreed if assessment else None
    if state is LimitState.REVIEW_DUE:
        return assessment.left_with_agreed is None or assessment.left_with_agreed <= 0
    if state is LimitState.AT_LIMIT:
        measure = measure_of(assessment.rule)
        return measure is not None and measure.comparison is Comparison.REACHES
    return state is LimitState.OVER
