"""What the pages on limits show: cards with sentences, bars and figures ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from flask import url_for
from flask_babel import gettext as _

from jobcenter.benefits import Assessment, IncomeState, LimitState, RowCode, law, missing_for, series_of
from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.domain import Case, Change, Effect, holds_on
from jobcenter.earnings.models import LimitWarning
from jobcenter.workers.models import Worker

NEXT_YEAR_KNOWN_BY_MONTH = 11


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


@dataclass(frozen=True)
class Money:
    """A person's earnings of this calendar year, in euros: paid, done and not paid yet, agreed, offered."""

    year: int
    paid: Decimal
    unpaid: Decimal
    agreed: Decimal
    offered: Decimal


@dataclass(frozen=True)
class Standing:
    """Everything about one person's limits on one page."""

    worker_id: int
    name: str
    jobcenter_id: int
    headline: str
    as_of: date
    hourly: Decimal
    rules_version: str
    money: Money
    now: tuple[LimitCard, ...]
    ahead: tuple[LimitCard, ...]
    earlier: tuple[LimitCard, ...]
    missing: str


def standing(worker: Worker, case: Case, *, about: bool) -> Standing:
    """The page on one worker; `about`: said about the person instead of to them."""
    name = worker.given_name if about else ""
    assessments = case.assessments()
    now = in_order(a for a in assessments if holds_on(a, case.as_of))
    cards = {a: limit_card(a, name) for a in assessments}
    return Standing(
        worker_id=worker.id,
        name=worker.name,
        jobcenter_id=worker.jobcenter_id,
        headline=headline(now, name),
        as_of=case.as_of,
        hourly=case.hourly,
        rules_version=law().version,
        money=money_of(case),
        now=tuple(cards[a] for a in now),
        ahead=tuple(cards[a] for a in assessments if a not in now and a.period_from > case.as_of),
        earlier=tuple(cards[a] for a in assessments if a not in now and a.period_to < case.as_of),
        missing=missing_text(case.as_of),
    )


def headline(now: Iterable[Assessment], name: str = "") -> str:
    """The sentence of the most urgent limit that holds now; `now` comes in order."""
    telling = (a for a in now if not a.safe or a.left_hours_with_agreed is not None)
    most_urgent = next(telling, None)
    return messages.sentence(most_urgent, name) if most_urgent else _("No limit concerns these earnings.")


def in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    """What needs something done first, then the fewest hours left."""
    return sorted(assessments, key=_urgency)


def _urgency(assessment: Assessment) -> tuple[bool, bool, int]:
    hours = assessment.left_hours_with_agreed
    return assessment.safe, hours is None, hours or 0


def limit_card(assessment: Assessment, name: str = "") -> LimitCard:
    """One assessment as a card."""
    worst = assessment.state_with_agreed
    return LimitCard(
        title=str(messages.RULES[assessment.rule]),
        period=period_text(assessment),
        sentence=messages.sentence(assessment, name),
        state_label=state_label(assessment),
        tag_kind=messages.TAGS[worst],
        bars=_bars(assessment),
        step=str(messages.STEPS[assessment.next_step]),
        step_needed=worst not in (LimitState.UNDER, LimitState.NO_REVIEW, LimitState.NOT_APPLICABLE),
        figures=tuple(_figures(assessment)),
        remarks=tuple(str(messages.ROWS[row.code]) for row in assessment.rows if row.amount is None),
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
            first=_month(assessment.period_from),
            last=_month(assessment.period_to),
        )
    return _month(assessment.period_from) if len(series) == len("2026-11") else series


def _month(day: date) -> str:
    return format_date(day, "LLLL yyyy", locale=texts.html_language())


def _lower(text: object) -> str:
    return str(text)[:1].lower() + str(text)[1:]


def _bars(assessment: Assessment) -> tuple[Bar, ...]:
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
    return messages.ROWS[RowCode.REVIEW_RISE if rise else code]


def _sources(assessment: Assessment) -> Iterable[tuple[str, str]]:
    """The law behind the limit, its source, and how sure the value is."""
    row = next((row for row in assessment.rows if row.code is RowCode.LIMIT and row.parameter), None)
    if row is None:
        return
    parameter = law().parameter(row.parameter)
    yield _("Law"), parameter.statute
    yield _("Source of the amount"), assessment.source
    yield _("How sure the amount is"), str(messages.STATUSES[assessment.status])


def money_of(case: Case) -> Money:
    """The earnings of the calendar year of the case's day."""
    sums = dict.fromkeys(IncomeState, ZERO)
    for earning in case.earnings:
        if earning.income.worked_on.year == case.as_of.year:
            sums[earning.income.state] += earning.income.gross
    return Money(
        year=case.as_of.year,
        paid=sums[IncomeState.PAID],
        unpaid=sums[IncomeState.CONFIRMED],
        agreed=sums[IncomeState.AGREED],
        offered=sums[IncomeState.OFFERED],
    )


def missing_text(day: date) -> str:
    """From November on, that next year's limits are not all known; else an empty text."""
    year = day.year + 1 if day.month >= NEXT_YEAR_KNOWN_BY_MONTH else day.year
    missing = missing_for(year)
    return _("The limits of the year %(year)s are not known yet.", year=year) if missing else ""


# An offer's effect


@dataclass(frozen=True)
class EffectLine:
    """What an earning does to one limit."""

    title: str
    sentence: str
    before: str
    after: str
    tag_kind: str
    bars: tuple[Bar, ...]
    goes_over: bool


def effect_lines(effect: Effect, name: str = "") -> tuple[EffectLine, ...]:
    """The limits that an earning counts towards, for the page of an offer."""
    return tuple(_effect_line(change, name) for change in effect.touched)


def _effect_line(change: Change, name: str) -> EffectLine:
    after = change.after
    return EffectLine(
        title=str(messages.RULES[after.rule]),
        sentence=messages.sentence(after, name),
        before=_left(change.before),
        after=_left(after),
        tag_kind=messages.TAGS[after.state_with_agreed],
        bars=_bars(after)[-1:],
        goes_over=change.newly_unsafe,
    )


def _left(assessment: Assessment | None) -> str:
    return "" if assessment is None or assessment.left is None else texts.money(assessment.left_with_agreed)


def over_labels(effect: Effect) -> tuple[str, ...]:
    """The names of the limits that an earning takes the person over."""
    return tuple(str(messages.RULES[rule]) for rule in effect.over)


# The coordinator's queue


@dataclass(frozen=True)
class WarningRow:
    """A warning in the queue."""

    id: int
    name: str
    url: str
    title: str
    period: str
    level_label: str
    tag_kind: str
    made_at: datetime
    waits: bool
    noted: str


def warning_row(warning: LimitWarning, worker: Worker) -> WarningRow:
    """One warning as a row."""
    noted = warning.noted_by if warning.noted_at else ""
    return WarningRow(
        id=warning.id,
        name=worker.name,
        url=url_for("earnings.show", worker_id=worker.id),
        title=str(messages.RULES[warning.rule]),
        period=f"{_month(warning.period_from)} – {_month(warning.period_to)}"
        if warning.period_from.month != warning.period_to.month
        else _month(warning.period_from),
        level_label=str(messages.LEVELS[warning.level]),
        tag_kind=messages.LEVEL_TAGS[warning.level],
        made_at=warning.made_at,
        waits=warning.noted_at is None,
        noted=noted,
    )
