"""Going through a statement: starting, answering page by page, and done.

Answers wait in the draft until the person has checked them. Then they are told as benefits are told everywhere, in one
transaction: the contract guard and the limits are looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from jobcenter.auth.domain import Actor
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.documents.stored import to_plain
from jobcenter.workers.consents import service as consents
from jobcenter.workers.domain import Answer, Asked, BenefitTold, Given, YesNoUnknown, check_days
from jobcenter.workers.held import queries as held_queries
from jobcenter.workers.held import service as held
from jobcenter.workers.held.queries import worker_with_benefits_for
from jobcenter.workers.models import HeldBenefit, IncomeStatement, Worker
from jobcenter.workers.policy import is_own
from jobcenter.workers.service import record
from jobcenter.workers.statement import queries
from jobcenter.workers.statement.domain import Debt, Told, check_review_day, review_day
from jobcenter.workers.told import queries as told_queries
from jobcenter.workers.told.domain import IncomeTold

register_clash("uq_income_statement_draft", lambda: AlreadyDone("statement_begun_already"))


def start(actor: Actor, worker_id: int, agreed: Given | None = None) -> None:
    """Begin a statement. `agreed`: the consent that the person gives with it, when none is in force yet.

    Raises DomainError without a consent, AlreadyDone if one has been begun.
    """
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    if queries.consent_of(worker) is None:
        if agreed is None or not is_own(actor, worker):
            raise DomainError("statement_needs_consent")
        consents.give(actor, worker_id, agreed)
    if queries.draft_of(worker) is not None:
        raise AlreadyDone("statement_begun_already")
    begun = {"started_at": clock.now(), "written_by": actor.name}
    db.session.add(IncomeStatement(worker_id=worker.id, told=to_plain(Told()), **begun))
    flush()
    record(actor, "start_statement", worker)


def tell_benefits(actor: Actor, worker_id: int, receives: YesNoUnknown, kinds: Collection[BenefitKind]) -> None:
    """Which benefits the person receives."""
    _tell(actor, worker_id, "benefits", lambda told: told.with_benefits(receives, kinds))


def tell_end(actor: Actor, worker_id: int, kind: BenefitKind, last_day: date | None) -> None:
    """The last day of a benefit that is received no more; None: not known."""
    worker = worker_with_benefits_for(actor, worker_id)
    on_list = queries.held_now(worker, clock.today()).get(kind)
    check_days(on_list.starts_on if on_list else None, last_day)
    _tell(actor, worker_id, "ended", lambda told: told.with_end(kind, last_day))


def tell_decision(actor: Actor, worker_id: int, decision: BenefitTold) -> None:
    """The days and figures of one benefit."""
    check_days(decision.starts_on, decision.ends_on)
    _tell(actor, worker_id, "decision", lambda told: told.with_decision(decision))


def tell_jobseeker(actor: Actor, worker_id: int, jobseeker: JobseekerStatus) -> None:
    """Whether the person is registered as an unemployed jobseeker."""
    _tell(actor, worker_id, "jobseeker", lambda told: replace(told, jobseeker=jobseeker))


def tell_income(actor: Actor, worker_id: int, answer: YesNoUnknown) -> None:
    """Whether there is income from other work. What there is stands on the person's list of told income."""
    worker = worker_with_benefits_for(actor, worker_id)
    on_list = bool(_incomes_of_year(worker, clock.today()))
    _tell(actor, worker_id, "income", lambda told: told.with_income(answer, on_list=on_list))


def tell_debts(actor: Actor, worker_id: int, in_enforcement: YesNoUnknown, debts: Collection[Debt]) -> None:
    """Whether there are debts in enforcement, and which other debts have been agreed on."""
    _tell(actor, worker_id, "debts", lambda told: told.with_debts(in_enforcement, debts))


def tell_enforcement(actor: Actor, worker_id: int, enforcement: BenefitTold) -> None:
    """The days and figures of debts in enforcement."""
    check_days(enforcement.starts_on, enforcement.ends_on)
    _tell(actor, worker_id, "enforcement", lambda told: replace(told, enforcement=enforcement))


def discard(actor: Actor, worker_id: int) -> None:
    """Throw away what has been answered and not been done."""
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    db.session.delete(_draft(worker))
    record(actor, "discard_statement", worker)


def finish(actor: Actor, worker_id: int, review_on: date | None) -> int:
    """Put what was told in force and keep it as it is now; the statement's id.

    `review_on`: the day of the next time; None: the usual one. Raises DomainError when something is unanswered.
    """
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    statement = _draft(worker)
    today = clock.today()
    way = queries.way_through(worker, statement, today)
    if not way.is_ready:
        raise DomainError("statement_unfinished")
    told = replace(way.told, incomes=_incomes_of_year(worker, today))
    if review_on is None:
        review_on = usual_review_day(told, today)
    check_review_day(review_on, today=today)
    _put_in_force(actor, worker, told, today)
    statement.told, statement.written_by = to_plain(told), actor.name
    statement.done_at, statement.review_on = clock.now(), review_on
    flush()
    record(actor, "finish_statement", worker, after={"statement": statement.id, "review_on": review_on})
    return statement.id


def usual_review_day(told: Told, today: date) -> date:
    """When this statement should be gone through again, unless another day is given."""
    return review_day(today, (told.decisions[kind].ends_on for kind in told.kinds if kind in told.decisions))


def _tell(actor: Actor, worker_id: int, topic: str, change: Callable[[Told], Told]) -> None:
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    statement = _draft(worker)
    statement.told = to_plain(change(queries.told_in(statement)))
    statement.written_by = actor.name
    record(actor, "answer_statement", worker, after={"topic": topic})


def _draft(worker: Worker) -> IncomeStatement:
    """The statement being gone through. Raises DomainError without consent, NotPossible when there is none."""
    if queries.consent_of(worker) is None:
        raise DomainError("statement_needs_consent")
    statement = queries.draft_of(worker, lock=True)
    if statement is None:
        raise NotPossible("statement_not_begun")
    return statement


def _incomes_of_year(worker: Worker, today: date) -> tuple[IncomeTold, ...]:
    incomes = (told_queries.told(row) for row in told_queries.incomes_of(worker))
    return tuple(income for income in incomes if income.counts_in_year_of(today))


# Putting in force


def _put_in_force(actor: Actor, worker: Worker, told: Told, today: date) -> None:
    """Tell benefits, their ends, enforcement and work-seeking as on their own pages."""
    rows = {row.kind: row for row in held_queries.current_benefits_of(worker, today)}
    if told.receives is not YesNoUnknown.UNKNOWN:
        for kind, last_day in told.ended.items():
            if kind in rows and kind not in told.kinds and last_day is not None:
                _end(actor, worker, rows[kind], last_day)
    for kind in told.kinds:
        _keep(actor, worker, rows.get(kind), told.decisions[kind])
    _put_enforcement_in_force(actor, worker, rows.get(BenefitKind.ENFORCEMENT), told, today)
    answer = Answer.NOT_KNOWN if told.receives is YesNoUnknown.UNKNOWN else Answer.ALL_TOLD
    held.note_asked(actor, worker.id, Asked(answer=answer, jobseeker=told.jobseeker, asked_on=today))


def _put_enforcement_in_force(actor: Actor, worker: Worker, row: HeldBenefit | None, told: Told, today: date) -> None:
    if told.in_enforcement is YesNoUnknown.YES:
        _keep(actor, worker, row, told.enforcement)
    elif told.in_enforcement is YesNoUnknown.NO and row is not None:
        _end(actor, worker, row, max(today, row.starts_on or today))


def _keep(actor: Actor, worker: Worker, row: HeldBenefit | None, decision: BenefitTold) -> None:
    """Correct what is on the list today, or was there for the same days; else add it."""
    days = decision.starts_on, decision.ends_on
    same = (old for old in held_queries.benefits_of(worker) if old.kind is decision.kind)
    found = row or next((old for old in same if (old.starts_on, old.ends_on) == days), None)
    if found is None:
        held.add_benefit(actor, worker.id, decision)
    else:
        held.change_benefit(actor, worker.id, found.id, decision)


def _end(actor: Actor, worker: Worker, row: HeldBenefit, last_day: date) -> None:
    if row.ends_on != last_day:
        held.end_benefit(actor, worker.id, row.id, last_day)
