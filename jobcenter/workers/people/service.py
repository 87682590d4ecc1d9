"""What a person says of themselves, alone or with a support person."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.workers import queries
from jobcenter.workers.domain import Wishes, check_weekly_minutes
from jobcenter.workers.service import store


def change_wishes(actor: Actor, worker_id: int, wishes: Wishes) -> None:
    """Change what the person wishes; said by a support person, both names stay on the log. Raises NotFound."""
    worker = queries.own_or_supported_worker_for(actor, worker_id, lock=True)
    check_weekly_minutes(
        wished=wishes.get("weekly_minutes_wished", worker.weekly_minutes_wished),
        most=wishes.get("weekly_minutes_most", worker.weekly_minutes_most),
    )
    store(actor, worker, "change_wishes", dict(wishes))
