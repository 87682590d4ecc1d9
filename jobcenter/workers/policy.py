"""Who may do what with a worker's details."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role
from jobcenter.workers.models import Worker


def can_coordinate(actor: Actor, worker: Worker) -> bool:
    """Write the profile, invite, link support, record consents: a coordinator of the worker's Jobcenter."""
    return worker.jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def is_own(actor: Actor, worker: Worker) -> bool:
    """Whether the worker is the actor."""
    return actor.user_id is not None and worker.user_id == actor.user_id


def on_behalf_of(actor: Actor, worker: Worker) -> int | None:
    """The user in whose name a support person acts; None for the person and for the coordinator."""
    return None if is_own(actor, worker) or can_coordinate(actor, worker) else worker.user_id


def can_decide_consent(actor: Actor, worker: Worker) -> bool:
    """Give or withdraw: the person, or a coordinator who has it on paper. Nobody else says yes in a person's name."""
    return is_own(actor, worker) or can_coordinate(actor, worker)


def can_change_bank(actor: Actor, worker: Worker) -> bool:
    """Where the money goes is told by the person or written down by a coordinator."""
    return is_own(actor, worker) or can_coordinate(actor, worker)
