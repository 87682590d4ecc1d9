"""Texts of the refusals that the core itself makes, and of the languages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "not_found": _l("The page or thing was not found."),
    "changed_meanwhile": _l("Somebody changed this at the same time. Look at the newest version and try again."),
}
