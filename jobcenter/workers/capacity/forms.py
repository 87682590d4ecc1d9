"""A support person's working times: one beginning and one end for each day of the week."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.errors import DomainError
from jobcenter.core.forms import BaseForm, ClockField, WholeNumberField
from jobcenter.workers.capacity.domain import LONGEST_TRAVEL, MOST_AT_ONCE, Capacity, WorkingTime
from jobcenter.workers.messages import WEEKDAYS


class _Basics(BaseForm):
    at_once = WholeNumberField(_l("How many people at once?"), least=1, most=MOST_AT_ONCE)
    travel_minutes = WholeNumberField(_l("Minutes for the way from one place to another"), least=0, most=LONGEST_TRAVEL)


def _with_days(form: type[_Basics]) -> type[_Basics]:
    for weekday in WEEKDAYS:
        setattr(form, f"starts_{weekday}", ClockField(_l("Begins at"), required=False))
        setattr(form, f"ends_{weekday}", ClockField(_l("Ends at"), required=False))
    return form


@_with_days
class CapacityForm(_Basics):
    """Working times, people at once, travel."""

    @classmethod
    def for_capacity(cls, capacity: Capacity) -> CapacityForm:
        """The form with what is known; of a day with several times, the first beginning and the last end."""
        data = {"at_once": capacity.at_once, "travel_minutes": capacity.travel_minutes}
        for one in reversed(capacity.times):
            data[f"starts_{one.weekday}"] = one.starts
            data.setdefault(f"ends_{one.weekday}", one.ends)
        return cls(data=data)

    def days(self) -> list[tuple[str, ClockField, ClockField]]:
        """Each weekday's name with its two fields."""
        return [(name, self[f"starts_{weekday}"], self[f"ends_{weekday}"]) for weekday, name in WEEKDAYS.items()]

    def to_command(self) -> Capacity:
        """Raises DomainError for a day with only one of its two times."""
        times = []
        for weekday in WEEKDAYS:
            starts, ends = self[f"starts_{weekday}"].data, self[f"ends_{weekday}"].data
            if (starts is None) != (ends is None):
                raise DomainError("support_time_half", f"starts_{weekday}" if starts is None else f"ends_{weekday}")
            if starts is not None:
                times.append(WorkingTime(weekday, starts, ends))
        return Capacity(self.at_once.data, self.travel_minutes.data, tuple(times))
