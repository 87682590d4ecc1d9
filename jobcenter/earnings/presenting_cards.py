"""One limit as a card: its sentence, bars, figures, remarks and sources ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from flask_babel import gettext as _

from jobcenter.benefits import Assessment, LimitState, RowCode, law, series_of
from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.messages_rows import ROWS, remark
from jobcenter.earnings.messages_sentences import sentence


@dataclass(frozen=True)
class Bar:
    """A distance: whole per cent of the limit, a colour, and the same in words."""

    percent: int
    kind: str
    label: str


@dataclass(frozen=True)
class LimitCard:
    """One limit of one person."""

    title: str
    period: str
    sentence: str
    state_label: str
    tag_kind: str
    bars: tuple[Bar, ...]
    step: str
    step_needed: bool
    figures: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


def limit_card(assessment: Assessment, name: str = "") -> LimitCard:
    """One assessment as a card."""
    worst = assessment.state_with_agreed
    return LimitCard(
        title=str(messages.RULES[assessment.rule]),
        period=period_text(assessment),
        sentence=sentence(assessment, name),
        state_label=state_label(assessment),
        tag_kind=messages.TAGS[worst],
        bars=bars_of(assessment),
        step=str(messages.STEPS[assessment.next_step]),
        step_needed=worst not in (LimitState.UNDER, LimitState.NO_REVIEW, LimitState.NOT_APPLICABLE),
        figures=tuple(_figures(assessment)),
        remarks=tuple(remark(row) for row in assessment.rows if row.amount is None),
        sources=tuple(_sources(assessment)),
    )


def state_label(assessment: Assessment) -> str:
    """The state in words; where only agreed gigs change it, both."""
    done, ahead = assessment.state, assessment.state_with_agreed
    if done is ahead:
        return str(messages.STATES[done])
    return _("%(now)s now, %(ahead)s with agreed gigs", now=messages.STATES[done], ahead=_lower(messages.STATES[ahead]))


def period_text(assessment: Assessment) -> str:
    """The period as a heading: "November 2026", "2026", "twelve months to October 2027"."""
    series = series_of(assessment)
    if series == "rolling":
        return _(
            "Twelve months: %(first)s – %(last)s",
            first=month_name(assessment.period_from),
            last=month_name(assessment.period_to),
        )
    return month_name(assessment.period_from) if len(series) == len("2026-11") else series


def month_name(day: date) -> str:
    return format_date(day, "LLLL yyyy", locale=texts.html_language())


def _lower(text: object) -> str:
    return str(text)[:1].lower() + str(text)[1:]


def bars_of(assessment: Assessment) -> tuple[Bar, ...]:
    if assessment.limit is None or assessment.counted is None:
        return ()
    done = _bar(assessment.counted, assessment.limit, messages.TAGS[assessment.state], _("Done so far"))
    if not assessment.agreed:
        return (done,)
    ahead_kind = messages.TAGS[assessment.state_with_agreed]
    return (done, _bar(assessment.counted + assessment.agreed, assessment.limit, ahead_kind, _("With agreed gigs")))


def _bar(amount: Decimal, limit: Decimal, kind: str, what: str) -> Bar:
    amount = max(amount, ZERO)
    percent = int(amount * 100 / limit)
    label = _(
        "%(what)s: %(amount)s of %(limit)s (%(percent)s)",
        what=what,
        amount=texts.money(amount),
        limit=texts.money(limit),
        percent=texts.percent(percent),
    )
    return Bar(percent, kind, label)


def _figures(assessment: Assessment) -> Iterable[tuple[str, str]]:
    for row in sorted(assessment.rows, key=lambda row: row.code is RowCode.REVIEW_FALL):
        if row.amount is not None:
            yield str(_row_label(assessment, row.code)), texts.money(row.amount)
    if assessment.left is not None:
        yield _("Left under the limit"), texts.money(assessment.left)
        yield _("Left when agreed gigs are done"), texts.money(assessment.left_with_agreed)
        yield _("Whole hours left when agreed gigs are done"), str(assessment.left_hours_with_agreed)


def _row_label(assessment: Assessment, code: RowCode) -> object:
    rise = code is RowCode.LIMIT and series_of(assessment) == "rolling"
    return ROWS[RowCode.REVIEW_RISE if rise else code]


def _sources(assessment: Assessment) -> Iterable[tuple[str, str]]:
    """The law behind the limit, its source, and how sure the value is."""
    row = next((row for row in assessment.rows if row.code is RowCode.LIMIT and row.parameter), None)
    if row is None:
        return
    parameter = law().parameter(row.parameter)
    yield _("Law"), parameter.statute
    yield _("Source of the amount"), assessment.source
    yield _("How sure the amount is"), str(messages.STATUSES[assessment.status])
