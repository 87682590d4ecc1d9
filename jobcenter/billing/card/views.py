"""Pages of card payments: the payer's own, the coordinator's list, and the door for the card house's messages."""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import SYSTEM, LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.billing.card import calls, presenting, queries, queries_payouts, service, service_news
from jobcenter.billing.card.domain import CardStatus
from jobcenter.billing.card.forms import RefundForm, TaskForm
from jobcenter.billing.card.house import ForgedMessage, card_house, takes_cards
from jobcenter.billing.card.models import CardPayment
from jobcenter.billing.shares.queries import is_split
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake import queries as orders

log = logging.getLogger("jobcenter.card")

bp = Blueprint("card", __name__)


# Paying


@bp.post("/card/invoices/<int:invoice_id>")
@allow(Role.ORDERER)
def pay_invoice(invoice_id: int) -> Any:
    """Pay an invoice of the reader's organisation by card."""
    with unit_of_work():
        asked = service.ask_to_pay(g.actor, invoice_id)
    return _to_page(asked.id)


@bp.post("/card/link/<token>")
@public
def pay_by_link(token: str) -> Any:
    """Pay the invoice that a mailed link opens."""
    link = auth_queries.open_link(LinkPurpose.READ_INVOICE, token, clock.now())
    with unit_of_work():
        asked = service.ask_to_pay_invoice(SYSTEM, link.subject_id)
    return _to_page(asked.id)


@bp.get("/card/orders/<int:order_id>")
@allow(Role.ORDERER)
def order(order_id: int) -> str:
    """Whether the price of an order is held on a card, and the button for it."""
    found = orders.own_order_for(g.actor, order_id)
    held, seller = queries.newest_for_order(found.id), auth_queries.jobcenter(found.jobcenter_id).name
    amount = service.to_hold(found)
    return render_template(
        "card/order.html",
        order=found,
        amount=amount,
        shown=presenting.payers_page(held, seller, clock.now()) if held else None,
        receipt_url=url_for(".show", key=held.key) if held and held.status is CardStatus.PAID else None,
        can_hold=amount is not None,
        is_shared=amount is None and is_split(found.id),
    )


@bp.app_template_global("card_url_of")
def card_url_of(order_id: int) -> str | None:
    """Where the orderer holds the price of an order on a card, for the order's own page; None where it cannot be."""
    return url_for("card.order", order_id=order_id) if service.is_for_cards(orders.any_order(order_id)) else None


@bp.post("/card/orders/<int:order_id>")
@allow(Role.ORDERER)
def hold(order_id: int) -> Any:
    """Hold the accepted price of an order on a card."""
    with unit_of_work():
        asked = service.ask_to_hold(g.actor, order_id)
    return _to_page(asked.id)


def _to_page(payment_id: int) -> Any:
    calls.open_page(payment_id)
    return redirect(url_for(".show", key=queries.payment(payment_id).key))


@bp.get("/card/<key>")
@public
def show(key: str) -> str:
    """How one card payment stands, for whoever has its address; the card house sends the payer back here."""
    paid = queries.payment_of_key(key)
    if paid is None:
        raise NotFound
    seller = auth_queries.jobcenter(paid.jobcenter_id).name
    shown = presenting.payers_page(paid, seller, clock.now())
    return render_template("card/show.html", shown=shown, back=_back_of(paid))


def _back_of(paid: CardPayment) -> str | None:
    """Where an orderer who is signed in came from; nowhere for who came by a mailed link."""
    if g.actor is None or not g.actor.has(Role.ORDERER):
        return None
    if paid.invoice_id is not None:
        return url_for("billing.show", invoice_id=paid.invoice_id)
    return url_for(".order", order_id=paid.order_id)


# Messages


@bp.post("/webhooks/stripe")
@public
def stripe_message() -> Any:
    """A signed message of the card house. Without a secret, or with a wrong signature, nothing is believed.

    A message that came before, or does not concern us, is answered as well received.
    """
    if not takes_cards():
        abort(400)
    try:
        news = card_house().news_of(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except ForgedMessage as error:
        log.warning("a message of the card house was not believed: %s", error)
        abort(400)
    if news is not None:
        try:
            with unit_of_work():
                service_news.take_news(news)
        except AlreadyDone:
            log.info("message %s was taken in twice at once", news.event_id)
    return Response(mimetype="text/plain")


# The coordinator's pages


@bp.get("/card-payments")
@allow(Role.COORDINATOR)
def index() -> str:
    """The card payments of the reader's Jobcenters, and what must be looked at."""
    return _index_page()


def _index_page(refused: TaskForm | None = None, refused_id: int | None = None) -> str:
    piece = part(request.args)
    rows = queries.payments_of(g.actor, limit=piece.limit, offset=piece.offset)
    tasks = presenting.tasks(queries.open_tasks(g.actor))
    forms = {id: TaskForm(formdata=None, prefix=_prefix(id)) for id, _payment_id, _words in tasks}
    return render_template(
        "card/index.html",
        rows=[presenting.list_row(row, clock.day_of(row.payment.asked_at)) for row in rows],
        tasks=tasks,
        payouts=presenting.payout_rows(queries_payouts.payouts_of(g.actor)),
        task_forms=forms | {refused_id: refused} if refused else forms,
        refused=refused,
        refused_id=refused_id,
        pages=piece.pages(queries.number_of_payments(g.actor), ".index"),
        takes_cards=takes_cards(),
    )


@bp.get("/card-payments/<int:payment_id>")
@allow(Role.COORDINATOR)
def manage(payment_id: int) -> str:
    """One card payment."""
    over = queries.over_of(queries.payment_for(g.actor, payment_id))
    return _manage_page(payment_id, RefundForm(formdata=None, amount=over))


@bp.post("/card-payments/<int:payment_id>/refund")
@allow(Role.COORDINATOR)
def refund(payment_id: int) -> Any:
    """Give money back on the card."""
    form = RefundForm()
    if form.attempt(lambda: _ask_refund(payment_id, form)):
        flash(_("The payment service is told within a minute. The money is on the card in some days."), "good")
        return redirect(url_for(".manage", payment_id=payment_id))
    return _manage_page(payment_id, form), 422


def _ask_refund(payment_id: int, form: RefundForm) -> Any:
    return service.ask_refund(g.actor, payment_id, form.amount.data, form.reason.data, form.form_key.data)


@bp.post("/card-payments/<int:payment_id>/release")
@allow(Role.COORDINATOR)
def release(payment_id: int) -> Any:
    """Let held money go."""
    calls.release(queries.payment_for(g.actor, payment_id).id, clock.now())
    flash(_("The payment service was told to let the money go."), "good")
    return redirect(url_for(".manage", payment_id=payment_id))


@bp.post("/card-tasks/<int:task_id>")
@allow(Role.COORDINATOR)
def end_task(task_id: int) -> Any:
    """Say what was done about a task."""
    form = TaskForm(prefix=_prefix(task_id))
    if form.attempt(lambda: service.end_task(g.actor, task_id, form.remark.data)):
        flash(_("Noted."), "good")
        return redirect(url_for(".index"))
    return _index_page(form, task_id), 422


def _prefix(task_id: int) -> str:
    """What the fields of a task's form begin with: a page has many of them."""
    return f"t{task_id}-"


def _manage_page(payment_id: int, form: RefundForm) -> str:
    paid = queries.payment_for(g.actor, payment_id)
    seller = auth_queries.jobcenter(paid.jobcenter_id).name
    return render_template(
        "card/manage.html",
        paid=paid,
        shown=presenting.payers_page(paid, seller, clock.now()),
        refunds=presenting.refund_rows(queries.refunds_of(paid.id)),
        form=form,
        most=queries.over_of(paid),
        can_release=presenting.can_release(paid),
        release_form=ActionForm(),
    )
