"""The row that each run of a job leaves: a slot of the timetable is run once, whoever runs it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core import clock
from jobcenter.core.db import Base, Id, Instant, Line, db
from jobcenter.core.jobs import JobReport

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_REMARK_MOST = 250


class JobRun(Base):
    """One run of a job for one slot of the timetable."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[Id]
    job: Mapped[str] = mapped_column(String(60))
    slot: Mapped[Instant]
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    done: Mapped[int] = mapped_column(Integer)
    failed: Mapped[int] = mapped_column(Integer)
    remark: Mapped[Line]


def claim_run(job: str, slot: datetime) -> bool:
    """Claim a slot of a job for this process; False if it was run or is running."""
    values = {"job": job, "slot": slot, "started_at": clock.now(), "done": 0, "failed": 0, "remark": ""}
    statement = _INSERTS[db.session.get_bind().dialect.name](JobRun).values(**values)
    claim = statement.on_conflict_do_nothing(index_elements=["job", "slot"]).returning(JobRun.id)
    return db.session.scalar(claim) is not None


def note_run(job: str, slot: datetime, report: JobReport) -> None:
    """Keep how a claimed run went."""
    result = {"done": report.done, "failed": report.failed, "remark": report.remark[:_REMARK_MOST]}
    run = update(JobRun).where(JobRun.job == job, JobRun.slot == slot)
    db.session.execute(run.values(ended_at=clock.now(), **result))


def release_run(job: str, slot: datetime) -> None:
    """Give a claimed slot back after a fault, so that it may be run again."""
    db.session.execute(delete(JobRun).where(JobRun.job == job, JobRun.slot == slot))


def last_runs() -> list[JobRun]:
    """The newest run of each job, by name of the job."""
    newest = select(func.max(JobRun.id)).group_by(JobRun.job)
    return list(db.session.scalars(select(JobRun).where(JobRun.id.in_(newest)).order_by(JobRun.job)))
