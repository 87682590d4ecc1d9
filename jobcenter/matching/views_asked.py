"""What somebody is asked together with others: their own page, one question, all the time they need."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.forms import ActionForm
from jobcenter.matching import presenting as desk_rows
from jobcenter.matching.blueprint import bp
from jobcenter.matching.forms import YesForm
from jobcenter.matching.rounds import presenting, queries, service, service_steps
from jobcenter.matching.rounds.domain import Manner
from jobcenter.orders.gigs.cards import card_of
from jobcenter.workers import policy
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.queries import consent_in_force

ANSWERERS = (Role.WORKER, Role.SUPPORT, Role.COORDINATOR)


@bp.get("/asked/<int:person_id>")
@allow(*ANSWERERS)
def asked(person_id: int) -> str:
    """The gig, what it does to limits, until when to answer."""
    return _page(person_id, YesForm())


@bp.post("/asked/<int:person_id>/yes")
@allow(*ANSWERERS)
def asked_yes(person_id: int) -> Any:
    """I would like to come."""
    form = YesForm()
    if form.attempt(lambda: service.say_yes(g.actor, person_id, form.to_command())):
        flash(_("Thank you! Your answer is written down. You get a message in any case."), "good")
        return redirect(url_for(".asked", person_id=person_id))
    return _page(person_id, form), 422


@bp.post("/asked/<int:person_id>/no")
@allow(*ANSWERERS)
def asked_no(person_id: int) -> Any:
    """I would rather not."""
    form = ActionForm()
    if form.attempt(lambda: service.say_no(g.actor, person_id)):
        flash(_("Thank you for your answer. Saying no is all right. We will offer you other gigs."), "good")
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url_for(".asked", person_id=person_id))


def _page(person_id: int, form: YesForm) -> str:
    person, now = queries.asked_for(g.actor, person_id), clock.now()
    own, gig = policy.is_own(g.actor, person.worker), person.round.gig
    view = presenting.ask_view(person, own=own, first_wins=person.round.manner is Manner.FIRST, now=now)
    effects = None
    if view.open and _sees_limits(person, own):
        effect = service_steps.effect_on(gig, person.worker_id, now)
        effects = desk_rows.effects_told(effect, "" if own else view.given_name)
    return render_template("matching/asked.html", ask=view, card=card_of(gig), form=form, effects=effects, gig=gig)


def _sees_limits(person: Any, own: bool) -> bool:
    """Limits are for the person, the coordinator, and a support person who may see earnings."""
    if own:
        return True
    worker = person.worker
    consent = ConsentPurpose.SUPPORT_SEES_EARNINGS
    sees = policy.can_coordinate(g.actor, worker) or consent_in_force(worker.id, consent) is not None
    if sees:
        audit.note_read(g.actor, "worker", worker.id, ("benefits", "limits"), worker.jobcenter_id)
    return sees
