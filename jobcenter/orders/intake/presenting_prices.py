"""What pages show of a price that waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.core.money import round_cents
from jobcenter.core.second_person import AskStatus
from jobcenter.orders.intake import queries_prices
from jobcenter.orders.intake.messages import ASKS
from jobcenter.orders.intake.models import Order, PriceRequest, TermsOffer
from jobcenter.orders.intake.presenting import OrderRow, order_row
from jobcenter.orders.intake.queries import first_day, rates_of
from jobcenter.orders.rates.domain import RateMissing, Rates, alone_from
from jobcenter.orders.rates.messages import FORMS

Fact = tuple[str, str]
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class PriceToApprove:
    """A request with what it asks for, and what the reader may do to it."""

    id: int
    order: OrderRow
    facts: list[Fact]
    can_decide: bool
    can_take_back: bool


def offered(made: TermsOffer | PriceRequest) -> str:
    """What came of setting a price."""
    if isinstance(made, PriceRequest):
        return _("The price waits for a second person, who got a message. Nothing has gone to the orderer yet.")
    return _("The terms were sent. The orderer gets an e-mail with a link.")


def alone_facts(prices: Mapping[ContractForm, Rates], least_share: Decimal | None) -> list[Fact]:
    """The lowest price that one person may agree in each form of contract."""
    return [(str(FORMS[form]), texts.money(alone_from(rates, least_share))) for form, rates in prices.items()]


def outcome(request: PriceRequest) -> str:
    """What came of a request that does not wait any more."""
    if request.status is AskStatus.OPEN:
        return _("The order has moved on, so the price is not asked for any more.")
    said = [str(ASKS[request.status]), request.decided_by, request.answer]
    return ", ".join(filter(None, said))


def waiting_of(actor: Actor, order: Order) -> PriceToApprove | None:
    """The price of an order that waits, for its coordinators."""
    request = queries_prices.open_request(order.id)
    return to_approve(actor, request, order) if request is not None else None


def to_approve(actor: Actor, request: PriceRequest, order: Order) -> PriceToApprove:
    """A request as its deciders see it."""
    is_own = request.asked_by_id == actor.user_id
    share = round_cents(request.hourly_price / request.list_price * HUNDRED)
    facts = [
        (_("Form of contract"), str(FORMS[request.contract_form])),
        (_("List price an hour, without VAT"), texts.money(request.list_price)),
        (_("Price asked for"), _("%(price)s, %(share)s of the list price", price=texts.money(request.hourly_price),
                                 share=texts.percent(share))),
        (_("Left for the service of an hour"), _left(request, order)),
        (_("Why the price is lower"), request.reason),
        (_("Asked by"), f"{request.asked_by}, {texts.when(request.asked_at)}"),
    ]  # fmt: skip
    return PriceToApprove(request.id, order_row(order), [fact for fact in facts if fact[1]], not is_own, is_own)


def _left(request: PriceRequest, order: Order) -> str:
    try:
        rates = rates_of(order, request.contract_form, first_day(order))
    except RateMissing:
        return ""
    return texts.money(request.hourly_price - rates.wage)
