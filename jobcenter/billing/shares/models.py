"""The shares in which an order's hours are paid, one row per agreement, which never changes; the newest holds."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Day, Id, Instant, Line, Short, ref


class OrderSplit(Base):
    """What was agreed of who pays an order: when, with whom, and who noted it. Without shares the orderer pays all."""

    __tablename__ = "order_split"
    __table_args__ = (UniqueConstraint("order_id", "number"),)

    id: Mapped[Id]
    order_id: Mapped[int] = ref("work_order.id", index=False)
    number: Mapped[int]
    agreed_on: Mapped[Day]
    agreed_with: Mapped[Line]
    set_by: Mapped[Short]
    set_at: Mapped[Instant]


class OrderShare(Base):
    """One payer's share, in hundredths of a per cent; of nothing when it pays only the gigs that name it."""

    __tablename__ = "order_share"
    __table_args__ = (
        UniqueConstraint("split_id", "place"),
        CheckConstraint("hundredths between 0 and 10000", name="hundredths"),
    )

    id: Mapped[Id]
    split_id: Mapped[int] = ref("order_split.id", index=False)
    place: Mapped[int]
    organisation_id: Mapped[int] = ref("organisation.id")
    cost_centre: Mapped[Short] = mapped_column(default="")
    reference: Mapped[Line] = mapped_column(default="")
    hundredths: Mapped[int]


class OrderShareGig(Base):
    """A gig whose hours one share pays alone."""

    __tablename__ = "order_share_gig"
    __table_args__ = (UniqueConstraint("split_id", "gig_id"),)

    id: Mapped[Id]
    split_id: Mapped[int] = ref("order_split.id", index=False)
    share_id: Mapped[int] = ref("order_share.id")
    gig_id: Mapped[int] = ref("gig.id")
