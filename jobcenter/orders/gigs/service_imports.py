"""Places on gigs done before they came here: the same contract guard and overlap rule, asked in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.benefits import ContractForm, Person
from jobcenter.core import clock, texts
from jobcenter.core.errors import DomainError
from jobcenter.orders.gigs import domain, queries, queries_diaries
from jobcenter.orders.gigs.domain import Diary, Place, Span
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import person_facts_many


@dataclass(frozen=True)
class PlaceBook:
    """What the guard and the overlap rule need of a whole Jobcenter, read once. `partner` is the partner's name."""

    people: Mapping[int, Person]
    diary: Diary
    partner: str


def book_of(jobcenter_id: int) -> PlaceBook:
    """The book of a Jobcenter's people, in three queries."""
    worker_ids = queries.worker_ids_of(jobcenter_id)
    return PlaceBook(
        people=person_facts_many(worker_ids),
        diary=queries_diaries.diary_of_jobcenter(jobcenter_id),
        partner=queries.partner_of(jobcenter_id),
    )


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
