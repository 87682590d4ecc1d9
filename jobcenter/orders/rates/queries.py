"""Which rates there are, and which are in force on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event, or_, select
from sqlalchemy.orm import Session

from jobcenter.benefits import ContractForm
from jobcenter.core.db import db
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.domain import DatedRate, RateKind, RateOf, Rates, rate_on
from jobcenter.orders.rates.models import PriceRule, Rate

_CACHE = "dated_rates"


def all_rates() -> tuple[DatedRate, ...]:
    """Every dated value of every Jobcenter: one query per transaction, however often it is asked."""
    kept = db.session().info
    if _CACHE not in kept:
        kept[_CACHE] = tuple(map(dated, db.session.scalars(select(Rate).order_by(Rate.valid_from))))
    return kept[_CACHE]


def rate_in_force(kind: RateKind, form: ContractForm | None, jobcenter_id: int, day: date) -> DatedRate:
    """The rate of a Jobcenter on a day of work. Raises RateMissing when none has begun."""
    return rate_on(all_rates(), RateOf(kind, form, jobcenter_id), day)


def hourly_rates(
    form: ContractForm, jobcenter_id: int, day: date, orderer_kind: OrganisationKind | None = None
) -> Rates:
    """Wage, list price and VAT of an hour worked on `day`, the price for that kind of orderer.

    Raises RateMissing when one of them has not begun.
    """
    return Rates(
        wage=rate_in_force(RateKind.WAGE, form, jobcenter_id, day).value,
        price=rate_on(all_rates(), RateOf(RateKind.PRICE, form, jobcenter_id, orderer_kind), day).value,
        vat_percent=rate_in_force(RateKind.VAT, None, jobcenter_id, day).value,
    )


def rate_rows(jobcenter_ids: Collection[int]) -> list[Rate]:
    """The stored values that concern some Jobcenters, their own and the common ones, newest first per kind and form."""
    concerns = or_(Rate.jobcenter_id.is_(None), Rate.jobcenter_id.in_(jobcenter_ids))
    return list(db.session.scalars(select(Rate).where(concerns).order_by(Rate.kind, Rate.form, Rate.valid_from.desc())))


def same_day_rate(rate: DatedRate) -> Rate | None:
    """The stored value of the same kind, form and Jobcenter that begins on the same day, locked."""
    query = select(Rate).where(
        Rate.kind == rate.kind,
        Rate.form.is_not_distinct_from(rate.form),
        Rate.jobcenter_id.is_not_distinct_from(rate.jobcenter_id),
        Rate.orderer_kind.is_not_distinct_from(rate.orderer_kind),
        Rate.valid_from == rate.valid_from,
    )
    return db.session.scalar(query.with_for_update())


def dated(row: Rate) -> DatedRate:
    """A stored value as the domain knows it."""
    return DatedRate(
        kind=row.kind,
        form=row.form,
        jobcenter_id=row.jobcenter_id,
        valid_from=row.valid_from,
        value=row.value,
        source=row.source,
        orderer_kind=row.orderer_kind,
    )


def price_rules(jobcenter_ids: Collection[int]) -> dict[int, PriceRule]:
    """The rules of those Jobcenters that have set one, by Jobcenter."""
    rows = db.session.scalars(select(PriceRule).where(PriceRule.jobcenter_id.in_(jobcenter_ids)))
    return {row.jobcenter_id: row for row in rows}


def price_rule(jobcenter_id: int, *, lock: bool = False) -> PriceRule | None:
    """A Jobcenter's own rule of low prices, if it has set one."""
    query = select(PriceRule).where(PriceRule.jobcenter_id == jobcenter_id)
    return db.session.scalar(query.with_for_update() if lock else query)


def least_share(jobcenter_id: int) -> Decimal | None:
    """The share of the list price, in per cent, below which a price needs two people; None where none is set."""
    rule = price_rule(jobcenter_id)
    return rule.least_share if rule is not None else None


def forget() -> None:
    """Read the rates anew when next asked, because one was just set."""
    db.session().info.pop(_CACHE, None)


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget_with_transaction(session: Session, *_context: Any) -> None:
    session.info.pop(_CACHE, None)
