"""What the law says of rest and of young people's working time, by day. The figures are dated data in `data/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from jobcenter.benefits import Law
from jobcenter.benefits.loader import read_law
from jobcenter.core.clock import local
from jobcenter.orders.gigs.domain import Span

DATA = Path(__file__).parent / "data"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class WorkingTime:
    """The figures of one day. `earliest` and `latest` are hours of the clock; `young_*` hold for those not yet `adult`
    years old, and nobody works before they are `youngest`.
    """

    daily_rest: timedelta
    young_daily_rest: timedelta
    youngest: int
    adult: int
    earliest: int
    latest: int
    young_day: timedelta
    young_week: timedelta

    def allows_young(self, span: Span) -> bool:
        """Whether somebody young may work then: between the two hours of one day."""
        starts, ends = local(span.starts_at), local(span.ends_at)
        midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        after = ends.replace(tzinfo=None) - midnight
        return starts.hour >= self.earliest and after <= self.latest * HOUR


@cache
def figures() -> Law:
    """The figures with their sources. Read once."""
    return read_law(DATA)


@cache
def on(day: date) -> WorkingTime:
    """The figures that hold on a day. Raises LimitMissing."""
    return WorkingTime(
        daily_rest=_figure("daily_rest", day) * HOUR,
        young_daily_rest=_figure("young_daily_rest", day) * HOUR,
        youngest=_figure("youngest", day),
        adult=_figure("adult", day),
        earliest=_figure("young_earliest", day),
        latest=_figure("young_latest", day),
        young_day=_figure("young_day", day) * HOUR,
        young_week=_figure("young_week", day) * HOUR,
    )


def _figure(name: str, day: date) -> int:
    return int(figures().value_on(f"working_time.{name}", day).value)


def age_on(born: date, day: date) -> int:
    """Full years. Born on 29 February, one becomes older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def rests_enough(one: Span, other: Span, rest: timedelta) -> bool:
    """Whether there is rest enough between two gigs, in either order.

    The Act asks for the rest within 24 hours of the beginning of a working day. So gigs that begin on the same day are
    one day's work, and need no night between them; between the work of two days the whole rest is needed. A gig over
    midnight is work of the day on which it begins. Gigs that overlap are not judged here.
    """
    first, second = (one, other) if one.starts_at <= other.starts_at else (other, one)
    if first.first_day == second.first_day or first.overlaps(second):
        return True
    return second.starts_at - first.ends_at >= rest
