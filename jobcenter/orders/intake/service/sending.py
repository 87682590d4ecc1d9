"""Sending an order: at once by somebody with an account, or confirmed by a mail link, which makes the account."""

from __future__ import annotations

from datetime import timedelta

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import SYSTEM, Actor, LinkPurpose, NewUser, Role, token_hash
from jobcenter.auth.models import User
from jobcenter.core import audit, clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.core.uow import flush
from jobcenter.notifications import queries as outbox
from jobcenter.orders.intake import post, queries
from jobcenter.orders.intake.domain import (
    OrderAction,
    OrderStatus,
    check_ready,
    next_state,
)
from jobcenter.orders.intake.domain_times import check_times
from jobcenter.orders.intake.models import Order
from jobcenter.orders.intake.service.writing import facts_of, fill_invoicing
from jobcenter.orders.organisations import service as organisations
from jobcenter.orders.organisations.domain import OrganisationKind, Profile

MOST_MAILS = 5
MAILS_WITHIN = timedelta(hours=1)
LINK = "link"


class LinkReplaced(DomainError):
    """A newer link was sent, or the order was corrected since."""

    def __init__(self) -> None:
        super().__init__("order_link_replaced")


class TooManyMails(DomainError):
    """The same address was asked to confirm orders too often."""


def submit(actor: Actor, key: str) -> Order:
    """Send a draft. Without an account it waits for the press of a button behind a mailed link.

    Raises AlreadyDone when it was sent, OrderNotReady, TimeRefused when a time has passed meanwhile, TooManyMails.
    """
    order = queries.order_by_key_for(actor, key, lock=True)
    if order.status is not OrderStatus.DRAFT:
        raise AlreadyDone("order_already_sent")
    check_ready(queries.done_parts(order))
    check_times(queries.wished_times(order), now=clock.now())
    if actor.is_signed_in:
        _submit_signed_in(actor, order)
    else:
        order.status = next_state(order.status, OrderAction.SUBMIT_WITHOUT_ACCOUNT)
        _send_confirmation(order)
    order.changed_at = clock.now()
    flush()
    return order


def correct(actor: Actor, key: str) -> Order:
    """Take an order that waits for its confirmation back to be corrected; the mailed link stops working."""
    order = queries.order_by_key_for(actor, key, lock=True)
    order.status = next_state(order.status, OrderAction.CORRECT)
    order.draft_account = _without_link(order)
    return order


def renew_confirmation(token: str) -> Order:
    """Mail a new link in place of one whose time is over, to the same address. Raises LinkReplaced, TooManyMails."""
    link = auth_queries.link_for(LinkPurpose.CONFIRM_ORDER, token)
    order = queries.any_order(link.subject_id, lock=True)
    _check_newest(order, token)
    _send_confirmation(order)
    order.changed_at = clock.now()
    return order


def confirm(token: str) -> Order:
    """Confirm an order by its mailed link: makes the account where there is none, the orderer and its member.

    Whoever holds the link owns the mailbox, so the caller may sign that user in. Raises LinkUsed, LinkExpired,
    LinkReplaced, NotPossible for a closed account.
    """
    link = auth.use_link(LinkPurpose.CONFIRM_ORDER, token)
    order = queries.any_order(link.subject_id, lock=True)
    _check_newest(order, token)
    order.status = next_state(order.status, OrderAction.CONFIRM_EMAIL)
    user = _orderer_account(order)
    _hand_over(Actor(user.id, user.name, user.language), order)
    return order


def _submit_signed_in(actor: Actor, order: Order) -> None:
    order.status = next_state(order.status, OrderAction.SUBMIT)
    _hand_over(actor, order)


def _hand_over(actor: Actor, order: Order) -> None:
    """Give the order to its orderer and to the Jobcenter's coordinators."""
    if order.organisation_id is None:
        profile = profile_of_account(order.draft_account or {})
        organisation = organisations.find_or_create_own(SYSTEM, actor.user_id, order.jobcenter_id, profile)
        auth.ensure_role(SYSTEM, actor.user_id, order.jobcenter_id, Role.ORDERER)
        order.organisation_id, order.organisation = organisation.id, organisation
    if order.coordinator_id is None:
        order.ordered_by_id = actor.user_id
    order.draft_account = None
    order.submitted_at = order.changed_at = clock.now()
    fill_invoicing(order, order.organisation)
    flush()
    audit.record(actor, "order.submit", "order", order.id, None, facts_of(order), jobcenter_id=order.jobcenter_id)
    post.tell_of_new_order(order)


def profile_of_account(account: dict[str, str]) -> Profile:
    """The new orderer that a draft keeps."""
    values = {name: account.get(name, "") for name in Profile.__dataclass_fields__}
    values["kind"] = OrganisationKind(values["kind"])
    values["business_id"] = values["business_id"] or None
    return Profile(**values)


def _orderer_account(order: Order) -> User:
    """The user who confirmed the order's address; made if nobody has it. Raises NotPossible for a closed account."""
    account = order.draft_account or {}
    new = NewUser(
        email=account["person_email"],
        given_name=account["person_given_name"],
        family_name=account["person_family_name"],
        phone=account["person_phone"],
        language=account["person_language"],
    )
    user = auth.ensure_user(SYSTEM, new)
    if not user.active:
        raise NotPossible("account_closed")
    return user


def _send_confirmation(order: Order) -> None:
    account = _without_link(order)
    _check_mails(account["person_email"])
    token = auth.make_link(LinkPurpose.CONFIRM_ORDER, order.id, None, post.CONFIRM_LINK_VALID_FOR)
    order.draft_account = account | {LINK: token_hash(token)}
    post.ask_to_confirm(order, token)


def _check_mails(address: str) -> None:
    since = clock.now() - MAILS_WITHIN
    recent = [mail for mail in outbox.newest(20, to=address) if mail.kind == post.CONFIRM and mail.created_at > since]
    if len(recent) >= MOST_MAILS:
        raise TooManyMails("order_too_many_mails")


def is_newest_link(order: Order, token: str) -> bool:
    """Whether a mailed link is the one that confirms the order now."""
    return (order.draft_account or {}).get(LINK) == token_hash(token)


def _check_newest(order: Order, token: str) -> None:
    if order.status is not OrderStatus.UNCONFIRMED:
        next_state(order.status, OrderAction.CONFIRM_EMAIL)
    if not is_newest_link(order, token):
        raise LinkReplaced()


def _without_link(order: Order) -> dict[str, str]:
    return {name: value for name, value in (order.draft_account or {}).items() if name != LINK}
