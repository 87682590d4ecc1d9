"""A payment file that the bank refused: noting it, so that a new one can be made."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns import domain_refusal, queries, service_refusal
from jobcenter.billing.payruns.forms import RefusedForm
from jobcenter.core import clock

bp = Blueprint("pay_refusals", __name__, url_prefix="/pay-runs")


@bp.get("/<int:run_id>/refused")
@allow(Role.COORDINATOR)
def ask(run_id: int) -> str:
    """Why the bank refused the file, and when the payments go out instead."""
    run = queries.run_for(g.actor, run_id)
    first = domain_refusal.first_day(run.pay_on, clock.today())
    return _page(run_id, RefusedForm.asking(first, run.file_number))


@bp.post("/<int:run_id>/refused")
@allow(Role.COORDINATOR)
def note(run_id: int) -> Any:
    """Note it."""
    form = RefusedForm()
    if form.attempt(lambda: service_refusal.note_refused(g.actor, run_id, form.to_command())):
        flash(_("Noted. A second person approves the list again; then a new payment file can be taken."), "good")
        return redirect(url_for("pay.show", run_id=run_id))
    return _page(run_id, form), 422


def _page(run_id: int, form: RefusedForm) -> str:
    return render_template("pay/refused.html", run=queries.run_for(g.actor, run_id), form=form)
