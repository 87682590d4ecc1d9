"""The mail that card payments send."""

from __future__ import annotations

from jobcenter.billing.card import messages
from jobcenter.billing.card.models import CardPayment
from jobcenter.core import texts, web
from jobcenter.core.errors import NotFound
from jobcenter.notifications import service as notifications
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.domain import OrderStatus


def hold_lapsed(held: CardPayment) -> None:
    """Ask the orderer to hold the price again, or to pay the invoice that the hold was to pay; of an order that came to
    nothing neither is asked.
    """
    try:
        order = orders.any_order(held.order_id)
    except NotFound:
        return
    if held.invoice_id is None and order.status is not OrderStatus.ACCEPTED:
        return
    order_url = web.absolute_url("orders.show", order_id=order.id)
    invoice_url = web.absolute_url("billing.show", invoice_id=held.invoice_id) if held.invoice_id else None
    for reader in orders.orderers_of(order):
        with texts.in_language(reader.language):
            mail = messages.hold_lapsed(order.title or f"{order.id}", order_url, invoice_url)
        notifications.queue(
            mail,
            to=reader.email,
            language=reader.language,
            dedupe_key=f"card:{held.key}:lapsed:{reader.email}",
            kind="card.hold_lapsed",
            jobcenter_id=held.jobcenter_id,
        )
