"""The terms of an order: published per Jobcenter, sent with a price and a form of contract, accepted by the orderer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import SYSTEM, Actor, Link, LinkPurpose
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.money import MoneyTold
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.intake import policy, post, queries
from jobcenter.orders.intake.domain import OrderAction, OrderStatus, next_state
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.domain_terms import (
    TermsMissing,
    check_alone,
    check_employer,
    check_hourly_price,
    check_terms_texts,
)
from jobcenter.orders.intake.models import Order, TermsOffer, TermsVersion
from jobcenter.orders.intake.service.handling import move
from jobcenter.orders.rates.domain import Rates
from jobcenter.orders.rates.queries import least_share

ACCEPTED_TODO = "order_accepted"
FIRST_TERMS = {"fi": "terms_fi.txt", "en": "terms_en.txt"}

register_clash("uq_terms_version_jobcenter_id_number", lambda: AlreadyDone("terms_already_published"))


class TermsReplaced(DomainError):
    """Other terms than those on the screen stand now, or none."""


# Versions


def publish_terms(actor: Actor, jobcenter_id: int, texts: Mapping[str, str], valid_from: date) -> TermsVersion:
    """A new version of a Jobcenter's terms, by its administrator. Raises TermsTextRefused, AlreadyDone for the same."""
    if not policy.can_publish_terms(actor, jobcenter_id):
        raise NotFound()
    check_terms_texts(texts, valid_from, today=clock.today())
    newest = queries.terms_versions([jobcenter_id])
    if newest and newest[0].texts == dict(texts) and newest[0].valid_from == valid_from:
        raise AlreadyDone("terms_already_published")
    return _store_version(actor, jobcenter_id, texts, valid_from)


def ensure_terms(jobcenter_id: int, valid_from: date) -> TermsVersion | None:
    """The product's own terms as the first version of a Jobcenter that has none; None when it has some."""
    if queries.newest_number(jobcenter_id):
        return None
    return _store_version(SYSTEM, jobcenter_id, first_texts(), valid_from)


def first_texts() -> dict[str, str]:
    """The product's own order terms, by language."""
    folder = resources.files("jobcenter.orders.intake") / "data"
    return {language: (folder / name).read_text(encoding="utf-8").strip() for language, name in FIRST_TERMS.items()}


def _store_version(actor: Actor, jobcenter_id: int, texts: Mapping[str, str], valid_from: date) -> TermsVersion:
    version = TermsVersion(
        jobcenter_id=jobcenter_id,
        number=queries.newest_number(jobcenter_id) + 1,
        valid_from=valid_from,
        texts=dict(texts),
        made_by=actor.name,
        made_at=clock.now(),
    )
    db.session.add(version)
    flush()
    facts = {"number": version.number, "valid_from": valid_from, "texts": dict(texts)}
    audit.record(actor, "terms.publish", "terms", version.id, None, facts, jobcenter_id=jobcenter_id)
    return version


# Terms of one order


def send_terms(actor: Actor, order_id: int, offered: OfferTerms) -> TermsOffer:
    """Offer a form of contract and a net hourly price with the newest terms in force; the orderer gets a mail.

    Raises PriceNeedsSecond for a price that `prices.offer` asks another person for, PriceRefused, TermsMissing,
    PartnerMissing, RateMissing, AlreadyDone, TermsReplaced when others were sent meanwhile, NotPossible.
    """
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    rates, version = sendable(order, offered)
    check_alone(offered.hourly_price, rates=rates, least_share=least_share(order.jobcenter_id))
    lowered_by = actor.name if offered.hourly_price < rates.price else ""
    sent = TermsOffer(terms_version_id=version.id, sent_by=actor.name, sent_by_id=actor.user_id)
    return store_sent(actor, order, offered, sent, lowered_by=lowered_by)


def sendable(order: Order, offered: OfferTerms) -> tuple[Rates, TermsVersion]:
    """The rates and terms by which an offer may be sent now; raises what `send_terms` raises."""
    _refuse_others(order, offered)
    next_state(order.status, OrderAction.SEND_TERMS)
    partner = auth_queries.jobcenter(order.jobcenter_id).partner_name
    check_employer(offered.contract_form, partner, "contract_form")
    rates = queries.rates_of(order, offered.contract_form, queries.first_day(order))
    check_hourly_price(offered.hourly_price, rates=rates, reason=offered.price_reason)
    version = queries.terms_now(order.jobcenter_id)
    if version is None:
        raise TermsMissing("terms_missing")
    return rates, version


def _refuse_others(order: Order, offered: OfferTerms) -> None:
    """Refuse to call sent what was not: another form or price than the one that waits for the orderer."""
    standing = queries.standing_terms(order.id) if order.status is OrderStatus.TERMS_SENT else None
    wanted = (offered.contract_form, offered.hourly_price)
    if standing is not None and (standing.contract_form, standing.hourly_price) != wanted:
        raise TermsReplaced("terms_sent_otherwise", price=MoneyTold(standing.hourly_price), who=standing.sent_by)


def store_sent(actor: Actor, order: Order, offered: OfferTerms, sent: TermsOffer, *, lowered_by: str) -> TermsOffer:
    """Store what `sendable` has allowed, and mail it to the orderer."""
    move(actor, order, OrderAction.SEND_TERMS, "")
    order.contract_form, order.price_reason = offered.contract_form, offered.price_reason
    order.price_approved_by = lowered_by
    order.coordinator_id = order.coordinator_id or actor.user_id
    sent.order_id, sent.sent_at = order.id, clock.now()
    sent.contract_form, sent.hourly_price = offered.contract_form, offered.hourly_price
    db.session.add(sent)
    flush()
    post.send_terms(order, sent)
    return sent


def take_back_terms(actor: Actor, order_id: int) -> Order:
    """Take back terms that the orderer has not accepted; the order is new again."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    move(actor, order, OrderAction.TAKE_BACK_TERMS, "")
    standing = queries.standing_terms(order.id, lock=True)
    if standing is not None:
        standing.taken_back_at = clock.now()
    return order


def accept_terms(actor: Actor, order_id: int, terms_offer_id: int) -> Order:
    """Accept the terms on the screen, by the orderer; the price is fixed, and the order's gigs can be made.

    Raises TermsReplaced when other terms stand now, AlreadyDone, NotPossible.
    """
    order = queries.own_order_for(actor, order_id, lock=True)
    _accept(actor, order, terms_offer_id, by_link=False)
    return order


def accept_by_link(token: str) -> Order:
    """Accept terms by the mailed link, in the name of the one it was sent to.

    Raises LinkUsed, LinkExpired, TermsReplaced.
    """
    link = auth.use_link(LinkPurpose.ACCEPT_TERMS, token)
    order = queries.any_order(queries.terms_offer(link.subject_id).order_id, lock=True)
    _accept(_link_holder(link, order), order, link.subject_id, by_link=True)
    return order


def _accept(actor: Actor, order: Order, terms_offer_id: int, *, by_link: bool) -> None:
    next_state(order.status, OrderAction.ACCEPT)
    standing = queries.standing_terms(order.id, lock=True)
    if standing is None or standing.id != terms_offer_id:
        raise TermsReplaced("terms_replaced")
    move(actor, order, OrderAction.ACCEPT, "")
    order.agreed_price = standing.hourly_price
    standing.accepted_by_id, standing.accepted_by = actor.user_id, actor.name
    standing.accepted_at, standing.accepted_by_link = clock.now(), by_link
    flush()
    todo.leave(ACCEPTED_TODO, order.id)
    post.tell_of_acceptance(order)


def _link_holder(link: Link, order: Order) -> Actor:
    """Whoever the link was sent to. Raises NotFound when they do not act for the orderer any more."""
    if link.user_id is not None:
        holder = auth_queries.actor_for(link.user_id)
        if not queries.acts_for(holder, order):
            raise NotFound()
        return holder
    return Actor(user_id=None, name=order.organisation.name if order.organisation else "-")
