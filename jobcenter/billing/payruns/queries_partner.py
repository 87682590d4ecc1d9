"""The wages that a Jobcenter's partner pays as employer, as far as they go through us.

A partner of several Jobcenters, by its business id, is one employer: its duties look at all that it pays. What another
Jobcenter's people are paid by it comes here as sums only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.benefits.employer import Wage
from jobcenter.benefits.judging import year_of
from jobcenter.billing.payruns.domain import WAITING, Payer
from jobcenter.billing.payruns.models import PayItem, PayItemEntry, PayRun
from jobcenter.billing.settings.queries import partner_bills_then
from jobcenter.core.db import db
from jobcenter.core.money import ZERO, for_minutes
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.same_person import rows_in


def partner_wages(jobcenter_id: int, pay_on: date) -> list[Wage]:
    """What the partner has paid, and what it has on a list to pay, in the calendar year of a pay day, in every
    Jobcenter that it is the partner of. Wages of a person of this Jobcenter are those of the row here.
    """
    year, places = year_of(pay_on), _with_the_same_partner(jobcenter_id)
    wages = [*_paid(places, year.first, year.last), *_listed(places, year.first, year.last)]
    here = rows_in(jobcenter_id, {wage.worker_id for wage in wages})
    return [replace(wage, worker_id=here.get(wage.worker_id, wage.worker_id)) for wage in wages]


def owed_to_partner(items: Iterable[PayItem]) -> dict[int, Decimal]:
    """What the Jobcenter owes its partner of these items, by item: not the hours that the partner bills itself."""
    query = (
        select(PayItemEntry.pay_item_id, PayItemEntry.wage, PayItemEntry.minutes)
        .join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
        .where(PayItemEntry.pay_item_id.in_([item.id for item in items if item.payer is Payer.PARTNER]))
        .where(~partner_bills_then(TimeEntry.jobcenter_id, TimeEntry.worked_on))
    )
    owed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for item_id, wage, minutes in db.session.execute(query):
        owed[item_id] += for_minutes(wage, minutes)
    return owed


def _with_the_same_partner(jobcenter_id: int) -> Select[tuple[int]]:
    """The Jobcenters whose partner is this one's; this one alone where the partner's business id is not known."""
    here, other = aliased(Jobcenter), aliased(Jobcenter)
    same = and_(other.partner_business_id == here.partner_business_id, here.partner_business_id != "")
    return select(other.id).join(here, or_(other.id == here.id, same)).where(here.id == jobcenter_id)


def _paid(places: Select[tuple[int]], first: date, last: date) -> list[Wage]:
    query = (
        select(TimeEntry.worker_id, TimeEntry.paid_on, TimeEntry.wage, TimeEntry.minutes)
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .where(
            Gig.jobcenter_id.in_(places),
            Gig.contract_form == ContractForm.PARTNER,
            TimeEntry.paid_on.between(first, last),
        )
    )
    rows = db.session.execute(query)
    return [Wage(worker_id, paid_on, for_minutes(wage, minutes)) for worker_id, paid_on, wage, minutes in rows]


def _listed(places: Select[tuple[int]], first: date, last: date) -> list[Wage]:
    query = (
        select(PayItem.worker_id, PayRun.pay_on, PayItem.gross)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(
            PayRun.jobcenter_id.in_(places),
            PayItem.payer == Payer.PARTNER,
            PayRun.status.in_(WAITING),
            PayRun.pay_on.between(first, last),
        )
    )
    return [Wage(*row) for row in db.session.execute(query)]
