"""Another contract form for one gig: proposed to its orderer, who accepts it, says no, or has it taken back. Pure.

The orderer has accepted a form and a price for the whole order. Where an assignment contract would harm a person's
benefit, the coordinator proposes the partner form, at its own price, for the gig alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.core import states
from jobcenter.core.errors import NotPossible

TIME_TO_ANSWER = timedelta(days=3)


class ProposalStatus(StrEnum):
    """A proposal is open until the orderer answers or the coordinator takes it back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class ProposalAction(StrEnum):
    """What can be done to a proposal: the orderer answers, the coordinator takes it back."""

    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


PROPOSAL_TRANSITIONS: dict[tuple[ProposalStatus, ProposalAction], ProposalStatus] = {
    (ProposalStatus.OPEN, ProposalAction.ACCEPT): ProposalStatus.ACCEPTED,
    (ProposalStatus.OPEN, ProposalAction.DECLINE): ProposalStatus.DECLINED,
    (ProposalStatus.OPEN, ProposalAction.TAKE_BACK): ProposalStatus.TAKEN_BACK,
}


def next_proposal_state(state: ProposalStatus, action: ProposalAction) -> ProposalStatus:
    """The proposal's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(PROPOSAL_TRANSITIONS, state, action, "proposal")


class PartnerFormAlready(NotPossible):
    """The gig is done in the partner form already."""


@dataclass(frozen=True)
class PartnerPrice:
    """What the orderer would pay for an hour in the partner form, in euros without VAT; why, if below the list."""

    hourly_price: Decimal
    price_reason: str


def answer_time(starts_at: datetime, now: datetime) -> datetime:
    """Until when those who are asked anew may answer: some days, but before the gig."""
    return min(starts_at, now + TIME_TO_ANSWER)
