"""A worker's pay details, for coordinators: the personal identity code, bailiffs' payment prohibitions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns import presenting_payee, queries_enforcement, service_payee
from jobcenter.billing.payruns.forms import EndOrderForm, OrderForm, PersonalIdForm
from jobcenter.core import audit, clock
from jobcenter.core.forms import BaseForm
from jobcenter.workers.queries import coordinated_worker_for

bp = Blueprint("payee", __name__, url_prefix="/pay")


@bp.get("/workers/<int:worker_id>")
@allow(Role.COORDINATOR)
def show(worker_id: int) -> str:
    """What pay depends on beside the tax card and the account. That it was read goes on the log."""
    worker = coordinated_worker_for(g.actor, worker_id)
    audit.note_read(g.actor, "worker", worker.id, presenting_payee.READ, worker.jobcenter_id)
    orders = queries_enforcement.orders_of([worker.id])
    taken = queries_enforcement.taken_by_orders_of(worker.id)
    return render_template(
        "pay/payee.html",
        worker=worker,
        personal_id=presenting_payee.personal_id_facts(queries_enforcement.payee_of(worker.id)),
        orders=presenting_payee.order_cards(orders, taken, clock.today()),
    )


@bp.get("/workers/<int:worker_id>/personal-id")
@allow(Role.COORDINATOR)
def personal_id(worker_id: int) -> str:
    """The form of the personal identity code."""
    return _personal_id_page(worker_id, PersonalIdForm())


@bp.post("/workers/<int:worker_id>/personal-id")
@allow(Role.COORDINATOR)
def tell_personal_id(worker_id: int) -> Any:
    """Keep the personal identity code."""
    form = PersonalIdForm()
    if form.attempt(lambda: service_payee.tell_personal_id(g.actor, worker_id, form.personal_id.data)):
        return _saved(worker_id)
    return _personal_id_page(worker_id, form), 422


@bp.get("/workers/<int:worker_id>/orders/new")
@allow(Role.COORDINATOR)
def new_order(worker_id: int) -> str:
    """The form of a payment prohibition."""
    return _order_page(worker_id, OrderForm())


@bp.post("/workers/<int:worker_id>/orders/new")
@allow(Role.COORDINATOR)
def add_order(worker_id: int) -> Any:
    """Keep a payment prohibition."""
    form = OrderForm()
    if form.attempt(lambda: service_payee.add_order(g.actor, worker_id, form.to_command())):
        return _saved(worker_id)
    return _order_page(worker_id, form), 422


@bp.get("/orders/<int:order_id>/end")
@allow(Role.COORDINATOR)
def order_end(order_id: int) -> str:
    """The form of a prohibition's last day."""
    return _end_page(order_id, EndOrderForm())


@bp.post("/orders/<int:order_id>/end")
@allow(Role.COORDINATOR)
def end_order(order_id: int) -> Any:
    """Give a prohibition its last day."""
    form = EndOrderForm()
    worker_id = queries_enforcement.order_for(g.actor, order_id).worker_id
    if form.attempt(lambda: service_payee.end_order(g.actor, order_id, form.valid_to.data)):
        return _saved(worker_id)
    return _end_page(order_id, form), 422


def _saved(worker_id: int) -> Any:
    flash(_("Saved. The next pay list follows it."), "good")
    return redirect(url_for(".show", worker_id=worker_id))


def _personal_id_page(worker_id: int, form: BaseForm) -> str:
    lead = _("The Incomes Register wants it in each report. It is kept for that alone, and shown nowhere in full.")
    action = url_for(".tell_personal_id", worker_id=worker_id)
    return _form_page(worker_id, form, _("Personal identity code"), lead, action)


def _order_page(worker_id: int, form: BaseForm) -> str:
    lead = _("Copy it from the bailiff's letter. The Jobcenter follows it on each pay day from the next list on.")
    return _form_page(worker_id, form, _("Payment prohibition"), lead, url_for(".add_order", worker_id=worker_id))


def _end_page(order_id: int, form: BaseForm) -> str:
    order = queries_enforcement.order_for(g.actor, order_id)
    lead = _(
        "Lists that are made already stay as they are. Throw such a list away and make it again if it is not paid."
    )
    return _form_page(
        order.worker_id, form, _("End the payment prohibition"), lead, url_for(".end_order", order_id=order_id)
    )


def _form_page(worker_id: int, form: BaseForm, title: str, lead: str, action: str) -> str:
    worker = coordinated_worker_for(g.actor, worker_id)
    return render_template("pay/payee_form.html", worker=worker, form=form, title=title, lead=lead, action=action)
