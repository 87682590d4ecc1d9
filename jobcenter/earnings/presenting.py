"""What the page on one person's limits shows; cards, effects and warnings have files of their own beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.benefits import Assessment, IncomeState, law, missing_for
from jobcenter.core.money import ZERO
from jobcenter.earnings.domain import Case, holds_on
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting_cards import LimitCard, limit_card
from jobcenter.workers.models import Worker

NEXT_YEAR_KNOWN_BY_MONTH = 11


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
    return sentence(most_urgent, name) if most_urgent else _("No limit concerns these earnings.")


def in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    """What needs something done first, then the fewest hours left."""
    return sorted(assessments, key=_urgency)


def _urgency(assessment: Assessment) -> tuple[bool, bool, int]:
    hours = assessment.left_hours_with_agreed
    return assessment.safe, hours is None, hours or 0


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
