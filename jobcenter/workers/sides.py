"""From which side a worker's page is looked at, and what stands around it there.

The same page serves the coordinator's office, the work activity unit, and the person with their support person; the
queries decide what each may see, the side only chooses wording and ways back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, Role
from jobcenter.core.errors import NotFound
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import can_coordinate, is_own


class Side(StrEnum):
    """Whose page it is."""

    OFFICE = "office"
    UNIT = "unit"
    PERSON = "person"


OFFICE = {"side": Side.OFFICE}
UNIT = {"side": Side.UNIT}
PERSON = {"side": Side.PERSON}


def around(actor: Actor, worker: Worker, side: Side, current: str = "") -> dict[str, Any]:
    """What every page about a worker passes to its template; `current` is the endpoint of the tab it belongs to.

    Raises NotFound when the office's side is asked for by somebody else.
    """
    if side is Side.OFFICE and not can_coordinate(actor, worker):
        raise NotFound
    return {
        "side": side,
        "worker_id": worker.id,
        "name": worker.name,
        "is_office": side is Side.OFFICE,
        "tabs": _tabs(worker, current) if side is Side.OFFICE else [],
        "back": _back(actor, worker, side, current),
        "for_name": "" if side is not Side.PERSON or is_own(actor, worker) else worker.name,
    }


def _tabs(worker: Worker, current: str) -> list[tuple[str, str, bool]]:
    tabs = (
        (_("Profile"), "workers.show", {}),
        (_("Benefits"), "held.benefits", OFFICE),
        (_("Statement"), "statement.show", OFFICE),
        (_("Payment"), "held.money", OFFICE),
        (_("Consents"), "consents.show", OFFICE),
        (_("Support"), "support.show", {}),
        (_("Times"), "availability.show", OFFICE),
        (_("Suitability"), "matching.suits", {}),
    )
    return [
        (label, url_for(endpoint, worker_id=worker.id, **more), endpoint == current) for label, endpoint, more in tabs
    ]


def _back(actor: Actor, worker: Worker, side: Side, current: str) -> str:
    if side is Side.OFFICE:
        return url_for("workers.index")
    if side is Side.UNIT:
        return url_for("workers.in_unit", worker_id=worker.id)
    if current != "people.person":
        return url_for("people.person", worker_id=worker.id)
    supports = actor.has(Role.SUPPORT) and not is_own(actor, worker)
    return url_for("people.supported" if supports else "home.index")
