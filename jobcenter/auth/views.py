"""Sign-in, the own account, languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries, service, session
from jobcenter.auth.domain import LinkExpired, LinkPurpose, LinkUsed, WrongSignIn
from jobcenter.auth.doors import public, signed_in
from jobcenter.auth.forms import AccountForm, LinkForm, PasswordForm, SignInForm
from jobcenter.auth.messages import ROLES
from jobcenter.auth.paths import own_path
from jobcenter.core import clock, texts
from jobcenter.core.errors import describe
from jobcenter.core.forms import ActionForm
from jobcenter.core.uow import unit_of_work

bp = Blueprint("auth", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> Any:
    """Both ways in, side by side."""
    if g.actor.is_signed_in:
        return redirect(_onwards(request.args.get("next")))
    following = own_path(request.args.get("next"))
    return _sign_in_page(SignInForm(next=following), LinkForm(next=following))


@bp.post("/sign-in")
@public
def sign_in_by_password() -> Any:
    """Sign in with address and password."""
    form = SignInForm()
    if form.attempt(lambda: service.sign_in(form.email.data, form.password.data, _client())):
        if form.result is not None:
            session.begin(form.result, remember=form.remember.data)
            return redirect(_onwards(form.next.data))
        form.refuse(WrongSignIn())
    return _sign_in_page(form, LinkForm(formdata=None, address=form.email.data, next=form.next.data)), 422


@bp.post("/sign-in/link")
@public
def ask_link() -> Any:
    """Ask for a sign-in link; the answer is the same whether somebody has the address or not."""
    form = LinkForm()
    if form.attempt(lambda: service.ask_sign_in_link(form.address.data, _client())):
        session.remember_next(own_path(form.next.data))
        return redirect(url_for(".link_asked"))
    return _sign_in_page(SignInForm(formdata=None, next=form.next.data), form), 422


@bp.get("/sign-in/link")
@public
def link_asked() -> Any:
    """What happens after asking for a link."""
    return render_template("auth/link_asked.html")


@bp.get("/enter/<token>")
@public
def enter(token: str) -> Any:
    """Where a sign-in link leads: one button, so that a mail scanner that opens links does not use it up."""
    link = queries.open_link(LinkPurpose.SIGN_IN, token, clock.now())
    name = queries.actor_for(link.user_id).name
    return render_template("auth/enter.html", name=name, token=token)


@bp.post("/enter/<token>")
@public
def enter_by_link(token: str) -> Any:
    """Sign in by a link."""
    with unit_of_work():
        user_id = service.sign_in_by_link(token)
    following = session.take_next()
    session.begin(user_id)
    return redirect(_onwards(following))


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """Sign out on this browser."""
    session.end()
    flash(_("You are signed out."))
    return redirect("/")


@bp.post("/language")
@public
def set_language() -> Any:
    """Show pages in another language from now on."""
    code = request.form.get("language", "")
    if texts.known(code):
        session.set_language(code)
        if g.actor.is_signed_in:
            with unit_of_work():
                service.set_language(g.actor, code)
    return redirect(own_path(request.form.get("next")) or "/")


@bp.get("/account")
@signed_in
def account() -> Any:
    """The own account."""
    return _account_page(AccountForm(obj=queries.account(g.actor)))


@bp.post("/account")
@signed_in
def change_details() -> Any:
    """Change name, telephone, language."""
    form = AccountForm()
    if form.attempt(lambda: service.change_details(g.actor, form.to_command())):
        session.set_language(form.language.data)
        flash(_("Your details are saved."))
        return redirect(url_for(".account"))
    return _account_page(form), 422


@bp.get("/account/password")
@signed_in
def password() -> Any:
    """Set or change the password."""
    return _password_page(_password_form())


@bp.post("/account/password")
@signed_in
def set_password() -> Any:
    """Set or change the password; other browsers are signed out."""
    form = _password_form()
    if form.attempt(lambda: service.set_password(g.actor, form.present_password, form.password.data)):
        session.begin(g.actor.user_id)
        flash(_("The password is saved. Other devices were signed out."))
        return redirect(url_for(".account"))
    return _password_page(form), 422


@bp.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Any:
    """End every session of the user, this one too."""
    if ActionForm().attempt(lambda: service.end_sessions(g.actor)):
        session.end()
        flash(_("You are signed out on every device."))
    return redirect(url_for(".sign_in"))


@bp.app_errorhandler(LinkUsed)
@bp.app_errorhandler(LinkExpired)
def link_over(error: LinkUsed | LinkExpired) -> Any:
    """A used or expired link, of whatever purpose: say so kindly and offer the next step."""
    form = LinkForm(formdata=None)
    return render_template("auth/link_over.html", title=describe(error), form=form, is_in=g.actor.is_signed_in), 410


@bp.app_errorhandler(WrongSignIn)
def closed_account(error: WrongSignIn) -> Any:
    """A sign-in link of an account that was closed meanwhile."""
    form = SignInForm(formdata=None)
    form.refuse(error)
    return _sign_in_page(form, LinkForm(formdata=None)), 422


def _sign_in_page(form: SignInForm, link_form: LinkForm) -> str:
    is_demo = current_app.config["JOBCENTER"].demo
    return render_template("auth/sign_in.html", form=form, link_form=link_form, is_demo=is_demo)


def _account_page(form: AccountForm) -> str:
    user = queries.account(g.actor)
    places = {place.id: place.name for place in queries.jobcenters_of(g.actor)}
    roles = sorted((places[grant.jobcenter_id], str(ROLES[grant.role])) for grant in g.actor.grants)
    return render_template(
        "auth/account.html", form=form, email=user.email, roles=roles, has_password=user.password_hash is not None
    )


def _password_form() -> PasswordForm:
    return PasswordForm(has_password=queries.account(g.actor).password_hash is not None)


def _password_page(form: PasswordForm) -> str:
    return render_template("auth/password.html", form=form, email=queries.account(g.actor).email)


def _onwards(following: str | None) -> str:
    return own_path(following) or "/"


def _client() -> str:
    return request.remote_addr or "unknown"
