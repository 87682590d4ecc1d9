"""Setting who pays which share of an order."""

from __future__ import annotations

from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.billing.card import queries as card_queries
from jobcenter.billing.card.domain import CardStatus
from jobcenter.billing.shares import domain, post, queries, queries_gigs
from jobcenter.billing.shares.domain import SetSplit, Share, Split
from jobcenter.billing.shares.models import OrderShare, OrderShareGig, OrderSplit
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, NotPossible
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.models import Order

register_clash("uq_order_split_order_id_number", ChangedMeanwhile)


def set_split(actor: Actor, order_id: int, command: SetSplit) -> OrderSplit:
    """Keep what was agreed of who pays an order; it holds for all hours that are on no invoice or draft.

    Raises NotFound for another Jobcenter's order, payer or gig, SharesRefused, GigBilled, ChangedMeanwhile, and
    NotPossible while a card holds the order's price.
    """
    order = orders.coordinated_order_for(actor, order_id, lock=True)
    before = queries.splits_of_order(order.id).newest
    if command.number != before.number:
        raise ChangedMeanwhile
    _check_ours(order, command)
    command = domain.with_kept_gigs(command, before, billed=queries_gigs.billed_gigs(order.id))
    domain.check_split(command, today=clock.today())
    if command.shares and is_held_on_a_card(order.id):
        raise NotPossible("shares_card_hold")
    made = store_split(actor, order.id, command)
    after = facts_of(command.split)
    scope = {"jobcenter_id": order.jobcenter_id}
    audit.record(actor, "order.share", "order", order.id, before=facts_of(before), after=after, **scope)
    post.tell_of_change(order, made, before, queries.splits_of_order(order.id).newest)
    return made


def _check_ours(order: Order, command: SetSplit) -> None:
    payers = {organisation.id for organisation in queries.organisations_of(order.jobcenter_id)}
    if {share.organisation_id for share in command.shares} - payers:
        raise NotFound
    if set(command.gigs) - queries_gigs.gigs_of(order.id):
        raise NotFound


def is_held_on_a_card(order_id: int) -> bool:
    """Whether a card holds the price of an order, or may do so any moment: one card pays the invoices of one payer."""
    held = card_queries.live_for_order(order_id)
    return held is not None and (held.status is CardStatus.HELD or clock.now() < held.open_until)


def store_split(actor: Actor, order_id: int, command: SetSplit) -> OrderSplit:
    """Store an agreement that was checked, as the newest of an order."""
    split = OrderSplit(
        order_id=order_id,
        number=command.number + 1,
        agreed_on=command.agreed_on,
        agreed_with=command.agreed_with,
        set_by=actor.name,
        set_at=clock.now(),
    )
    db.session.add(split)
    flush()
    shares = [_share_row(split, share) for share in command.shares]
    db.session.add_all(shares)
    flush()
    ids = {row.place: row.id for row in shares}
    db.session.add_all(
        OrderShareGig(split_id=split.id, share_id=ids[place], gig_id=gig_id) for gig_id, place in command.gigs.items()
    )
    flush()
    return split


def _share_row(split: OrderSplit, share: Share) -> OrderShare:
    return OrderShare(
        split_id=split.id,
        place=share.place,
        organisation_id=share.organisation_id,
        cost_centre=share.cost_centre,
        reference=share.reference,
        hundredths=share.hundredths,
    )


def facts_of(split: Split) -> dict[str, Any]:
    """What the log keeps of a split."""
    return {
        "agreed_on": split.agreed_on,
        "agreed_with": split.agreed_with,
        "shares": [
            [share.organisation_id, f"{share.percent:.2f}", share.cost_centre, share.reference]
            for share in split.shares
        ],
        "gigs": {str(gig_id): place for gig_id, place in split.gigs.items()},
    }
