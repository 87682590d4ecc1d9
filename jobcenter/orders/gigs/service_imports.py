"""Gigs and places that were done before they came here: the same guard and overlap rule, asked in bulk.

book = book_of(jobcenter_id)                      # three queries for the whole Jobcenter
gig = import_gig(order, DoneGig(...))             # once per gig
import_done_place(actor, gig, worker, book=book)  # no query per place
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm, Person
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.orders.gigs import domain, queries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import Diary, Engagement, GigStatus, OfferStatus, Place, Span
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import person_facts_many


@dataclass(frozen=True)
class PlaceBook:
    """What the guard and the overlap rule need of a whole Jobcenter, read once. `partner` is the partner's name."""

    people: Mapping[int, Person]
    diary: Diary
    partner: str


@dataclass(frozen=True)
class DoneGig:
    """A gig that was done: when, its unpaid break in minutes, in which form, how many people, and the file's own id."""

    span: Span
    break_minutes: int
    form: ContractForm
    people: int
    external_ref: str | None = None


def book_of(jobcenter_id: int) -> PlaceBook:
    """The book of a Jobcenter's people, in three queries."""
    worker_ids = queries.worker_ids_of(jobcenter_id)
    return PlaceBook(
        people=person_facts_many(worker_ids),
        diary=queries.diary_of_jobcenter(jobcenter_id),
        partner=queries.partner_of(jobcenter_id),
    )


def with_people(book: PlaceBook, people: Mapping[int, Person]) -> PlaceBook:
    """The same book with more people: those who came in with the same files."""
    return PlaceBook(people={**book.people, **people}, diary=book.diary, partner=book.partner)


def import_gig(order: Order, done: DoneGig) -> Gig:
    """Store a gig that was done, with its slots. The caller flushes."""
    gig = Gig(jobcenter_id=order.jobcenter_id, order=order, contract_form=done.form, external_ref=done.external_ref)
    gig.starts_at, gig.ends_at, gig.break_minutes = done.span.starts_at, done.span.ends_at, done.break_minutes
    gig.status = GigStatus.DONE if done.span.ends_at <= clock.now() else GigStatus.PLANNED
    gig.slots = [Slot(position=number, offers=[]) for number in range(1, done.people + 1)]
    db.session.add(gig)
    return gig


def refusal(gig_span: Span, form: ContractForm, worker: Worker, book: PlaceBook) -> DomainError | None:
    """Why a place cannot be stored: the contract guard on the gig's own days, or another gig at the same time."""
    answer = domain.ask_guard(Place(gig_span, form), book.people[worker.id], clock.today())
    if not answer.allowed:
        return domain.GuardRefused(answer, name=worker.name, partner=book.partner)
    clash = book.diary.clash(worker.id, gig_span)
    if clash:
        when = texts.interval(clash.span.starts_at, clash.span.ends_at)
        return domain.WorkerBusy("worker_busy", name=worker.name, when=when)
    return None


def import_done_place(actor: Actor, gig: Gig, worker: Worker, *, book: PlaceBook) -> Offer:
    """Store that a worker did (or, on a gig ahead, has confirmed) a gig of theirs. `gig.slots` must be loaded.

    Raises GuardRefused, WorkerBusy, SlotTaken. Asks nothing of the database; the caller flushes.
    """
    span = span_of(gig)
    refused = refusal(span, gig.contract_form, worker, book)
    if refused is not None:
        raise refused
    slot = next((slot for slot in gig.slots if not slot.offers), None)
    if slot is None:
        raise domain.SlotTaken("slot_taken")
    status = OfferStatus.DONE if gig.status is GigStatus.DONE else OfferStatus.CONFIRMED
    place = Offer(gig=gig, slot=slot, worker=worker, status=status, offered_by=actor.name, answered_by=actor.name)
    place.offered_at = place.answered_at = place.confirmed_at = min(span.starts_at, clock.now())
    place.on_behalf = True
    db.session.add(place)
    book.diary.take(worker.id, Engagement(gig_id=gig.id or 0, span=span, break_minutes=gig.break_minutes))
    return place


def record_import(actor: Actor, gig: Gig) -> None:
    """Put an imported gig with its people on the audit log, once it is flushed."""
    people = [slot.offers[0].worker_id for slot in gig.slots if slot.offers]
    after = {"order": gig.order_id, "workers": people, "external_ref": gig.external_ref}
    audit.record(actor, "gig.import", "gig", gig.id, after=after, jobcenter_id=gig.jobcenter_id)
