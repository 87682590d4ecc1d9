"""What the administrator's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _

from jobcenter.admin import messages
from jobcenter.admin.queries import Held
from jobcenter.auth.messages import ROLES
from jobcenter.auth.models import User
from jobcenter.core import texts
from jobcenter.core.audit import AuditEvent, Kind
from jobcenter.orders.organisations.messages import KINDS as ORDERERS
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.messages import FORMS, KINDS
from jobcenter.orders.rates.models import PriceRule, Rate

MOST_SHOWN = 120


@dataclass(frozen=True)
class RateRow:
    """A dated value and how it stands today."""

    scope: str
    valid_from: date
    value: str
    source: str
    set_by: str
    set_at: datetime
    checked_on: date
    tag_kind: str
    tag: str


@dataclass(frozen=True)
class RateTable:
    """The values of one kind and form, newest first."""

    heading: str
    rows: list[RateRow]


@dataclass(frozen=True)
class UserRow:
    """A user in a list."""

    id: int
    name: str
    email: str
    roles: str
    active: bool


@dataclass(frozen=True)
class EventRow:
    """An event of the log."""

    id: int
    at: datetime
    who: str
    verb: str
    thing: str
    changes: list[str]


def price_rules(names: Mapping[int, str], rules: Mapping[int, PriceRule]) -> list[tuple[int, str, str]]:
    """Which low prices need a second person in each Jobcenter, as (id, name, rule)."""
    return [(one, name, _rule(rules.get(one))) for one, name in names.items()]


def _rule(rule: PriceRule | None) -> str:
    if rule is None or rule.least_share is None:
        return _("a second person approves a price at the wage")
    return _("a second person approves a price below %(share)s of the list", share=texts.percent(rule.least_share))


def rate_tables(rows: Iterable[Rate], names: Mapping[int, str], today: date) -> list[RateTable]:
    """All dated values by kind and form, each saying whether it holds today."""

    def place(row: Rate) -> tuple[str, str]:
        return (row.kind.value, row.form.value if row.form else "")

    return [
        RateTable(_heading(group[0]), _rate_rows(group, names, today))
        for group in (list(found) for _key, found in groupby(sorted(rows, key=place), key=place))
    ]


def _heading(row: Rate) -> str:
    kind = str(KINDS[row.kind])
    return f"{FORMS[row.form]}: {kind}" if row.form else kind


def _rate_rows(group: list[Rate], names: Mapping[int, str], today: date) -> list[RateRow]:
    newest_first = sorted(group, key=lambda row: row.valid_from, reverse=True)
    holding = set()
    for scope in {(row.jobcenter_id, row.orderer_kind) for row in group}:
        begun = [
            row.id for row in newest_first if (row.jobcenter_id, row.orderer_kind) == scope and row.valid_from <= today
        ]
        holding.update(begun[:1])
    return [_rate_row(row, names, holds=row.id in holding, begins=row.valid_from > today) for row in newest_first]


def _rate_row(row: Rate, names: Mapping[int, str], *, holds: bool, begins: bool) -> RateRow:
    kind, tag = ("good", _("In force")) if holds else ("info", _("To come")) if begins else ("neutral", _("Past"))
    return RateRow(
        scope=_scope(row, names),
        valid_from=row.valid_from,
        value=texts.percent(row.value.normalize()) if row.kind is RateKind.VAT else texts.money(row.value),
        source=row.source,
        set_by=row.set_by,
        set_at=row.set_at,
        checked_on=row.checked_on,
        tag_kind=kind,
        tag=tag,
    )


def _scope(row: Rate, names: Mapping[int, str]) -> str:
    """For whom a value holds: the Jobcenter, and the kind of orderer when it is for one."""
    jobcenter = names.get(row.jobcenter_id, "") if row.jobcenter_id is not None else _("All Jobcenters")
    return f"{jobcenter}: {ORDERERS[row.orderer_kind]}" if row.orderer_kind else jobcenter


def user_row(user: User, held: Iterable[Held]) -> UserRow:
    """A user in a list, with the roles that the administrator may see."""
    return UserRow(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=", ".join(f"{ROLES[one.role]} ({one.jobcenter})" for one in held),
        active=user.active,
    )


def held_rows(held: Iterable[Held]) -> list[tuple[str, str, str]]:
    """A user's roles as (role, Jobcenter, the address that takes it away)."""
    return [
        (
            str(ROLES[one.role]),
            one.jobcenter,
            url_for("admin.revoke_role", user_id=one.user_id, jobcenter_id=one.jobcenter_id, role_name=one.role.value),
        )
        for one in held
    ]


def event_row(event: AuditEvent) -> EventRow:
    """An event of the log; a reading says what was read, a change its before and after field by field."""
    thing = f"{messages.LOG_THINGS.get(event.thing_type, event.thing_type)} {event.thing_id}"
    row = EventRow(id=event.id, at=event.at, who=event.actor_name, verb=event.verb, thing=thing, changes=[])
    after = event.after or {}
    if event.kind is Kind.READ:
        facts = [str(messages.READ_FACTS.get(name, name)) for name in after.get("fields", ())]
        return replace(row, verb=_("Read:"), changes=[", ".join(facts)])
    return replace(row, changes=_changes(event.before or {}, after))


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    sides = [(name, _short(before.get(name)), _short(after.get(name))) for name in sorted({*before, *after})]
    return [f"{name}: {old} → {new}" for name, old, new in sides if old != new]


def _short(value: object) -> str:
    text = "–" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
