"""Income from work elsewhere: told by the person, a support person with them, or a coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit
from jobcenter.core.forms import ActionForm
from jobcenter.workers.held.queries import worker_with_benefits_for
from jobcenter.workers.sides import OFFICE, PERSON, Side, around
from jobcenter.workers.told import queries, service
from jobcenter.workers.told.forms import IncomeForm

bp = Blueprint("told", __name__)

BENEFITS_TAB, STATEMENT_TAB = "held.benefits", "statement.show"
FROM_STATEMENT = "statement"


@bp.get("/workers/<int:worker_id>/incomes/new", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/incomes/new", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def new(worker_id: int, side: Side) -> str:
    return _page(worker_id, side, IncomeForm(), None)


@bp.post("/workers/<int:worker_id>/incomes/new", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/incomes/new", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def add(worker_id: int, side: Side) -> Any:
    form = IncomeForm()
    if form.attempt(lambda: service.add_income(g.actor, worker_id, form.to_command())):
        flash(_("Saved. The limits are looked at again."))
        return redirect(_back(worker_id, side))
    return _page(worker_id, side, form, None), 422


@bp.get("/workers/<int:worker_id>/incomes/<int:income_id>", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/incomes/<int:income_id>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def edit(worker_id: int, income_id: int, side: Side) -> str:
    worker = worker_with_benefits_for(g.actor, worker_id)
    form = IncomeForm()
    form.show(queries.told(queries.income_of(worker, income_id)))
    return _page(worker_id, side, form, income_id)


@bp.post("/workers/<int:worker_id>/incomes/<int:income_id>", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/incomes/<int:income_id>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def change(worker_id: int, income_id: int, side: Side) -> Any:
    form = IncomeForm()
    if form.attempt(lambda: service.change_income(g.actor, worker_id, income_id, form.to_command())):
        flash(_("Saved. The limits are looked at again."))
        return redirect(_back(worker_id, side))
    return _page(worker_id, side, form, income_id), 422


@bp.post("/workers/<int:worker_id>/incomes/<int:income_id>/remove", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/incomes/<int:income_id>/remove", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def remove(worker_id: int, income_id: int, side: Side) -> Any:
    if ActionForm().attempt(lambda: service.remove_income(g.actor, worker_id, income_id)):
        flash(_("Removed. The limits are looked at again."))
    return redirect(_back(worker_id, side))


def _from_statement() -> bool:
    return request.args.get("to") == FROM_STATEMENT


def _back(worker_id: int, side: Side) -> str:
    """Where the list is that the page was opened from."""
    if _from_statement():
        return url_for("statement.step", worker_id=worker_id, slug="income", side=side)
    return url_for("held.benefits", worker_id=worker_id, side=side)


def _page(worker_id: int, side: Side, form: IncomeForm, income_id: int | None) -> str:
    worker = worker_with_benefits_for(g.actor, worker_id)
    audit.note_read(g.actor, "worker", worker.id, ("told_income",), worker.jobcenter_id)
    back = {"to": FROM_STATEMENT} if _from_statement() else {}
    ids = {"worker_id": worker_id, "side": side, **back}
    endpoint, more = (".add", {}) if income_id is None else (".change", {"income_id": income_id})
    return render_template(
        "statement/income.html",
        **around(g.actor, worker, side, STATEMENT_TAB if back else BENEFITS_TAB) | {"back": _back(worker_id, side)},
        form=form,
        action=url_for(endpoint, **ids, **more),
        remove_url=url_for(".remove", **ids, **more) if income_id else "",
    )
