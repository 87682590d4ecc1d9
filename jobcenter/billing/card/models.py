"""Card payments, what was given back of them, the messages taken in, and what somebody must look at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.card.domain import LIVE, CardKind, CardStatus, RefundStatus, TaskKind
from jobcenter.billing.card.domain_payouts import PayoutStatus
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Json, Line, Short, choice, new_ref, ref

_LIVE = text("status in (" + ", ".join(f"'{status.value}'" for status in sorted(LIVE)) + ")")
_OPEN = text("done_at is null")


class CardPayment(Base):
    """A card payment of an invoice, or a hold for an order that later pays its invoice.

    `key` is our own name of it: it goes along with every call and message, and opens the payer's page. `capture` is
    what is to be taken of a hold, `taken` what came, `refunded` what was given back of that; euros. A hold beside
    another one for its order is `expired`, with a `capture` of zero until it is let go.
    """

    __tablename__ = "card_payment"
    __table_args__ = (
        CheckConstraint("amount > 0 and taken >= 0 and refunded >= 0 and refunded <= taken", name="amounts"),
        CheckConstraint("(kind = 'hold') = (order_id is not null)", name="order"),
        CheckConstraint("kind = 'hold' or invoice_id is not null", name="invoice"),
        Index("uq_card_payment_live_invoice", "invoice_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("uq_card_payment_live_order", "order_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    kind: Mapped[CardKind] = mapped_column(choice(CardKind))
    status: Mapped[CardStatus] = mapped_column(choice(CardStatus), index=True)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    invoice_id: Mapped[int | None] = ref("invoice.id", index=False)
    order_id: Mapped[int | None] = ref("work_order.id", index=False)
    payment_id: Mapped[int | None] = ref("payment.id", unique=True, index=False)
    amount: Mapped[Euros]
    capture: Mapped[Euros | None]
    taken: Mapped[Euros] = mapped_column(default=0)
    refunded: Mapped[Euros] = mapped_column(default=0)
    payer: Mapped[Short] = mapped_column(default="")
    email: Mapped[Short] = mapped_column(default="")
    language: Mapped[str]
    session_id: Mapped[Line] = mapped_column(default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    open_until: Mapped[Instant]
    intent_id: Mapped[Short] = mapped_column(default="", index=True)
    held_until: Mapped[Instant | None]
    called_at: Mapped[Instant | None]
    asked_at: Mapped[Instant]
    paid_on: Mapped[Day | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CardRefund(Base):
    """Money to be given back: `asked` until the card house has been told. The form's key asks once."""

    __tablename__ = "card_refund"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[Id]
    card_payment_id: Mapped[int] = ref("card_payment.id")
    form_key: Mapped[str] = mapped_column(String(60), unique=True)
    status: Mapped[RefundStatus] = mapped_column(choice(RefundStatus))
    amount: Mapped[Euros]
    reason: Mapped[Line]
    refund_id: Mapped[Short] = mapped_column(default="")
    asked_by: Mapped[Short]
    asked_at: Mapped[Instant]


class CardEvent(Base):
    """A message of the card house that was taken in, by its own id: stored with its effect, so that it works once."""

    __tablename__ = "card_event"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[Short]
    card_payment_id: Mapped[int | None] = ref("card_payment.id")
    happened_at: Mapped[Instant]
    taken_at: Mapped[Instant]


class CardTask(Base):
    """Something about cards that a coordinator must look at; the open one of a key is there once."""

    __tablename__ = "card_task"
    __table_args__ = (
        Index("uq_card_task_open", "key", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_card_task_jobcenter_open", "jobcenter_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    card_payment_id: Mapped[int | None] = ref("card_payment.id")
    kind: Mapped[TaskKind] = mapped_column(choice(TaskKind))
    key: Mapped[Line]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    left_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    done_by: Mapped[Short] = mapped_column(default="")
    remark: Mapped[Line] = mapped_column(default="")


class CardPayout(Base):
    """A Jobcenter's part of a payout of the card house to the bank, as it was booked; euros.

    `cleared` left the clearing account, `fees` is what the card house kept, `unexplained` what a task asks about.
    `whole` is the payout for all Jobcenters: the bank's own line has that amount. `bank_payment_id`: that line.
    """

    __tablename__ = "card_payout"
    __table_args__ = (UniqueConstraint("payout_id", "jobcenter_id"),)

    id: Mapped[Id]
    payout_id: Mapped[Short]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    status: Mapped[PayoutStatus] = mapped_column(choice(PayoutStatus))
    arrived_on: Mapped[Day]
    cleared: Mapped[Euros]
    fees: Mapped[Euros]
    unexplained: Mapped[Euros]
    whole: Mapped[Euros]
    trace: Mapped[Short]
    bank_payment_id: Mapped[int | None] = ref("payment.id", index=False)
    made_at: Mapped[Instant]
