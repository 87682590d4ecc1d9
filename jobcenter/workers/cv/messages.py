"""The refusals of the CV."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "cv_line_already": _l("This line is in your CV already."),
    "cv_full": _l("A CV holds at most %(most)s own lines. Remove one first."),
}
