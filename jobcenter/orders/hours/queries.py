"""Finding hours: one entry or offer as the actor may see it, and the lists of each role."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import User
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Contract, Gig, Offer, SupportBooking
from jobcenter.orders.gigs.queries_forms import accepted_price
from jobcenter.orders.hours.domain import ConfirmationPeriod, EntryStatus, Logged
from jobcenter.orders.hours.models import TimeEntry, TimeEntryChange
from jobcenter.orders.hours.policy import Standing
from jobcenter.orders.intake.models import Order, TermsOffer
from jobcenter.orders.organisations.models import OrganisationMember
from jobcenter.workers.domain import SupportKind
from jobcenter.workers.models import SupportLink, Worker

WORKED = (OfferStatus.CONFIRMED, OfferStatus.DONE)
WAITING = (EntryStatus.LOGGED, EntryStatus.DISPUTED)


@cache
def confirmation_periods() -> tuple[ConfirmationPeriod, ...]:
    """The dated rule on how long an orderer has to answer, from this package's data."""
    text = files(__package__).joinpath("data/confirmation.toml").read_text(encoding="utf-8")
    return tuple(
        ConfirmationPeriod(
            valid_from=row["from"],
            remind_after=timedelta(days=row["remind_after_days"]),
            coordinator_after=timedelta(days=row["coordinator_after_days"]),
            source=row["source"],
        )
        for row in tomllib.loads(text)["period"]
    )


# One offer or entry, and how the actor stands to it


def offer_for(actor: Actor, offer_id: int) -> tuple[Offer, Standing]:
    """A worked offer with its gig, order and worker, for somebody who may log its hours. Raises NotFound."""
    query = (
        select(Offer)
        .join(Offer.gig)
        .join(Gig.order)
        .join(Offer.worker)
        .where(Offer.id == offer_id, Offer.status.in_(WORKED))
        .options(contains_eager(Offer.gig).contains_eager(Gig.order).joinedload(Order.organisation))
        .options(contains_eager(Offer.worker))
        .execution_options(populate_existing=True)
    )
    offer = db.session.scalar(query)
    if offer is None:
        raise NotFound
    standing = _standing(actor, gig=offer.gig, worker=offer.worker)
    if not standing.any:
        raise NotFound
    return offer, standing


def entry_for(actor: Actor, entry_id: int, *, lock: bool = False) -> tuple[TimeEntry, Standing]:
    """A time entry with its gig, order and worker, and how the actor stands to it. Raises NotFound."""
    query = _with_gig_and_worker(select(TimeEntry).where(TimeEntry.id == entry_id))
    if lock:
        query = query.with_for_update(of=TimeEntry)
    entry = db.session.scalar(query.execution_options(populate_existing=True))
    if entry is None:
        raise NotFound
    standing = _standing(actor, gig=entry.gig, worker=entry.worker)
    if not standing.any:
        raise NotFound
    return entry, standing


def entry_of_offer(offer_id: int) -> TimeEntry | None:
    """The time entry of an offer, if its hours are logged; not one that corrects it."""
    return db.session.scalar(select(TimeEntry).where(TimeEntry.offer_id == offer_id, TimeEntry.corrects_id.is_(None)))


def rows_of_work(offer_id: int) -> list[TimeEntry]:
    """The time entry of an offer and those that correct it, in the order in which they were made, with gig, order and
    worker.
    """
    query = _with_gig_and_worker(select(TimeEntry).where(TimeEntry.offer_id == offer_id)).order_by(TimeEntry.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def gig_for_orderer(actor: Actor, gig_id: int) -> Gig:
    """A gig of an organisation that the actor acts for, with its order. Raises NotFound."""
    query = select(Gig).join(Gig.order).where(Gig.id == gig_id, _orders_of(actor))
    return or_not_found(db.session.scalar(query.options(contains_eager(Gig.order).joinedload(Order.organisation))))


def _standing(actor: Actor, *, gig: Gig, worker: Worker) -> Standing:
    if actor.user_id is None:
        return Standing()
    return Standing(
        is_worker=worker.user_id == actor.user_id,
        is_support=_supports(actor.user_id, worker_id=worker.id, gig_id=gig.id),
        is_orderer=_is_member(actor.user_id, gig.order.organisation_id),
        is_coordinator=gig.jobcenter_id in actor.jobcenters(Role.COORDINATOR),
    )


def _supports(user_id: int, *, worker_id: int, gig_id: int) -> bool:
    linked = select(SupportLink.id).where(SupportLink.worker_id == worker_id, _support_of(user_id))
    booked = select(SupportBooking.id).where(SupportBooking.gig_id == gig_id, SupportBooking.user_id == user_id)
    return bool(db.session.scalar(select(or_(linked.exists(), booked.exists()))))


def _is_member(user_id: int, organisation_id: int | None) -> bool:
    member = select(OrganisationMember.id).where(
        OrganisationMember.user_id == user_id, OrganisationMember.organisation_id == organisation_id
    )
    return bool(db.session.scalar(select(member.exists())))


def _support_of(user_id: int) -> ColumnElement[bool]:
    """The condition on SupportLink that the user is a support person today."""
    today = clock.today()
    return and_(
        SupportLink.user_id == user_id,
        SupportLink.kind == SupportKind.SUPPORT_PERSON,
        SupportLink.starts_on <= today,
        or_(SupportLink.ends_on.is_(None), SupportLink.ends_on >= today),
    )


def _orders_of(actor: Actor) -> ColumnElement[bool]:
    """The condition on Order that the actor acts for its organisation."""
    return Order.organisation_id.in_(
        select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == actor.user_id)
    )


def _with_gig_and_worker(query: Select) -> Select:
    return (
        query.join(TimeEntry.gig)
        .join(Gig.order)
        .join(TimeEntry.worker)
        .options(contains_eager(TimeEntry.gig).contains_eager(Gig.order).joinedload(Order.organisation))
        .options(contains_eager(TimeEntry.worker))
    )


# What the overlap check needs


def logged_hours(worker_ids: Collection[int], *, starts_at: datetime, ends_at: datetime) -> list[Logged]:
    """The hours of these worker rows that touch the span."""
    query = select(TimeEntry.id, TimeEntry.starts_at, TimeEntry.ends_at).where(
        TimeEntry.status != EntryStatus.WITHDRAWN,
        TimeEntry.worker_id.in_(worker_ids),
        TimeEntry.starts_at < ends_at,
        TimeEntry.ends_at > starts_at,
    )
    return [Logged(entry_id, start, end) for entry_id, start, end in db.session.execute(query)]


def agreed_price(gig: Gig) -> Decimal | None:
    """The net hourly price that the orderer had accepted when the gig began, for the gig alone or for its order,
    whatever was agreed on later; of an order without accepted terms (an imported one) the price it came with; None: the
    list price.
    """
    of_gig = accepted_price(gig.id)
    if of_gig is not None:
        return of_gig
    query = select(TermsOffer.hourly_price).where(
        TermsOffer.order_id == gig.order_id,
        TermsOffer.contract_form == gig.contract_form,
        TermsOffer.accepted_at <= gig.starts_at,
    )
    accepted = db.session.scalar(query.order_by(TermsOffer.id.desc()).limit(1))
    return gig.order.agreed_price if accepted is None else accepted


def promised_wage(offer_id: int, form: ContractForm) -> Decimal | None:
    """The pay of an hour that the contract of an offer promises in a form of contract; None without one."""
    return db.session.scalar(select(Contract.wage).where(Contract.offer_id == offer_id, Contract.form == form))


# Lists


def entries_of_gig(gig_id: int, *, lock: bool = False) -> list[TimeEntry]:
    """Every time entry of a gig, by worker's name."""
    query = _with_gig_and_worker(select(TimeEntry).where(TimeEntry.gig_id == gig_id))
    query = query.order_by(Worker.given_name, TimeEntry.id)
    if lock:
        query = query.with_for_update(of=TimeEntry).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def entries_of_worker(worker_ids: Collection[int], *, limit: int = 50, offset: int = 0) -> list[TimeEntry]:
    """The newest hours of some workers."""
    query = _with_gig_and_worker(select(TimeEntry).where(TimeEntry.worker_id.in_(worker_ids)))
    query = query.order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc())
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def number_of_entries(worker_ids: Collection[int]) -> int:
    """How many hours rows some workers have."""
    query = select(func.count()).select_from(TimeEntry).where(TimeEntry.worker_id.in_(worker_ids))
    return db.session.scalar(query) or 0


def to_log(worker_ids: Collection[int], now: datetime, *, limit: int = 20) -> list[Offer]:
    """Begun gigs of some workers whose hours are not logged yet, oldest first."""
    logged = select(TimeEntry.id).where(TimeEntry.offer_id == Offer.id)
    query = (
        select(Offer)
        .join(Offer.gig)
        .join(Offer.worker)
        .where(Offer.worker_id.in_(worker_ids), Offer.status.in_(WORKED), Gig.starts_at <= now, ~logged.exists())
        .options(contains_eager(Offer.gig).joinedload(Gig.order).joinedload(Order.organisation))
        .options(contains_eager(Offer.worker))
    )
    return list(db.session.scalars(query.order_by(Gig.starts_at).limit(limit)))


def supported_workers(actor: Actor) -> list[int]:
    """The ids of the workers whom the actor supports today."""
    return list(db.session.scalars(select(SupportLink.worker_id).where(_support_of(actor.user_id)).distinct()))


def own_workers(actor: Actor) -> list[int]:
    """The ids of the actor's own worker rows, one per Jobcenter."""
    return list(db.session.scalars(select(Worker.id).where(Worker.user_id == actor.user_id)))


def waiting_for_orderer(actor: Actor, *, limit: int = 50) -> list[TimeEntry]:
    """Logged hours that the actor's organisations have not answered, oldest first."""
    query = _with_gig_and_worker(select(TimeEntry).where(TimeEntry.status == EntryStatus.LOGGED, _orders_of(actor)))
    return list(db.session.scalars(query.order_by(Gig.starts_at, Worker.given_name).limit(limit)))


def waiting_in_jobcenters(jobcenter_ids: Collection[int], *, limit: int = 100) -> list[TimeEntry]:
    """Hours of some Jobcenters that are logged, disputed or without times: oldest first."""
    query = _with_gig_and_worker(
        select(TimeEntry).where(
            TimeEntry.jobcenter_id.in_(jobcenter_ids), TimeEntry.status.in_((*WAITING, EntryStatus.NEEDS_TIMES))
        )
    )
    return list(db.session.scalars(query.order_by(TimeEntry.logged_at).limit(limit)))


def changes_of(entry_id: int) -> list[TimeEntryChange]:
    """The trail of an entry's corrections, oldest first."""
    query = select(TimeEntryChange).where(TimeEntryChange.time_entry_id == entry_id)
    return list(db.session.scalars(query.order_by(TimeEntryChange.id)))


# For billing and pay


def locked_entries(entry_ids: Iterable[int]) -> list[TimeEntry]:
    """Entries by id, locked, in a fixed order so that two runs never wait for each other."""
    query = select(TimeEntry).where(TimeEntry.id.in_(list(entry_ids))).order_by(TimeEntry.id)
    return list(db.session.scalars(query.with_for_update().execution_options(populate_existing=True)))


# For the jobs


def gigs_to_ask_about(now: datetime, *, patience: timedelta) -> list[int]:
    """Gigs with logged hours not asked about yet: everybody has logged, or the last one did so `patience` ago."""
    missing = (
        select(Offer.gig_id)
        .outerjoin(TimeEntry, and_(TimeEntry.offer_id == Offer.id, TimeEntry.status != EntryStatus.NEEDS_TIMES))
        .where(Offer.status.in_(WORKED), TimeEntry.id.is_(None))
    )
    query = (
        select(TimeEntry.gig_id)
        .where(TimeEntry.status == EntryStatus.LOGGED, TimeEntry.asked_at.is_(None))
        .group_by(TimeEntry.gig_id)
        .having(or_(TimeEntry.gig_id.not_in(missing), func.max(TimeEntry.logged_at) <= now - patience))
    )
    return list(db.session.scalars(query.order_by(TimeEntry.gig_id)))


def unreminded_gigs(logged_before: datetime) -> list[int]:
    """Gigs with hours logged before an instant, unanswered and not reminded of."""
    query = select(TimeEntry.gig_id).where(
        TimeEntry.status == EntryStatus.LOGGED,
        TimeEntry.reminded_at.is_(None),
        TimeEntry.logged_at <= logged_before,
    )
    return list(db.session.scalars(query.distinct().order_by(TimeEntry.gig_id)))


def supporters_of(worker_id: int, gig_id: int) -> list[User]:
    """Support persons to be told about a worker's hours: those booked along, else those linked today."""
    booked = select(User).join(SupportBooking, SupportBooking.user_id == User.id)
    booked = booked.where(SupportBooking.gig_id == gig_id, User.active)
    if found := list(db.session.scalars(booked.order_by(User.id))):
        return found
    today = clock.today()
    linked = select(User).join(SupportLink, SupportLink.user_id == User.id)
    linked = linked.where(
        SupportLink.worker_id == worker_id,
        SupportLink.kind == SupportKind.SUPPORT_PERSON,
        User.active,
        SupportLink.starts_on <= today,
        or_(SupportLink.ends_on.is_(None), SupportLink.ends_on >= today),
    )
    return list(db.session.scalars(linked.order_by(User.id)))


def coordinator_of(order: Order) -> User | None:
    """The coordinator who takes care of an order, if one does."""
    return _with_open_account(order.coordinator_id)


def user_of_worker(worker: Worker) -> User | None:
    """The user by which a worker signs in, if they have one."""
    return _with_open_account(worker.user_id)


def _with_open_account(user_id: int | None) -> User | None:
    return None if user_id is None else db.session.scalar(select(User).where(User.id == user_id, User.active))
