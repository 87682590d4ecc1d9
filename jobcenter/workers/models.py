"""How workers, their units, support, benefits, consents and availability are stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits import (
    BenefitKind,
    ContractForm,
    Household,
    JobseekerStatus,
    MunicipalityGroup,
    PaymentPeriod,
)
from jobcenter.core.db import (
    Base,
    Day,
    EnumSet,
    Euros,
    ExternalRef,
    Id,
    Instant,
    Json,
    Line,
    Long,
    Percent,
    Short,
    TextSet,
    WallClock,
    choice,
    ref,
)
from jobcenter.workers.domain import (
    ConsentPurpose,
    CvLineKind,
    Demand,
    PartOfDay,
    Skill,
    SupportKind,
    TaskCategory,
    Weekday,
)


class WorkUnit(Base):
    """A work activity unit of a Jobcenter."""

    __tablename__ = "work_unit"
    __table_args__ = (UniqueConstraint("jobcenter_id", "name"),)

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    name: Mapped[Short]
    address: Mapped[Line] = mapped_column(default="")
    manager_id: Mapped[int | None] = ref("app_user.id")


class Worker(Base):
    """One person who does, or may come to do, gigs in one Jobcenter."""

    __tablename__ = "worker"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "external_ref"),
        UniqueConstraint("jobcenter_id", "user_id"),
        CheckConstraint("weekly_minutes_wished >= 0", name="weekly_minutes_wished"),
        CheckConstraint("weekly_minutes_most >= weekly_minutes_wished", name="weekly_minutes_most"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    user_id: Mapped[int | None] = ref("app_user.id")
    unit_id: Mapped[int | None] = ref("work_unit.id")
    external_ref: Mapped[ExternalRef]
    form_key: Mapped[str | None] = mapped_column(unique=True)
    given_name: Mapped[Short]
    family_name: Mapped[Short]
    email: Mapped[Short] = mapped_column(default="")
    phone: Mapped[Short] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    born: Mapped[Day | None]
    active: Mapped[bool] = mapped_column(default=True)
    ready_since: Mapped[Day | None]
    service_ends_on: Mapped[Day | None]
    weekly_minutes_wished: Mapped[int] = mapped_column(default=240)
    weekly_minutes_most: Mapped[int] = mapped_column(default=480)
    needs_support: Mapped[bool] = mapped_column(default=False)
    tasks: Mapped[frozenset[TaskCategory]] = mapped_column(EnumSet(TaskCategory), default=frozenset)
    skills: Mapped[frozenset[Skill]] = mapped_column(EnumSet(Skill), default=frozenset)
    cannot: Mapped[frozenset[Demand]] = mapped_column(EnumSet(Demand), default=frozenset)
    told_to_orderer: Mapped[Line] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    areas: Mapped[frozenset[str]] = mapped_column(TextSet, default=frozenset)
    wished_days: Mapped[frozenset[Weekday]] = mapped_column(EnumSet(Weekday), default=frozenset)
    wished_parts: Mapped[frozenset[PartOfDay]] = mapped_column(EnumSet(PartOfDay), default=frozenset)
    practise_tasks: Mapped[frozenset[TaskCategory]] = mapped_column(EnumSet(TaskCategory), default=frozenset)
    practise_skills: Mapped[frozenset[Skill]] = mapped_column(EnumSet(Skill), default=frozenset)
    contract_forms: Mapped[frozenset[ContractForm]] = mapped_column(EnumSet(ContractForm), default=frozenset)
    asks_over_limit: Mapped[bool] = mapped_column(default=False)
    jobseeker: Mapped[JobseekerStatus] = mapped_column(choice(JobseekerStatus), default=JobseekerStatus.UNKNOWN)
    benefits_asked_on: Mapped[Day | None]
    near_share_percent: Mapped[Percent | None]
    iban: Mapped[Short] = mapped_column(default="")
    account_holder: Mapped[Short] = mapped_column(default="")
    in_prepayment_register: Mapped[bool] = mapped_column(default=False)
    cv_introduction: Mapped[Long] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


class HeldBenefit(Base):
    """A benefit that a worker says, or a decision shows, they receive. Figures come from the decision."""

    __tablename__ = "held_benefit"
    __table_args__ = (
        CheckConstraint("ends_on is null or starts_on is null or ends_on >= starts_on", name="days"),
        CheckConstraint("adults >= 1", name="adults"),
        CheckConstraint("children >= 0", name="children"),
        CheckConstraint("dependants >= 0", name="dependants"),
        CheckConstraint("aid_months between 0 and 12", name="aid_months"),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    kind: Mapped[BenefitKind] = mapped_column(choice(BenefitKind, 60))
    starts_on: Mapped[Day | None]
    ends_on: Mapped[Day | None]
    decided_annual_income: Mapped[Euros | None]
    personal_limit: Mapped[Euros | None]
    confirmed_yel_income: Mapped[Euros | None]
    blind_or_immobile: Mapped[bool | None]
    granted_on_disability: Mapped[bool | None]
    household: Mapped[Household | None] = mapped_column(choice(Household))
    municipality_group: Mapped[MunicipalityGroup | None] = mapped_column(choice(MunicipalityGroup))
    housing_costs_month: Mapped[Euros | None]
    annual_income_other: Mapped[Euros | None]
    decided_monthly_income: Mapped[Euros | None]
    other_income_month: Mapped[Euros | None]
    rent: Mapped[Euros | None]
    adults: Mapped[int | None]
    children: Mapped[int | None]
    decided_on: Mapped[Day | None]
    period: Mapped[PaymentPeriod | None] = mapped_column(choice(PaymentPeriod))
    dependants: Mapped[int | None]
    net_pay_other: Mapped[Euros | None]
    aid_months: Mapped[int | None]
    told_by: Mapped[Short]
    told_on: Mapped[Day]


class ToldIncome(Base):
    """Income from work elsewhere that a worker has told of: euros a month (`monthly`) from day to day, or once."""

    __tablename__ = "told_income"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="days"),
        CheckConstraint("monthly or ends_on is null", name="once"),
        CheckConstraint("gross >= 0", name="gross"),
        CheckConstraint("net >= 0", name="net"),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    what: Mapped[Short]
    contract: Mapped[ContractForm] = mapped_column(choice(ContractForm))
    monthly: Mapped[bool]
    gross: Mapped[Euros]
    net: Mapped[Euros | None]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    told_by: Mapped[Short]
    told_on: Mapped[Day]


class IncomeStatement(Base):
    """An income and debt statement: what was told so far, as JSON; a draft until done, one at a time.

    From `review_on` on it is to be gone through anew; `reminded_at` is when that was told of.
    """

    __tablename__ = "income_statement"
    __table_args__ = (
        CheckConstraint("(done_at is null) = (review_on is null)", name="review"),
        Index(
            "uq_income_statement_draft",
            "worker_id",
            unique=True,
            sqlite_where=text("done_at is null"),
            postgresql_where=text("done_at is null"),
        ),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    told: Mapped[dict[str, Any]] = mapped_column(Json)
    started_at: Mapped[Instant]
    written_by: Mapped[Short]
    done_at: Mapped[Instant | None]
    review_on: Mapped[Day | None]
    reminded_at: Mapped[Instant | None]


class TaxCard(Base):
    """A worker's tax card: rates in per cent, the income limit in euros for its year."""

    __tablename__ = "tax_card"
    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="days"),)

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    valid_from: Mapped[Day]
    valid_to: Mapped[Day]
    rate: Mapped[Percent]
    additional_rate: Mapped[Percent]
    income_limit: Mapped[Euros]


class Consent(Base):
    """A written consent: purpose, the parties it names, when given, when withdrawn."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_in_force",
            "worker_id",
            "purpose",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    purpose: Mapped[ConsentPurpose] = mapped_column(choice(ConsentPurpose))
    parties: Mapped[Line] = mapped_column(default="")
    given_at: Mapped[Instant]
    recorded_by: Mapped[Short]
    withdrawn_at: Mapped[Instant | None]


class SupportLink(Base):
    """A support person or guardian of a worker, from a day to a day."""

    __tablename__ = "support_link"
    __table_args__ = (UniqueConstraint("worker_id", "user_id", "kind"),)

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    user_id: Mapped[int] = ref("app_user.id")
    kind: Mapped[SupportKind] = mapped_column(choice(SupportKind))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]


class ActivityTime(Base):
    """A weekly time in work activity (Monday is 0), on Helsinki's wall clock."""

    __tablename__ = "activity_time"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("ends > starts", name="times"),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    weekday: Mapped[int]
    starts: Mapped[WallClock]
    ends: Mapped[WallClock]


class Unavailability(Base):
    """A time when a worker cannot take gigs, said by themselves or a support person."""

    __tablename__ = "unavailability"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="times"),)

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    note: Mapped[Line] = mapped_column(default="")


class CvLine(Base):
    """One line of a worker's CV and whether the worker shows it; lines from gigs are keyed by what they sum up."""

    __tablename__ = "cv_line"
    __table_args__ = (UniqueConstraint("worker_id", "kind", "key"),)

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    kind: Mapped[CvLineKind] = mapped_column(choice(CvLineKind))
    key: Mapped[Short]
    text: Mapped[Line] = mapped_column(default="")
    shown: Mapped[bool] = mapped_column(default=True)
