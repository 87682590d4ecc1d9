"""The wages that a Jobcenter's partner pays as employer, as far as they go through us."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from jobcenter.benefits import ContractForm
from jobcenter.benefits.employer import Wage
from jobcenter.benefits.judging import year_of
from jobcenter.billing.payruns.domain import WAITING, Payer
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.core.db import db
from jobcenter.core.money import for_minutes
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.models import TimeEntry


def partner_wages(jobcenter_id: int, pay_on: date) -> list[Wage]:
    """What the partner has paid, and what it has on a list to pay, in the calendar year of a pay day."""
    year = year_of(pay_on)
    return [*_paid(jobcenter_id, year.first, year.last), *_listed(jobcenter_id, year.first, year.last)]


def _paid(jobcenter_id: int, first: date, last: date) -> list[Wage]:
    query = (
        select(TimeEntry.worker_id, TimeEntry.paid_on, TimeEntry.wage, TimeEntry.minutes)
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .where(
            Gig.jobcenter_id == jobcenter_id,
            Gig.contract_form == ContractForm.PARTNER,
            TimeEntry.paid_on.between(first, last),
        )
    )
    rows = db.session.execute(query)
    return [Wage(worker_id, paid_on, for_minutes(wage, minutes)) for worker_id, paid_on, wage, minutes in rows]


def _listed(jobcenter_id: int, first: date, last: date) -> list[Wage]:
    query = (
        select(PayItem.worker_id, PayRun.pay_on, PayItem.gross)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(
            PayRun.jobcenter_id == jobcenter_id,
            PayItem.payer == Payer.PARTNER,
            PayRun.status.in_(WAITING),
            PayRun.pay_on.between(first, last),
        )
    )
    return [Wage(*row) for row in db.session.execute(query)]
