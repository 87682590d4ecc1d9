"""The mails that card payments send."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from jobcenter.billing.card import messages, queries, queries_ending
from jobcenter.billing.card.models import CardPayment
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.core import texts, web
from jobcenter.core.errors import NotFound
from jobcenter.notifications import service as notifications
from jobcenter.notifications.domain import Mail
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order

# What an orderer is asked when a hold has ended, by the state of the order. Of other orders nothing is asked.
_ASKED = {OrderStatus.ACCEPTED: messages.hold_again, OrderStatus.CLOSED: messages.wait_for_invoice}


def hold_lapsed(held: CardPayment) -> None:
    """Tell the orderer that a hold has ended, and ask what is to be done: to pay the invoice, or to hold the price
    again. Nothing is told when nothing is or will be owed.
    """
    order = _order_of(held)
    what = _asked_after(held, order) if order else None
    if what is None:
        return
    # Whoever let the money go before it was taken was not the bank.
    by_bank = held.called_at is None
    _send(held, order, "hold_lapsed", lambda title: messages.hold_lapsed(title, what(), by_bank=by_bank))


def hold_charged(held: CardPayment) -> None:
    """Tell the orderer what was charged of a hold while they were not there."""
    order = _order_of(held)
    if order is None:
        return
    charged = partial(
        messages.hold_charged,
        number=queries.invoice_number(held.invoice_id),
        receipt_url=web.absolute_url("card.show", key=held.key),
    )
    left = payment_queries.open_of(held.invoice_id)
    _send(
        held,
        order,
        "hold_charged",
        lambda title: charged(title, taken=texts.money(held.taken), left=texts.money(left) if left > 0 else ""),
    )


def _asked_after(held: CardPayment, order: Order) -> Callable[[], messages.Asked] | None:
    """What is asked after a hold has ended, to be said in a reader's language."""
    if held.invoice_id is not None and payment_queries.open_of(held.invoice_id) <= 0:
        return None
    invoice_id = held.invoice_id or queries_ending.open_invoice_of(order.id)
    if invoice_id is not None:
        return partial(messages.pay_invoice, web.absolute_url("billing.show", invoice_id=invoice_id))
    if order.status not in _ASKED or queries_ending.nothing_left_of(order.id):
        return None
    return partial(_ASKED[order.status], web.absolute_url("card.order", order_id=order.id))


def _order_of(held: CardPayment) -> Order | None:
    try:
        return orders.any_order(held.order_id)
    except NotFound:
        return None


def _send(held: CardPayment, order: Order, kind: str, mail_of: Callable[[str], Mail]) -> None:
    for reader in orders.orderers_of(order):
        with texts.in_language(reader.language):
            mail = mail_of(order.title or f"{order.id}")
        notifications.queue(
            mail,
            to=reader.email,
            language=reader.language,
            dedupe_key=f"card:{held.key}:{kind.removeprefix('hold_')}:{reader.email}",
            kind=f"card.{kind}",
            jobcenter_id=held.jobcenter_id,
        )
