"""When a worker is in activity and when they cannot take gigs: the person's, the unit's and the coordinator's pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm
from jobcenter.workers import queries
from jobcenter.workers.availability import service
from jobcenter.workers.availability.forms import AbsenceForm, ActivityForm
from jobcenter.workers.availability.presenting import absence_rows, activity_rows
from jobcenter.workers.sides import OFFICE, PERSON, UNIT, Side, around

bp = Blueprint("availability", __name__)

SHOW = "availability.show"


@bp.get("/workers/<int:worker_id>/times", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/times", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def show(worker_id: int, side: Side) -> str:
    worker = queries.worker_for(g.actor, worker_id)
    return render_template(
        "workers/times.html",
        **around(g.actor, worker, side, SHOW),
        activity=activity_rows(queries.activity_of([worker.id])[worker.id]),
        absences=absence_rows(queries.unavailability_of([worker.id], clock.now())[worker.id]),
    )


@bp.get("/workers/<int:worker_id>/times/absence", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/times/absence", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def absence(worker_id: int, side: Side) -> str:
    return _absence_page(worker_id, side, AbsenceForm())


@bp.post("/workers/<int:worker_id>/times/absence", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/times/absence", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def add_absence(worker_id: int, side: Side) -> Any:
    form = AbsenceForm()
    if form.attempt(lambda: service.add_absence(g.actor, worker_id, form.to_command())):
        flash(_("Saved. No gigs are offered at that time."))
        return redirect(url_for(".show", worker_id=worker_id, side=side))
    return _absence_page(worker_id, side, form), 422


def _absence_page(worker_id: int, side: Side, form: AbsenceForm) -> str:
    worker = queries.worker_for(g.actor, worker_id)
    page = around(g.actor, worker, side, SHOW) | {"back": url_for(".show", worker_id=worker_id, side=side)}
    return render_template("workers/absence.html", **page, form=form)


@bp.post("/workers/<int:worker_id>/times/absence/<int:absence_id>/remove", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/times/absence/<int:absence_id>/remove", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def remove_absence(worker_id: int, absence_id: int, side: Side) -> Any:
    form = ActionForm()
    if form.attempt(lambda: service.remove_absence(g.actor, worker_id, absence_id)):
        flash(_("Removed."))
    return redirect(url_for(".show", worker_id=worker_id, side=side))


@bp.get("/workers/<int:worker_id>/times/activity", defaults=OFFICE)
@bp.get("/unit/<int:worker_id>/activity", defaults=UNIT)
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def activity(worker_id: int, side: Side) -> str:
    return _activity_page(worker_id, side, ActivityForm())


@bp.post("/workers/<int:worker_id>/times/activity", defaults=OFFICE)
@bp.post("/unit/<int:worker_id>/activity", defaults=UNIT)
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def add_activity(worker_id: int, side: Side) -> Any:
    form = ActivityForm()
    if form.attempt(lambda: service.add_activity(g.actor, worker_id, form.to_command())):
        flash(_("The activity time was added."))
        return redirect(_list_url(worker_id, side))
    return _activity_page(worker_id, side, form), 422


def _activity_page(worker_id: int, side: Side, form: ActivityForm) -> str:
    worker = queries.planned_worker_for(g.actor, worker_id)
    page = around(g.actor, worker, side, SHOW) | {"back": _list_url(worker_id, side)}
    return render_template("workers/activity.html", **page, form=form)


@bp.post("/workers/<int:worker_id>/times/activity/<int:activity_id>/remove", defaults=OFFICE)
@bp.post("/unit/<int:worker_id>/activity/<int:activity_id>/remove", defaults=UNIT)
@allow(Role.COORDINATOR, Role.UNIT_MANAGER)
def remove_activity(worker_id: int, activity_id: int, side: Side) -> Any:
    form = ActionForm()
    if form.attempt(lambda: service.remove_activity(g.actor, worker_id, activity_id)):
        flash(_("Removed."))
    return redirect(_list_url(worker_id, side))


def _list_url(worker_id: int, side: Side) -> str:
    if side is Side.UNIT:
        return url_for("workers.in_unit", worker_id=worker_id)
    return url_for(".show", worker_id=worker_id, side=side)
