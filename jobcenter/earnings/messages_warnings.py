"""What the levels of warning are called, and the mails."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.earnings.domain import WarningLevel
from jobcenter.notifications.domain import Mail, paragraphs

LEVELS = {
    WarningLevel.NEAR: _l("Near the limit"),
    WarningLevel.OVER_AHEAD: _l("Over, if all agreed gigs are done"),
    WarningLevel.AT_LIMIT: _l("At the limit"),
    WarningLevel.OVER: _l("Over the limit"),
    WarningLevel.REVIEW_AHEAD: _l("Review needed, if all agreed gigs are done"),
    WarningLevel.REVIEW_DUE: _l("Review needed"),
}

LEVEL_TAGS = {
    WarningLevel.NEAR: "warn",
    WarningLevel.OVER_AHEAD: "bad",
    WarningLevel.AT_LIMIT: "warn",
    WarningLevel.OVER: "bad",
    WarningLevel.REVIEW_AHEAD: "bad",
    WarningLevel.REVIEW_DUE: "bad",
}


def to_worker(*, given_name: str, sentence: str, step: str, link: str) -> Mail:
    """To the worker: a limit has come near or been passed."""
    return Mail(
        _("About your earnings and limits"),
        paragraphs(
            _("Hello %(name)s,", name=given_name),
            sentence,
            step,
            _("See your limits here:"),
            link,
            _("This is an estimate, not a decision. Check with Kela."),
        ),
    )


def to_supporter(*, worker: str, link: str) -> Mail:
    """To a support person or guardian whom the worker lets see earnings. Benefits are not named in the mail."""
    return Mail(
        _("About the earnings of %(name)s", name=worker),
        paragraphs(
            _("Hello,"),
            _("an earnings limit of %(name)s needs attention. Sign in and look at it together.", name=worker),
            link,
            _("You get this mail because %(name)s has consented to it.", name=worker),
        ),
    )
