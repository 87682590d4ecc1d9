"""The list of workers, one worker's profile, the form; for coordinators, and the unit's part for its manager."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock, paging, texts
from jobcenter.core.forms import ActionForm
from jobcenter.workers import queries
from jobcenter.workers.availability.presenting import activity_rows
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Worker
from jobcenter.workers.profiles import queries as profiles
from jobcenter.workers.profiles import service
from jobcenter.workers.profiles.forms import FilterForm, ProfileForm
from jobcenter.workers.profiles.presenting import contact_facts, wish_facts
from jobcenter.workers.sides import Side, around

bp = Blueprint("workers", __name__)


@bp.get("/workers")
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def index() -> str:
    form = FilterForm(formdata=request.args)
    jobcenter_ids = g.actor.jobcenters(Role.COORDINATOR, Role.UNIT_MANAGER)
    form.unit.offer([(unit.id, unit.name) for unit in profiles.units_of(jobcenter_ids)])
    wanted = form.to_command()
    part = paging.part(request.args)
    pages = part.pages(profiles.worker_count(g.actor, wanted), ".index", **_filters())
    rows = profiles.worker_rows(g.actor, wanted, part)
    can_add = g.actor.has(Role.COORDINATOR)
    target = ".show" if can_add else ".in_unit"
    return render_template(
        "workers/index.html", form=form, rows=rows, pages=pages, can_add=can_add, target=target, has_rows=bool(rows)
    )


def _filters() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name in ("q", "unit", "show")}


@bp.get("/workers/new")
@allow(Role.COORDINATOR)
def new() -> str:
    return _form_page(_new_form(), None)


@bp.post("/workers/new")
@allow(Role.COORDINATOR)
def create() -> Any:
    form = _new_form()
    if form.attempt(lambda: service.create(g.actor, form.jobcenter_id.data, form.to_command(), form.form_key.data)):
        flash(_("The worker was added. Next: consents and benefits."))
        return redirect(url_for(".show", worker_id=form.result) if form.result else url_for(".index"))
    return _form_page(form, None), 422


def _new_form() -> ProfileForm:
    form = ProfileForm(weekly_minutes_wished=240, weekly_minutes_most=480, language=texts.DEFAULT)
    jobcenters = auth.jobcenters_of(g.actor, Role.COORDINATOR)
    form.jobcenter_id.offer([(jobcenter.id, jobcenter.name) for jobcenter in jobcenters])
    form.unit_id.offer([(unit.id, unit.name) for unit in profiles.units_of([row.id for row in jobcenters])])
    return form


@bp.get("/workers/<int:worker_id>")
@allow(Role.COORDINATOR)
def show(worker_id: int) -> str:
    worker = queries.coordinated_worker_for(g.actor, worker_id)
    unit = profiles.unit_of(worker)
    consents = queries.consents_of([worker.id])[worker.id]
    return render_template(
        "workers/show.html",
        **around(g.actor, worker, Side.OFFICE, "workers.show"),
        contact=contact_facts(worker, auth.jobcenter(worker.jobcenter_id).name, unit.name if unit else ""),
        wishes=wish_facts(worker),
        is_active=worker.active,
        ready_since=worker.ready_since,
        takes_part=ConsentPurpose.TAKE_PART in consents,
        asked_on=worker.benefits_asked_on,
        is_invited=worker.user_id is not None,
        can_invite=worker.active and bool(worker.email),
    )


@bp.get("/workers/<int:worker_id>/edit")
@allow(Role.COORDINATOR)
def edit(worker_id: int) -> str:
    worker = queries.coordinated_worker_for(g.actor, worker_id)
    form = _edit_form(worker)
    form.fill(profiles.profile_of(worker), worker.version)
    return _form_page(form, worker)


@bp.post("/workers/<int:worker_id>/edit")
@allow(Role.COORDINATOR)
def save(worker_id: int) -> Any:
    form = _edit_form(queries.coordinated_worker_for(g.actor, worker_id))
    if form.attempt(lambda: service.edit(g.actor, worker_id, form.to_command(), form.version.data)):
        flash(_("The profile was saved."))
        return redirect(url_for(".show", worker_id=worker_id))
    return _form_page(form, queries.coordinated_worker_for(g.actor, worker_id)), 422


def _edit_form(worker: Worker) -> ProfileForm:
    form = ProfileForm()
    del form.jobcenter_id
    form.unit_id.offer([(unit.id, unit.name) for unit in profiles.units_of([worker.jobcenter_id])])
    return form


def _form_page(form: ProfileForm, worker: Worker | None) -> str:
    """The form; over a newer version than was on the screen it shows what is stored now, and takes that as seen."""
    stored = []
    if worker and form.is_submitted() and form.version.data != worker.version:
        stored = form.unlike(profiles.profile_of(worker))
        form.version.data = worker.version
    return render_template(
        "workers/form.html",
        form=form,
        stored=stored,
        action=url_for(".save", worker_id=worker.id) if worker else url_for(".create"),
        back=url_for(".show", worker_id=worker.id) if worker else url_for(".index"),
        name=worker.name if worker else "",
        chooses_jobcenter="jobcenter_id" in form and len(form.jobcenter_id.options) > 1,
    )


@bp.post("/workers/<int:worker_id>/invite")
@allow(Role.COORDINATOR)
def invite(worker_id: int) -> Any:
    form = ActionForm()
    if form.attempt(lambda: service.invite(g.actor, worker_id)):
        flash(_("An invitation to sign in was sent."))
    else:
        flash(" ".join(map(str, form.form_errors)), "bad")
    return redirect(url_for(".show", worker_id=worker_id))


@bp.post("/workers/<int:worker_id>/readiness")
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def agree_readiness(worker_id: int) -> Any:
    form = ActionForm()
    if form.attempt(lambda: service.agree_readiness(g.actor, worker_id)):
        flash(_("Ready for gigs from today on."))
    else:
        flash(" ".join(map(str, form.form_errors)), "bad")
    return redirect(_own_page(worker_id))


@bp.post("/workers/<int:worker_id>/readiness/take-back")
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def take_back_readiness(worker_id: int) -> Any:
    form = ActionForm()
    if form.attempt(lambda: service.take_back_readiness(g.actor, worker_id)):
        flash(_("Not ready for gigs any more. Gigs agreed already stay."))
    return redirect(_own_page(worker_id))


def _own_page(worker_id: int) -> str:
    return url_for(".show" if g.actor.has(Role.COORDINATOR) else ".in_unit", worker_id=worker_id)


@bp.get("/unit/<int:worker_id>")
@allow(Role.UNIT_MANAGER)
def in_unit(worker_id: int) -> str:
    worker = queries.planned_worker_for(g.actor, worker_id)
    return render_template(
        "workers/in_unit.html",
        worker_id=worker.id,
        name=worker.name,
        ready_since=worker.ready_since,
        can_agree=worker.ready_since is None and worker.active,
        activity=activity_rows(queries.activity_of([worker.id])[worker.id]),
        service_ends_on=worker.service_ends_on,
        is_over=worker.service_ends_on is not None and worker.service_ends_on < clock.today(),
    )
