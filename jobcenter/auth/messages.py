"""Texts of the doors: refusals, roles, mails."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import JobcenterKind, Role
from jobcenter.notifications.domain import Mail

ERRORS = {
    "password_short": _l("Use at least %(least)s characters."),
    "password_common": _l("Guessers try passwords like this first. Take a few words that only you put together."),
    "password_personal": _l("Leave your own name and e-mail address out of the password."),
    "password_wrong": _l("The present password is not right."),
    "too_many_tries": _l("Too many tries. Wait %(minutes)s min and try again."),
    "wrong_sign_in": _l("The e-mail address and the password do not match. You can also ask for a sign-in link."),
    "link_used": _l("This link has been used already"),
    "link_expired": _l("The time of this link is over"),
    "email_taken": _l("Somebody already signs in with this e-mail address."),
    "role_granted": _l("The user has this role already."),
    "role_missing": _l("The user does not have this role."),
    "last_admin": _l("A Jobcenter needs at least one administrator."),
    "user_active": _l("The account is open already."),
    "user_inactive": _l("The account is closed already."),
}
ROLES = {
    Role.ORDERER: _l("Orderer"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.WORKER: _l("Worker"),
    Role.SUPPORT: _l("Support person"),
    Role.GUARDIAN: _l("Guardian"),
    Role.UNIT_MANAGER: _l("Unit manager"),
    Role.ADMIN: _l("Administrator"),
}
KINDS = {
    JobcenterKind.DISABILITY: _l("Work activity for people with disabilities"),
    JobcenterKind.REHABILITATIVE: _l("Rehabilitative work activity"),
}


def sign_in_mail(given_name: str, url: str, minutes: int) -> Mail:
    """The mail with a sign-in link."""
    lines = (
        _("Hello %(name)s,", name=given_name),
        _("press this link and then the button on the page that opens. You are then signed in to Jobcenter."),
        url,
        _("The link works once, within %(minutes)s minutes.", minutes=minutes),
        _("If you did not ask for the link, you need not do anything. Nobody gets in without it."),
        _("Jobcenter"),
    )
    return Mail(subject=_("Your sign-in link to Jobcenter"), body="\n\n".join(lines) + "\n")
