"""What people share (slots, company, support persons) at prices: whoever takes it pays, and then decides alone.

Any prices give a bound: what everybody's best week is worth after paying, and what is paid for all there is. No plan is
worth more. Good prices make people want just what there is, and the bound near.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jobcenter.matching.plan.engines.model import Model, Row
from jobcenter.matching.plan.engines.pricing import Numbers, Places, Pricer, Week
from jobcenter.matching.plan.engines.tables import Tables

Terms = list[tuple[int, int]]


class Market:
    """The shared rows, slots first (`gigs` says whose), each at most its limit; and the model's columns in them that
    are no pair (`others`). `worth` counts points, or filling alone if that is what is asked.

    `missing` is how much filling of all slots may be left open. As far as it may not, a slot's price may lie below
    nothing, for somebody must take it.
    """

    def __init__(self, tables: Tables, model: Model, pricer: Pricer, *, filling: bool = False) -> None:
        self.tables, self.model, self.pricer, self.filling = tables, model, pricer, filling
        self.gigs = [gig for gig, pairs in enumerate(tables.pairs_on) if pairs]
        self.priority = np.array([tables.priority[gig] for gig in self.gigs], dtype=float)
        column = {tables.pair[key]: column for key, column in model.places.items()}
        self.columns = [column[pair] for pair in range(len(tables.gig))]
        self.others = sorted({*range(len(model.upper))} - {*self.columns})
        slots = [Row([(column[pair], 1) for pair in tables.pairs_on[gig]], self._most(gig)) for gig in self.gigs]
        self.rows = [*slots, *model.rows]
        self.missing = 0
        self._limits = _numbers(row.upper for row in self.rows)
        self._of_pairs = Factors(self.rows, self.columns)
        self._of_others = Factors(self.rows, self.others)
        self._lower = _numbers(model.lower.get(column, 0) for column in self.others)
        self._upper = _numbers(model.upper[column] for column in self.others)
        self.worth = _numbers((tables.priority[gig] for gig in tables.gig) if filling else tables.points)
        self.worth_of_others = [0 if filling else model.points[column] for column in self.others]

    def _most(self, gig: int) -> int:
        return min(self.tables.slots[gig], len(self.tables.pairs_on[gig]))

    def first_prices(self) -> Numbers:
        """Nothing, but that those who are worth something together share it evenly."""
        worth = dict(zip(self.others, self.worth_of_others, strict=True))
        return _numbers(max(0, *(worth.get(column, 0) for column, _factor in row.terms)) / 2 for row in self.rows)

    def proper(self, prices: Numbers) -> Numbers:
        """The nearest prices that may be."""
        free = 0 if self.filling else len(self.gigs)
        return np.append(prices[:free], np.maximum(prices[free:], 0.0))

    def worth_of(self, week: Week) -> int:
        """What a week is worth by itself, before paying."""
        tables = self.tables
        if self.filling:
            return sum(tables.priority[tables.gig[pair]] for pair in week.pairs)
        minutes = sum(tables.minutes[tables.gig[pair]] for pair in week.pairs)
        return sum(tables.points[pair] for pair in week.pairs) - tables.costs[week.worker][minutes]

    @property
    def widest(self) -> int:
        """The filling of all slots that there is anybody for."""
        return int(self.priority @ self._limits[: len(self.gigs)])

    def after_paying(self, prices: Numbers) -> Numbers:
        """By pair, what is left of its worth."""
        return self.worth - self._of_pairs.paid(prices)

    def bound(self, prices: Numbers) -> float:
        """What no plan exceeds. With slots' prices below nothing, who leaves some open pays the dearest rate for it."""
        nets = self.pricer.look(self.after_paying(prices), hours=not self.filling)
        self._nets = np.array(self.worth_of_others) - self._of_others.paid(prices)
        others = np.where(self._nets > 0, self._nets * self._upper, self._nets * self._lower)
        self._rates = -prices[: len(self.gigs)] / self.priority
        dearest = np.maximum(0.0, self._rates.max(initial=0.0))
        return (nets.sum() + others.sum() + prices @ self._limits + self.missing * dearest).item()

    def slack(self, taken: tuple[Places, Places]) -> Numbers:
        """By row, how much is left of it when everybody takes what `bound` found best: the way in which it rises."""
        pairs = self.pricer.counts(taken)
        others = np.where(self._nets > 0, self._upper, self._lower)
        left: Numbers = self._limits - self._of_pairs.used(pairs) - self._of_others.used(others)
        if self.missing and self._rates.max(initial=0.0) > 0:
            dearest = int(self._rates.argmax())
            left[dearest] -= self.missing / self.priority[dearest]
        return left

    def terms_of_pairs(self) -> list[Terms]:
        """By pair, the rows that it is in, with its factors."""
        return self._of_pairs.by_column()

    def terms_of_others(self) -> list[Terms]:
        """The same by other column."""
        return self._of_others.by_column()


class Factors:
    """The factors of some columns in rows."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[int]) -> None:
        number: Mapping[int, int] = {column: number for number, column in enumerate(columns)}
        self._terms = [
            (index, number[column], factor)
            for index, row in enumerate(rows)
            for column, factor in row.terms
            if column in number
        ]
        table = np.array(self._terms, dtype=np.int64).reshape(-1, 3)
        self._row, self._column, self._factor = table[:, 0], table[:, 1], table[:, 2].astype(float)
        self._rows, self._columns = len(rows), len(columns)

    def paid(self, prices: Numbers) -> Numbers:
        """By column, what one of it pays."""
        return np.bincount(self._column, prices[self._row] * self._factor, self._columns)

    def used(self, columns: Numbers | Places) -> Numbers:
        """By row, what so much of each column uses."""
        return np.bincount(self._row, columns[self._column] * self._factor, self._rows)

    def by_column(self) -> list[Terms]:
        """By column, its rows and factors."""
        found: list[Terms] = [[] for _column in range(self._columns)]
        for row, column, factor in self._terms:
            found[column].append((row, factor))
        return found


def _numbers(numbers: object) -> Numbers:
    return np.array(list(numbers), dtype=float)  # type: ignore[call-overload]
