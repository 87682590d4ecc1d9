"""Gigs and places that were done before they came here, on both databases."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import domain, service_imports
from jobcenter.orders.gigs.domain import OfferStatus, Span
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.service_imports import DoneGig
from jobcenter.workers.models import Worker
from tests import factories


def done_gig_of(place, day, people=1, form=ContractForm.ASSIGNMENT):
    start = clock.at(day, time(9))
    return DoneGig(Span(start, start + timedelta(hours=3)), 0, form, people)


def test_import_asks_guard_and_overlap_without_a_query_per_row(place, session, query_count):
    workers = [place.worker(f"Tekijä {number}") for number in range(3)]
    ids = [worker.id for worker in workers]
    jobless = place.worker("Bo")
    factories.benefit(jobless, "labour_market_subsidy", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    session.commit()
    actor = place.coordinator
    with unit_of_work():
        book = service_imports.book_of(place.jobcenter.id)
        order = session.get_one(type(place.order), place.order.id)
        people = [session.get_one(Worker, worker_id) for worker_id in ids]
        bo = session.get_one(Worker, jobless.id)
        with query_count() as statements:
            for number in range(10):
                gig = service_imports.import_gig(order, done_gig_of(place, date(2022, 8, 1 + number), 3))
                for worker in people:
                    service_imports.import_done_place(actor, gig, worker, book=book)
            clash = service_imports.import_gig(order, done_gig_of(place, date(2022, 8, 3)))
            with pytest.raises(domain.WorkerBusy):
                service_imports.import_done_place(actor, clash, people[0], book=book)
            with pytest.raises(domain.GuardRefused):
                service_imports.import_done_place(actor, clash, bo, book=book)
        assert statements == []
    assert session.scalar(select(func.count()).select_from(Offer).where(Offer.status == OfferStatus.DONE)) == 30


def test_guard_of_an_import_looks_at_the_gigs_own_days(place, session):
    worker = place.worker()
    factories.benefit(worker, "labour_market_subsidy", starts_on=date(2024, 1, 1))
    session.commit()
    with unit_of_work():
        book = service_imports.book_of(place.jobcenter.id)
        order = session.get_one(type(place.order), place.order.id)
        gig = service_imports.import_gig(order, done_gig_of(place, date(2022, 8, 1)))
        made = service_imports.import_done_place(place.coordinator, gig, session.get_one(Worker, worker.id), book=book)
        assert made.status is OfferStatus.DONE
