"""Finding rounds and the people in them, and how rounds stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from jobcenter.auth.domain import Actor
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.matching.rounds.domain import IN_LINE, LineStatus, RoundStatus, Standing
from jobcenter.matching.rounds.models import OfferRound, RoundPerson
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.domain import HOLDING, GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import owned_by, supported_by


def whole_round(round_id: int) -> OfferRound:
    """A round with its people, their workers and offers, for the system's own work. Raises NotFound."""
    return _whole(OfferRound.id == round_id)


def round_for(actor: Actor, round_id: int) -> OfferRound:
    """A round with its people, for a coordinator of its Jobcenter. Raises NotFound."""
    coordinated = select(Gig.id).where(gigs.coordinated_by(actor))
    return _whole(and_(OfferRound.id == round_id, OfferRound.gig_id.in_(coordinated)))


def gig_id_for(actor: Actor, round_id: int) -> int:
    """The gig of a round that the actor coordinates. Raises NotFound."""
    query = select(OfferRound.gig_id).join(OfferRound.gig).where(OfferRound.id == round_id, gigs.coordinated_by(actor))
    return or_not_found(db.session.scalar(query))


def live_round_id(gig_id: int) -> int | None:
    """The gig's round that is not closed."""
    query = select(OfferRound.id).where(OfferRound.gig_id == gig_id, OfferRound.status != RoundStatus.CLOSED)
    return db.session.scalar(query)


def round_by_key(form_key: str) -> OfferRound | None:
    """The round that a form has started already."""
    return db.session.scalar(select(OfferRound).where(OfferRound.form_key == form_key))


def _whole(condition: ColumnElement[bool]) -> OfferRound:
    people = selectinload(OfferRound.people)
    query = select(OfferRound).where(condition)
    query = query.options(people.joinedload(RoundPerson.worker), people.joinedload(RoundPerson.offer))
    round_ = or_not_found(db.session.scalar(query.execution_options(populate_existing=True)))
    for person in round_.people:
        set_committed_value(person, "round", round_)
    return round_


# One person who is asked


def asked_for(actor: Actor, person_id: int) -> RoundPerson:
    """Somebody who was asked, with round, gig, order and worker: for themselves, their support person, a coordinator.

    Raises NotFound; for who was never asked too: a place in a line is not told.
    """
    visible = gigs.coordinated_by(actor) | owned_by(actor) | supported_by(actor)
    query = _asked().where(RoundPerson.id == person_id, RoundPerson.asked_at.is_not(None), visible)
    return or_not_found(db.session.scalar(query.execution_options(populate_existing=True)))


def open_asks_of(worker_ids: Collection[int], now: datetime) -> list[RoundPerson]:
    """What these workers are asked and can answer now, the next gig first."""
    query = _asked().where(RoundPerson.worker_id.in_(worker_ids), OfferRound.status == RoundStatus.ASKING)
    query = query.where(OfferRound.closes_at > now, RoundPerson.asked_at.is_not(None))
    answerable = (LineStatus.ASKED, LineStatus.WILLING, LineStatus.UNWILLING)
    return list(db.session.scalars(query.where(RoundPerson.status.in_(answerable)).order_by(Gig.starts_at)))


def _asked() -> Select[tuple[RoundPerson]]:
    to_gig = contains_eager(RoundPerson.round).contains_eager(OfferRound.gig)
    return (
        select(RoundPerson)
        .join(RoundPerson.round)
        .join(OfferRound.gig)
        .join(Gig.order)
        .join(RoundPerson.worker)
        .options(
            to_gig.contains_eager(Gig.order).joinedload(Order.organisation),
            contains_eager(RoundPerson.worker),
            joinedload(RoundPerson.offer),
        )
    )


# How rounds stand


def standing_of(round_id: int, now: datetime) -> Standing:
    """How a round stands."""
    return standings(OfferRound.id == round_id, now)[round_id]


def due_rounds(now: datetime) -> dict[int, Standing]:
    """How every round stands that is not closed, in one query."""
    return standings(OfferRound.status != RoundStatus.CLOSED, now)


def standings(condition: ColumnElement[bool], now: datetime) -> dict[int, Standing]:
    """How rounds stand, by id, in one query."""
    ahead = and_(Gig.status == GigStatus.PLANNED, Gig.starts_at > now, Order.status == OrderStatus.ACCEPTED)
    query = (
        select(
            OfferRound.id,
            OfferRound.status,
            OfferRound.manner,
            OfferRound.stand_in,
            OfferRound.closes_at,
            ahead,
            _slots(free=True),
            _slots(free=False),
            _people(*IN_LINE),
            _people(LineStatus.ASKED),
        )
        .join(OfferRound.gig)
        .join(Gig.order)
        .where(condition)
        .order_by(OfferRound.id)
    )
    return {round_id: Standing(*facts) for round_id, *facts in db.session.execute(query)}


def _slots(*, free: bool) -> ColumnElement[int]:
    """How many of the gig's slots nobody holds: those not on offer (`free`), or those that are."""
    of_slot = select(Offer.id).where(Offer.slot_id == Slot.id)
    held, offered = of_slot.where(Offer.status.in_(HOLDING)), of_slot.where(Offer.status == OfferStatus.OFFERED)
    query = select(func.count(Slot.id)).where(Slot.gig_id == OfferRound.gig_id, Slot.in_use, ~held.exists())
    query = query.where(~offered.exists() if free else offered.exists())
    return query.correlate(OfferRound).scalar_subquery()


def _people(*statuses: LineStatus) -> ColumnElement[int]:
    query = select(func.count(RoundPerson.id)).where(RoundPerson.round_id == OfferRound.id)
    return query.where(RoundPerson.status.in_(statuses)).correlate(OfferRound).scalar_subquery()


def people_to_add(actor: Actor, gig_id: int) -> list[tuple[int, str]]:
    """Active workers of the gig's Jobcenter, by name: who can be put into a line."""
    mine = select(Gig.jobcenter_id).where(Gig.id == gig_id, gigs.coordinated_by(actor))
    query = select(Worker.id, Worker.given_name, Worker.family_name).where(Worker.jobcenter_id.in_(mine), Worker.active)
    rows = db.session.execute(query.order_by(Worker.given_name, Worker.family_name, Worker.id))
    return [(worker_id, f"{given} {family}".strip()) for worker_id, given, family in rows]


def workers_of(jobcenter_id: int, worker_ids: Collection[int]) -> dict[int, Worker]:
    """Workers of one Jobcenter by id; others are not there."""
    query = select(Worker).where(Worker.id.in_(worker_ids), Worker.jobcenter_id == jobcenter_id)
    return {worker.id: worker for worker in db.session.scalars(query)}
