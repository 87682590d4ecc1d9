"""Checking people's limits: what was told is kept, and whoever may know is warned once per change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, update

from jobcenter.auth.domain import Actor
from jobcenter.benefits import Assessment, Law
from jobcenter.benefits.judging import SHARED
from jobcenter.core import audit
from jobcenter.core.bulk import Shared, among, insert_json_unless_there, insert_many, insert_unless_there
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import flush
from jobcenter.earnings import post, queries, queries_told
from jobcenter.earnings.domain import Case
from jobcenter.earnings.domain_telling import Key, Telling, wording_of
from jobcenter.earnings.domain_unchanged import fingerprint
from jobcenter.earnings.domain_warnings import Alarm, alarms_of
from jobcenter.earnings.models import LawWording, LimitCheck, LimitSaid, LimitSnapshot, LimitWarning
from jobcenter.earnings.post import Warned
from jobcenter.earnings.queries import Told
from jobcenter.workers.models import Worker

SNAPSHOT = (
    *("worker_id", "rule", "series", "period_from", "period_to", "state", "state_with_agreed", "rules_version"),
    *("digest", "left_with_agreed", "hours_with_agreed", "made_at"),
)
CHECK = ("worker_id", "fingerprint", "made_at")


@dataclass(frozen=True)
class Checked:
    """What a check did: people looked at, assessments kept, warnings made."""

    people: int
    kept: int
    warned: int


# Checking


def check_worker(actor: Actor, worker_id: int, now: datetime) -> Checked:
    """Assess one person anew, keep what changed, and warn. Raises NotFound."""
    checked = check_workers(actor, [worker_id], now)
    if not checked.people:
        raise NotFound
    return checked


def check_workers(
    actor: Actor, worker_ids: Collection[int], now: datetime, *, tell_standing: bool = False, only_changed: bool = False
) -> Checked:
    """The same for many, in a number of queries that does not grow with the people.

    `tell_standing`: warnings given before are told too, to whoever has come to know since by a consent or a new place
    beside the person; nobody gets the same mail twice. `only_changed`: whoever was checked by the same facts before is
    passed over.
    """
    people = queries.lock_workers(worker_ids)
    cases = queries.cases_of(people, now)
    before = queries.fingerprints_of(people)
    marks = {worker_id: fingerprint(case) for worker_id, case in cases.items()}
    changed = {worker_id for worker_id, mark in marks.items() if mark != before.get(worker_id)}
    standings = [Standing.of(id, case) for id, case in cases.items() if id in changed or not only_changed]
    warned = queries.open_warnings([standing.worker_id for standing in standings])
    kept = _tell(standings, now)
    fresh = _warn(standings, warned, now)
    _log(actor, fresh)
    post.send([*fresh, *_again(standings, warned)] if tell_standing else fresh)
    _remember({worker_id: marks[worker_id] for worker_id in changed}, now)
    return Checked(people=len(people), kept=kept, warned=len(fresh))


def _tell(standings: Sequence[Standing], now: datetime) -> int:
    """Keep what is new, and end what no longer holds; how much is new."""
    told = queries.current_digests([standing.worker_id for standing in standings])
    ended = [row.id for standing in standings for row in standing.outdated(told[standing.worker_id])]
    if ended:
        db.session.execute(update(LimitSnapshot).where(among(LimitSnapshot.id, ended)).values(superseded_at=now))
    new = [(standing.worker_id, *pair) for standing in standings for pair in standing.to_keep(told[standing.worker_id])]
    if new:
        _keep_wording(standings[0].law, now)
        _keep_said({telling.digest: telling.stored for _, _, telling in new})
        rows = [Shared((worker_id,), _columns(key, telling, now)) for worker_id, key, telling in new]
        insert_many(LimitSnapshot, SNAPSHOT, rows)
    return len(new)


def _keep_wording(law: Law, now: datetime) -> None:
    """Keep the texts of the law by which is told, unless they are."""
    if queries_told.wordings_of([law.version]):
        return
    texts = wording_of(law)
    row = {"rules_version": law.version, "sources": dict(texts.sources), "statutes": dict(texts.statutes)}
    insert_unless_there(LawWording, [row | {"kept_at": now}])


def _keep_said(said: Mapping[str, str]) -> None:
    """Keep what is said, by its digest, of which nobody was told before; in order, so that no two checks wait for each
    other.
    """
    new = sorted(queries_told.not_said(said))
    insert_json_unless_there(LimitSaid, "digest", "payload", {digest: said[digest] for digest in new})


@lru_cache(maxsize=SHARED)
def _columns(key: Key, telling: Telling, now: datetime) -> tuple[Any, ...]:
    """The columns that are the same for all of whom it is told, by `SNAPSHOT`."""
    found = telling.assessment
    return (
        *key,
        *(found.period_from, found.period_to, str(found.state), str(found.state_with_agreed), found.rules_version),
        *(telling.digest, found.left_with_agreed, found.left_hours_with_agreed, now),
    )


def _warn(
    standings: Iterable[Standing], warned: Mapping[int, Mapping[Key, LimitWarning]], now: datetime
) -> list[Warned]:
    """Close the warnings that no longer hold, and open one for each level that is new."""
    new: list[tuple[int, Key, Alarm]] = []
    for standing in standings:
        standing.close_outdated(warned[standing.worker_id], now)
        new += ((standing.worker_id, *pair) for pair in standing.to_warn(warned[standing.worker_id]))
    flush()
    workers = queries.workers_of({worker_id for worker_id, _, _ in new})
    fresh = [_warned(workers[worker_id], key, alarm, now) for worker_id, key, alarm in new]
    db.session.add_all(told.warning for told in fresh)
    flush()
    return fresh


def _again(standings: Iterable[Standing], warned: Mapping[int, Mapping[Key, LimitWarning]]) -> list[Warned]:
    """The warnings given before that ask for something still."""
    asking = [pair for standing in standings for pair in standing.standing(warned[standing.worker_id])]
    workers = queries.workers_of({warning.worker_id for warning, _ in asking})
    return [Warned(workers[warning.worker_id], warning, assessment) for warning, assessment in asking]


def _remember(marks: Mapping[int, str], now: datetime) -> None:
    """Keep by what people were checked."""
    if marks:
        db.session.execute(delete(LimitCheck).where(among(LimitCheck.worker_id, marks)))
        insert_many(LimitCheck, CHECK, [Shared((worker_id, mark), (now,)) for worker_id, mark in marks.items()])


@dataclass(frozen=True)
class Standing:
    """One person's limits as they are now, about to be held against what was told and warned of before."""

    worker_id: int
    law: Law
    tellings: Mapping[Key, Telling]
    alarms: Mapping[Key, Alarm]

    @classmethod
    def of(cls, worker_id: int, case: Case) -> Standing:
        tellings = {telling.key: telling for telling in case.tellings()}
        alarms = alarms_of((telling.assessment for telling in tellings.values()), case.as_of)
        return cls(worker_id, case.law, tellings, alarms)

    def outdated(self, told: Mapping[Key, Told]) -> Iterator[Told]:
        """What was told that no longer holds."""
        return (row for key, row in told.items() if not self._says(key, row))

    def to_keep(self, told: Mapping[Key, Told]) -> Iterator[tuple[Key, Telling]]:
        """What is new or differs from what was told last."""
        return (
            (key, telling)
            for key, telling in self.tellings.items()
            if key not in told or not self._says(key, told[key])
        )

    def close_outdated(self, warned: Mapping[Key, LimitWarning], now: datetime) -> None:
        """Close the warnings that no longer hold."""
        for key, warning in warned.items():
            if key not in self.alarms or self.alarms[key].level is not warning.level:
                warning.closed_at = now

    def to_warn(self, warned: Mapping[Key, LimitWarning]) -> Iterator[tuple[Key, Alarm]]:
        """Each level that is new. A warning that was settled rests until its level changes."""
        return ((key, alarm) for key, alarm in self.alarms.items() if key not in warned or warned[key].closed_at)

    def standing(self, warned: Mapping[Key, LimitWarning]) -> Iterator[tuple[LimitWarning, Assessment]]:
        """The warnings given before that still hold and are not settled, and what they rest on now."""
        return ((warning, self.alarms[key].assessment) for key, warning in warned.items() if warning.asks)

    def _says(self, key: Key, row: Told) -> bool:
        return key in self.tellings and self.tellings[key].digest == row.digest


def _warned(worker: Worker, key: Key, alarm: Alarm, now: datetime) -> Warned:
    rule, series = key
    warning = LimitWarning(
        worker_id=worker.id,
        jobcenter_id=worker.jobcenter_id,
        rule=rule,
        series=series,
        period_from=alarm.assessment.period_from,
        period_to=alarm.assessment.period_to,
        level=alarm.level,
        made_at=now,
    )
    return Warned(worker, warning, alarm.assessment)


def _log(actor: Actor, fresh: Iterable[Warned]) -> None:
    for new in fresh:
        facts = {"rule": new.warning.rule, "series": new.warning.series, "level": new.warning.level.value}
        audit.record(actor, "limits.warn", "worker", new.worker.id, after=facts, jobcenter_id=new.worker.jobcenter_id)
