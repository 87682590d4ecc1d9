"""Answers that a person has kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Id, Instant, Json, Short, choice, ref
from jobcenter.earnings.whatif.domain import Question


class WhatIf(Base):
    """An answer as it was computed: the payload shows it again exactly. `name` may be empty."""

    __tablename__ = "what_if"

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    name: Mapped[Short] = mapped_column(default="")
    question: Mapped[Question] = mapped_column(choice(Question))
    rules_version: Mapped[Short]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    form_key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[Instant]
    made_by: Mapped[Short]
