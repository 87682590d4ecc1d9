"""What was told of people's limits on a day that is past, exactly as it was stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from jobcenter.core import clock
from jobcenter.core.bulk import among
from jobcenter.core.db import db
from jobcenter.earnings.domain_telling import Telling, Wording
from jobcenter.earnings.models import LawWording, LimitSaid, LimitSnapshot


def told_on(worker_id: int, day: date) -> list[LimitSnapshot]:
    """What stood at any time of a day, in order of rule, period and time."""
    begins, ends = clock.start_of(day), clock.end_of(day)
    query = select(LimitSnapshot).where(LimitSnapshot.worker_id == worker_id, LimitSnapshot.made_at < ends)
    query = query.where(or_(LimitSnapshot.superseded_at.is_(None), LimitSnapshot.superseded_at > begins))
    order = (LimitSnapshot.rule, LimitSnapshot.period_from, LimitSnapshot.made_at)
    return list(db.session.scalars(query.order_by(*order)))


def first_day_told(worker_id: int) -> date | None:
    """The day from which something is stored of a worker; None if nothing is."""
    # What holds and what does not are indexed apart.
    any_time = or_(LimitSnapshot.superseded_at.is_(None), LimitSnapshot.superseded_at.is_not(None))
    query = select(func.min(LimitSnapshot.made_at)).where(LimitSnapshot.worker_id == worker_id, any_time)
    first = db.session.scalar(query)
    return clock.day_of(first) if first else None


def wordings_of(versions: Iterable[str]) -> dict[str, Wording]:
    """The kept texts of versions of the law, by version; none of versions told by before they were kept apart."""
    rows = db.session.scalars(select(LawWording).where(LawWording.rules_version.in_(set(versions))))
    return {
        row.rules_version: Wording(
            rules_version=row.rules_version,
            sources=row.sources,
            statutes={id: (statute, what) for id, (statute, what) in row.statutes.items()},
        )
        for row in rows
    }


def said_by(digests: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What tellings say, by their digests."""
    query = select(LimitSaid.digest, LimitSaid.payload).where(among(LimitSaid.digest, set(digests)))
    return {digest: payload for digest, payload in db.session.execute(query)}


def not_said(digests: Collection[str]) -> set[str]:
    """Those of these digests whose content nobody was told yet."""
    query = select(LimitSaid.digest).where(among(LimitSaid.digest, digests))
    return set(digests).difference(db.session.scalars(query))


def tellings_of(snapshots: Iterable[LimitSnapshot]) -> list[Telling]:
    """What stored rows tell, in their order, with the texts of then; in two queries."""
    rows = list(snapshots)
    wordings = wordings_of(row.rules_version for row in rows)
    said = said_by(row.digest for row in rows if row.payload is None)
    return [Telling.from_json(row.payload or said[row.digest], wordings.get(row.rules_version)) for row in rows]
