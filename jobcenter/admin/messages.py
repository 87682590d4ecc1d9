"""What the administrator's screens call things."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import ValueStatus
from jobcenter.core.audit import Kind

ERRORS = {
    "iban_wrong": _l("This is not an account number: check the digits of the IBAN."),
    "jobcenter_business_id_wrong": _l("This is not a Y-tunnus: check the digits."),
}

LOG_KINDS = {Kind.CHANGE: _l("Changes"), Kind.READ: _l("Reads of benefit facts")}

VALUE_STATUSES = {
    ValueStatus.CONFIRMED: _l("Confirmed"),
    ValueStatus.SINGLE_SOURCE: _l("One source"),
    ValueStatus.DERIVED: _l("Calculated"),
    ValueStatus.EXPECTED: _l("Expected"),
}
VALUE_TAGS = {
    ValueStatus.CONFIRMED: "good",
    ValueStatus.SINGLE_SOURCE: "info",
    ValueStatus.DERIVED: "warn",
    ValueStatus.EXPECTED: "bad",
}
