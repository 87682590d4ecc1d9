"""Orders with their times, message thread, terms and acceptances."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
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
    Short,
    WallClock,
    choice,
    ref,
)
from jobcenter.core.second_person import TWO_PEOPLE
from jobcenter.core.second_person_columns import AskedOfAnother
from jobcenter.orders.intake.domain import USUAL_PRIORITY, OrderStatus
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import Demand, Skill, TaskCategory


def new_key() -> str:
    """An address that nobody can guess."""
    return str(uuid.uuid4())


class Order(Base):
    """What an orderer asks a Jobcenter to have done: tasks, place, demands, people, times, price, contract form.

    `form_key` is the order's unguessable address while nobody owns it. A draft keeps the new orderer's data in
    `draft_account` and, part by part, what was typed but cannot be taken yet in `draft_typed`. Each edit moves
    `changed_at` and `version`. `priority`: 1 to 9, the higher is filled first when gigs are planned.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "external_ref"),
        CheckConstraint("people between 1 and 50", name="people"),
        CheckConstraint("priority between 1 and 9", name="priority"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    organisation_id: Mapped[int | None] = ref("organisation.id")
    ordered_by_id: Mapped[int | None] = ref("app_user.id")
    coordinator_id: Mapped[int | None] = ref("app_user.id")
    external_ref: Mapped[ExternalRef]
    form_key: Mapped[str] = mapped_column(unique=True, default=new_key)
    status: Mapped[OrderStatus] = mapped_column(choice(OrderStatus), index=True)
    category: Mapped[TaskCategory] = mapped_column(choice(TaskCategory))
    title: Mapped[Short] = mapped_column(default="")
    description: Mapped[Long] = mapped_column(default="")
    place_name: Mapped[Short] = mapped_column(default="")
    street: Mapped[Short] = mapped_column(default="")
    postcode: Mapped[Short] = mapped_column(default="")
    city: Mapped[Short] = mapped_column(default="")
    area: Mapped[Short] = mapped_column(default="")
    contact_name: Mapped[Short] = mapped_column(default="")
    contact_phone: Mapped[Short] = mapped_column(default="")
    demands: Mapped[frozenset[Demand]] = mapped_column(EnumSet(Demand), default=frozenset)
    skills: Mapped[frozenset[Skill]] = mapped_column(EnumSet(Skill), default=frozenset)
    people: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int] = mapped_column(default=USUAL_PRIORITY)
    einvoice_address: Mapped[Short] = mapped_column(default="")
    einvoice_operator: Mapped[Short] = mapped_column(default="")
    invoice_reference: Mapped[Line] = mapped_column(default="")
    cost_centre: Mapped[Short] = mapped_column(default="")
    order_number: Mapped[Short] = mapped_column(default="")
    contract_form: Mapped[ContractForm | None] = mapped_column(choice(ContractForm))
    agreed_price: Mapped[Euros | None]
    price_reason: Mapped[Line] = mapped_column(default="")
    price_approved_by: Mapped[Short] = mapped_column(default="")
    status_reason: Mapped[Line] = mapped_column(default="")
    draft_account: Mapped[dict[str, str] | None] = mapped_column(Json)
    draft_typed: Mapped[dict[str, dict[str, list[str]]] | None] = mapped_column(Json)
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant] = mapped_column(default=clock.now)
    submitted_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    times: Mapped[list[OrderTime]] = relationship(
        lazy="raise_on_sql", order_by="OrderTime.day, OrderTime.starts", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class OrderTime(Base):
    """One wished time of an order; weekly until a day when `weekly_until` is set. Wall clock of Helsinki.

    A time whose end is not after its start ends on the next day.
    """

    __tablename__ = "order_time"
    __table_args__ = (CheckConstraint("break_minutes between 0 and 240", name="break_minutes"),)

    id: Mapped[Id]
    order_id: Mapped[int] = ref("work_order.id", ondelete="CASCADE")
    day: Mapped[Day]
    starts: Mapped[WallClock]
    ends: Mapped[WallClock]
    break_minutes: Mapped[int] = mapped_column(default=0)
    weekly_until: Mapped[Day | None]


class OrderMessage(Base):
    """One message on an order's thread between the orderer and the coordinators; it may wait for an answer."""

    __tablename__ = "order_message"
    __table_args__ = (
        Index(
            "ix_order_message_waiting",
            "order_id",
            "from_jobcenter",
            sqlite_where=text("needs_answer"),
            postgresql_where=text("needs_answer"),
        ),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = ref("work_order.id")
    author_id: Mapped[int | None] = ref("app_user.id")
    author_name: Mapped[Short]
    from_jobcenter: Mapped[bool]
    text: Mapped[Long]
    sent_at: Mapped[Instant]
    needs_answer: Mapped[bool] = mapped_column(default=True)
    form_key: Mapped[str | None] = mapped_column(unique=True)


class TermsVersion(Base):
    """One version of a Jobcenter's order terms; texts by language. Never changed once used."""

    __tablename__ = "terms_version"
    __table_args__ = (UniqueConstraint("jobcenter_id", "number"),)

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    number: Mapped[int]
    valid_from: Mapped[Day]
    texts: Mapped[dict[str, str]] = mapped_column(Json)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]


class PriceRequest(AskedOfAnother, Base):
    """A price so low that another person must approve it before its terms go to the orderer. An order has one open."""

    __tablename__ = "price_request"
    __table_args__ = (
        CheckConstraint(TWO_PEOPLE, name="two_people"),
        Index(
            "uq_price_request_open",
            "order_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = ref("work_order.id")
    contract_form: Mapped[ContractForm] = mapped_column(choice(ContractForm))
    hourly_price: Mapped[Euros]
    list_price: Mapped[Euros]
    reason: Mapped[Line]
    answer: Mapped[Line] = mapped_column(default="")

    order: Mapped[Order] = relationship(lazy="raise_on_sql")


class TermsOffer(Base):
    """Terms as sent for one order: version, contract form and price; and who accepted them, when, how.

    A price that needs two people names who asked for it and who approved it: no offer of one stands without.
    """

    __tablename__ = "terms_offer"
    __table_args__ = (
        CheckConstraint("not needs_second or approved_by_id is not null", name="approved"),
        CheckConstraint("approved_by_id <> sent_by_id", name="two_people"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = ref("work_order.id")
    terms_version_id: Mapped[int] = ref("terms_version.id")
    contract_form: Mapped[ContractForm] = mapped_column(choice(ContractForm))
    hourly_price: Mapped[Euros]
    sent_by: Mapped[Short]
    sent_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    sent_at: Mapped[Instant]
    needs_second: Mapped[bool] = mapped_column(default=False)
    approved_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    taken_back_at: Mapped[Instant | None]
    accepted_by_id: Mapped[int | None] = ref("app_user.id")
    accepted_by: Mapped[Short] = mapped_column(default="")
    accepted_at: Mapped[Instant | None]
    accepted_by_link: Mapped[bool] = mapped_column(default=False)

    version: Mapped[TermsVersion] = relationship(lazy="raise_on_sql")
