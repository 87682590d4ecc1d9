"""The coordinator's pages: the queue of orders, and the terms that an order is given."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.core.web import id_in
from jobcenter.orders.intake import presenting, presenting_pages, presenting_prices, queries, service
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.forms import OfferTermsForm, PriorityForm
from jobcenter.orders.intake.queries import Search
from jobcenter.orders.intake.service import prices
from jobcenter.orders.intake.views.orders import bp
from jobcenter.orders.intake.views.writing import bp as intake
from jobcenter.orders.rates.queries import least_share

PAGE = 25
WAITING = 20


@intake.get("/queue")
@allow(Role.COORDINATOR)
def queue() -> str:
    """What needs an answer: new orders and unanswered messages; beside them, how many orders stand where."""
    new, unanswered = (part(request.args, WAITING, name) for name in ("new", "unanswered"))
    counts = queries.status_counts(g.actor)
    return render_template(
        "orders/queue.html",
        new=[presenting.order_row(order) for order in queries.new_orders(g.actor, new)],
        new_pages=new.pages(counts.get(OrderStatus.NEW, 0), ".queue", unanswered=unanswered.number),
        unanswered=[presenting.order_row(order) for order in queries.orders_with_unanswered(g.actor, unanswered)],
        unanswered_pages=unanswered.pages(queries.unanswered_count(g.actor), ".queue", new=new.number),
        counts=presenting_pages.count_rows(counts),
    )


@bp.get("")
@allow(Role.COORDINATOR)
def index() -> str:
    """Every order of the Jobcenter, by state or orderer."""
    status = presenting_pages.status_of(request.args.get("status"))
    organisation_id = request.args.get("organisation", type=id_in)
    search = Search(frozenset({status} if status else ()), organisation_id)
    here = part(request.args, PAGE)
    orders = queries.coordinated_orders(g.actor, search, limit=here.limit, offset=here.offset)
    kept = {"status": status.value if status else None, "organisation": organisation_id}
    return render_template(
        "orders/index.html",
        orders=[presenting.order_row(order) for order in orders],
        tabs=presenting_pages.status_tabs(status, organisation_id),
        pages=here.pages(queries.coordinated_count(g.actor, search), ".index", **kept),
    )


@bp.get("/<int:order_id>/offer-terms")
@allow(Role.COORDINATOR)
def offer_terms(order_id: int) -> str:
    """Choose the form of contract and the price."""
    order = queries.coordinated_order_for(g.actor, order_id)
    form = OfferTermsForm(
        data=presenting_pages.usual_terms(auth.jobcenter(order.jobcenter_id), order, queries.list_prices(order))
    )
    return _offer_page(order_id, form)


@bp.post("/<int:order_id>/offer-terms")
@allow(Role.COORDINATOR)
def send_terms(order_id: int) -> Any:
    """Send the terms to the orderer."""
    form = OfferTermsForm()
    if form.attempt(lambda: prices.offer(g.actor, order_id, form.to_command())):
        if form.result is not None:
            flash(presenting_prices.offered(form.result))
        return redirect(url_for(".show", order_id=order_id))
    return _offer_page(order_id, form), 422


def _offer_page(order_id: int, form: OfferTermsForm) -> str:
    order = queries.coordinated_order_for(g.actor, order_id)
    version = queries.terms_now(order.jobcenter_id)
    return render_template(
        "orders/offer_terms.html",
        form=form,
        order=presenting.order_row(order),
        facts=presenting.order_facts(order),
        prices=presenting_pages.list_price_facts(listed := queries.list_prices(order)),
        alone=presenting_prices.alone_facts(listed, least_share(order.jobcenter_id)),
        terms=presenting_pages.version_view(version) if version else None,
        action=url_for(".send_terms", order_id=order_id),
        back=url_for(".show", order_id=order_id),
    )


@bp.post("/<int:order_id>/take-back-terms")
@allow(Role.COORDINATOR)
def take_back_terms(order_id: int) -> Any:
    """Take back terms that are not accepted."""
    form = ActionForm()
    if form.attempt(lambda: service.take_back_terms(g.actor, order_id)):
        flash(_("The terms were taken back. The order can be changed again."))
    return _after(order_id, form)


@bp.post("/<int:order_id>/take-over")
@allow(Role.COORDINATOR)
def take_over(order_id: int) -> Any:
    """Handle the order oneself."""
    form = ActionForm()
    if form.attempt(lambda: service.take_over(g.actor, order_id)):
        flash(_("You handle this order now."))
    return _after(order_id, form)


@bp.get("/<int:order_id>/priority")
@allow(Role.COORDINATOR)
def priority(order_id: int) -> str:
    """Choose how early the order's places are filled."""
    return _priority_page(order_id, PriorityForm.of(queries.coordinated_order_for(g.actor, order_id).priority))


@bp.post("/<int:order_id>/priority")
@allow(Role.COORDINATOR)
def set_priority(order_id: int) -> Any:
    """Keep how early the order's places are filled."""
    form = PriorityForm.of()
    if form.attempt(lambda: service.set_priority(g.actor, order_id, form.priority.data)):
        if form.result is not None:
            flash(_("The priority is saved. The next plan looks at it."))
        return redirect(url_for(".show", order_id=order_id))
    return _priority_page(order_id, form), 422


def _priority_page(order_id: int, form: PriorityForm) -> str:
    order = queries.coordinated_order_for(g.actor, order_id)
    back = url_for(".show", order_id=order_id)
    return render_template("orders/priority.html", form=form, order=presenting.order_row(order), back=back)


@bp.post("/<int:order_id>/close")
@allow(Role.COORDINATOR)
def close(order_id: int) -> Any:
    """Mark the order as done."""
    form = ActionForm()
    if form.attempt(lambda: service.close(g.actor, order_id)):
        flash(_("The order is marked as done."))
    return _after(order_id, form)


def _after(order_id: int, form: ActionForm) -> Any:
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url_for(".show", order_id=order_id))
