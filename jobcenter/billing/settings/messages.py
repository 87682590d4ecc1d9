"""Texts of the billing settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "billing_rule_missing": _l("There is no verified figure in force on %(day)s. An administrator must add it first."),
    "pay_days_unreadable": _l("Give days of the month between 1 and 31, for example: 15, 31."),
}
