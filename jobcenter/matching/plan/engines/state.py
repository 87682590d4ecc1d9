"""A plan that is being made: places are taken and given up one at a time, and its worth follows.

Every change is checked by `fits` first, so that whatever stands here at any moment keeps every rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from jobcenter.matching.plan.engines.tables import Tables, bits, members
from jobcenter.matching.plan.problem import Placed, Worth

NOBODY = -1


class State:
    """Who is where. `seat_of` of a pair: the support person's seat, NOBODY if none; only placed pairs are in it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.filling = 0
        self.points = 0
        self.seat_of: dict[int, int] = {}
        self.on: list[dict[int, int]] = [{} for _gig in tables.slots]
        self.open = list(tables.slots)
        self.open_bits = bits(gig for gig, slots in enumerate(tables.slots) if slots)
        self.has = [0] * len(tables.needs)
        self.minutes = [0] * len(tables.needs)
        self.left = list(tables.limits)
        self.room_left = list(tables.room_people)
        self.seated = [0] * len(tables.seat_gig)
        self.there = [0] * (max(tables.seat_support, default=-1) + 1)
        self.newcomers = [0] * len(tables.group_points)
        self.experienced = [0] * len(tables.group_points)
        self.changes: list[tuple[int, int, bool]] = []

    def fits(self, pair: int) -> bool:
        """Whether the place may be taken now, leaving support aside."""
        tables = self.tables
        worker = tables.worker[pair]
        if self.has[worker] & tables.clash[pair]:
            return False
        gig = tables.gig[pair]
        if not self.open[gig]:
            return False
        for cap, cost in tables.caps[pair]:
            if self.left[cap] < cost:
                return False
        return not tables.avoid[worker] or self.on[gig].keys().isdisjoint(tables.avoid[worker])

    def seats(self, gig: int, *, everybody: bool = False) -> list[int]:
        """Seats on the gig that have room for one more: only those of people who come along already, if there are."""
        there, free = [], []
        for seat in self.tables.seats_on[gig]:
            if self.seated[seat]:
                if self._has_room(seat):
                    there.append(seat)
            elif self._can_come(seat) and self._has_room(seat):
                free.append(seat)
        return there + free if everybody else there or free

    def gain(self, pair: int) -> int:
        """The points that the place would add."""
        tables = self.tables
        worker, gig = tables.worker[pair], tables.gig[pair]
        costs, minutes = tables.costs[worker], self.minutes[worker]
        gain = tables.points[pair] - costs[minutes + tables.minutes[gig]] + costs[minutes]
        if tables.likes[worker]:
            on = self.on[gig]
            for other, points in tables.likes[worker]:
                if other in on:
                    gain += points
        for group, newcomer in tables.groups[pair]:
            if newcomer:
                gain += tables.group_points[group] if self.experienced[group] else 0
            elif not self.experienced[group]:
                gain += tables.group_points[group] * self.newcomers[group]
        return gain

    def place(self, pair: int, seat: int) -> None:
        """Takes the place, which must fit, with that support person beside."""
        self._move(pair, seat, 1, self.gain(pair))
        self.seat_of[pair] = seat
        self.on[self.tables.gig[pair]][self.tables.worker[pair]] = pair
        self.changes.append((pair, seat, True))

    def remove(self, pair: int) -> int:
        """Gives the place up; the seat that was beside."""
        seat = self.seat_of.pop(pair)
        del self.on[self.tables.gig[pair]][self.tables.worker[pair]]
        self._move(pair, seat, -1, 0)
        self.points -= self.gain(pair)
        self.changes.append((pair, seat, False))
        return seat

    def undo(self) -> None:
        """Takes back every change since `changes` was last emptied."""
        changes, self.changes = self.changes, []
        for pair, seat, was_placed in reversed(changes):
            if was_placed:
                self.remove(pair)
            else:
                self.place(pair, seat)
        self.changes = []

    def held(self, worker: int) -> list[int]:
        """The pairs that the worker is placed on."""
        return [self.on[gig][worker] for gig in members(self.has[worker])]

    def beside(self, seat: int) -> list[int]:
        """The pairs that the support person is beside on the seat's gig."""
        return [pair for pair in self.on[self.tables.seat_gig[seat]].values() if self.seat_of[pair] == seat]

    def become(self, seat_of: Mapping[int, int]) -> None:
        """Gives up what is not in the other plan, and takes what is."""
        for pair in [pair for pair, seat in self.seat_of.items() if seat_of.get(pair) != seat]:
            self.remove(pair)
        for pair, seat in seat_of.items():
            if pair not in self.seat_of:
                self.place(pair, seat)
        self.changes = []

    def worth(self) -> Worth:
        """What the plan is worth now."""
        return Worth(self.filling, self.points)

    def placed(self) -> tuple[Placed, ...]:
        """The plan as it is now."""
        return placements(self.tables, self.seat_of)

    def _move(self, pair: int, seat: int, sign: int, gain: int) -> None:
        tables = self.tables
        worker, gig = tables.worker[pair], tables.gig[pair]
        self.points += gain
        self.filling += sign * tables.priority[gig]
        self.open[gig] -= sign
        if self.open[gig] == (sign < 0):
            self.open_bits ^= 1 << gig
        self.has[worker] ^= 1 << gig
        self.minutes[worker] += sign * tables.minutes[gig]
        for cap, cost in tables.caps[pair]:
            self.left[cap] -= sign * cost
        for group, newcomer in tables.groups[pair]:
            if newcomer:
                self.newcomers[group] += sign
            else:
                self.experienced[group] += sign
        if seat != NOBODY:
            self._sit(seat, sign)

    def _sit(self, seat: int, sign: int) -> None:
        tables = self.tables
        if not self.seated[seat] or self.seated[seat] + sign == 0:
            self.there[tables.seat_support[seat]] ^= 1 << tables.seat_gig[seat]
        self.seated[seat] += sign
        for room in tables.seat_rooms[seat]:
            self.room_left[room] -= sign

    def _can_come(self, seat: int) -> bool:
        return not self.there[self.tables.seat_support[seat]] & self.tables.elsewhere[seat]

    def _has_room(self, seat: int) -> bool:
        return all(self.room_left[room] > 0 for room in self.tables.seat_rooms[seat])


def placements(tables: Tables, seat_of: Mapping[int, int]) -> tuple[Placed, ...]:
    """These pairs and seats as placements, in their order."""
    return tuple(
        sorted(
            Placed(tables.gig[pair], tables.worker[pair], None if seat == NOBODY else tables.seat_support[seat])
            for pair, seat in seat_of.items()
        )
    )
