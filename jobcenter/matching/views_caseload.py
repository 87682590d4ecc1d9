"""The caseload, support time, and support persons' working times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.matching.blueprint import bp
from jobcenter.matching.board.queries import choices_for
from jobcenter.matching.caseload import presenting, queries, service
from jobcenter.matching.caseload.forms import SupportTimeForm, WhoseForm
from jobcenter.matching.caseload.messages import KINDS
from jobcenter.workers.capacity import queries as capacities
from jobcenter.workers.capacity import service as capacity_service
from jobcenter.workers.capacity.forms import CapacityForm
from jobcenter.workers.queries import workers_supported_by

PAGE = 50
FOUR_WEEKS = timedelta(days=27)


@bp.get("/caseload")
@allow(Role.COORDINATOR, Role.SUPPORT)
def caseload() -> str:
    """Who I have to look after: hours, days since the last gig and to the first, answers awaited, support time."""
    now, piece = clock.now(), part(request.args, size=PAGE)
    coordinates = g.actor.has(Role.COORDINATOR)
    form, loads = WhoseForm(request.args), queries.support_loads(g.actor, now) if coordinates else []
    form.support.offer([(load.user_id, load.name) for load in loads])
    form.unit.offer(choices_for(g.actor).units if coordinates else ())
    whose = form.whose()
    figures = queries.totals(g.actor, whose, now)
    found = queries.cases(g.actor, whose, now, limit=piece.limit, offset=piece.offset)
    filters = {key: value for key, value in request.args.items() if key in ("support", "unit", "mine")}
    return render_template(
        "matching/caseload.html",
        form=form,
        coordinates=coordinates,
        totals=presenting.total_facts(figures),
        people=[presenting.case_row(case, clock.day_of(now)) for case in found],
        loads=loads,
        pages=piece.pages(figures.people, ".caseload", **filters),
    )


@bp.get("/support-time")
@allow(Role.SUPPORT)
def support_time() -> str:
    """My support time: log it, see what is logged."""
    return _time_page(SupportTimeForm(data={"day": clock.today()}))


@bp.post("/support-time")
@allow(Role.SUPPORT)
def log_support_time() -> Any:
    """Log support time."""
    form = _with_people(SupportTimeForm())
    if form.attempt(lambda: service.log_time(g.actor, form.to_command())):
        flash(_("Support time is logged."), "good")
        return redirect(url_for(".support_time"))
    return _time_page(form), 422


@bp.post("/support-time/<int:time_id>/remove")
@allow(Role.SUPPORT)
def remove_support_time(time_id: int) -> Any:
    """Take a mistake away."""
    form = ActionForm()
    if form.attempt(lambda: service.remove_time(g.actor, time_id)):
        flash(_("The row is removed."), "good")
    return redirect(url_for(".support_time"))


def _time_page(form: SupportTimeForm) -> str:
    piece = part(request.args, size=PAGE)
    rows, minutes = queries.logged_total(g.actor.user_id, clock.today() - FOUR_WEEKS)
    return render_template(
        "matching/support_time.html",
        form=_with_people(form),
        kinds=KINDS,
        minutes=minutes,
        user_id=g.actor.user_id,
        logged=queries.logged_by(g.actor.user_id, limit=piece.limit, offset=piece.offset),
        pages=piece.pages(rows, ".support_time"),
    )


def _with_people(form: SupportTimeForm) -> SupportTimeForm:
    form.worker_id.offer([(worker.id, worker.name) for worker in workers_supported_by(g.actor)])
    return form


@bp.get("/support/<int:user_id>/times")
@allow(Role.SUPPORT, Role.COORDINATOR)
def support_times(user_id: int) -> str:
    """When a support person works, with how many people at once."""
    capacities.support_person_for(g.actor, user_id)
    return _capacity_page(user_id, CapacityForm.for_capacity(capacities.capacities_of([user_id])[user_id]))


@bp.post("/support/<int:user_id>/times")
@allow(Role.SUPPORT, Role.COORDINATOR)
def save_support_times(user_id: int) -> Any:
    """Save them."""
    capacities.support_person_for(g.actor, user_id)
    form = CapacityForm()
    if form.attempt(lambda: capacity_service.set_capacity(g.actor, user_id, form.to_command())):
        flash(_("The working times are saved."), "good")
        return redirect(url_for(".support_times", user_id=user_id))
    return _capacity_page(user_id, form), 422


def _capacity_page(user_id: int, form: CapacityForm) -> str:
    user = capacities.support_person_for(g.actor, user_id)
    return render_template("matching/support_times.html", form=form, name=user.name, own=user.id == g.actor.user_id)
