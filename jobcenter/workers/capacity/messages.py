"""The refusals about support persons' times and capacity."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "support_outside_hours": _l("%(name)s does not work then: %(when)s is outside their working times."),
    "support_too_far": _l(
        "%(name)s is booked to another place around that time: %(place)s, %(when)s. The way takes %(minutes)s minutes."
    ),
    "support_too_many": _l(
        "%(name)s would support %(people)s people at once; at most %(most)s is agreed. Book somebody else along too."
    ),
    "support_time_ends_first": _l("The time must end after it begins."),
    "support_times_meet": _l("Two times of one day share an hour. Make them one."),
    "support_time_half": _l("Give both the beginning and the end, or leave both empty."),
}
