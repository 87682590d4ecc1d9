"""The refusals of activity times and absences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "activity_end_before_start": _l("The end must be later than the start."),
    "activity_already": _l("This time is on the list already."),
    "activity_overlaps": _l("There is another activity time on the same day at the same time."),
    "absence_end_before_start": _l("The end must be later than the start."),
    "absence_over": _l("This time has passed already. Give a time that is still ahead."),
    "absence_too_long": _l("Give at most two years at a time."),
    "absence_already": _l("This time is on the list already."),
    "absence_time_skipped": _l("This time does not exist: the clocks are put forward that night. Give another time."),
}
