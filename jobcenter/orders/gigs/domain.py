"""Gigs, slots and offers: their states and the ways between them, and what stands in the way of a place on a gig."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from jobcenter.benefits import ContractForm, GuardAnswer, Person, WayOut, may_offer
from jobcenter.core import clock, states
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.core.money import for_minutes
from jobcenter.orders.intake.domain_times import FARTHEST


class GigStatus(StrEnum):
    """A gig is planned, then done or cancelled; a cancelled one can be reopened."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    DONE = "done"


class GigAction(StrEnum):
    """What can be done to a gig."""

    CANCEL = "cancel"
    REOPEN = "reopen"
    FINISH = "finish"


GIG_TRANSITIONS: dict[tuple[GigStatus, GigAction], GigStatus] = {
    (GigStatus.PLANNED, GigAction.CANCEL): GigStatus.CANCELLED,
    (GigStatus.CANCELLED, GigAction.REOPEN): GigStatus.PLANNED,
    (GigStatus.PLANNED, GigAction.FINISH): GigStatus.DONE,
}


class OfferStatus(StrEnum):
    """A worker's place on a gig, from the offer to the done gig."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    NO_SHOW = "no_show"


class OfferAction(StrEnum):
    """What can be done to an offer, and by whom: the worker answers and cancels, the rest is the coordinator's."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    STOP = "stop"
    MARK_NO_SHOW = "mark_no_show"
    FINISH = "finish"


_S, _A = OfferStatus, OfferAction

OFFER_TRANSITIONS: dict[tuple[OfferStatus, OfferAction], OfferStatus] = {
    (_S.OFFERED, _A.ACCEPT): _S.ACCEPTED,
    (_S.OFFERED, _A.DECLINE): _S.DECLINED,
    (_S.OFFERED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.OFFERED, _A.STOP): _S.STOPPED,
    (_S.ACCEPTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.ACCEPTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.ACCEPTED, _A.CANCEL): _S.CANCELLED,
    (_S.ACCEPTED, _A.STOP): _S.STOPPED,
    (_S.CONFIRMED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.CONFIRMED, _A.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _A.STOP): _S.STOPPED,
    (_S.CONFIRMED, _A.MARK_NO_SHOW): _S.NO_SHOW,
    (_S.CONFIRMED, _A.FINISH): _S.DONE,
    (_S.DONE, _A.MARK_NO_SHOW): _S.NO_SHOW,
}

# Whoever is in one of these holds the slot: at most one per slot.
HOLDING = frozenset({_S.ACCEPTED, _S.CONFIRMED, _S.DONE})
# Whoever is in one of these has the gig before them: at most one offer per worker and gig.
LIVE = frozenset({_S.OFFERED, _S.ACCEPTED, _S.CONFIRMED, _S.DONE})


def next_gig_state(state: GigStatus, action: GigAction) -> GigStatus:
    """The gig's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(GIG_TRANSITIONS, state, action, "gig")


def next_offer_state(state: OfferStatus, action: OfferAction) -> OfferStatus:
    """The offer's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(OFFER_TRANSITIONS, state, action, "offer")


# Offers whose person is not coming, so that somebody may stand in.
GONE = frozenset({_S.WITHDRAWN, _S.CANCELLED, _S.STOPPED, _S.NO_SHOW})

MOST_PEOPLE = 50
LONGEST = timedelta(hours=16)
LONGEST_NIGHT = timedelta(hours=12)
INSTANT = timedelta(microseconds=1)


class TermsNotAccepted(NotPossible):
    """The orderer has not accepted the terms, so nobody can be asked to come."""


class GigOver(NotPossible):
    """The gig is cancelled, done or past."""


class GigBegun(NotPossible):
    """The gig has begun, so it is not cancelled or moved any more."""


class NotBegun(NotPossible):
    """Nobody is late for a gig that has not begun."""


class SlotTaken(DomainError):
    """Somebody else has the slot."""


class AlreadyOnGig(DomainError):
    """The person has an open offer or a place on the same gig."""


class AnswerTooLate(DomainError):
    """The time to answer has passed."""


class AnswerTimeWrong(DomainError):
    """The time to answer by is past, or after the gig's start."""


class WorkerBusy(DomainError):
    """The person has another gig at the same time."""


class SupportBusy(DomainError):
    """The support person is booked to another gig at the same time."""


class NoConsent(DomainError):
    """The person has not consented to take part."""


class NotTakingPart(DomainError):
    """The person is not taking gigs now."""


class PeopleTaken(DomainError):
    """More people have a place than would fit; `names` says who."""


class TimesWrong(DomainError):
    """The end is not after the start, the gig is past, or too long."""


class GuardRefused(DomainError):
    """The contract guard says no. `answer` has the reason and the way out."""

    def __init__(self, answer: GuardAnswer, *, name: str, partner: str) -> None:
        super().__init__(f"guard_{answer.reason}", name=name, partner=partner)
        self.answer = answer


class GuardRefusedKindly(GuardRefused):
    """The same no, said to the person: without naming the benefit, in kind words."""

    def __init__(self, answer: GuardAnswer, *, name: str, partner: str) -> None:
        super().__init__(answer, name=name, partner=partner)
        self.code = "guard_kind_ask_first" if answer.way_out is WayOut.ASK_FIRST else "guard_kind"


@dataclass(frozen=True)
class Span:
    """From an instant to another, half-open. Raises ValueError unless it has a length."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError(f"{self.starts_at} is not before {self.ends_at}")

    @cached_property
    def first_day(self) -> date:
        return clock.day_of(self.starts_at)

    @cached_property
    def last_day(self) -> date:
        """The day of its last instant: a gig that ends at midnight does not touch the next day."""
        return clock.day_of(self.ends_at - INSTANT)

    @cached_property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    def overlaps(self, other: Span) -> bool:
        """Whether they share an instant; back-to-back ones do not."""
        return clock.overlap(self.starts_at, self.ends_at, other.starts_at, other.ends_at)


@dataclass(frozen=True)
class Engagement:
    """A gig that a worker has, or has been offered: when, and how long the unpaid break is, in minutes."""

    gig_id: int
    span: Span
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Paid minutes."""
        return self.span.minutes - self.break_minutes


class Diary:
    """Who is where when, in memory: for asking the overlap rule of many people, or many times, without the database."""

    def __init__(self, taken: Iterable[tuple[int, Engagement]] = ()) -> None:
        self._taken: dict[int, list[Engagement]] = defaultdict(list)
        for worker_id, engagement in taken:
            self.take(worker_id, engagement)

    def take(self, worker_id: int, engagement: Engagement) -> None:
        """Note that the worker is on that gig."""
        self._taken[worker_id].append(engagement)

    def of(self, worker_id: int) -> tuple[Engagement, ...]:
        """What the worker has."""
        return tuple(self._taken.get(worker_id, ()))

    def clash(self, worker_id: int, span: Span, *, but: frozenset[int] = frozenset()) -> Engagement | None:
        """A gig of the worker at the same time, leaving out the gigs in `but`."""
        taken = self._taken.get(worker_id, ())
        return next((held for held in taken if held.gig_id not in but and held.span.overlaps(span)), None)


@dataclass(frozen=True)
class Place:
    """What a place on a gig asks of a person in law: when it is, and in which contract form."""

    span: Span
    form: ContractForm


def guard_days(span: Span, today: date) -> tuple[date, date]:
    """The days on which the contract guard looks: from today to the gig's last day; of a past gig, its own days."""
    return min(today, span.first_day), span.last_day


def ask_guard(place: Place, person: Person, today: date) -> GuardAnswer:
    """Whether the place's contract form may be used with the person, from now to the gig."""
    first, last = guard_days(place.span, today)
    return may_offer(form=place.form, person=person, from_=first, to=last)


def refuse_unstaffable(*, terms_accepted: bool, status: GigStatus, span: Span, now: datetime) -> None:
    """Refuse to staff a gig whose terms are not accepted, or that is cancelled, done or past."""
    if status is not GigStatus.PLANNED or span.ends_at <= now:
        raise GigOver("gig_over")
    if not terms_accepted:
        raise TermsNotAccepted("terms_not_accepted")


def refuse_answer_by(answer_by: datetime, *, span: Span, now: datetime) -> None:
    """Refuse a time to answer by that is past already or comes after the gig has begun."""
    if answer_by <= now:
        raise AnswerTimeWrong("answer_by_past", "answer_day")
    if answer_by > max(span.starts_at, now) and span.starts_at > now:
        raise AnswerTimeWrong("answer_by_after_start", "answer_day")


def refuse_late_answer(answer_by: datetime | None, now: datetime) -> None:
    """Refuse an answer after its time."""
    if answer_by is not None and answer_by < now:
        raise AnswerTooLate("answer_too_late")


@dataclass(frozen=True)
class GigTimes:
    """When and where a gig is, as a coordinator types it: Helsinki's wall clock; the end may be on the next day."""

    day: date
    starts: time
    ends: time
    break_minutes: int
    place: str = ""

    @property
    def span(self) -> Span:
        """The times as instants. Raises TimesWrong for an end before the start, or an hour that the spring skips."""
        over_midnight = self.ends <= self.starts
        span = Span(self._at(self.day, self.starts, "starts"), self._end(over_midnight))
        if over_midnight and span.ends_at - span.starts_at > LONGEST_NIGHT:
            raise TimesWrong("gig_end_before_start", "ends")
        return span

    def _end(self, over_midnight: bool) -> datetime:
        return self._at(self.day + timedelta(days=over_midnight), self.ends, "ends")

    def _at(self, day: date, wall_clock: time, field: str) -> datetime:
        try:
            return clock.at(day, wall_clock)
        except clock.NonexistentTime:
            raise TimesWrong("gig_time_skipped", field) from None


@dataclass(frozen=True)
class NewGig:
    """A gig to be added to an order by hand."""

    times: GigTimes
    people: int


def refuse_times(span: Span, break_minutes: int, now: datetime) -> None:
    """Refuse times that are past, too far or longer than a day's work can be, and a break that leaves no work."""
    if span.starts_at <= now:
        raise TimesWrong("gig_in_past", "day")
    if span.starts_at - now > FARTHEST:
        raise TimesWrong("time_too_far", "day")
    if span.ends_at - span.starts_at > LONGEST:
        raise TimesWrong("gig_too_long", "ends", hours=LONGEST // timedelta(hours=1))
    if break_minutes >= span.minutes:
        raise TimesWrong("gig_break_too_long", "break_minutes")


@dataclass(frozen=True)
class GigCard:
    """A gig in a few plain facts, for mails, contracts and lists. `address` is one line; `wage` euros per hour."""

    gig_id: int
    title: str
    place: str
    address: str
    span: Span
    break_minutes: int
    contact_name: str
    contact_phone: str
    organisation: str
    form: ContractForm
    wage: Decimal | None

    @property
    def minutes(self) -> int:
        """Paid minutes."""
        return self.span.minutes - self.break_minutes

    @property
    def pay(self) -> Decimal | None:
        """What the gig pays before taxes, in euros; None when no wage is set for its day."""
        return None if self.wage is None else for_minutes(self.wage, self.minutes)
