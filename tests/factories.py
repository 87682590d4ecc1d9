"""Stored things for tests: each function makes one, flushed, with everything not given made up.

Call them with a session open; `session.commit()` what a request or a service is to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from stdnum.fi import ytunnus

from jobcenter.auth.domain import Actor, Grant, JobcenterKind, Role
from jobcenter.auth.models import Jobcenter, RoleGrant, User
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order, OrderTime
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation, OrganisationMember
from jobcenter.workers.domain import ConsentPurpose, SupportKind, TaskCategory
from jobcenter.workers.models import Consent, HeldBenefit, SupportLink, Worker, WorkUnit

# The day on which tests play, unless they say otherwise: `with clock.frozen(factories.NOW)`.
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
WAGE, PRICE, VAT = Decimal("10.00"), Decimal("14.50"), Decimal("25.5")

_numbers = count(1)


def stored(row: Any) -> Any:
    """The row, added and flushed, so that it has its id."""
    db.session.add(row)
    db.session.flush()
    return row


def jobcenter(kind: JobcenterKind = JobcenterKind.DISABILITY, **facts: Any) -> Jobcenter:
    number = next(_numbers)
    given = {
        "slug": f"center{number}",
        "name": f"Jobcenter {number}",
        "kind": kind,
        "area": "Mallila",
        "phone": "09 123 4567",
        "email": f"center{number}@example.fi",
        "street": "Mallikatu 1",
        "postcode": "00100",
        "city": "Mallila",
        "business_id": "2345678-8",
        "iban": "FI2112345600000785",
        "bic": "NDEAFIHH",
        "partner_name": "Kumppani ry",
        "partner_business_id": "1234567-1",
        "near_share": Decimal("80.00"),
    }
    return stored(Jobcenter(**given | facts))


def user(given_name: str = "Aino", family_name: str = "Mallinen", **facts: Any) -> User:
    given = {
        "email": f"user{next(_numbers)}@example.fi",
        "given_name": given_name,
        "family_name": family_name,
        "phone": "",
        "password_hash": None,
        "language": "en",
        "session_epoch": 0,
        "active": True,
        "created_at": NOW,
    }
    return stored(User(**given | facts))


def grant(of: User, role: Role, at: Jobcenter) -> User:
    """Give a user a role at a Jobcenter; the user again."""
    stored(RoleGrant(user_id=of.id, jobcenter_id=at.id, role=role, granted_at=NOW))
    return of


def someone(role: Role, at: Jobcenter, **facts: Any) -> User:
    """A new user with one role at a Jobcenter."""
    return grant(user(**facts), role, at)


def actor(of: User, *grants: tuple[Role, Jobcenter]) -> Actor:
    """The user as an actor with the roles given (they need not be stored)."""
    held = frozenset(Grant(role, at.id) for role, at in grants)
    return Actor(user_id=of.id, name=of.name, language=of.language, grants=held)


def coordinator(at: Jobcenter) -> Actor:
    """A new, stored coordinator of a Jobcenter, as an actor."""
    return actor(someone(Role.COORDINATOR, at, given_name="Kaisa"), (Role.COORDINATOR, at))


def unit(at: Jobcenter, **facts: Any) -> WorkUnit:
    return stored(WorkUnit(**{"jobcenter_id": at.id, "name": f"Pajala {next(_numbers)}"} | facts))


def worker(at: Jobcenter, of: User | None = None, **facts: Any) -> Worker:
    """A worker whose benefits were never asked; `of` is the user who signs in as the worker."""
    given = {
        "jobcenter_id": at.id,
        "user_id": of.id if of else None,
        "given_name": of.given_name if of else "Veikko",
        "family_name": of.family_name if of else f"Tekijä{next(_numbers)}",
        "email": of.email if of else "",
        "language": "en",
        "ready_since": date(2026, 1, 1),
        "created_at": NOW,
    }
    return stored(Worker(**given | facts))


def consent(of: Worker, purpose: ConsentPurpose = ConsentPurpose.TAKE_PART, **facts: Any) -> Consent:
    given = {"worker_id": of.id, "purpose": purpose, "given_at": NOW, "recorded_by": "Kaisa"}
    return stored(Consent(**given | facts))


def support(of: Worker, by: User, kind: SupportKind = SupportKind.SUPPORT_PERSON, **facts: Any) -> SupportLink:
    given = {"worker_id": of.id, "user_id": by.id, "kind": kind, "starts_on": date(2026, 1, 1)}
    return stored(SupportLink(**given | facts))


def benefit(of: Worker, kind: Any, **facts: Any) -> HeldBenefit:
    return stored(HeldBenefit(**{"worker_id": of.id, "kind": kind, "told_by": "Kaisa", "told_on": TODAY} | facts))


def organisation(at: Jobcenter, *members: User, **facts: Any) -> Organisation:
    """A business with a valid Y-tunnus, and its members."""
    given = {
        "jobcenter_id": at.id,
        "kind": OrganisationKind.BUSINESS,
        "name": f"Kahvila {next(_numbers)} Oy",
        "business_id": business_id(),
        "email": "kahvila@example.fi",
        "street": "Kahvikuja 2",
        "postcode": "00200",
        "city": "Mallila",
        "created_at": NOW,
    }
    row = stored(Organisation(**given | facts))
    for member in members:
        stored(OrganisationMember(organisation_id=row.id, user_id=member.id))
    return row


def business_id() -> str:
    """A Y-tunnus with a right check digit, new each time."""
    while True:
        digits = f"{2_000_000 + next(_numbers):07}"
        for check in range(10):
            if ytunnus.is_valid(f"{digits}{check}"):
                return f"{digits}-{check}"


def order(at: Jobcenter, by: Organisation, times: Iterable[OrderTime] | None = None, **facts: Any) -> Order:
    """An accepted order of dishwashing for one person, on 1 December 2026 at 9-12 unless times are given."""
    given = {
        "jobcenter_id": at.id,
        "organisation_id": by.id,
        "status": OrderStatus.ACCEPTED,
        "category": TaskCategory.DISHWASHING,
        "title": "Astianpesu",
        "description": "Lounaan astiat",
        "place_name": by.name,
        "street": "Kahvikuja 2",
        "postcode": "00200",
        "city": "Mallila",
        "contact_name": "Olli Ohjaaja",
        "contact_phone": "040 123 4567",
        "contract_form": ContractForm.PARTNER,
        "created_at": NOW,
        "submitted_at": NOW,
    }
    row = Order(**given | facts)
    row.times = [OrderTime(day=date(2026, 12, 1), starts=time(9), ends=time(12))] if times is None else list(times)
    return stored(row)


def gig(of: Order, starts_at: datetime | None = None, hours: int = 3, slots: int = 1, **facts: Any) -> Gig:
    """A planned gig of an order with its slots; on 1 December 2026 from 9 on unless a start is given."""
    begins = starts_at or clock.at(date(2026, 12, 1), time(9))
    given = {
        "jobcenter_id": of.jobcenter_id,
        "order_id": of.id,
        "contract_form": of.contract_form or ContractForm.PARTNER,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=hours),
        "status": GigStatus.PLANNED,
    }
    row = Gig(**given | facts)
    row.slots = [Slot(position=position) for position in range(1, slots + 1)]
    return stored(row)


def offer(of: Gig, to: Worker, status: OfferStatus = OfferStatus.OFFERED, slot: int = 0, **facts: Any) -> Offer:
    """A slot of a gig (by its place in the list) offered to a worker."""
    given = {
        "slot_id": of.slots[slot].id,
        "gig_id": of.id,
        "worker_id": to.id,
        "status": status,
        "offered_at": NOW,
        "offered_by": "Kaisa",
    }
    return stored(Offer(**given | facts))


def time_entry(of: Offer, status: EntryStatus = EntryStatus.CONFIRMED, **facts: Any) -> TimeEntry:
    """The hours of an offer: those of its gig, at the usual rates, confirmed unless said otherwise."""
    row = db.session.get_one(Gig, of.gig_id)
    given = {
        "jobcenter_id": row.jobcenter_id,
        "offer_id": of.id,
        "gig_id": row.id,
        "order_id": row.order_id,
        "worker_id": of.worker_id,
        "worked_on": clock.day_of(row.starts_at),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "break_minutes": row.break_minutes,
        "minutes": (row.ends_at - row.starts_at) // timedelta(minutes=1) - row.break_minutes,
        "wage": WAGE,
        "price": PRICE,
        "vat_percent": VAT,
        "status": status,
        "logged_by": "Veikko",
        "logged_at": row.ends_at,
        "confirmed_by": "Olli" if status is EntryStatus.CONFIRMED else "",
        "confirmed_at": row.ends_at + timedelta(days=1) if status is EntryStatus.CONFIRMED else None,
    }
    return stored(TimeEntry(**given | facts))


def done_gig(of: Order, by: Worker, starts_at: datetime, hours: int = 3, **facts: Any) -> TimeEntry:
    """A gig that one worker has done, with its confirmed hours: the time entry."""
    row = gig(of, starts_at, hours, status=GigStatus.DONE)
    return time_entry(offer(row, by, OfferStatus.DONE), **facts)
