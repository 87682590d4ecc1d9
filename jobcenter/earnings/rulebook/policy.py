"""Who may enter and confirm values of law: they hold for the whole installation, so any two of its administrators."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role
from jobcenter.earnings.rulebook.domain import AdditionState
from jobcenter.earnings.rulebook.models import LawAddition


def can_propose(actor: Actor) -> bool:
    """An administrator of any Jobcenter."""
    return actor.is_signed_in and actor.has(Role.ADMIN)


def can_confirm(actor: Actor, addition: LawAddition) -> bool:
    """Another administrator than the one who proposed it; to reject it too."""
    return can_propose(actor) and _waits(addition) and addition.proposed_by_id != actor.user_id


def can_withdraw(actor: Actor, addition: LawAddition) -> bool:
    """The administrator who proposed it."""
    return can_propose(actor) and _waits(addition) and addition.proposed_by_id == actor.user_id


def can_revoke(actor: Actor, addition: LawAddition) -> bool:
    """Any administrator alone: without the value the limit is missing, and nothing is taken to be safe."""
    return can_propose(actor) and addition.state is AdditionState.APPROVED


def _waits(addition: LawAddition) -> bool:
    return addition.state is AdditionState.PROPOSED
