"""Saying to the card house what is stored to be said. Each call is made outside transactions, with a key that is stored
before it: repeated after a crash, it does the thing once. What it came to is stored afterwards.
"""

from __future__ import annotations

from datetime import datetime

from jobcenter.billing.card import queries, service
from jobcenter.billing.card.domain import CardKind, CardStatus, TaskKind
from jobcenter.billing.card.house import CardHouseSilent, Checkout, card_house
from jobcenter.billing.card.messages import what_is_paid
from jobcenter.billing.card.models import CardPayment, CardRefund
from jobcenter.core import texts, web
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work

# What Stripe's page knows of our languages; plain Finnish reads the Finnish page.
PAGE_LANGUAGES = frozenset({"fi", "sv", "en"})


def open_page(payment_id: int) -> None:
    """Open the page on which a card is typed, unless it is open. Raises CardHouseSilent."""
    asked = queries.payment(payment_id)
    if asked.status is not CardStatus.ASKED:
        return
    page = card_house().open_page(checkout_of(asked), idempotency_key=f"{asked.key}:open")
    with unit_of_work():
        service.page_opened(payment_id, page.session_id, page.url)


def capture(payment_id: int, now: datetime) -> None:
    """Take what is to be taken of a hold, or let it go when nothing is owed any more. Raises CardHouseSilent."""
    with unit_of_work():
        amount = service.capture_to_say(payment_id, now)
    if amount is None:
        return
    held = queries.payment(payment_id)
    try:
        if amount > 0:
            card_house().capture(held.intent_id, amount, idempotency_key=f"{held.key}:capture")
        else:
            card_house().release(held.intent_id, idempotency_key=f"{held.key}:release")
    except CardHouseSilent as silent:
        if not silent.refused:
            raise
        with unit_of_work():
            failed = queries.payment(payment_id, lock=True)
            service.leave_task(failed, TaskKind.CALL_FAILED, f"{failed.key}:capture", reason=silent.facts["reason"])


def close_page(payment_id: int) -> None:
    """Close a page on which nothing should be paid any more. One that was paid on stays as it is: its message tells of
    it. Raises CardHouseSilent.
    """
    closed = card_house().close_page(queries.payment(payment_id).session_id)
    with unit_of_work():
        service.page_closed(payment_id, paid_on=not closed)


def release(payment_id: int, now: datetime) -> None:
    """Let held money go of which nothing will be taken. Raises CardHouseSilent."""
    with unit_of_work():
        goes = service.release_to_say(payment_id, now)
    if goes:
        held = queries.payment(payment_id)
        card_house().release(held.intent_id, idempotency_key=f"{held.key}:release")


def release_surplus(payment_id: int) -> None:
    """Let go what is held a second time for an order. Raises CardHouseSilent."""
    held = queries.payment(payment_id)
    card_house().release(held.intent_id, idempotency_key=f"{held.key}:release")
    with unit_of_work():
        service.surplus_released(payment_id)


def ask_end(payment_id: int) -> None:
    """Ask until when the bank holds the money. Raises CardHouseSilent."""
    held_until = card_house().held_until(queries.payment(payment_id).intent_id)
    if held_until is not None:
        with unit_of_work():
            service.end_known(payment_id, held_until)


def refund(refund_id: int) -> None:
    """Give money back. A refusal becomes a task; silence is tried again."""
    asked = db.session.get_one(CardRefund, refund_id)
    paid = queries.payment(asked.card_payment_id)
    try:
        name = card_house().refund(paid.intent_id, asked.amount, idempotency_key=f"{paid.key}:refund:{refund_id}")
    except CardHouseSilent as silent:
        if not silent.refused:
            raise
        with unit_of_work():
            service.refund_refused(refund_id, silent.facts["reason"])
        return
    with unit_of_work():
        service.refund_called(refund_id, name)


def checkout_of(asked: CardPayment) -> Checkout:
    """What the page for a payment is to ask for."""
    with texts.in_language(asked.language):
        what = what_is_paid(asked.kind, queries.invoice_number(asked.invoice_id), asked.order_id)
    language = asked.language.partition("@")[0]
    return Checkout(
        key=asked.key,
        kind=CardKind(asked.kind),
        amount=asked.amount,
        what=what,
        email=asked.email,
        language=language if language in PAGE_LANGUAGES else "fi",
        back_url=web.absolute_url("card.show", key=asked.key),
        open_until=asked.open_until,
    )
