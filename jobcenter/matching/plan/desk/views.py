"""Pages of plans: asked for, watched while they are computed, looked at beside today's state, changed, sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.matching.plan.desk import (
    domain,
    policy,
    presenting,
    presenting_page,
    presenting_people,
    presenting_sending,
    queries,
    sending,
    service,
)
from jobcenter.matching.plan.desk.forms import PersonForm, ProposeForm, SendForm
from jobcenter.matching.plan.desk.models import PlanRun

bp = Blueprint("plans", __name__, url_prefix="/plans")

GIGS_ON_PAGE = 40


@bp.get("")
@allow(Role.COORDINATOR)
def index() -> str:
    """The plans of the reader's Jobcenters."""
    piece = part(request.args, size=20)
    rows = queries.plans_of(g.actor, limit=piece.limit, offset=piece.offset)
    return render_template(
        "plans/index.html",
        rows=[presenting.plan_row(plan, jobcenter.name) for plan, jobcenter in rows],
        pages=piece.pages(queries.number_of_plans(g.actor), ".index"),
        jobcenters=auth_queries.jobcenters_of(g.actor, Role.COORDINATOR),
    )


# Asking for a plan


@bp.get("/new/<int:jobcenter_id>")
@allow(Role.COORDINATOR)
def new(jobcenter_id: int) -> str:
    """What to plan, and for how long to compute."""
    now = clock.now()
    return _propose_page(
        jobcenter_id, ProposeForm.on_day(queries.first_open_day(jobcenter_id, now) or clock.day_of(now))
    )


@bp.post("/new/<int:jobcenter_id>")
@allow(Role.COORDINATOR)
def propose(jobcenter_id: int) -> Any:
    """Ask for a plan."""
    form = ProposeForm.sent()
    if form.attempt(lambda: service.propose(g.actor, jobcenter_id, form.to_command())):
        return redirect(url_for(".show", plan_id=form.result.id) if form.result else url_for(".index"))
    return _propose_page(jobcenter_id, form), 422


def _propose_page(jobcenter_id: int, form: ProposeForm) -> str:
    if not policy.can_plan(g.actor, jobcenter_id):
        raise NotFound
    return render_template(
        "plans/new.html",
        form=form,
        title=_("Propose a plan"),
        lead=auth_queries.jobcenter(jobcenter_id).name,
        action=url_for(".propose", jobcenter_id=jobcenter_id),
        back=url_for(".index"),
        notes=(),
    )


@bp.get("/<int:plan_id>/again")
@allow(Role.COORDINATOR)
def again(plan_id: int) -> str:
    """Compute anew: what stays, and for how long to compute."""
    plan = queries.plan_for(g.actor, plan_id)
    return _again_page(plan_id, ProposeForm.like(presenting.wish_of(plan)))


@bp.post("/<int:plan_id>/again")
@allow(Role.COORDINATOR)
def propose_again(plan_id: int) -> Any:
    """Ask for the plan anew."""
    jobcenter_id = queries.plan_for(g.actor, plan_id).jobcenter_id
    form = ProposeForm.sent()
    if form.attempt(lambda: service.propose(g.actor, jobcenter_id, form.to_command(again_id=plan_id))):
        return redirect(url_for(".show", plan_id=form.result.id if form.result else plan_id))
    return _again_page(plan_id, form), 422


def _again_page(plan_id: int, form: ProposeForm) -> str:
    plan = queries.plan_for(g.actor, plan_id)
    return render_template(
        "plans/new.html",
        form=form,
        title=_("Run the plan again"),
        lead=auth_queries.jobcenter(plan.jobcenter_id).name,
        action=url_for(".propose_again", plan_id=plan_id),
        back=url_for(".show", plan_id=plan_id),
        notes=presenting.kept_when_run_again(queries.placements_of(plan_id)),
    )


# One plan


@bp.get("/<int:plan_id>")
@allow(Role.COORDINATOR)
def show(plan_id: int) -> str:
    """The plan beside today's state; while it is computed, how far that is."""
    plan = queries.plan_for(g.actor, plan_id)
    if plan.status in domain.UNDER_WAY:
        return render_template("plans/computing.html", plan=presenting.computing_view(plan, clock.now()))
    piece = part(request.args, size=GIGS_ON_PAGE)
    page = presenting_page.plan_page(plan, piece)
    for worker_id in page.worker_ids:
        audit.note_read(g.actor, "worker", worker_id, ("limits",), plan.jobcenter_id)
    return render_template(
        "plans/show.html",
        plan=page,
        jobcenter=auth_queries.jobcenter(plan.jobcenter_id),
        pages=piece.pages(page.gigs_total, ".show", plan_id=plan_id),
    )


@bp.get("/<int:plan_id>/progress")
@allow(Role.COORDINATOR)
def progress(plan_id: int) -> Any:
    """How far the computing is, for the page's script."""
    plan = queries.plan_for(g.actor, plan_id)
    view = presenting.computing_view(plan, clock.now())
    answer = jsonify(over=plan.status not in domain.UNDER_WAY, percent=view.percent, words=view.words)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/<int:plan_id>/stop")
@allow(Role.COORDINATOR)
def stop(plan_id: int) -> Any:
    """End the computing with what is found."""
    return _do(lambda: service.stop(g.actor, plan_id), plan_id, _("The computing ends. The best plan so far is kept."))


@bp.post("/<int:plan_id>/discard")
@allow(Role.COORDINATOR)
def discard(plan_id: int) -> Any:
    """Throw the plan away."""
    return _do(lambda: service.discard(g.actor, plan_id), plan_id, _("The plan is thrown away."))


# The places in it


@bp.post("/places/<int:placement_id>/lock")
@allow(Role.COORDINATOR)
def lock(placement_id: int) -> Any:
    """Keep somebody where they are."""
    return _change(placement_id, service.lock, _("Locked: this place stays when the plan is run again."))


@bp.post("/places/<int:placement_id>/unlock")
@allow(Role.COORDINATOR)
def unlock(placement_id: int) -> Any:
    """Let the next run move somebody."""
    return _change(placement_id, service.unlock, _("Unlocked: the next run may change this place."))


@bp.post("/places/<int:placement_id>/leave-out")
@allow(Role.COORDINATOR)
def leave_out(placement_id: int) -> Any:
    """Take somebody off a gig of the plan."""
    done = _("Taken off. The next run does not put the person on this gig again.")
    return _change(placement_id, service.leave_out, done)


@bp.post("/places/<int:placement_id>/take-in")
@allow(Role.COORDINATOR)
def take_in(placement_id: int) -> Any:
    """Put somebody back."""
    return _change(placement_id, service.take_in, _("The person is back on this gig in the plan."))


@bp.get("/<int:plan_id>/gigs/<int:gig_id>/person")
@allow(Role.COORDINATOR)
def person(plan_id: int, gig_id: int) -> str:
    """Who could go to a gig of the plan, and who not and why."""
    return _person_page(plan_id, gig_id, PersonForm())


@bp.post("/<int:plan_id>/gigs/<int:gig_id>/person")
@allow(Role.COORDINATOR)
def put_in(plan_id: int, gig_id: int) -> Any:
    """Put somebody on a gig of the plan."""
    plan, form = queries.plan_for(g.actor, plan_id), PersonForm()
    presenting_people.fill(form, queries.beside_gig(plan_id, gig_id), queries.names_of_active(plan.jobcenter_id))
    if form.attempt(lambda: service.put_in(g.actor, plan_id, gig_id, form.to_command(_instead()))):
        flash(_("The plan is changed. The place is locked, so that it stays when the plan is run again."), "good")
        return redirect(_at_gig(plan_id, gig_id))
    return _person_page(plan_id, gig_id, form), 422


def _person_page(plan_id: int, gig_id: int, form: PersonForm) -> str:
    plan = queries.plan_for(g.actor, plan_id)
    domain.next_state(plan.status, domain.PlanAction.CHANGE)
    people = presenting_people.people_page(form, plan, gig_id, _instead())
    for worker_id in people.worker_ids:
        audit.note_read(g.actor, "worker", worker_id, ("benefits", "limits"), plan.jobcenter_id)
    return render_template(
        "plans/person.html",
        people=people,
        action=url_for(".put_in", plan_id=plan_id, gig_id=gig_id, instead=_instead()),
        back=_at_gig(plan_id, gig_id),
    )


def _instead() -> int | None:
    """In whose place somebody is put, if in anybody's."""
    text = request.args.get("instead", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


# Sending


@bp.get("/<int:plan_id>/send")
@allow(Role.COORDINATOR)
def send(plan_id: int) -> str:
    """What would be sent, and how long people may think."""
    return _send_page(plan_id, SendForm.usual())


@bp.post("/<int:plan_id>/send")
@allow(Role.COORDINATOR)
def send_offers(plan_id: int) -> Any:
    """Send the offers; whoever cannot be asked any more is told of, the others still get theirs."""
    queries.plan_for(g.actor, plan_id)
    form = SendForm.offering()
    if not form.validate_on_submit():
        return _send_page(plan_id, form), 422
    sent = sending.send_plan(g.actor, plan_id, form.to_command())
    for kind, text in presenting_sending.told_of_sending(sent):
        flash(text, kind)
    return redirect(url_for(".show", plan_id=plan_id))


def _send_page(plan_id: int, form: SendForm) -> str:
    plan = queries.plan_for(g.actor, plan_id)
    domain.next_state(plan.status, domain.PlanAction.SEND)
    return render_template(
        "plans/send.html",
        form=form,
        sending=presenting_sending.sending_view(plan),
        action=url_for(".send_offers", plan_id=plan_id),
        back=url_for(".show", plan_id=plan_id),
    )


# Parts


def _change(placement_id: int, verb: Callable[[Any, int], Any], done: str) -> Any:
    placement = queries.placement_for(g.actor, placement_id)
    where = _at_gig(placement.plan_run_id, placement.gig_id)
    form = ActionForm()
    if form.attempt(lambda: verb(g.actor, placement_id)):
        _tell(form, done)
    else:
        _refuse(form)
    return redirect(where)


def _do(action: Callable[[], PlanRun], plan_id: int, done: str) -> Any:
    queries.plan_for(g.actor, plan_id)
    form = ActionForm()
    if form.attempt(action):
        _tell(form, done)
    else:
        _refuse(form)
    return redirect(url_for(".show", plan_id=plan_id))


def _tell(form: ActionForm, done: str) -> None:
    """What had been done before has said so itself."""
    if form.result is not None:
        flash(done, "good")


def _refuse(form: ActionForm) -> None:
    for refusal in form.form_errors:
        flash(refusal, "bad")


def _at_gig(plan_id: int, gig_id: int) -> str:
    """The plan's page where the gig stands."""
    page = presenting_page.page_of_gig(queries.any_plan(plan_id), gig_id, GIGS_ON_PAGE)
    return url_for(".show", plan_id=plan_id, page=page, _anchor=f"gig-{gig_id}")
