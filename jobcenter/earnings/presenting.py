"""What the page on one person's limits shows; cards, effects and warnings have files of their own beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits import Assessment, Contact, IncomeState, LimitState
from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.domain import AMOUNTS_ONLY, UNKNOWN, Case, holds_on
from jobcenter.earnings.domain_telling import Telling
from jobcenter.earnings.domain_warnings import breaks, urgency_of
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting_cards import LimitCard, call_text, is_calm, limit_card, period_text
from jobcenter.earnings.rulebook.domain import looked_at
from jobcenter.earnings.rulebook.queries import current_law
from jobcenter.earnings.rulebook.queries_contacts import contact_for
from jobcenter.workers.models import Worker

LONGEST_MONTH = 31
# More calm limits than this in a group are opened on demand.
MOST_IN_VIEW = 2


@dataclass(frozen=True)
class Money:
    """A person's earnings of a calendar year, in euros: paid, done and not paid yet, agreed, offered.

    `told`: of other work, done and ahead; when that is paid, nobody tells.
    """

    year: int
    paid: Decimal
    unpaid: Decimal
    agreed: Decimal
    offered: Decimal
    told: Decimal

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """Each sum with what it is; other work only where there is any."""
        yield _("Paid out"), texts.money(self.paid)
        yield _("Done, not paid yet"), texts.money(self.unpaid)
        yield _("Agreed, or done and not confirmed yet"), texts.money(self.agreed)
        yield _("Offered gigs"), texts.money(self.offered)
        if self.told:
            yield _("Other work, as it was told"), texts.money(self.told)


@dataclass(frozen=True)
class Standing:
    """Everything about one person's limits on one page: what is most urgent first, then by the time looked at."""

    worker_id: int
    name: str
    headline: str
    as_of: date
    hourly: Decimal
    rules_version: str
    first: LimitCard | None
    groups: tuple[Group, ...]
    missing: str
    call: str


@dataclass(frozen=True)
class Group:
    """Limits under one heading: `cards` in full, the calm ones in `brief`, and in `loud` what is not known of any.

    `calm`: how many are calm, where they are so many that they are opened on demand; else "". `folded`: of less weight,
    opened on demand as a whole.
    """

    title: str
    cards: tuple[LimitCard, ...]
    brief: tuple[LimitCard, ...]
    calm: str
    loud: str
    folded: bool


def standing(worker: Worker, case: Case, *, about: bool) -> Standing:
    """The page on one worker; `about`: said about the person instead of to them."""
    name = worker.given_name if about else ""
    tellings = in_order(case.tellings())
    first = _first(tellings, case.as_of)
    return Standing(
        worker_id=worker.id,
        name=worker.name,
        headline=headline((t.assessment for t in tellings if holds_on(t.assessment, case.as_of)), name),
        as_of=case.as_of,
        hourly=case.hourly,
        rules_version=case.law.version,
        first=limit_card(first, name, contact_for(first.assessment.rule, case.as_of)) if first else None,
        groups=tuple(_groups(tellings, first, case.as_of, name)),
        missing=missing_text(case.as_of),
        call=call_text(_whom_to_call(tellings, case.as_of)),
    )


def _whom_to_call(tellings: Iterable[Telling], as_of: date) -> Contact | None:
    """Who answers about the most urgent limit of which anybody is known; `tellings` come in order."""
    known = (contact_for(telling.assessment.rule, as_of) for telling in tellings)
    return next(filter(None, known), None)


def headline(now: Iterable[Assessment], name: str = "") -> str:
    """The sentence of the most urgent limit that holds now; `now` comes in order."""
    telling = (a for a in now if not a.safe or a.left_hours_with_agreed is not None)
    most_urgent = next(telling, None)
    if most_urgent is None:
        return _("No limit concerns these earnings.")
    said = sentence(most_urgent, name)
    return said if most_urgent.safe else f"{messages.RULES[most_urgent.rule]}: {said}"


def in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """What needs something done first, then the fewest hours left; of the same weight, the earlier."""
    return sorted(tellings, key=lambda telling: (place_of(telling.assessment), telling.assessment.period_from))


def place_of(assessment: Assessment) -> tuple[bool, tuple[int, bool, int]]:
    """A place in a list of limits: by urgency, but an amount that cannot be computed hides no limit that is known."""
    only_an_amount = assessment.rule in AMOUNTS_ONLY and assessment.state_with_agreed in UNKNOWN
    return only_an_amount, urgency_of(assessment)


def _first(tellings: Iterable[Telling], as_of: date) -> Telling | None:
    """The one that matters most of those that hold now; `tellings` come in order."""
    telling = (t for t in tellings if holds_on(t.assessment, as_of) and _part_of(t.assessment, as_of) in _NOW)
    return next(telling, None)


def _groups(tellings: Sequence[Telling], first: Telling | None, as_of: date, name: str) -> Iterator[Group]:
    """The groups that have something in them; `first` stands above them."""
    found: dict[_Part, list[Telling]] = {part: [] for part in _Part}
    for telling in (t for t in tellings if t is not first):
        found[_part_of(telling.assessment, as_of)].append(telling)
    asked_now = {t.assessment.rule for t in tellings if _is_asked(t) and holds_on(t.assessment, as_of)}
    found[_Part.AHEAD] = [t for t in found[_Part.AHEAD] if not (_is_asked(t) and t.assessment.rule in asked_now)]
    for part, members in found.items():
        if members:
            yield _group(part, members, as_of, name)


def _group(part: _Part, tellings: Sequence[Telling], as_of: date, name: str) -> Group:
    """In the coming months only what the agreed gigs break is shown in full; now, all that is not calm."""
    ahead = part is _Part.AHEAD
    full = [t for t in tellings if (breaks(t.assessment) if ahead else not is_calm(t.assessment))]
    brief, folded = [t for t in tellings if t not in full], part in _FOLDED
    return Group(
        title=str(_PARTS[part]),
        cards=tuple(limit_card(telling, name, contact_for(telling.assessment.rule, as_of)) for telling in full),
        brief=tuple(limit_card(telling, name) for telling in brief),
        calm=calm_text(brief) if len(brief) > MOST_IN_VIEW and not folded else "",
        loud=_not_known(tellings) if ahead else "",
        folded=folded,
    )


def calm_text(tellings: Sequence[Telling]) -> str:
    """How many more there are, and whether they ask for nothing."""
    number = len(tellings)
    if not all(is_calm(telling.assessment) for telling in tellings):
        return ngettext("%(num)s more limit", "%(num)s more limits", number)
    return ngettext(
        "%(num)s more limit, which asks for nothing now",
        "%(num)s more limits, which ask for nothing now",
        number,
    )


def _is_asked(telling: Telling) -> bool:
    return telling.assessment.state is LimitState.ASK


def _not_known(tellings: Iterable[Telling]) -> str:
    """Which limits nobody knows yet, in one sentence; "" if all are known."""
    missing = [t.assessment for t in tellings if t.assessment.state is LimitState.LIMIT_MISSING]
    named = ", ".join(f"{messages.RULES[a.rule]} ({period_text(a)})" for a in missing)
    return _("Not known yet, so no gig is known to be safe: %(limits)s.", limits=named) if named else ""


class _Part(Enum):
    NOW = auto()
    YEAR = auto()
    AHEAD = auto()
    EARLIER = auto()
    NOT_CONCERNED = auto()


_PARTS = {
    _Part.NOW: _l("Now"),
    _Part.YEAR: _l("The whole year"),
    _Part.AHEAD: _l("Coming months"),
    _Part.EARLIER: _l("Last month and last year"),
    _Part.NOT_CONCERNED: _l("Does not concern"),
}
_NOW = frozenset({_Part.NOW, _Part.YEAR})
_FOLDED = frozenset({_Part.EARLIER, _Part.NOT_CONCERNED})


def _part_of(assessment: Assessment, as_of: date) -> _Part:
    if assessment.state is LimitState.NOT_APPLICABLE:
        return _Part.NOT_CONCERNED
    if not holds_on(assessment, as_of):
        return _Part.AHEAD if assessment.period_from > as_of else _Part.EARLIER
    longer = (assessment.period_to - assessment.period_from).days > LONGEST_MONTH
    return _Part.YEAR if longer else _Part.NOW


def money_of(case: Case, year: int) -> Money:
    """The earnings of a calendar year."""
    sums, told = dict.fromkeys(IncomeState, ZERO), ZERO
    for income in (earning.income for earning in case.earnings if earning.income.worked_on.year == year):
        if income.told:
            told += income.gross
        else:
            sums[income.state] += income.gross
    return Money(
        year=year,
        paid=sums[IncomeState.PAID],
        unpaid=sums[IncomeState.CONFIRMED],
        agreed=sums[IncomeState.AGREED],
        offered=sums[IncomeState.OFFERED],
        told=told,
    )


def missing_text(day: date) -> str:
    """From November on, that next year's limits are not all known; else an empty text."""
    year = looked_at(day)
    missing = current_law().missing_for(year)
    return _("Not all limits of the year %(year)s are known yet.", year=year) if missing else ""
