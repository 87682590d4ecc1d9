"""Ordering organisations, private persons too, and their members."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, ExternalRef, Id, Instant, Line, Short, choice, ref
from jobcenter.orders.organisations.domain import OrganisationKind


class Organisation(Base):
    """An orderer as one Jobcenter knows it, with the data its invoices need.

    A Y-tunnus may stand on several rows: a city's units share theirs, and a new orderer never sees what somebody else's
    account with the same Y-tunnus has ordered.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "external_ref"),
        CheckConstraint("(kind = 'private_person') = (business_id is null)", name="business_id"),
        Index("ix_organisation_jobcenter_business_id", "jobcenter_id", "business_id"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    external_ref: Mapped[ExternalRef]
    kind: Mapped[OrganisationKind] = mapped_column(choice(OrganisationKind))
    name: Mapped[Short]
    business_id: Mapped[str | None]
    email: Mapped[Short] = mapped_column(default="")
    phone: Mapped[Short] = mapped_column(default="")
    street: Mapped[Short] = mapped_column(default="")
    postcode: Mapped[Short] = mapped_column(default="")
    city: Mapped[Short] = mapped_column(default="")
    einvoice_address: Mapped[Short] = mapped_column(default="")
    einvoice_operator: Mapped[Short] = mapped_column(default="")
    invoice_reference: Mapped[Line] = mapped_column(default="")
    cost_centre: Mapped[Short] = mapped_column(default="")
    created_at: Mapped[Instant]


class OrganisationMember(Base):
    """A user who may act for an organisation."""

    __tablename__ = "organisation_member"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    id: Mapped[Id]
    organisation_id: Mapped[int] = ref("organisation.id", index=False)
    user_id: Mapped[int] = ref("app_user.id")
