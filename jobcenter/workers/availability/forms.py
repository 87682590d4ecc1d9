"""A weekly activity time; a time when somebody cannot take gigs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ClockField, DayField, SelectField, TextField
from jobcenter.workers.availability.domain import Absence
from jobcenter.workers.domain import Weekly
from jobcenter.workers.messages import WEEKDAYS


class ActivityForm(BaseForm):
    """A weekly time in work activity."""

    weekday = SelectField(_l("Weekday"), WEEKDAYS, blank=None)
    starts = ClockField(_l("Begins at"), description=_l("For example 9.00"))
    ends = ClockField(_l("Ends at"))

    def to_command(self) -> Weekly:
        return Weekly(weekday=self.weekday.data, starts=self.starts.data, ends=self.ends.data)


class AbsenceForm(BaseForm):
    """When somebody cannot come. Only the first day must be given."""

    starts_on = DayField(_l("From which day?"))
    ends_on = DayField(_l("Until which day?"), required=False, description=_l("Leave empty if it is one day only."))
    starts = ClockField(_l("From what time?"), required=False, description=_l("Leave empty if it is the whole day."))
    ends = ClockField(_l("Until what time?"), required=False)
    note = TextField(_l("Note"), required=False, max_length=250, description=_l("You need not tell why."))

    def to_command(self) -> Absence:
        return Absence(
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            starts=self.starts.data,
            ends=self.ends.data,
            note=self.note.data or "",
        )
