"""The weights of a Jobcenter."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.matching.weights.domain import Weights, with_defaults
from jobcenter.matching.weights.models import SoftWeight


def weights_of(jobcenter_id: int) -> Weights:
    """How much each soft rule counts in a Jobcenter."""
    return with_defaults({row.rule: row.weight for row in stored_weights(jobcenter_id)})


def stored_weights(jobcenter_id: int) -> Iterable[SoftWeight]:
    """The weights that somebody has set in a Jobcenter."""
    return db.session.scalars(select(SoftWeight).where(SoftWeight.jobcenter_id == jobcenter_id)).all()
