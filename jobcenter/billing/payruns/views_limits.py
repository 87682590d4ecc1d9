"""What a pay day does to benefits, before the list is made; whose hours can wait for the next list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns import policy, queries, service
from jobcenter.billing.payruns.forms import MakeRunForm
from jobcenter.billing.payruns.presenting_limits import LimitsOfDay, limits_of
from jobcenter.core import audit
from jobcenter.core.errors import NotFound

bp = Blueprint("pay_limits", __name__)


@bp.get("/pay-runs/new/<int:jobcenter_id>/limits")
@allow(Role.COORDINATOR)
def show(jobcenter_id: int) -> str:
    """Whom the pay day takes over a limit, and whether the next one would not."""
    if not policy.can_manage(g.actor, jobcenter_id):
        raise NotFound
    days = service.days_with_next(jobcenter_id)
    pay_on = _day(days)
    limits = _limits(jobcenter_id, pay_on, days[pay_on])
    form = MakeRunForm.offering(days)
    form.pay_on.data = pay_on
    form.offer_to_wait((line.worker_id, _agreed(line.name)) for line in limits.lines if line.may_wait)
    return render_template(
        "pay/limits.html",
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        form=form,
        pay_on=pay_on,
        after=days[pay_on],
        other_days=[day for day in days if day != pay_on],
        limits=limits,
    )


def _limits(jobcenter_id: int, pay_on: date, after: date) -> LimitsOfDay:
    """The page's words; that benefits were looked at goes on the log."""
    hours = queries.waiting_in(jobcenter_id)
    choices = service.choices_of(hours, pay_on, after)
    for choice in choices:
        audit.note_read(g.actor, "worker", choice.worker_id, ("benefits", "limits"), jobcenter_id)
    return limits_of(choices, {row.worker_id: row.worker_name for row in hours})


def _agreed(name: str) -> str:
    return _("%(name)s has agreed to wait: leave these hours for the next list", name=name)


def _day(days: Mapping[date, date]) -> date:
    """The pay day asked for, or the first if it is none."""
    return next((day for day in days if day.isoformat() == request.args.get("pay_on")), min(days))
