"""Payments of a paid list that the bank returned: noting one, and paying it again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns import presenting_returns, queries, queries_returns, service_returns
from jobcenter.billing.payruns.domain_returns import Returned
from jobcenter.billing.payruns.forms import ReturnForm
from jobcenter.billing.payruns.models import PayItem, PayRun
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
    run, form = queries.run_for(g.actor, run_id), ReturnForm()
    _offer(form, presenting_returns.paid_to_accounts(run, queries.items_of(run.id)))
    if form.attempt(lambda: _noted(run_id, form.to_command())):
        if form.result:
            flash(_("Noted. The money is owed to the worker until it is paid again."), "good")
        return redirect(url_for(".show", run_id=run_id))
    return _page(run_id, form), 422


def _noted(run_id: int, command: Returned) -> list[PayItem]:
    if command.item_id is None:
        return service_returns.note_all_returned(g.actor, run_id, command)
    return [service_returns.note_returned(g.actor, command)]


@bp.post("/items/<int:item_id>/again")
@allow(Role.COORDINATOR)
def again(item_id: int) -> Any:
    """Make the list that pays it again."""
    _item, run = queries_returns.paid_item_for(g.actor, item_id)
    return _listed(run.id, lambda: service_returns.list_again(g.actor, item_id))


@bp.post("/<int:run_id>/returned/again")
@allow(Role.COORDINATOR)
def all_again(run_id: int) -> Any:
    """Make one list that pays all of them again."""
    return _listed(run_id, lambda: service_returns.list_all_again(g.actor, run_id))


def _listed(run_id: int, verb: Callable[[], PayRun]) -> Any:
    form = ActionForm()
    if not form.attempt(verb):
        return _page(run_id, None, form), 409
    if form.result is None:
        return redirect(url_for(".show", run_id=run_id))
    flash(_("The list is made. A second person approves it."), "good")
    return redirect(url_for("pay.show", run_id=form.result.id))


def _offer(form: ReturnForm, payments: Collection[PayItem]) -> None:
    form.offer(presenting_returns.payment_choices(payments), presenting_returns.all_together(payments))


def _page(run_id: int, form: ReturnForm | None, refused: BaseForm | None = None) -> str:
    run, form = queries.run_for(g.actor, run_id), form or ReturnForm(formdata=None)
    items = queries.items_of(run.id)
    still_out = [item for item in presenting_returns.paid_to_accounts(run, items) if item.returned_on is None]
    _offer(form, still_out)
    rows = presenting_returns.returned_rows(items, queries_returns.on_a_list_again([item.id for item in items]))
    return render_template(
        "pay/returned.html",
        run=run,
        form=form,
        refused=refused or form,
        can_note=bool(still_out),
        rows=rows,
        can_pay_all=sum(row.can_pay for row in rows) > 1,
        has_debts=any(item.enforced for item in items),
    )
