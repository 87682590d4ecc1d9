"""Income and debt statements of the demo's people, gone through as on the pages, on the day when it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.core import clock
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import at, morning
from jobcenter.demo.queries import worker_by_ref
from jobcenter.documents.stored import from_plain
from jobcenter.workers.consents import service as consents
from jobcenter.workers.consents.forms import on_screen
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.models import Worker
from jobcenter.workers.statement import service
from jobcenter.workers.statement.domain import Debt
from jobcenter.workers.statement.queries import PURPOSE, held_now
from jobcenter.workers.told import service as incomes
from jobcenter.workers.told.domain import IncomeTold


def tell(cast: Cast) -> None:
    """Every statement of the demo."""
    for entry in data()["statement"]:
        at(morning(-entry["days_ago"]), lambda entry=entry: _go_through(cast, entry))


def _go_through(cast: Cast, entry: dict[str, Any]) -> None:
    worker = worker_by_ref(entry["ref"])
    writer = cast.actor(entry["by"])
    consents.give(cast.actor(entry["ref"]), worker.id, on_screen(PURPOSE))
    service.start(writer, worker.id)
    decisions = list(_decisions(worker, entry["benefits"]))
    service.tell_benefits(writer, worker.id, YesNoUnknown.YES, [decision.kind for decision in decisions])
    for decision in decisions:
        service.tell_decision(writer, worker.id, decision)
    for kind in held_now(worker, clock.today()):
        if kind not in {decision.kind for decision in decisions}:
            service.tell_end(writer, worker.id, kind, None)
    if "jobseeker" in entry:
        _finish(writer, worker, entry)


def _finish(writer: Actor, worker: Worker, entry: dict[str, Any]) -> None:
    service.tell_jobseeker(writer, worker.id, JobseekerStatus(entry["jobseeker"]))
    for income in entry.get("incomes", ()):
        incomes.add_income(writer, worker.id, _income(income))
    service.tell_income(writer, worker.id, YesNoUnknown.YES if entry.get("incomes") else YesNoUnknown.NO)
    in_enforcement = YesNoUnknown(entry["in_enforcement"])
    service.tell_debts(writer, worker.id, in_enforcement, [Debt(name) for name in entry.get("debts", ())])
    if in_enforcement is YesNoUnknown.YES:
        service.tell_enforcement(writer, worker.id, _decision(BenefitKind.ENFORCEMENT, None, entry["enforcement"]))
    service.finish(writer, worker.id, None)


def _decisions(worker: Worker, told: dict[str, Any]) -> Iterator[BenefitTold]:
    held = held_now(worker, clock.today())
    for name, figures in told.items():
        kind = BenefitKind(name)
        yield _decision(kind, held.get(kind), figures)


def _decision(kind: BenefitKind, held: BenefitTold | None, figures: dict[str, Any]) -> BenefitTold:
    """What is on the list, with the figures given."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in figures.items()}
    given = from_plain(BenefitTold, {"kind": kind, "starts_on": None, "ends_on": None} | plain)
    return replace(held, **{name: getattr(given, name) for name in figures}) if held else given


def _income(told: dict[str, Any]) -> IncomeTold:
    return IncomeTold(
        what=told["what"],
        contract=ContractForm(told["contract"]),
        monthly=told["monthly"],
        gross=Decimal(told["gross"]),
        net=Decimal(told["net"]) if "net" in told else None,
        starts_on=clock.today() - timedelta(days=told["since_days"]),
        ends_on=None,
    )
