"""What happens to card payments: asked for, held, given back, let go; what the card house tells: `service_news`.

The card house is never called inside a transaction: what is to be said to it is stored first, and `calls` says it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import domain, policy, queries, queries_ending
from jobcenter.billing.card.domain import CardKind, CardNews, CardStatus, RefundStatus, TaskKind
from jobcenter.billing.card.house import takes_cards
from jobcenter.billing.card.models import CardPayment, CardRefund, CardTask
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.domain_credit import left_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments.domain import UseKind, UseOver
from jobcenter.billing.shares.queries import is_split
from jobcenter.core import audit, clock
from jobcenter.core.db import db, new_ref
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.money import ZERO
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind

register_clash("uq_card_payment_live_invoice", ChangedMeanwhile)
register_clash("uq_card_payment_live_order", ChangedMeanwhile)
register_clash("uq_card_refund_form_key", lambda: AlreadyDone("card_refund_already"))

NAMES_IN_AUDIT = ("status", "amount", "capture", "taken", "refunded", "invoice_id", "order_id")


# Asking


def can_pay_by_card(invoice: Invoice) -> bool:
    """Whether an invoice can be paid by card now."""
    if not takes_cards() or invoice.status is not InvoiceStatus.SENT or queries_ending.is_paid_by_hold(invoice.id):
        return False
    payer = queries.payer_of(invoice.organisation_id, invoice.jobcenter_id)
    return policy.may_pay_by_card(payer.kind, payment_queries.open_of(invoice.id), most=payer.most)


def is_paid_by_hold(invoice: Invoice) -> bool:
    """Whether money that is held on a card pays a sent invoice, so that the orderer need not."""
    return invoice.status is InvoiceStatus.SENT and queries_ending.is_paid_by_hold(invoice.id)


def ask_to_pay(actor: Actor, invoice_id: int) -> CardPayment:
    """Begin to pay an invoice that the actor may read. Raises NotFound, and what `ask_to_pay_invoice` raises."""
    return ask_to_pay_invoice(actor, invoice_queries.invoice_for(actor, invoice_id).id)


def ask_to_pay_invoice(actor: Actor, invoice_id: int) -> CardPayment:
    """Begin to pay an invoice, for whoever may see it; what was begun already goes on while it asks for the same.

    Raises CardsNotTaken, NothingToPayByCard.
    """
    invoice = queries.locked_invoice(invoice_id)
    still_open = payment_queries.open_of(invoice.id)
    if still_open <= 0:
        raise domain.NothingToPayByCard("card_nothing_open")
    if queries_ending.is_paid_by_hold(invoice.id):
        raise domain.NothingToPayByCard("card_hold_pays")
    if not can_pay_by_card(invoice):
        raise domain.CardsNotTaken("card_not_for_this")
    begun = queries.live_for_invoice(invoice.id)
    if begun is not None:
        if begun.amount == still_open and _goes_on(begun):
            return begun
        move(actor, begun, CardNews.EXPIRED)
    payer = queries.payer_of(invoice.organisation_id, invoice.jobcenter_id)
    return _ask(
        actor,
        CardPayment(
            jobcenter_id=invoice.jobcenter_id,
            kind=CardKind.PAYMENT,
            invoice_id=invoice.id,
            amount=still_open,
            payer=payer.name,
            email=payer.email,
            language=invoice.language,
        ),
    )


def is_for_cards(order: Order) -> bool:
    """Whether the order of a private person, or of an organisation within its limit, has a page for paying by card."""
    if not takes_cards() or order.status not in (OrderStatus.ACCEPTED, OrderStatus.CLOSED) or not order.organisation_id:
        return False
    payer = queries.payer_of(order.organisation_id, order.jobcenter_id)
    if payer.kind is OrganisationKind.PRIVATE_PERSON:
        return True
    amount = accepted_price(order) if payer.most is not None else None
    return amount is not None and policy.may_pay_by_card(payer.kind, amount, most=payer.most)


def to_hold(order: Order) -> Decimal | None:
    """What can be held on a card for an order now; a card cannot pay the invoices of several payers."""
    amount = accepted_price(order)
    if not takes_cards() or order.status is not OrderStatus.ACCEPTED or order.organisation_id is None or not amount:
        return None
    begun = queries.newest_for_order(order.id)
    if begun is not None and begun.status in (CardStatus.HELD, CardStatus.PAID):
        return None
    if is_split(order.id) or queries_ending.nothing_left_of(order.id):
        return None
    payer = queries.payer_of(order.organisation_id, order.jobcenter_id)
    return amount if policy.may_pay_by_card(payer.kind, amount, most=payer.most) else None


def ask_to_hold(actor: Actor, order_id: int) -> CardPayment:
    """Begin to hold what the orderer has accepted; at most that is taken once it is known what was worked.

    Raises NotFound, CardsNotTaken, AlreadyDone when it is held already.
    """
    order = orders.own_order_for(actor, order_id, lock=True)
    amount = to_hold(order)
    if amount is None:
        raise domain.CardsNotTaken("card_not_for_this")
    begun = queries.live_for_order(order.id)
    if begun is not None and begun.status is CardStatus.HELD:
        raise AlreadyDone("card_held_already")
    if begun is not None:
        if begun.amount == amount and _goes_on(begun):
            return begun
        move(actor, begun, CardNews.EXPIRED)
    payer = queries.payer_of(order.organisation_id, order.jobcenter_id)
    return _ask(
        actor,
        CardPayment(
            jobcenter_id=order.jobcenter_id,
            kind=CardKind.HOLD,
            order_id=order.id,
            amount=amount,
            payer=payer.name,
            email=payer.email,
            language=actor.language,
        ),
    )


def accepted_price(order: Order) -> Decimal | None:
    """What the orderer has accepted to pay at most, VAT included; None before that, or without times or rates."""
    terms = orders.standing_terms(order.id)
    if terms is None or terms.accepted_at is None:
        return None
    estimate = orders.estimate_of(order, terms.contract_form, terms.hourly_price)
    return estimate.price.gross if estimate else None


def _goes_on(begun: CardPayment) -> bool:
    times = {"asked_at": begun.asked_at, "open_until": begun.open_until, "now": clock.now()}
    return domain.page_goes_on(begun.status, **times)


def _ask(actor: Actor, asked: CardPayment) -> CardPayment:
    now = clock.now()
    asked.status, asked.key = CardStatus.ASKED, new_ref()
    asked.asked_at, asked.open_until = now, now + domain.PAGE_OPEN_FOR
    db.session.add(asked)
    flush()
    _record(actor, "card.ask", asked, before=None)
    return asked


# What the calls came to


def page_opened(payment_id: int, session_id: str, url: str) -> CardPayment:
    """The card house has opened a page for a payment."""
    opened = queries.payment(payment_id, lock=True)
    opened.session_id, opened.url = session_id, url
    move(SYSTEM, opened, CardNews.OPENED)
    return opened


def page_closed(payment_id: int, *, paid_on: bool) -> None:
    """A page leads nowhere any more: nobody can have paid on it, or somebody has, of which a message tells."""
    page = queries.payment(payment_id, lock=True)
    page.url = ""
    if not paid_on:
        move(SYSTEM, page, CardNews.EXPIRED)


def capture_to_say(payment_id: int, now: datetime) -> Decimal | None:
    """What the card house is told now to take of a hold, by what is owed now: zero to let it go; None: nothing.

    Stored before it is said. Whether the money came is heard in a message.
    """
    held = queries.payment(payment_id, lock=True)
    if held.status is not CardStatus.HELD or held.capture is None:
        return None
    still_open = payment_queries.open_of(held.invoice_id)
    amount = domain.capture_now(held.capture, still_open=still_open, said=held.called_at is not None)
    before, held.called_at = _facts(held), now
    if ZERO < amount < held.capture:
        held.capture = amount
        flush()
        _record(SYSTEM, "card.capture", held, before=before)
    return amount


def end_known(payment_id: int, held_until: datetime) -> None:
    """Until when the bank holds the money."""
    queries.payment(payment_id, lock=True).held_until = held_until


def refund_called(refund_id: int, name: str) -> None:
    """The card house was told to give money back, and calls that so."""
    refund = db.session.get_one(CardRefund, refund_id, with_for_update=True)
    refund.status, refund.refund_id = RefundStatus.SENT, name


def refund_refused(refund_id: int, reason: str) -> None:
    """The card house will not give the money back: the payer has it with us again."""
    refund_failed(db.session.get_one(CardRefund, refund_id, with_for_update=True), reason)


def refund_failed(refund: CardRefund, reason: str) -> None:
    """Money (the refund locked by the caller) did not go back: it can be given back again, somebody must see how."""
    if refund.status is RefundStatus.FAILED:
        return
    refund.status = RefundStatus.FAILED
    payments.refund_failed(SYSTEM, f"card:{refund.form_key}")
    paid = queries.payment(refund.card_payment_id)
    leave_task(paid, TaskKind.REFUND_FAILED, f"refund:{refund.id}", amount=str(refund.amount), reason=reason)


# Holds


def set_capture(hold_id: int, invoice_id: int) -> None:
    """Say what is to be taken of a hold for an invoice with hours of its order: what was worked and is owed still, at
    most what is held. A hold that was billed or ended meanwhile is left alone. Raises NotFound.
    """
    held = queries.payment(hold_id, lock=True)
    invoice = queries.locked_invoice(invoice_id)
    worked = min(payment_queries.open_of(invoice.id), _gross_on(invoice.id, held.order_id))
    if held.status is not CardStatus.HELD or held.capture is not None or held.called_at is not None or worked <= 0:
        return
    before = _facts(held)
    held.invoice_id, held.capture = invoice.id, domain.to_capture(held=held.amount, worked=worked)
    flush()
    _record(SYSTEM, "card.capture", held, before=before)


def release_to_say(payment_id: int, now: datetime) -> bool:
    """Whether the card house is told now to let a hold go of which nothing was asked; stored before it is said."""
    held = queries.payment(payment_id, lock=True)
    if held.status is not CardStatus.HELD or held.capture is not None:
        return False
    held.called_at = now
    return True


def surplus_released(payment_id: int) -> None:
    """What was held a second time for an order is let go."""
    queries.payment(payment_id, lock=True).capture = None


def _gross_on(invoice_id: int, order_id: int) -> Decimal:
    """What the hours of an order come to on an invoice, VAT included, without those that were credited."""
    return left_of(queries.lines_on(invoice_id, order_id)).together.gross


def close_never_opened(now: datetime) -> int:
    """End payments whose page was never opened: nobody can have paid on it."""
    found = queries.never_opened(now)
    for asked in found:
        move(SYSTEM, asked, CardNews.EXPIRED)
    return len(found)


# Giving back


def ask_refund(actor: Actor, payment_id: int, amount: Decimal, reason: str, form_key: str) -> CardRefund:
    """Give back, on the card, money that was paid over or credited. The same form asks once.

    Raises RefundTooLarge, NotFound, and NotThatMuch for money that the payer still owes.
    """
    paid = queries.payment_for(actor, payment_id, lock=True)
    if not policy.can_manage(actor, paid.jobcenter_id):
        raise NotFound
    made = queries.refund_asked_with(form_key)
    if made is not None:
        return made
    asked = sum((row.amount for row in queries.refunds_of(paid.id) if row.status is not RefundStatus.FAILED), Decimal())
    domain.check_refund(amount, paid=paid.taken, refunded=max(asked, paid.refunded))
    command = UseOver(UseKind.REFUND, amount, clock.today(), f"card:{form_key}")
    payments.use_over(actor, paid.payment_id, command, out_of=Account.CARD_CLEARING)
    refund = CardRefund(
        card_payment_id=paid.id,
        form_key=form_key,
        status=RefundStatus.ASKED,
        amount=amount,
        reason=reason,
        asked_by=actor.name,
        asked_at=clock.now(),
    )
    db.session.add(refund)
    flush()
    after = {"amount": amount, "reason": reason}
    audit.record(actor, "card.refund", "card_payment", paid.id, after=after, jobcenter_id=paid.jobcenter_id)
    return refund


# What somebody must look at


def leave_task(paid: CardPayment, kind: TaskKind, key: str, **facts: str) -> None:
    """Leave a task about a payment, once for as long as it is open."""
    leave_task_for(paid.jobcenter_id, paid.id, kind, key, facts)


def leave_task_for(jobcenter_id: int, payment_id: int | None, kind: TaskKind, key: str, facts: dict[str, str]) -> None:
    """Leave a task of a Jobcenter, about a payment or none, once for as long as it is open."""
    if queries.open_task(f"{kind}:{key}") is not None:
        return
    task = CardTask(
        jobcenter_id=jobcenter_id,
        card_payment_id=payment_id,
        kind=kind,
        key=f"{kind}:{key}",
        facts=facts,
        left_at=clock.now(),
    )
    db.session.add(task)
    flush()
    audit.record(SYSTEM, "card.task", "card_task", task.id, after={"kind": kind} | facts, jobcenter_id=jobcenter_id)


def end_task(actor: Actor, task_id: int, remark: str) -> CardTask:
    """Say what was done about a task."""
    task = queries.task_for(actor, task_id)
    if task.done_at is not None:
        raise AlreadyDone("card_task_already")
    task.done_at, task.done_by, task.remark = clock.now(), actor.name, remark
    flush()
    after = {"remark": remark}
    audit.record(actor, "card.end_task", "card_task", task.id, after=after, jobcenter_id=task.jobcenter_id)
    return task


# The pieces


def move(actor: Actor, paid: CardPayment, news: CardNews) -> bool:
    """Bring a payment to the state that follows from news; whether that changed it."""
    status = domain.after(paid.status, domain.heard_of(paid.kind, news))
    if status is paid.status:
        return False
    before = _facts(paid)
    paid.status = status
    flush()
    _record(actor, f"card.{news}", paid, before=before)
    return True


def _record(actor: Actor, verb: str, paid: CardPayment, *, before: dict[str, Any] | None) -> None:
    scope = {"jobcenter_id": paid.jobcenter_id}
    audit.record(actor, verb, "card_payment", paid.id, before=before, after=_facts(paid), **scope)


def _facts(paid: CardPayment) -> dict[str, Any]:
    return {name: getattr(paid, name) for name in NAMES_IN_AUDIT}
