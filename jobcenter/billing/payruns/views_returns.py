"""Payments of a paid list that the bank returned: noting one, and paying it again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns import presenting_returns, queries, queries_returns, service_returns
from jobcenter.billing.payruns.forms import ReturnForm
from jobcenter.core.forms import ActionForm, BaseForm

bp = Blueprint("pay_returns", __name__, url_prefix="/pay-runs")


@bp.get("/<int:run_id>/returned")
@allow(Role.COORDINATOR)
def show(run_id: int) -> str:
    """Which payments came back, and the form to note one."""
    return _page(run_id, None)


@bp.post("/<int:run_id>/returned")
@allow(Role.COORDINATOR)
def note(run_id: int) -> Any:
    """Note a payment that came back."""
    form = _form(run_id)
    if form.attempt(lambda: service_returns.note_returned(g.actor, form.to_command())):
        flash(_("Noted. The money is owed to the worker until it is paid again."), "good")
        return redirect(url_for(".show", run_id=run_id))
    return _page(run_id, form), 422


@bp.post("/items/<int:item_id>/again")
@allow(Role.COORDINATOR)
def again(item_id: int) -> Any:
    """Make the list that pays it again."""
    _item, run = queries_returns.paid_item_for(g.actor, item_id)
    run_id, form = run.id, ActionForm()
    if not form.attempt(lambda: service_returns.list_again(g.actor, item_id)):
        return _page(run_id, None, form), 409
    if form.result is None:
        return redirect(url_for(".show", run_id=run_id))
    flash(_("The list is made. A second person approves it."), "good")
    return redirect(url_for("pay.show", run_id=form.result.id))


def _form(run_id: int) -> ReturnForm:
    run = queries.run_for(g.actor, run_id)
    return ReturnForm.offering(presenting_returns.payment_choices(run, queries.items_of(run.id)))


def _page(run_id: int, form: ReturnForm | None, refused: BaseForm | None = None) -> str:
    run = queries.run_for(g.actor, run_id)
    items = queries.items_of(run.id)
    form = form or ReturnForm.offering(presenting_returns.payment_choices(run, items))
    listed = queries_returns.on_a_list_again([item.id for item in items])
    return render_template(
        "pay/returned.html",
        run=run,
        form=form,
        refused=refused or form,
        can_note=bool(presenting_returns.payment_choices(run, items)),
        rows=presenting_returns.returned_rows(items, listed),
    )
