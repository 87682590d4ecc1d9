"""CV lines and figures as pages and CSV show them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.core.money import hours_of
from jobcenter.matching.caseload.messages import KINDS
from jobcenter.reports.domain import (
    CvItem,
    FeedbackSaid,
    Figures,
    GigSum,
    Statistics,
    SupportFigures,
    SupportStatistics,
)
from jobcenter.reports.messages import COLUMNS, SUPPORT_COLUMNS
from jobcenter.reports.papers import feedback_entry, gigs_entry, skill_word
from jobcenter.workers.domain import CvLineKind
from jobcenter.workers.messages import TASKS


@dataclass(frozen=True)
class CvRow:
    """One line of a CV on its page."""

    kind: str
    key: str
    heading: str
    text: str
    shown: bool
    is_own: bool


def cv_rows(items: Iterable[CvItem]) -> list[CvRow]:
    """The lines in words."""
    return [_row(item) for item in items]


def _row(item: CvItem) -> CvRow:
    heading, text = _words(item)
    return CvRow(item.kind.value, item.key, heading, text, item.shown, item.kind is CvLineKind.OWN)


def _words(item: CvItem) -> tuple[str, str]:
    if isinstance(item.of, GigSum):
        entry = gigs_entry(item.of)
        return entry.heading, f"{entry.text}, {entry.period}"
    if isinstance(item.of, FeedbackSaid):
        entry = feedback_entry(item.of)
        return entry.heading, entry.text
    return (item.text if item.of is None else skill_word(item.of)), ""


# Figures


@dataclass(frozen=True)
class FigureRow:
    """One row of a table of figures, each cell as text."""

    label: str
    cells: tuple[str, ...]


def figure_row(label: str, figures: Figures) -> FigureRow:
    """People, hours, gigs, orders, orderers, as they are read."""
    counts = (figures.people, hours_of(figures.minutes), figures.gigs, figures.orders, figures.orderers)
    return FigureRow(label, tuple(map(texts.number, counts)))


def field_rows(statistics: Statistics) -> list[FigureRow]:
    """By field of work, the most hours first."""
    labels = {category.value: str(label) for category, label in TASKS.items()}
    rows = sorted(statistics.by_field.items(), key=lambda row: -row[1].minutes)
    return [figure_row(labels[name], figures) for name, figures in rows]


def jobcenter_rows(statistics: Statistics, names: Mapping[str, str]) -> list[FigureRow]:
    """By Jobcenter, under its own name."""
    return [figure_row(names.get(slug, slug), figures) for slug, figures in statistics.by_jobcenter.items()]


def column_names() -> list[str]:
    """The headings of the figures, in order."""
    return [str(label) for label in COLUMNS.values()]


def support_column_names() -> list[str]:
    """The headings of support time, in order."""
    return [str(label) for label in SUPPORT_COLUMNS.values()]


@dataclass(frozen=True)
class SupportTables:
    """Support time as tables: altogether, by what it was for (the most hours first), by Jobcenter."""

    total: FigureRow
    kinds: tuple[FigureRow, ...]
    jobcenters: tuple[FigureRow, ...]


def support_tables(statistics: SupportStatistics, names: Mapping[str, str]) -> SupportTables:
    """Support time in words; `names` of Jobcenters by short name."""
    kinds = sorted(statistics.by_kind.items(), key=lambda row: -row[1].minutes)
    return SupportTables(
        total=_support_row(_("All"), statistics.total),
        kinds=tuple(_support_row(str(KINDS[kind]), figures) for kind, figures in kinds),
        jobcenters=tuple(_support_row(names.get(slug, slug), row) for slug, row in statistics.by_jobcenter.items()),
    )


def _support_row(label: str, figures: SupportFigures) -> FigureRow:
    counts = (figures.persons, figures.people, hours_of(figures.minutes))
    return FigureRow(label, tuple(map(texts.number, counts)))


def statistics_csv(statistics: Statistics, support: SupportTables, names: Mapping[str, str]) -> str:
    """All tables in one file, `;` between cells, as Finnish spreadsheets read it; support time below the rest."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    total = figure_row(_("All"), statistics.total)
    writer.writerow(["", *column_names()])
    writer.writerows(map(_cells, (total, *field_rows(statistics), *jobcenter_rows(statistics, names))))
    writer.writerow([])
    writer.writerow([_("Support time"), *support_column_names()])
    writer.writerows(map(_cells, (support.total, *support.kinds, *support.jobcenters)))
    return out.getvalue()


def _cells(row: FigureRow) -> list[str]:
    return [_cell(row.label), *(cell.replace("\N{NO-BREAK SPACE}", "") for cell in row.cells)]


def _cell(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
