"""What the pages of what if show: an answer with its sentence, sums and tables ready; templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.benefits import ContractForm
from jobcenter.benefits.judging import month_of
from jobcenter.core import texts
from jobcenter.core.money import ZERO, round_cents
from jobcenter.earnings.messages import RULES, STATES, STATUSES, TAGS
from jobcenter.earnings.whatif import service
from jobcenter.earnings.whatif.domain import Question, Scenario
from jobcenter.earnings.whatif.domain_changes import BenefitChange, LimitChange
from jobcenter.earnings.whatif.domain_outcome import Outcome, Remark, Verdict
from jobcenter.earnings.whatif.messages import GUARD, QUESTIONS, REMARKS, WEEKDAYS, headline, lasting_fall
from jobcenter.earnings.whatif.models import WhatIf
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.rates.messages import FORMS as CONTRACT_FORMS

KINDS = {Verdict.MORE: "good", Verdict.SAME: "info", Verdict.LESS: "warn", Verdict.NOT_KNOWN: "warn"}

EXPLAINED_BY = {
    Remark.PAY_NOT_KNOWN: (Verdict.NOT_KNOWN,),
    Remark.NO_TAX_CARD: (Verdict.LESS, Verdict.SAME),
    Remark.ASSISTANCE_AMOUNT_NOT_KNOWN: (Verdict.LESS, Verdict.SAME),
    Remark.BEFORE_TAX: (Verdict.LESS,),
    Remark.ALLOWANCE_GOES_ON: (Verdict.MORE, Verdict.LESS, Verdict.SAME),
}


@dataclass(frozen=True)
class MoneyRow:
    """One line of the sum, in euros: a month on average and in all, which is "" of a single month."""

    label: str
    amount: str
    in_all: str
    is_sum: bool = False


@dataclass(frozen=True)
class BenefitRow:
    """A benefit over some time, before and after; `in_words`: both in one text."""

    title: str
    when: str
    before: str
    after: str
    change: str
    in_words: str


@dataclass(frozen=True)
class LimitRow:
    """A limit over some time, before and after."""

    title: str
    when: str
    before: str
    after: str
    tag_kind: str
    over: str


@dataclass(frozen=True)
class SourceRow:
    """A figure of law."""

    what: str
    statute: str
    source: str
    status: str


@dataclass(frozen=True)
class Answer:
    """An answer as it is shown. `risk`: a pension that may stop; `can_be_partner`: that form can be asked.

    `why`: the remarks without which the sentence would frighten or puzzle; the others are in `remarks`.
    """

    question: str
    description: str
    kind: str
    headline: str
    risk: str
    risk_lines: tuple[str, ...]
    guard: str
    can_be_partner: bool
    not_in_sum: str
    why: tuple[str, ...]
    money: tuple[MoneyRow, ...]
    benefits: tuple[BenefitRow, ...]
    limits: tuple[LimitRow, ...]
    remarks: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    as_of: date
    rules_version: str


@dataclass(frozen=True)
class KeptRow:
    """A kept answer in a list."""

    id: int
    title: str
    made_at: datetime
    made_by: str
    answer: Answer


def answer_shown(outcome: Outcome, name: str = "") -> Answer:
    """An answer, said to the person, or about them if a name is given."""
    scenario, why = outcome.scenario, _why(outcome)
    return Answer(
        question=str(QUESTIONS[scenario.question]),
        description=description(scenario, outcome.months),
        kind="warn" if outcome.risks or _lasting_fall(outcome) else KINDS[outcome.verdict],
        headline=headline(outcome, name),
        risk=_risk(outcome),
        risk_lines=tuple(_risk_lines(outcome)),
        guard=str(GUARD[outcome.guard]) if outcome.guard else "",
        can_be_partner=outcome.guard is not None and scenario.question is not Question.OFFER,
        not_in_sum=", ".join(dict.fromkeys(str(RULES[rule]) for rule in outcome.not_in_sum)),
        why=tuple(_remark(outcome, remark) for remark in why),
        money=tuple(_money(outcome)),
        benefits=tuple(_benefits(outcome.benefits)),
        limits=tuple(_limits(outcome.limits)),
        remarks=tuple(_remark(outcome, remark) for remark in outcome.remarks if remark not in why),
        sources=tuple(
            SourceRow(_(row.what), row.statute, row.source, str(STATUSES[row.status]) if row.status else "")
            for row in outcome.sources
        ),
        as_of=outcome.as_of,
        rules_version=outcome.rules_version,
    )


def _why(outcome: Outcome) -> list[Remark]:
    """What belongs beside the sentence: why nothing can be told, or what makes it so little that can be mended."""
    return [remark for remark in outcome.remarks if outcome.verdict in EXPLAINED_BY.get(remark, ())]


def _remark(outcome: Outcome, remark: Remark) -> str:
    """A remark in words; of an allowance that stays smaller after the work, by how much."""
    if remark is Remark.ALLOWANCE_GOES_ON and (fall := _lasting_fall(outcome)):
        return lasting_fall(fall)
    return str(REMARKS[remark])


def _lasting_fall(outcome: Outcome) -> Decimal:
    """By how many euros a month a housing allowance is smaller after the work too; nothing where it grows."""
    return max(ZERO, -sum((benefit.change for benefit in outcome.benefits if benefit.rolling), ZERO))


def kept_row(row: WhatIf, name: str = "") -> KeptRow:
    """A kept answer, exactly as it was computed."""
    answer = answer_shown(service.outcome_kept(row), name)
    return KeptRow(row.id, row.name or answer.question, row.made_at, row.made_by, answer)


def offer_choices(offers: Iterable[Offer]) -> list[tuple[int, str]]:
    """Open offers to choose from."""
    return [
        (offer.id, f"{offer.gig.order.title}, {texts.interval(offer.gig.starts_at, offer.gig.ends_at)}")
        for offer in offers
    ]


def asked_again(scenario: Scenario, months: int) -> dict[str, str]:
    """The address's values by which the same question is asked again, as the person would type them."""
    chosen = scenario.question in (Question.MONTHLY, Question.RAISE)
    values = {
        "offer_id": scenario.offer_id,
        "starts_on": scenario.starts_on.isoformat() if chosen else _typed_day(scenario.starts_on),
        "until": _typed_day(scenario.ends_on),
        "months": months,
        "weekday": scenario.weekday,
        "hours": _typed(round_cents(Decimal(scenario.minutes) / 60)),
        "new_hourly": _typed(scenario.new_hourly or ZERO),
        "contract": scenario.form.value,
    }
    return {name: str(values[name]) for name in ASKED_AGAIN[scenario.question]}


def _typed(number: Decimal) -> str:
    return texts.number(number).replace(texts.NBSP, "")


def _typed_day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


ASKED_AGAIN = {
    Question.OFFER: ("offer_id",),
    Question.GIG: ("starts_on", "hours", "contract"),
    Question.MONTHLY: ("starts_on", "months", "hours", "contract"),
    Question.WEEKLY: ("weekday", "hours", "starts_on", "until", "contract"),
    Question.RAISE: ("starts_on", "months", "hours", "new_hourly", "contract"),
}


def as_partner(typed: Iterable[tuple[str, str]]) -> str:
    """The address's query by which the same is asked of work with the partner."""
    return urlencode({**dict(typed), "contract": ContractForm.PARTNER.value})


# What was asked


def description(scenario: Scenario, months: Sequence[date]) -> str:
    """The work asked about in a line: hours, time, pay and contract form."""
    parts = [_work(scenario), _time(scenario, months), _pay(scenario), str(CONTRACT_FORMS[scenario.form])]
    return ", ".join(parts)


def _work(scenario: Scenario) -> str:
    hours = texts.hours(scenario.minutes)
    if scenario.question is Question.WEEKLY:
        weekday = str(WEEKDAYS[scenario.weekday])
        return _("%(hours)s each time, every week: %(weekday)s", hours=hours, weekday=weekday)
    if scenario.question in (Question.MONTHLY, Question.RAISE):
        return _("%(hours)s a month", hours=hours)
    return hours


def _time(scenario: Scenario, months: Sequence[date]) -> str:
    if scenario.question in (Question.MONTHLY, Question.RAISE):
        return _months(months[0], months[-1])
    if scenario.starts_on == scenario.ends_on:
        return texts.day(scenario.starts_on)
    return f"{texts.day(scenario.starts_on)} – {texts.day(scenario.ends_on)}"


def _pay(scenario: Scenario) -> str:
    hourly = texts.money(scenario.hourly)
    if scenario.new_hourly is None:
        return _("%(hourly)s an hour", hourly=hourly)
    return _("%(old)s an hour now, %(new)s then", old=hourly, new=texts.money(scenario.new_hourly))


def _months(first: date, last: date) -> str:
    return texts.month(first) if first == last else f"{texts.month(first)} – {texts.month(last)}"


# What may stop


def _risk(outcome: Outcome) -> str:
    pensions = dict.fromkeys(str(RULES[risk.rule]) for risk in outcome.risks)
    if not pensions:
        return ""
    return ngettext(
        "This pension may not be paid: %(pensions)s.",
        "These pensions may not be paid: %(pensions)s.",
        len(pensions),
        pensions=", ".join(pensions),
    )


def _risk_lines(outcome: Outcome) -> Iterator[str]:
    for risk in outcome.risks:
        if risk.over_by is not None:
            yield _("%(when)s: %(amount)s over the limit", when=_when(risk), amount=texts.money(risk.over_by))


# The sum


def _money(outcome: Outcome) -> Iterator[MoneyRow]:
    count = len(outcome.months)
    raised = outcome.scenario.question is Question.RAISE
    yield _row(_("More pay before tax") if raised else _("Pay before tax"), outcome.gross, count)
    if pay := outcome.pay:
        yield _row(_("Tax withheld"), -pay.withheld, count)
        if pay.contributions:
            yield _row(_("Contributions taken from a wage"), -pay.contributions, count)
        yield _row(_("Paid to the account"), pay.paid_out, count, is_sum=True)
    summed = outcome.total is not None
    if summed and any(benefit.change for benefit in outcome.benefits):
        yield _row(_("Change of benefits together"), outcome.total + outcome.seized - outcome.pay.paid_out, count)
    if outcome.seized:
        yield _row(_("Taken by enforcement"), -outcome.seized, count)
    if summed:
        yield _row(_("Left of it in the end"), outcome.total, count, is_sum=True)


def _row(label: str, amount: Decimal, months: int, *, is_sum: bool = False) -> MoneyRow:
    if months == 1:
        return MoneyRow(label, texts.money(amount), "", is_sum)
    return MoneyRow(label, texts.money(round_cents(amount / months)), texts.money(amount), is_sum)


# Benefits and limits


def _benefits(changes: Iterable[BenefitChange]) -> Iterator[BenefitRow]:
    """A row per benefit and stretch of time in which its amounts are the same."""
    for _same, group in groupby(changes, key=lambda c: (c.rule, c.rolling, c.before, c.after, c.change)):
        rows = list(group)
        first = rows[0]
        yield BenefitRow(
            title=str(RULES[first.rule]),
            when=_when(first, rows[-1]),
            before=_amount(first.before),
            after=_amount(first.after),
            change=_signed(first.change),
            in_words=_in_words(first),
        )


def _limits(limits: Iterable[LimitChange]) -> Iterator[LimitRow]:
    for _same, group in groupby(limits, key=lambda c: (c.rule, c.rolling, c.before, c.after, c.over_by)):
        rows = list(group)
        first = rows[0]
        yield LimitRow(
            title=str(RULES[first.rule]),
            when=_when(first, rows[-1]),
            before=str(STATES[first.before]) if first.before else _("–"),
            after=str(STATES[first.after]),
            tag_kind=TAGS[first.after],
            over=texts.money(first.over_by) if first.over_by else "",
        )


def _when(first: BenefitChange | LimitChange, last: BenefitChange | LimitChange | None = None) -> str:
    """The time of changes that follow each other: months, days, a year, or a year that moves on with the days."""
    last = last or first
    if first.rolling:
        return _("a month, over a year") if isinstance(first, BenefitChange) else _("twelve months")
    if first.period_to == month_of(first.period_from).last:
        return _months(first.period_from, last.period_from)
    if first.period_to == first.period_from.replace(month=12, day=31) and first.period_from.month == 1:
        return str(first.period_from.year)
    return f"{texts.day(first.period_from)} – {texts.day(last.period_to)}"


def _in_words(change: BenefitChange) -> str:
    signed = _signed(change.change)
    if change.before is None or change.after is None:
        return signed
    return _(
        "%(before)s, then %(after)s (%(change)s)",
        before=texts.money(change.before),
        after=texts.money(change.after),
        change=signed,
    )


def _amount(amount: Decimal | None) -> str:
    return _("not known") if amount is None else texts.money(amount)


def _signed(amount: Decimal) -> str:
    if amount == ZERO:
        return _("no change")
    return f"+{texts.money(amount)}" if amount > 0 else texts.money(amount)
