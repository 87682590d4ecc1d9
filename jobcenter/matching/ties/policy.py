"""Who sees and notes ties. Never an orderer, and never the people themselves: a reason may be about somebody else."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.workers import policy
from jobcenter.workers.models import Worker


def can_note_ties(actor: Actor, worker: Worker) -> bool:
    """A coordinator of the worker's Jobcenter."""
    return policy.can_coordinate(actor, worker)
