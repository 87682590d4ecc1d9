"""Offer rounds and the people in them."""

from __future__ import annotations

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.core.db import Base, Id, Instant, Line, Long, Short, choice, ref
from jobcenter.matching.rounds.domain import LineStatus, Manner, Reserve, RoundStatus, StandIn
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.workers.models import Worker

LIVE = text("status != 'closed'")


class OfferRound(Base):
    """Several people asked to one gig. A gig has one round that is not closed.

    `closes_at`: until when everyone answers, when all are asked at once. `lots` seeds the draw, so that it can be
    looked at afterwards.
    """

    __tablename__ = "offer_round"
    __table_args__ = (Index("uq_offer_round_live", "gig_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),)

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    gig_id: Mapped[int] = ref("gig.id")
    manner: Mapped[Manner] = mapped_column(choice(Manner))
    status: Mapped[RoundStatus] = mapped_column(choice(RoundStatus), index=True)
    reserve: Mapped[Reserve] = mapped_column(choice(Reserve))
    stand_in: Mapped[StandIn] = mapped_column(choice(StandIn))
    closes_at: Mapped[Instant | None]
    lots: Mapped[int]
    started_by: Mapped[Short]
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    form_key: Mapped[str] = mapped_column(String(36), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    people: Mapped[list[RoundPerson]] = relationship(
        lazy="raise_on_sql", order_by="RoundPerson.position", back_populates="round"
    )
    gig: Mapped[Gig] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class RoundPerson(Base):
    """One person of a round, in their place of the line.

    `set_aside`: the coordinator's reason for setting a rule aside; `why_skipped`: codes of what refused them, between
    blanks. `pitch` and `knows` belong to the person's yes.
    """

    __tablename__ = "round_person"
    __table_args__ = (UniqueConstraint("round_id", "worker_id"),)

    id: Mapped[Id]
    round_id: Mapped[int] = ref("offer_round.id")
    worker_id: Mapped[int] = ref("worker.id")
    position: Mapped[int]
    status: Mapped[LineStatus] = mapped_column(choice(LineStatus))
    set_aside: Mapped[Line] = mapped_column(default="")
    asked_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[Short] = mapped_column(default="")
    on_behalf: Mapped[bool] = mapped_column(default=False)
    pitch: Mapped[Long] = mapped_column(default="")
    knows: Mapped[bool] = mapped_column(default=False)
    offer_id: Mapped[int | None] = ref("offer.id", unique=True)
    why_skipped: Mapped[Line] = mapped_column(default="")

    round: Mapped[OfferRound] = relationship(lazy="raise_on_sql", back_populates="people")
    worker: Mapped[Worker] = relationship(lazy="raise_on_sql")
    offer: Mapped[Offer | None] = relationship(lazy="raise_on_sql")
