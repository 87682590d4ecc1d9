"""The refusals and labels of profiles."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.workers.domain import Show

ERRORS = {
    "profile_changed": _l(
        "Somebody changed these details while you were writing. What you typed is still here. "
        "Look at what is saved now, then save again if yours is right."
    ),
    "most_below_wished": _l("The most hours a week cannot be less than the hours wished."),
    "email_needed": _l("Give an e-mail address first. The invitation is sent to it."),
    "person_inactive": _l("This person is no longer active. Make the person active first."),
    "already_worker_here": _l("Another worker of this Jobcenter signs in with this e-mail address."),
    "service_ended": _l("The service of this person has ended. Change its end first."),
    "already_ready": _l("Readiness has been agreed already."),
    "not_ready_yet": _l("Readiness had not been agreed, so there was nothing to take back."),
    "unit_not_here": _l("Choose a unit of this Jobcenter."),
    "worker_already_made": _l("The worker has been added already."),
    "worker_made_otherwise": _l(
        "%(name)s was added with this form already. Change their details on their own page, "
        "or open a new form to add another person."
    ),
}

SHOWN = {
    Show.ACTIVE: _l("All active"),
    Show.READY: _l("Ready for gigs"),
    Show.NOT_READY: _l("Readiness not agreed yet"),
    Show.LEFT: _l("No longer active"),
}
