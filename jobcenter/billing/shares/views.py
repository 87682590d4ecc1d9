"""The page of who pays an order: the coordinators set the shares, the orderer sees them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.shares import policy, presenting, queries, queries_gigs, service
from jobcenter.billing.shares.domain import Splits
from jobcenter.billing.shares.forms import SharesForm, opening, shares_form
from jobcenter.core import clock
from jobcenter.core.paging import part
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.models import Order

bp = Blueprint("shares", __name__, url_prefix="/orders")


@bp.get("/<int:order_id>/payers")
@allow(Role.COORDINATOR, Role.ORDERER)
def show(order_id: int) -> str:
    """Who pays which share, as agreed; for coordinators the form and the shares on invoices too."""
    return _page(orders.order_for(g.actor, order_id))


@bp.post("/<int:order_id>/payers")
@allow(Role.COORDINATOR)
def save(order_id: int) -> Any:
    """Keep who pays."""
    order = orders.coordinated_order_for(g.actor, order_id)
    payers = presenting.payer_groups(order, queries.splits_of_order(order.id))
    form = shares_form(payers, presenting.gig_choices(order.id))
    if form.attempt(lambda: service.set_split(g.actor, order_id, form.to_command())):
        flash(_("Who pays is saved. It holds for all hours that are on no invoice or draft."), "good")
        return redirect(url_for(".show", order_id=order_id))
    return _page(orders.coordinated_order_for(g.actor, order_id), form), 422


def _page(order: Order, form: SharesForm | None = None) -> str:
    can_set = policy.can_set(g.actor, order.jobcenter_id)
    splits = queries.splits_of_order(order.id)
    views, piece = presenting.views_of(order, splits), part(request.args)
    billed = queries_gigs.billed_shares(order.id, limit=piece.limit, offset=piece.offset) if can_set else []
    return render_template(
        "billing/shares.html",
        order=order,
        now=views[0] if views else None,
        earlier=views[1:],
        form=(form or _opened(order, splits)) if can_set else None,
        billed=[presenting.billed_row(row) for row in billed],
        pages=piece.pages(queries_gigs.number_of_billed_shares(order.id) if billed else 0, ".show", order_id=order.id),
    )


def _opened(order: Order, splits: Splits) -> SharesForm:
    opens = opening(splits.newest, order.organisation_id, clock.today())
    return shares_form(presenting.payer_groups(order, splits), presenting.gig_choices(order.id), opens=opens)
