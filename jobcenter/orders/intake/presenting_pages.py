"""What single pages of orders show beside the order itself: what may be done, groups, wordings, tabs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import Actor, LinkState
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.orders.intake.domain import ENDED, UNSENT, OrderAction, OrderStatus, may
from jobcenter.orders.intake.domain_terms import TermsSection, sections, text_in, usual_form
from jobcenter.orders.intake.messages import STATUSES, WHO_COMES
from jobcenter.orders.intake.models import Order, OrderMessage, TermsVersion
from jobcenter.orders.intake.policy import can_act, can_edit
from jobcenter.orders.intake.presenting import OrderRow, order_row
from jobcenter.orders.rates.domain import Rates
from jobcenter.orders.rates.messages import FORMS

Fact = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """What the reader may do to an order now."""

    edit: bool
    accept: bool
    cancel: bool
    offer_terms: bool
    take_back: bool
    decline: bool
    reopen: bool
    close: bool
    take_over: bool


@dataclass(frozen=True)
class Group:
    """Orders under one heading of the orderer's list."""

    heading: str
    empty: str
    rows: list[OrderRow]


@dataclass(frozen=True)
class Wording:
    """A page that says why something cannot be done by this link, and what to do instead."""

    title: str
    lead: str
    can_renew: bool = False


@dataclass(frozen=True)
class ReasonWording:
    """A page that asks for a reason."""

    title: str
    lead: str
    button: str
    kind: str


@dataclass(frozen=True)
class VersionView:
    """A version of a Jobcenter's terms in the reader's language."""

    id: int
    number: int
    valid_from: Any
    made_by: str
    sections: list[TermsSection]


def choices(actor: Actor, order: Order, *, as_orderer: bool) -> Choices:
    """What the actor, who sees the order, may do to it."""

    def coordinator_may(action: OrderAction) -> bool:
        return can_act(actor, order.jobcenter_id, order.status, action)

    handles = coordinator_may(OrderAction.CANCEL) or coordinator_may(OrderAction.REOPEN)
    return Choices(
        edit=can_edit(order.status),
        accept=as_orderer and may(order.status, OrderAction.ACCEPT),
        cancel=may(order.status, OrderAction.CANCEL),
        offer_terms=coordinator_may(OrderAction.SEND_TERMS),
        take_back=coordinator_may(OrderAction.TAKE_BACK_TERMS),
        decline=coordinator_may(OrderAction.DECLINE),
        reopen=coordinator_may(OrderAction.REOPEN),
        close=coordinator_may(OrderAction.CLOSE),
        take_over=handles and order.coordinator_id != actor.user_id,
    )


def groups_of(orders: Iterable[Order], asked: Collection[int]) -> list[Group]:
    """An orderer's open orders: what waits for them first."""
    waiting, handled, agreed = [], [], []
    for order in orders:
        if order.status is OrderStatus.TERMS_SENT:
            waiting.append(order_row(order, _("Read and accept the terms")))
        elif order.id in asked:
            waiting.append(order_row(order, _("Answer the Jobcenter's message")))
        elif order.status is OrderStatus.NEW:
            handled.append(order_row(order))
        else:
            agreed.append(order_row(order))
    return [
        Group(_("Waits for you"), _("Nothing waits for you."), waiting),
        Group(_("The Jobcenter is looking at these"), _("No orders here now."), handled),
        Group(_("Agreed"), _("No agreed orders now."), agreed),
    ]


def waits_for_us(messages: Iterable[OrderMessage], *, as_jobcenter: bool) -> bool:
    """Whether the other side waits for the reader's answer."""
    return any(message.needs_answer and message.from_jobcenter is not as_jobcenter for message in messages)


def reason_wording(action: OrderAction) -> ReasonWording:
    """The page that asks why."""
    return {
        OrderAction.CANCEL: ReasonWording(
            _("Cancel the order"),
            _("Everybody concerned is told, with your reason. Cancelling before the work costs nothing."),
            _("Cancel the order"),
            "danger",
        ),
        OrderAction.DECLINE: ReasonWording(
            _("Decline the order"),
            _("The orderer is told, with your reason. Say kindly what would help."),
            _("Decline the order"),
            "danger",
        ),
        OrderAction.REOPEN: ReasonWording(
            _("Take the order up again"),
            _("The order becomes new again, and the terms are sent anew. The orderer is told, with your reason."),
            _("Take the order up again"),
            "primary",
        ),
    }[action]


def terms_over_wording(order: Order, state: LinkState) -> Wording:
    """Why terms cannot be accepted by this link."""
    if order.status in (OrderStatus.ACCEPTED, OrderStatus.CLOSED):
        return Wording(_("The terms are accepted already"), _("You need not do anything. Sign in to see the order."))
    if order.status in ENDED:
        return Wording(_("The order has ended"), _("It was cancelled or declined. Sign in to see why."))
    if state is LinkState.EXPIRED:
        return Wording(_("This link is too old"), _("Sign in to read and accept the terms, or call the Jobcenter."))
    return Wording(
        _("These terms do not stand any more"), _("Newer terms are on their way, or in a newer e-mail. Use its link.")
    )


def confirm_over_wording(order: Order | None, state: LinkState) -> Wording:
    """Why an order cannot be confirmed by this link."""
    if order is None:
        return Wording(
            _("The order is no longer here"), _("Unconfirmed orders are removed after a while. Please order again.")
        )
    if order.status not in UNSENT:
        return Wording(_("The order is confirmed already"), _("You need not do anything. Sign in to see the order."))
    if order.status is OrderStatus.UNCONFIRMED and state is LinkState.EXPIRED:
        return Wording(_("This link is too old"), _("We can send a new one to the same address."), can_renew=True)
    return Wording(
        _("This link is no longer the newest one"), _("Use the link in the newest e-mail, or send the order again.")
    )


# The coordinator's pages


def count_rows(counts: Mapping[OrderStatus, int]) -> list[tuple[str, int, str]]:
    """How many orders stand where, as (label, count, address)."""
    shown = [status for status in OrderStatus if status not in UNSENT]
    return [(str(STATUSES[one]), counts.get(one, 0), url_for("orders.index", status=one.value)) for one in shown]


def status_of(text: str | None) -> OrderStatus | None:
    """The state that an address asks for; None for anything else."""
    return next((status for status in OrderStatus if status.value == text and status not in UNSENT), None)


def status_tabs(chosen: OrderStatus | None, organisation_id: int | None) -> list[tuple[str, str, bool]]:
    """Tabs by state, as (label, address, is chosen)."""
    kept = {"organisation": organisation_id}
    every = (_("All"), url_for("orders.index", **kept), chosen is None)
    states = [status for status in OrderStatus if status not in UNSENT]
    return [
        every,
        *(
            (str(SHORT_STATUSES[one]), url_for("orders.index", status=one.value, **kept), one is chosen)
            for one in states
        ),
    ]


def who_comes(jobcenters: Iterable[Jobcenter]) -> dict[str, str]:
    """What the people of each Jobcenter suit, in words for an orderer; by the Jobcenter's id as the form has it."""
    return {str(jobcenter.id): str(WHO_COMES[jobcenter.kind]) for jobcenter in jobcenters}


def usual_terms(jobcenter: Jobcenter, order: Order, prices: Mapping[ContractForm, Rates]) -> dict[str, Any]:
    """What the terms page suggests: the form chosen before or the Jobcenter's usual one, at its list price."""
    form = order.contract_form or usual_form(jobcenter.kind)
    price = prices[form].price if form in prices else None
    return {"contract_form": form, "hourly_price": price, "price_reason": ""}


def list_price_facts(prices: Mapping[ContractForm, Rates]) -> list[Fact]:
    """The list price of each form of contract on the order's first day."""
    return [
        (
            str(FORMS[form]),
            _built_up(form, rates),
        )
        for form, rates in prices.items()
    ]


def _built_up(form: ContractForm, rates: Rates) -> str:
    facts = {
        "price": texts.money(rates.price),
        "vat": texts.percent(rates.vat_percent),
        "wage": texts.money(rates.wage),
        "costs": texts.money(rates.price - rates.wage),
    }
    if form is ContractForm.PARTNER:
        return _(
            "%(wage)s wage + %(costs)s costs of the partner = %(price)s per hour, and VAT %(vat)s on all of it", **facts
        )
    return _("%(price)s per hour, VAT %(vat)s, the worker gets %(wage)s", **facts)


def version_view(version: TermsVersion) -> VersionView:
    """A version of the terms in the reader's language."""
    return VersionView(
        id=version.id,
        number=version.number,
        valid_from=version.valid_from,
        made_by=version.made_by,
        sections=sections(text_in(version.texts, texts.language())),
    )


SHORT_STATUSES = {
    OrderStatus.NEW: _l("New"),
    OrderStatus.TERMS_SENT: _l("Terms sent"),
    OrderStatus.ACCEPTED: _l("Agreed"),
    OrderStatus.DECLINED: _l("Declined"),
    OrderStatus.CANCELLED: _l("Cancelled"),
    OrderStatus.CLOSED: _l("Done"),
}
