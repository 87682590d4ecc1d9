"""Low prices that wait for a second person: the list, one of them, and the decision."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.core.paging import part
from jobcenter.orders.intake import presenting, presenting_prices, queries_prices
from jobcenter.orders.intake.forms_prices import ApprovePriceForm, RefusePriceForm
from jobcenter.orders.intake.presenting import OrderRow
from jobcenter.orders.intake.service import prices
from jobcenter.orders.intake.views.orders import bp

PAGE = 20


@bp.get("/prices")
@allow(Role.COORDINATOR, Role.ADMIN)
def prices_to_approve() -> str:
    """The prices that wait, one's own among them."""
    here = part(request.args, PAGE)
    waiting = queries_prices.waiting_requests(g.actor, here)
    return render_template(
        "orders/prices.html",
        prices=[presenting_prices.to_approve(g.actor, each, each.order) for each in waiting],
        pages=here.pages(queries_prices.waiting_count(g.actor), ".prices_to_approve"),
    )


@bp.get("/prices/<int:request_id>")
@allow(Role.COORDINATOR, Role.ADMIN)
def price_to_approve(request_id: int) -> str:
    """One price with its order, to be approved or not."""
    return _price_page(request_id, RefusePriceForm(), None)


@bp.post("/prices/<int:request_id>/approve")
@allow(Role.COORDINATOR, Role.ADMIN)
def approve_price(request_id: int) -> Any:
    """Approve it: the terms go to the orderer."""
    form = ApprovePriceForm()
    if form.attempt(lambda: prices.approve(g.actor, request_id, form.version.data)):
        if form.result is not None:
            flash(_("The price is approved, and the terms were sent to the orderer."), "good")
        return redirect(url_for(".prices_to_approve"))
    return _price_page(request_id, RefusePriceForm(formdata=None), form), 409


@bp.post("/prices/<int:request_id>/refuse")
@allow(Role.COORDINATOR, Role.ADMIN)
def refuse_price(request_id: int) -> Any:
    """Say no, and why."""
    form = RefusePriceForm()
    if form.attempt(lambda: prices.refuse(g.actor, request_id, form.answer.data)):
        if form.result is not None:
            flash(_("The price was not approved. Whoever asked was told why."), "good")
        return redirect(url_for(".prices_to_approve"))
    return _price_page(request_id, form, form), 422


@bp.post("/prices/<int:request_id>/take-back")
@allow(Role.COORDINATOR, Role.ADMIN)
def take_back_price(request_id: int) -> Any:
    """Take back one's own."""
    form, asked = ActionForm(), queries_prices.request_for(g.actor, request_id)
    order_id = asked.order_id
    if form.attempt(lambda: prices.take_back(g.actor, request_id)) and form.result is not None:
        flash(_("The price is taken back. Nothing went to the orderer."), "good")
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url_for(".show", order_id=order_id))


def _price_page(request_id: int, refuse: RefusePriceForm, refused: BaseForm | None) -> str:
    asked = queries_prices.request_for(g.actor, request_id)
    row: OrderRow = presenting.order_row(asked.order)
    return render_template(
        "orders/price.html",
        order=row,
        facts=presenting.order_facts(asked.order),
        price=presenting_prices.to_approve(g.actor, asked, asked.order),
        is_open=queries_prices.is_waiting(asked),
        outcome=presenting_prices.outcome(asked),
        approve=ApprovePriceForm(formdata=None, version=asked.order.version),
        refuse=refuse,
        refused=refused,
    )
