"""Pages of the demo mode: become anybody, and read what would have been mailed. Registered in demo mode only."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request

from jobcenter.auth import queries, session
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import public
from jobcenter.auth.letters import paragraphs
from jobcenter.auth.messages import ROLES
from jobcenter.notifications import queries as outbox

bp = Blueprint("demo", __name__)

MOST_MAILS = 100
FEW = 5


@bp.get("/become")
@public
def become() -> Any:
    """Everybody by role; the first few of each, all of one with `?role=`."""
    chosen = request.args.get("role", "")
    people = queries.people_by_role()
    groups = [_group(role, [p for p in people if p.role is role], chosen) for role in Role if chosen in ("", role)]
    return render_template("auth/become.html", groups=[group for group in groups if group["count"]], chosen=chosen)


@bp.post("/become/<int:user_id>")
@public
def become_user(user_id: int) -> Any:
    """Sign in as this person."""
    session.begin(user_id)
    return redirect("/")


@bp.get("/mailbox")
@public
def mailbox() -> Any:
    """The newest mails, to one address with `?to=`."""
    to = request.args.get("to", "").strip().lower()
    return render_template("auth/mailbox.html", mails=outbox.newest(MOST_MAILS, to or None), to=to)


@bp.get("/mailbox/<int:mail_id>")
@public
def mail(mail_id: int) -> Any:
    """One mail, its links to be followed."""
    found = outbox.mail(mail_id)
    base_url = current_app.config["JOBCENTER"].base_url
    return render_template("auth/mail.html", mail=found, paragraphs=paragraphs(found.body, base_url))


def _group(role: Role, people: list[queries.Person], chosen: str) -> dict[str, Any]:
    return {
        "role": role,
        "label": ROLES[role],
        "people": people if chosen else people[:FEW],
        "count": len(people),
        "has_more": not chosen and len(people) > FEW,
    }
