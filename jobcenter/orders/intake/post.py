"""Who is told what about orders: each reader in their own language, once, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Actor, LinkPurpose, token_hash
from jobcenter.auth.service import make_link
from jobcenter.core import texts
from jobcenter.core.web import absolute_url
from jobcenter.notifications.domain import Mail
from jobcenter.notifications.service import queue
from jobcenter.orders.intake import mails, queries
from jobcenter.orders.intake.domain import OrderAction
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.mails import OrderCard
from jobcenter.orders.intake.models import Order, OrderMessage, TermsOffer
from jobcenter.orders.intake.queries import Reader

CONFIRM = "order_confirm"
CONFIRM_LINK_VALID_FOR = timedelta(days=7)
TERMS_LINK_VALID_FOR = timedelta(days=60)

Build = Callable[[Reader], Mail]


def card_of(order: Order) -> OrderCard:
    """What mails say of an order."""
    jobcenter = auth_queries.jobcenter(order.jobcenter_id)
    account = order.draft_account or {}
    return OrderCard(
        title=order.title,
        place=place_of(order),
        occurrences=tuple(queries.occurrences_of(order)),
        people=order.people,
        orderer=order.organisation.name if order.organisation else account.get("name", ""),
        jobcenter=jobcenter.name,
        phone=jobcenter.phone,
    )


def place_of(order: Order) -> str:
    """Where the work is, on one line."""
    town = " ".join(filter(None, (order.postcode, order.city)))
    return ", ".join(filter(None, (order.place_name, order.street, town)))


def ask_to_confirm(order: Order, token: str) -> None:
    """The link that confirms an order made without an account."""
    account, card = order.draft_account or {}, card_of(order)
    url = absolute_url("intake.confirm", token=token)
    days = CONFIRM_LINK_VALID_FOR // timedelta(days=1)
    reader = Reader(None, account["person_email"], account["person_language"])
    name = account["person_given_name"]
    _send(
        [reader], order, CONFIRM, token_hash(token), lambda _: mails.confirm_order(card, name=name, url=url, days=days)
    )


def tell_of_new_order(order: Order) -> None:
    """An order came: to its coordinators."""
    card, url = card_of(order), page_of(order)
    _send(queries.coordinators_of(order), order, "order_new", order.id, lambda _: mails.new_order(card, url=url))


def tell_of_edit(order: Order) -> None:
    """The orderer changed a new order: to its coordinators."""
    card, url = card_of(order), page_of(order)
    key = f"{order.id}:{order.version}"
    _send(queries.coordinators_of(order), order, "order_edited", key, lambda _: mails.order_edited(card, url=url))


def tell_of_message(order: Order, message: OrderMessage) -> None:
    """Somebody wrote on the thread: to the other side."""
    card, url = card_of(order), page_of(order) + "#thread"
    readers = queries.orderers_of(order) if message.from_jobcenter else queries.coordinators_of(order)
    others = [reader for reader in readers if reader.user_id is None or reader.user_id != message.author_id]
    author, text = message.author_name, message.text
    _send(others, order, "order_message", message.id, lambda _: mails.message(card, author=author, text=text, url=url))


def send_terms(order: Order, sent: TermsOffer) -> None:
    """The terms, with a link of one's own: to the orderer."""
    card = card_of(order)
    offered = OfferTerms(sent.contract_form, sent.hourly_price, order.price_reason)
    found = queries.estimate_of(order, sent.contract_form, sent.hourly_price)
    price = found.price if found is not None else None

    def build(reader: Reader) -> Mail:
        token = make_link(LinkPurpose.ACCEPT_TERMS, sent.id, reader.user_id, TERMS_LINK_VALID_FOR)
        return mails.terms(card, offered=offered, price=price, url=absolute_url("orders.terms_by_link", token=token))

    _send(queries.orderers_of(order), order, "order_terms", sent.id, build)


def tell_of_acceptance(order: Order) -> None:
    """The terms are accepted: to the coordinator, and to the orderer what was agreed."""
    card, url, standing = card_of(order), page_of(order), queries.standing_terms(order.id)
    by, key = (standing.accepted_by, f"{order.id}:{standing.id}") if standing is not None else ("", str(order.id))
    _send(queries.coordinators_of(order), order, "order_accepted", key, lambda _: mails.accepted(card, by=by, url=url))
    _send(queries.orderers_of(order), order, "order_agreed", key, lambda _: mails.thanks_for_accepting(card, url=url))


def tell_of_decision(order: Order, action: OrderAction, actor: Actor, *, to_orderer: bool) -> None:
    """Declined, cancelled or reopened, with the reason: to the other side, and to those beside whoever did it."""
    card, url, reason = card_of(order), page_of(order), order.status_reason
    readers = queries.orderers_of(order) if to_orderer else queries.coordinators_of(order)
    others = [reader for reader in readers if reader.user_id is None or reader.user_id != actor.user_id]
    key = f"{order.id}:{order.version}"
    _send(
        others, order, f"order_{action}", key,
        lambda _: mails.decision(card, action, by=actor.name, reason=reason, url=url),
    )  # fmt: skip


def page_of(order: Order) -> str:
    """The full address of an order's page."""
    return absolute_url("orders.show", order_id=order.id)


def _send(readers: Iterable[Reader], order: Order, kind: str, key: int | str, build: Build) -> None:
    """Queue one mail per reader, built in the reader's language; the same news to the same address only once."""
    for reader in readers:
        with texts.in_language(reader.language):
            mail = build(reader)
        queue(
            mail,
            to=reader.email,
            language=reader.language,
            dedupe_key=f"{kind}:{key}:{reader.email}"[:160],
            kind=kind,
            jobcenter_id=order.jobcenter_id,
        )
