"""The one place that talks to Stripe: our words in, our words out. The API version is pinned.

Every call that changes something carries an idempotency key that the caller has stored, so that a call repeated after a
crash does the thing once. Called outside transactions only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import stripe

from jobcenter.billing.card.domain import CURRENCY, CardKind, CardStatus, News, NewsKind, Seen, cents, euros
from jobcenter.billing.card.domain_payouts import LineKind, PaidLine, PaidOut, PayoutState
from jobcenter.billing.card.house import CardHouseSilent, Checkout, ForgedMessage, OpenedPage
from jobcenter.core import clock
from jobcenter.core.money import ZERO

API_VERSION = "2026-10-28.endive"
CALL_SECONDS = 20
RETRIES = 2
# How long a signed message stays good: Stripe's own default, against messages sent again by somebody else.
SIGNATURE_SECONDS = 300
PAGE = 100
KEY = "jobcenter_payment"
# What Stripe calls a page that nobody has paid on and nobody can.
_CLOSED_PAGE = frozenset({"expired"})


class StripeHouse:
    """Stripe, or what stands in for it at another address."""

    def __init__(self, key: str, *, webhook_secret: str, url: str = "") -> None:
        self._webhook_secret = webhook_secret
        self._client = stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            base_addresses={"api": url} if url else {},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=CALL_SECONDS),
        )

    def open_page(self, checkout: Checkout, *, idempotency_key: str) -> OpenedPage:
        """Open a checkout page. Raises CardHouseSilent."""
        with _answering():
            session = self._client.v1.checkout.sessions.create(
                session_params(checkout), {"idempotency_key": idempotency_key}
            )
        return OpenedPage(session.id, session.url)

    def close_page(self, session_id: str) -> bool:
        """Close a page; whether it is closed now, False when it was paid on. Raises CardHouseSilent."""
        sessions = self._client.v1.checkout.sessions
        try:
            with _answering():
                sessions.expire(session_id)
        except CardHouseSilent as silent:
            if not silent.refused:
                raise
            with _answering():
                return sessions.retrieve(session_id).status in _CLOSED_PAGE
        return True

    def capture(self, intent_id: str, amount: Decimal, *, idempotency_key: str) -> None:
        """Take held money, at most what is held; the rest is let go. Raises CardHouseSilent."""
        with _answering():
            self._client.v1.payment_intents.capture(
                intent_id, {"amount_to_capture": cents(amount)}, {"idempotency_key": idempotency_key}
            )

    def release(self, intent_id: str, *, idempotency_key: str) -> None:
        """Let held money go. Raises CardHouseSilent."""
        with _answering():
            self._client.v1.payment_intents.cancel(intent_id, {}, {"idempotency_key": idempotency_key})

    def refund(self, intent_id: str, amount: Decimal, *, idempotency_key: str) -> str:
        """Give money back; the id of the refund. Raises CardHouseSilent."""
        with _answering():
            refund = self._client.v1.refunds.create(
                {"payment_intent": intent_id, "amount": cents(amount)}, {"idempotency_key": idempotency_key}
            )
        return refund.id

    def news_of(self, body: bytes, signature: str) -> News | None:
        """A signed message in our words; None for one that does not concern us.

        Raises ForgedMessage; nothing is believed without a secret to check it by.
        """
        if not self._webhook_secret:
            raise ForgedMessage("no secret is set to check messages by")
        try:
            event = self._client.construct_event(body, signature, self._webhook_secret, SIGNATURE_SECONDS)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise ForgedMessage(str(error)) from error
        return read_news(event.to_dict())

    def held_until(self, intent_id: str) -> datetime | None:
        """Until when the bank holds the money; None when Stripe does not say. Raises CardHouseSilent."""
        with _answering():
            intent = self._client.v1.payment_intents.retrieve(intent_id, {"expand": ["latest_charge"]})
        return _capture_before(intent.to_dict())

    def payments_since(self, moment: datetime) -> Iterator[Seen]:
        """Our payments that were begun since, as Stripe lists them. Raises CardHouseSilent."""
        params = {"created": {"gte": int(moment.timestamp())}, "limit": PAGE, "expand": ["data.latest_charge"]}
        with _answering():
            listed = self._client.v1.payment_intents.list(params)
            for intent in listed.auto_paging_iter():
                found = intent.to_dict()
                if found["metadata"].get(KEY):
                    yield _seen(found)

    def disputes_since(self, moment: datetime) -> Iterator[News]:
        """What card holders' banks have asked back since, each as the message that may not have come.

        Raises CardHouseSilent.
        """
        params = {"created": {"gte": int(moment.timestamp())}, "limit": PAGE}
        with _answering():
            for dispute in self._client.v1.disputes.list(params).auto_paging_iter():
                yield from listed_dispute(dispute.to_dict())

    def payouts_since(self, day: date) -> Iterator[PaidOut]:
        """What was paid out to our bank since, each with its lines. Raises CardHouseSilent."""
        arrived = int(clock.start_of(day).timestamp())
        params = {"arrival_date": {"gte": arrived}, "limit": PAGE}
        with _answering():
            for payout in self._client.v1.payouts.list(params).auto_paging_iter():
                lines = {"payout": payout.id, "limit": PAGE, "expand": ["data.source"]}
                moved = self._client.v1.balance_transactions.list(lines).auto_paging_iter()
                yield paid_out(payout.to_dict(), [line.to_dict() for line in moved])


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever goes wrong on the way to Stripe and back is one refusal of ours."""
    try:
        yield
    except stripe.StripeError as error:
        refused = isinstance(error, stripe.InvalidRequestError | stripe.CardError)
        raise CardHouseSilent(str(error.user_message or error), refused=refused) from error


def session_params(checkout: Checkout) -> dict[str, Any]:
    """What Stripe is asked for a checkout page."""
    metadata = {KEY: checkout.key}
    intent: dict[str, Any] = {"metadata": metadata}
    if checkout.kind is CardKind.HOLD:
        intent["capture_method"] = "manual"
    params: dict[str, Any] = {
        "mode": "payment",
        "allowed_payment_method_types": ["card"],
        "client_reference_id": checkout.key,
        "metadata": metadata,
        "payment_intent_data": intent,
        "locale": checkout.language,
        "success_url": checkout.back_url,
        "cancel_url": checkout.back_url,
        "expires_at": int(checkout.open_until.timestamp()),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": cents(checkout.amount),
                    "product_data": {"name": checkout.what},
                },
            }
        ],
    }
    return params | ({"customer_email": checkout.email} if checkout.email else {})


# Stripe's messages in our words


def read_news(event: Mapping[str, Any]) -> News | None:
    """An event of Stripe's in our words; None for a type that does not concern us."""
    reader = _READERS.get(event["type"])
    if reader is None:
        return None
    thing = event["data"]["object"]
    facts = reader(thing)
    if facts is None:
        return None
    happened_at = clock.from_timestamp(event["created"])
    return News(event_id=event["id"], happened_at=happened_at, currency=thing.get("currency") or CURRENCY, **facts)


def _session_completed(session: Mapping[str, Any]) -> dict[str, Any] | None:
    if session["payment_status"] != "paid":
        return None
    return {"kind": NewsKind.PAID, "amount": euros(session["amount_total"])} | _of_session(session)


def _session_expired(session: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": NewsKind.EXPIRED} | _of_session(session)


def _of_session(session: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": session["metadata"].get(KEY, ""), "intent_id": session.get("payment_intent") or ""}


def _held(intent: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": NewsKind.HELD, "amount": euros(intent["amount_capturable"])} | _of_intent(intent)


def _paid(intent: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": NewsKind.PAID, "amount": euros(intent["amount_received"])} | _of_intent(intent)


def _released(intent: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": NewsKind.RELEASED, "reason": intent.get("cancellation_reason") or ""} | _of_intent(intent)


def _of_intent(intent: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": intent["metadata"].get(KEY, ""), "intent_id": intent["id"]}


def _refunded(charge: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": NewsKind.REFUNDED, "amount": _given_back(charge)} | _of_charge(charge)


def _given_back(charge: Mapping[str, Any]) -> Decimal:
    """What was given back of a charge. Stripe counts what was held and not taken among it; that never came to us."""
    not_taken = charge["amount"] - charge["amount_captured"]
    return euros(max(charge["amount_refunded"] - not_taken, 0))


def _refund_updated(refund: Mapping[str, Any]) -> dict[str, Any] | None:
    if refund["status"] not in {"failed", "canceled"}:
        return None
    reason = refund.get("failure_reason") or refund["status"]
    facts = {"kind": NewsKind.REFUND_FAILED, "amount": euros(refund["amount"]), "reason": reason}
    return facts | {"refund_id": refund["id"]} | _of_charge(refund)


def _disputed(dispute: Mapping[str, Any]) -> dict[str, Any]:
    facts = {"kind": NewsKind.DISPUTED, "amount": euros(dispute["amount"]), "dispute_id": dispute["id"]}
    return facts | {"reason": dispute.get("reason") or ""} | _of_charge(dispute)


def _dispute_closed(dispute: Mapping[str, Any]) -> dict[str, Any]:
    facts = {"kind": NewsKind.DISPUTE_CLOSED, "amount": euros(dispute["amount"]), "reason": dispute["status"]}
    return facts | {"lost": dispute["status"] == "lost", "dispute_id": dispute["id"]} | _of_charge(dispute)


def listed_dispute(dispute: Mapping[str, Any]) -> Iterator[News]:
    """A dispute of Stripe's list as the messages of it: that it was opened, and how it ended."""
    ended = ("charge.dispute.closed",) if dispute["status"] in _ENDS_OF_DISPUTES else ()
    for kind in ("charge.dispute.created", *ended):
        event = {"id": f"list:{dispute['id']}:{kind}", "created": dispute["created"], "type": kind}
        yield read_news(event | {"data": {"object": dispute}})


def _of_charge(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": (thing.get("metadata") or {}).get(KEY, ""), "intent_id": thing.get("payment_intent") or ""}


_ENDS_OF_DISPUTES = frozenset({"won", "lost", "warning_closed"})
_READERS = {
    "checkout.session.completed": _session_completed,
    "checkout.session.expired": _session_expired,
    "payment_intent.amount_capturable_updated": _held,
    "payment_intent.succeeded": _paid,
    "payment_intent.canceled": _released,
    "charge.refunded": _refunded,
    "refund.updated": _refund_updated,
    "refund.failed": _refund_updated,
    "charge.dispute.created": _disputed,
    "charge.dispute.closed": _dispute_closed,
}


def _capture_before(thing: Mapping[str, Any]) -> datetime | None:
    charge = thing.get("latest_charge")
    if not isinstance(charge, Mapping):
        return None
    moment = ((charge.get("payment_method_details") or {}).get("card") or {}).get("capture_before")
    return clock.from_timestamp(moment) if moment else None


_STATUSES = {
    "succeeded": CardStatus.PAID,
    "requires_capture": CardStatus.HELD,
    "canceled": CardStatus.LAPSED,
}


def _seen(intent: Mapping[str, Any]) -> Seen:
    charge = intent.get("latest_charge")
    return Seen(
        key=intent["metadata"][KEY],
        intent_id=intent["id"],
        status=_STATUSES.get(intent["status"], CardStatus.OPEN),
        received=euros(intent["amount_received"]),
        refunded=_given_back(charge) if isinstance(charge, Mapping) else ZERO,
        currency=intent["currency"],
        paid_at=_paid_at(intent),
    )


def _paid_at(intent: Mapping[str, Any]) -> datetime | None:
    """When a card was charged at once; a charge of what was held first was made when it was held."""
    charge = intent.get("latest_charge")
    at_once = intent["status"] == "succeeded" and intent.get("capture_method", "manual") != "manual"
    return clock.from_timestamp(charge["created"]) if at_once and isinstance(charge, Mapping) else None


# Payouts in our words

# What was held and not taken is a line of its own beside the whole charge. A refund that failed comes back as a line
# of its own, above zero.
_LINE_KINDS = {
    "charge": LineKind.CHARGE,
    "partial_capture_reversal": LineKind.CHARGE,
    "refund": LineKind.REFUND,
    "refund_failure": LineKind.REFUND,
    "dispute": LineKind.DISPUTE,
    "dispute_reversal": LineKind.DISPUTE,
    "fee": LineKind.FEE,
}


def paid_out(payout: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> PaidOut:
    """A payout with its lines, its own line left out."""
    return PaidOut(
        id=payout["id"],
        arrived_on=clock.day_of(clock.from_timestamp(payout["arrival_date"])),
        amount=euros(payout["amount"]),
        currency=payout["currency"],
        state=_PAYOUT_STATES.get(payout["status"], PayoutState.ON_ITS_WAY),
        trace=(payout.get("trace_id") or {}).get("value") or "",
        lines=tuple(_line(line) for line in lines if line["reporting_category"] not in _OF_THE_PAYOUT),
    )


def _line(line: Mapping[str, Any]) -> PaidLine:
    source = line["source"] if isinstance(line["source"], Mapping) else {}
    return PaidLine(
        id=line["id"],
        kind=_LINE_KINDS.get(line["reporting_category"], LineKind.OTHER),
        category=line["reporting_category"],
        amount=euros(line["amount"]),
        fee=euros(line["fee"]),
        net=euros(line["net"]),
        intent_id=source.get("payment_intent") or "",
    )


_OF_THE_PAYOUT = frozenset({"payout", "payout_reversal"})
_PAYOUT_STATES = {"paid": PayoutState.PAID, "failed": PayoutState.FAILED, "canceled": PayoutState.FAILED}
