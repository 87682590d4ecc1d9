"""The outbox."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Id, Instant, Line


class OutgoingMail(Base):
    """One mail to one address. `next_try_at` is empty once it is sent or given up; then the body is emptied."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_next_try_at", "next_try_at"),)

    id: Mapped[Id]
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    to: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[Line]
    body: Mapped[str] = mapped_column(Text)
    jobcenter_id: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    next_try_at: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(Integer)
    error: Mapped[Line]
