"""Who may do what with hours. Pure: the caller has found out how the actor stands to the worker and the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.orders.hours.domain import (
    Billed,
    ConfirmationPeriod,
    EntryAction,
    EntryStatus,
    coordinators_turn,
    next_state,
    refuse_billed,
)


@dataclass(frozen=True)
class Standing:
    """How an actor stands to one time entry or offer."""

    is_worker: bool = False
    is_support: bool = False
    is_orderer: bool = False
    is_coordinator: bool = False

    @property
    def any(self) -> bool:
        """Whether the actor has anything to do with it at all; if not, it is not found."""
        return self.is_worker or self.is_support or self.is_orderer or self.is_coordinator


def can_log(standing: Standing) -> bool:
    """The worker logs, or a support person or coordinator on their behalf."""
    return standing.is_worker or standing.is_support or standing.is_coordinator


def can_edit(standing: Standing, *, status: EntryStatus, invoiced: bool, paid: bool) -> bool:
    """Hours may be corrected by those who log them until they are billed or paid, also where the pay came back."""
    return can_log(standing) and _possible(status, EntryAction.EDIT) and not _billed(invoiced, paid)


def can_add(standing: Standing, *, paid: bool) -> bool:
    """What was missing of paid hours is added by those who log them."""
    return can_log(standing) and paid


def can_bill_less(standing: Standing, *, paid: bool) -> bool:
    """A coordinator notes that paid hours were shorter, so that the orderer is asked for less."""
    return standing.is_coordinator and paid


def can_withdraw(standing: Standing, *, status: EntryStatus, corrects: bool) -> bool:
    """A correction of paid hours is taken back by those who log them, until it is confirmed."""
    return can_log(standing) and corrects and _possible(status, EntryAction.WITHDRAW)


def can_confirm(
    standing: Standing, *, status: EntryStatus, logged_at: datetime, period: ConfirmationPeriod, now: datetime
) -> bool:
    """The orderer confirms; a coordinator when the orderer's time has run out."""
    in_turn = standing.is_orderer or (
        standing.is_coordinator and coordinators_turn(logged_at=logged_at, period=period, now=now)
    )
    return in_turn and _possible(status, EntryAction.CONFIRM)


def can_dispute(standing: Standing, *, status: EntryStatus) -> bool:
    """The orderer disputes hours that wait for them."""
    return standing.is_orderer and _possible(status, EntryAction.DISPUTE)


def _possible(status: EntryStatus, action: EntryAction) -> bool:
    try:
        next_state(status, action)
    except (AlreadyDone, DomainError):
        return False
    return True


def _billed(invoiced: bool, paid: bool) -> bool:
    try:
        refuse_billed(invoiced=invoiced, paid=paid)
    except Billed:
        return True
    return False
