"""Pages of feedback: the orderer gives it, signed in or by a mail's link; the worker reads it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.auth.queries import actor_for, open_link
from jobcenter.core import clock
from jobcenter.orders.feedback import presenting, queries, service
from jobcenter.orders.feedback.forms import FeedbackForm
from jobcenter.orders.hours.presenting import gig_view
from jobcenter.orders.hours.queries import gig_for_orderer, own_workers

bp = Blueprint("feedback", __name__, url_prefix="/feedback")


@bp.get("")
@allow(Role.WORKER)
def mine() -> str:
    """The feedback that the worker has got."""
    rows = presenting.feedback_rows(queries.feedback_to(own_workers(g.actor)))
    return render_template("feedback/mine.html", rows=rows)


@bp.get("/gigs/<int:gig_id>")
@allow(Role.ORDERER)
def give(gig_id: int) -> str:
    """The people of a gig, each with a form."""
    return _page(g.actor, gig_id, {}, token=None)


@bp.post("/gigs/<int:gig_id>/<int:offer_id>")
@allow(Role.ORDERER)
def save(gig_id: int, offer_id: int) -> Any:
    """Keep the feedback to one of them."""
    return _save(g.actor, gig_id, offer_id, token=None)


@bp.get("/link/<token>")
@public
def by_link(token: str) -> str:
    """The same page, from a mail's link."""
    actor, gig_id = _from_link(token)
    return _page(actor, gig_id, {}, token=token)


@bp.post("/link/<token>/<int:offer_id>")
@public
def save_by_link(token: str, offer_id: int) -> Any:
    """Keep the feedback that came by a mail's link."""
    actor, gig_id = _from_link(token)
    return _save(actor, gig_id, offer_id, token=token)


def _from_link(token: str) -> tuple[Actor, int]:
    link = open_link(LinkPurpose.GIVE_FEEDBACK, token, clock.now())
    return actor_for(link.user_id), link.subject_id


def _save(actor: Actor, gig_id: int, offer_id: int, token: str | None) -> Any:
    form = presenting.form_for(offer_id)
    if form.attempt(lambda: service.give_feedback(actor, gig_id, offer_id, form.to_command())):
        if form.result:
            flash(_("Thank you. The feedback goes to the worker."), "good")
        return redirect(url_for(".by_link", token=token) if token else url_for(".give", gig_id=gig_id))
    return _page(actor, gig_id, {offer_id: form}, token=token), 422


def _page(actor: Actor, gig_id: int, forms: dict[int, FeedbackForm], token: str | None) -> str:
    gig = gig_for_orderer(actor, gig_id)
    people = queries.people_of(gig_id)
    given = queries.given_for([offer.id for offer in people])
    return render_template(
        "feedback/give.html",
        gig=gig_view(gig),
        people=presenting.person_rows(people, given, forms),
        token=token,
    )
