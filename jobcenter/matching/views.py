"""The coordinator's desk: a gig with its slots, who fits a slot, offers, confirmations, swaps, support."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock, texts
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.matching import (
    presenting,
    queries,
    service,
    views_answers,
    views_asked,
    views_caseload,
    views_people,
    views_rounds,
    views_rules,
    views_stopped,
    views_support,
    views_week,
)
from jobcenter.matching.blueprint import bp
from jobcenter.matching.forms import FindForm, OfferForm
from jobcenter.matching.rounds import service as rounds
from jobcenter.matching.views_parts import act_page, press, refused, to_gig
from jobcenter.orders.gigs import presenting as gig_rows
from jobcenter.orders.gigs import presenting_forms, queries_forms, queries_lists, service_offers
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import service as gig_service
from jobcenter.orders.gigs.cards import card_of, span_of
from jobcenter.orders.gigs.forms import GigForm, NewGigForm, PeopleForm, ReasonForm, SwapForm
from jobcenter.orders.gigs.models import Gig

__all__ = [
    "bp",
    "views_answers",
    "views_asked",
    "views_caseload",
    "views_people",
    "views_rounds",
    "views_rules",
    "views_stopped",
    "views_support",
    "views_week",
]

PEOPLE_ON_PAGE = 20


# A gig


@bp.get("/gigs/<int:gig_id>")
@allow(Role.COORDINATOR)
def gig(gig_id: int) -> str:
    """A gig with its slots and the support persons who come along."""
    now = clock.now()
    found = gigs.gig_for(g.actor, gig_id)
    contracts = gigs.contract_ids_of([offer.id for offer in gigs.offers_of(found)])
    for worker_id in gig_rows.stopped_people(found):
        audit.note_read(g.actor, "worker", worker_id, ("benefits",), found.jobcenter_id)
    return render_template(
        "matching/gig.html",
        gig=gig_rows.gig_row(found),
        order_id=found.order_id,
        description=found.order.description,
        slots=[gig_rows.slot_view(slot, found, contracts, now) for slot in found.slots if slot.in_use],
        support=gigs.booked_support([gig_id])[gig_id],
        can=gig_rows.possible(found, now),
        partner_form=presenting_forms.partner_state(found, queries_forms.newest_proposal(gig_id), now),
    )


@bp.get("/gigs/<int:gig_id>/change")
@allow(Role.COORDINATOR)
def change(gig_id: int) -> str:
    """Another time or place."""
    return _change_page(gig_id, GigForm.for_gig(gigs.gig_for(g.actor, gig_id)))


@bp.post("/gigs/<int:gig_id>/change")
@allow(Role.COORDINATOR)
def save_change(gig_id: int) -> Any:
    """Change the time or place."""
    form = GigForm()
    if form.attempt(lambda: gig_service.change_gig(g.actor, gig_id, form.to_command())):
        return to_gig(gig_id, form, _("The gig is changed. Everyone on it has been told."))
    return _change_page(gig_id, form), 422


def _change_page(gig_id: int, form: GigForm) -> str:
    lead = _("Everyone on the gig is told of the new time or place. It is refused if somebody is elsewhere then.")
    return act_page(gigs.gig_for(g.actor, gig_id), form, _("Change the time or place"), lead, _("Save"))


@bp.get("/gigs/<int:gig_id>/people")
@allow(Role.COORDINATOR)
def people(gig_id: int) -> str:
    """Another number of people."""
    slots = gig_rows.gig_row(gigs.gig_for(g.actor, gig_id)).slots
    return _people_page(gig_id, PeopleForm(data={"people": slots}))


@bp.post("/gigs/<int:gig_id>/people")
@allow(Role.COORDINATOR)
def save_people(gig_id: int) -> Any:
    """Change the number of people."""
    form = PeopleForm()
    if form.attempt(lambda: gig_service.set_people(g.actor, gig_id, form.people.data)):
        return to_gig(gig_id, form, _("The number of people is saved. The orderer has been told."))
    return _people_page(gig_id, form), 422


def _people_page(gig_id: int, form: PeopleForm) -> str:
    lead = _("Fewer people: places that nobody has said yes to are taken away.")
    return act_page(gigs.gig_for(g.actor, gig_id), form, _("Change the number of people"), lead, _("Save"))


@bp.get("/gigs/<int:gig_id>/cancel")
@allow(Role.COORDINATOR)
def cancel(gig_id: int) -> str:
    """Ask why the gig is cancelled."""
    return _cancel_page(gig_id, ReasonForm())


@bp.post("/gigs/<int:gig_id>/cancel")
@allow(Role.COORDINATOR)
def save_cancel(gig_id: int) -> Any:
    """Cancel the gig."""
    gigs.gig_for(g.actor, gig_id)
    form = ReasonForm()
    if form.attempt(lambda: gig_service.cancel_gig(g.actor, gig_id, reason=form.reason.data)):
        return to_gig(gig_id, form, _("The gig is cancelled. Everyone concerned has been told why."))
    return _cancel_page(gig_id, form), 422


def _cancel_page(gig_id: int, form: ReasonForm) -> str:
    lead = _("The workers, the support persons and the orderer are told why. The gig can be opened again.")
    return act_page(gigs.gig_for(g.actor, gig_id), form, _("Cancel the gig"), lead, _("Cancel the gig"))


@bp.post("/gigs/<int:gig_id>/reopen")
@allow(Role.COORDINATOR)
def reopen(gig_id: int) -> Any:
    """Open a cancelled gig again."""
    gigs.gig_for(g.actor, gig_id)
    return press(lambda: gig_service.reopen_gig(g.actor, gig_id), gig_id, _("The gig is open again."))


@bp.post("/gigs/<int:gig_id>/remove")
@allow(Role.COORDINATOR)
def remove(gig_id: int) -> Any:
    """Take away a gig that nobody was asked to."""
    gigs.gig_for(g.actor, gig_id)
    form = ActionForm()
    if form.attempt(lambda: gig_service.remove_gig(g.actor, gig_id)):
        flash(_("The gig is removed."), "good")
        return redirect(url_for("gigs.index"))
    return refused(form, gig_id)


@bp.get("/orders/<int:order_id>/new-gig")
@allow(Role.COORDINATOR)
def new_gig(order_id: int) -> str:
    """One more gig of an order."""
    return _new_gig_page(order_id, NewGigForm())


@bp.post("/orders/<int:order_id>/new-gig")
@allow(Role.COORDINATOR)
def save_new_gig(order_id: int) -> Any:
    """Add a gig to an order."""
    form = NewGigForm()
    if form.attempt(lambda: gig_service.add_gig(g.actor, order_id, form.to_new_gig())):
        return to_gig(form.result.id, form, _("The gig is added."))
    return _new_gig_page(order_id, form), 422


def _new_gig_page(order_id: int, form: NewGigForm) -> str:
    order = gigs.order_for_coordinator(g.actor, order_id)
    title, back = _("Add a gig"), url_for("gigs.index")
    return render_template(
        "gigs/act.html", form=form, title=title, lead=order.title, submit=_("Add the gig"), back=back, card=None
    )


# A slot and offers


@bp.get("/slots/<int:slot_id>")
@allow(Role.COORDINATOR)
def slot(slot_id: int) -> str:
    """Who fits a slot, and who does not and why."""
    now, piece, form = clock.now(), part(request.args, size=PEOPLE_ON_PAGE), FindForm(formdata=request.args)
    wanted = form.wanted(piece)
    desk = queries.desk_for(g.actor, slot_id, now, wanted)
    rows = presenting.person_rows(desk.matches, desk.names)
    for row in rows:
        audit.note_read(g.actor, "worker", row.worker_id, ("benefits", "limits"), desk.jobcenter.id)
    return render_template(
        "matching/slot.html",
        gig=gig_rows.gig_row(desk.gig),
        slot=gig_rows.slot_view(desk.slot, desk.gig, {}, now),
        support=desk.support,
        fitting=[row for row in rows if row.fits],
        others=[row for row in rows if not row.fits],
        fitting_total=desk.fitting,
        others_total=desk.others,
        reasons=presenting.reason_rows(desk.reasons, slot_id),
        find=form,
        pages=piece.pages(desk.fitting + desk.others, ".slot", slot_id=slot_id, **wanted.asked),
    )


@bp.get("/slots/<int:slot_id>/offer/<int:worker_id>")
@allow(Role.COORDINATOR)
def make_offer(slot_id: int, worker_id: int) -> str:
    """The form of an offer to one person, with what the rules say."""
    found, _slot = gigs.gig_of_slot_for(g.actor, slot_id)
    return _offer_page(found, slot_id, worker_id, OfferForm.for_gig(span_of(found), clock.now()))


@bp.post("/slots/<int:slot_id>/offer/<int:worker_id>")
@allow(Role.COORDINATOR)
def send_offer(slot_id: int, worker_id: int) -> Any:
    """Send the offer."""
    form = OfferForm()
    if form.attempt(lambda: service.offer(g.actor, slot_id, worker_id, form.to_command())):
        return redirect(_after_offer(form, slot_id))
    found, _slot = gigs.gig_of_slot_for(g.actor, slot_id)
    return _offer_page(found, slot_id, worker_id, form), 422


def _after_offer(form: OfferForm, slot_id: int) -> str:
    if form.result is not None:
        flash(_("The offer is sent."), "good")
    return url_for(".slot", slot_id=slot_id)


def _offer_page(found: Gig, slot_id: int, worker_id: int, form: OfferForm) -> str:
    now = clock.now()
    worker = queries.worker_of_gig(found, worker_id)
    match = queries.match_of(found, worker_id, now)
    audit.note_read(g.actor, "worker", worker_id, ("benefits",), found.jobcenter_id)
    return render_template(
        "matching/make_offer.html",
        form=form,
        slot_id=slot_id,
        worker=worker,
        card=card_of(found),
        reasons=tuple(presenting.reasons(match)),
        fits=match.fit.fits,
        may_be_offered=match.fit.may_be_offered,
    )


@bp.post("/offers/<int:offer_id>/confirm")
@allow(Role.COORDINATOR)
def confirm(offer_id: int) -> Any:
    """Confirm a yes; the contract is made."""
    gig_id = gigs.coordinated_offer_for(g.actor, offer_id).gig_id
    done = _("The place is confirmed and the contract is made. The worker has been told.")
    return press(lambda: service_offers.confirm(g.actor, offer_id), gig_id, done)


@bp.get("/offers/<int:offer_id>/withdraw")
@allow(Role.COORDINATOR)
def withdraw(offer_id: int) -> str:
    """Ask why a place or an offer is taken back."""
    return _withdraw_page(offer_id, ReasonForm())


@bp.post("/offers/<int:offer_id>/withdraw")
@allow(Role.COORDINATOR)
def save_withdraw(offer_id: int) -> Any:
    """Take a place or an offer back."""
    gig_id = gigs.coordinated_offer_for(g.actor, offer_id).gig_id
    form = ReasonForm()
    if form.attempt(lambda: rounds.withdraw_offer(g.actor, offer_id, reason=form.reason.data)):
        return to_gig(gig_id, form, _("The place is free again. The worker has been told why."))
    return _withdraw_page(offer_id, form), 422


def _withdraw_page(offer_id: int, form: ReasonForm) -> str:
    offer = gigs.coordinated_offer_for(g.actor, offer_id)
    title = _("Withdraw the place of %(name)s", name=offer.worker.name)
    lead = _("The worker gets a kind message with the reason.")
    return act_page(offer.gig, form, title, lead, _("Withdraw the place"))


@bp.post("/offers/<int:offer_id>/no-show")
@allow(Role.COORDINATOR)
def no_show(offer_id: int) -> Any:
    """The person did not come."""
    gig_id = gigs.coordinated_offer_for(g.actor, offer_id).gig_id
    done = _("It is noted that the person did not come. They get a kind message.")
    return press(lambda: service.mark_no_show(g.actor, offer_id), gig_id, done)


@bp.get("/offers/<int:offer_id>/swap")
@allow(Role.COORDINATOR)
def swap(offer_id: int) -> str:
    """With whom to swap."""
    return _swap_page(offer_id, SwapForm())


@bp.post("/offers/<int:offer_id>/swap")
@allow(Role.COORDINATOR)
def save_swap(offer_id: int) -> Any:
    """Swap two people between two gigs."""
    gig_id = gigs.coordinated_offer_for(g.actor, offer_id).gig_id
    form = _swap_form(offer_id, SwapForm())
    if form.attempt(lambda: service_offers.swap(g.actor, offer_id, form.other.data, reason=form.reason.data)):
        return to_gig(gig_id, form, _("The two have swapped. Confirm both places, so that the contracts are made."))
    return _swap_page(offer_id, form), 422


def _swap_page(offer_id: int, form: SwapForm) -> str:
    offer = gigs.coordinated_offer_for(g.actor, offer_id)
    title = _("Swap the gig of %(name)s", name=offer.worker.name)
    lead = _("Each gets the other's gig. Agree with both people before.")
    return act_page(offer.gig, _swap_form(offer_id, form), title, lead, _("Swap"))


def _swap_form(offer_id: int, form: SwapForm) -> SwapForm:
    offer = gigs.coordinated_offer_for(g.actor, offer_id)
    others = queries_lists.swappable_offers_for(g.actor, offer, clock.now())
    form.other.offer([(other.id, _swap_label(other)) for other in others])
    return form


def _swap_label(offer: Any) -> str:
    card = card_of(offer.gig)
    return f"{offer.worker.name}: {card.title}, {texts.interval(card.span.starts_at, card.span.ends_at)}"
