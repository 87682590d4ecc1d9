"""The earnings of a time put together: the sums that rules hold against limits, made once for all that ask for them.

There is one `Earned` of the same earnings (`together`), whoever has them and whichever rule asks, so that what is made
of it can be kept by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from jobcenter.benefits.domain import ContractForm, Income
from jobcenter.core.money import ZERO

# How many of them are kept, so that what is kept does not grow with the people.
KEPT = 65_536


@dataclass(frozen=True, eq=False)
class Earned:
    """Earnings in euros, gross. `first_day`: the earliest day of work, if there is any. `told`: how much was told of.

    `regular`: whether some of the work says what it brings a month; `monthly`: that. `single`: all other earnings;
    `repeating`: those of them from work that repeats.
    """

    rows: tuple[Income, ...]
    first_day: date | None
    gross: Decimal
    told: Decimal
    single: Decimal
    repeating: Decimal
    monthly: Decimal
    regular: bool

    @classmethod
    def of(cls, rows: tuple[Income, ...]) -> Earned:
        """The sums of these earnings."""
        single, regular = rows, any([row.known_by_month for row in rows])
        if regular:
            single = [row for row in rows if not row.known_by_month]
        return cls(
            rows=rows,
            first_day=min([row.worked_on for row in rows], default=None),
            gross=_sum([row.gross for row in rows]),
            told=_sum([row.gross for row in rows if row.told]),
            single=_sum([row.gross for row in single]),
            repeating=_sum([row.gross for row in single if row.recurring]),
            monthly=_sum([row.per_month for row in rows if row.known_by_month]),
            regular=regular,
        )

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def done(self) -> Earned:
        """Those of work done."""
        return self if self._done is None else self._done

    @property
    def assignments(self) -> Earned:
        """Those outside an employment relationship."""
        return self if self._assignments is None else self._assignments

    @property
    def bringing(self) -> Earned:
        """Those that bring something."""
        return self if self._bringing is None else self._bringing

    # Kept once found. None stands for all of them: what holds itself would not go when nobody else holds it.

    @cached_property
    def _done(self) -> Earned | None:
        return self._some(lambda row: row.done)

    @cached_property
    def _assignments(self) -> Earned | None:
        return self._some(lambda row: row.contract is ContractForm.ASSIGNMENT)

    @cached_property
    def _bringing(self) -> Earned | None:
        return self._some(lambda row: bool(row.gross or row.per_month))

    @cached_property
    def first_paid_day(self) -> date | None:
        """The earliest day of work that brings something, if there is any."""
        return min([row.worked_on for row in self.rows if row.gross], default=None)

    @cached_property
    def paid_when_worked(self) -> bool:
        """Whether all of it is paid, for all that is known, in the month of its work."""
        return all([row.month_paid == row.month_worked for row in self.rows])

    @property
    def known(self) -> Decimal:
        """What the work that says what it brings a month comes to, as far as it is known."""
        return self.gross - self.single

    @property
    def in_a_month(self) -> Decimal:
        """What they come to where all are of one month. Work that says what it brings a month counts by that, or by
        what is known of it in this month if that is more.
        """
        return self.single + max(self.known, self.monthly)

    def those(self, wanted: Callable[[Income], bool]) -> Earned:
        """Those that are wanted."""
        some = self._some(wanted)
        return self if some is None else some

    def _some(self, wanted: Callable[[Income], bool]) -> Earned | None:
        """The same; None where all are."""
        rows = tuple([row for row in self.rows if wanted(row)])
        return None if len(rows) == len(self.rows) else together(rows)


@lru_cache(maxsize=KEPT)
def together(rows: tuple[Income, ...]) -> Earned:
    """The one of these earnings."""
    return Earned.of(rows)


def by_month(income: Iterable[Income], month_of: Callable[[Income], date]) -> Mapping[date, Earned]:
    """Earnings by the first day of a month of theirs."""
    months: defaultdict[date, list[Income]] = defaultdict(list)
    for row in income:
        months[month_of(row)].append(row)
    return {month: together(tuple(rows)) for month, rows in months.items()}


def gross_of(months: Iterable[Earned]) -> Decimal:
    """What several come to."""
    return _sum([earned.gross for earned in months])


def told_of(months: Iterable[Earned]) -> Decimal:
    """How much of several was told of."""
    return _sum([earned.told for earned in months])


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


NOTHING = together(())
