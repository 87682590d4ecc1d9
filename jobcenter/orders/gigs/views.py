"""Pages of gigs: the coordinator's list, a worker's own, an orderer's, a support person's; contracts, calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.core.web import absolute_url
from jobcenter.orders.gigs import (
    contracts,
    presenting,
    queries,
    queries_forms,
    queries_lists,
    service,
    views_forms,
    views_leaving,
    views_unit,
)
from jobcenter.orders.gigs.blueprint import bp
from jobcenter.orders.gigs.calendar_file import Entry, calendar
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.forms import PeopleForm, ReasonForm
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.queries_lists import GigFilter
from jobcenter.workers.queries import worker_of, workers_supported_by

__all__ = ["bp", "views_forms", "views_leaving", "views_unit"]

COMING = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
FELL_THROUGH = (OfferStatus.WITHDRAWN, OfferStatus.CANCELLED, OfferStatus.STOPPED)
PAGE = 30


# The coordinator's list


@bp.get("")
@allow(Role.COORDINATOR)
def index() -> str:
    """Gigs by day: those to come, those with places to fill, or past ones."""
    now, piece = clock.now(), part(request.args, size=PAGE)
    show = request.args.get("show", "")
    order_id = _order_id(request.args.get("order", ""))
    chosen = GigFilter(past=show == "past", only_open=show == "open", order_id=order_id)
    gigs = queries_lists.listed_gigs(g.actor, chosen, now, limit=piece.limit, offset=piece.offset)
    total = queries_lists.number_of_gigs(g.actor, chosen, now)
    return render_template(
        "gigs/index.html",
        days=presenting.by_day(gigs),
        tabs=[(label, url_for(".index", show=key or None, order=order_id), key == show) for key, label in _shown()],
        pages=piece.pages(total, ".index", show=show or None, order=order_id),
    )


def _order_id(text: str) -> int | None:
    """The order whose gigs are asked for; anything that cannot be an order's number is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _shown() -> list[tuple[str, str]]:
    return [("", _("To come")), ("open", _("Places to fill")), ("past", _("Past"))]


# A worker's own, and those of people one supports


@bp.get("/mine")
@allow(Role.WORKER, Role.SUPPORT)
def mine() -> str:
    """My gigs, the next first, and why some do not come about; of people I support too; those I come along to."""
    own, supported = worker_of(g.actor), workers_supported_by(g.actor)
    own_ids = {worker.id for worker in own}
    worker_ids = own_ids | {worker.id for worker in supported}
    now = clock.now()
    ahead = _without_replaced(queries.offers_of_worker(worker_ids, queries.AHEAD + FELL_THROUGH), now)
    done = queries.offers_of_worker(worker_ids, [OfferStatus.DONE])[::-1][:PAGE]
    return render_template(
        "gigs/mine.html",
        coming=[presenting.my_gig_row(one, own=one.worker_id in own_ids) for one in ahead if one.status in COMING],
        fell_through=[
            presenting.my_gig_row(one, own=one.worker_id in own_ids) for one in ahead if one.status in FELL_THROUGH
        ],
        done=[presenting.my_gig_row(offer, own=offer.worker_id in own_ids) for offer in done],
        along=[presenting.gig_row(gig) for gig in queries.booked_gigs_of(g.actor, now)],
        is_support=g.actor.has(Role.SUPPORT),
        has_own=bool(own),
    )


def _without_replaced(offers: list[Offer], now: datetime) -> list[Offer]:
    """Offers of gigs to come, without those that fell through and were made anew."""
    ahead = [offer for offer in offers if offer.gig.ends_at > now]
    live = {(offer.worker_id, offer.gig_id) for offer in ahead if offer.status in queries.AHEAD}
    return [offer for offer in ahead if offer.status in queries.AHEAD or (offer.worker_id, offer.gig_id) not in live]


@bp.get("/mine.ics")
@allow(Role.WORKER)
def my_calendar() -> Response:
    """My gigs to come, for the calendar of a phone."""
    ids = {worker.id for worker in worker_of(g.actor)}
    now = clock.now()
    offers = [offer for offer in queries.offers_of_worker(ids, COMING) if offer.gig.ends_at > now]
    entries = [
        Entry(f"offer-{offer.id}", card_of(offer.gig), absolute_url("matching.offer", offer_id=offer.id))
        for offer in offers
    ]
    return _file(calendar(_("My gigs"), entries, now), "text/calendar", "jobcenter.ics")


@bp.get("/booked/<int:gig_id>")
@allow(Role.SUPPORT)
def booked(gig_id: int) -> str:
    """A gig that I come along to as a support person."""
    gig = queries.booked_gig_for(g.actor, gig_id)
    return render_template("gigs/booked.html", gig=presenting.gig_row(gig), description=gig.order.description)


@bp.get("/contracts/<int:contract_id>.pdf")
@allow(Role.WORKER, Role.SUPPORT, Role.COORDINATOR)
def contract(contract_id: int) -> Response:
    """The contract of a confirmed place."""
    found = queries.contract_for(g.actor, contract_id)
    return _file(contracts.pdf_of(found), "application/pdf", f"jobcenter-{found.id}.pdf")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, mimetype=mimetype, headers=headers)


# The orderer's


@bp.get("/order/<int:order_id>")
@allow(Role.ORDERER)
def of_order(order_id: int) -> str:
    """An order's gigs: who is coming, by first name and what each allowed to be told."""
    order = queries.order_for_orderer(g.actor, order_id)
    now, gigs = clock.now(), queries.gigs_of_order(order.id)
    return render_template(
        "gigs/of_order.html",
        order_id=order.id,
        heading=order.title,
        gigs=[presenting.ordered_gig(gig, now) for gig in gigs],
        proposed=queries_forms.open_proposals([gig.id for gig in gigs]),
    )


@bp.get("/<int:gig_id>/people")
@allow(Role.ORDERER)
def people(gig_id: int) -> str:
    """Another number of people."""
    gig = queries.gig_for_orderer(g.actor, gig_id)
    return _people_page(gig_id, PeopleForm(data={"people": presenting.gig_row(gig).slots}))


@bp.post("/<int:gig_id>/people")
@allow(Role.ORDERER)
def save_people(gig_id: int) -> Any:
    """Change the number of people."""
    order_id = queries.gig_for_orderer(g.actor, gig_id).order_id
    form = PeopleForm()
    if form.attempt(lambda: service.set_people(g.actor, gig_id, form.people.data)):
        flash(_("The number of people is saved. The coordinator has been told."), "good")
        return redirect(url_for(".of_order", order_id=order_id))
    return _people_page(gig_id, form), 422


def _people_page(gig_id: int, form: PeopleForm) -> str:
    gig = queries.gig_for_orderer(g.actor, gig_id)
    lead = _("Fewer people: places that nobody has said yes to are taken away.")
    return _orderer_page(gig, form, _("Change the number of people"), lead, _("Save"))


@bp.get("/<int:gig_id>/cancel")
@allow(Role.ORDERER)
def cancel(gig_id: int) -> str:
    """Ask why the gig is cancelled."""
    return _cancel_page(gig_id, ReasonForm())


@bp.post("/<int:gig_id>/cancel")
@allow(Role.ORDERER)
def save_cancel(gig_id: int) -> Any:
    """Cancel the gig."""
    order_id = queries.gig_for_orderer(g.actor, gig_id).order_id
    form = ReasonForm()
    if form.attempt(lambda: service.cancel_gig(g.actor, gig_id, reason=form.reason.data)):
        flash(_("The gig is cancelled. Everyone concerned has been told why."), "good")
        return redirect(url_for(".of_order", order_id=order_id))
    return _cancel_page(gig_id, form), 422


def _cancel_page(gig_id: int, form: ReasonForm) -> str:
    gig = queries.gig_for_orderer(g.actor, gig_id)
    lead = _("Everyone who was coming is told. You can open the gig again later.")
    return _orderer_page(gig, form, _("Cancel the gig"), lead, _("Cancel the gig"))


def _orderer_page(gig: Any, form: Any, title: str, lead: str, submit: str) -> str:
    back = url_for(".of_order", order_id=gig.order_id)
    card = card_of(gig)
    return render_template("gigs/act.html", form=form, title=title, lead=lead, submit=submit, back=back, card=card)


@bp.post("/<int:gig_id>/reopen")
@allow(Role.ORDERER)
def reopen(gig_id: int) -> Any:
    """Open a cancelled gig again."""
    order_id = queries.gig_for_orderer(g.actor, gig_id).order_id
    form = ActionForm()
    if form.attempt(lambda: service.reopen_gig(g.actor, gig_id)):
        flash(_("The gig is open again. People are looked for anew."), "good")
    else:
        for error in form.form_errors:
            flash(error, "bad")
    return redirect(url_for(".of_order", order_id=order_id))
