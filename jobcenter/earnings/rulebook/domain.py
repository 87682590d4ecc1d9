"""How a value of law is proposed by one administrator and confirmed by another, and which additions hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from jobcenter.benefits import Addition, AdditionRefused, DatedValue, Law, LimitMissing, Parameter, ValueStatus
from jobcenter.benefits.law import Applies, Renewal, Unit, last_day_of_renewal
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.core.states import follow

# Decimals that a value of a unit may have; of another unit as many as are stored.
PLACES = {Unit.EUR: 2, Unit.YEARS: 0, Unit.MONTHS: 0, Unit.WEEKS: 0, Unit.COUNT: 0, Unit.SIXTHS: 0}
PLACES_STORED = 4
YEARS_BACK, YEARS_AHEAD = 1, 2
# A step from the value before that is larger than this is more often a slip of the hand than a change of law.
LARGE_STEP = Decimal(1) / 4
NEXT_YEAR_LOOKED_AT_FROM_MONTH = 11
# Months of a half-year, and the months (May and June, November and December) in which the next one is looked at too.
HALF = 6
NEXT_HALF_LOOKED_AT_IN = (5, 0)
ADMINISTRATORS_NEEDED = 2


class AdditionState(StrEnum):
    """The life of a proposed value. A revoked one was in force and was found to be wrong."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class AdditionAction(StrEnum):
    """What an administrator does to a proposed value."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"


TRANSITIONS: dict[tuple[AdditionState, AdditionAction], AdditionState] = {
    (AdditionState.PROPOSED, AdditionAction.APPROVE): AdditionState.APPROVED,
    (AdditionState.PROPOSED, AdditionAction.REJECT): AdditionState.REJECTED,
    (AdditionState.PROPOSED, AdditionAction.WITHDRAW): AdditionState.WITHDRAWN,
    (AdditionState.APPROVED, AdditionAction.REVOKE): AdditionState.REVOKED,
}


class OwnProposal(NotPossible):
    """The administrator who proposed a value cannot be the one who confirms it."""


class ProposalRefused(DomainError):
    """A value that cannot be proposed as it stands."""


def next_state(state: AdditionState, action: AdditionAction) -> AdditionState:
    """Raises AlreadyDone, NotPossible."""
    return follow(TRANSITIONS, state, action, "law_value")


def decided_state(state: AdditionState, action: AdditionAction, *, by_proposer: bool) -> AdditionState:
    """The state after a decision: only the proposer withdraws, only somebody else confirms or rejects.

    Raises AlreadyDone, NotPossible, OwnProposal.
    """
    after = next_state(state, action)
    if by_proposer and action in (AdditionAction.APPROVE, AdditionAction.REJECT):
        raise OwnProposal("law_value_own")
    if not by_proposer and action is AdditionAction.WITHDRAW:
        raise NotPossible("law_value_not_own")
    return after


@dataclass(frozen=True)
class Proposal:
    """What an administrator enters. `to` None: until the next value. `sure`: a large step was looked at twice."""

    parameter: str
    from_: date
    to: date | None
    value: Decimal
    applies: Applies
    status: ValueStatus
    source: str
    note: str
    sure: bool
    form_key: str

    def as_addition(self, *, checked_on: date) -> Addition:
        """The proposal as the law takes it."""
        value = DatedValue(self.from_, self.to, self.value, self.applies, self.status, self.source, checked_on)
        return Addition(self.parameter, value)


@dataclass(frozen=True)
class NewNumber:
    """A telephone number that an administrator enters."""

    point: str
    phone: str
    from_: date
    source: str
    form_key: str


def check_proposal(law: Law, proposal: Proposal, today: date) -> None:
    """Whether the law takes the proposed value. Raises AdditionRefused, ProposalRefused."""
    law.with_values([proposal.as_addition(checked_on=today)])
    parameter = law.parameter(proposal.parameter)
    if not today.year - YEARS_BACK <= proposal.from_.year <= today.year + YEARS_AHEAD:
        raise ProposalRefused("value_year_far", "from_", first=today.year - YEARS_BACK, last=today.year + YEARS_AHEAD)
    if -proposal.value.as_tuple().exponent > places_of(parameter.unit):
        raise ProposalRefused("value_places", "value", places=places_of(parameter.unit))
    step = step_from_before(parameter, proposal.from_, proposal.value)
    if step is not None and abs(step) > LARGE_STEP and not proposal.sure:
        raise ProposalRefused("value_step_large", "sure")


def step_from_before(parameter: Parameter, from_: date, value: Decimal) -> Decimal | None:
    """By which share a value differs from the one that holds, or last held, before it; None without such a value."""
    before = [known for known in parameter.values if known.from_ < from_]
    if not before or before[-1].value == 0:
        return None
    return value / before[-1].value - 1


def places_of(unit: Unit) -> int:
    """How many decimals a value of a unit may have."""
    return PLACES.get(unit, PLACES_STORED)


def plain(value: Decimal, unit: Unit) -> Decimal:
    """A stored value with as many decimals as its unit has, whatever the database gave."""
    return value.quantize(Decimal(1).scaleb(-places_of(unit)), rounding=ROUND_HALF_UP)


def taken(law: Law, additions: Iterable[Addition]) -> tuple[Addition, ...]:
    """Of additions in the order of their decision, those that the law takes.

    A newer program may ship a value for days that an addition was made for, or know a parameter no more. Then the
    program's own value goes before, and the addition waits to be revoked.
    """
    kept: list[Addition] = []
    for addition in additions:
        if addition.parameter in law.parameters and _fits(law.parameter(addition.parameter), kept, addition):
            kept.append(addition)
    return tuple(kept)


def _fits(parameter: Parameter, kept: Iterable[Addition], addition: Addition) -> bool:
    same = [other.value for other in kept if other.parameter == parameter.id]
    try:
        parameter.with_values([*same, addition.value])
    except AdditionRefused:
        return False
    return True


def looked_at(today: date) -> int:
    """The year whose values must be there: from November on the next one."""
    return today.year + 1 if today.month >= NEXT_YEAR_LOOKED_AT_FROM_MONTH else today.year


def first_missing_day(parameter: Parameter, today: date) -> date | None:
    """The first day without a value of the year looked at; of a half-yearly figure from this half-year on."""
    if parameter.renewed is Renewal.HALF_YEARLY:
        spans = half_years_looked_at(today)
    else:
        year = looked_at(today)
        spans = [(date(year, 1, 1), date(year, 12, 31))]
    return next(filter(None, (_first_without_value(parameter, *span) for span in spans)), None)


def half_years_looked_at(today: date) -> list[tuple[date, date]]:
    """The half-year of today; from two months before its end on the next one too."""
    begins = date(today.year, 1 if today.month <= HALF else 1 + HALF, 1)
    spans = [(begins, last_day_of_renewal(begins, Renewal.HALF_YEARLY))]
    if today.month % HALF in NEXT_HALF_LOOKED_AT_IN:
        following = spans[0][1] + timedelta(days=1)
        spans.append((following, last_day_of_renewal(following, Renewal.HALF_YEARLY)))
    return spans


def missing_half_years(law: Law, today: date) -> list[tuple[Parameter, date, date]]:
    """The half-yearly figures that lack a value, each with the first and last day of the half-year."""
    figures = [one for _id, one in sorted(law.parameters.items()) if one.renewed is Renewal.HALF_YEARLY]
    spans = half_years_looked_at(today)
    return [(one, *span) for one in figures for span in spans if not one.covers(*span)]


def _first_without_value(parameter: Parameter, first: date, last: date) -> date | None:
    day = first
    while day <= last:
        try:
            value = parameter.value_on(day)
        except LimitMissing:
            return day
        if value.to is None:
            return None
        day = value.to + timedelta(days=1)
    return None
