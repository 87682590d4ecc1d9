"""Setting how much the soft rules count."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash
from jobcenter.matching.weights import queries
from jobcenter.matching.weights.domain import LEAST, MOST, Weights, with_defaults
from jobcenter.matching.weights.models import SoftWeight
from jobcenter.matching.weights.policy import can_set_weights

register_clash("uq_soft_weight_jobcenter_id_rule", ChangedMeanwhile)


def set_weights(actor: Actor, jobcenter_id: int, wanted: Weights) -> None:
    """Set how much each named rule counts, 0 (not at all) to 10. Only what differs is stored and logged."""
    if not can_set_weights(actor, jobcenter_id):
        raise NotFound
    if any(not LEAST <= weight <= MOST for weight in wanted.values()):
        raise DomainError("weight_out_of_range")
    stored = {row.rule: row for row in queries.stored_weights(jobcenter_id)}
    now = with_defaults({rule: row.weight for rule, row in stored.items()})
    changed = {rule: weight for rule, weight in wanted.items() if now[rule] != weight}
    if not changed:
        return
    for rule, weight in changed.items():
        row = stored.get(rule) or SoftWeight(jobcenter_id=jobcenter_id, rule=rule)
        row.weight, row.set_by, row.set_at = weight, actor.name, clock.now()
        db.session.add(row)
    flush()
    before = {rule.value: now[rule] for rule in changed}
    after = {rule.value: weight for rule, weight in changed.items()}
    audit.record(actor, "set_soft_weights", "jobcenter", jobcenter_id, before, after, jobcenter_id=jobcenter_id)
