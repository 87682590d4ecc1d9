"""The demo's shared order: two organisations pay it, and each has its own invoice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from jobcenter.auth.domain import Role
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import MakeInvoice, OfOrder
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.billing.shares import service as shares
from jobcenter.billing.shares.domain import ALL, IN_PERCENT, SetSplit, Share
from jobcenter.core import clock
from jobcenter.demo import queries
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import at, key, morning

AGREED_BEFORE = 2


def bill(cast: Cast) -> None:
    """Agree who pays an order of which hours wait, if any do, and send the invoices of both."""
    coordinator, told = cast.actor("kaisa"), data()["shared"]
    orderer, other = (queries.organisation_by_ref(told[ref]) for ref in ("orderer", "other"))
    waiting = billable_hours(coordinator.jobcenters(Role.COORDINATOR))
    order_ids = sorted({hours.order_id for hours in waiting if hours.bill_to.organisation_id == orderer.id})
    for order_id in order_ids[:1]:
        _share(cast, order_id, orderer.id, other.id)


def _share(cast: Cast, order_id: int, orderer_id: int, other_id: int) -> None:
    coordinator, told = cast.actor("kaisa"), data()["shared"]
    part = int(Decimal(told["percent"]) * IN_PERCENT)
    command = SetSplit(
        shares=(
            Share(place=1, organisation_id=orderer_id, hundredths=ALL - part, cost_centre=told["cost_centre"]),
            Share(place=2, organisation_id=other_id, hundredths=part),
        ),
        gigs={},
        agreed_on=clock.today() - timedelta(days=AGREED_BEFORE),
        agreed_with=told["agreed_with"],
        number=0,
    )
    at(morning(-AGREED_BEFORE), lambda: shares.set_split(coordinator, order_id, command))
    make = MakeInvoice(OfOrder(order_id=order_id), key("invoice-shared"))
    for draft in at(morning(0), lambda: invoices.make_drafts(coordinator, make)):
        at(morning(0), lambda draft=draft: invoices.send(coordinator, draft.id))
