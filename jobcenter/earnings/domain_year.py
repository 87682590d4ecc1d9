"""A person's calendar year in a picture: earnings a month, limits that step, and where each is drawn. Pure arithmetic.

Lengths are units of the picture, `WIDTH` by `HEIGHT`; the template only puts them down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from jobcenter.benefits import Assessment, Income, IncomeState, LimitState
from jobcenter.benefits.judging import MONTHS_IN_YEAR
from jobcenter.core.money import ZERO
from jobcenter.earnings.domain import Case
from jobcenter.earnings.domain_warnings import ENFORCEMENT

WIDTH, HEIGHT = 324, 210
COLUMN = WIDTH // MONTHS_IN_YEAR
TOP, BASE = 18, 186
BAR_INSET = 4
LABEL_LIFT = 5
MOST_GRID_LINES = 4
STEPS = tuple(Decimal(step) for step in (50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 50000))


@dataclass(frozen=True)
class MonthEarned:
    """What a month's work brings, in euros before tax."""

    done: Decimal
    agreed: Decimal
    offered: Decimal

    @property
    def total(self) -> Decimal:
        return self.done + self.agreed + self.offered


@dataclass(frozen=True)
class YearLimit:
    """A limit through the year: its euros in each month, None where it has none; `missing` where nobody knows it yet.

    `rules`: all that share these very figures.
    """

    rules: tuple[str, ...]
    euros: tuple[Decimal | None, ...]
    missing: tuple[bool, ...]


@dataclass(frozen=True)
class Year:
    """Twelve months of earnings, and the limits that look at months."""

    year: int
    months: tuple[MonthEarned, ...]
    limits: tuple[YearLimit, ...]

    @property
    def empty(self) -> bool:
        return not any(month.total for month in self.months)


def year_of(case: Case, year: int) -> Year:
    """A person's year: earnings by the month of work, limits by month."""
    return Year(year, _months(case, year), _limits(case.months_of(year)))


def _months(case: Case, year: int) -> tuple[MonthEarned, ...]:
    rows: list[list[Income]] = [[] for _ in range(MONTHS_IN_YEAR)]
    for earning in case.earnings:
        if earning.income.worked_on.year == year:
            rows[earning.income.worked_on.month - 1].append(earning.income)
    return tuple(
        MonthEarned(
            done=_sum(row for row in month if row.state.done),
            agreed=_sum(row for row in month if row.state is IncomeState.AGREED),
            offered=_sum(row for row in month if row.state is IncomeState.OFFERED),
        )
        for month in rows
    )


def _sum(rows: Iterable[Income]) -> Decimal:
    return sum((row.gross for row in rows), ZERO)


def _limits(assessments: Iterable[Assessment]) -> tuple[YearLimit, ...]:
    """The limits above nothing, those with the very same figures as one.

    Not of enforcement: it counts other pay too, after tax, so nothing in the picture comes near its limit.
    """
    euros: dict[str, list[Decimal | None]] = {}
    missing: dict[str, list[bool]] = {}
    for found in (a for a in assessments if a.rule != ENFORCEMENT):
        month = found.period_from.month - 1
        euros.setdefault(found.rule, [None] * MONTHS_IN_YEAR)[month] = found.limit
        missing.setdefault(found.rule, [False] * MONTHS_IN_YEAR)[month] = found.state is LimitState.LIMIT_MISSING
    alike: dict[tuple, list[str]] = {}
    for rule, values in euros.items():
        if any(values) or any(missing[rule]):
            alike.setdefault((tuple(values), tuple(missing[rule])), []).append(rule)
    return tuple(YearLimit(tuple(rules), *figures) for figures, rules in alike.items())


# The picture


@dataclass(frozen=True)
class Block:
    """A piece of a bar."""

    kind: str
    x: int
    y: int
    height: int
    width: int = COLUMN - 2 * BAR_INSET


@dataclass(frozen=True)
class Grid:
    """A line across the picture at a round sum of euros."""

    y: int
    euros: Decimal


@dataclass(frozen=True)
class Line:
    """A limit's line: a letter with its place, the path, and where the limit is no longer known."""

    letter: str
    path: str
    at: tuple[int, int] | None
    unknown_at: tuple[int, int] | None


@dataclass(frozen=True)
class Chart:
    """Everything to be drawn. `columns`: the middle of each month."""

    blocks: tuple[Block, ...]
    grid: tuple[Grid, ...]
    lines: tuple[Line, ...]
    columns: tuple[int, ...]


def chart_of(year: Year) -> Chart:
    """Where everything of a year stands."""
    known = [euros for limit in year.limits for euros in limit.euros if euros is not None]
    highest = max([*(month.total for month in year.months), *known], default=ZERO)
    step = _step(highest)
    ceiling = step * (highest // step + 1)
    return Chart(
        blocks=tuple(_blocks(year.months, ceiling)),
        grid=tuple(_grid(step, ceiling)),
        lines=tuple(_line(limit, place, ceiling) for place, limit in enumerate(year.limits)),
        columns=tuple(month * COLUMN + COLUMN // 2 for month in range(MONTHS_IN_YEAR)),
    )


def _step(highest: Decimal) -> Decimal:
    return next((step for step in STEPS if highest < step * MOST_GRID_LINES), STEPS[-1])


def _y(euros: Decimal, ceiling: Decimal) -> int:
    return BASE - int(euros * (BASE - TOP) / ceiling)


def _blocks(months: Sequence[MonthEarned], ceiling: Decimal) -> Iterator[Block]:
    for place, month in enumerate(months):
        stacked = ZERO
        for kind, euros in (("done", month.done), ("agreed", month.agreed), ("offered", month.offered)):
            foot, stacked = _y(stacked, ceiling), stacked + euros
            if euros:
                head = _y(stacked, ceiling)
                yield Block(kind, place * COLUMN + BAR_INSET, head, max(1, foot - head))


def _grid(step: Decimal, ceiling: Decimal) -> Iterator[Grid]:
    return (Grid(_y(step * count, ceiling), step * count) for count in range(1, int(ceiling / step) + 1))


def _line(limit: YearLimit, place: int, ceiling: Decimal) -> Line:
    """A line that steps with the limit and breaks where there is none. Letters stand in different months."""
    heights = [None if euros is None else _y(euros, ceiling) for euros in limit.euros]
    known = [(month, y) for month, y in enumerate(heights) if y is not None]
    labelled = known[-1 - place % len(known)] if known else None
    unknown = limit.missing.index(True) if any(limit.missing) else None
    last = known[-1][1] if known else (TOP + BASE) // 2
    return Line(
        letter=ascii_uppercase[place],
        path=" ".join(_path(heights)),
        at=labelled and (labelled[0] * COLUMN + COLUMN // 2, labelled[1] - LABEL_LIFT),
        unknown_at=None if unknown is None else (unknown * COLUMN + COLUMN // 2, last + LABEL_LIFT),
    )


def _path(heights: Sequence[int | None]) -> Iterator[str]:
    before = None
    for month, y in enumerate(heights):
        if y is not None:
            yield f"M{month * COLUMN} {y}" if before is None else f"V{y}"
            yield f"H{(month + 1) * COLUMN}"
        before = y
