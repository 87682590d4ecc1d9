"""Answering what if, and keeping an answer. Answering writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.benefits import may_offer
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.earnings.domain import Case
from jobcenter.earnings.queries import case_of, wage_on
from jobcenter.earnings.whatif import queries
from jobcenter.earnings.whatif.domain import (
    MOST_SAVED,
    Asked,
    Keep,
    NotAsked,
    Plan,
    Question,
    Scenario,
    TooManySaved,
    plan_of,
    scenario_of,
)
from jobcenter.earnings.whatif.domain_outcome import Outcome, outcome_of
from jobcenter.earnings.whatif.models import WhatIf
from jobcenter.earnings.whatif.queries import Subject
from jobcenter.orders.gigs.domain import Span
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.workers.policy import on_behalf_of

register_clash("uq_what_if_form_key", lambda: AlreadyDone("what_if_kept"))


def answer(subject: Subject, asked: Asked, offers: Sequence[Offer], now: datetime) -> Outcome:
    """What would change. `offers`: the person's open ones, where one is asked about.

    Raises NotAsked, and RateMissing when no wage is set for the time.
    """
    case = case_of(subject.worker.id, now)
    if asked.question is Question.OFFER:
        scenario, plan = _of_offer(asked, offers, case)
    else:
        scenario, plan = _of_work(subject, asked, case)
    person_may = may_offer(form=scenario.form, person=case.person, from_=scenario.starts_on, to=scenario.ends_on)
    return outcome_of(case, scenario, plan, person_may.reason)


def keep(actor: Actor, worker_id: int, command: Keep) -> WhatIf:
    """Answer and keep the answer. The same form keeps it once. Raises NotFound, NotAsked, TooManySaved, RateMissing."""
    subject = queries.asking_subject_for(actor, worker_id)
    queries.lock_answers_of(worker_id)
    if kept := queries.kept_with(command.form_key):
        return queries.kept_for(actor, kept.id)[0]
    if queries.number_kept(worker_id) >= MOST_SAVED:
        raise TooManySaved("what_if_too_many", most=MOST_SAVED)
    now = clock.now()
    outcome = answer(subject, command.asked, queries.offers_for(command.asked.question, worker_id, now), now)
    row = WhatIf(
        worker_id=worker_id,
        name=command.name,
        question=outcome.scenario.question,
        rules_version=outcome.rules_version,
        payload=to_plain(outcome),
        form_key=command.form_key,
        made_at=now,
        made_by=actor.name,
    )
    db.session.add(row)
    flush()
    _record(actor, "what_if.keep", row, subject)
    return row


def delete(actor: Actor, what_if_id: int) -> int:
    """Delete a kept answer; the id of the person whom it was about. Raises NotFound."""
    row, _reader = queries.kept_for(actor, what_if_id)
    subject = queries.asking_subject_for(actor, row.worker_id)
    db.session.delete(row)
    flush()
    _record(actor, "what_if.delete", row, subject)
    return subject.worker.id


def outcome_kept(row: WhatIf) -> Outcome:
    """The answer exactly as it was computed."""
    return from_plain(Outcome, row.payload)


def _of_work(subject: Subject, asked: Asked, case: Case) -> tuple[Scenario, Plan]:
    form = asked.form or subject.usual_form
    asked = replace(asked, form=form)
    hourly = wage_on(form, subject.worker.jobcenter_id, asked.starts_on)
    scenario = scenario_of(asked, hourly, case.as_of)
    return scenario, plan_of(scenario, [earning.income for earning in case.earnings])


def _of_offer(asked: Asked, offers: Sequence[Offer], case: Case) -> tuple[Scenario, Plan]:
    """The gig of an open offer, as the ledger counts it. Raises NotAsked if it is open no more."""
    gig = next((offer.gig for offer in offers if offer.id == asked.offer_id), None)
    income = next((earning.income for earning in case.earnings if earning.offer_id == asked.offer_id), None)
    if gig is None or income is None:
        raise NotAsked("what_if_no_offer", "offer_id")
    scenario = _scenario_of_gig(gig, asked.offer_id, recurring=income.recurring)
    return scenario, replace(plan_of(scenario), extra=(income,))


def _scenario_of_gig(gig: Gig, offer_id: int, *, recurring: bool) -> Scenario:
    span = Span(gig.starts_at, gig.ends_at)
    return Scenario(
        question=Question.OFFER,
        form=gig.contract_form,
        hourly=wage_on(gig.contract_form, gig.jobcenter_id, span.first_day),
        minutes=max(0, span.minutes - gig.break_minutes),
        starts_on=span.first_day,
        ends_on=span.last_day,
        offer_id=offer_id,
        recurring=recurring,
    )


def _record(actor: Actor, verb: str, row: WhatIf, subject: Subject) -> None:
    facts: dict[str, Any] = {"question": row.question.value, "what_if": row.id}
    audit.record(
        actor,
        verb,
        "worker",
        subject.worker.id,
        after=facts,
        jobcenter_id=subject.worker.jobcenter_id,
        on_behalf_of=on_behalf_of(actor, subject.worker),
    )
