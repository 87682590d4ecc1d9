"""A month of confirmed hours that nobody has billed or paid: ten rows an orderer, ten a worker, nothing amiss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import insert, select, text

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns.models import Payee
from jobcenter.billing.settings.domain import EInvoiceFormat
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core import clock
from jobcenter.core.db import Base, db
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import TaxCard, Worker
from tests import factories

ROWS_EACH = 10
IBAN = "FI2112345600000785"
OPERATOR = "003721291126"
CHECK_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
RATES = {"wage": Decimal("10.00"), "price": Decimal("14.50"), "vat_percent": Decimal("25.50")}


@dataclass(frozen=True)
class Month:
    """What was filled in: a Jobcenter with two coordinators, its orderers, the month of work, the next pay day."""

    jobcenter_id: int
    first: Actor
    second: Actor
    organisations: list[int]
    first_day: date
    pay_on: date


def fill(rows: int) -> Month:
    """Fill an empty, migrated database with so many hour rows of the month before today's."""
    people = rows // ROWS_EACH
    first_day = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    with unit_of_work():
        center = factories.jobcenter(name="City Jobcenter", business_id="2000002-4", iban="FI3715903000000776")
        first, second = factories.coordinator(center), factories.coordinator(center)
        _set_up_einvoices(center.id)
        organisations = _store(Organisation, _organisations(people, center.id))
        orders = _store(Order, _orders(organisations, center.id))
        workers = _store(Worker, _workers(people, center.id))
        _store(TaxCard, _tax_cards(workers))
        db.session.execute(insert(Payee), list(_payees(workers)))
        _hours(rows, center.id, orders, workers, first_day)
        pay_on = pay.pay_days(center.id)[0]
        month = Month(center.id, first, second, organisations, first_day, pay_on)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    return month


def _set_up_einvoices(jobcenter_id: int) -> None:
    sender = {"einvoice_format": EInvoiceFormat.FINVOICE, "einvoice_address": "003720000024"}
    db.session.add(BillingSettings(jobcenter_id=jobcenter_id, einvoice_operator="003723327487", **sender))


def _store(model: type[Base], rows: Iterable[dict[str, Any]]) -> list[int]:
    db.session.execute(insert(model), list(rows))
    return list(db.session.scalars(select(model.id).order_by(model.id)))


def _organisations(number: int, jobcenter_id: int) -> Iterator[dict[str, Any]]:
    for place in range(number):
        business_id = factories.business_id()
        yield {
            "jobcenter_id": jobcenter_id,
            "kind": OrganisationKind.BUSINESS,
            "name": f"Orderer {place} Oy",
            "business_id": business_id,
            "email": f"invoices{place}@example.fi",
            "street": "Kahvikuja 2",
            "postcode": "00200",
            "city": "Mallila",
            "einvoice_address": f"0037{business_id.replace('-', '')}",
            "einvoice_operator": OPERATOR,
            "created_at": clock.now(),
        }


def _orders(organisations: list[int], jobcenter_id: int) -> Iterator[dict[str, Any]]:
    for organisation_id in organisations:
        yield {
            "jobcenter_id": jobcenter_id,
            "organisation_id": organisation_id,
            "status": OrderStatus.ACCEPTED,
            "category": TaskCategory.DISHWASHING,
            "title": "Astianpesu",
            "place_name": "Kahvila",
            "contract_form": ContractForm.ASSIGNMENT,
            "created_at": clock.now(),
            "submitted_at": clock.now(),
        }


def _workers(number: int, jobcenter_id: int) -> Iterator[dict[str, Any]]:
    for place in range(number):
        yield {
            "jobcenter_id": jobcenter_id,
            "given_name": f"Given{place}",
            "family_name": f"Family{place % 997}",
            "iban": IBAN,
            "ready_since": date.min,
            "created_at": clock.now(),
        }


def _tax_cards(workers: list[int]) -> Iterator[dict[str, Any]]:
    year = clock.today().year
    days = {"valid_from": date(year, 1, 1), "valid_to": date(year, 12, 31)}
    rates = {"rate": Decimal("8.5"), "additional_rate": Decimal("32"), "income_limit": Decimal("9000")}
    yield from ({"worker_id": worker} | days | rates for worker in workers)


def _payees(workers: list[int]) -> Iterator[dict[str, Any]]:
    told = {"told_by": "Reader", "told_at": clock.now()}
    for place, worker in enumerate(workers):
        born, number = f"{place % 28 + 1:02}0180", f"{place // 28 + 2:03}"
        personal_id = f"{born}-{number}{CHECK_LETTERS[int(born + number) % 31]}"
        yield {"worker_id": worker, "personal_id": personal_id} | told


def _hours(rows: int, jobcenter_id: int, orders: list[int], workers: list[int], first_day: date) -> None:
    """A gig of one place for each row, done, and its confirmed hours; whoever works meets every orderer in turn."""
    begins = [clock.at(first_day + timedelta(days=day), time(9)) for day in range(ROWS_EACH)]
    plan = [
        (orders[place // ROWS_EACH], workers[(place // ROWS_EACH + place) % len(workers)], begins[place % ROWS_EACH])
        for place in range(rows)
    ]
    ends = timedelta(hours=3)
    at = {"jobcenter_id": jobcenter_id, "contract_form": ContractForm.ASSIGNMENT, "status": GigStatus.DONE}
    gigs = _store(
        Gig, ({"order_id": order, "starts_at": start, "ends_at": start + ends} | at for order, _, start in plan)
    )
    slots = _store(Slot, ({"gig_id": gig, "position": 1} for gig in gigs))
    done = {"status": OfferStatus.DONE, "offered_at": clock.now(), "offered_by": "Reader"}
    places = zip(gigs, slots, plan, strict=True)
    offers = _store(
        Offer, ({"slot_id": slot, "gig_id": gig, "worker_id": who} | done for gig, slot, (_, who, _) in places)
    )
    said = {"status": EntryStatus.CONFIRMED, "logged_by": "Reader", "confirmed_by": "Reader"}
    said |= {"jobcenter_id": jobcenter_id} | RATES
    _store(
        TimeEntry,
        (
            said
            | {"offer_id": offer, "gig_id": gig, "order_id": order, "worker_id": worker, "minutes": 165 + number % 60}
            | {"worked_on": clock.day_of(start), "starts_at": start, "ends_at": start + ends, "logged_at": start + ends}
            | {"confirmed_at": start + ends}
            for number, offer, gig, (order, worker, start) in zip(count(), offers, gigs, plan, strict=False)
        ),
    )
