"""Checking people's limits: what was told is kept, and whoever may know is warned once per change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from jobcenter.auth.domain import Actor
from jobcenter.benefits import Income, series_of
from jobcenter.core import audit
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import flush
from jobcenter.earnings import post, queries
from jobcenter.earnings.domain import Case, Effect, Key, Telling, key_of
from jobcenter.earnings.domain_warnings import Alarm, alarms_of
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


def check_workers(actor: Actor, worker_ids: Collection[int], now: datetime, *, tell_standing: bool = False) -> Checked:
    """The same for many, in a number of queries that does not grow with the people.

    `tell_standing`: warnings given before are told too, to whoever has come to know since by a consent or a new place
    beside the person; nobody gets the same mail twice.
    """
    workers = queries.lock_workers(worker_ids)
    cases = queries.cases_of([worker.id for worker in workers], now)
    told, warned = queries.current_digests(worker_ids), queries.open_warnings(worker_ids)
    standings = [Standing.of(worker, cases[worker.id]) for worker in workers]
    for standing in standings:
        standing.end_outdated(told[standing.worker.id], warned[standing.worker.id], now)
    flush()
    kept = [row for standing in standings for row in standing.to_keep(told[standing.worker.id], now)]
    if kept:
        db.session.execute(insert(LimitSnapshot), kept)
    fresh = [warning for standing in standings for warning in standing.warn(warned[standing.worker.id], now)]
    flush()
    _log(actor, fresh)
    again = [warned_of for s in standings for warned_of in s.standing(warned[s.worker.id])] if tell_standing else []
    post.send([*fresh, *again])
    return Checked(people=len(workers), kept=len(kept), warned=len(fresh))


@dataclass(frozen=True)
class Standing:
    """One person's limits as they are now, about to be held against what was told and warned of before."""

    worker: Worker
    tellings: Mapping[Key, Telling]
    alarms: Mapping[Key, Alarm]

    @classmethod
    def of(cls, worker: Worker, case: Case) -> Standing:
        tellings = {key_of(telling.assessment): telling for telling in case.tellings()}
        alarms = alarms_of((telling.assessment for telling in tellings.values()), case.as_of)
        return cls(worker, tellings, alarms)

    def end_outdated(
        self, told: Mapping[Key, LimitSnapshot], warned: Mapping[Key, LimitWarning], now: datetime
    ) -> None:
        """End what was told and warned of that no longer holds."""
        for key, snapshot in told.items():
            if key not in self.tellings or snapshot.digest != self.tellings[key].digest:
                snapshot.superseded_at = now
        for key, warning in warned.items():
            if key not in self.alarms or self.alarms[key].level is not warning.level:
                warning.closed_at = now

    def to_keep(self, told: Mapping[Key, LimitSnapshot], now: datetime) -> list[dict[str, Any]]:
        """The rows to store: what is new or differs from what was told last."""
        new = [telling for key, telling in self.tellings.items() if key not in told or told[key].superseded_at]
        return [self._snapshot(telling, now) for telling in new]

    def warn(self, warned: Mapping[Key, LimitWarning], now: datetime) -> list[Warned]:
        """Open a warning for each level that is new. One that was settled rests until its level changes."""
        new = {key: alarm for key, alarm in self.alarms.items() if key not in warned or warned[key].closed_at}
        return [self._warned(key, alarm, now) for key, alarm in new.items()]

    def standing(self, warned: Mapping[Key, LimitWarning]) -> list[Warned]:
        """The warnings given before that still hold and are not settled."""
        return [
            Warned(self.worker, warning, self.alarms[key].assessment) for key, warning in warned.items() if warning.asks
        ]

    def _snapshot(self, telling: Telling, now: datetime) -> dict[str, Any]:
        assessment = telling.assessment
        return {
            "worker_id": self.worker.id,
            "rule": assessment.rule,
            "series": series_of(assessment),
            "period_from": assessment.period_from,
            "period_to": assessment.period_to,
            "state": assessment.state,
            "state_with_agreed": assessment.state_with_agreed,
            "rules_version": assessment.rules_version,
            "payload": telling.payload,
            "digest": telling.digest,
            "left_with_agreed": None if assessment.left is None else assessment.left - (assessment.agreed or 0),
            "hours_with_agreed": assessment.left_hours_with_agreed,
            "made_at": now,
        }

    def _warned(self, key: Key, alarm: Alarm, now: datetime) -> Warned:
        rule, series = key
        warning = LimitWarning(
            worker_id=self.worker.id,
            jobcenter_id=self.worker.jobcenter_id,
            rule=rule,
            series=series,
            period_from=alarm.assessment.period_from,
            period_to=alarm.assessment.period_to,
            level=alarm.level,
            made_at=now,
        )
        db.session.add(warning)
        return Warned(self.worker, warning, alarm.assessment)


def _log(actor: Actor, fresh: Iterable[Warned]) -> None:
    for new in fresh:
        facts = {"rule": new.warning.rule, "series": new.warning.series, "level": new.warning.level.value}
        audit.record(actor, "limits.warn", "worker", new.worker.id, after=facts, jobcenter_id=new.worker.jobcenter_id)
