"""What is typed of hours: the times of a gig, a correction, a dispute."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core import clock
from jobcenter.core.choices import VersionField
from jobcenter.core.fields import ClockField, DayField, LongTextField, WholeNumberField
from jobcenter.core.forms import BaseForm
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.domain import DisputeHours, EditHours, LogHours, Typed
from jobcenter.orders.hours.models import TimeEntry

REASON_LIMIT = 250


class LogHoursForm(BaseForm):
    """When the person worked; filled in with the gig's own times."""

    day = DayField(_l("Day"))
    starts = ClockField(_l("Began"), description=_l("For example 9.00"))
    ends = ClockField(_l("Ended"), description=_l("For example 12.00"))
    break_minutes = WholeNumberField(
        _l("Break without pay, minutes"), least=0, most=240, description=_l("Write 0 if there was no break.")
    )

    @classmethod
    def for_gig(cls, gig: Gig) -> LogHoursForm:
        """The form as it opens for a gig."""
        starts, ends = clock.local(gig.starts_at), clock.local(gig.ends_at)
        return cls(day=starts.date(), starts=starts.time(), ends=ends.time(), break_minutes=gig.break_minutes)

    def typed(self) -> Typed:
        """The times as typed."""
        return Typed(
            day=self.day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            break_minutes=self.break_minutes.data or 0,
        )

    def to_command(self) -> LogHours:
        """The command to log them."""
        return LogHours(typed=self.typed())


class EditHoursForm(LogHoursForm):
    """New times and why they change."""

    reason = LongTextField(
        _l("Why do the times change?"), max_length=REASON_LIMIT, description=_l("The orderer sees this.")
    )
    version = VersionField()

    @classmethod
    def for_entry(cls, entry: TimeEntry) -> EditHoursForm:
        """The form as it opens for an entry; the gig's times where the entry has none."""
        source = entry if entry.starts_at else entry.gig
        starts, ends = clock.local(source.starts_at), clock.local(source.ends_at)
        return cls(
            day=starts.date(),
            starts=starts.time(),
            ends=ends.time(),
            break_minutes=source.break_minutes,
            version=entry.version,
        )

    def to_command(self) -> EditHours:
        """The command to correct them."""
        return EditHours(typed=self.typed(), reason=self.reason.data, version=self.version.data or 0)


class DisputeForm(BaseForm):
    """What is not right in the logged hours."""

    reason = LongTextField(
        _l("What is not right?"),
        max_length=REASON_LIMIT,
        description=_l("The worker, the support person and the coordinator see this."),
    )

    def to_command(self) -> DisputeHours:
        """The command to dispute them."""
        return DisputeHours(reason=self.reason.data)
