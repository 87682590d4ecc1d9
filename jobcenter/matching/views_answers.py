"""Offers as the worker sees them: behind sign-in, or by the link of a mail; and answers on behalf of a worker."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.auth.queries import actor_for, open_link
from jobcenter.auth.service import use_link
from jobcenter.core import audit, clock
from jobcenter.core.forms import BaseForm
from jobcenter.matching import presenting, queries
from jobcenter.matching.blueprint import bp
from jobcenter.matching.forms import NoForm, YesForm
from jobcenter.matching.rounds import presenting as round_rows
from jobcenter.matching.rounds import queries as round_queries
from jobcenter.matching.rounds import service as rounds
from jobcenter.orders.gigs import policy
from jobcenter.orders.gigs import presenting as gig_rows
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.forms import CancelOwnForm
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.queries import worker_of, workers_supported_by

ANSWERERS = (Role.WORKER, Role.SUPPORT, Role.COORDINATOR)


@bp.get("/offers")
@allow(Role.WORKER, Role.SUPPORT)
def my_offers() -> str:
    """Open offers, mine and those of people I support."""
    own = {worker.id for worker in worker_of(g.actor)}
    worker_ids = own | {worker.id for worker in workers_supported_by(g.actor)}
    now = clock.now()
    waiting = [offer for offer in gigs.offers_of_worker(worker_ids, gigs.OPEN) if offer.gig.ends_at > now]
    rows = [gig_rows.my_gig_row(offer, own=offer.worker_id in own) for offer in waiting]
    asked = round_queries.open_asks_of(worker_ids, now)
    asks = [round_rows.ask_row(person, own=person.worker_id in own) for person in asked]
    return render_template("matching/my_offers.html", offers=rows, asked=asks, has_own=bool(own))


@bp.get("/offers/<int:offer_id>")
@allow(*ANSWERERS)
def offer(offer_id: int) -> str:
    """One offer, whatever has come of it: what, where, when, with whom, the pay, and what it does to limits."""
    return _page(g.actor, offer_id, YesForm(), NoForm())


@bp.post("/offers/<int:offer_id>/yes")
@allow(*ANSWERERS)
def say_yes(offer_id: int) -> Any:
    """Take the gig."""
    form = YesForm()
    if form.attempt(lambda: rounds.accept_offer(g.actor, offer_id, form.to_command())):
        _thank(form)
        return redirect(url_for(".offer", offer_id=offer_id))
    return _page(g.actor, offer_id, form, NoForm()), 422


@bp.post("/offers/<int:offer_id>/no")
@allow(*ANSWERERS)
def say_no(offer_id: int) -> Any:
    """Do not take the gig."""
    form = NoForm()
    if form.attempt(lambda: rounds.decline_offer(g.actor, offer_id, reason=form.why_not.data)):
        _thank_for_no(form)
        return redirect(url_for(".offer", offer_id=offer_id))
    return _page(g.actor, offer_id, YesForm(), form), 422


@bp.get("/offers/<int:offer_id>/cancel")
@allow(*ANSWERERS)
def cancel_own(offer_id: int) -> str:
    """Ask why the person cannot come."""
    return _cancel_page(offer_id, CancelOwnForm())


@bp.post("/offers/<int:offer_id>/cancel")
@allow(*ANSWERERS)
def save_cancel_own(offer_id: int) -> Any:
    """The person cannot come."""
    form = CancelOwnForm()
    if form.attempt(lambda: rounds.cancel_offer(g.actor, offer_id, reason=form.reason.data)):
        if form.result is not None:
            flash(_("Thank you for telling us. Everyone concerned knows now, and we look for somebody else."), "good")
        return redirect(url_for(".offer", offer_id=offer_id))
    return _cancel_page(offer_id, form), 422


def _cancel_page(offer_id: int, form: CancelOwnForm) -> str:
    found = gigs.offer_for(g.actor, offer_id)
    own, name = policy.is_own(g.actor, found), found.worker.given_name
    if not own:
        form.ask_of_another(name)
    return render_template(
        "gigs/act.html",
        form=form,
        title=_("I cannot come") if own else _("%(name)s cannot come", name=name),
        lead=_("That is all right. It is good that you tell it now.") if own else _("We look for somebody else."),
        submit=_("Cancel my place") if own else _("Cancel the place"),
        back=url_for(".offer", offer_id=offer_id),
        card=card_of(found.gig),
    )


# By the link of a mail


@bp.get("/answer/<token>")
@public
def answer_link(token: str) -> str:
    """The offer behind a mail's link, with its buttons; opening it does nothing."""
    link = open_link(LinkPurpose.ANSWER_OFFER, token, clock.now())
    reader = Actor(user_id=link.user_id, name="")
    return _page(reader, link.subject_id, YesForm(), NoForm(), token=token)


@bp.post("/answer/<token>/yes")
@public
def yes_by_link(token: str) -> Any:
    """Take the gig by the link."""
    actor, offer_id = _from_link(token)
    form = YesForm()
    if form.attempt(lambda: _with_link(token, rounds.accept_offer(actor, offer_id, form.to_command()))):
        _thank(form)
        return _answered_page(actor, offer_id)
    return _page(actor, offer_id, form, NoForm(), token=token), 422


@bp.post("/answer/<token>/no")
@public
def no_by_link(token: str) -> Any:
    """Do not take the gig, by the link."""
    actor, offer_id = _from_link(token)
    form = NoForm()
    if form.attempt(lambda: _with_link(token, rounds.decline_offer(actor, offer_id, reason=form.why_not.data))):
        _thank_for_no(form)
        return _answered_page(actor, offer_id)
    return _page(actor, offer_id, YesForm(), form, token=token), 422


def _from_link(token: str) -> tuple[Actor, int]:
    link = open_link(LinkPurpose.ANSWER_OFFER, token, clock.now())
    return actor_for(link.user_id), link.subject_id


def _with_link(token: str, answered: Offer) -> Offer:
    """Use the link up with the answer, in the same transaction."""
    use_link(LinkPurpose.ANSWER_OFFER, token)
    return answered


# Parts


def _page(actor: Actor, offer_id: int, yes: YesForm, no: NoForm, *, token: str = "") -> str:
    now = clock.now()
    found = queries.offer_page_for(actor, offer_id)
    own = policy.is_own(actor, found.offer)
    along = gig_rows.Along(found.colleagues, found.support)
    view = gig_rows.offer_view(found.offer, now, along, tells_benefits=own or found.limits_shown)
    if found.limits_shown and not own:
        fields = ("benefits", "limits")
        audit.note_read(actor, "worker", found.offer.worker_id, fields, found.jobcenter.id)
    if not own:
        yes.speak_for(view.given_name)
    asks = found.limits_shown and view.is_open and not token
    return render_template(
        "matching/offer.html",
        offer=view,
        what_if_url=_what_if_url(found.offer) if asks else "",
        yes=yes,
        no=no,
        own=own,
        facts=presenting.offer_facts(actor, found, now) if view.is_open else presenting.NOTHING_TO_TELL,
        contract_id=None if view.is_open else gigs.contract_ids_of([offer_id]).get(offer_id),
        yes_url=_url("yes", offer_id, token),
        no_url=_url("no", offer_id, token),
        by_link=bool(token),
    )


def _what_if_url(offer: Offer) -> str:
    return url_for("what_if.ask", worker_id=offer.worker_id, question="offer", offer_id=offer.id)


def _url(answer: str, offer_id: int, token: str) -> str:
    if token:
        return url_for(f".{answer}_by_link", token=token)
    return url_for(f".say_{answer}", offer_id=offer_id)


def _answered_page(actor: Actor, offer_id: int) -> Any:
    """After an answer by link: the signed-in go to the offer, others get a page that says how to go on."""
    if g.actor.user_id == actor.user_id:
        return redirect(url_for(".offer", offer_id=offer_id))
    return redirect(url_for(".answered"))


@bp.get("/answered")
@public
def answered() -> str:
    """Thanks for an answer given by a link."""
    return render_template("matching/answered.html")


def _thank(form: BaseForm) -> None:
    if form.result is not None:
        flash(_("Thank you for your yes! The place is kept for you. You get a message when it is confirmed."), "good")


def _thank_for_no(form: BaseForm) -> None:
    if form.result is not None:
        flash(_("Thank you for your answer. Saying no is all right. We will offer you other gigs."), "good")
