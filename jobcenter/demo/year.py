"""This year before the last weeks: regular hours, so that limits come near; and the invoices of last month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from sqlalchemy import select

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import BillTo, MakeInvoice, OfMonth
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.demo.cast import Cast
from jobcenter.demo.pilot import Values, data
from jobcenter.demo.present import key
from jobcenter.demo.queries import organisation_by_ref
from jobcenter.exchange.domain import ClockTime
from jobcenter.exchange.formats import GIGS, HOURS, ORDERS
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker

BEFORE_LAST_WEEKS = timedelta(days=45)
# Older hours are on invoices of the time before the product; the demo makes those of the months after.
BILLED_BEFORE = timedelta(days=115)
# Hours a week of each, on which weekday.
REGULARS = (("p01", 0, 2), ("p02", 2, 2), ("p04", 3, 3), ("p05", 4, 1))
STARTS = 15


def so_far(today: date) -> dict[str, list[Values]]:
    """A regular order of this year with its gigs and hours, up to the last weeks; rows by file."""
    order = {
        "jobcenter": "tasmatyo",
        "ref": "tanavuosi",
        "organisation": "pikkukapy",
        "category": TaskCategory.LAUNDRY,
        "title": data()["titles"]["laundry"],
        "place_name": "Päiväkoti Pikkukäpy",
        "street": "Käpytie 10",
        "postcode": "00990",
        "city": "Mäntylahti",
        "people": 1,
        "contract_form": ContractForm.ASSIGNMENT,
        "cost_centre": "5120 118",
        "ordered_on": date(today.year, 1, 1),
        "closed": False,
    }
    gigs: list[Values] = []
    hours: list[Values] = []
    for ref, weekday, length in REGULARS:
        for day in _days(today, weekday):
            gig = f"tv-{ref}-{day:%m%d}"
            times = {"day": day, "starts": ClockTime(time(STARTS)), "ends": ClockTime(time(STARTS + length))}
            base = {"jobcenter": "tasmatyo", "ref": gig, "break_minutes": 0} | times
            gigs.append(base | {"order": "tanavuosi", "people": 1, "status": GigStatus.DONE})
            hours.append(base | {"gig": gig, "worker": ref} | _confirmed(day, today))
    return {ORDERS.file: [order], GIGS.file: gigs, HOURS.file: hours}


def _days(today: date, weekday: int) -> Iterator[date]:
    """Every such weekday of this year up to the last weeks."""
    day = date(today.year, 1, 7)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while day < today - BEFORE_LAST_WEEKS:
        yield day
        day += timedelta(weeks=1)


def _confirmed(day: date, today: date) -> Values:
    """Confirmed the next day, invoiced if it is old, and paid on the first of the next month."""
    paid_on = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {
        "confirmed_by": "Hanna Hietanen",
        "confirmed_on": day + timedelta(days=1),
        "invoiced": day < (today - BILLED_BEFORE).replace(day=1),
        "paid_on": paid_on,
    }


def settle(cast: Cast) -> None:
    """The newest invoice of the café, sent; home care's, still a draft."""
    coordinator = cast.actor("kaisa")
    _draft(coordinator, "kotihoito")
    invoice_id = _draft(coordinator, "aamukaste")
    with unit_of_work():
        invoices.send(coordinator, invoice_id)


def _draft(coordinator: Actor, ref: str) -> int:
    """A draft of an organisation's hours of last month, or of this one while there are none of last; its id."""
    organisation = organisation_by_ref(ref)
    bill_to = BillTo(
        organisation_id=organisation.id,
        cost_centre=organisation.cost_centre,
        reference=organisation.invoice_reference,
    )
    this = clock.today().replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    month = last if billable_hours(coordinator.jobcenters(), OfMonth(bill_to=bill_to, month=last)) else this
    with unit_of_work():
        command = MakeInvoice(OfMonth(bill_to=bill_to, month=month), key(f"invoice-{ref}"))
        return invoices.make_draft(coordinator, command).id


def workers_now() -> list[int]:
    """The ids of the people who take part now."""
    jobcenter_ids = [jobcenter.id for jobcenter in auth_queries.jobcenters()]
    query = select(Worker.id).where(Worker.active, Worker.jobcenter_id.in_(jobcenter_ids))
    return list(db.session.scalars(query.order_by(Worker.id)))
