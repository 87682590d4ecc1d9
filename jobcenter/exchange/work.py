"""Storing orders, gigs and done hours from the files, under the same guard and overlap rules as everywhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from jobcenter.benefits import ContractForm
from jobcenter.core import clock, texts, todo
from jobcenter.core.clock import NonexistentTime
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.exchange import queries
from jobcenter.exchange.book import IMPORTED_BY, NOON, Book
from jobcenter.exchange.corrections import Done, Missing, Place, check_unbilled, missing_of, values_of
from jobcenter.exchange.domain import ClockTime
from jobcenter.exchange.formats import GIGS, HOURS, ORDERS, Format
from jobcenter.exchange.reading import Row
from jobcenter.orders.gigs.domain import Diary, Engagement, GigStatus, OfferStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.service_imports import PlaceBook, book_of, refusal
from jobcenter.orders.hours import domain as hours_domain
from jobcenter.orders.hours.domain import EntryStatus, Worktime
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation
from jobcenter.orders.rates.domain import alone_from
from jobcenter.orders.rates.queries import hourly_rates, least_share
from jobcenter.workers.models import Worker


def store_orders(book: Book) -> None:
    """Add the orders that are not here yet: agreed elsewhere, so accepted, or closed."""
    reach = book.reach()
    organisations, floor = queries.ids_by_ref(Organisation, reach), _PriceFloor.read(reach)
    values = []
    for row, jobcenter_id in book.new_rows(ORDERS, queries.ids_by_ref(Order, reach)):
        organisation_id = organisations.get((jobcenter_id, row["organisation"]))
        if organisation_id is None:
            book.fault(ORDERS, row, "organisation", "ref_unknown", given=row["organisation"])
            continue
        if not floor.holds(book, row, jobcenter_id, organisation_id):
            continue
        ordered_at = clock.at(row["ordered_on"], NOON)
        facts = row.without("jobcenter", "ref", "organisation", "ordered_on", "closed")
        facts |= {"jobcenter_id": jobcenter_id, "external_ref": row["ref"], "organisation_id": organisation_id}
        facts |= {"status": OrderStatus.CLOSED if row["closed"] else OrderStatus.ACCEPTED, "version": 1}
        values.append(facts | {"created_at": ordered_at, "submitted_at": ordered_at})
    book.store(ORDERS, Order, values)


@dataclass(frozen=True)
class _PriceFloor:
    """The lowest prices that one person may agree: decision 023 wants a second one below, which no file can be."""

    kinds: dict[int, OrganisationKind]
    shares: dict[int, Decimal | None]

    @classmethod
    def read(cls, reach: set[int]) -> _PriceFloor:
        """Read what it goes by for some Jobcenters."""
        shares = {jobcenter_id: least_share(jobcenter_id) for jobcenter_id in sorted(reach)}
        return cls(queries.kinds_of_organisations(reach), shares)

    def holds(self, book: Book, row: Row, jobcenter_id: int, organisation_id: int) -> bool:
        """Whether an order's price may come in; a fault beside it if not."""
        if row["agreed_price"] is None:
            return True
        kind = self.kinds[organisation_id]
        try:
            rates = hourly_rates(row["contract_form"], jobcenter_id, row["ordered_on"], kind)
        except DomainError as error:
            book.refused(ORDERS, row, error, "ordered_on")
            return False
        least = alone_from(rates, self.shares[jobcenter_id])
        if row["agreed_price"] < least:
            book.fault(ORDERS, row, "agreed_price", "price_needs_two", least=texts.money(least))
        return row["agreed_price"] >= least


def store_gigs(book: Book) -> None:
    """Add the gigs that are not here yet, each with its slots."""
    reach = book.reach()
    orders = _forms_of_orders(reach)
    order_ids = queries.ids_by_ref(Order, reach)
    values, people = [], {}
    for row, jobcenter_id in book.new_rows(GIGS, queries.ids_by_ref(Gig, reach)):
        order_id = order_ids.get((jobcenter_id, row["order"]))
        if order_id is None:
            book.fault(GIGS, row, "order", "ref_unknown", given=row["order"])
            continue
        span = _checked_span(book, GIGS, row)
        if span is None or not _check_gig(book, row, span):
            continue
        values.append(_gig_values(row, jobcenter_id, order_id, span) | {"contract_form": orders[order_id]})
        people[jobcenter_id, row["ref"]] = row["people"]
    book.store(GIGS, Gig, values)
    _store_slots(people, reach)


def _check_gig(book: Book, row: Row, span: Span) -> bool:
    if row["status"] is GigStatus.DONE and span.ends_at > clock.now():
        book.fault(GIGS, row, "status", "gig_not_done_yet")
        return False
    if row["break_minutes"] >= span.minutes:
        book.fault(GIGS, row, "break_minutes", "break_too_long")
        return False
    return True


def _gig_values(row: Row, jobcenter_id: int, order_id: int, span: Span) -> dict[str, Any]:
    return {
        "jobcenter_id": jobcenter_id,
        "external_ref": row["ref"],
        "order_id": order_id,
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "break_minutes": row["break_minutes"],
        "status": row["status"],
        "version": 1,
    }


def _store_slots(people: dict[tuple[int, str], int], reach: set[int]) -> None:
    ids = queries.ids_by_ref(Gig, reach) if people else {}
    values = [
        {"gig_id": ids[key], "position": position} for key, count in people.items() for position in range(1, count + 1)
    ]
    if values:
        db.session.execute(Slot.__table__.insert(), values)


def store_hours(book: Book) -> None:
    """Add the done hours that are not here yet: a place on the gig and a time entry each, rates by the day of work.

    Corrections come after what they correct, whatever the order of the rows.
    """
    reach = book.reach()
    desk = _Desk.read(reach)
    offers, firsts, later = [], [], []
    for row, jobcenter_id in book.new_rows(HOURS, queries.ids_by_ref(TimeEntry, reach)):
        if row["corrects"]:
            later.append((row, jobcenter_id))
        elif (done := _done(book, desk, row, jobcenter_id)) and _take_slot(book, desk, done, offers):
            firsts.append(done)
    corrections = [done for found in later if (done := _done(book, desk, *found))]
    missing = missing_of(book, corrections, firsts)
    db.session.flush()
    if not book.faults:
        _store_done(book, desk, offers, firsts, missing)


def _store_done(
    book: Book, desk: _Desk, offers: list[dict[str, Any]], firsts: list[Done], missing: list[Missing]
) -> None:
    for start in range(0, len(offers), queries.BATCH):
        db.session.execute(Offer.__table__.insert(), offers[start : start + queries.BATCH])
    offer_ids = _held(*queries.places_of(book.reach())) if firsts else {}
    book.store(HOURS, TimeEntry, [_entry_values(desk, offer_ids, done) for done in firsts])
    book.store(
        HOURS, TimeEntry, [_as_logged(found.done, found.minutes) | of_first for found, of_first in values_of(missing)]
    )
    for worker_id in sorted({done.place.worker.id for done in (*firsts, *(found.done for found in missing))}):
        todo.leave(todo.Changed.INCOME, worker_id)


@dataclass
class _Desk:
    """What the rules need of the Jobcenters at hand, read once."""

    gigs: dict[tuple[int, str], Any]
    workers: dict[tuple[int, str], Any]
    books: dict[int, PlaceBook]
    agreed: dict[int, Any]
    orderer_kinds: dict[int, OrganisationKind]
    free: dict[int, list[int]]
    held: dict[tuple[int, int], int]
    # By worker; in place of the entry stands the gig, which names a person's work as well.
    worked: dict[int, list[hours_domain.Logged]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, reach: set[int]) -> _Desk:
        """Read it for some Jobcenters."""
        slots, holders = queries.places_of(reach)
        gigs = select(
            Gig.id, Gig.jobcenter_id, Gig.external_ref, Gig.order_id, Gig.starts_at, Gig.ends_at, Gig.break_minutes
        )
        gigs = gigs.add_columns(Gig.contract_form, Gig.status).where(Gig.jobcenter_id.in_(reach))
        desk = cls(
            gigs={(gig.jobcenter_id, gig.external_ref): gig for gig in db.session.execute(gigs)},
            workers={(row.jobcenter_id, row.external_ref): row for row in db.session.execute(_workers(reach))},
            books={jobcenter_id: book_of(jobcenter_id) for jobcenter_id in sorted(reach)},
            agreed=dict(db.session.execute(_agreed(reach)).all()),
            orderer_kinds=dict(db.session.execute(_orderer_kinds(reach)).all()),
            free={gig_id: [slot for slot in ids if slot not in holders][::-1] for gig_id, ids in slots.items()},
            held=_held(slots, holders),
        )
        for worker_id, gig_id, starts_at, ends_at in queries.logged_spans(reach):
            desk.worked[worker_id].append(hours_domain.Logged(gig_id, starts_at, ends_at))
        return desk


def _workers(reach: set[int]) -> Any:
    name = (Worker.given_name + " " + Worker.family_name).label("name")
    return select(Worker.id, Worker.jobcenter_id, Worker.external_ref, name).where(Worker.jobcenter_id.in_(reach))


def _agreed(reach: set[int]) -> Any:
    return select(Order.id, Order.agreed_price).where(Order.jobcenter_id.in_(reach))


def _orderer_kinds(reach: set[int]) -> Any:
    query = select(Order.id, Organisation.kind).join(Organisation, Organisation.id == Order.organisation_id)
    return query.where(Order.jobcenter_id.in_(reach))


def _forms_of_orders(reach: set[int]) -> dict[int, ContractForm]:
    query = select(Order.id, Order.contract_form).where(Order.jobcenter_id.in_(reach))
    return dict(db.session.execute(query).all())


def _done(book: Book, desk: _Desk, row: Row, jobcenter_id: int) -> Done | None:
    place = _place(book, desk, row, jobcenter_id)
    worktime = _worktime(book, desk, row, place) if place else None
    done = Done(row, place, worktime) if place and worktime else None
    return done if done and _check_marks(book, done) else None


def _place(book: Book, desk: _Desk, row: Row, jobcenter_id: int) -> Place | None:
    gig = desk.gigs.get((jobcenter_id, row["gig"]))
    worker = desk.workers.get((jobcenter_id, row["worker"]))
    for column, found in (("gig", gig), ("worker", worker)):
        if found is None:
            book.fault(HOURS, row, column, "ref_unknown", given=row[column])
    if gig is None or worker is None:
        return None
    if gig.status is GigStatus.CANCELLED:
        book.fault(HOURS, row, "gig", "gig_was_cancelled")
        return None
    return Place(jobcenter_id, gig, worker)


def _worktime(book: Book, desk: _Desk, row: Row, place: Place) -> Worktime | None:
    """The row's time of work, when it may be: over, near its gig, beside no other hours of the same person but those
    that it corrects.
    """
    span = _checked_span(book, HOURS, row)
    if span is None:
        return None
    logged = desk.worked[place.worker.id]
    try:
        worktime = hours_domain.checked(Worktime(span.starts_at, span.ends_at, row["break_minutes"]))
        hours_domain.refuse_unlikely(
            worktime, gig_starts_at=place.gig.starts_at, gig_ends_at=place.gig.ends_at, now=clock.now()
        )
        hours_domain.refuse_overlap(worktime, logged, own={place.gig.id} if row["corrects"] else ())
        if not row["corrects"] and any(other.entry_id == place.gig.id for other in logged):
            raise DomainError("hours_already_logged", "gig")
    except DomainError as error:
        book.refused(HOURS, row, error, "day")
        return None
    logged.append(hours_domain.Logged(place.gig.id, worktime.starts_at, worktime.ends_at))
    return worktime


def _check_marks(book: Book, done: Done) -> bool:
    row, before = done.row, len(book.faults)
    if not row["confirmed_by"]:
        for column in ("confirmed_on", "invoiced", "paid_on", "unbilled_minutes"):
            if row[column]:
                book.fault(HOURS, row, column, "hours_not_confirmed")
    if row["confirmed_on"] and row["confirmed_on"] < row["day"]:
        book.fault(HOURS, row, "confirmed_on", "confirmed_before_work")
    if not row["corrects"]:
        check_unbilled(book, row, done.worktime.minutes)
    return len(book.faults) == before


def _take_slot(book: Book, desk: _Desk, done: Done, offers: list[dict[str, Any]]) -> bool:
    """Give the worker a slot of the gig, unless they have one. The contract guard is asked either way."""
    row, gig, worker = done.row, done.place.gig, done.place.worker
    rules = desk.books[done.place.jobcenter_id]
    span = Span(gig.starts_at, gig.ends_at)
    has_place = (gig.id, worker.id) in desk.held
    diary = Diary() if has_place else rules.diary
    refused = refusal(span, gig.contract_form, worker, PlaceBook(rules.people, diary, rules.partner))
    if refused is not None:
        book.refused(HOURS, row, refused, "worker")
        return False
    if has_place:
        return True
    if not desk.free.get(gig.id):
        book.fault(HOURS, row, "gig", "gig_full")
        return False
    rules.diary.take(worker.id, Engagement(gig.id, span, gig.break_minutes))
    desk.held[gig.id, worker.id] = 0
    offers.append(_offer_values(desk.free[gig.id].pop(), gig, worker))
    return True


def _offer_values(slot_id: int, gig: Any, worker: Any) -> dict[str, Any]:
    return {
        "slot_id": slot_id,
        "gig_id": gig.id,
        "worker_id": worker.id,
        "status": OfferStatus.DONE if gig.status is GigStatus.DONE else OfferStatus.CONFIRMED,
        "offered_at": gig.starts_at,
        "offered_by": IMPORTED_BY,
        "answered_at": gig.starts_at,
        "answered_by": IMPORTED_BY,
        "confirmed_at": gig.starts_at,
    }


def _held(slots: dict[int, list[int]], holders: dict[int, tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Who holds a place: the offer by gig and worker."""
    return {
        (gig_id, holders[slot][0]): holders[slot][1] for gig_id, ids in slots.items() for slot in ids if slot in holders
    }


def _entry_values(desk: _Desk, offer_ids: dict[tuple[int, int], int], done: Done) -> dict[str, Any]:
    place, worked_on = done.place, done.worked_on
    orderer_kind = desk.orderer_kinds.get(place.gig.order_id)
    rates = hourly_rates(place.gig.contract_form, place.jobcenter_id, worked_on, orderer_kind)
    agreed = desk.agreed[place.gig.order_id]
    return _as_logged(done, done.worktime.minutes) | {
        "jobcenter_id": place.jobcenter_id,
        "offer_id": offer_ids[done.work],
        "gig_id": place.gig.id,
        "order_id": place.gig.order_id,
        "worker_id": place.worker.id,
        "worked_on": worked_on,
        "wage": rates.wage,
        "price": rates.price if agreed is None else agreed,
        "vat_percent": rates.vat_percent,
    }


def _as_logged(done: Done, minutes: int) -> dict[str, Any]:
    """What an entry has by its own row; of which nothing is to be billed, that is not left to invoice."""
    row, worktime, confirmed = done.row, done.worktime, bool(done.row["confirmed_by"])
    confirmed_on = row["confirmed_on"] or clock.day_of(worktime.ends_at)
    return {
        "external_ref": row["ref"],
        "starts_at": worktime.starts_at,
        "ends_at": worktime.ends_at,
        "break_minutes": worktime.break_minutes,
        "minutes": minutes,
        "unbilled_minutes": row["unbilled_minutes"],
        "status": EntryStatus.CONFIRMED if confirmed else EntryStatus.LOGGED,
        "logged_by": row["logged_by"] or IMPORTED_BY,
        "logged_at": worktime.ends_at,
        "confirmed_by": row["confirmed_by"],
        "confirmed_at": clock.at(confirmed_on, NOON) if confirmed else None,
        "invoiced": row["invoiced"] or row["unbilled_minutes"] == minutes,
        "paid_on": row["paid_on"],
    }


def _checked_span(book: Book, fmt: Format, row: Row) -> Span | None:
    """The row's times as instants; an end not after the start is on the next day. A skipped hour is a fault."""
    try:
        starts_at = _instant(row["day"], row["starts"])
        ends_at = _instant(row["day"], row["ends"])
        if ends_at <= starts_at:
            ends_at = _instant(row["day"] + timedelta(days=1), row["ends"])
    except NonexistentTime:
        book.fault(fmt, row, "starts", "time_does_not_exist")
        return None
    if ends_at - starts_at > hours_domain.LONGEST:
        book.fault(fmt, row, "ends", "span_too_long", hours=hours_domain.LONGEST // timedelta(hours=1))
        return None
    return Span(starts_at, ends_at)


def _instant(day: date, time_of_day: ClockTime) -> datetime:
    return clock.at(day, time_of_day.wall, second_pass=time_of_day.second_pass)
