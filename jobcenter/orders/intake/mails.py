"""The mails of orders: one pure function each, in the language in force (`texts.in_language`)."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.core.money import Price
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.intake.domain import OrderAction
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.domain_times import Occurrence
from jobcenter.orders.rates.messages import FORMS

TIMES_SHOWN = 5


@dataclass(frozen=True)
class OrderCard:
    """What every mail says of an order: what, where, when, for how many, and who writes the mail."""

    title: str
    place: str
    occurrences: tuple[Occurrence, ...]
    people: int
    orderer: str
    jobcenter: str
    phone: str


def confirm_order(card: OrderCard, *, name: str, url: str, days: int) -> Mail:
    """To somebody without an account: press the button behind this link."""
    return Mail(
        _("Confirm your order: %(title)s", title=card.title),
        paragraphs(
            _("Hello %(name)s,", name=name),
            _("this address was given with an order to %(jobcenter)s:", jobcenter=card.jobcenter),
            _facts(card),
            _("Confirm the order on this page. It goes to the Jobcenter only then:"),
            url,
            _(
                "The link works for %(days)s days. If you have not ordered anything, do nothing: no order is made.",
                days=days,
            ),
            _sender(card),
        ),
    )


def new_order(card: OrderCard, *, url: str) -> Mail:
    """To the coordinators: an order came."""
    return Mail(
        _("New order: %(title)s, %(orderer)s", title=card.title, orderer=card.orderer),
        paragraphs(
            _("Hello,"),
            _("%(orderer)s has ordered:", orderer=card.orderer),
            _facts(card),
            _("Ask back or send the terms here:"),
            url,
            _sender(card),
        ),
    )


def order_edited(card: OrderCard, *, url: str) -> Mail:
    """To the coordinators: the orderer changed a new order."""
    return Mail(
        _("Order changed: %(title)s, %(orderer)s", title=card.title, orderer=card.orderer),
        paragraphs(
            _("Hello,"),
            _("%(orderer)s has changed the order. It now says:", orderer=card.orderer),
            _facts(card),
            url,
            _sender(card),
        ),
    )


def message(card: OrderCard, *, author: str, text: str, url: str) -> Mail:
    """To the other side of the thread: somebody wrote."""
    return Mail(
        _("Message about the order: %(title)s", title=card.title),
        paragraphs(
            _("Hello,"),
            _("%(author)s writes about the order %(title)s:", author=author, title=card.title),
            _quoted(text),
            _("Answer here:"),
            url,
            _sender(card),
        ),
    )


def terms(card: OrderCard, *, offered: OfferTerms, price: Price | None, url: str) -> Mail:
    """To the orderer: accept the terms, then we look for the people."""
    return Mail(
        _("Accept the terms: %(title)s", title=card.title),
        paragraphs(
            _("Hello,"),
            _("we can take your order:"),
            _facts(card),
            _price_lines(offered, price),
            _("Read the terms and accept them here. We look for the people when you have accepted:"),
            url,
            _("You do not become an employer. You pay for the hours that are done, once you have confirmed them."),
            _sender(card),
        ),
    )


def accepted(card: OrderCard, *, by: str, url: str) -> Mail:
    """To the coordinator: the gigs can be staffed."""
    return Mail(
        _("Terms accepted: %(title)s, %(orderer)s", title=card.title, orderer=card.orderer),
        paragraphs(
            _("Hello,"),
            _(
                "%(by)s has accepted the terms of the order %(title)s. Its gigs can be staffed now.",
                by=by,
                title=card.title,
            ),
            url,
            _sender(card),
        ),
    )


def thanks_for_accepting(card: OrderCard, *, url: str) -> Mail:
    """To the orderer: what was agreed, to be kept."""
    return Mail(
        _("Order agreed: %(title)s", title=card.title),
        paragraphs(
            _("Hello,"),
            _("thank you. The terms of this order are accepted:"),
            _facts(card),
            _("We look for the people now and tell you who comes. The order and its terms are here:"),
            url,
            _sender(card),
        ),
    )


def decision(card: OrderCard, action: OrderAction, *, by: str, reason: str, url: str) -> Mail:
    """To the other side: the order was declined, cancelled or reopened, by whom and why."""
    subject, sentence = {
        OrderAction.DECLINE: (
            _("We cannot take the order: %(title)s", title=card.title),
            _("unfortunately we cannot take the order %(title)s.", title=card.title),
        ),
        OrderAction.CANCEL: (
            _("Order cancelled: %(title)s", title=card.title),
            _("%(by)s has cancelled the order %(title)s.", by=by, title=card.title),
        ),
        OrderAction.REOPEN: (
            _("Order taken up again: %(title)s", title=card.title),
            _("%(by)s has taken the order %(title)s up again.", by=by, title=card.title),
        ),
    }[action]
    return Mail(
        subject,
        paragraphs(
            _("Hello,"), sentence, _("Reason: %(reason)s", reason=reason), _("The order is here:"), url, _sender(card)
        ),
    )


def _facts(card: OrderCard) -> str:
    shown = [texts.interval(found.starts_at, found.ends_at) for found in card.occurrences[:TIMES_SHOWN]]
    more = len(card.occurrences) - len(shown)
    if more:
        shown.append(_("and %(count)s more times", count=more))
    rows = [
        (_("What"), card.title),
        (_("Where"), card.place),
        (_("People"), str(card.people)),
        (_("When"), "; ".join(shown)),
    ]
    return "\n".join(f"{label}: {value}" for label, value in rows if value)


def _price_lines(offered: OfferTerms, price: Price | None) -> str:
    lines = [
        _("Form of contract: %(form)s", form=FORMS[offered.contract_form]),
        _("Price per hour, without VAT: %(price)s", price=texts.money(offered.hourly_price)),
    ]
    if offered.price_reason:
        lines.append(_("Why the price is lower: %(reason)s", reason=offered.price_reason))
    if price is not None:
        lines.append(
            _(
                "Estimate for the ordered hours: %(net)s + VAT %(vat)s = %(gross)s",
                net=texts.money(price.net),
                vat=texts.money(price.vat),
                gross=texts.money(price.gross),
            )
        )
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _sender(card: OrderCard) -> str:
    return "\n".join((card.jobcenter, card.phone)).strip()
