"""The administrator's pages of users: list, a new one, roles, closing, signing out everywhere."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.admin import presenting, queries
from jobcenter.admin.blueprint import bp
from jobcenter.admin.forms import NewUserForm, RoleForm, UserSearchForm
from jobcenter.admin.queries import UserSearch
from jobcenter.auth import queries as auth
from jobcenter.auth import service
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part

PAGE = 30


@bp.get("/users")
@allow(Role.ADMIN)
def users() -> str:
    """Users with a role at the administrator's Jobcenters."""
    form = UserSearchForm(request.args)
    own = g.actor.jobcenters(Role.ADMIN)
    search = UserSearch(own, form.wanted.data or "", form.role.data) if form.validate() else UserSearch(own)
    here = part(request.args, PAGE)
    found = queries.users(search, limit=here.limit, offset=here.offset)
    held = queries.roles_of([user.id for user in found], own)
    kept = {"wanted": search.wanted or None, "role": search.role.value if search.role else None}
    return render_template(
        "admin/users.html",
        form=form,
        users=[presenting.user_row(user, held.get(user.id, [])) for user in found],
        pages=here.pages(queries.user_count(search), ".users", **kept),
    )


@bp.get("/users/new")
@allow(Role.ADMIN)
def new_user() -> str:
    """A new user with a first role."""
    return render_template("admin/new_user.html", form=_with_jobcenters(NewUserForm()))


@bp.post("/users/new")
@allow(Role.ADMIN)
def create_user() -> Any:
    """Make the account, or give an existing one the role; its owner signs in by a link."""
    form = _with_jobcenters(NewUserForm())
    if form.attempt(lambda: _create(form)):
        flash(_("The user can sign in with a link to the e-mail address."))
        return redirect(url_for(".user", user_id=form.result))
    return render_template("admin/new_user.html", form=form), 422


def _create(form: NewUserForm) -> int:
    made = service.ensure_user(g.actor, form.to_user())
    service.ensure_role(g.actor, made.id, form.jobcenter.data, form.role.data)
    return made.id


@bp.get("/users/<int:user_id>")
@allow(Role.ADMIN)
def user(user_id: int) -> str:
    """A user's roles, and what can be done to the account."""
    return _user_page(user_id, _with_jobcenters(RoleForm()))


@bp.post("/users/<int:user_id>/roles")
@allow(Role.ADMIN)
def grant_role(user_id: int) -> Any:
    """Give a role."""
    _found(user_id)
    form = _with_jobcenters(RoleForm())
    if form.attempt(lambda: service.grant_role(g.actor, user_id, form.jobcenter.data, form.role.data)):
        flash(_("The role is given."))
        return redirect(url_for(".user", user_id=user_id))
    return _user_page(user_id, form), 422


@bp.post("/users/<int:user_id>/roles/<int:jobcenter_id>/<role_name>/revoke")
@allow(Role.ADMIN)
def revoke_role(user_id: int, jobcenter_id: int, role_name: str) -> Any:
    """Take a role away."""
    role = next((role for role in Role if role.value == role_name), None)
    if role is None:
        raise NotFound()
    return _do(
        user_id, lambda: service.revoke_role(g.actor, user_id, jobcenter_id, role), _("The role was taken away.")
    )


@bp.post("/users/<int:user_id>/close")
@allow(Role.ADMIN)
def close_user(user_id: int) -> Any:
    """Close the account; its sessions end."""
    return _do(user_id, lambda: service.deactivate(g.actor, user_id), _("The account is closed."))


@bp.post("/users/<int:user_id>/open")
@allow(Role.ADMIN)
def open_user(user_id: int) -> Any:
    """Open a closed account."""
    return _do(user_id, lambda: service.reactivate(g.actor, user_id), _("The account is open again."))


@bp.post("/users/<int:user_id>/sign-out")
@allow(Role.ADMIN)
def sign_out_user(user_id: int) -> Any:
    """End all sessions of the user."""
    return _do(user_id, lambda: service.end_sessions_of(g.actor, user_id), _("The user is signed out everywhere."))


def _do(user_id: int, action: Any, done: str) -> Any:
    """Do what a button says, and go back to the user; to the list when nothing of the user is ours to see any more."""
    form = ActionForm()
    if form.attempt(action):
        flash(done)
    for refusal in form.form_errors:
        flash(refusal, "bad")
    own = g.actor.jobcenters(Role.ADMIN)
    stays = bool(queries.roles_of([user_id], own).get(user_id))
    return redirect(url_for(".user", user_id=user_id) if stays else url_for(".users"))


def _with_jobcenters(form: RoleForm) -> Any:
    form.jobcenter.offer([(one.id, one.name) for one in auth.jobcenters_of(g.actor, Role.ADMIN)])
    return form


def _found(user_id: int) -> Any:
    """The user, for an administrator of a Jobcenter where they have a role. Raises NotFound."""
    own = g.actor.jobcenters(Role.ADMIN)
    if not queries.roles_of([user_id], own).get(user_id):
        raise NotFound()
    return auth.user_for(g.actor, user_id)


def _user_page(user_id: int, form: RoleForm) -> str:
    found = _found(user_id)
    held = queries.roles_of([user_id], g.actor.jobcenters(Role.ADMIN))[user_id]
    return render_template(
        "admin/user.html", form=form, user=presenting.user_row(found, held), held=presenting.held_rows(held)
    )
