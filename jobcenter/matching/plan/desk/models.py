"""Plans that were asked for, with what came of computing them, and each place in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Day, Id, Instant, Json, Long, Short, choice, ref
from jobcenter.matching.plan.desk.domain import UNDER_WAY, PlacementStatus, PlanStatus, Scope

_UNDER_WAY = text("status in (" + ", ".join(f"'{status.value}'" for status in sorted(UNDER_WAY)) + ")")


class PlanRun(Base):
    """One plan of a Jobcenter, for the gigs from `first_day` to `last_day`.

    `unknown_limits`: whether people take part whose limits nobody knows. `again_id`: the plan that it was computed
    anew from. While it is computed, `heard_at` moves on, `progress` tells how far it is, and `stop_asked` ends it with
    the best plan so far. `result` has what the rules said of each gig, `beside` everyone whom the plan does not place
    there, by gig. `attempts`: how often it was begun.
    """

    __tablename__ = "plan_run"
    __table_args__ = (
        Index(
            "uq_plan_run_under_way", "jobcenter_id", unique=True, sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY
        ),
        CheckConstraint("last_day >= first_day", name="days"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    form_key: Mapped[str] = mapped_column(unique=True)
    again_id: Mapped[int | None] = ref("plan_run.id")
    scope: Mapped[Scope] = mapped_column(choice(Scope))
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    seconds: Mapped[int]
    seed: Mapped[int]
    unknown_limits: Mapped[bool]
    status: Mapped[PlanStatus] = mapped_column(choice(PlanStatus), index=True)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]
    attempts: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[Instant | None]
    stop_asked: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    beside: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    finished_at: Mapped[Instant | None]
    closed_by: Mapped[Short] = mapped_column(default="")
    closed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Placement(Base):
    """Somebody in one gig of a plan, with the support person who comes along for them.

    `locked`: stays when the plan is computed anew. `by_hand`: put there by a coordinator. `reasons`: what spoke for
    them. `offer_id`: the offer that came of it; `said`: why none could be made, in words.
    """

    __tablename__ = "plan_placement"
    __table_args__ = (UniqueConstraint("plan_run_id", "gig_id", "worker_id"),)

    id: Mapped[Id]
    plan_run_id: Mapped[int] = ref("plan_run.id", index=False)
    gig_id: Mapped[int] = ref("gig.id")
    worker_id: Mapped[int] = ref("worker.id")
    support_id: Mapped[int | None] = ref("app_user.id")
    locked: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    status: Mapped[PlacementStatus] = mapped_column(choice(PlacementStatus))
    offer_id: Mapped[int | None] = ref("offer.id")
    said: Mapped[Long] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
