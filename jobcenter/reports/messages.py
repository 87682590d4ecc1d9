"""The refusals and column names of reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "period_backwards": _l("The last day cannot be before the first day."),
}

SUPPORT_COLUMNS = {
    "persons": _l("Support persons"),
    "people": _l("People helped by them"),
    "hours": _l("Hours of support"),
}

COLUMNS = {
    "people": _l("People"),
    "hours": _l("Hours"),
    "gigs": _l("Gigs"),
    "orders": _l("Orders"),
    "orderers": _l("Orderers"),
}
