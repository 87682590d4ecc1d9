"""The refusals of units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "unit_name_taken": _l("This Jobcenter has a unit of the same name already."),
    "manager_not_here": _l("Choose somebody who manages units in this Jobcenter."),
}
