"""Orderers: the coordinator's list, an orderer's page, its details and members."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow, signed_in
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.orders.organisations import presenting, queries, service
from jobcenter.orders.organisations.forms import MemberForm, ProfileForm, SearchForm
from jobcenter.orders.organisations.policy import can_coordinate

bp = Blueprint("organisations", __name__, url_prefix="/organisations")

PAGE = 25


@bp.get("")
@allow(Role.COORDINATOR)
def index() -> str:
    """The Jobcenter's orderers, by name."""
    form = SearchForm(request.args)
    wanted = (form.wanted.data or "") if form.validate() else ""
    here = part(request.args, PAGE)
    found = queries.coordinated_organisations(g.actor, wanted, limit=here.limit, offset=here.offset)
    total = queries.coordinated_organisation_count(g.actor, wanted)
    return render_template(
        "organisations/index.html",
        form=form,
        organisations=[presenting.row(organisation) for organisation in found],
        pages=here.pages(total, ".index", wanted=wanted or None),
    )


@bp.get("/<int:organisation_id>")
@signed_in
def show(organisation_id: int) -> str:
    """One orderer: details, invoicing, who may order."""
    return _show_page(organisation_id, MemberForm())


@bp.post("/<int:organisation_id>/members")
@allow(Role.COORDINATOR)
def add_member(organisation_id: int) -> Any:
    """Let somebody order for the organisation."""
    form = MemberForm()
    if form.attempt(lambda: service.invite_member(g.actor, organisation_id, form.to_command())):
        flash(_("The person may order for this organisation now."))
        return redirect(url_for(".show", organisation_id=organisation_id))
    return _show_page(organisation_id, form), 422


@bp.post("/<int:organisation_id>/members/<int:user_id>/remove")
@allow(Role.COORDINATOR)
def remove_member(organisation_id: int, user_id: int) -> Any:
    """Somebody no longer orders for the organisation."""
    form = ActionForm()
    if form.attempt(lambda: service.remove_member(g.actor, organisation_id, user_id)):
        flash(_("The person no longer orders for this organisation."))
    return redirect(url_for(".show", organisation_id=organisation_id))


@bp.get("/<int:organisation_id>/edit")
@signed_in
def edit(organisation_id: int) -> str:
    """The orderer's details to be changed."""
    organisation = queries.organisation_for(g.actor, organisation_id)
    return _edit_page(organisation_id, ProfileForm(obj=organisation))


@bp.post("/<int:organisation_id>/edit")
@signed_in
def save(organisation_id: int) -> Any:
    """Change the orderer's details."""
    form = ProfileForm()
    if form.attempt(lambda: service.change_profile(g.actor, organisation_id, form.to_command())):
        flash(_("The details are saved."))
        return redirect(url_for(".show", organisation_id=organisation_id))
    return _edit_page(organisation_id, form), 422


def _show_page(organisation_id: int, form: MemberForm) -> str:
    organisation = queries.organisation_for(g.actor, organisation_id)
    return render_template(
        "organisations/show.html",
        organisation=presenting.row(organisation),
        facts=presenting.profile_facts(organisation),
        members=queries.members_of(organisation.id),
        namesakes=presenting.namesakes(organisation, queries.same_business_id(organisation)),
        form=form,
        is_coordinator=can_coordinate(g.actor, organisation.jobcenter_id),
    )


def _edit_page(organisation_id: int, form: ProfileForm) -> str:
    organisation = queries.organisation_for(g.actor, organisation_id)
    return render_template(
        "organisations/edit.html",
        form=form,
        organisation=presenting.row(organisation),
        action=url_for(".save", organisation_id=organisation_id),
        back=url_for(".show", organisation_id=organisation_id),
    )
