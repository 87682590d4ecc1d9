"""What the card house does: opens pages, charges and holds cards, gives money back, tells of it by signed messages."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobcenter.core import clock
from jobcenter.demo.cardhouse.store import Store, Thing

log = logging.getLogger("jobcenter.cardhouse")

# Numbers of Stripe's test mode: one that is charged, one that is declined.
DECLINED_CARD = "4000000000000002"
DISPUTE_ENDS, DISPUTE_WON = frozenset({"won", "lost"}), frozenset({"won"})
HOLD_SECONDS = 7 * 24 * 3600
# What the stand-in keeps of a charge, in thousandths and cents, and how long it keeps the rest before paying it out.
FEE_THOUSANDTHS, FEE_CENTS = 15, 25
PAYS_OUT_AFTER = 24 * 3600
MESSAGE_SECONDS = 20


class Refused(Exception):
    """The card house says no, as Stripe would: an HTTP status, a type and words."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.kind = status, kind


@dataclass(frozen=True)
class House:
    """The stand-in: what it remembers, where it tells of what happened, and the secret that its messages are signed by.

    `webhook_url` "": messages are kept only. `now` tells the seconds since 1970.
    """

    store: Store
    secret: str
    webhook_url: str = ""
    now: Callable[[], float] = lambda: clock.now().timestamp()

    # Pages

    def open_page(self, params: Thing, base_url: str) -> Thing:
        """A checkout page for what the parameters ask."""
        amount = sum(item["quantity"] * item["price_data"]["unit_amount"] for item in params["line_items"])
        session_id = new_id("cs_test")
        return self.store.keep(
            {
                "id": session_id,
                "object": "checkout.session",
                "created": self._now(),
                "mode": params["mode"],
                "status": "open",
                "payment_status": "unpaid",
                "amount_total": amount,
                "currency": params["line_items"][0]["price_data"]["currency"],
                "metadata": params.get("metadata", {}),
                "client_reference_id": params.get("client_reference_id"),
                "payment_intent": None,
                "intent": params.get("payment_intent_data", {}),
                "what": params["line_items"][0]["price_data"]["product_data"]["name"],
                "success_url": params["success_url"],
                "cancel_url": params.get("cancel_url"),
                "expires_at": params.get("expires_at", self._now() + 24 * 3600),
                "url": f"{base_url}/pay/{session_id}",
            }
        )

    def expire(self, session_id: str) -> Thing:
        """Close a page. Raises Refused when it is not open."""
        session = self.session(session_id)
        if session["status"] != "open":
            raise Refused(400, "invalid_request_error", "This Checkout Session cannot be expired: it is not open")
        session["status"] = "expired"
        self.store.keep(session)
        self.tell("checkout.session.expired", session)
        return session

    def session(self, session_id: str) -> Thing:
        """A page by id. Raises Refused."""
        return self._thing(session_id, "checkout.session")

    def pay(self, session_id: str, card: str) -> Thing:
        """Somebody typed a card number on a page. Raises Refused for a declined card, or a page that is not open."""
        session = self.session(session_id)
        if session["status"] != "open" or session["expires_at"] <= self._now():
            raise Refused(400, "invalid_request_error", "This page is not open any more")
        if card.replace(" ", "") == DECLINED_CARD:
            raise Refused(402, "card_error", "Your card was declined")
        intent = self._intent_of(session)
        holds = session["intent"].get("capture_method") == "manual"
        session |= {
            "status": "complete",
            "payment_status": "unpaid" if holds else "paid",
            "payment_intent": intent["id"],
        }
        self.store.keep(session)
        if not holds:
            self.settle("charge", amount=intent["amount_received"], source=intent["latest_charge"])
        if holds:
            self.tell("payment_intent.amount_capturable_updated", intent)
        else:
            self.tell("payment_intent.succeeded", intent)
        self.tell("checkout.session.completed", session)
        return session

    def _intent_of(self, session: Thing) -> Thing:
        amount, holds = session["amount_total"], session["intent"].get("capture_method") == "manual"
        intent_id = new_id("pi")
        charge = self.store.keep(
            {
                "id": new_id("ch"),
                "object": "charge",
                "created": self._now(),
                "amount": amount,
                "amount_captured": 0 if holds else amount,
                "amount_refunded": 0,
                "currency": session["currency"],
                "payment_intent": intent_id,
                "metadata": session["intent"].get("metadata", {}),
                "payment_method_details": {"card": {"capture_before": self._now() + HOLD_SECONDS if holds else None}},
            }
        )
        return self.store.keep(
            {
                "id": intent_id,
                "object": "payment_intent",
                "created": self._now(),
                "amount": amount,
                "amount_capturable": amount if holds else 0,
                "amount_received": 0 if holds else amount,
                "currency": session["currency"],
                "status": "requires_capture" if holds else "succeeded",
                "capture_method": "manual" if holds else "automatic_async",
                "cancellation_reason": None,
                "metadata": session["intent"].get("metadata", {}),
                "latest_charge": charge["id"],
            }
        )

    # Money

    def intent(self, intent_id: str) -> Thing:
        """A payment by id. Raises Refused."""
        return self._thing(intent_id, "payment_intent")

    def capture(self, intent_id: str, amount: int | None) -> Thing:
        """Take held money. Raises Refused when nothing is held, or less than asked for."""
        intent = self.intent(intent_id)
        if intent["status"] != "requires_capture":
            raise Refused(400, "invalid_request_error", f"This PaymentIntent could not be captured: {intent['status']}")
        amount = intent["amount_capturable"] if amount is None else amount
        if not 0 < amount <= intent["amount_capturable"]:
            raise Refused(400, "invalid_request_error", "The amount to capture is not within what is held")
        intent |= {"status": "succeeded", "amount_received": amount, "amount_capturable": 0}
        self.store.keep(intent)
        self.settle("charge", amount=intent["amount"], fee_of=amount, source=intent["latest_charge"])
        self.tell("payment_intent.succeeded", intent)
        self._let_go_of(intent, captured=amount)
        return intent

    def cancel(self, intent_id: str, reason: str | None) -> Thing:
        """Let held money go. Raises Refused when it was taken."""
        intent = self.intent(intent_id)
        if intent["status"] != "requires_capture":
            raise Refused(400, "invalid_request_error", f"You cannot cancel this PaymentIntent: {intent['status']}")
        intent |= {"status": "canceled", "amount_capturable": 0, "cancellation_reason": reason}
        self.store.keep(intent)
        self.tell("payment_intent.canceled", intent)
        self._let_go_of(intent, captured=0)
        return intent

    def _let_go_of(self, intent: Thing, *, captured: int) -> None:
        """What was held and not taken: Stripe counts it as given back, and tells so."""
        charge, left = self._thing(intent["latest_charge"], "charge"), intent["amount"] - captured
        self.store.keep(charge | {"amount_captured": captured, "amount_refunded": left})
        if left and captured:
            self.settle("partial_capture_reversal", amount=-left, source=charge["id"])
        if left:
            self.tell("charge.refunded", self._thing(charge["id"], "charge"))

    def refund(self, intent_id: str, amount: int | None) -> Thing:
        """Give money back. Raises Refused for more than came."""
        intent = self.intent(intent_id)
        charge = self._thing(intent["latest_charge"], "charge")
        left = charge["amount"] - charge["amount_refunded"]
        amount = left if amount is None else amount
        if not 0 < amount <= left:
            raise Refused(400, "invalid_request_error", "The refund is larger than what is left of the charge")
        charge["amount_refunded"] += amount
        self.store.keep(charge)
        refund = self.store.keep(
            {
                "id": new_id("re"),
                "object": "refund",
                "created": self._now(),
                "amount": amount,
                "currency": intent["currency"],
                "payment_intent": intent_id,
                "status": "succeeded",
                "metadata": {},
            }
        )
        self.settle("refund", amount=-amount, source=refund["id"])
        self.tell("charge.refunded", charge)
        return refund

    def dispute(self, intent_id: str, status: str = "needs_response") -> Thing:
        """The card holder's bank asks for the money back, which is kept at once; or, with a status of won or lost, the
        end of it.
        """
        intent = self.intent(intent_id)
        begun = (one["id"] for one in self.store.all("dispute") if one["payment_intent"] == intent_id)
        dispute = {
            "id": next(begun, None) if status in DISPUTE_ENDS else new_id("du"),
            "object": "dispute",
            "created": self._now(),
            "amount": intent["amount_received"],
            "currency": intent["currency"],
            "payment_intent": intent_id,
            "reason": "fraudulent",
            "status": status,
            "metadata": {},
        }
        self.store.keep(dispute)
        if status not in DISPUTE_ENDS:
            self.settle("dispute", amount=-dispute["amount"], source=dispute["id"])
        if status in DISPUTE_WON:
            self.settle("dispute_reversal", amount=dispute["amount"], source=dispute["id"], fee_of=0)
        self.tell("charge.dispute.closed" if status in DISPUTE_ENDS else "charge.dispute.created", dispute)
        return dispute

    # Paying out

    def settle(self, category: str, *, amount: int, source: str, fee_of: int | None = None) -> Thing:
        """Money that came to, or went from, what is paid out next; of what came, or `fee_of`, a fee is kept."""
        kept_of = amount if fee_of is None else fee_of
        fee = (kept_of * FEE_THOUSANDTHS + 500) // 1000 + FEE_CENTS if kept_of > 0 else 0
        return self.store.keep(
            {
                "id": new_id("txn"),
                "object": "balance_transaction",
                "created": self._now(),
                "type": category,
                "reporting_category": category,
                "amount": amount,
                "fee": fee,
                "net": amount - fee,
                "currency": "eur",
                "source": source,
                "payout": None,
            }
        )

    def pay_out(self) -> Thing | None:
        """Pay out what has come and was not paid out yet; None when that is nothing."""
        waiting = [moved for moved in self.store.all("balance_transaction") if moved["payout"] is None]
        amount = sum(moved["net"] for moved in waiting)
        if amount <= 0:
            return None
        payout_id = new_id("po")
        for moved in waiting:
            self.store.keep(moved | {"payout": payout_id})
        payout = {
            "id": payout_id,
            "object": "payout",
            "created": self._now(),
            "arrival_date": self._now(),
            "amount": amount,
            "currency": "eur",
            "automatic": True,
            "status": "paid",
            "trace_id": {"status": "supported", "value": f"STRIPE {payout_id[-8:].upper()}"},
        }
        own = {"source": payout_id, "payout": payout_id, "reporting_category": "payout", "type": "payout"}
        self.store.keep(self.settle("payout", amount=-amount, source=payout_id) | own)
        return self.store.keep(payout)

    def payouts_since(self, moment: int) -> list[Thing]:
        """The payouts that arrived since, the newest first; what has waited long enough is paid out now."""
        waiting = [moved for moved in self.store.all("balance_transaction") if moved["payout"] is None]
        if any(moved["created"] <= self._now() - PAYS_OUT_AFTER for moved in waiting):
            self.pay_out()
        return [payout for payout in self.store.all("payout") if payout["arrival_date"] >= moment]

    def moved_in(self, payout_id: str) -> list[Thing]:
        """What a payout is made up of, its own line among it."""
        return [moved for moved in self.store.all("balance_transaction") if moved["payout"] == payout_id]

    def with_source(self, moved: Thing) -> Thing:
        """A line of the balance with what it is about in it."""
        return moved | {"source": self.store.get(moved["source"])}

    # Lists

    def intents_since(self, moment: int) -> list[Thing]:
        """The payments begun since, newest first."""
        return [intent for intent in self.store.all("payment_intent") if intent["created"] >= moment]

    def disputes_since(self, moment: int) -> list[Thing]:
        """What was asked back since, newest first."""
        return [dispute for dispute in self.store.all("dispute") if dispute["created"] >= moment]

    def with_charge(self, intent: Thing) -> Thing:
        """A payment with its charge in it."""
        return intent | {"latest_charge": self.store.get(intent["latest_charge"])}

    def _thing(self, id: str, kind: str) -> Thing:
        thing = self.store.get(id)
        if thing is None or thing["object"] != kind:
            raise Refused(404, "invalid_request_error", f"No such {kind}: '{id}'")
        return thing

    def _now(self) -> int:
        return int(self.now())

    # Messages

    def tell(self, kind: str, thing: Thing) -> None:
        """Keep a message of what happened, and send it. One that does not arrive is not sent again."""
        message = {
            "id": new_id("evt"),
            "object": "event",
            "created": self._now(),
            "type": kind,
            "livemode": False,
            "data": {"object": thing},
        }
        self.store.keep_message(message)
        if self.webhook_url:
            self._send(message)

    def signed(self, message: Thing, at: int | None = None) -> tuple[bytes, str]:
        """A message's body and the header that signs it, as Stripe makes it (scheme v1)."""
        body = json.dumps(message).encode()
        at = self._now() if at is None else at
        digest = hmac.new(self.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        return body, f"t={at},v1={digest}"

    def _send(self, message: Thing) -> None:
        body, signature = self.signed(message)
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        request = urllib.request.Request(self.webhook_url, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=MESSAGE_SECONDS):
                pass
        except OSError as error:
            log.warning("message %s of %s did not arrive: %s", message["id"], message["type"], error)


def new_id(prefix: str) -> str:
    """An id as Stripe makes them."""
    return f"{prefix}_{secrets.token_hex(12)}"


def json_of(thing: Any) -> str:
    """A thing as the API answers it."""
    return json.dumps(thing)
