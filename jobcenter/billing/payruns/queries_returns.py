"""Finding payments that the bank returned, and the lists that pay them again.

An item pays another again when it holds the hours of one that was returned: no ordinary list ever gets those hours.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.billing.payruns.models import PayItem, PayItemEntry, PayRun
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound


def paid_item_for(actor: Actor, item_id: int) -> tuple[PayItem, PayRun]:
    """What the actor's Jobcenter itself has paid somebody, locked with its list. Raises NotFound."""
    query = select(PayItem, PayRun).join(PayRun, PayRun.id == PayItem.pay_run_id)
    query = query.where(
        PayItem.id == item_id,
        PayItem.payer == Payer.JOBCENTER,
        PayRun.status == PayRunStatus.PAID,
        PayRun.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)),
    )
    found = db.session.execute(_locked(query)).first()
    if found is None:
        raise NotFound
    return tuple(found)


def paid_items_of(actor: Actor, run_id: int) -> tuple[PayRun, list[PayItem]]:
    """A paid list of the actor's Jobcenter with what the Jobcenter itself paid by it, both locked. Raises NotFound."""
    mine = PayRun.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    run = db.session.scalar(
        _locked(select(PayRun).where(PayRun.id == run_id, PayRun.status == PayRunStatus.PAID, mine))
    )
    if run is None:
        raise NotFound
    items = select(PayItem).where(PayItem.pay_run_id == run_id, PayItem.payer == Payer.JOBCENTER).order_by(PayItem.id)
    return run, list(db.session.scalars(_locked(items)))


def entries_of(item_id: int) -> list[PayItemEntry]:
    """The hours that an item pays."""
    query = select(PayItemEntry).where(PayItemEntry.pay_item_id == item_id).order_by(PayItemEntry.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def repeated_by(run_id: int) -> dict[int, PayItem]:
    """The returned items that a list pays again, by the item that does so."""
    again, mine, first = aliased(PayItem), aliased(PayItemEntry), aliased(PayItemEntry)
    query = (
        select(again.id, PayItem)
        .select_from(again)
        .join(mine, mine.pay_item_id == again.id)
        .join(first, first.time_entry_id == mine.time_entry_id)
        .join(PayItem, PayItem.id == first.pay_item_id)
        .where(again.pay_run_id == run_id, PayItem.id != again.id, PayItem.id < again.id)
        .where(PayItem.returned_on.is_not(None))
        .order_by(PayItem.id)
    )
    return {again_id: item for again_id, item in db.session.execute(query)}


def on_a_list_again(item_ids: Collection[int]) -> set[int]:
    """The returned items whose hours another list holds."""
    live = exists().where(PayItemEntry.pay_item_id == PayItem.id, PayItemEntry.live)
    query = select(PayItem.id).where(PayItem.id.in_(item_ids), PayItem.returned_on.is_not(None), ~live)
    return set(db.session.scalars(query))


def _locked(query: Select) -> Select:
    return query.with_for_update().execution_options(populate_existing=True)
