"""What the pages on the law show: every figure with its trail, what is missing, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _

from jobcenter.admin.messages import VALUE_STATUSES, VALUE_TAGS
from jobcenter.admin.messages_rules import APPLIES, BASES, COMPARISONS, GROUPS, PERIODS, RENEWALS
from jobcenter.auth.domain import Actor
from jobcenter.benefits import Contact, ContactPoint, DatedValue, Law, Parameter, PhoneNumber, UnverifiedFact
from jobcenter.benefits.law import KeyedBy, Period, Renewal, last_day_of_renewal
from jobcenter.core import texts
from jobcenter.earnings.messages_rows import doubt_text
from jobcenter.earnings.rulebook import domain, policy
from jobcenter.earnings.rulebook.domain import AdditionState, plain, step_from_before
from jobcenter.earnings.rulebook.messages import HUNDRED, STATE_TAGS, STATES, value_text
from jobcenter.earnings.rulebook.models import LawAddition

TENTH = Decimal(1).scaleb(-1)


@dataclass(frozen=True)
class RuleRow:
    """A figure of the law as it stands on a day; `value` is empty where it has none."""

    url: str
    description: str
    value: str
    statute: str
    status: str
    tag_kind: str
    source: str
    missing: bool


@dataclass(frozen=True)
class Doubt:
    """What is not verified, as a question, and where the doubt comes from."""

    question: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class RuleGroup:
    """The figures of one benefit, what is not verified about it, and how many figures a year lacks."""

    name: str
    rows: tuple[RuleRow, ...]
    doubts: tuple[Doubt, ...]
    missing: int


@dataclass(frozen=True)
class ValueRow:
    """One value of a figure in its history."""

    first_day: date | None
    last_day: date | None
    value: str
    step: str
    status: str
    tag_kind: str
    source: str
    checked_on: date
    holds: bool


@dataclass(frozen=True)
class AdditionRow:
    """A value that administrators have entered, and what the reader may do to it."""

    id: int
    url: str
    description: str
    value: str
    step: str
    first_day: date
    last_day: date | None
    applies: str
    status: str
    source: str
    note: str
    state: str
    tag_kind: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str
    overruled: bool
    can_confirm: bool
    can_withdraw: bool
    can_revoke: bool


# All rules


def rule_groups(law: Law, day: date, year: int) -> list[RuleGroup]:
    """Every figure with its value on a day, by benefit in the order of the page; `year` is the one looked at."""
    missing = {parameter.id for parameter in law.missing_for(year)}
    figures: dict[str, list[RuleRow]] = {name: [] for name in GROUPS}
    for parameter in sorted(law.parameters.values(), key=lambda parameter: parameter.id):
        figures[_group(parameter.id)].append(_rule_row(parameter, day, parameter.id in missing))
    doubts: dict[str, list[Doubt]] = {name: [] for name in GROUPS}
    for fact in law.unverified:
        doubts[_group(fact.id)].append(doubt(fact))
    return [_rule_group(name, figures[name], doubts[name]) for name in GROUPS if figures[name] or doubts[name]]


def _rule_group(name: str, rows: Sequence[RuleRow], doubts: Sequence[Doubt]) -> RuleGroup:
    return RuleGroup(str(GROUPS[name]), tuple(rows), tuple(doubts), sum(row.missing for row in rows))


def _group(id: str) -> str:
    return id.partition(".")[0]


def _rule_row(parameter: Parameter, day: date, missing: bool) -> RuleRow:
    held = _value_on(parameter, day)
    return RuleRow(
        url=url_for("admin.rule", parameter_id=parameter.id),
        description=_(parameter.description),
        value=value_text(held.value, parameter.unit) if held else "",
        statute=parameter.statute,
        status=str(VALUE_STATUSES[held.status]) if held else _no_value(parameter, day),
        tag_kind=VALUE_TAGS[held.status] if held else "neutral" if _ended(parameter, day) else "bad",
        source=held.source if held else "",
        missing=missing,
    )


def _value_on(parameter: Parameter, day: date) -> DatedValue | None:
    """The value on a day; of a figure that goes by the day of birth the last one."""
    if parameter.keyed_by is KeyedBy.BIRTH_DAY:
        return parameter.values[-1]
    return next((value for value in parameter.values if value.holds_on(day)), None)


def _ended(parameter: Parameter, day: date) -> bool:
    return parameter.ends is not None and parameter.ends < day


def _no_value(parameter: Parameter, day: date) -> str:
    return _("No longer in the law") if _ended(parameter, day) else _("Missing")


def doubts_about(law: Law, parameter: Parameter) -> list[UnverifiedFact]:
    """What is not verified about the benefit that a figure belongs to."""
    return [fact for fact in law.unverified if _group(fact.id) == _group(parameter.id)]


def missing_links(law: Law, year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures that a year lacks as (address, description), by benefit in the order of the page."""
    links: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for one in law.missing_for(year):
        links[_group(one.id)].append((url_for("admin.rule", parameter_id=one.id), _(one.description)))
    return [(str(GROUPS[name]), found) for name, found in links.items() if found]


def missing_half_years(law: Law, today: date) -> list[tuple[str, str, str]]:
    """The half-years without a value as (address, description, days)."""
    return [
        (url_for("admin.rule", parameter_id=one.id), _(one.description), f"{texts.day(first)} – {texts.day(last)}")
        for one, first, last in domain.missing_half_years(law, today)
    ]


def half_year_missing(parameter: Parameter, today: date) -> str:
    """The days of the half-year for which a half-yearly figure lacks a value; else an empty text."""
    first = domain.first_missing_day(parameter, today)
    if parameter.renewed is not Renewal.HALF_YEARLY or first is None:
        return ""
    return f"{texts.day(first)} – {texts.day(last_day_of_renewal(first, parameter.renewed))}"


def planned_lines(law: Law) -> list[tuple[str, date | None, str]]:
    """Proposed changes of law as (what, from when, source)."""
    return [(_(change.description), change.intended_from, change.source) for change in law.planned]


def doubt(fact: UnverifiedFact) -> Doubt:
    """An unverified fact in words."""
    return Doubt(doubt_text(fact), fact.source, fact.checked_on)


@dataclass(frozen=True)
class ContactRow:
    """A service, and the number to call if one is known."""

    about: str
    phone: str
    since: date | None
    source: str
    checked_on: date | None


def contact_rows(points: Iterable[ContactPoint], known: Iterable[Contact]) -> list[ContactRow]:
    """Every contact point, with its number where there is one."""
    numbers = {contact.point.id: contact.number for contact in known}
    return [_contact_row(point, numbers.get(point.id)) for point in points]


def _contact_row(point: ContactPoint, number: PhoneNumber | None) -> ContactRow:
    if number is None:
        return ContactRow(_(point.about), "", None, "", None)
    phone = number.phone.replace(" ", texts.NBSP)
    return ContactRow(_(point.about), phone, number.from_, number.source, number.checked_on)


# One rule


def title_and_lead(parameter: Parameter) -> tuple[str, str]:
    """A figure's description in two: the heading, and what comes after the semicolon as a sentence."""
    title, _semicolon, rest = _(parameter.description).partition("; ")
    return title, f"{rest[:1].upper()}{rest[1:]}." if rest else ""


def rule_facts(parameter: Parameter) -> list[tuple[str, str]]:
    """What a figure is, in words."""
    facts = [
        (_("Law"), parameter.statute),
        (_("Compared with"), str(BASES[parameter.basis])),
        (_("Over what time"), str(PERIODS[parameter.period])),
        (_("How it is compared"), str(COMPARISONS[parameter.comparison])),
        (_("How it is renewed"), str(RENEWALS[parameter.renewed])),
    ]
    if parameter.keyed_by is KeyedBy.BIRTH_DAY:
        facts.append((_("Which value holds"), _("By the person's day of birth")))
    if parameter.ends is not None:
        facts.append((_("Last day in the law"), texts.day(parameter.ends)))
    return facts if parameter.period is not Period.STANDING else [fact for fact in facts if fact != facts[2]]


def value_rows(parameter: Parameter, day: date) -> list[ValueRow]:
    """All known values, the newest first, each with its step from the one before."""
    held = _value_on(parameter, day)
    return [
        ValueRow(
            first_day=value.from_ if value.from_ > date.min else None,
            last_day=value.to,
            value=value_text(value.value, parameter.unit),
            step=step_text(step_from_before(parameter, value.from_, value.value)),
            status=str(VALUE_STATUSES[value.status]),
            tag_kind=VALUE_TAGS[value.status],
            source=value.source,
            checked_on=value.checked_on,
            holds=value is held and parameter.keyed_by is KeyedBy.DAY,
        )
        for value in reversed(parameter.values)
    ]


def step_text(step: Decimal | None) -> str:
    """By how much a value differs from the one before: "+2,2 %"."""
    if step is None:
        return ""
    percent = (step * HUNDRED).quantize(TENTH)
    return f"{'+' if percent > 0 else ''}{texts.percent(percent)}"


def addition_rows(actor: Actor, rows: Iterable[LawAddition], law: Law, names: Mapping[int, str]) -> list[AdditionRow]:
    """Entered values as the actor sees them; those of figures that the program knows no more are left out."""
    return [_addition_row(actor, row, law, names) for row in rows if row.parameter in law.parameters]


def _addition_row(actor: Actor, row: LawAddition, law: Law, names: Mapping[int, str]) -> AdditionRow:
    parameter = law.parameter(row.parameter)
    value = plain(row.value, parameter.unit)
    decided_by = row.revoked_by_id or row.decided_by_id
    return AdditionRow(
        id=row.id,
        url=url_for("admin.rule", parameter_id=row.parameter),
        description=_(parameter.description),
        value=value_text(value, parameter.unit),
        step=step_text(step_from_before(parameter, row.first_day, value)),
        first_day=row.first_day,
        last_day=row.last_day,
        applies=str(APPLIES[row.applies]),
        status=str(VALUE_STATUSES[row.status]),
        source=row.source,
        note=row.note,
        state=str(STATES[row.state]),
        tag_kind=STATE_TAGS[row.state],
        proposed_by=names.get(row.proposed_by_id, ""),
        proposed_at=row.proposed_at,
        decided_by=names.get(decided_by, "") if decided_by else "",
        decided_at=row.revoked_at or row.decided_at,
        reason=row.revoked_reason or row.reason,
        overruled=_is_overruled(row, parameter, value),
        can_confirm=policy.can_confirm(actor, row),
        can_withdraw=policy.can_withdraw(actor, row),
        can_revoke=policy.can_revoke(actor, row),
    )


def _is_overruled(row: LawAddition, parameter: Parameter, value: Decimal) -> bool:
    """Whether a confirmed value is not used, because the program itself has one for its days by now."""
    if row.state is not AdditionState.APPROVED:
        return False
    return not any((own.from_, own.value, own.source) == (row.first_day, value, row.source) for own in parameter.values)


def people_of(rows: Iterable[LawAddition]) -> set[int]:
    """Who proposed and decided on entered values."""
    return {person for row in rows for person in (row.proposed_by_id, row.decided_by_id, row.revoked_by_id) if person}
