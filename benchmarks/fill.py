"""A county of rows, straight into the tables: Jobcenters with workers, gigs with places, hours, and a user per role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, text
from sqlalchemy.orm import InstrumentedAttribute

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import SYSTEM, JobcenterKind, Role
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import MakeInvoice, OfOrder
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
from jobcenter.orders.organisations.models import Organisation, OrganisationMember
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import ConsentPurpose, Demand, SupportKind, TaskCategory
from jobcenter.workers.models import ActivityTime, Consent, HeldBenefit, SupportLink, Worker, WorkUnit

CHUNK = 5000
CREW = 4
DAYS_BETWEEN = 9
RATES = {"wage": Decimal("10.00"), "price": Decimal("14.50"), "vat_percent": Decimal("25.50")}


@dataclass(frozen=True)
class Size:
    """How much to fill in. `gigs` are done, with four hour rows each; `ahead` are open.

    One Jobcenter has the `largest` number of workers; the others share the rest, `ordinary` ones each.
    """

    workers: int = 5_000
    gigs: int = 50_000
    ahead: int = 800
    orders: int = 2_000
    organisations: int = 200
    largest: int = 1_000
    ordinary: int = 400

    @property
    def shares(self) -> list[Size]:
        """The size of each Jobcenter, the largest first; orders and gigs as the workers."""
        largest = min(self.largest, self.workers)
        rest = self.workers - largest
        others = -(-rest // self.ordinary)
        return [self._share(largest), *(self._share(rest // others) for _other in range(others))]

    def _share(self, workers: int) -> Size:
        def part(of: int) -> int:
            return of * workers // self.workers

        shared = ("gigs", "ahead", "orders", "organisations")
        return replace(self, workers=workers, **{name: part(getattr(self, name)) for name in shared})


@dataclass(frozen=True)
class Desk:
    """A slot ahead, the coordinator who looks for somebody for it, and among how many workers."""

    slot_id: int
    coordinator: int
    workers: int
    jobcenter_id: int


@dataclass(frozen=True)
class Filled:
    """What the readers ask for: the users by role and an invoice, in the largest Jobcenter, and a slot of each size."""

    users: dict[Role, int]
    invoice_id: int
    desks: tuple[Desk, ...]


def fill(size: Size) -> Filled:
    """Fill an empty, migrated database."""
    with unit_of_work():
        load_defaults()
    filled = [_fill_jobcenter(number, share) for number, share in enumerate(size.shares)]
    users = filled[0][0]
    invoice_id = _invoice(users[Role.COORDINATOR], filled[0][1].jobcenter_id)
    _tidy()
    return Filled(users=users, invoice_id=invoice_id, desks=tuple(desk for _users, desk in filled[:2]))


def _fill_jobcenter(number: int, size: Size) -> tuple[dict[Role, int], Desk]:
    with unit_of_work():
        center = _jobcenter(number)
        users = {role: _user(role, number, center) for role in Role}
        unit = WorkUnit(jobcenter_id=center, name="Unit", manager_id=users[Role.UNIT_MANAGER])
        db.session.add(unit)
        db.session.flush()
        _store(Organisation, _organisations(size, center))
        organisations = _ids(Organisation.id, Organisation.jobcenter_id == center)
        db.session.add(OrganisationMember(organisation_id=organisations[0], user_id=users[Role.ORDERER]))
        _store(Worker, _workers(size, center, unit.id, users[Role.WORKER]))
        workers = _ids(Worker.id, Worker.jobcenter_id == center)
        _people(workers, users)
        _store(Order, _orders(size, center, organisations))
        _store(Gig, _gigs(size, center, _ids(Order.id, Order.jobcenter_id == center)))
        gigs = _ids(Gig.id, Gig.jobcenter_id == center)
        _store(Slot, _slots(gigs))
        _done_work(center, workers)
        slot_id = db.session.scalars(select(func.max(Slot.id))).one()
    return users, Desk(slot_id, users[Role.COORDINATOR], size.workers, center)


def _jobcenter(number: int) -> int:
    new = auth.NewJobcenter(
        f"city{number}",
        f"City {number}",
        JobcenterKind.DISABILITY,
        "a@example.fi",
        business_id="9100000-5",
        iban="FI2112345600000785",
        bic="NDEAFIHH",
    )
    return auth.add_jobcenter(SYSTEM, new).id


def _invoice(coordinator: int, jobcenter_id: int) -> int:
    with unit_of_work():
        order_id = db.session.scalars(select(func.min(Order.id)).where(Order.jobcenter_id == jobcenter_id)).one()
        draft = invoices.make_draft(
            auth_queries.actor_for(coordinator), MakeInvoice(OfOrder(order_id=order_id), "bench")
        )
    with unit_of_work():
        invoices.send(auth_queries.actor_for(coordinator), draft.id)
    return draft.id


def _tidy() -> None:
    """What the database does by itself within minutes of so many new rows."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


def _user(role: Role, number: int, jobcenter_id: int) -> int:
    new = auth.NewUser(email=f"{role.value}{number}@example.fi", given_name=role.value.title(), family_name="Reader")
    user_id = auth.create_user(SYSTEM, new).id
    auth.grant_role(SYSTEM, user_id, jobcenter_id, role)
    return user_id


def _organisations(size: Size, jobcenter_id: int) -> Iterator[dict[str, Any]]:
    for number in range(size.organisations):
        yield {
            "jobcenter_id": jobcenter_id,
            "kind": OrganisationKind.PRIVATE_PERSON,
            "name": f"Orderer {number}",
            "created_at": clock.now(),
        }


def _workers(size: Size, jobcenter_id: int, unit_id: int, user_id: int) -> Iterator[dict[str, Any]]:
    tasks, demands = sorted(TaskCategory), sorted(Demand)
    for number in range(size.workers):
        yield {
            "jobcenter_id": jobcenter_id,
            "unit_id": unit_id if number < 50 else None,
            "user_id": user_id if number == 0 else None,
            "given_name": f"Given{number}",
            "family_name": f"Family{number % 997}",
            "ready_since": None if number % 9 == 8 else date.min,
            "tasks": {tasks[(number + step) % len(tasks)] for step in range(4)},
            "cannot": {demands[number % len(demands)]},
            "jobseeker": JobseekerStatus.REGISTERED if number % 20 == 19 else JobseekerStatus.NOT_REGISTERED,
            "benefits_asked_on": clock.today(),
            "created_at": clock.now(),
        }


def _people(workers: list[int], users: dict[Role, int]) -> None:
    """Benefits, consents and activity times of everybody; support for the first ones."""
    today = clock.today()
    told = {"told_by": "Reader", "told_on": today}
    pension = {"kind": BenefitKind.KELA_DISABILITY_PENSION, "starts_on": date.min} | told
    housing = {"kind": BenefitKind.PENSIONER_HOUSING_ALLOWANCE, "decided_annual_income": Decimal("0.00")} | told
    _store(HeldBenefit, ({"worker_id": worker} | pension for worker in workers))
    _store(HeldBenefit, ({"worker_id": worker} | housing for worker in workers[::2]))
    given = {"given_at": clock.now(), "recorded_by": "Reader"}
    for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.GUARDIAN_SEES_EARNINGS):
        _store(Consent, ({"worker_id": worker, "purpose": purpose} | given for worker in workers))
    _store(
        ActivityTime,
        (
            {"worker_id": worker, "weekday": weekday, "starts": time(9), "ends": time(14)}
            for worker in workers
            for weekday in (0, 2)
        ),
    )
    for role, kind, count in ((Role.SUPPORT, SupportKind.SUPPORT_PERSON, 20), (Role.GUARDIAN, SupportKind.GUARDIAN, 1)):
        link = {"user_id": users[role], "kind": kind, "starts_on": today}
        _store(SupportLink, ({"worker_id": worker} | link for worker in workers[:count]))


def _orders(size: Size, jobcenter_id: int, organisations: list[int]) -> Iterator[dict[str, Any]]:
    tasks, demands = sorted(TaskCategory), sorted(Demand)
    for number in range(size.orders):
        yield {
            "jobcenter_id": jobcenter_id,
            "organisation_id": organisations[number % len(organisations)],
            "status": OrderStatus.NEW if number % 100 == 99 else OrderStatus.ACCEPTED,
            "category": tasks[number % len(tasks)],
            "demands": {demands[(number + step) % len(demands)] for step in range(3)},
            "title": f"Order {number}",
            "people": CREW,
            "contract_form": ContractForm.ASSIGNMENT,
            "created_at": clock.now(),
            "submitted_at": clock.now(),
        }


def _gigs(size: Size, jobcenter_id: int, orders: list[int]) -> Iterator[dict[str, Any]]:
    """Done gigs, everybody being on one every nine days, over about a year; and some ahead that are open."""
    a_day = size.workers // CREW
    for number in range(size.gigs + size.ahead):
        ahead = number >= size.gigs
        days = (number - size.gigs) % 28 + 1 if ahead else -DAYS_BETWEEN * (number // a_day) - 1
        starts_at = clock.at(clock.today() + timedelta(days=days), time(15 if ahead else 10))
        yield {
            "jobcenter_id": jobcenter_id,
            "order_id": orders[number % len(orders)],
            "contract_form": ContractForm.ASSIGNMENT,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "status": GigStatus.PLANNED if ahead else GigStatus.DONE,
        }


def _slots(gigs: list[int]) -> Iterator[dict[str, Any]]:
    for gig in gigs:
        for position in range(1, CREW + 1):
            yield {"gig_id": gig, "position": position}


def _done_work(jobcenter_id: int, workers: list[int]) -> None:
    """A place and confirmed hours for every slot of the done gigs."""
    slots = select(Slot.id, Gig.id, Gig.order_id, Gig.jobcenter_id, Gig.starts_at, Gig.ends_at).join(Slot.gig)
    done = (Gig.jobcenter_id == jobcenter_id, Gig.status == GigStatus.DONE)
    rows = db.session.execute(slots.where(*done).order_by(Gig.id, Slot.position)).all()
    pairs = [(row, workers[number % len(workers)]) for number, row in enumerate(rows)]
    _store(Offer, (_offer(row, worker) for row, worker in pairs))
    offers = _ids(Offer.id, Offer.gig_id.in_(select(Gig.id).where(*done)))
    _store(TimeEntry, (_entry(row, worker, offer) for (row, worker), offer in zip(pairs, offers, strict=True)))


def _offer(row: Any, worker: int) -> dict[str, Any]:
    slot_id, gig_id, _order_id, _jobcenter_id, starts_at, _ends_at = row
    return {
        "slot_id": slot_id,
        "gig_id": gig_id,
        "worker_id": worker,
        "status": OfferStatus.DONE,
        "offered_at": starts_at,
        "offered_by": "Reader",
    }


def _entry(row: Any, worker: int, offer: int) -> dict[str, Any]:
    _slot_id, gig_id, order_id, jobcenter_id, starts_at, ends_at = row
    return RATES | {
        "jobcenter_id": jobcenter_id,
        "offer_id": offer,
        "gig_id": gig_id,
        "order_id": order_id,
        "worker_id": worker,
        "worked_on": clock.day_of(starts_at),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "minutes": 120,
        "status": EntryStatus.CONFIRMED,
        "logged_by": "Reader",
        "logged_at": ends_at,
        "confirmed_by": "Reader",
        "confirmed_at": ends_at,
        "paid_on": clock.day_of(ends_at),
    }


def _store(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    remaining = iter(rows)
    while part := list(islice(remaining, CHUNK)):
        db.session.execute(insert(model), part)


def _ids(column: InstrumentedAttribute[int], condition: ColumnElement[bool]) -> list[int]:
    return list(db.session.scalars(select(column).where(condition).order_by(column)))
