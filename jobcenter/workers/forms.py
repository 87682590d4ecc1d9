"""What several forms about workers share."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.core import parsing, texts
from jobcenter.core.forms import BaseForm, ParsedField

MINUTES_IN_HOUR = 60


class AskingForm(BaseForm):
    """A page that asks the person; filled in by somebody else it speaks of the person by name."""

    def say_of(self, name: str) -> None:
        """Say the texts of a person."""


class WeeklyHoursField(ParsedField):
    """Hours a week, typed `4` or `2,5`; `data` is whole minutes, from none to `most_hours`."""

    most_hours = 40

    def parse(self, typed: str) -> int:
        minutes = parsing.decimal(typed) * MINUTES_IN_HOUR
        if not 0 <= minutes <= self.most_hours * MINUTES_IN_HOUR or minutes != int(minutes):
            raise ValueError(f"{typed!r} is not a number of hours")
        return int(minutes)

    def show(self, value: int) -> str:
        return f"{(Decimal(value) / MINUTES_IN_HOUR).normalize():f}".replace(".", ",")

    def unreadable(self) -> str:
        return _("Give hours from 0 to %(most)s, for example 4 or 2,5.", most=texts.number(self.most_hours))
