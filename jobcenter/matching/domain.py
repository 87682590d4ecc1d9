"""What the rules are told of a gig and a worker, and what they answer. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO
from jobcenter.orders.gigs.domain import Engagement, Span
from jobcenter.workers.domain import Candidate, TaskCategory, Weekly

Id = int | str
"""What a gig or a person is called: a stored row's number, or a text in a file."""

WEEK = timedelta(days=7)
LATELY = timedelta(days=28)
EVERY_FORM = frozenset(ContractForm)
MINUTES = tuple(time(hour, minute) for hour in range(24) for minute in range(60))


class Weight(StrEnum):
    """NEVER: nobody may pass it by. REFUSES: a coordinator may, with a reason. WARNS and TELLS do not stop an offer."""

    NEVER = "never"
    REFUSES = "refuses"
    WARNS = "warns"
    TELLS = "tells"

    @property
    def stops(self) -> bool:
        return self in (Weight.NEVER, Weight.REFUSES)


class RuleCode(StrEnum):
    """The reasons, one per rule and way of failing it."""

    GUARD_BENEFIT = "guard_benefit"
    GUARD_JOBSEEKER = "guard_jobseeker"
    GUARD_ASK_FIRST = "guard_ask_first"
    NO_CONSENT = "no_consent"
    SERVICE_ENDED = "service_ended"
    TOO_YOUNG = "too_young"
    YOUNG_AT_NIGHT = "young_at_night"
    YOUNG_HOURS_FULL = "young_hours_full"
    YOUNG_REST = "young_rest"
    BLOCKED = "blocked"
    MUST_NOT_MEET = "must_not_meet"
    BUSY = "busy"
    ALREADY_ON_GIG = "already_on_gig"
    FORM_NOT_ACCEPTED = "form_not_accepted"
    NOT_READY = "not_ready"
    ACTIVITY_SAME_TIME = "activity_same_time"
    UNAVAILABLE = "unavailable"
    TASK_NOT_CHOSEN = "task_not_chosen"
    SKILLS_MISSING = "skills_missing"
    PLACE_NOT_FOR_THEM = "place_not_for_them"
    NEEDS_SUPPORT = "needs_support"
    NO_REST = "no_rest"
    WEEK_FULL = "week_full"
    WEEK_OVER_WISH = "week_over_wish"
    TASKS_NOT_ASKED = "tasks_not_asked"
    OFFERED_SAME_TIME = "offered_same_time"
    ACTIVITY_DAY_ENDS = "activity_day_ends"
    ACTIVITY_DAY_BOTH = "activity_day_both"
    ACTIVITY_SWAP = "activity_swap"
    OVER_LIMIT = "over_limit"
    OVER_LIMIT_ASKED = "over_limit_asked"
    LIMITS_NOT_KNOWN = "limits_not_known"
    SOME_LIMITS_NOT_KNOWN = "some_limits_not_known"


class RuleRefuses(DomainError):
    """A rule that nobody may pass by says no."""


class RuleRefusesKindly(RuleRefuses):
    """The same to somebody who is not told which rule it is."""


class NeedsReason(DomainError):
    """A rule says no and the coordinator has not said why it is passed by."""


class LimitNotUnderstood(DomainError):
    """A limit would go over and the worker has not said that they know it."""


def activity_on(weekly: Weekly, day: date) -> Span | None:
    """A weekly time in work activity as instants of one day; None when the spring night skips all of it."""
    starts_at, ends_at = _instant(day, weekly.starts), _instant(day, weekly.ends)
    return Span(starts_at, ends_at) if starts_at < ends_at else None


def _instant(day: date, wall_clock: time) -> datetime:
    """A time in the hour that the spring night skips is the instant at which clocks are put forward."""
    try:
        return clock.at(day, wall_clock)
    except clock.NonexistentTime:
        return clock.at(day, time(wall_clock.hour + 1))


def clock_times_that_meet(span: Span, day: date) -> tuple[time, time]:
    """What a weekly time must be on this day to share an instant with the span: it starts before the first of these
    wall-clock times and ends at the second or later. To the minute.
    """
    before = bisect_left(MINUTES, span.ends_at, key=lambda minute: _instant(day, minute))
    after = bisect_right(MINUTES, span.starts_at, key=lambda minute: _instant(day, minute))
    return (*MINUTES, time.max)[before], (*MINUTES, time.max)[after]


@dataclass(frozen=True)
class GigFacts:
    """What a gig asks.

    `jobcenter_kind`: of the Jobcenter whose gig it is, for people of whom no programme of their own is known.
    `support_booked`: a support person is along, or can be, with room for one more. `people`: who is on it already.
    `kinds`: words beside its category by which a wish of tasks may name it. `blocked`: whom the orderer and the
    Jobcenter have agreed not to send. `pay`: what one person earns of it, before tax; None: not known. `rest`: between
    the work of two days; None: as the law says. `orderer`, `area`, `postcode`: "" not known.
    """

    gig_id: Id
    jobcenter_kind: JobcenterKind
    form: ContractForm
    span: Span
    break_minutes: int
    category: TaskCategory | str
    skills: frozenset[str]
    demands: frozenset[str]
    support_booked: bool
    today: date
    kinds: frozenset[str] = frozenset()
    people: frozenset[Id] = frozenset()
    blocked: frozenset[Id] = frozenset()
    pay: Decimal | None = None
    rest: timedelta | None = None
    orderer: Id = ""
    area: str = ""
    postcode: str = ""

    @cached_property
    def minutes(self) -> int:
        """Paid minutes."""
        return self.span.minutes - self.break_minutes

    @cached_property
    def named(self) -> frozenset[str]:
        """The words by which a wish of tasks may name it."""
        return self.kinds | {self.category}

    @cached_property
    def week(self) -> tuple[datetime, datetime]:
        """The week, Monday to Sunday, in which it begins; half-open."""
        monday = self.span.first_day - timedelta(days=self.span.first_day.weekday())
        return clock.start_of(monday), clock.start_of(monday + WEEK)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The Helsinki days that it touches."""
        length = (self.span.last_day - self.span.first_day).days
        return tuple(self.span.first_day + timedelta(days=number) for number in range(length + 1))


@dataclass(frozen=True)
class LimitLeft:
    """How far one earnings limit is, as it was told last, with everything agreed done.

    `hours` None: not measured in hours. `over`: this gig would take it over. `known` False: it cannot be judged.
    `shrinks`: it is where a benefit begins to become smaller little by little, which is never over.
    """

    rule: str
    hours: int | None
    over: bool
    known: bool
    shrinks: bool = False


@dataclass(frozen=True)
class Headroom:
    """What a person may still earn of gigs on the days [first, last], both included, in these forms of contract.

    What is agreed already is taken off before. `left` below nothing is as nothing. `rule`: whose limit it is, "" if
    that is not told.
    """

    left: Decimal
    first: date = date.min
    last: date = date.max
    forms: frozenset[ContractForm] = EVERY_FORM
    rule: str = ""

    def counts(self, gig: GigFacts) -> bool:
        """Whether what a gig pays counts: by the day on which it begins, and its form."""
        return self.first <= gig.span.first_day <= self.last and gig.form in self.forms


@dataclass(frozen=True)
class History:
    """What has been between a person and tasks, orderers and people; the soft rules read it.

    `done`: gigs done by task. `known`: gigs done by orderer. `rated`: the mean of feedback by orderer, 1 to 5. `likes`:
    people with whom they like to work, whichever of the two said so.
    """

    done: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[Id, int] = field(default_factory=dict)
    rated: Mapping[Id, Decimal] = field(default_factory=dict)
    likes: frozenset[Id] = frozenset()


NO_HISTORY = History()


@dataclass(frozen=True)
class WorkerFacts:
    """What is known of a worker that a gig may run against.

    `engaged`: gigs that are theirs, done ones too; `offered`: gigs on offer to them. `limits` None: not looked at.
    `lately`: paid minutes of their gigs of the last four weeks. `activity`: work activity by date, beside the weekly
    times of `who`. `programme` None: that of the gig's Jobcenter. `forms`: contract forms that they accept; None: by
    the wishes of `who`. `avoid`: people whom they must not meet on a gig, whichever of the two said so. `headrooms`:
    what they may still earn, for a plan; the desk has `limits`. `history`: for the soft rules.
    """

    who: Candidate
    engaged: tuple[Engagement, ...] = ()
    offered: tuple[Engagement, ...] = ()
    limits: tuple[LimitLeft, ...] | None = ()
    lately: int = 0
    activity: tuple[Span, ...] = ()
    programme: JobcenterKind | None = None
    forms: frozenset[ContractForm] | None = None
    avoid: frozenset[Id] = frozenset()
    headrooms: tuple[Headroom, ...] = ()
    history: History = NO_HISTORY

    @property
    def accepts(self) -> frozenset[ContractForm]:
        """The contract forms that they accept."""
        return (self.who.wishes.contract_forms or EVERY_FORM) if self.forms is None else self.forms

    @property
    def over(self) -> tuple[str, ...]:
        """The rules whose limit this gig would take over."""
        return tuple(limit.rule for limit in self.limits or () if limit.over)

    @property
    def unknown_limits(self) -> tuple[str, ...]:
        """Limits that cannot be judged, by rule."""
        return tuple(limit.rule for limit in self.limits or () if not limit.known)

    def activity_on(self, days: Sequence[date]) -> tuple[Span, ...]:
        """Their work activity on these days, one after the other: by weekly times and by date."""
        weekly = (activity_on(time, day) for day in days for time in self.who.activity if time.weekday == day.weekday())
        dated = (span for span in self.activity if span.first_day <= days[-1] and span.last_day >= days[0])
        return (*(span for span in weekly if span is not None), *dated)

    def takes_over(self, gig: GigFacts) -> tuple[str, ...]:
        """The rules whose limit a gig would take over: as told on the desk, or by the headroom that is left."""
        headrooms = (room for room in self.headrooms if gig.pay is not None and room.counts(gig))
        return (*self.over, *(room.rule for room in headrooms if gig.pay > max(room.left, ZERO)))

    def minutes_between(self, start: datetime, end: datetime, *, but: Id) -> int:
        """Paid minutes of their gigs that begin in [start, end), leaving out the gig `but`."""
        return sum(held.minutes for held in self.engaged if start <= held.span.starts_at < end and held.gig_id != but)


@dataclass(frozen=True)
class Finding:
    """One reason: its code, how heavy it is, and what its text mentions."""

    code: RuleCode
    weight: Weight
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fit:
    """All reasons about one worker and one gig, the heaviest first."""

    findings: tuple[Finding, ...]

    @property
    def codes(self) -> frozenset[RuleCode]:
        return frozenset(finding.code for finding in self.findings)

    @property
    def fits(self) -> bool:
        return not any(finding.weight.stops for finding in self.findings)

    @property
    def never(self) -> Finding | None:
        """The first reason that nobody may pass by."""
        return next((finding for finding in self.findings if finding.weight is Weight.NEVER), None)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Reasons that a coordinator may pass by, saying why."""
        return tuple(finding for finding in self.findings if finding.weight is Weight.REFUSES)

    @property
    def may_be_offered(self) -> bool:
        return self.never is None


@dataclass(frozen=True)
class Match:
    """One worker on the desk: what is known of them, and what the rules say."""

    worker: WorkerFacts
    fit: Fit


@dataclass(frozen=True)
class Wanted:
    """Which people of a desk are shown: with a name, or stopped by a reason; and which part of them (None: all)."""

    name: str = ""
    reason: RuleCode | None = None
    limit: int | None = None
    offset: int = 0

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as words of an address."""
        return {"name": self.name, "reason": self.reason or ""}


@dataclass(frozen=True)
class OfferCommand:
    """An offer from the desk. `reason`: why a rule's no is passed by, if one is."""

    answer_by: datetime
    reason: str = ""


@dataclass(frozen=True)
class Yes:
    """A worker's yes: in their own words, if they wish; `knows`: that a limit goes over."""

    pitch: str = ""
    knows: bool = False
