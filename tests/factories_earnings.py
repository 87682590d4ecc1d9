"""Stored people with limits, and the wages of both contract forms, for tests of earnings."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from jobcenter.benefits import BenefitKind, ContractForm
from jobcenter.core import clock
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.models import Rate
from jobcenter.workers.models import Worker
from tests import factories

PENSION = BenefitKind.KELA_DISABILITY_PENSION
NOVEMBER = date(2026, 11, 10)


def wages() -> None:
    """10 euros an hour on assignment, 11 with the partner."""
    for form, value in [(ContractForm.ASSIGNMENT, "10.00"), (ContractForm.PARTNER, "11.00")]:
        given = {"kind": RateKind.WAGE, "form": form, "value": Decimal(value), "valid_from": date(2021, 1, 1)}
        given |= {"source": "test", "checked_on": factories.TODAY, "set_by": "test", "set_at": factories.NOW}
        factories.stored(Rate(**given))


def assignment_order(at: Any) -> Order:
    return factories.order(at, factories.organisation(at), contract_form=ContractForm.ASSIGNMENT)


def wage_order(at: Any) -> Order:
    """An order of the partner form: its wages count towards no insurance of the self-employed."""
    return factories.order(at, factories.organisation(at), contract_form=ContractForm.PARTNER)


def pensioner(at: Any, of: Any = None, **facts: Any) -> Worker:
    """A worker with a Kela disability pension, whose benefits have been asked."""
    given = {"email": "veikko@example.fi", "benefits_asked_on": factories.TODAY, "born": date(1990, 5, 1)}
    worker = factories.worker(at, of, **given | facts)
    factories.benefit(worker, PENSION)
    return worker


def earned(order: Order, worker: Worker, gross: str, day: date = NOVEMBER) -> TimeEntry:
    """A done gig whose confirmed hours, at 10 euros, come to a sum."""
    return factories.done_gig(order, worker, clock.at(day, time(9)), minutes=int(Decimal(gross) * 6))
