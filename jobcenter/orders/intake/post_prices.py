"""Who is told of a low price that waits for a second person: those who may decide, then whoever asked."""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.auth import queries as auth
from jobcenter.core import texts
from jobcenter.core.web import absolute_url
from jobcenter.notifications.domain import Mail
from jobcenter.notifications.service import queue
from jobcenter.orders.intake import mails_prices
from jobcenter.orders.intake.models import Order, PriceRequest
from jobcenter.orders.intake.post import card_of, page_of
from jobcenter.orders.intake.queries import Reader


def asked(order: Order, request: PriceRequest, deciders: Iterable[Reader]) -> None:
    """A price waits: to everybody who may decide it."""
    card, url = card_of(order), absolute_url("orders.prices_to_approve")
    for reader in deciders:
        with texts.in_language(reader.language):
            _queue(mails_prices.asked(card, request, url=url), reader, order, f"price_asked:{request.id}")


def decided(order: Order, request: PriceRequest) -> None:
    """A price was approved or refused: to whoever asked."""
    user = auth.user(request.asked_by_id)
    if not user.active:
        return
    card, url, reader = card_of(order), page_of(order), Reader(user.id, user.email, user.language)
    with texts.in_language(reader.language):
        _queue(mails_prices.decided(card, request, url=url), reader, order, f"price_decided:{request.id}")


def _queue(mail: Mail, reader: Reader, order: Order, key: str) -> None:
    queue(
        mail,
        to=reader.email,
        language=reader.language,
        dedupe_key=f"{key}:{reader.email}"[:160],
        kind=key.partition(":")[0],
        jobcenter_id=order.jobcenter_id,
    )
