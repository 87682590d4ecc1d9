"""A gig in a few words, as every first page shows it: read by columns, not as whole objects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.messages import TASKS

COLUMNS = (
    Gig.id.label("gig_id"),
    Gig.starts_at,
    Gig.ends_at,
    Gig.place.label("gig_place"),
    Order.category,
    Order.title,
    Order.place_name,
    Order.street,
    Order.city,
    Organisation.name.label("organisation"),
)


@dataclass(frozen=True)
class Card:
    """What, when, where, for whom."""

    gig_id: int
    category: TaskCategory
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    organisation: str


def select_gigs(*more: Any) -> Select:
    """Gigs with their order and organisation joined, by the columns that `card_of` reads and `more`."""
    joined = select(*COLUMNS, *more).select_from(Gig).join(Order, Order.id == Gig.order_id)
    return joined.outerjoin(Organisation, Organisation.id == Order.organisation_id)


def card_of(row: Any) -> Card:
    """The card of a selected row."""
    return Card(
        gig_id=row.gig_id,
        category=row.category,
        title=row.title or str(TASKS[row.category]),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.gig_place or ", ".join(part for part in (row.place_name, row.street, row.city) if part),
        organisation=row.organisation or "",
    )
