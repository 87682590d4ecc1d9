"""The browser session: who is signed in, read once a request into `g.actor`, and the language."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask import Flask, g, has_request_context
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from jobcenter.auth import queries
from jobcenter.auth.domain import Actor, visitor
from jobcenter.auth.doors import public
from jobcenter.core import texts, web
from jobcenter.core.errors import NotFound

LANGUAGE = "language"
NEXT = "next"


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """What Flask-Login keeps of a user: the actor, and the epoch that the session belongs to."""

    actor: Actor
    epoch: int

    def get_id(self) -> str:
        return f"{self.actor.user_id}.{self.epoch}"


def init_app(app: Flask) -> None:
    """Load the actor before every request, and let texts ask for the reader's language."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_load_actor)
    texts.select_by(_reader_language)
    app.add_url_rule("/healthz", "healthz", public(healthz))


def healthz() -> tuple[str, int, dict[str, str]]:
    """Whether the application and its database answer; for the proxy and the supervisor."""
    alive = web.is_alive()
    return ("ok\n" if alive else "no database\n"), (200 if alive else 503), {"Content-Type": "text/plain"}


def begin(user_id: int, *, remember: bool = False) -> None:
    """Sign a user in on this browser, in a session of its own; the language chosen before stays."""
    actor, epoch = queries.actor_and_epoch(user_id)
    flask.session.clear()
    flask.session.permanent = remember
    flask.session[LANGUAGE] = actor.language
    login_user(SignedIn(actor, epoch))
    g.actor = actor


def end() -> None:
    """Sign out on this browser; the language stays."""
    language = texts.language()
    logout_user()
    flask.session.clear()
    flask.session[LANGUAGE] = language
    g.actor = visitor(language)


def set_language(code: str) -> None:
    """Show pages in this language from now on, on this browser."""
    if texts.known(code):
        flask.session[LANGUAGE] = code


def remember_next(path: str) -> None:
    """Keep the page to go on to until the sign-in link is used on this browser."""
    flask.session[NEXT] = path


def take_next() -> str:
    """The page kept by `remember_next`, once."""
    return flask.session.pop(NEXT, "")


def _load(session_id: str) -> SignedIn | None:
    """The user of a session, unless the account is closed or its sessions were ended since."""
    user_id, _dot, epoch = session_id.partition(".")
    if not (user_id.isdigit() and epoch.isdigit()):
        return None
    try:
        actor, present_epoch = queries.actor_and_epoch(int(user_id))
    except NotFound:
        return None
    return SignedIn(actor, present_epoch) if present_epoch == int(epoch) else None


def _load_actor() -> None:
    g.actor = visitor(texts.language())
    if "_user_id" in flask.session and current_user.is_authenticated:
        g.actor = current_user.actor


def _reader_language() -> str | None:
    if not has_request_context():
        return None
    return texts.known(flask.session.get(LANGUAGE)) or flask.request.accept_languages.best_match(["fi", "sv", "en"])
