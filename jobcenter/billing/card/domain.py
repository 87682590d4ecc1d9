"""Card payments: their states, the news of them that comes in any order, what may be taken, what does not agree. Pure.

News never goes back: what has been paid stays paid, whatever older news arrives after it. Amounts are euros; Stripe
counts cents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.core.money import ZERO

CURRENCY = "eur"
CENTS = 100
# Stripe keeps a checkout page open for a day at the longest, and for half an hour at the least.
PAGE_OPEN_FOR = timedelta(hours=2)
# A page that could not be opened yet needs this much time left to be opened at all.
OPENS_WITHIN = PAGE_OPEN_FOR - timedelta(minutes=35)
# Stripe charges no less.
LEAST_CENTS = 50


class CardKind(StrEnum):
    """To pay an invoice at once, or to hold an order's price until it is known what was worked."""

    PAYMENT = "payment"
    HOLD = "hold"


class CardStatus(StrEnum):
    """Where a card payment is. `asked`: the card house has not been told yet."""

    ASKED = "asked"
    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class CardNews(StrEnum):
    """What is heard of a card payment."""

    OPENED = "opened"
    HELD = "held"
    PAID = "paid"
    EXPIRED = "expired"
    RELEASED = "released"


class RefundStatus(StrEnum):
    """Money that is to be given back: the card house has been told, or not yet, or could not."""

    ASKED = "asked"
    SENT = "sent"
    FAILED = "failed"


class TaskKind(StrEnum):
    """What a coordinator must look at."""

    MISMATCH = "mismatch"
    UNKNOWN_PAYMENT = "unknown_payment"
    DISPUTED = "disputed"
    DISPUTE_LOST = "dispute_lost"
    REFUND_FAILED = "refund_failed"
    CALL_FAILED = "call_failed"
    DIFFERENCE = "difference"
    PAYOUT = "payout"
    PAYOUT_UNEXPLAINED = "payout_unexplained"
    PAYOUT_FAILED = "payout_failed"


_S, _N = CardStatus, CardNews

AFTER_NEWS: Mapping[tuple[CardStatus, CardNews], CardStatus] = {
    (_S.ASKED, _N.OPENED): _S.OPEN,
    (_S.ASKED, _N.HELD): _S.HELD,
    (_S.ASKED, _N.PAID): _S.PAID,
    (_S.ASKED, _N.EXPIRED): _S.EXPIRED,
    (_S.ASKED, _N.RELEASED): _S.LAPSED,
    (_S.OPEN, _N.HELD): _S.HELD,
    (_S.OPEN, _N.PAID): _S.PAID,
    (_S.OPEN, _N.EXPIRED): _S.EXPIRED,
    (_S.OPEN, _N.RELEASED): _S.LAPSED,
    (_S.HELD, _N.PAID): _S.PAID,
    (_S.HELD, _N.RELEASED): _S.LAPSED,
    (_S.EXPIRED, _N.HELD): _S.HELD,
    (_S.EXPIRED, _N.PAID): _S.PAID,
    (_S.LAPSED, _N.PAID): _S.PAID,
}

# A card payment in one of these stands in the way of another one for the same thing.
LIVE = frozenset({_S.ASKED, _S.OPEN, _S.HELD})


class CardsNotTaken(NotPossible):
    """This installation takes no cards, or not for this invoice or order."""


class NothingToPayByCard(NotPossible):
    """Nothing is owed, or something else is on its way for it."""


class RefundTooLarge(DomainError):
    """More would be given back than came."""


def after(state: CardStatus, news: CardNews) -> CardStatus:
    """The state after news. What is older than the state, or says the same again, changes nothing."""
    return AFTER_NEWS.get((state, news), state)


def heard_of(kind: CardKind, news: CardNews) -> CardNews:
    """What news means for a kind of payment: nothing was held for an invoice, so that its page has only closed."""
    return CardNews.EXPIRED if (kind, news) == (CardKind.PAYMENT, CardNews.RELEASED) else news


def page_goes_on(status: CardStatus, *, asked_at: datetime, open_until: datetime, now: datetime) -> bool:
    """Whether the page that was begun can be paid on still; one that was not opened, whether it can be opened still."""
    return now < open_until if status is CardStatus.OPEN else now < asked_at + OPENS_WITHIN


def cents(amount: Decimal) -> int:
    """Euros as whole cents. Raises ValueError for parts of a cent."""
    whole = amount * CENTS
    if whole != whole.to_integral_value():
        raise ValueError(f"{amount} has parts of a cent")
    return int(whole)


def euros(amount: int) -> Decimal:
    """Whole cents as euros."""
    return (Decimal(amount) / CENTS).quantize(ZERO)


# What may be taken


def to_capture(*, held: Decimal, worked: Decimal) -> Decimal:
    """What is taken of held money: what was worked, and at most what the orderer accepted."""
    return min(held, worked)


def capture_now(capture: Decimal, *, still_open: Decimal, said: bool) -> Decimal:
    """What of a capture is to be said now: at most what is still owed; nothing means that the hold is let go.

    The card house hears one amount only. When that was said before, it is said again or, if less is owed by now,
    the hold is let go: that is refused if the money was taken, and its message tells of it.
    """
    if said and still_open < capture:
        return ZERO
    return max(min(capture, still_open), ZERO)


@dataclass(frozen=True)
class LetGo:
    """What was not taken of a hold: `unworked` is not on the invoice, `settled` was paid or credited otherwise."""

    unworked: Decimal
    settled: Decimal


def let_go_of(*, held: Decimal, on_invoice: Decimal, taken: Decimal) -> LetGo:
    """What was let go of a hold that was taken, by why; `on_invoice`: its order's hours on the invoice as sent."""
    unworked = held - min(held, on_invoice)
    return LetGo(unworked, held - unworked - taken)


def check_refund(amount: Decimal, *, paid: Decimal, refunded: Decimal) -> None:
    """Refuse to give back nothing, or more than came and was not given back. Raises RefundTooLarge."""
    if not ZERO < amount <= paid - refunded:
        raise RefundTooLarge("card_refund_too_large", "amount", most=f"{paid - refunded:.2f}".replace(".", ","))


# What is heard


class NewsKind(StrEnum):
    """What a message of the card house is about."""

    OPENED = "opened"
    HELD = "held"
    PAID = "paid"
    EXPIRED = "expired"
    RELEASED = "released"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    DISPUTE_CLOSED = "dispute_closed"


STATE_NEWS: Mapping[NewsKind, CardNews] = {
    NewsKind.OPENED: CardNews.OPENED,
    NewsKind.HELD: CardNews.HELD,
    NewsKind.PAID: CardNews.PAID,
    NewsKind.EXPIRED: CardNews.EXPIRED,
    NewsKind.RELEASED: CardNews.RELEASED,
}


@dataclass(frozen=True, kw_only=True)
class News:
    """One message of the card house in our words. `key`: our own name of the payment, "" when it does not carry it.

    `amount`: the money it speaks of; of REFUNDED all that was given back so far. `refund_id`: the card house's name of
    the refund that failed. `lost`: how a dispute ended; one that was a question only is not lost.
    """

    event_id: str
    kind: NewsKind
    happened_at: datetime
    key: str = ""
    intent_id: str = ""
    amount: Decimal | None = None
    currency: str = CURRENCY
    reason: str = ""
    refund_id: str = ""
    lost: bool = False
    dispute_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A card payment as we have it, to hold news against. `amount`: what was asked for; `taken`: what has come."""

    key: str
    kind: CardKind
    amount: Decimal
    intent_id: str = ""
    capture: Decimal | None = None


class Mismatch(StrEnum):
    """What of a message does not agree with what we have."""

    CURRENCY = "currency"
    AMOUNT = "amount"
    INTENT = "intent"


def mismatches(known: Known, news: News) -> Iterator[Mismatch]:
    """What of the news does not agree: then somebody must look, and nothing is booked."""
    if news.currency.lower() != CURRENCY:
        yield Mismatch.CURRENCY
    if known.intent_id and news.intent_id and news.intent_id != known.intent_id:
        yield Mismatch.INTENT
    if news.amount is not None and not _amount_agrees(known, news):
        yield Mismatch.AMOUNT


def _amount_agrees(known: Known, news: News) -> bool:
    match news.kind:
        case NewsKind.PAID:
            return news.amount == (known.amount if known.capture is None else known.capture)
        case NewsKind.HELD:
            return news.amount == known.amount
        case NewsKind.REFUNDED:
            return ZERO <= news.amount <= known.amount
        case _:
            return True


# What the card house has, for reconciliation


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A payment as the card house lists it: our name of it, what it received and gave back.

    `paid_at`: when the card was charged; None of what was held first, of which the list does not tell.
    """

    key: str
    intent_id: str
    status: CardStatus
    received: Decimal
    refunded: Decimal
    currency: str = CURRENCY
    paid_at: datetime | None = None


class Difference(StrEnum):
    """How our books and the card house's list differ."""

    NOT_OURS = "not_ours"
    NOT_THERE = "not_there"
    STATUS = "status"
    RECEIVED = "received"
    REFUNDED = "refunded"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A payment as we have it, for reconciliation."""

    key: str
    status: CardStatus
    received: Decimal
    refunded: Decimal


def differences(kept: Mapping[str, Kept], seen: Mapping[str, Seen]) -> Iterator[tuple[str, Difference]]:
    """Every difference between our payments and the list, by our name of the payment."""
    for key in sorted(seen.keys() - kept.keys()):
        yield key, Difference.NOT_OURS
    for key in sorted(kept):
        if key in seen:
            yield from ((key, difference) for difference in _differences(kept[key], seen[key]))
        elif kept[key].received:
            yield key, Difference.NOT_THERE


# Where no money is, the card house may call it otherwise than we do.
_WITHOUT_MONEY = frozenset({_S.ASKED, _S.OPEN, _S.EXPIRED, _S.LAPSED})


def _differences(kept: Kept, seen: Seen) -> Iterator[Difference]:
    if kept.status is not seen.status and not {kept.status, seen.status} <= _WITHOUT_MONEY:
        yield Difference.STATUS
    elif kept.received != seen.received:
        yield Difference.RECEIVED
    if kept.refunded != seen.refunded:
        yield Difference.REFUNDED
