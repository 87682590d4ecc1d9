"""The refusals of support links."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "supports_already": _l("This person is linked to the worker already."),
    "support_ended_already": _l("The link has ended already."),
    "supports_oneself": _l("Nobody can be their own support person or guardian."),
    "end_before_start_day": _l("The last day cannot be before the first day."),
}
