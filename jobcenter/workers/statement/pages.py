"""The pages that ask: for each topic its form, what the form shows first, and who takes the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.benefits import BenefitKind
from jobcenter.core import clock
from jobcenter.core.forms import BaseForm
from jobcenter.workers.domain import BenefitTold
from jobcenter.workers.held.forms import BenefitForm
from jobcenter.workers.models import Worker
from jobcenter.workers.statement import queries, service
from jobcenter.workers.statement.domain import Stop, Told, Topic, way_of
from jobcenter.workers.statement.forms import BenefitsForm, CheckForm, DebtsForm, EndedForm, IncomeForm, JobseekerForm
from jobcenter.workers.statement.presenting import open_questions, parts_of
from jobcenter.workers.told.presenting import income_cards
from jobcenter.workers.told.queries import incomes_of

Held = Mapping[BenefitKind, BenefitTold]


@dataclass(frozen=True)
class Asking:
    """Who is asked on which page: what was told so far, and what is on the person's list. `name`: of the person, where
    somebody else fills the page in.
    """

    stop: Stop
    told: Told
    worker: Worker
    name: str = ""

    @property
    def held(self) -> Held:
        return queries.held_now(self.worker, clock.today())


def _nothing(_asking: Asking) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """A page that asks. `fill` shows what is known, `tell` takes the answer, `shows` gives what else stands on it."""

    form: Callable[[Stop], BaseForm]
    fill: Callable[[Any, Asking], None]
    tell: Callable[[Actor, int, Stop, Any], Any]
    template: str = "statement/step.html"
    shows: Callable[[Asking], dict[str, Any]] = _nothing


def _fill_ended(form: EndedForm, asking: Asking) -> None:
    if not form.is_submitted():
        on_list = asking.held.get(asking.stop.kind)
        known = asking.told.ended.get(asking.stop.kind)
        form.ends_on.process_data(known or (on_list.ends_on if on_list else None))


def _fill_decision(form: BenefitForm, asking: Asking) -> None:
    decision = asking.told.decisions.get(form.kind) or asking.held.get(form.kind)
    if decision is not None:
        form.fill(decision)


def _fill_enforcement(form: BenefitForm, asking: Asking) -> None:
    decision = asking.told.enforcement or asking.held.get(form.kind)
    if decision is not None:
        form.fill(decision)


def _fill_income(form: IncomeForm, asking: Asking) -> None:
    if not form.is_submitted():
        form.answer.process_data(asking.told.earns_elsewhere)


def _fill_check(form: CheckForm, asking: Asking) -> None:
    if not form.is_submitted():
        form.review_on.process_data(service.usual_review_day(asking.told, clock.today()))


def _incomes(asking: Asking) -> dict[str, Any]:
    return {"cards": income_cards(incomes_of(asking.worker), clock.today())}


def _summary(asking: Asking) -> dict[str, Any]:
    return {
        "parts": parts_of(asking.told, asking.name),
        "questions": open_questions(asking.told, asking.name),
        "is_ready": way_of(asking.told, asking.held).is_ready,
    }


PAGES = {
    Topic.BENEFITS: Page(
        form=lambda _stop: BenefitsForm(),
        fill=lambda form, asking: form.show(asking.told, asking.held),
        tell=lambda actor, worker_id, _stop, form: service.tell_benefits(actor, worker_id, *form.to_command()),
    ),
    Topic.ENDED: Page(
        form=lambda _stop: EndedForm(),
        fill=_fill_ended,
        tell=lambda actor, worker_id, stop, form: service.tell_end(actor, worker_id, stop.kind, form.ends_on.data),
    ),
    Topic.DECISION: Page(
        form=lambda stop: BenefitForm(stop.kind),
        fill=_fill_decision,
        tell=lambda actor, worker_id, _stop, form: service.tell_decision(actor, worker_id, form.to_command()),
    ),
    Topic.JOBSEEKER: Page(
        form=lambda _stop: JobseekerForm(),
        fill=lambda form, asking: form.show(asking.told, asking.worker.jobseeker),
        tell=lambda actor, worker_id, _stop, form: service.tell_jobseeker(actor, worker_id, form.jobseeker.data),
    ),
    Topic.INCOME: Page(
        form=lambda _stop: IncomeForm(),
        fill=_fill_income,
        tell=lambda actor, worker_id, _stop, form: service.tell_income(actor, worker_id, form.answer.data),
        template="statement/incomes.html",
        shows=_incomes,
    ),
    Topic.DEBTS: Page(
        form=lambda _stop: DebtsForm(),
        fill=lambda form, asking: form.show(asking.told, asking.held),
        tell=lambda actor, worker_id, _stop, form: service.tell_debts(actor, worker_id, *form.to_command()),
    ),
    Topic.ENFORCEMENT: Page(
        form=lambda _stop: BenefitForm(BenefitKind.ENFORCEMENT),
        fill=_fill_enforcement,
        tell=lambda actor, worker_id, _stop, form: service.tell_enforcement(actor, worker_id, form.to_command()),
    ),
    Topic.CHECK: Page(
        form=lambda _stop: CheckForm(),
        fill=_fill_check,
        tell=lambda actor, worker_id, _stop, form: service.finish(actor, worker_id, form.review_on.data),
        template="statement/check.html",
        shows=_summary,
    ),
}
