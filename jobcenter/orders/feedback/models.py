"""The orderer's feedback to one worker of one gig."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.core.db import Base, EnumSet, Id, Instant, Long, Short, choice, ref
from jobcenter.orders.feedback.domain import HowItWent, Praise
from jobcenter.orders.gigs.models import Gig
from jobcenter.workers.models import Worker


class Feedback(Base):
    """How it went with one person on one gig, what went well, and free words."""

    __tablename__ = "feedback"

    id: Mapped[Id]
    offer_id: Mapped[int] = ref("offer.id", unique=True)
    gig_id: Mapped[int] = ref("gig.id")
    worker_id: Mapped[int] = ref("worker.id")
    how_it_went: Mapped[HowItWent] = mapped_column(choice(HowItWent))
    went_well: Mapped[frozenset[Praise]] = mapped_column(EnumSet(Praise), default=frozenset)
    text: Mapped[Long] = mapped_column(default="")
    given_by: Mapped[Short]
    given_at: Mapped[Instant]

    gig: Mapped[Gig] = relationship(lazy="raise_on_sql")
    worker: Mapped[Worker] = relationship(lazy="raise_on_sql")
