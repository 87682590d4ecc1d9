"""What the levels of warning are called, and the mails."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.earnings.domain_warnings import Outcome, Stage, WarningLevel
from jobcenter.notifications.domain import Mail, paragraphs

LEVELS = {
    WarningLevel.NEAR: _l("Near the limit"),
    WarningLevel.OVER_AHEAD: _l("Over, when all gigs are counted"),
    WarningLevel.AT_LIMIT: _l("At the limit"),
    WarningLevel.OVER: _l("Over the limit"),
    WarningLevel.REVIEW_AHEAD: _l("Review needed, when all gigs are counted"),
    WarningLevel.REVIEW_DUE: _l("Review needed"),
    WarningLevel.REDUCED: _l("The benefit becomes smaller"),
}

SEIZED = _l("Enforcement takes a part")

LEVEL_TAGS = {
    WarningLevel.NEAR: "warn",
    WarningLevel.OVER_AHEAD: "bad",
    WarningLevel.AT_LIMIT: "warn",
    WarningLevel.OVER: "bad",
    WarningLevel.REVIEW_AHEAD: "bad",
    WarningLevel.REVIEW_DUE: "bad",
    WarningLevel.REDUCED: "warn",
}

OUTCOMES = {
    Outcome.TALKED: _l("Talked about it with the person"),
    Outcome.GIGS_MOVED: _l("Agreed gigs were moved or given up"),
    Outcome.OFFICE_TOLD: _l("Kela or the pension company was told"),
    Outcome.REVIEW_APPLIED: _l("A review was applied for"),
    Outcome.PENSION_DORMANT: _l("The pension was left dormant"),
    Outcome.INSURED: _l("The pension insurance (YEL) was taken"),
    Outcome.NOTHING_NEEDED: _l("Nothing needed to be done"),
}

STAGES = {
    Stage.NEW: _l("Nobody has noted yet"),
    Stage.NOTED: _l("Noted, not closed"),
    Stage.SETTLED: _l("Closed: what was done is told"),
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


def to_coordinator(*, given_name: str, waiting: int, link: str) -> Mail:
    """To a coordinator, once a day: new warnings wait in the queue. Nobody is named in the mail."""
    return Mail(
        _("New warnings about limits"),
        paragraphs(
            _("Hello %(name)s,", name=given_name),
            ngettext(
                "%(num)s warning about an earnings limit waits in the queue.",
                "%(num)s warnings about earnings limits wait in the queue.",
                waiting,
            ),
            link,
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
