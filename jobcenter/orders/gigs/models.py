"""Gigs, slots, offers, contracts and support booked along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.benefits import ContractForm
from jobcenter.core.db import Base, Euros, ExternalRef, Id, Instant, Json, Line, Long, Short, choice, ref
from jobcenter.orders.gigs.domain import HOLDING, LIVE, GigStatus, OfferStatus
from jobcenter.orders.gigs.domain_forms import ProposalStatus
from jobcenter.orders.intake.models import Order, TermsVersion
from jobcenter.workers.models import Worker


def _one_of(statuses: frozenset[OfferStatus]) -> Any:
    return text("status in (" + ", ".join(f"'{status.value}'" for status in sorted(statuses)) + ")")


class Gig(Base):
    """A dated time and place of an order, with its slots. The break is unpaid, in minutes.

    `occurrence` is the start of the order's time that it was made from (None: added by hand or imported), so that an
    order's gigs are made once; `place` is where it is done when that is not the order's own place.
    """

    __tablename__ = "gig"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "external_ref"),
        UniqueConstraint("order_id", "occurrence"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_gig_jobcenter_starts", "jobcenter_id", "starts_at"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    order_id: Mapped[int] = ref("work_order.id")
    external_ref: Mapped[ExternalRef]
    contract_form: Mapped[ContractForm] = mapped_column(choice(ContractForm))
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    break_minutes: Mapped[int] = mapped_column(default=0)
    occurrence: Mapped[Instant | None]
    place: Mapped[Line] = mapped_column(default="")
    status: Mapped[GigStatus] = mapped_column(choice(GigStatus), index=True)
    status_reason: Mapped[Line] = mapped_column(default="")
    status_by: Mapped[Short] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    order: Mapped[Order] = relationship(lazy="raise_on_sql")
    slots: Mapped[list[Slot]] = relationship(lazy="raise_on_sql", order_by="Slot.position", back_populates="gig")

    __mapper_args__ = {"version_id_col": version}


class Slot(Base):
    """One person's place on a gig. One that is no longer needed but was offered once is kept, not in use."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("gig_id", "position"),)

    id: Mapped[Id]
    gig_id: Mapped[int] = ref("gig.id")
    position: Mapped[int]
    in_use: Mapped[bool] = mapped_column(default=True)

    gig: Mapped[Gig] = relationship(lazy="raise_on_sql", back_populates="slots")
    offers: Mapped[list[Offer]] = relationship(lazy="raise_on_sql", order_by="Offer.id", back_populates="slot")


class Offer(Base):
    """A slot offered to a worker, and what came of it. A slot has one holder, a worker one live offer per gig.

    `on_behalf`: somebody else, named by `answered_by`, answered with the worker.
    """

    __tablename__ = "offer"
    __table_args__ = (
        Index(
            "uq_offer_slot_holder",
            "slot_id",
            unique=True,
            sqlite_where=_one_of(HOLDING),
            postgresql_where=_one_of(HOLDING),
        ),
        Index(
            "uq_offer_gig_worker",
            "gig_id",
            "worker_id",
            unique=True,
            sqlite_where=_one_of(LIVE),
            postgresql_where=_one_of(LIVE),
        ),
    )

    id: Mapped[Id]
    slot_id: Mapped[int] = ref("slot.id")
    gig_id: Mapped[int] = ref("gig.id")
    worker_id: Mapped[int] = ref("worker.id")
    status: Mapped[OfferStatus] = mapped_column(choice(OfferStatus), index=True)
    offered_at: Mapped[Instant]
    offered_by: Mapped[Short]
    answer_by: Mapped[Instant | None]
    pitch: Mapped[Long] = mapped_column(default="")
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[Short] = mapped_column(default="")
    on_behalf: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    ended_by: Mapped[Short] = mapped_column(default="")
    reason: Mapped[Line] = mapped_column(default="")
    stands_in_for_id: Mapped[int | None] = ref("offer.id")
    version: Mapped[int] = mapped_column(default=1)

    slot: Mapped[Slot] = relationship(lazy="raise_on_sql", back_populates="offers")
    gig: Mapped[Gig] = relationship(lazy="raise_on_sql")
    worker: Mapped[Worker] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Contract(Base):
    """The contract made for a confirmed offer: what it said, in the worker's language, as it was that day.

    `wage` is the pay of an hour that it promises.
    """

    __tablename__ = "contract"

    id: Mapped[Id]
    offer_id: Mapped[int] = ref("offer.id", unique=True)
    worker_id: Mapped[int] = ref("worker.id")
    form: Mapped[ContractForm] = mapped_column(choice(ContractForm))
    language: Mapped[str]
    made_at: Mapped[Instant]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    wage: Mapped[Euros | None]


class SupportBooking(Base):
    """A support person who comes along to a gig."""

    __tablename__ = "support_booking"
    __table_args__ = (UniqueConstraint("gig_id", "user_id"),)

    id: Mapped[Id]
    gig_id: Mapped[int] = ref("gig.id")
    user_id: Mapped[int] = ref("app_user.id")
    booked_by: Mapped[Short]
    booked_at: Mapped[Instant]


class FormProposal(Base):
    """The partner form proposed for one gig whose orderer has accepted another: the hourly price without VAT, by which
    version of the terms, and who answered when. A gig has one open proposal.
    """

    __tablename__ = "form_proposal"
    __table_args__ = (
        Index(
            "uq_form_proposal_open",
            "gig_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[Id]
    gig_id: Mapped[int] = ref("gig.id")
    terms_version_id: Mapped[int] = ref("terms_version.id")
    status: Mapped[ProposalStatus] = mapped_column(choice(ProposalStatus))
    hourly_price: Mapped[Euros]
    price_reason: Mapped[Line] = mapped_column(default="")
    proposed_by: Mapped[Short]
    proposed_at: Mapped[Instant]
    answered_by: Mapped[Short] = mapped_column(default="")
    answered_at: Mapped[Instant | None]

    terms: Mapped[TermsVersion] = relationship(lazy="raise_on_sql")
