"""Telling benefits, work-seeking, tax cards and accounts.

What touches benefits leaves a to-do in the same transaction: the contract guard then looks at coming gigs again.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.core.uow import flush
from jobcenter.workers import queries
from jobcenter.workers.domain import (
    Answer,
    Asked,
    BenefitTold,
    TaxCardTold,
    account_number,
    check_days,
    check_not_ahead,
)
from jobcenter.workers.held import queries as held
from jobcenter.workers.models import HeldBenefit, TaxCard, Worker
from jobcenter.workers.service import record


def add_benefit(actor: Actor, worker_id: int, new: BenefitTold) -> int:
    """Tell a benefit that the person receives; its id. Raises AlreadyDone if the same one is told already."""
    worker = held.worker_with_benefits_for(actor, worker_id, lock=True)
    check_days(new.starts_on, new.ends_on)
    if any((old.kind, old.starts_on, old.ends_on) == _key(new) for old in held.benefits_of(worker)):
        raise AlreadyDone("benefit_already")
    benefit = HeldBenefit(worker_id=worker.id, told_by=actor.name, told_on=clock.today(), **asdict(new))
    db.session.add(benefit)
    flush()
    _changed(actor, worker, "add_benefit", None, asdict(new))
    return benefit.id


def change_benefit(actor: Actor, worker_id: int, benefit_id: int, new: BenefitTold) -> None:
    """Correct a benefit's days and figures."""
    worker = held.worker_with_benefits_for(actor, worker_id, lock=True)
    benefit = held.benefit_of(worker, benefit_id)
    check_days(new.starts_on, new.ends_on)
    before = asdict(held.told(benefit))
    if before == asdict(new):
        return
    for name, value in asdict(new).items():
        setattr(benefit, name, value)
    benefit.told_by, benefit.told_on = actor.name, clock.today()
    _changed(actor, worker, "change_benefit", before, asdict(new))


def end_benefit(actor: Actor, worker_id: int, benefit_id: int, ends_on: date) -> None:
    """Tell that a benefit ends, or has ended, on a day. Raises AlreadyDone if that day is known already."""
    worker = held.worker_with_benefits_for(actor, worker_id, lock=True)
    benefit = held.benefit_of(worker, benefit_id)
    if benefit.ends_on == ends_on:
        raise AlreadyDone("benefit_ended_already")
    check_days(benefit.starts_on, ends_on)
    before = {"kind": benefit.kind, "ends_on": benefit.ends_on}
    benefit.ends_on, benefit.told_by, benefit.told_on = ends_on, actor.name, clock.today()
    _changed(actor, worker, "end_benefit", before, {"ends_on": ends_on})


def remove_benefit(actor: Actor, worker_id: int, benefit_id: int) -> None:
    """Take away a benefit that was recorded by mistake: only a coordinator."""
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    benefit = held.benefit_of(worker, benefit_id)
    before = asdict(held.told(benefit))
    db.session.delete(benefit)
    _changed(actor, worker, "remove_benefit", before, None)


def note_asked(actor: Actor, worker_id: int, asked: Asked) -> None:
    """Write down that the person was asked. "I don't know" means that nothing is known, from now on too."""
    worker = held.worker_with_benefits_for(actor, worker_id, lock=True)
    check_not_ahead(asked.asked_on, today=clock.today(), field="asked_on")
    asked_on = asked.asked_on if asked.answer is Answer.ALL_TOLD else None
    before = {"jobseeker": worker.jobseeker, "benefits_asked_on": worker.benefits_asked_on}
    after = {"jobseeker": asked.jobseeker, "benefits_asked_on": asked_on}
    worker.jobseeker, worker.benefits_asked_on = asked.jobseeker, asked_on
    _changed(actor, worker, "note_asked", before, after)


def save_tax_card(actor: Actor, worker_id: int, card: TaxCardTold) -> None:
    """Keep a tax card; one that begins on the same day is replaced. Raises AlreadyDone if it is the same."""
    worker = held.worker_with_money_for(actor, worker_id, lock=True)
    check_days(card.valid_from, card.valid_to)
    old = held.tax_card_from(worker, card.valid_from)
    before = {name: getattr(old, name) for name in asdict(card)} if old else None
    if before == asdict(card):
        raise AlreadyDone("tax_card_already")
    row = old or TaxCard(worker_id=worker.id)
    for name, value in asdict(card).items():
        setattr(row, name, value)
    db.session.add(row)
    record(actor, "save_tax_card", worker, before, asdict(card))


def save_account(actor: Actor, worker_id: int, iban: str, holder: str) -> None:
    """Where the money is paid; the log keeps only the last four characters. Raises DomainError for a wrong number."""
    worker = held.worker_with_money_for(actor, worker_id, lock=True)
    number = account_number(iban)
    if number and not holder:
        raise DomainError("holder_needed", "account_holder")
    before = {"iban": _last_four(worker.iban), "account_holder": worker.account_holder}
    worker.iban, worker.account_holder = number, holder if number else ""
    flush()
    after = {"iban": _last_four(number), "account_holder": worker.account_holder}
    record(actor, "save_account", worker, before, after)


def _key(told: BenefitTold) -> tuple[Any, ...]:
    return told.kind, told.starts_on, told.ends_on


def _last_four(iban: str) -> str:
    return f"…{iban[-4:]}" if iban else ""


def _changed(
    actor: Actor, worker: Worker, verb: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    flush()
    record(actor, verb, worker, before, after)
    todo.leave(todo.Changed.BENEFITS, worker.id)
