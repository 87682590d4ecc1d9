"""What the card house tells of: each message is stored with its effect in one transaction, so that it works once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import product

from jobcenter.auth.domain import SYSTEM
from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import domain, post, queries, queries_ending, service
from jobcenter.billing.card.domain import (
    STATE_NEWS,
    CardKind,
    CardNews,
    CardStatus,
    Kept,
    Known,
    News,
    NewsKind,
    RefundStatus,
    Seen,
    TaskKind,
)
from jobcenter.billing.card.models import CardEvent, CardPayment
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments.charging_back import charge_back
from jobcenter.billing.payments.domain import PaymentSource
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush, register_clash

register_clash("pk_card_event", lambda: AlreadyDone("card_event_already"))


def take_news(news: News) -> bool:
    """Take a message in; False for one that was taken in before. Older news than what is known changes nothing.

    Raises AlreadyDone when another process takes the same message in at the same time.
    """
    if queries.is_known(news.event_id):
        return False
    paid = queries.payment_of_key(news.key, lock=True) or queries.payment_of_intent(news.intent_id, lock=True)
    db.session.add(
        CardEvent(
            id=news.event_id,
            kind=news.kind.value,
            card_payment_id=paid.id if paid else None,
            happened_at=news.happened_at,
            taken_at=clock.now(),
        )
    )
    flush()
    if paid is not None:
        _follow(paid, news)
    return True


def catch_up(key: str, seen: Seen, now: datetime) -> None:
    """Make up for messages that never came, by what the card house's list says of a payment of ours."""
    paid = queries.payment_of_key(key, lock=True)
    news = News(
        event_id=f"list:{seen.intent_id}:{seen.status}",
        kind=_LISTED_AS.get(seen.status, NewsKind.OPENED),
        happened_at=seen.paid_at or now,
        key=seen.key,
        intent_id=seen.intent_id,
        amount=seen.received if seen.status is CardStatus.PAID else None,
        currency=seen.currency,
    )
    if paid.status is not seen.status and seen.status in _LISTED_AS:
        take_news(news)
    if seen.refunded > paid.refunded:
        event_id = f"list:{seen.intent_id}:refunded:{seen.refunded}"
        refunded = {"event_id": event_id, "kind": NewsKind.REFUNDED, "happened_at": now, "amount": seen.refunded}
        take_news(replace(news, **refunded))


def catch_up_dispute(news: News) -> None:
    """Make up for the message of a dispute that never came; of one that came, nothing is done anew."""
    if queries.payment_of_intent(news.intent_id) is not None:
        take_news(news)


def leave_differences(key: str, seen: Seen | None) -> int:
    """Leave a task of each difference between a payment of ours and the card house's list; how many there are."""
    paid = queries.payment_of_key(key, lock=True)
    ours = Kept(key=key, status=paid.status, received=paid.taken, refunded=paid.refunded)
    found = list(domain.differences({key: ours}, {key: seen} if seen else {}))
    for _key, difference in found:
        service.leave_task(paid, TaskKind.DIFFERENCE, f"{key}:{difference}", reason=difference.value)
    return len(found)


def leave_strange(keys: Collection[str]) -> int:
    """Leave a task of each payment on the card house's list that carries a name of ours and is not among ours, to every
    Jobcenter that takes cards, once; how many there are that somebody must look at still.
    """
    strange = [key for key in sorted(keys) if queries.payment_of_key(key) is None]
    facts, unseen = {"reason": domain.Difference.NOT_OURS.value}, set()
    for key, jobcenter_id in product(strange, queries.jobcenters_with_payments()):
        name = f"{key}:{jobcenter_id}"
        if not queries.was_looked_at(TaskKind.DIFFERENCE, name):
            service.leave_task_for(jobcenter_id, None, TaskKind.DIFFERENCE, name, facts)
            unseen.add(key)
    return len(unseen)


_LISTED_AS: Mapping[CardStatus, NewsKind] = {
    CardStatus.PAID: NewsKind.PAID,
    CardStatus.HELD: NewsKind.HELD,
    CardStatus.LAPSED: NewsKind.RELEASED,
}


def _follow(paid: CardPayment, news: News) -> None:
    wrong = list(domain.mismatches(_known(paid), news))
    if wrong:
        facts = {"wrong": ", ".join(wrong), "amount": str(news.amount), "currency": news.currency}
        service.leave_task(paid, TaskKind.MISMATCH, f"{paid.key}:{news.kind}", **facts)
        return
    paid.intent_id = paid.intent_id or news.intent_id
    if news.kind in STATE_NEWS:
        _state_news(paid, news)
    elif news.kind is NewsKind.REFUNDED:
        _refunded(paid, news)
    elif news.kind is NewsKind.REFUND_FAILED:
        _refund_failed(paid, news)
    elif news.kind is NewsKind.DISPUTE_CLOSED:
        _dispute_closed(paid, news)
    else:
        _leave_of_dispute(paid, TaskKind.DISPUTED, news)


def _known(paid: CardPayment) -> Known:
    return Known(key=paid.key, kind=paid.kind, amount=paid.amount, intent_id=paid.intent_id, capture=paid.capture)


def _state_news(paid: CardPayment, news: News) -> None:
    if news.kind is NewsKind.HELD and not _makes_way(paid):
        paid.capture = ZERO
    elif service.move(SYSTEM, paid, STATE_NEWS[news.kind]) and paid.status is CardStatus.PAID:
        _take(paid, news)
    if paid.status is CardStatus.LAPSED and queries_ending.was_heard(paid.id, NewsKind.HELD):
        post.hold_lapsed(paid)


def _makes_way(held: CardPayment) -> bool:
    """Whether a hold on a page that was replaced can stand: another page for its order makes way, another hold not."""
    other = queries.live_for_order(held.order_id) if held.status is CardStatus.EXPIRED else None
    if other is None:
        return True
    if other.status is CardStatus.HELD:
        return False
    return service.move(SYSTEM, other, CardNews.EXPIRED)


def _take(paid: CardPayment, news: News) -> None:
    """The money has come: it pays the invoice, and waits at the card house until it is paid out to us.

    What the invoice does not ask for any more is the payer's, and somebody must give it back.
    """
    paid.taken, paid.paid_on = news.amount, clock.day_of(news.happened_at)
    if paid.invoice_id is None:
        facts = {"amount": str(news.amount), "reason": CardKind.HOLD.value}
        service.leave_task(paid, TaskKind.UNKNOWN_PAYMENT, paid.key, **facts)
        return
    _book(paid)


def book_for_invoice(payment_id: int) -> None:
    """A hold that was taken at the card house, without being asked here, pays the invoice that its order has by now."""
    paid = queries.payment(payment_id, lock=True)
    if paid.payment_id is None and paid.invoice_id is None:
        paid.invoice_id = queries_ending.open_invoice_of(paid.order_id)
        _book(paid)


def _book(paid: CardPayment) -> None:
    invoice = queries.locked_invoice(paid.invoice_id)
    came = payments.new_payment(SYSTEM, paid.jobcenter_id, PaymentSource.CARD, paid.paid_on, paid.taken)
    came.payer, came.reference = paid.payer, paid.intent_id
    payments.take_in(SYSTEM, invoice, came, into=Account.CARD_CLEARING)
    paid.payment_id = came.id
    flush()
    if paid.kind is CardKind.HOLD:
        post.hold_charged(paid)
    if came.over:
        facts = {"amount": str(came.over), "reason": invoice.status.value}
        service.leave_task(paid, TaskKind.UNKNOWN_PAYMENT, paid.key, **facts)


def _refunded(paid: CardPayment, news: News) -> None:
    """So much was given back so far. What nobody asked for here was done at the card house: somebody must book it.

    What was told before a refund failed counts that one still, and is too old.
    """
    failed_at = queries_ending.was_heard(paid.id, NewsKind.REFUND_FAILED)
    if failed_at is not None and news.happened_at <= failed_at:
        return
    paid.refunded = max(paid.refunded, news.amount)
    made = (refund for refund in queries.refunds_of(paid.id) if refund.status is not RefundStatus.FAILED)
    asked = sum((refund.amount for refund in made), Decimal())
    if paid.refunded > asked:
        facts = {"amount": str(paid.refunded - asked), "reason": domain.Difference.REFUNDED.value}
        service.leave_task(paid, TaskKind.DIFFERENCE, f"{paid.key}:refunded", **facts)


def _refund_failed(paid: CardPayment, news: News) -> None:
    """Money did not arrive at the payer's card. What was not asked for here, somebody must look at."""
    refund = queries.refund_called(paid.id, news.refund_id)
    if refund is None:
        facts = {"amount": str(news.amount), "reason": news.reason}
        service.leave_task(paid, TaskKind.REFUND_FAILED, f"{paid.key}:{news.refund_id}", **facts)
    elif refund.status is not RefundStatus.FAILED:
        paid.refunded = max(paid.refunded - refund.amount, ZERO)
        service.refund_failed(refund, news.reason)


def _dispute_closed(paid: CardPayment, news: News) -> None:
    """A dispute that is lost takes the money back from what it paid."""
    if not news.lost:
        return
    _leave_of_dispute(paid, TaskKind.DISPUTE_LOST, news)
    if paid.payment_id is not None:
        charge_back(SYSTEM, paid.payment_id, news.amount, dispute=news.dispute_id)


def _leave_of_dispute(paid: CardPayment, kind: TaskKind, news: News) -> None:
    """A task of each dispute, once: a payment can have several, and each is told of by a message and by the list."""
    if not queries.was_looked_at(kind, name := f"{paid.key}:{news.dispute_id}"):
        service.leave_task(paid, kind, name, amount=str(news.amount), reason=news.reason)
