"""How many people a gig takes: what happens to its slots when the number changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jobcenter.core.errors import DomainError
from jobcenter.orders.gigs.domain import MOST_PEOPLE, PeopleTaken


@dataclass(frozen=True)
class SlotPlace:
    """A slot as far as the number of people is concerned: who holds it, and whether it is on offer."""

    slot_id: int
    position: int
    in_use: bool
    holder: str | None
    offered_open: bool


@dataclass(frozen=True)
class SlotPlan:
    """How slots change with the number of people: which to take back into use, how many to make, which to leave out."""

    reuse: tuple[int, ...] = ()
    make: int = 0
    leave_out: tuple[int, ...] = ()


def plan_slots(slots: Iterable[SlotPlace], people: int) -> SlotPlan:
    """What to do to the slots so that there are `people` of them in use; empty ones go first, then those only offered.

    Raises PeopleTaken, naming those who would have to be withdrawn first, when more people than that have a place.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise DomainError("people_out_of_range", "people", most=MOST_PEOPLE)
    ordered = sorted(slots, key=lambda slot: slot.position)
    used = [slot for slot in ordered if slot.in_use]
    if people >= len(used):
        reuse = tuple(slot.slot_id for slot in ordered if not slot.in_use)[: people - len(used)]
        return SlotPlan(reuse=reuse, make=people - len(used) - len(reuse))
    holders = [slot.holder for slot in used if slot.holder is not None]
    if people < len(holders):
        facts = {"people": people, "taken": len(holders), "names": ", ".join(holders), "surplus": len(holders) - people}
        raise PeopleTaken("people_taken", "people", **facts)
    free = [slot for slot in used if slot.holder is None]
    free.sort(key=lambda slot: (slot.offered_open, -slot.position))
    return SlotPlan(leave_out=tuple(slot.slot_id for slot in free[: len(used) - people]))
