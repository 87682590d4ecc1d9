"""What support time is called, and its refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.matching.caseload.domain import SupportTimeKind

ERRORS = {
    "support_time_ahead": _l("Support time is logged afterwards. Give today or an earlier day."),
    "support_time_none": _l("Give how many minutes it took."),
    "support_time_too_much": _l("A day does not have that many minutes. Look at what is logged for it already."),
    "support_time_not_yours": _l("Choose a person whom you support."),
}

KINDS = {
    SupportTimeKind.BEFORE: _l("Preparing for a gig"),
    SupportTimeKind.ALONG: _l("Along on a gig"),
    SupportTimeKind.AFTER: _l("Talking after a gig"),
    SupportTimeKind.TRAVEL: _l("On the way"),
    SupportTimeKind.CONTACT: _l("Keeping in touch"),
    SupportTimeKind.OTHER: _l("Other support"),
}
