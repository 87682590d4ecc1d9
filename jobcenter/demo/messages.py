"""What is said of the demo."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {"demo_not_empty": _l("The database is not empty. The demo is loaded into an empty one only.")}
