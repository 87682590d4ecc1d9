"""What the public pages ask: the Jobcenters and today's prices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.core.db import db
from jobcenter.home.domain import FORMS, HourPrice, Job, JobPrice, hour_price, job_price
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.domain import RateMissing, Rates
from jobcenter.orders.rates.queries import hourly_rates


def jobcenters() -> list[Jobcenter]:
    """Every Jobcenter of the installation, by name."""
    return list(db.session.scalars(select(Jobcenter).order_by(Jobcenter.name)))


def hour_prices(jobcenter: Jobcenter, day: date) -> list[HourPrice]:
    """A Jobcenter's list prices on a day, the usual form first; a form without a price in force is left out."""
    return [
        hour_price(form, rates, _prices_for_kinds(form, jobcenter.id, day)) for form, rates in _rates(jobcenter, day)
    ]


def _prices_for_kinds(form: ContractForm, jobcenter_id: int, day: date) -> dict[OrganisationKind, Decimal]:
    return {kind: hourly_rates(form, jobcenter_id, day, kind).price for kind in OrganisationKind}


def job_prices(job: Job, jobcenters: list[Jobcenter], day: date) -> list[JobPrice]:
    """What a job done on `day` costs its kind of orderer in each form that its Jobcenter uses, the usual one first."""
    jobcenter = next(jobcenter for jobcenter in jobcenters if jobcenter.id == job.jobcenter_id)
    priced = _rates(jobcenter, day, job.orderer_kind)
    return [job_price(form, rates, people=job.people, hours=job.hours) for form, rates in priced]


def _rates(
    jobcenter: Jobcenter, day: date, orderer_kind: OrganisationKind | None = None
) -> Iterator[tuple[ContractForm, Rates]]:
    for form in FORMS[jobcenter.kind]:
        with suppress(RateMissing):
            yield form, hourly_rates(form, jobcenter.id, day, orderer_kind)
