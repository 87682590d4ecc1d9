"""What a statement asks, in which order, and when it is to be gone through again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.told.domain import IncomeTold

REVIEWED_AFTER_MONTHS = 6
MONTHS_OF_YEAR = 12

# Enforcement is asked with the debts.
ASKED_KINDS = tuple(kind for kind in BenefitKind if kind is not BenefitKind.ENFORCEMENT)


class Step(StrEnum):
    """The parts of a statement, in the order in which they are gone through."""

    CONSENT = "consent"
    BENEFITS = "benefits"
    DECISIONS = "decisions"
    JOBSEEKER = "jobseeker"
    INCOME = "income"
    DEBTS = "debts"
    CHECK = "check"


class Topic(StrEnum):
    """What one page asks. ENDED and DECISION are asked once for each benefit."""

    BENEFITS = "benefits"
    ENDED = "ended"
    DECISION = "decision"
    JOBSEEKER = "jobseeker"
    INCOME = "income"
    DEBTS = "debts"
    ENFORCEMENT = "enforcement"
    CHECK = "check"


STEP_OF = {
    Topic.BENEFITS: Step.BENEFITS,
    Topic.ENDED: Step.BENEFITS,
    Topic.DECISION: Step.DECISIONS,
    Topic.JOBSEEKER: Step.JOBSEEKER,
    Topic.INCOME: Step.INCOME,
    Topic.DEBTS: Step.DEBTS,
    Topic.ENFORCEMENT: Step.DEBTS,
    Topic.CHECK: Step.CHECK,
}


class Debt(StrEnum):
    """Debts that matter when earnings change, beside enforcement. Amounts are not asked."""

    PAYMENT_PLAN = "payment_plan"
    RESTRUCTURING = "restructuring"


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "todo"


@dataclass(frozen=True)
class Stop:
    """One page of a statement; `kind` for those that ask about one benefit."""

    topic: Topic
    kind: BenefitKind | None = None

    @property
    def slug(self) -> str:
        """The stop's name in addresses: `decision-guarantee_pension`."""
        return f"{self.topic}-{self.kind}" if self.kind else self.topic.value

    @property
    def step(self) -> Step:
        return STEP_OF[self.topic]


@dataclass(frozen=True)
class Told:
    """What has been told so far; None where nothing has been answered yet.

    `receives` NO: no benefits at all, UNKNOWN: not known which. `kinds`: those that are received, with their
    `decisions`. `ended`: the last days of benefits that were on the list before and are received no more (None: the
    day is not known, so they stay on the list). `incomes` are written when the statement is done.
    """

    receives: YesNoUnknown | None = None
    kinds: tuple[BenefitKind, ...] = ()
    decisions: Mapping[BenefitKind, BenefitTold] = field(default_factory=dict)
    ended: Mapping[BenefitKind, date | None] = field(default_factory=dict)
    jobseeker: JobseekerStatus | None = None
    earns_elsewhere: YesNoUnknown | None = None
    incomes: tuple[IncomeTold, ...] = ()
    in_enforcement: YesNoUnknown | None = None
    enforcement: BenefitTold | None = None
    debts: tuple[Debt, ...] = ()

    def with_benefits(self, receives: YesNoUnknown, kinds: Collection[BenefitKind]) -> Told:
        """The benefits received; what was told of a benefit that is not among them any more stays for coming back."""
        if receives is YesNoUnknown.YES and not kinds:
            raise DomainError("statement_choose_benefits", "kinds")
        if receives is not YesNoUnknown.YES and kinds:
            raise DomainError("statement_benefits_and_none", "kinds")
        return replace(self, receives=receives, kinds=tuple(kind for kind in ASKED_KINDS if kind in kinds))

    def with_decision(self, decision: BenefitTold) -> Told:
        """The days and figures of one benefit."""
        return replace(self, decisions={**self.decisions, decision.kind: decision})

    def with_end(self, kind: BenefitKind, last_day: date | None) -> Told:
        """The last day of a benefit that is received no more."""
        return replace(self, ended={**self.ended, kind: last_day})

    def with_income(self, answer: YesNoUnknown, *, on_list: bool) -> Told:
        """Whether there is income from other work; it has to agree with the list of told income."""
        if answer is YesNoUnknown.YES and not on_list:
            raise DomainError("statement_income_missing", "answer")
        if answer is YesNoUnknown.NO and on_list:
            raise DomainError("statement_income_on_list", "answer")
        return replace(self, earns_elsewhere=answer)

    def with_debts(self, in_enforcement: YesNoUnknown, debts: Collection[Debt]) -> Told:
        """Debts in enforcement, and other debts that have been agreed on."""
        return replace(self, in_enforcement=in_enforcement, debts=tuple(debt for debt in Debt if debt in debts))

    def has_answered(self, stop: Stop) -> bool:
        """Whether the page has been answered; the last one never is."""
        return {
            Topic.BENEFITS: self.receives is not None,
            Topic.ENDED: stop.kind in self.ended,
            Topic.DECISION: stop.kind in self.decisions,
            Topic.JOBSEEKER: self.jobseeker is not None,
            Topic.INCOME: self.earns_elsewhere is not None,
            Topic.DEBTS: self.in_enforcement is not None,
            Topic.ENFORCEMENT: self.enforcement is not None,
            Topic.CHECK: False,
        }[stop.topic]


# The way through


@dataclass(frozen=True)
class Way:
    """The pages of one statement in order. Which there are depends on what has been told, and on what was held."""

    told: Told
    stops: tuple[Stop, ...]

    def at(self, slug: str) -> Stop:
        """The stop of this name. Raises NotFound if the way does not go there."""
        for stop in self.stops:
            if stop.slug == slug:
                return stop
        raise NotFound

    def before(self, stop: Stop) -> Stop | None:
        """The stop before this one; None at the first."""
        place = self.stops.index(stop)
        return self.stops[place - 1] if place else None

    def after(self, stop: Stop) -> Stop:
        """The stop after this one; the last one's is itself."""
        return self.stops[min(self.stops.index(stop) + 1, len(self.stops) - 1)]

    @property
    def open(self) -> Stop:
        """Where to go on: the first stop that has not been answered."""
        return next(stop for stop in self.stops if not self.told.has_answered(stop))

    @property
    def is_ready(self) -> bool:
        """Whether everything is answered but the last check."""
        return self.open.topic is Topic.CHECK

    def progress(self, current: Stop) -> Iterator[tuple[Step, Progress]]:
        """Each step and how far it is, seen from a stop. A step without pages is done when the steps before it are."""
        done = True
        for step in Step:
            done = done and all(self.told.has_answered(stop) for stop in self.stops if stop.step is step)
            yield step, Progress.CURRENT if step is current.step else Progress.DONE if done else Progress.AHEAD


def way_of(told: Told, held: Collection[BenefitKind]) -> Way:
    """The way through a statement; `held`: the kinds that are on the person's list today."""
    return Way(told, tuple(_stops(told, held)))


def _stops(told: Told, held: Collection[BenefitKind]) -> Iterator[Stop]:
    yield Stop(Topic.BENEFITS)
    if told.receives in (YesNoUnknown.YES, YesNoUnknown.NO):
        yield from (Stop(Topic.ENDED, kind) for kind in ASKED_KINDS if kind in held and kind not in told.kinds)
    yield from (Stop(Topic.DECISION, kind) for kind in told.kinds)
    yield Stop(Topic.JOBSEEKER)
    yield Stop(Topic.INCOME)
    yield Stop(Topic.DEBTS)
    if told.in_enforcement is YesNoUnknown.YES:
        yield Stop(Topic.ENFORCEMENT)
    yield Stop(Topic.CHECK)


# The next time


def review_day(today: date, ends: Iterable[date | None]) -> date:
    """When to go through the statement again: in half a year, or on the day when a benefit ends before that."""
    months = today.month - 1 + REVIEWED_AFTER_MONTHS
    year, month = today.year + months // MONTHS_OF_YEAR, months % MONTHS_OF_YEAR + 1
    usual = date(year, month, min(today.day, monthrange(year, month)[1]))
    return min([usual, *(end for end in ends if end is not None and end > today)])


def check_review_day(day: date, *, today: date) -> None:
    """Refuse a day for the next time that has come already."""
    if day <= today:
        raise DomainError("review_day_over", "review_on")
