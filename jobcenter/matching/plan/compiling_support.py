"""Support persons as numbers: where each can go, and how many people they can be beside at each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from jobcenter.matching.plan.domain import Instance, PlanGig, PlanSupport
from jobcenter.matching.plan.problem import Room, Support
from jobcenter.matching.plan.rules import MINUTE, can_do_both, is_available, people_at, stop_of
from jobcenter.orders.gigs.domain import Span

Numbered = tuple[int, PlanGig]


def supports_of(instance: Instance) -> tuple[Support, ...]:
    """The support persons of an instance; those who are alike are looked at once."""
    known: dict[tuple[object, ...], Support] = {}
    for support in instance.supports:
        alike = (support.available, support.at_once, support.booked)
        if alike not in known:
            known[alike] = _support(instance, support)
    return tuple(known[support.available, support.at_once, support.booked] for support in instance.supports)


def _support(instance: Instance, support: PlanSupport) -> Support:
    gigs = [(number, gig) for number, gig in enumerate(instance.gigs) if _can_go(instance, support, gig)]
    rooms = tuple(_largest(list(_rooms(support, gigs))))
    return Support(frozenset(number for number, _gig in gigs), rooms)


def _can_go(instance: Instance, support: PlanSupport, gig: PlanGig) -> bool:
    """Whether they are available for all of the gig, and no booking keeps them from it or leaves no room."""
    if not is_available(support, gig.span):
        return False
    if not support.booked:
        return True
    travel = instance.travel_minutes * MINUTE
    others = (booking for booking in support.booked if booking.gig_id != gig.id)
    if not all(can_do_both(booking, stop_of(gig), travel) for booking in others):
        return False
    return all(_room_at(support, instant) > 0 for instant in _instants(support, gig))


def _instants(support: PlanSupport, gig: PlanGig) -> Iterator[datetime]:
    """When, during a gig, the room of a support person can become less."""
    yield gig.span.starts_at
    yield from (
        booking.span.starts_at
        for booking in support.booked
        if gig.span.starts_at < booking.span.starts_at < gig.span.ends_at
    )


def _room_at(support: PlanSupport, instant: datetime) -> int:
    return support.at_once - people_at(instant, ((booking.span, booking.people) for booking in support.booked))


def _rooms(support: PlanSupport, gigs: Sequence[Numbered]) -> Iterator[Room]:
    """The gigs that are on together, and for how many people there is room, at each instant when that changes."""
    coming = sorted(((gig.span, number) for number, gig in gigs), key=lambda one: one[0].starts_at, reverse=True)
    running: list[tuple[Span, int]] = []
    for instant in sorted({instant for _number, gig in gigs for instant in _instants(support, gig)}):
        while coming and coming[-1][0].starts_at <= instant:
            running.append(coming.pop())
        running = [one for one in running if one[0].ends_at > instant]
        yield Room(frozenset(number for _span, number in running), _room_at(support, instant))


def _largest(rooms: Sequence[Room]) -> Iterator[Room]:
    """Rooms that no other room already asks as much of."""
    widest = sorted(rooms, key=lambda room: (room.people, -len(room.gigs)))
    kept: list[Room] = []
    for room in widest:
        if not any(room.gigs <= other.gigs for other in kept):
            kept.append(room)
            yield room
