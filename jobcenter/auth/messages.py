"""Texts of the doors: refusals, roles, mails."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import JobcenterKind, Role

ERRORS = {
    "password_short": _l("Use at least %(least)s characters."),
    "password_common": _l("This is among the first passwords that guessers try. Take a few words that only you put together."),
    "password_personal": _l("Leave your own name and e-mail address out of the password."),
    "password_wrong": _l("The present password is not right."),
    "too_many_tries": _l("Too many tries. Wait %(minutes)s min and try again."),
    "wrong_sign_in": _l("The e-mail address and the password do not match. You can also ask for a sign-in link."),
    "link_used": _l("This link has been used already."),
    "link_expired": _l("The time of this link is over."),
    "email_taken": _l("Somebody already signs in with this e-mail address."),
    "role_granted": _l("The user has this role already."),
    "role_missing": _l("The user does not have this role."),
    "last_admin": _l("A Jobcenter needs at least one administrator."),
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
