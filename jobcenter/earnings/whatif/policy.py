"""Who may ask what if, and who only reads what was kept."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import can_coordinate, is_own


def can_ask(actor: Actor, worker: Worker, *, supports: bool) -> bool:
    """Ask, keep and delete: the person, their Jobcenter's coordinator, and a support person who may see earnings.

    `supports`: whether the actor is such a support person. A guardian who may see earnings only reads.
    """
    return supports or is_own(actor, worker) or can_coordinate(actor, worker)
