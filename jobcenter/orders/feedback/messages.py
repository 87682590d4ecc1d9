"""Texts of feedback: refusals, the scale, the praise, the mail to the worker."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.feedback.domain import HowItWent, Praise

ERRORS = {"feedback_given": _l("Feedback for this person is given already. Thank you.")}

HOW_IT_WENT = {
    HowItWent.WELL: _l("Well"),
    HowItWent.ALL_RIGHT: _l("All right"),
    HowItWent.NOT_WELL: _l("Not so well"),
}

HOW_IT_WENT_TAGS = {HowItWent.WELL: "good", HowItWent.ALL_RIGHT: "info", HowItWent.NOT_WELL: "warn"}

PRAISE = {
    Praise.ON_TIME: _l("Came on time"),
    Praise.CAREFUL: _l("Worked carefully"),
    Praise.FRIENDLY: _l("Was friendly"),
    Praise.OWN_INITIATIVE: _l("Saw what needed doing"),
    Praise.WORKED_TOGETHER: _l("Worked well with others"),
    Praise.WELCOME_BACK: _l("Welcome back any time"),
}


def feedback_came(*, gig: str, organisation: str, words: str, link: str) -> Mail:
    """To the worker: the orderer has given feedback."""
    return Mail(
        _("You got feedback: %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("%(organisation)s gave you feedback:", organisation=organisation),
            words,
            link,
        ),
    )
