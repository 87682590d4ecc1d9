"""What the rules on who fits a gig need to know of workers: of one, or of some at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter

from sqlalchemy import CompoundSelect, Date, Row, Select, bindparam, null, select, type_coerce, union_all

from jobcenter.auth.domain import full_name
from jobcenter.benefits import Person
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.workers.domain import Candidate, ConsentPurpose, Preferences, Span, Weekly
from jobcenter.workers.models import ActivityTime, HeldBenefit, Unavailability, Worker, WorkUnit
from jobcenter.workers.queries import benefits_of, has_consented, person_of
from jobcenter.workers.same_person import told_elsewhere

_WORKERS = bindparam("workers", expanding=True)
EARLIEST = datetime.min.replace(tzinfo=UTC)
_WISHES = tuple(field.name for field in fields(Preferences))

_CANDIDATE_COLUMNS = (
    *(getattr(Worker, name) for name in _WISHES),
    Worker.id,
    Worker.jobcenter_id,
    Worker.given_name,
    Worker.family_name,
    Worker.language,
    Worker.unit_id,
    WorkUnit.name.label("unit_name"),
    Worker.tasks,
    Worker.skills,
    Worker.cannot,
    Worker.weekly_minutes_wished,
    Worker.weekly_minutes_most,
    Worker.needs_support,
    Worker.ready_since,
    Worker.service_ends_on,
    Worker.born,
    Worker.jobseeker,
    Worker.benefits_asked_on,
    has_consented(ConsentPurpose.TAKE_PART).label("takes_part"),
)


def candidates(worker_ids: Collection[int], *, since: datetime | None = None) -> dict[int, Candidate]:
    """These workers by id, active or not, in three queries. Absences that ended before `since` are left out."""
    rows = db.session.execute(_profiles(), {"workers": worker_ids, "today": clock.today()}).all()
    held = benefits_of(HeldBenefit.worker_id.in_(worker_ids))
    activity, absences = _times(worker_ids, since)
    return {
        row.id: _candidate(
            row,
            person_of(row.born, row.jobseeker, row.benefits_asked_on, held.get(row.id, ()), row.told_elsewhere),
            sorted(activity.get(row.id, ()), key=attrgetter("weekday", "starts")),
            sorted(absences.get(row.id, ()), key=attrgetter("starts_at")),
        )
        for row in rows
    }


@cache
def _profiles() -> Select:
    """Put together once: the desk asks for it on every page."""
    elsewhere = told_elsewhere(bindparam("today", type_=Date())).label("told_elsewhere")
    query = select(*_CANDIDATE_COLUMNS, elsewhere).outerjoin(WorkUnit, WorkUnit.id == Worker.unit_id)
    return query.where(Worker.id.in_(_WORKERS))


def candidate(worker_id: int, *, since: datetime | None = None) -> Candidate:
    """One worker. Raises NotFound."""
    found = candidates([worker_id], since=since)
    if not found:
        raise NotFound
    return found[worker_id]


def _candidate(row: Row, person: Person, activity: Iterable[Weekly], unavailable: Iterable[Span]) -> Candidate:
    return Candidate(
        id=row.id,
        jobcenter_id=row.jobcenter_id,
        name=full_name(row.given_name, row.family_name),
        given_name=row.given_name,
        language=row.language,
        unit_id=row.unit_id,
        unit_name=row.unit_name or "",
        tasks=row.tasks,
        skills=row.skills,
        cannot=row.cannot,
        weekly_minutes_wished=row.weekly_minutes_wished,
        weekly_minutes_most=row.weekly_minutes_most,
        needs_support=row.needs_support,
        ready_since=row.ready_since,
        service_ends_on=row.service_ends_on,
        takes_part=row.takes_part,
        person=person,
        activity=tuple(activity),
        unavailable=tuple(unavailable),
        wishes=preferences_of(row),
    )


def preferences_of(row: Row | Worker) -> Preferences:
    """The preferences in a row that has their columns."""
    return Preferences(**{name: getattr(row, name) for name in _WISHES})


Times = tuple[dict[int, list[Weekly]], dict[int, list[Span]]]


def _times(worker_ids: Collection[int], since: datetime | None) -> Times:
    """Weekly times in activity, and absences, by worker id."""
    activity, absences = defaultdict(list), defaultdict(list)
    values = {"workers": worker_ids, "since": since or EARLIEST}
    for worker_id, weekday, starts, ends, starts_at, ends_at in db.session.execute(_all_times(), values):
        if weekday is None:
            absences[worker_id].append(Span(starts_at, ends_at))
        else:
            activity[worker_id].append(Weekly(weekday, starts, ends))
    return activity, absences


@cache
def _all_times() -> CompoundSelect:
    no_instant = type_coerce(null(), Unavailability.starts_at.type)
    weekly = select(ActivityTime.worker_id, ActivityTime.weekday, ActivityTime.starts, ActivityTime.ends)
    weekly = weekly.add_columns(no_instant, no_instant).where(ActivityTime.worker_id.in_(_WORKERS))
    away = select(Unavailability.worker_id, null(), null(), null(), Unavailability.starts_at, Unavailability.ends_at)
    away = away.where(Unavailability.worker_id.in_(_WORKERS), Unavailability.ends_at > bindparam("since"))
    return union_all(weekly, away)
