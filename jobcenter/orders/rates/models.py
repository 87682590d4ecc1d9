"""Dated rates as rows: value, source, who set it and when it was checked."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits import ContractForm
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Line, Percent, Short, choice, ref
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.domain import RateKind


class Rate(Base):
    """An hourly price or wage in euros, or VAT in per cent, from a day on. Common to all when it names no Jobcenter.

    A price may be for one kind of orderer only.
    """

    __tablename__ = "rate"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("orderer_kind is null or kind = 'price'", name="orderer"),
        Index(
            "uq_rate_day",
            "kind",
            text("coalesce(jobcenter_id, 0)"),
            text("coalesce(form, '')"),
            text("coalesce(orderer_kind, '')"),
            "valid_from",
            unique=True,
        ),
    )

    id: Mapped[Id]
    kind: Mapped[RateKind] = mapped_column(choice(RateKind))
    form: Mapped[ContractForm | None] = mapped_column(choice(ContractForm))
    orderer_kind: Mapped[OrganisationKind | None] = mapped_column(choice(OrganisationKind))
    jobcenter_id: Mapped[int | None] = ref("jobcenter.id")
    valid_from: Mapped[Day]
    value: Mapped[Euros]
    source: Mapped[Line]
    checked_on: Mapped[Day]
    set_by: Mapped[Short]
    set_at: Mapped[Instant]


class PriceRule(Base):
    """How low a Jobcenter's coordinator may agree a price alone: the least share of the list price, in per cent.

    There is no row before an administrator has set one; without a share only a price at the wage needs two.
    """

    __tablename__ = "price_rule"
    __table_args__ = (CheckConstraint("least_share between 1 and 100", name="least_share"),)

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    least_share: Mapped[Percent | None]
    set_by: Mapped[Short]
    set_at: Mapped[Instant]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
