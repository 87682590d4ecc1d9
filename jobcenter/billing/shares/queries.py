"""Finding what was agreed of who pays an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Select, select

from jobcenter.billing.shares.domain import Share, Split, Splits
from jobcenter.billing.shares.models import OrderShare, OrderShareGig, OrderSplit
from jobcenter.core.db import db
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation


def splits_of(order_ids: Collection[int]) -> dict[int, Splits]:
    """All that was agreed of these orders, by order; those that never were split are left out."""
    query = (
        select(OrderSplit).where(OrderSplit.order_id.in_(order_ids)).order_by(OrderSplit.order_id, OrderSplit.number)
    )
    rows = list(db.session.scalars(query)) if order_ids else []
    if not rows:
        return {}
    ids = [row.id for row in rows]
    shares, gigs = _shares_of(ids), _gigs_of(ids)
    agreed: dict[int, list[Split]] = defaultdict(list)
    for row in rows:
        agreed[row.order_id].append(_split(row, shares[row.id], gigs[row.id]))
    return {order_id: Splits(tuple(splits)) for order_id, splits in agreed.items()}


def splits_of_order(order_id: int) -> Splits:
    """All that was agreed of one order; nothing when it never was split."""
    return splits_of([order_id]).get(order_id, Splits())


def is_split(order_id: int) -> bool:
    """Whether shares of the order are agreed now."""
    newest = select(OrderSplit.id).where(OrderSplit.order_id == order_id).order_by(OrderSplit.number.desc()).limit(1)
    shares = select(OrderShare.id).where(OrderShare.split_id == newest.scalar_subquery())
    return db.session.scalar(shares.limit(1)) is not None


def orders_shared_by(organisation_id: int) -> Select:
    """The ids of the orders of which an organisation pays, or once paid, a share."""
    return (
        select(OrderSplit.order_id)
        .join(OrderShare, OrderShare.split_id == OrderSplit.id)
        .where(OrderShare.organisation_id == organisation_id)
    )


def payers(splits: Iterable[Splits]) -> dict[int, Organisation]:
    """The organisations that pay shares, by id."""
    ids = {share.organisation_id for all_of in splits for split in all_of.agreed for share in split.shares}
    query = select(Organisation).where(Organisation.id.in_(ids))
    return {row.id: row for row in db.session.scalars(query)} if ids else {}


def orderer_of(order: Order) -> Organisation:
    """Who ordered, and pays what nobody else does."""
    return db.session.get_one(Organisation, order.organisation_id)


def organisations_of(jobcenter_id: int) -> list[Organisation]:
    """The organisations of a Jobcenter, any of which can pay, by name."""
    query = select(Organisation).where(Organisation.jobcenter_id == jobcenter_id)
    return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id)))


def _shares_of(split_ids: list[int]) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = defaultdict(list)
    query = select(OrderShare).where(OrderShare.split_id.in_(split_ids)).order_by(OrderShare.split_id, OrderShare.place)
    for row in db.session.scalars(query):
        found[row.split_id].append(
            Share(
                id=row.id,
                place=row.place,
                organisation_id=row.organisation_id,
                cost_centre=row.cost_centre,
                reference=row.reference,
                hundredths=row.hundredths,
            )
        )
    return found


def _gigs_of(split_ids: list[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    query = select(OrderShareGig.split_id, OrderShareGig.gig_id, OrderShare.place)
    query = query.join(OrderShare, OrderShare.id == OrderShareGig.share_id).where(OrderShareGig.split_id.in_(split_ids))
    for split_id, gig_id, place in db.session.execute(query):
        found[split_id][gig_id] = place
    return found


def _split(row: OrderSplit, shares: list[Share], gigs: dict[int, int]) -> Split:
    return Split(
        id=row.id,
        number=row.number,
        shares=tuple(shares),
        gigs=gigs,
        agreed_on=row.agreed_on,
        agreed_with=row.agreed_with,
        set_by=row.set_by,
        set_at=row.set_at,
    )
