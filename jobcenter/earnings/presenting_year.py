"""A person's year: the picture with its words, and the table with the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import get_month_names
from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.domain import Case
from jobcenter.earnings.domain_year import Chart, MonthEarned, Year, YearLimit, chart_of, year_of


@dataclass(frozen=True)
class Legend:
    """A limit's letter in the picture, what it is, and its figures through the year."""

    letter: str
    name: str
    figures: str


@dataclass(frozen=True)
class MonthRow:
    """One month in the table: its name and sums in euros, and each limit in words."""

    name: str
    done: Decimal
    agreed: Decimal
    offered: Decimal
    limits: tuple[str, ...]


@dataclass(frozen=True)
class YearView:
    """The page on a year. `summary` says the picture in words; `grid` and `initials` label its lines and columns."""

    year: int
    chart: Chart
    grid: tuple[str, ...]
    title: str
    summary: str
    initials: tuple[str, ...]
    legend: tuple[Legend, ...]
    rows: tuple[MonthRow, ...]
    total: MonthEarned


def year_view(case: Case, year: int) -> YearView:
    """A person's year, ready to be shown."""
    found = year_of(case, year)
    legend = tuple(_legend(limit, place) for place, limit in enumerate(found.limits))
    chart = chart_of(found)
    return YearView(
        year=year,
        chart=chart,
        grid=tuple(texts.whole_money(line.euros) for line in chart.grid),
        title=_("Earnings and limits in the year %(year)s", year=year),
        summary=_summary(found, legend),
        initials=tuple(_month(month, "narrow") for month in range(1, 13)),
        legend=legend,
        rows=tuple(_row(found, month) for month in range(1, 13)),
        total=MonthEarned(*(sum((part(m) for m in found.months), ZERO) for part in _PARTS)),
    )


_PARTS = (lambda month: month.done, lambda month: month.agreed, lambda month: month.offered)


def _legend(limit: YearLimit, place: int) -> Legend:
    names = " / ".join(str(messages.RULES[rule]) for rule in limit.rules)
    return Legend("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place], names, ", ".join(_steps(limit)))


def _steps(limit: YearLimit) -> Iterator[str]:
    """Each figure with the month from which it holds: "€855.48 from January, €885.63 from August"."""
    before: object = None
    for month, (euros, missing) in enumerate(zip(limit.euros, limit.missing, strict=True), start=1):
        now = "missing" if missing else euros
        if now != before and now is not None:
            amount = _("not known yet") if missing else texts.money(euros)
            yield _("%(month)s onwards: %(amount)s", month=_month(month, "wide"), amount=amount)
        before = now


def _summary(year: Year, legend: tuple[Legend, ...]) -> str:
    """What the picture shows, for those who do not see it."""
    if year.empty:
        earned = _("No earnings in the year %(year)s.", year=year.year)
    else:
        best = max(range(len(year.months)), key=lambda place: year.months[place].total)
        earned = _(
            "The highest month is %(month)s, with %(amount)s done, agreed and offered.",
            month=_month(best + 1, "wide"),
            amount=texts.money(year.months[best].total),
        )
    return " ".join([earned, *(f"{line.letter}: {line.name}. {line.figures}." for line in legend)])


def _row(year: Year, month: int) -> MonthRow:
    earned = year.months[month - 1]
    limits = tuple(_limit(limit, month - 1) for limit in year.limits)
    return MonthRow(_month(month, "wide"), earned.done, earned.agreed, earned.offered, limits)


def _limit(limit: YearLimit, place: int) -> str:
    if limit.missing[place]:
        return _("not known yet")
    euros = limit.euros[place]
    return texts.money(euros) if euros is not None else _("–")


def _month(number: int, width: str) -> str:
    return get_month_names(width, context="stand-alone", locale=texts.html_language())[number]


def years_around(as_of: date) -> tuple[int, ...]:
    """The years that can be looked at: those that the ledger holds, and the next one."""
    return (as_of.year - 1, as_of.year, as_of.year + 1)
