"""Looking after a warning: the worker has seen it, a coordinator notes it, and settles it by saying what was done."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.earnings import queries_warnings
from jobcenter.earnings.domain_warnings import Settled
from jobcenter.earnings.models import LimitWarning
from jobcenter.workers.queries import own_worker_for


def see(actor: Actor, worker_id: int) -> int:
    """The worker has seen the warnings that stand; how many. Raises AlreadyDone, NotFound."""
    worker = own_worker_for(actor, worker_id)
    unseen = queries_warnings.unseen_of([worker.id], lock=True)[worker.id]
    if not unseen:
        raise AlreadyDone("warning_seen")
    for warning in unseen:
        warning.seen_at = clock.now()
        audit.record(actor, "limits.see", "worker", worker.id, after=_named(warning), jobcenter_id=warning.jobcenter_id)
    return len(unseen)


def note(actor: Actor, warning_id: int) -> LimitWarning:
    """A coordinator has seen the warning and looks after it. Raises AlreadyDone, NotFound, NotPossible."""
    warning, worker = queries_warnings.warning_for(actor, warning_id, lock=True)
    if warning.noted_at is not None or warning.settled_at is not None:
        raise AlreadyDone("warning_noted")
    _check_holds(warning)
    warning.noted_at, warning.noted_by = clock.now(), actor.name
    audit.record(actor, "limits.note", "worker", worker.id, after=_named(warning), jobcenter_id=warning.jobcenter_id)
    return warning


def settle(actor: Actor, warning_id: int, told: Settled) -> LimitWarning:
    """Close the warning with what was done about it. It comes again only when its level changes.

    Raises AlreadyDone, NotFound, NotPossible.
    """
    warning, worker = queries_warnings.warning_for(actor, warning_id, lock=True)
    if warning.settled_at is not None:
        raise AlreadyDone("warning_settled")
    _check_holds(warning)
    warning.settled_at, warning.settled_by = clock.now(), actor.name
    warning.outcome, warning.remark = told.outcome, told.remark
    after = _named(warning) | {"outcome": told.outcome.value, "remark": told.remark}
    audit.record(actor, "limits.settle", "worker", worker.id, after=after, jobcenter_id=warning.jobcenter_id)
    return warning


def _check_holds(warning: LimitWarning) -> None:
    if warning.closed_at is not None:
        raise NotPossible("warning_over")


def _named(warning: LimitWarning) -> dict[str, str]:
    return {"rule": warning.rule, "series": warning.series, "level": warning.level.value}
