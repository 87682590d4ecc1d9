"""Ways to take a plan apart a little, so that it can be put together better. Each says which gigs to fill again."""

from __future__ import annotations

from random import Random

from jobcenter.matching.plan.engines.recreate import LOWEST, pick
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.tables import bits, members

DRAWN = 4


class Ruin:
    """Takes places away, never those of `locked`."""

    def __init__(self, state: State, locked: frozenset[int], random: Random) -> None:
        self._state = state
        self._locked = locked
        self._random = random
        tables = state.tables
        self._gigs = [gig for gig, pairs in enumerate(tables.pairs_on) if pairs]
        self._with_pairs = bits(self._gigs)
        self._near = [self._near_gigs(gig) for gig in range(len(tables.slots))]

    def _near_gigs(self, gig: int) -> list[int]:
        """Gigs at the same time, where people who are freed here may be needed."""
        tables = self._state.tables
        clash = tables.clash[tables.pairs_on[gig][0]] if tables.pairs_on[gig] else 0
        return [other for other in self._gigs if clash >> other & 1 and other != gig]

    def somewhere(self) -> list[int]:
        """One of the ways, at random; the gigs to fill again, the most important first more often than not."""
        way = self._random.random()
        if way < 0.9:
            freed = self._force_one()
        elif way < 0.94:
            freed = self._empty_gigs()
        elif way < 0.97:
            freed = self._free_workers()
        else:
            freed = self._free_support()
        return self._to_fill(freed)

    def _to_fill(self, freed: list[int]) -> list[int]:
        state, tables, random = self._state, self._state.tables, self._random
        found = 0
        for pair in freed:
            found |= tables.gigs_of[tables.worker[pair]] | 1 << tables.gig[pair]
        gigs = members(found & state.open_bits)
        if len(gigs) < 2:
            return gigs
        noise = 0.0 if random.random() < 0.5 else 9.0
        return sorted(gigs, key=lambda gig: noise * random.random() - tables.priority[gig])

    def _remove(self, pairs: list[int]) -> list[int]:
        freed = [pair for pair in pairs if pair not in self._locked]
        for pair in freed:
            self._state.remove(pair)
        return freed

    def _empty_gigs(self) -> list[int]:
        """Everybody from a gig, and from one or two at the same time."""
        gig = self._any(self._gigs)
        near = self._near[gig]
        chosen = {gig, *(self._any(near) for _more in range(self._random.randrange(3)) if near)}
        return [pair for one in sorted(chosen) for pair in self._remove(list(self._state.on[one].values()))]

    def _free_workers(self) -> list[int]:
        """Everything from two to five people who could all be on one gig."""
        tables = self._state.tables
        pairs = tables.pairs_on[self._any(self._gigs)]
        workers = {tables.worker[self._any(pairs)] for _one in range(self._random.randint(2, 5))}
        return [pair for worker in sorted(workers) for pair in self._remove(self._state.held(worker))]

    def _free_support(self) -> list[int]:
        """A support person from a gig and from those that keep them from being elsewhere at that time."""
        state, tables = self._state, self._state.tables
        seats = [seat for seat in tables.seats_on[self._any(self._gigs)]]
        if not seats:
            return self._empty_gigs()
        seat = self._any(seats)
        return self._clear(seat) + self._remove(state.beside(seat))

    def _force_one(self) -> list[int]:
        """Puts somebody on a gig, whatever else they, others or a support person must leave for it."""
        state, tables = self._state, self._state.tables
        pair = max((self._draw() for _one in range(DRAWN)), key=self._promise)
        if pair in state.seat_of:
            return self._empty_gigs()
        gig, worker = tables.gig[pair], tables.worker[pair]
        freed = self._remove([state.on[gig][other] for other in tables.avoid[worker] if other in state.on[gig]])
        if not state.open[gig]:
            freed += self._remove([self._least(gig)])
        freed += self._remove([state.on[held][worker] for held in members(state.has[worker] & tables.clash[pair])])
        freed += self._lighten(worker, pair)
        seat = NOBODY
        if tables.needs[worker]:
            seat, more = self._seat_for(gig)
            freed += more
            if seat == NOBODY:
                return freed
        if state.fits(pair):
            state.place(pair, seat)
        return freed

    def _draw(self) -> int:
        """Any pair, rather on a gig with an open place if there is one."""
        gigs = self._gigs
        if self._state.open_bits and self._random.random() < 0.3:
            gigs = members(self._state.open_bits & self._with_pairs) or gigs
        return self._any(self._state.tables.pairs_on[self._any(gigs)])

    def _promise(self, pair: int) -> int:
        """About what placing the pair would bring; what has to go for it may be made good in part."""
        state, tables = self._state, self._state.tables
        gig, worker = tables.gig[pair], tables.worker[pair]
        if pair in state.seat_of:
            return LOWEST
        against = sum(tables.points[state.on[held][worker]] for held in members(state.has[worker] & tables.clash[pair]))
        promise = (state.gain(pair) if not against else tables.points[pair]) - against // 2
        return promise if state.open[gig] else promise - self._value(self._least(gig))

    def _least(self, gig: int) -> int:
        """Whose place on the gig is worth least, of two."""
        people = list(self._state.on[gig].values())
        return min(self._any(people), self._any(people), key=self._value)

    def _value(self, pair: int) -> int:
        """About what a place is worth that is taken."""
        state, tables = self._state, self._state.tables
        worker = tables.worker[pair]
        costs, minutes = tables.costs[worker], state.minutes[worker]
        return tables.points[pair] - costs[minutes] + costs[minutes - tables.minutes[tables.gig[pair]]]

    def _lighten(self, worker: int, pair: int) -> list[int]:
        """Takes gigs from the worker until their caps have room for the pair."""
        state, tables = self._state, self._state.tables
        freed: list[int] = []
        for cap, cost in tables.caps[pair]:
            held = [one for one in state.held(worker) if any(other == cap for other, _cost in tables.caps[one])]
            self._random.shuffle(held)
            while state.left[cap] < cost and held:
                freed += self._remove([held.pop()])
        return freed

    def _seat_for(self, gig: int) -> tuple[int, list[int]]:
        """A seat with room on the gig, made by taking a support person from elsewhere if need be."""
        state = self._state
        seats = state.seats(gig)
        if seats:
            return pick(seats, self._random), []
        if not state.tables.seats_on[gig]:
            return NOBODY, []
        seat = self._any(state.tables.seats_on[gig])
        freed = self._clear(seat)
        return (seat if seat in state.seats(gig) else NOBODY), freed

    def _clear(self, seat: int) -> list[int]:
        """Takes the seat's support person from other places at that time, and one person from each full room."""
        state, tables = self._state, self._state.tables
        support = tables.seat_support[seat]
        freed, busy = [], state.there[support] & tables.elsewhere[seat]
        while busy:
            gig = busy.bit_length() - 1
            busy ^= 1 << gig
            freed += self._remove(state.beside(tables.seat[support, gig]))
        for room in tables.seat_rooms[seat]:
            if not state.room_left[room]:
                freed += self._remove(self._one_of_room(support, room))
        return freed

    def _one_of_room(self, support: int, room: int) -> list[int]:
        state, tables = self._state, self._state.tables
        left = state.there[support]
        while left:
            gig = left.bit_length() - 1
            left ^= 1 << gig
            seat = tables.seat[support, gig]
            if room in tables.seat_rooms[seat]:
                return state.beside(seat)[:1]
        return []

    def _any(self, choices: list[int]) -> int:
        return choices[int(self._random.random() * len(choices))]
