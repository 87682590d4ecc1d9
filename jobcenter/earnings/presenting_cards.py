"""One limit as a card: its sentence, bars, figures, remarks and sources ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from flask_babel import gettext as _

from jobcenter.benefits import Assessment, BenefitAmounts, Contact, LimitState, NextStep, Row, RowCode, series_of
from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.domain import AMOUNTS_ONLY
from jobcenter.earnings.domain_telling import Telling
from jobcenter.earnings.domain_warnings import ENFORCEMENT, REDUCTIONS
from jobcenter.earnings.messages_rows import LIMIT_LABELS, ROWS, figure, remark
from jobcenter.earnings.messages_sentences import sentence

Lines = tuple[tuple[str, str], ...]
DORMANCY = frozenset({RowCode.DORMANT_SHORTEST, RowCode.DORMANT_LONGEST, RowCode.DORMANT_AGAIN, RowCode.DORMANT_AMOUNT})
CALM = frozenset({LimitState.UNDER, LimitState.NO_REVIEW, LimitState.NOT_APPLICABLE})


@dataclass(frozen=True)
class Bar:
    """A distance: whole per cent of the limit, a colour, and the same in words."""

    percent: int
    kind: str
    label: str


@dataclass(frozen=True)
class LimitCard:
    """One limit of one person. `calm`: nothing has to be done, asked or minded. `loud`: what must not be overlooked."""

    title: str
    period: str
    sentence: str
    state_label: str
    tag_kind: str
    calm: bool
    loud: str
    bars: tuple[Bar, ...]
    step: str
    benefit: Lines
    figures: Lines
    dormant: Lines
    remarks: tuple[str, ...]
    sources: Lines
    call: str


def limit_card(telling: Telling, name: str = "", contact: Contact | None = None) -> LimitCard:
    """One assessment as a card, said to the person, or about the person if a name is given; and whom to call."""
    assessment = telling.assessment
    worst = assessment.state_with_agreed
    calm = is_calm(assessment)
    return LimitCard(
        title=str(messages.RULES[assessment.rule]),
        period=period_text(assessment),
        sentence=sentence(assessment, name),
        state_label=state_label(assessment),
        tag_kind=tag_of(assessment),
        calm=calm,
        loud=str(messages.LIMIT_MISSING) if worst is LimitState.LIMIT_MISSING else "",
        bars=bars_of(assessment),
        step="" if calm else _step(assessment, beside=bool(name)),
        benefit=tuple(benefit_lines(assessment.amounts)),
        figures=tuple(_figures(assessment)),
        dormant=tuple((str(ROWS[row.code]), figure(row)) for row in rows_of_dormancy(assessment) if row.amount),
        remarks=tuple(remark(row) for row in assessment.rows if row.amount is None),
        sources=tuple(_sources(telling)),
        call=call_text(contact),
    )


def _step(assessment: Assessment, *, beside: bool) -> str:
    """What to do next, said to the person or to whoever stands beside them."""
    if assessment.next_step is NextStep.WAIT_FOR_LIMIT:
        family = assessment.rule.partition(".")[0]
        return str(messages.WAIT_ELSEWHERE.get(family, messages.STEPS[NextStep.WAIT_FOR_LIMIT]))
    steps = messages.STEPS | messages.STEPS_BESIDE if beside else messages.STEPS
    return str(steps[assessment.next_step])


def rows_of_dormancy(assessment: Assessment) -> tuple[Row, ...]:
    """What is known about leaving the pension dormant; nothing where it is not near."""
    return tuple(row for row in assessment.rows if row.code in DORMANCY)


def call_text(contact: Contact | None) -> str:
    """Whom to call, the number in one piece; "" where none is known."""
    return "" if contact is None else f"{_(contact.point.about)}: {contact.number.phone.replace(' ', texts.NBSP)}"


def is_calm(assessment: Assessment) -> bool:
    """Whether nothing has to be done, asked or minded."""
    return assessment.state in CALM and assessment.state_with_agreed in CALM


def state_label(assessment: Assessment) -> str:
    """The state in words; where only gigs ahead change it, both."""
    done, ahead = (_in_words(assessment, state) for state in (assessment.state, assessment.state_with_agreed))
    if done == ahead:
        return done
    return _("%(now)s now, %(ahead)s with all gigs", now=done, ahead=_lower(ahead))


def tag_of(assessment: Assessment) -> str:
    """The colour of the state with all gigs."""
    state = assessment.state_with_agreed
    return messages.REDUCED_TAG if _reduced(assessment, state) else messages.TAGS[state]


def _in_words(assessment: Assessment, state: LimitState) -> str:
    if _reduced(assessment, state):
        return reduced_label(assessment.rule)
    if state is LimitState.UNDER and _takes_all(assessment):
        return str(messages.UNCHANGED)
    return str(messages.STATES[state])


def reduced_label(rule: str) -> str:
    """What happens to a benefit that shrinks, or to the pay of whom debts are taken, in two words."""
    return str(messages.SEIZED if rule == ENFORCEMENT else messages.REDUCED)


def _reduced(assessment: Assessment, state: LimitState) -> bool:
    return state is LimitState.OVER and assessment.rule in REDUCTIONS | AMOUNTS_ONLY


def _takes_all(assessment: Assessment) -> bool:
    """Whether earnings count from the first euro, so that there is no limit to be under or over."""
    return assessment.rule in REDUCTIONS | AMOUNTS_ONLY and not assessment.limit


def period_text(assessment: Assessment) -> str:
    """The period as a heading: "November 2026", "2026", "2–29 November 2026", "twelve months to October 2027"."""
    first, last = assessment.period_from, assessment.period_to
    if series_of(assessment) == "rolling":
        return _("Twelve months: %(first)s – %(last)s", first=month_name(first), last=month_name(last))
    if _is_year(first, last):
        return str(first.year)
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and first.month == last.month:
        return month_name(first)
    return f"{texts.day(first)} – {texts.day(last)}"


def _is_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def month_name(day: date) -> str:
    """A month with its year, in words."""
    return format_date(day, "LLLL yyyy", locale=texts.html_language())


def _lower(text: object) -> str:
    return str(text)[:1].lower() + str(text)[1:]


def bars_of(assessment: Assessment, ahead: str = "") -> tuple[Bar, ...]:
    """How far the limit is: what is done, and with all gigs: agreed, offered or not confirmed yet (`ahead`: in words).

    None where there is no limit to come near: it is nothing, a formula only begins to take there, or it is not the
    whole measure, as enforcement takes of income from own business from the first euro.
    """
    no_measure = assessment.rule in AMOUNTS_ONLY or assessment.amounts.seized is not None
    if no_measure or not assessment.limit or assessment.counted is None:
        return ()
    done = _bar(assessment.counted, assessment.limit, messages.TAGS[assessment.state], _("Done so far"))
    if not assessment.agreed:
        return (done,)
    kind = messages.TAGS[assessment.state_with_agreed]
    total = assessment.counted + assessment.agreed
    return (done, _bar(total, assessment.limit, kind, ahead or _("With all gigs")))


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


def benefit_lines(amounts: BenefitAmounts) -> Iterable[tuple[str, str]]:
    """What the benefit becomes, as far as a formula is known."""
    if amounts.benefit_before is not None:
        yield _("The benefit without these earnings"), texts.money(amounts.benefit_before)
    if amounts.benefit_after is not None:
        yield _("The benefit with these earnings"), texts.money(amounts.benefit_after)
    if amounts.reduction is not None:
        shrinks = amounts.reduction >= 0
        yield _("It becomes smaller by") if shrinks else _("It grows by"), texts.money(abs(amounts.reduction))
    if amounts.seized is not None:
        yield _("Enforcement takes"), texts.money(amounts.seized)


def _figures(assessment: Assessment) -> Iterable[tuple[str, str]]:
    for row in sorted(assessment.rows, key=lambda row: row.code is RowCode.REVIEW_FALL):
        if row.amount is not None and row.code not in DORMANCY:
            yield str(_row_label(assessment, row.code)), figure(row)
    if assessment.left is not None and not _takes_all(assessment):
        yield _left(assessment.left, _("Left under the limit"), _("Over the limit by"))
        left, over = (
            _("Left when all gigs are counted"),
            _("Over the limit when all gigs are counted, by"),
        )
        yield _left(assessment.left_with_agreed, left, over)
        yield _("Whole hours left when all gigs are counted"), str(assessment.left_hours_with_agreed)


def _left(amount: Decimal, left: str, over: str) -> tuple[str, str]:
    """What is left, or what is over: nobody has to read a minus."""
    return (left, texts.money(amount)) if amount >= 0 else (over, texts.money(-amount))


def _row_label(assessment: Assessment, code: RowCode) -> object:
    if code is not RowCode.LIMIT:
        return ROWS[code]
    if assessment.rule in messages.SPARED_BY:
        return messages.SPARED_BY[assessment.rule]
    return messages.SPARED if assessment.rule in REDUCTIONS else ROWS[LIMIT_LABELS.get(assessment.rule, code)]


def _sources(telling: Telling) -> Iterable[tuple[str, str]]:
    """The law behind the limit, its source, and how sure the value is, as they were when it was told."""
    assessment = telling.assessment
    row = next((row for row in assessment.rows if row.code is RowCode.LIMIT and row.parameter), None)
    if row is None:
        return
    statute, _what = telling.statutes.get(row.parameter, ("", ""))
    if statute:
        yield _("Law"), statute
    if assessment.source:
        yield _("Source of the amount"), assessment.source
    if assessment.status:
        yield _("How sure the amount is"), str(messages.STATUSES[assessment.status])
    yield _("Rules"), assessment.rules_version
