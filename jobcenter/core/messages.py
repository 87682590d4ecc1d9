"""Texts of the refusals that the core itself makes, and of the languages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "not_found": _l("The page or thing was not found."),
    "changed_meanwhile": _l("Somebody changed this at the same time. Look at the newest version and try again."),
    "ask_already": _l("This has been decided already. Nothing changed."),
    "ask_not_possible": _l("This has been decided otherwise meanwhile. Look at its newest state."),
    "ask_own": _l("You asked for this yourself, so somebody else decides: another coordinator, or an administrator."),
    "ask_of_another": _l("Somebody else asked for this. Only they can take it back."),
}
