"""Finding gigs, slots, offers, contracts and support bookings, each as the actor may see it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.base import ExecutableOption

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, RoleGrant, User
from jobcenter.auth.queries import jobcenter
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.orders.gigs.domain import HOLDING, GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Contract, Gig, Offer, Slot, SupportBooking
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import OrganisationMember
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import owned_by, supported_by

OPEN = (OfferStatus.OFFERED,)
AGREED = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
AHEAD = (*OPEN, *AGREED)

# One gig with its order, slots, offers and workers


def gig_for(actor: Actor, gig_id: int, *, lock: bool = False) -> Gig:
    """The whole gig, for a coordinator of its Jobcenter. Raises NotFound."""
    return _whole_gig(and_(Gig.id == gig_id, coordinated_by(actor)), lock=lock)


def gig_for_orderer(actor: Actor, gig_id: int, *, lock: bool = False) -> Gig:
    """The whole gig, for a member of the organisation that ordered it. Raises NotFound."""
    return _whole_gig(and_(Gig.id == gig_id, ordered_by(actor)), lock=lock)


def gig_of_either(actor: Actor, gig_id: int, *, lock: bool = False) -> Gig:
    """The whole gig, for those who may change it: its coordinators and its orderer. Raises NotFound."""
    return _whole_gig(and_(Gig.id == gig_id, or_(coordinated_by(actor), ordered_by(actor))), lock=lock)


def gig_of_slot_for(actor: Actor, slot_id: int, *, lock: bool = False) -> tuple[Gig, Slot]:
    """A slot in use with its whole gig, for a coordinator. Raises NotFound."""
    of_slot = select(Slot.gig_id).where(Slot.id == slot_id, Slot.in_use)
    gig = _whole_gig(and_(Gig.id.in_(of_slot), coordinated_by(actor)), lock=lock)
    return gig, next(slot for slot in gig.slots if slot.id == slot_id)


def locked_gig(gig_id: int) -> Gig:
    """The whole gig, locked, for the system's own work. Raises NotFound."""
    return _whole_gig(Gig.id == gig_id, lock=True)


def locked_gig_of(offer_id: int) -> Gig:
    """The whole gig of an offer, locked, for the system's own work. Raises NotFound."""
    return _whole_gig(Gig.id.in_(select(Offer.gig_id).where(Offer.id == offer_id)), lock=True)


def _whole_gig(condition: ColumnElement[bool], *, lock: bool) -> Gig:
    query = select(Gig).join(Gig.order).where(condition).options(*whole())
    if lock:
        query = query.with_for_update(of=Gig)
    gig = db.session.scalar(query.execution_options(populate_existing=True))
    if gig is None:
        raise NotFound
    return tied(gig)


def tied(gig: Gig) -> Gig:
    """The whole gig, each of its slots and offers holding on to it, so that one of them keeps all of it in memory."""
    for slot in gig.slots:
        set_committed_value(slot, "gig", gig)
        for offer in slot.offers:
            set_committed_value(offer, "gig", gig)
            set_committed_value(offer, "slot", slot)
    return gig


def whole() -> tuple[ExecutableOption, ...]:
    """Options that load whole gigs (joined with their order): organisation, slots, offers, workers."""
    return (
        contains_eager(Gig.order).joinedload(Order.organisation),
        selectinload(Gig.slots).joinedload(Slot.offers).joinedload(Offer.worker),
    )


# One offer


def offer_for(actor: Actor, offer_id: int, *, lock: bool = False) -> Offer:
    """The offer in its whole gig, for its worker, their support person, or a coordinator. Raises NotFound."""
    return _offer(offer_id, visible_to(actor), lock=lock)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The actor may see and answer the offer (joined with gig and worker): its worker, support person, coordinator."""
    return or_(coordinated_by(actor), owned_by(actor), supported_by(actor))


def coordinated_offer_for(actor: Actor, offer_id: int, *, lock: bool = False) -> Offer:
    """The offer in its whole gig, for a coordinator. Raises NotFound."""
    return _offer(offer_id, coordinated_by(actor), lock=lock)


def coordinated_gig_ids(actor: Actor, offer_ids: Collection[int]) -> list[int]:
    """The gigs of these offers, as far as the actor coordinates them, in the order in which gigs are locked."""
    query = select(Gig.id).join(Offer, Offer.gig_id == Gig.id).where(Offer.id.in_(offer_ids), coordinated_by(actor))
    return list(db.session.scalars(query.distinct().order_by(Gig.id)))


def _offer(offer_id: int, visible: ColumnElement[bool], *, lock: bool) -> Offer:
    query = select(Offer.gig_id).join(Offer.gig).join(Gig.order).join(Offer.worker)
    gig_id = db.session.scalar(query.where(Offer.id == offer_id, visible))
    if gig_id is None:
        raise NotFound
    gig = _whole_gig(Gig.id == gig_id, lock=lock)
    return next(offer for offer in offers_of(gig) if offer.id == offer_id)


def offers_of(gig: Gig) -> list[Offer]:
    """Every offer of a whole gig."""
    return [offer for slot in gig.slots for offer in slot.offers]


def holder_of(slot: Slot) -> Offer | None:
    """The offer that holds the slot."""
    return next((offer for offer in slot.offers if offer.status in HOLDING), None)


# Conditions


def coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """The actor coordinates the gig's Jobcenter."""
    return Gig.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))


def ordered_by(actor: Actor) -> ColumnElement[bool]:
    """The actor belongs to the organisation that ordered the gig (joined with its order)."""
    if actor.user_id is None:
        return false()
    member = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == actor.user_id)
    return Order.organisation_id.in_(member)


def _booked(actor: Actor) -> ColumnElement[bool]:
    if actor.user_id is None:
        return false()
    return Gig.id.in_(select(SupportBooking.gig_id).where(SupportBooking.user_id == actor.user_id))


# A Jobcenter's people


def worker_ids_of(jobcenter_id: int) -> list[int]:
    """Every worker of a Jobcenter, active or not."""
    return list(db.session.scalars(select(Worker.id).where(Worker.jobcenter_id == jobcenter_id)))


def partner_of(jobcenter_id: int) -> str:
    """The name of a Jobcenter's partner, the employer in the partner form."""
    return jobcenter(jobcenter_id).partner_name


# Lists of offers


def offers_of_worker(worker_ids: Collection[int], statuses: Collection[OfferStatus]) -> list[Offer]:
    """Offers of these workers with gig, order and worker, the next gig first."""
    query = listed(select(Offer).where(Offer.worker_id.in_(worker_ids), Offer.status.in_(statuses)))
    return list(db.session.scalars(query.order_by(Gig.starts_at, Offer.id)))


def offers_ahead_of(worker_ids: Collection[int], now: datetime) -> list[Offer]:
    """These workers' offers of gigs still to come, offered, agreed or confirmed, in the order gigs are locked in."""
    query = listed(select(Offer).where(Offer.worker_id.in_(worker_ids), Offer.status.in_(AHEAD)))
    return list(db.session.scalars(query.where(Gig.ends_at > now).order_by(Gig.id, Offer.id)))


def booked_gigs_of(actor: Actor, since: datetime) -> list[Gig]:
    """The gigs that the actor comes along to as a support person and that end after an instant, whole."""
    query = select(Gig).join(Gig.order).where(_booked(actor), Gig.ends_at > since, Gig.status != GigStatus.CANCELLED)
    query = query.options(*whole()).order_by(Gig.starts_at, Gig.id)
    return [tied(gig) for gig in db.session.scalars(query.execution_options(populate_existing=True))]


def booked_gig_for(actor: Actor, gig_id: int) -> Gig:
    """The whole gig, for a support person who comes along to it. Raises NotFound."""
    return _whole_gig(and_(Gig.id == gig_id, _booked(actor)), lock=False)


def gigs_of_order(order_id: int) -> list[Gig]:
    """The whole gigs of an order, in time order; the caller has checked that the actor may see the order."""
    query = select(Gig).join(Gig.order).where(Gig.order_id == order_id)
    query = query.options(*whole()).order_by(Gig.starts_at, Gig.id)
    return [tied(gig) for gig in db.session.scalars(query.execution_options(populate_existing=True))]


def order_for_orderer(actor: Actor, order_id: int) -> Order:
    """An order of the actor's organisation. Raises NotFound."""
    query = select(Order).where(Order.id == order_id, ordered_by(actor)).options(joinedload(Order.organisation))
    return or_not_found(db.session.scalar(query))


def order_for_coordinator(actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """An order of the actor's Jobcenter. Raises NotFound."""
    mine = Order.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    query = select(Order).where(Order.id == order_id, mine).options(joinedload(Order.organisation))
    return or_not_found(db.session.scalar(query.with_for_update(of=Order) if lock else query))


def locked_order(order_id: int) -> Order:
    """An order with its times, locked, for the system's own work. Raises NotFound."""
    query = select(Order).where(Order.id == order_id).options(selectinload(Order.times))
    return or_not_found(db.session.scalar(query.with_for_update().execution_options(populate_existing=True)))


def listed(query: Select) -> Select:
    """Offers with gig, order, organisation and worker, joined and loaded."""
    return (
        query.join(Offer.gig)
        .join(Gig.order)
        .join(Offer.worker)
        .options(
            contains_eager(Offer.gig).contains_eager(Gig.order).joinedload(Order.organisation),
            contains_eager(Offer.worker),
        )
        .execution_options(populate_existing=True)
    )


# People around a gig


def jobcenter_of(gig: Gig) -> Jobcenter:
    """The gig's Jobcenter."""
    return jobcenter(gig.jobcenter_id)


def user_by_id(user_id: int | None) -> User | None:
    """A user, if one is named."""
    return None if user_id is None else db.session.get(User, user_id)


def booked_support(gig_ids: Collection[int]) -> dict[int, list[User]]:
    """The support persons who come along, by gig, in one query; every asked gig has an entry."""
    found: dict[int, list[User]] = {gig_id: [] for gig_id in gig_ids}
    query = select(SupportBooking.gig_id, User).join(User, User.id == SupportBooking.user_id)
    for gig_id, user in db.session.execute(query.where(SupportBooking.gig_id.in_(gig_ids)).order_by(SupportBooking.id)):
        found[gig_id].append(user)
    return found


def booking_of(gig_id: int, user_id: int) -> SupportBooking | None:
    """The booking of a support person to a gig."""
    query = select(SupportBooking).where(SupportBooking.gig_id == gig_id, SupportBooking.user_id == user_id)
    return db.session.scalar(query)


def support_persons_of(jobcenter_id: int) -> list[User]:
    """The Jobcenter's support persons, by name."""
    granted = select(RoleGrant.user_id).where(RoleGrant.jobcenter_id == jobcenter_id, RoleGrant.role == Role.SUPPORT)
    query = select(User).where(User.id.in_(granted), User.active)
    return list(db.session.scalars(query.order_by(User.given_name, User.family_name, User.id)))


def lock_support_person(user_id: int, jobcenter_id: int) -> User:
    """A support person of the Jobcenter, locked, so that two bookings are looked at one after the other."""
    granted = select(RoleGrant.user_id).where(RoleGrant.jobcenter_id == jobcenter_id, RoleGrant.role == Role.SUPPORT)
    query = select(User).where(User.id == user_id, User.id.in_(granted), User.active)
    return or_not_found(db.session.scalar(query.with_for_update()))


# Contracts


def contract_of_offer(offer_id: int) -> Contract | None:
    """The contract made for an offer."""
    return db.session.scalar(select(Contract).where(Contract.offer_id == offer_id))


def contract_for(actor: Actor, contract_id: int) -> Contract:
    """A contract, for its worker, a support person linked to them, or a coordinator. Raises NotFound."""
    query = select(Contract).join(Worker, Worker.id == Contract.worker_id).where(Contract.id == contract_id)
    mine = Worker.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    return or_not_found(db.session.scalar(query.where(or_(mine, owned_by(actor), supported_by(actor)))))


def contract_ids_of(offer_ids: Collection[int]) -> dict[int, int]:
    """Contracts by offer."""
    rows = db.session.execute(select(Contract.offer_id, Contract.id).where(Contract.offer_id.in_(offer_ids)))
    return {offer_id: contract_id for offer_id, contract_id in rows}
