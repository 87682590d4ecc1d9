"""The demo's pay: the list of the last pay day, approved by a second person and paid, and the next one, which waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from jobcenter.auth import queries as auth_queries
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns import service_payee
from jobcenter.billing.payruns.domain import MakeRun, pay_days_from
from jobcenter.billing.payruns.models import PayRun
from jobcenter.billing.register import queries as register_queries
from jobcenter.billing.register import service as register
from jobcenter.billing.settings.queries import terms_of
from jobcenter.core import clock
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import at, key
from jobcenter.demo.queries import worker_by_ref

MAKES, APPROVES = "kaisa", "anneli"
JOBCENTER = "tasmatyo"
LONGEST_BETWEEN = timedelta(days=40)
PAY_DAYS_BETWEEN = 5
LISTED_BEFORE = timedelta(days=2)
REPORTED_AFTER = timedelta(days=3)
# A week at least, so that hours wait again.
LAST_PAID = timedelta(weeks=1)


def last(cast: Cast) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The steps of a pay day past: the list, two days before it, of what was confirmed then; and what follows."""
    jobcenter_id = auth_queries.jobcenter_by_slug(JOBCENTER).id
    today = clock.today()
    days = pay_days_from(today - LONGEST_BETWEEN, terms_of(jobcenter_id, today).pay_days, PAY_DAYS_BETWEEN)
    pay_on = max(day for day in days if day <= today - LAST_PAID)
    yield _at_nine(pay_on - LISTED_BEFORE), partial(_pay, cast, jobcenter_id, pay_on)


def following(cast: Cast) -> None:
    """The list of the next pay day, made today: it waits for a second person."""
    jobcenter_id = auth_queries.jobcenter_by_slug(JOBCENTER).id
    at(clock.now(), lambda: _list(cast, jobcenter_id, pay.pay_days(jobcenter_id)[0]))


def tell_personal_ids(cast: Cast) -> None:
    """What the Incomes Register knows the people by."""
    for entry in data()["worker"]:
        if "personal_id" in entry:
            worker = worker_by_ref(entry["ref"])
            service_payee.tell_personal_id(cast.actor(MAKES), worker.id, entry["personal_id"])


def _pay(cast: Cast, jobcenter_id: int, pay_on: date) -> None:
    made = pay_on - LISTED_BEFORE
    run_id = at(_at_nine(made), lambda: _list(cast, jobcenter_id, pay_on)).id
    at(_at_nine(made, 10), lambda: pay.approve(cast.actor(APPROVES), run_id))
    at(_at_nine(made, 11), lambda: pay.take_file(cast.actor(MAKES), run_id))
    at(_at_nine(pay_on), lambda: pay.mark_paid(cast.actor(MAKES), run_id))
    at(_at_nine(pay_on + REPORTED_AFTER), lambda: _report(cast, jobcenter_id, pay_on))


def _list(cast: Cast, jobcenter_id: int, pay_on: date) -> PayRun:
    return pay.make_run(cast.actor(MAKES), MakeRun(jobcenter_id, pay_on, key(f"pay-{pay_on}")))


def _report(cast: Cast, jobcenter_id: int, pay_on: date) -> None:
    """The reports were handed over and accepted; one without an identity code is late."""
    actor = cast.actor(MAKES)
    register.deliver(actor, jobcenter_id, pay_on)
    for delivery in register_queries.deliveries_of_day(jobcenter_id, pay_on):
        register.accept_all(actor, delivery.id)


def _at_nine(day: date, hour: int = 9) -> datetime:
    return min(clock.now(), clock.at(day, time(hour)))
