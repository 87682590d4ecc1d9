"""Places done before they came here: the guard and the overlap rule in bulk, on both databases."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.orders.gigs import domain
from jobcenter.orders.gigs.domain import Engagement, Span
from jobcenter.orders.gigs.service_imports import book_of, refusal
from tests import factories


def morning(day):
    return Span(clock.at(day, time(9)), clock.at(day, time(9)) + timedelta(hours=3))


def test_guard_and_overlap_are_asked_without_a_query_per_row(place, session, query_count):
    workers = [place.worker(f"Tekijä {number}") for number in range(3)]
    jobless = place.worker("Bo")
    factories.benefit(jobless, "labour_market_subsidy", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
    session.commit()
    ready = [*workers, jobless]
    for worker in ready:
        session.refresh(worker)
    book = book_of(place.jobcenter.id)
    with query_count() as statements:
        for number in range(10):
            span = morning(date(2022, 8, 1 + number))
            for worker in workers:
                assert refusal(span, ContractForm.ASSIGNMENT, worker, book) is None
                book.diary.take(worker.id, Engagement(number, span))
        busy = refusal(morning(date(2022, 8, 3)), ContractForm.ASSIGNMENT, workers[0], book)
        guarded = refusal(morning(date(2022, 8, 20)), ContractForm.ASSIGNMENT, jobless, book)
    assert statements == []
    assert isinstance(busy, domain.WorkerBusy)
    assert isinstance(guarded, domain.GuardRefused)


@pytest.mark.parametrize(
    ("day", "form", "refused"),
    [
        (date(2023, 12, 31), ContractForm.ASSIGNMENT, False),
        (date(2024, 1, 1), ContractForm.ASSIGNMENT, True),
        (date(2024, 1, 1), ContractForm.PARTNER, False),
    ],
)
def test_the_guard_looks_at_the_gigs_own_days(place, session, day, form, refused):
    worker = place.worker()
    factories.benefit(worker, "labour_market_subsidy", starts_on=date(2024, 1, 1))
    session.commit()
    answer = refusal(morning(day), form, worker, book_of(place.jobcenter.id))
    assert isinstance(answer, domain.GuardRefused) is refused
