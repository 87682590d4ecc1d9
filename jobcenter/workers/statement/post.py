"""Telling that it is time to go through statements again: the person by name, coordinators by number only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from jobcenter.auth.domain import Role
from jobcenter.auth.queries import users_of
from jobcenter.core import texts
from jobcenter.core.web import absolute_url
from jobcenter.notifications import service as outbox
from jobcenter.workers.models import IncomeStatement, Worker
from jobcenter.workers.sides import Side
from jobcenter.workers.statement.messages import review_mail, reviews_mail

TO_PERSON, TO_COORDINATOR = "statement_review", "statement_reviews"


def tell(due: Sequence[tuple[IncomeStatement, Worker]], today: date) -> None:
    """Queue a mail to each person, and one a day to each coordinator of their Jobcenters."""
    for statement, worker in due:
        if worker.email:
            _tell_person(statement, worker)
    for jobcenter_id, people in Counter(worker.jobcenter_id for _statement, worker in due).items():
        _tell_coordinators(jobcenter_id, people, today)


def _tell_person(statement: IncomeStatement, worker: Worker) -> None:
    link = absolute_url("statement.show", worker_id=worker.id, side=Side.PERSON)
    with texts.in_language(worker.language):
        mail = review_mail(given_name=worker.given_name, link=link)
    outbox.queue(
        mail,
        to=worker.email,
        language=worker.language,
        dedupe_key=f"statement:{statement.id}",
        kind=TO_PERSON,
        jobcenter_id=worker.jobcenter_id,
    )


def _tell_coordinators(jobcenter_id: int, people: int, today: date) -> None:
    link = absolute_url("statement.to_review")
    for user in users_of([jobcenter_id], Role.COORDINATOR):
        if not user.active:
            continue
        with texts.in_language(user.language):
            mail = reviews_mail(given_name=user.given_name, people=people, link=link)
        outbox.queue(
            mail,
            to=user.email,
            language=user.language,
            dedupe_key=f"statements:{jobcenter_id}:{user.id}:{today.isoformat()}",
            kind=TO_COORDINATOR,
            jobcenter_id=jobcenter_id,
        )
