"""Sent orders: the orderer's list, an order's page with its thread and terms, and what both sides do to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth import session
from jobcenter.auth.domain import LinkPurpose, LinkState, Role
from jobcenter.auth.doors import allow, public, signed_in
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.core.paging import part
from jobcenter.orders.intake import presenting, presenting_pages, presenting_prices, queries, service
from jobcenter.orders.intake.domain import OrderAction
from jobcenter.orders.intake.domain_terms import usual_form
from jobcenter.orders.intake.forms import AcceptForm, CopyForm, MessageForm, ReasonForm
from jobcenter.orders.intake.models import Order
from jobcenter.orders.intake.policy import can_coordinate
from jobcenter.orders.intake.views.writing import bp as intake
from jobcenter.orders.organisations.queries import own_organisations

bp = Blueprint("orders", __name__, url_prefix="/orders")

PAGE = 20


# The orderer's list


@intake.get("/mine")
@signed_in
def mine() -> str:
    """Drafts, what waits for me, what is coming, what is over."""
    open_orders = queries.open_orders_of(g.actor)
    asked = queries.waiting_for_orderer([order.id for order in open_orders])
    here = part(request.args, PAGE)
    ended = queries.ended_orders_of(g.actor, limit=here.limit, offset=here.offset)
    return render_template(
        "orders/mine.html",
        drafts=[presenting.order_row(order) for order in queries.drafts_of(g.actor)],
        groups=presenting_pages.groups_of(open_orders, asked),
        ended=[presenting.order_row(order) for order in ended],
        pages=here.pages(queries.ended_count_of(g.actor), "intake.mine"),
        organisations=own_organisations(g.actor),
    )


# One order


@bp.get("/<int:order_id>")
@signed_in
def show(order_id: int) -> Any:
    """The order with its state, thread and terms; a draft opens where it is written."""
    order = queries.order_for(g.actor, order_id)
    if presenting.is_draft(order):
        return redirect(url_for("intake.check", key=order.form_key))
    return _show_page(order, MessageForm(), AcceptForm(formdata=None))


def _show_page(order: Order, message: MessageForm, accept: AcceptForm) -> str:
    as_jobcenter = can_coordinate(g.actor, order.jobcenter_id)
    as_orderer = queries.acts_for(g.actor, order)
    offers = queries.terms_offers(order.id)
    messages = queries.thread(order.id)
    if offers:
        accept.terms.data = offers[0].id
    agreed = offers[0].hourly_price if offers and offers[0].taken_back_at is None else None
    form = order.contract_form or usual_form(auth.jobcenter(order.jobcenter_id).kind)
    return render_template(
        "orders/show.html",
        order=presenting.order_row(order),
        facts=presenting.order_facts(order),
        agreement=presenting.agreement_facts(order, agreed),
        price=presenting.price_facts(queries.estimate_of(order, form, agreed)),
        steps=presenting.progress(order),
        reason=order.status_reason,
        messages=presenting.message_rows(messages, as_jobcenter=as_jobcenter and not as_orderer),
        waits=presenting_pages.waits_for_us(messages, as_jobcenter=as_jobcenter and not as_orderer),
        message_form=message,
        accept_form=accept,
        copy_form=CopyForm(formdata=None),
        terms=[presenting.terms_view(offer) for offer in offers],
        may=presenting_pages.choices(g.actor, order, as_orderer=as_orderer),
        waiting_price=presenting_prices.waiting_of(g.actor, order) if as_jobcenter else None,
        handler=auth.names_of([order.coordinator_id]).get(order.coordinator_id, "") if order.coordinator_id else "",
        is_coordinator=as_jobcenter,
        priority=order.priority if as_jobcenter else None,
        area=order.area if as_jobcenter else "",
        gigs_url=_gigs_url(order.id, as_orderer) if presenting.is_agreed(order) else None,
        is_orderers=as_orderer,
        bill_url=url_for("billing.preview", order=order.id) if as_jobcenter and presenting.is_agreed(order) else None,
    )


def _gigs_url(order_id: int, as_orderer: bool) -> str:
    """Where an order's gigs are: the orderer's page of them, or the coordinator's list."""
    return url_for("gigs.of_order", order_id=order_id) if as_orderer else url_for("gigs.index", order=order_id)


@bp.post("/<int:order_id>/messages")
@signed_in
def post_message(order_id: int) -> Any:
    """Write on the thread."""
    form = MessageForm()
    if form.attempt(lambda: service.post_message(g.actor, order_id, form.text.data, form.form_key.data)):
        flash(_("The message was sent."))
        return redirect(url_for(".show", order_id=order_id, _anchor="thread"))
    return _show_page(queries.order_for(g.actor, order_id), form, AcceptForm(formdata=None)), 422


@bp.post("/<int:order_id>/no-answer-needed")
@signed_in
def no_answer_needed(order_id: int) -> Any:
    """The last message needs no answer."""
    ActionForm().attempt(lambda: service.answer_not_needed(g.actor, order_id))
    return redirect(url_for(".show", order_id=order_id, _anchor="thread"))


@bp.post("/<int:order_id>/copy")
@signed_in
def copy(order_id: int) -> Any:
    """A new draft like this order; only its days are to be given."""
    form = CopyForm()
    if form.attempt(lambda: service.copy(g.actor, order_id, form.form_key.data)):
        flash(_("Here is a copy. Give the days, and send it."))
        return redirect(url_for("intake.part", key=form.form_key.data, name="times"))
    return redirect(url_for(".show", order_id=order_id))


# Cancelling: both sides


@bp.get("/<int:order_id>/cancel")
@signed_in
def cancel(order_id: int) -> str:
    """Say why."""
    return _reason_page(order_id, ReasonForm(), OrderAction.CANCEL)


@bp.post("/<int:order_id>/cancel")
@signed_in
def do_cancel(order_id: int) -> Any:
    """Cancel the order."""
    form = ReasonForm()
    if form.attempt(lambda: service.cancel(g.actor, order_id, form.reason.data)):
        flash(_("The order was cancelled. The other side was told why."))
        return redirect(url_for(".show", order_id=order_id))
    return _reason_page(order_id, form, OrderAction.CANCEL), 422


def _reason_page(order_id: int, form: ReasonForm, action: OrderAction) -> str:
    order = queries.order_for(g.actor, order_id)
    return render_template(
        "orders/reason.html",
        form=form,
        order=presenting.order_row(order),
        wording=presenting_pages.reason_wording(action),
        action=url_for(f".do_{action.value}", order_id=order_id),
        back=url_for(".show", order_id=order_id),
    )


@bp.get("/<int:order_id>/decline")
@allow(Role.COORDINATOR)
def decline(order_id: int) -> str:
    """Say why the Jobcenter cannot take it."""
    queries.coordinated_order_for(g.actor, order_id)
    return _reason_page(order_id, ReasonForm(), OrderAction.DECLINE)


@bp.post("/<int:order_id>/decline")
@allow(Role.COORDINATOR)
def do_decline(order_id: int) -> Any:
    """Decline the order."""
    form = ReasonForm()
    if form.attempt(lambda: service.decline(g.actor, order_id, form.reason.data)):
        flash(_("The order was declined. The orderer was told why."))
        return redirect(url_for(".show", order_id=order_id))
    return _reason_page(order_id, form, OrderAction.DECLINE), 422


@bp.get("/<int:order_id>/reopen")
@allow(Role.COORDINATOR)
def reopen(order_id: int) -> str:
    """Say why it is taken up again."""
    queries.coordinated_order_for(g.actor, order_id)
    return _reason_page(order_id, ReasonForm(), OrderAction.REOPEN)


@bp.post("/<int:order_id>/reopen")
@allow(Role.COORDINATOR)
def do_reopen(order_id: int) -> Any:
    """Take the order up again."""
    form = ReasonForm()
    if form.attempt(lambda: service.reopen(g.actor, order_id, form.reason.data)):
        flash(_("The order is open again. Send the terms anew."))
        return redirect(url_for(".show", order_id=order_id))
    return _reason_page(order_id, form, OrderAction.REOPEN), 422


# Accepting terms


@bp.post("/<int:order_id>/accept")
@signed_in
def accept(order_id: int) -> Any:
    """Accept the terms on the order's page."""
    form = AcceptForm()
    if form.attempt(lambda: service.accept_terms(g.actor, order_id, form.terms.data)):
        flash(_("Thank you. The terms are accepted, and we look for the people now."))
        return redirect(url_for(".show", order_id=order_id))
    return _show_page(queries.order_for(g.actor, order_id), MessageForm(formdata=None), form), 422


@bp.get("/terms/<token>")
@public
def terms_by_link(token: str) -> Any:
    """Where the mailed link leads: the terms and one button, so that a mail scanner accepts nothing."""
    link = auth.link_for(LinkPurpose.ACCEPT_TERMS, token)
    sent = queries.terms_offer(link.subject_id)
    if link.state(clock.now()) is not LinkState.OPEN or not queries.still_stands(sent):
        return _terms_over(sent.order_id, link.state(clock.now()))
    return _terms_page(token, ActionForm())


@bp.post("/terms/<token>")
@public
def accept_by_link(token: str) -> Any:
    """Accept the terms by the mailed link."""
    form = ActionForm()
    if form.attempt(lambda: service.accept_by_link(token)):
        return render_template("orders/accepted.html", is_signed_in=g.actor.is_signed_in)
    return _terms_page(token, form), 422


def _terms_page(token: str, form: BaseForm) -> str:
    sent = queries.terms_offer(auth.link_for(LinkPurpose.ACCEPT_TERMS, token).subject_id)
    order = queries.any_order(sent.order_id)
    return render_template(
        "orders/terms.html",
        form=form,
        action=url_for(".accept_by_link", token=token),
        order=presenting.order_row(order),
        facts=presenting.order_facts(order),
        price=presenting.price_facts(queries.estimate_of(order, sent.contract_form, sent.hourly_price)),
        terms=presenting.terms_view(sent),
    )


def _terms_over(order_id: int, state: LinkState) -> Any:
    order = queries.any_order(order_id)
    wording = presenting_pages.terms_over_wording(order, state)
    return render_template("orders/link_over.html", wording=wording, order_id=order_id), 410


# Confirming an order made without an account


@intake.get("/confirm/<token>")
@public
def confirm(token: str) -> Any:
    """Where the mailed link leads: the order and one button."""
    link = auth.link_for(LinkPurpose.CONFIRM_ORDER, token)
    order = queries.order_of_link(link.subject_id)
    if order is None or link.state(clock.now()) is not LinkState.OPEN or not service.is_newest_link(order, token):
        return _confirm_over(token, order, link.state(clock.now()))
    return _confirm_page(token, order, ActionForm())


@intake.post("/confirm/<token>")
@public
def do_confirm(token: str) -> Any:
    """Confirm the order, and sign in the one who owns the mailbox."""
    form = ActionForm()
    if not form.attempt(lambda: service.confirm(token)):
        link = auth.link_for(LinkPurpose.CONFIRM_ORDER, token)
        return _confirm_page(token, queries.any_order(link.subject_id), form), 422
    if form.result is None:
        return redirect(url_for("intake.confirm", token=token))
    session.begin(form.result.ordered_by_id)
    flash(_("Thank you. The order went to the Jobcenter, and you have an account now. We answer soon."))
    return redirect(url_for("orders.show", order_id=form.result.id))


@intake.post("/confirm/<token>/renew")
@public
def renew(token: str) -> Any:
    """Mail a new link in place of an expired one."""
    form = ActionForm()
    if form.attempt(lambda: service.renew_confirmation(token)):
        return redirect(url_for("intake.sent", key=form.result.form_key))
    return redirect(url_for("intake.confirm", token=token))


def _confirm_page(token: str, order: Order, form: BaseForm) -> str:
    return render_template(
        "orders/confirm.html",
        form=form,
        action=url_for("intake.do_confirm", token=token),
        order=presenting.order_row(order),
        facts=[*presenting.order_facts(order), *presenting.orderer_facts(order)[1:]],
    )


def _confirm_over(token: str, order: Order | None, state: LinkState) -> Any:
    wording = presenting_pages.confirm_over_wording(order, state)
    renew_url = url_for("intake.renew", token=token) if wording.can_renew else ""
    return render_template("orders/confirm_over.html", wording=wording, renew_url=renew_url), 410
