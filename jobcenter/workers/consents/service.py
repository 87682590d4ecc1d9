"""Giving and withdrawing consents. Every page and rule asks for consents in force, so both take effect at once.

Who does not take part any more leaves a to-do in the same transaction: the open offers are then taken back.
"""

from __future__ import annotations

from datetime import date, datetime

from jobcenter.auth.domain import Actor
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.workers import policy, queries
from jobcenter.workers.domain import ConsentPurpose, Given, check_not_ahead
from jobcenter.workers.models import Consent, Worker
from jobcenter.workers.service import record

NOT_TAKING_PART_TODO = "not_taking_part"
# Whoever is let see earnings is told of the warnings that stand.
EARNINGS_SEEN = (ConsentPurpose.SUPPORT_SEES_EARNINGS, ConsentPurpose.GUARDIAN_SEES_EARNINGS)

register_clash("uq_consent_in_force", lambda: AlreadyDone("consent_already"))


def give(actor: Actor, worker_id: int, given: Given) -> None:
    """Record a consent of the person's, by themselves or by a coordinator who has the paper. Raises AlreadyDone."""
    worker = _worker_for_consent(actor, worker_id)
    if queries.consent_in_force(worker.id, given.purpose) is not None:
        raise AlreadyDone("consent_already")
    consent = Consent(
        worker_id=worker.id,
        purpose=given.purpose,
        parties=given.parties,
        given_at=_instant(given.given_on),
        recorded_by=actor.name,
    )
    db.session.add(consent)
    flush()
    after = {"purpose": given.purpose, "parties": given.parties, "given_at": consent.given_at}
    record(actor, "give_consent", worker, after=after)
    if given.purpose in EARNINGS_SEEN:
        todo.leave(todo.Changed.INCOME, worker.id)


def withdraw(actor: Actor, worker_id: int, purpose: ConsentPurpose) -> None:
    """End a consent now. Raises AlreadyDone if it is not in force."""
    worker = _worker_for_consent(actor, worker_id)
    consent = queries.consent_in_force(worker.id, purpose)
    if consent is None:
        raise AlreadyDone("consent_withdrawn_already")
    consent.withdrawn_at = clock.now()
    record(actor, "withdraw_consent", worker, {"purpose": purpose}, {"withdrawn_at": consent.withdrawn_at})
    if purpose is ConsentPurpose.TAKE_PART:
        todo.leave(NOT_TAKING_PART_TODO, worker.id)


def _worker_for_consent(actor: Actor, worker_id: int) -> Worker:
    worker = queries.worker_for(actor, worker_id, lock=True)
    if not policy.can_decide_consent(actor, worker):
        raise NotFound
    return worker


def _instant(given_on: date | None) -> datetime:
    """The instant of a consent: now, or the beginning of the day on the paper."""
    today = clock.today()
    if given_on is None or given_on == today:
        return clock.now()
    check_not_ahead(given_on, today=today, field="given_on")
    return clock.start_of(given_on)
