"""Setting dated rates. A value that has begun is never replaced: hours and invoices carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.benefits import ContractForm
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates import policy, queries
from jobcenter.orders.rates.defaults import DefaultRate, default_rates
from jobcenter.orders.rates.domain import DatedRate, RateBegun, RateKind, check_new_rate, check_replacing, check_rule
from jobcenter.orders.rates.models import PriceRule, Rate

register_clash("pk_price_rule", ChangedMeanwhile)
register_clash("uq_rate_day", lambda: RateBegun("rate_begun", "valid_from"))


@dataclass(frozen=True)
class NewRate:
    """A value to be in force from a day on; None as Jobcenter or kind of orderer means every one."""

    kind: RateKind
    form: ContractForm | None
    jobcenter_id: int | None
    valid_from: date
    value: Decimal
    source: str
    orderer_kind: OrganisationKind | None = None


def set_rate(actor: Actor, new: NewRate, jobcenter_ids: frozenset[int]) -> int:
    """Store a dated value; one that has not begun yet is replaced. `jobcenter_ids` are all there are.

    Raises NotFound for another's Jobcenter, RateFormWrong, and RateBegun for a day that has passed.
    """
    if not policy.can_set_rate(actor, new.jobcenter_id, jobcenter_ids):
        raise NotFound()
    today = clock.today()
    rate = DatedRate(
        new.kind, new.form, new.jobcenter_id, new.valid_from, new.value, new.source, orderer_kind=new.orderer_kind
    )
    check_new_rate(rate, today=today)
    row = queries.same_day_rate(rate)
    before = None
    if row is not None:
        check_replacing(row.valid_from, today=today)
        before = _facts(row)
        row.value, row.source, row.checked_on = new.value, new.source, today
        row.set_by, row.set_at = actor.name, clock.now()
    else:
        row = _add(rate, checked_on=today, set_by=actor.name)
    flush()
    queries.forget()
    audit.record(actor, "set_rate", "rate", row.id, before, _facts(row), jobcenter_id=new.jobcenter_id)
    return row.id


@dataclass(frozen=True)
class SetPriceRule:
    """Below which share of the list price, in per cent, two people agree a price; None: only at the wage."""

    jobcenter_id: int
    least_share: Decimal | None
    version: int


def set_price_rule(actor: Actor, command: SetPriceRule) -> PriceRule:
    """Keep a Jobcenter's rule of low prices. Raises NotFound, ChangedMeanwhile, RuleOfOnesOwn."""
    if not policy.can_set_price_rule(actor, command.jobcenter_id):
        raise NotFound()
    rule = queries.price_rule(command.jobcenter_id, lock=True)
    if (rule.version if rule else 0) != command.version:
        raise ChangedMeanwhile
    least, agrees_prices = rule.least_share if rule else None, policy.agrees_prices(actor, command.jobcenter_id)
    check_rule(least, command.least_share, agrees_prices=agrees_prices)
    before = {"least_share": rule.least_share} if rule else None
    if rule is None:
        rule = PriceRule(jobcenter_id=command.jobcenter_id)
        db.session.add(rule)
    rule.least_share, rule.set_by, rule.set_at = command.least_share, actor.name, clock.now()
    flush()
    after, scope = {"least_share": rule.least_share}, {"jobcenter_id": rule.jobcenter_id}
    audit.record(actor, "set_price_rule", "price_rule", rule.jobcenter_id, before, after, **scope)
    return rule


def load_defaults() -> int:
    """Store the common rates of the data file that are not stored yet; how many were added. Safe to run again."""
    missing = [default for default in default_rates() if queries.same_day_rate(default.rate) is None]
    for default in missing:
        _load(default)
    queries.forget()
    return len(missing)


def _load(default: DefaultRate) -> None:
    row = _add(default.rate, checked_on=default.checked_on, set_by=SYSTEM.name)
    flush()
    audit.record(SYSTEM, "set_rate", "rate", row.id, None, _facts(row))


def _add(rate: DatedRate, *, checked_on: date, set_by: str) -> Rate:
    row = Rate(
        kind=rate.kind,
        form=rate.form,
        orderer_kind=rate.orderer_kind,
        jobcenter_id=rate.jobcenter_id,
        valid_from=rate.valid_from,
        value=rate.value,
        source=rate.source,
        checked_on=checked_on,
        set_by=set_by,
        set_at=clock.now(),
    )
    db.session.add(row)
    return row


def _facts(row: Rate) -> dict[str, object]:
    names = ("kind", "form", "orderer_kind", "jobcenter_id", "valid_from", "value", "source")
    return {name: getattr(row, name) for name in names}
