"""Hours of work: the states of a time entry, what was typed as real time, overlaps, whose turn it is to confirm."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jobcenter.core import clock, states
from jobcenter.core.errors import DomainError


class EntryStatus(StrEnum):
    """NEEDS_TIMES: was there, times not known. LOGGED waits for the orderer. CONFIRMED may be billed and paid.
    WITHDRAWN: a correction of paid hours that came to nothing.
    """

    NEEDS_TIMES = "needs_times"
    LOGGED = "logged"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class EntryAction(StrEnum):
    """What can be done to a time entry."""

    GIVE_TIMES = "give_times"
    EDIT = "edit"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    WITHDRAW = "withdraw"


_S, _A = EntryStatus, EntryAction

TRANSITIONS: dict[tuple[EntryStatus, EntryAction], EntryStatus] = {
    (_S.NEEDS_TIMES, _A.GIVE_TIMES): _S.LOGGED,
    (_S.LOGGED, _A.EDIT): _S.LOGGED,
    (_S.LOGGED, _A.CONFIRM): _S.CONFIRMED,
    (_S.LOGGED, _A.DISPUTE): _S.DISPUTED,
    (_S.DISPUTED, _A.EDIT): _S.LOGGED,
    (_S.DISPUTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _A.EDIT): _S.LOGGED,
    (_S.LOGGED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.DISPUTED, _A.WITHDRAW): _S.WITHDRAWN,
}


def next_state(state: EntryStatus, action: EntryAction) -> EntryStatus:
    """The entry's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "entry")


LONGEST = timedelta(hours=16)
EARLY_OR_LATE = timedelta(hours=4)


class EndBeforeStart(DomainError):
    """The end is not after the start."""


class TimeSkipped(DomainError):
    """A wall-clock time that the spring clock change skips."""


class HoursOverlap(DomainError):
    """The same person has hours at the same time already."""


class TooEarly(DomainError):
    """Not before the gig has begun, or before the orderer's time to answer has run out."""


class Billed(DomainError):
    """Hours on an invoice or in a pay run are corrected there first: by a credit note, or in the next pay run."""


@dataclass(frozen=True)
class Worktime:
    """When someone worked: aware instants, and the unpaid break in minutes."""

    starts_at: datetime
    ends_at: datetime
    break_minutes: int

    @property
    def minutes(self) -> int:
        """Paid minutes: real time between the instants, so that clock-change nights come out right, less the break."""
        return minutes_between(self.starts_at, self.ends_at) - self.break_minutes


@dataclass(frozen=True)
class Typed:
    """Worktime as a person types it: a day and wall-clock times, Helsinki's."""

    day: date
    starts: time
    ends: time
    break_minutes: int


@dataclass(frozen=True)
class Logged:
    """Hours that a person has already, for the overlap check."""

    entry_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class ConfirmationPeriod:
    """How long the orderer has: a reminder after some days, the coordinator's turn after more."""

    valid_from: date
    remind_after: timedelta
    coordinator_after: timedelta
    source: str


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes of real time between two aware instants."""
    return int((end - start) / timedelta(minutes=1))


def worktime_of(typed: Typed, *, gig_starts_at: datetime, gig_ends_at: datetime) -> Worktime:
    """What was typed, as instants. The end falls on the next day where the gig's does, or is not long before it.

    Of a wall-clock time that the autumn night has twice, the one nearer the gig's own is meant.
    Raises EndBeforeStart, TimeSkipped, or DomainError for a break or a length that cannot be.
    """
    crosses = clock.day_of(gig_ends_at) > clock.day_of(gig_starts_at)
    over_midnight = typed.ends <= typed.starts
    starts_at = nearest(typed.day, typed.starts, to=gig_starts_at, field="starts")
    ends_at = nearest(typed.day + timedelta(days=over_midnight), typed.ends, to=gig_ends_at, field="ends")
    if over_midnight and not crosses and ends_at > gig_ends_at + EARLY_OR_LATE:
        raise EndBeforeStart("end_before_start", "ends")
    return checked(Worktime(starts_at=starts_at, ends_at=ends_at, break_minutes=typed.break_minutes))


def nearest(day: date, wall_clock: time, *, to: datetime, field: str) -> datetime:
    """The instant of a wall-clock time, the one nearer to `to` where the autumn night has two."""
    try:
        passes = {clock.at(day, wall_clock), clock.at(day, wall_clock, second_pass=True)}
    except clock.NonexistentTime:
        raise TimeSkipped("time_skipped", field, time=f"{wall_clock:%H.%M}") from None
    return min(passes, key=lambda instant: abs(instant - to))


def checked(worktime: Worktime) -> Worktime:
    """`worktime` itself, when its end is after its start, its break shorter than it, and it is 16 hours at most."""
    if worktime.ends_at <= worktime.starts_at:
        raise EndBeforeStart("end_before_start", "ends")
    if worktime.ends_at - worktime.starts_at > LONGEST:
        raise DomainError("hours_too_long", "ends", hours=LONGEST // timedelta(hours=1))
    if worktime.break_minutes < 0 or worktime.minutes <= 0:
        raise DomainError("break_too_long", "break_minutes")
    return worktime


def refuse_unlikely(worktime: Worktime, *, gig_starts_at: datetime, gig_ends_at: datetime, now: datetime) -> None:
    """Refuse hours that lie in the future, or more than four hours beside the gig: a slip of the finger."""
    if worktime.ends_at > now:
        raise TooEarly("hours_in_future", "ends")
    if worktime.starts_at < gig_starts_at - EARLY_OR_LATE or worktime.ends_at > gig_ends_at + EARLY_OR_LATE:
        raise DomainError("hours_not_at_gig", "starts")


def refuse_overlap(worktime: Worktime, others: Iterable[Logged], *, own: Collection[int] = ()) -> None:
    """Refuse hours that share an instant with the same person's other hours; `own`: the entries of the same work."""
    for other in others:
        if other.entry_id in own:
            continue
        if clock.overlap(worktime.starts_at, worktime.ends_at, other.starts_at, other.ends_at):
            raise HoursOverlap(
                "hours_overlap",
                "starts",
                starts=other.starts_at,
                ends=clock.local(other.ends_at).time(),
            )


def period_on(periods: Iterable[ConfirmationPeriod], day: date) -> ConfirmationPeriod:
    """The confirmation period for hours logged on `day`. Raises DomainError when none has begun."""
    begun = [period for period in periods if period.valid_from <= day]
    if not begun:
        raise DomainError("confirmation_period_missing", day=day)
    return max(begun, key=lambda period: period.valid_from)


def reminder_due(*, logged_at: datetime, period: ConfirmationPeriod, now: datetime) -> bool:
    """Whether the orderer is to be reminded of hours logged at `logged_at`."""
    return now - logged_at >= period.remind_after


def coordinators_turn(*, logged_at: datetime, period: ConfirmationPeriod, now: datetime) -> bool:
    """Whether the orderer's time has run out, so that a coordinator may confirm."""
    return now - logged_at >= period.coordinator_after


def refuse_billed(*, invoiced: bool, paid: bool, owed: bool = False, sent: bool = False) -> None:
    """Refuse to touch hours that are on an invoice or paid; `owed`: their pay came back and is paid again as it was;
    `sent`: it is in a file at the bank.
    """
    if invoiced:
        raise Billed("hours_invoiced")
    if owed:
        raise Billed("hours_pay_owed")
    if sent:
        raise Billed("hours_pay_sent")
    if paid:
        raise Billed("hours_paid")


# Commands


@dataclass(frozen=True)
class LogHours:
    """The day and the times, as typed."""

    typed: Typed


@dataclass(frozen=True)
class EditHours:
    """New times for an entry, why, and the version that was on the screen."""

    typed: Typed
    reason: str
    version: int


@dataclass(frozen=True)
class DisputeHours:
    """What is not right, in the orderer's words."""

    reason: str
