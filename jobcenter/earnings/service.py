"""Checking people's limits: what was told is kept, and whoever may know is warned once per change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.benefits import Assessment, Income, series_of
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import flush
from jobcenter.earnings import post, queries
from jobcenter.earnings.domain import Effect, Key, key_of, level_of
from jobcenter.earnings.models import LimitSnapshot, LimitWarning
from jobcenter.earnings.post import Warned
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class Checked:
    """What a check did: people looked at, assessments kept, warnings made."""

    people: int
    kept: int
    warned: int


# Looking


def effect_of(worker_id: int, extra: Income, now: datetime, *, but_offer: int | None = None) -> Effect:
    """What an earning would do to a person's limits; `but_offer`: the offer it comes from. Raises NotFound."""
    return queries.case_of(worker_id, now).effect_of(extra, but_offer=but_offer)


# Checking


def check_worker(actor: Actor, worker_id: int, now: datetime) -> Checked:
    """Assess one person anew, keep what changed, and warn. Raises NotFound."""
    checked = check_workers(actor, [worker_id], now)
    if not checked.people:
        raise NotFound
    return checked


def check_workers(actor: Actor, worker_ids: Collection[int], now: datetime) -> Checked:
    """The same for many, in a number of queries that does not grow with the people."""
    workers = queries.lock_workers(worker_ids)
    cases = queries.cases_of([worker.id for worker in workers], now)
    standings = [(worker, cases[worker.id].assessments()) for worker in workers]
    told, warned = queries.current_snapshots(worker_ids), queries.open_warnings(worker_ids)
    for worker, assessments in standings:
        _end_outdated(assessments, told[worker.id], warned[worker.id], now)
    flush()
    kept, fresh = 0, []
    for worker, assessments in standings:
        kept += _keep(worker, assessments, told[worker.id], now)
        fresh += _warn(worker, assessments, warned[worker.id], now)
    flush()
    _tell(actor, fresh)
    return Checked(people=len(workers), kept=kept, warned=len(fresh))


def note_warning(actor: Actor, warning_id: int) -> LimitWarning:
    """Note that a coordinator has seen a warning and looks after it. Raises AlreadyDone, NotFound."""
    warning = queries.warning_for(actor, warning_id, lock=True)
    if warning.noted_at is not None or warning.closed_at is not None:
        raise AlreadyDone("warning_noted")
    warning.noted_at, warning.noted_by = clock.now(), actor.name
    audit.record(actor, "limits.note", "worker", warning.worker_id, jobcenter_id=warning.jobcenter_id)
    return warning


def _end_outdated(
    assessments: Iterable[Assessment],
    told: Mapping[Key, LimitSnapshot],
    warned: Mapping[Key, LimitWarning],
    now: datetime,
) -> None:
    """End what was told and warned of that no longer holds."""
    current = {key_of(assessment): assessment for assessment in assessments}
    for key, snapshot in told.items():
        if key not in current or snapshot.payload != current[key].to_json():
            snapshot.superseded_at = now
    for key, warning in warned.items():
        if key not in current or level_of(current[key]) is not warning.level:
            warning.closed_at = now


def _keep(worker: Worker, assessments: Iterable[Assessment], told: Mapping[Key, LimitSnapshot], now: datetime) -> int:
    """Store the assessments that are new or differ from what was told last; how many they are."""
    new = [a for a in assessments if key_of(a) not in told or told[key_of(a)].superseded_at]
    db.session.add_all(
        LimitSnapshot(
            **_place(worker, assessment),
            state=assessment.state,
            state_with_agreed=assessment.state_with_agreed,
            rules_version=assessment.rules_version,
            payload=assessment.to_json(),
            made_at=now,
        )
        for assessment in new
    )
    return len(new)


def _warn(
    worker: Worker, assessments: Iterable[Assessment], warned: Mapping[Key, LimitWarning], now: datetime
) -> list[Warned]:
    """Open a warning for each level that is new."""
    new = [a for a in assessments if key_of(a) not in warned or warned[key_of(a)].closed_at]
    levels = [(assessment, level) for assessment in new if (level := level_of(assessment))]
    fresh = []
    for assessment, level in levels:
        warning = LimitWarning(**_place(worker, assessment), jobcenter_id=worker.jobcenter_id, level=level, made_at=now)
        db.session.add(warning)
        fresh.append(Warned(worker, warning, assessment))
    return fresh


def _place(worker: Worker, assessment: Assessment) -> dict[str, Any]:
    """Whose, of which rule and over which time."""
    return {
        "worker_id": worker.id,
        "rule": assessment.rule,
        "series": series_of(assessment),
        "period_from": assessment.period_from,
        "period_to": assessment.period_to,
    }


def _tell(actor: Actor, fresh: Sequence[Warned]) -> None:
    """Put new warnings on the log and their mails in the outbox."""
    for new in fresh:
        facts = {"rule": new.warning.rule, "series": new.warning.series, "level": new.warning.level.value}
        audit.record(actor, "limits.warn", "worker", new.worker.id, after=facts, jobcenter_id=new.worker.jobcenter_id)
    post.send(fresh)
