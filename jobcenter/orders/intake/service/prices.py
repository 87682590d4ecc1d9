"""Low prices: one coordinator asks, another person approves, and only then the terms go to the orderer."""

from __future__ import annotations

from decimal import Decimal

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock, second_person
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.core.second_person import AskAction
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.intake import post_prices, queries, queries_prices
from jobcenter.orders.intake.domain import check_version
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.models import Order, PriceRequest, TermsOffer
from jobcenter.orders.intake.service.terms import send_terms, sendable, store_sent
from jobcenter.orders.rates.domain import needs_second
from jobcenter.orders.rates.queries import least_share

register_clash("uq_price_request_open", lambda: AlreadyDone("price_asked_already"))


class NobodyToAsk(DomainError):
    """Nobody else in the Jobcenter may approve a price."""


def offer(actor: Actor, order_id: int, offered: OfferTerms) -> TermsOffer | PriceRequest:
    """Send the terms where one person may agree the price, else ask another to approve it.

    Raises what `terms.send_terms` and `ask` raise.
    """
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    rates, _version = sendable(order, offered)
    waiting = queries_prices.open_request(order.id, lock=True)
    if not needs_second(offered.hourly_price, rates=rates, least_share=least_share(order.jobcenter_id)):
        if waiting is not None:
            is_own = waiting.asked_by_id == actor.user_id
            _decide(actor, waiting, AskAction.TAKE_BACK if is_own else AskAction.REFUSE)
        return send_terms(actor, order_id, offered)
    if waiting is not None:
        raise AlreadyDone("price_asked_already")
    return _ask(actor, order, offered, rates.price)


def approve(actor: Actor, request_id: int, version: int) -> TermsOffer:
    """Approve a price that another asked for: its terms go to the orderer. `version` is of the order on the screen.

    Raises OwnAsk, OrderChanged, AlreadyDone, NotPossible, and what `sendable` raises by the rates of today.
    """
    request = queries_prices.request_for(actor, request_id, lock=True)
    order = request.order
    second_person.check(request, AskAction.APPROVE, actor)
    check_version(version, order.version)
    offered = OfferTerms(request.contract_form, request.hourly_price, request.reason)
    _rates, terms = sendable(order, offered)
    _decide(actor, request, AskAction.APPROVE)
    sent = TermsOffer(terms_version_id=terms.id, sent_by=request.asked_by, sent_by_id=request.asked_by_id)
    sent.needs_second, sent.approved_by_id = True, actor.user_id
    store_sent(actor, order, offered, sent, lowered_by=actor.name)
    post_prices.decided(order, request)
    return sent


def refuse(actor: Actor, request_id: int, answer: str) -> PriceRequest:
    """Say no to a price that another asked for, and why. Raises OwnAsk, AlreadyDone, NotPossible."""
    request = queries_prices.request_for(actor, request_id, lock=True)
    before = _facts(request)
    request.answer = answer
    _decide(actor, request, AskAction.REFUSE, before)
    post_prices.decided(request.order, request)
    return request


def take_back(actor: Actor, request_id: int) -> PriceRequest:
    """Take back what one asked for oneself. Raises OwnAsk, AlreadyDone, NotPossible."""
    request = queries_prices.request_for(actor, request_id, lock=True)
    _decide(actor, request, AskAction.TAKE_BACK)
    return request


def _ask(actor: Actor, order: Order, offered: OfferTerms, list_price: Decimal) -> PriceRequest:
    others = queries_prices.deciders_of(order, actor.user_id)
    if not others:
        raise NobodyToAsk("price_nobody_to_ask", "hourly_price")
    request = PriceRequest(
        order_id=order.id,
        order=order,
        contract_form=offered.contract_form,
        hourly_price=offered.hourly_price,
        list_price=list_price,
        reason=offered.price_reason,
        **second_person.asked_by(actor, clock.now()),
    )
    db.session.add(request)
    order.coordinator_id = order.coordinator_id or actor.user_id
    flush()
    audit.record(actor, "order.ask_price", "order", order.id, None, _facts(request), jobcenter_id=order.jobcenter_id)
    post_prices.asked(order, request, others)
    return request


def _decide(actor: Actor, request: PriceRequest, action: AskAction, before: dict[str, object] | None = None) -> None:
    before = before or _facts(request)
    second_person.decide(request, action, actor, clock.now())
    flush()
    order, verb = request.order, f"order.{action}_price"
    audit.record(actor, verb, "order", order.id, before, _facts(request), jobcenter_id=order.jobcenter_id)


def _facts(request: PriceRequest) -> dict[str, object]:
    names = ("id", "status", "contract_form", "hourly_price", "list_price", "reason", "asked_by", "answer")
    return {name: getattr(request, name) for name in names}
