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

# Things and facts of the log in words; the log itself keeps codes, which the page shows of what is not named here.
LOG_THINGS = {
    "gig": _l("gig"),
    "invoice": _l("invoice"),
    "jobcenter": _l("Jobcenter"),
    "law_value": _l("value of law"),
    "offer": _l("offer"),
    "order": _l("order"),
    "organisation": _l("organisation"),
    "pay_run": _l("pay run"),
    "rate": _l("rate"),
    "terms": _l("order terms"),
    "time_entry": _l("hours"),
    "user": _l("user"),
    "work_unit": _l("work activity unit"),
    "worker": _l("worker"),
}
READ_FACTS = {
    "benefits": _l("benefits"),
    "benefits_asked_on": _l("the day of asking about benefits"),
    "earnings": _l("earnings"),
    "jobseeker": _l("work-seeking"),
    "limits": _l("limits"),
}
