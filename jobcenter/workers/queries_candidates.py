"""What the rules on who fits a gig need to know of workers: of one, or of everyone in a Jobcenter at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, Row, String, and_, cast, select

from jobcenter.auth.domain import full_name
from jobcenter.benefits import Person
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.workers.domain import Candidate, ConsentPurpose, Demand, Skill, Span, TaskCategory, Weekly
from jobcenter.workers.models import ActivityTime, HeldBenefit, Unavailability, Worker, WorkUnit
from jobcenter.workers.queries import benefits_of, has_consented, person_of
from jobcenter.workers.same_person import told_elsewhere

EVERY_WEEKDAY = range(7)

_CANDIDATE_COLUMNS = (
    Worker.id,
    Worker.jobcenter_id,
    Worker.given_name,
    Worker.family_name,
    Worker.language,
    Worker.unit_id,
    WorkUnit.name.label("unit_name"),
    cast(Worker.tasks, String).label("tasks"),
    cast(Worker.skills, String).label("skills"),
    cast(Worker.cannot, String).label("cannot"),
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


def candidates(
    jobcenter_id: int, *, since: datetime | None = None, weekdays: Collection[int] = EVERY_WEEKDAY
) -> list[Candidate]:
    """Every active worker of a Jobcenter, in four queries.

    Absences that ended before `since`, and activity on other than these weekdays (Monday is 0), are left out.
    """
    return _candidates(and_(Worker.jobcenter_id == jobcenter_id, Worker.active), since, weekdays)


def candidate(worker_id: int, *, since: datetime | None = None) -> Candidate:
    """One worker, active or not, as the rules see them. Raises NotFound."""
    found = _candidates(Worker.id == worker_id, since, EVERY_WEEKDAY)
    if not found:
        raise NotFound
    return found[0]


def _candidates(condition: ColumnElement[bool], since: datetime | None, weekdays: Collection[int]) -> list[Candidate]:
    elsewhere = told_elsewhere(clock.today()).label("told_elsewhere")
    query = select(*_CANDIDATE_COLUMNS, elsewhere).outerjoin(WorkUnit, WorkUnit.id == Worker.unit_id).where(condition)
    rows = db.session.execute(query.order_by(Worker.id)).all()
    ids = select(Worker.id).where(condition)
    held = benefits_of(HeldBenefit.worker_id.in_(ids))
    activity = _weekly_times(and_(ActivityTime.worker_id.in_(ids), ActivityTime.weekday.in_(weekdays)))
    absences = _absences(Unavailability.worker_id.in_(ids), since)
    return [
        _candidate(
            row,
            person_of(row.born, row.jobseeker, row.benefits_asked_on, held.get(row.id, ()), row.told_elsewhere),
            activity.get(row.id, ()),
            absences.get(row.id, ()),
        )
        for row in rows
    ]


def _candidate(row: Row, person: Person, activity: Iterable[Weekly], unavailable: Iterable[Span]) -> Candidate:
    return Candidate(
        id=row.id,
        jobcenter_id=row.jobcenter_id,
        name=full_name(row.given_name, row.family_name),
        given_name=row.given_name,
        language=row.language,
        unit_id=row.unit_id,
        unit_name=row.unit_name or "",
        tasks=_members(TaskCategory, row.tasks),
        skills=_members(Skill, row.skills),
        cannot=_members(Demand, row.cannot),
        weekly_minutes_wished=row.weekly_minutes_wished,
        weekly_minutes_most=row.weekly_minutes_most,
        needs_support=row.needs_support,
        ready_since=row.ready_since,
        service_ends_on=row.service_ends_on,
        takes_part=row.takes_part,
        person=person,
        activity=tuple(activity),
        unavailable=tuple(unavailable),
    )


@lru_cache(maxsize=4096)
def _members(enum: type[StrEnum], stored: str) -> frozenset[StrEnum]:
    """A stored set of choices. Thousands of workers share a few hundred sets, so each text is read once."""
    return frozenset(map(enum, json.loads(stored)))


def _weekly_times(condition: ColumnElement[bool]) -> dict[int, list[Weekly]]:
    query = select(ActivityTime.worker_id, ActivityTime.weekday, ActivityTime.starts, ActivityTime.ends)
    found: dict[int, list[Weekly]] = defaultdict(list)
    for worker_id, weekday, starts, ends in db.session.execute(query.where(condition).order_by(ActivityTime.id)):
        found[worker_id].append(Weekly(weekday, starts, ends))
    return found


def _absences(condition: ColumnElement[bool], since: datetime | None) -> dict[int, list[Span]]:
    query = select(Unavailability.worker_id, Unavailability.starts_at, Unavailability.ends_at).where(condition)
    if since is not None:
        query = query.where(Unavailability.ends_at > since)
    found: dict[int, list[Span]] = defaultdict(list)
    for worker_id, starts_at, ends_at in db.session.execute(query.order_by(Unavailability.starts_at)):
        found[worker_id].append(Span(starts_at, ends_at))
    return found
