"""The refusals of weights."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {"weight_out_of_range": _l("Give a whole number from 0 to 10.")}
