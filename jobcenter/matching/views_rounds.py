"""The coordinator's pages of rounds: start one, see how it stands, choose, add, end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.forms import ActionForm
from jobcenter.matching import presenting as desk_rows
from jobcenter.matching import queries as desk
from jobcenter.matching.blueprint import bp
from jobcenter.matching.domain import Wanted
from jobcenter.matching.rounds import presenting, queries, service
from jobcenter.matching.rounds.forms import AddForm, StartForm
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.models import Gig

MOST_SHOWN = 60


@bp.get("/gigs/<int:gig_id>/ask")
@allow(Role.COORDINATOR)
def ask(gig_id: int) -> Any:
    """Whom to ask to a gig, and how; the round that goes on already, if there is one."""
    gig = gigs.gig_for(g.actor, gig_id)
    running = queries.live_round_id(gig_id)
    if running is not None:
        return redirect(url_for(".round", round_id=running))
    return _start_page(gig, StartForm.for_gig(gig.starts_at, clock.now()))


@bp.post("/gigs/<int:gig_id>/ask")
@allow(Role.COORDINATOR)
def start_round(gig_id: int) -> Any:
    """Start the round."""
    form = StartForm()
    form.offer_people(_fitting(gigs.gig_for(g.actor, gig_id)))
    if form.attempt(lambda: service.start(g.actor, gig_id, form.to_command())):
        flash(_("The round has begun. You see here how it goes."), "good")
        return redirect(url_for(".round", round_id=queries.live_round_id(gig_id) or form.result.id))
    return _start_page(gigs.gig_for(g.actor, gig_id), form), 422


def _start_page(gig: Gig, form: StartForm) -> str:
    form.offer_people(_fitting(gig))
    return render_template("matching/ask.html", form=form, gig_id=gig.id, card=card_of(gig))


def _fitting(gig: Gig) -> list[tuple[int, str]]:
    """Who fits, the best first, each with a word on their last weeks."""
    slot = next((slot for slot in gig.slots if slot.in_use), None)
    if slot is None:
        return []
    found = desk.desk_for(g.actor, slot.id, clock.now(), Wanted(limit=MOST_SHOWN))
    rows = desk_rows.person_rows(match for match in found.matches if match.fit.fits)
    return [(row.worker_id, " · ".join(part for part in (row.name, row.unit, row.lately) if part)) for row in rows]


@bp.get("/rounds/<int:round_id>")
@allow(Role.COORDINATOR)
def round(round_id: int) -> str:
    """A round: who is asked, who said what, who is next."""
    return _page(round_id, AddForm())


@bp.post("/rounds/<int:round_id>/add")
@allow(Role.COORDINATOR)
def add_to_round(round_id: int) -> Any:
    """Put somebody more into the line."""
    form = AddForm()
    form.worker_id.offer(queries.people_to_add(g.actor, queries.gig_id_for(g.actor, round_id)))
    if form.attempt(lambda: service.add(g.actor, round_id, form.to_asked())):
        return redirect(url_for(".round", round_id=round_id))
    return _page(round_id, form), 422


@bp.post("/rounds/<int:round_id>/people/<int:person_id>/choose")
@allow(Role.COORDINATOR)
def choose_person(round_id: int, person_id: int) -> Any:
    """Give a place to somebody who would like to come, and confirm it."""
    return _do(round_id, lambda: service.choose(g.actor, round_id, person_id), _("Done. The person has been told."))


@bp.post("/rounds/<int:round_id>/people/<int:person_id>/first")
@allow(Role.COORDINATOR)
def put_first(round_id: int, person_id: int) -> Any:
    """Let somebody be the next."""
    return _do(round_id, lambda: service.put_first(g.actor, round_id, person_id), _("The line is in a new order."))


@bp.post("/rounds/<int:round_id>/people/<int:person_id>/remove")
@allow(Role.COORDINATOR)
def remove_from_round(round_id: int, person_id: int) -> Any:
    """Take somebody out of the line."""
    return _do(round_id, lambda: service.remove(g.actor, round_id, person_id), _("The person is out of the line."))


@bp.post("/rounds/<int:round_id>/resume")
@allow(Role.COORDINATOR)
def resume_round(round_id: int) -> Any:
    """Send the offer to the next in line."""
    return _do(round_id, lambda: service.resume(g.actor, round_id), _("The offer goes to the next in line."))


@bp.post("/rounds/<int:round_id>/close")
@allow(Role.COORDINATOR)
def close_round(round_id: int) -> Any:
    """End the round."""
    return _do(round_id, lambda: service.close(g.actor, round_id), _("The round has ended. Those waiting are told."))


def _do(round_id: int, action: Callable[[], Any], done: str) -> Any:
    queries.gig_id_for(g.actor, round_id)
    form = ActionForm()
    if form.attempt(action) and form.result is not None:
        flash(done, "good")
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url_for(".round", round_id=round_id))


def _page(round_id: int, form: AddForm) -> str:
    found = queries.round_for(g.actor, round_id)
    gig = gigs.gig_for(g.actor, found.gig_id)
    form.worker_id.offer(queries.people_to_add(g.actor, found.gig_id))
    audit.note_read(g.actor, "offer_round", round_id, ("rules",), found.jobcenter_id)
    standing = queries.standing_of(round_id, clock.now())
    view = presenting.round_view(found, standing)
    return render_template("matching/round.html", round=view, form=form, card=card_of(gig))
