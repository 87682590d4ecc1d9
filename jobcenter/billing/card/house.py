"""What the product asks of whoever handles cards. Who that is, if anybody, is decided where the app is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from flask import current_app

from jobcenter.billing.card.domain import CardKind, CardsNotTaken, News, Seen
from jobcenter.billing.card.domain_payouts import PaidOut
from jobcenter.core.errors import DomainError

EXTENSION = "card_house"


class CardHouseSilent(DomainError):
    """The card house did not answer, and can be asked again with the same key; or it `refused`, and will again."""

    def __init__(self, reason: str, *, refused: bool) -> None:
        super().__init__("card_house_silent", reason=reason)
        self.refused = refused


class ForgedMessage(Exception):
    """A message whose signature is wrong, missing or old."""


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """What a checkout page is to ask for. `key`: our name of the payment; `language`: of the page."""

    key: str
    kind: CardKind
    amount: Decimal
    what: str
    email: str
    language: str
    back_url: str
    open_until: datetime


@dataclass(frozen=True)
class OpenedPage:
    """A checkout page: Stripe's id of it, and where it is."""

    session_id: str
    url: str


class CardHouse(Protocol):
    """What the product asks of whoever handles cards."""

    def open_page(self, checkout: Checkout, *, idempotency_key: str) -> OpenedPage: ...

    def close_page(self, session_id: str) -> bool: ...

    def capture(self, intent_id: str, amount: Decimal, *, idempotency_key: str) -> None: ...

    def release(self, intent_id: str, *, idempotency_key: str) -> None: ...

    def refund(self, intent_id: str, amount: Decimal, *, idempotency_key: str) -> str: ...

    def news_of(self, body: bytes, signature: str) -> News | None: ...

    def held_until(self, intent_id: str) -> datetime | None: ...

    def payments_since(self, moment: datetime) -> Iterator[Seen]: ...

    def disputes_since(self, moment: datetime) -> Iterator[News]: ...

    def payouts_since(self, day: date) -> Iterator[PaidOut]: ...


def takes_cards() -> bool:
    """Whether this installation takes cards."""
    return current_app.config["JOBCENTER"].takes_cards


def card_house() -> CardHouse:
    """Who handles cards here. Raises CardsNotTaken."""
    if not takes_cards():
        raise CardsNotTaken("cards_not_taken")
    return current_app.extensions[EXTENSION]
