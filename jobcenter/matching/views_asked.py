"""What somebody is asked together with others: their own page, one question, all the time they need."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.auth.queries import actor_for, open_link
from jobcenter.auth.service import use_link
from jobcenter.core import audit, clock
from jobcenter.core.forms import ActionForm
from jobcenter.matching import presenting as desk_rows
from jobcenter.matching import service as desk
from jobcenter.matching.blueprint import bp
from jobcenter.matching.forms import YesForm
from jobcenter.matching.rounds import presenting, queries, service
from jobcenter.matching.rounds.domain import Manner
from jobcenter.matching.rounds.models import RoundPerson
from jobcenter.orders.gigs.cards import card_of
from jobcenter.workers import policy

ANSWERERS = (Role.WORKER, Role.SUPPORT, Role.COORDINATOR)


@bp.get("/asked/<int:person_id>")
@allow(*ANSWERERS)
def asked(person_id: int) -> str:
    """The gig, what it does to limits, until when to answer."""
    return _page(g.actor, person_id, YesForm())


@bp.post("/asked/<int:person_id>/yes")
@allow(*ANSWERERS)
def asked_yes(person_id: int) -> Any:
    """I would like to come."""
    form = YesForm()
    if form.attempt(lambda: service.say_yes(g.actor, person_id, form.to_command())):
        _thank_for_yes()
        return redirect(url_for(".asked", person_id=person_id))
    return _page(g.actor, person_id, form), 422


@bp.post("/asked/<int:person_id>/no")
@allow(*ANSWERERS)
def asked_no(person_id: int) -> Any:
    """I would rather not."""
    form = ActionForm()
    if form.attempt(lambda: service.say_no(g.actor, person_id)):
        _thank_for_no()
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url_for(".asked", person_id=person_id))


# By the link of a mail


@bp.get("/asked/link/<token>")
@public
def asked_by_link(token: str) -> str:
    """What a mail's link asks, with its buttons; opening it does nothing."""
    link = open_link(LinkPurpose.ANSWER_ASK, token, clock.now())
    return _page(actor_for(link.user_id), link.subject_id, YesForm(), token=token)


@bp.post("/asked/link/<token>/yes")
@public
def asked_yes_by_link(token: str) -> Any:
    """I would like to come, by the link."""
    actor, person_id, form = *_from_link(token), YesForm()
    if form.attempt(lambda: _with_link(token, service.say_yes(actor, person_id, form.to_command()))):
        _thank_for_yes()
        return _answered_page(actor, person_id)
    return _page(actor, person_id, form, token=token), 422


@bp.post("/asked/link/<token>/no")
@public
def asked_no_by_link(token: str) -> Any:
    """I would rather not, by the link."""
    actor, person_id, form = *_from_link(token), YesForm()
    sent = ActionForm()
    if sent.attempt(lambda: _with_link(token, service.say_no(actor, person_id))):
        _thank_for_no()
        return _answered_page(actor, person_id)
    for refusal in sent.form_errors:
        flash(refusal, "bad")
    return _page(actor, person_id, form, token=token), 422


def _from_link(token: str) -> tuple[Actor, int]:
    link = open_link(LinkPurpose.ANSWER_ASK, token, clock.now())
    return actor_for(link.user_id), link.subject_id


def _with_link(token: str, answered: RoundPerson) -> RoundPerson:
    """Use the link up with the answer, in the same transaction."""
    use_link(LinkPurpose.ANSWER_ASK, token)
    return answered


def _answered_page(actor: Actor, person_id: int) -> Any:
    """After an answer by link: the signed-in go to what they were asked, others to a page that says how to go on."""
    if g.actor.user_id == actor.user_id:
        return redirect(url_for(".asked", person_id=person_id))
    return redirect(url_for(".answered"))


# Parts


def _thank_for_yes() -> None:
    flash(_("Thank you! Your answer is written down. You get a message in any case."), "good")


def _thank_for_no() -> None:
    flash(_("Thank you for your answer. Saying no is all right. We will offer you other gigs."), "good")


def _page(actor: Actor, person_id: int, form: YesForm, *, token: str = "") -> str:
    person, now = queries.asked_for(actor, person_id), clock.now()
    own, gig = policy.is_own(actor, person.worker), person.round.gig
    view = presenting.ask_view(person, own=own, first_wins=person.round.manner is Manner.FIRST, now=now)
    if not own:
        form.speak_for(view.given_name)
    return render_template(
        "matching/asked.html",
        ask=view,
        card=card_of(gig),
        form=form,
        effects=_effects(actor, person, "" if own else view.given_name) if view.open else None,
        gig=gig,
        by_link=bool(token),
        yes_url=_url("yes", person_id, token),
        no_url=_url("no", person_id, token),
    )


def _url(answer: str, person_id: int, token: str) -> str:
    if token:
        return url_for(f".asked_{answer}_by_link", token=token)
    return url_for(f".asked_{answer}", person_id=person_id)


def _effects(actor: Actor, person: RoundPerson, about: str) -> Any:
    """What the gig does to limits, for who may see them; a look at another person's is noted."""
    worker = person.worker
    if not desk.sees_limits(actor, worker):
        return None
    if not policy.is_own(actor, worker):
        audit.note_read(actor, "worker", worker.id, ("benefits", "limits"), worker.jobcenter_id)
    return desk_rows.effects_told(desk.look(person.round.gig, worker.id, clock.now()), about)
