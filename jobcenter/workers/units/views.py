"""The list of units and the form of one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.workers.models import WorkUnit
from jobcenter.workers.units import queries, service
from jobcenter.workers.units.forms import UnitForm

bp = Blueprint("units", __name__)


@bp.get("/units")
@allow(Role.COORDINATOR, Role.ADMIN)
def index() -> str:
    back = url_for("workers.index" if g.actor.has(Role.COORDINATOR) else "home.index")
    return render_template("workers/units.html", rows=queries.unit_rows(g.actor), back=back)


@bp.get("/units/new")
@allow(Role.COORDINATOR, Role.ADMIN)
def new() -> str:
    return _page(_new_form(), None)


@bp.post("/units/new")
@allow(Role.COORDINATOR, Role.ADMIN)
def add() -> Any:
    form = _new_form()
    if form.attempt(lambda: service.add(g.actor, form.jobcenter_id.data, form.to_command())):
        flash(_("The unit was added."))
        return redirect(url_for(".index"))
    return _page(form, None), 422


@bp.get("/units/<int:unit_id>")
@allow(Role.COORDINATOR, Role.ADMIN)
def edit(unit_id: int) -> str:
    unit = queries.unit_for(g.actor, unit_id)
    return _page(_edit_form(unit, name=unit.name, address=unit.address, manager_id=unit.manager_id), unit)


@bp.post("/units/<int:unit_id>")
@allow(Role.COORDINATOR, Role.ADMIN)
def save(unit_id: int) -> Any:
    unit = queries.unit_for(g.actor, unit_id)
    form = _edit_form(unit)
    if form.attempt(lambda: service.change(g.actor, unit_id, form.to_command())):
        flash(_("The unit was saved."))
        return redirect(url_for(".index"))
    return _page(form, queries.unit_for(g.actor, unit_id)), 422


def _new_form() -> UnitForm:
    form = UnitForm()
    jobcenters = auth.jobcenters_of(g.actor, *queries.KEEPERS)
    form.jobcenter_id.offer([(jobcenter.id, jobcenter.name) for jobcenter in jobcenters])
    _offer_managers(form, [jobcenter.id for jobcenter in jobcenters])
    return form


def _edit_form(unit: WorkUnit, **stored: object) -> UnitForm:
    form = UnitForm(**stored)
    del form.jobcenter_id
    _offer_managers(form, [unit.jobcenter_id])
    return form


def _offer_managers(form: UnitForm, jobcenter_ids: list[int]) -> None:
    form.manager_id.offer([(user.id, user.name) for user in auth.users_of(jobcenter_ids, Role.UNIT_MANAGER)])


def _page(form: UnitForm, unit: WorkUnit | None) -> str:
    action = url_for(".save", unit_id=unit.id) if unit else url_for(".add")
    return render_template("workers/unit_form.html", form=form, action=action, name=unit.name if unit else "")
