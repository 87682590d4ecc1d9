"""Incoming payments, the bank's files that told of them, uses of what was paid over, and reminders."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.domain import PaymentSource, PaymentStatus, UseKind
from jobcenter.billing.payments.statements import StatementKind
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Line, Long, Short, choice, ref
from jobcenter.core.second_person import TWO_PEOPLE
from jobcenter.core.second_person_columns import AskedOfAnother


class BankStatement(Base):
    """A bank's file that was taken in, named by the digest of its content, so that it is taken in once."""

    __tablename__ = "bank_statement"

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    kind: Mapped[StatementKind] = mapped_column(choice(StatementKind))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[Line]
    account: Mapped[Short]
    added: Mapped[int]
    known: Mapped[int]
    left_out: Mapped[Long]
    made_by: Mapped[Short]
    made_at: Mapped[Instant]


class Payment(Base):
    """Money that came in for one invoice, or waits until its invoice is known.

    `over` is how much of it the payer has with us: paid over, less what was used of it. `bank_key` is the account and
    the bank's own name of the transaction, unique, so that files that overlap bring it once.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("over >= 0", name="over"),
        CheckConstraint("(invoice_id is null) = (status in ('waiting', 'returned', 'payout'))", name="invoice"),
        Index("ix_payment_jobcenter_status", "jobcenter_id", "status"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    invoice_id: Mapped[int | None] = ref("invoice.id")
    statement_id: Mapped[int | None] = ref("bank_statement.id")
    source: Mapped[PaymentSource] = mapped_column(choice(PaymentSource))
    status: Mapped[PaymentStatus] = mapped_column(choice(PaymentStatus))
    day: Mapped[Day]
    amount: Mapped[Euros]
    over: Mapped[Euros]
    payer: Mapped[Short] = mapped_column(default="")
    reference: Mapped[Short] = mapped_column(default="")
    message: Mapped[Line] = mapped_column(default="")
    bank_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PaymentUse(Base):
    """What was done with a part of the money that a payer has with us.

    `given_back`: how much of it the payer has with us again, since the invoice that it went to asks for less now, or
    since a refund did not arrive. Of what a card holder's bank took back: how much of it we had given back before.
    """

    __tablename__ = "payment_use"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("given_back between 0 and amount", name="given_back"),
        CheckConstraint("(kind = 'other_invoice') = (invoice_id is not null)", name="invoice"),
    )

    id: Mapped[Id]
    payment_id: Mapped[int] = ref("payment.id")
    kind: Mapped[UseKind] = mapped_column(choice(UseKind))
    invoice_id: Mapped[int | None] = ref("invoice.id")
    day: Mapped[Day]
    amount: Mapped[Euros]
    given_back: Mapped[Euros] = mapped_column(default=Decimal(0), server_default="0")
    form_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]


class WriteOffProposal(AskedOfAnother, Base):
    """What an invoice still asks for, given up by two people: one proposes it, another confirms.

    An invoice has one open. `amount` is what was asked for when it was proposed.
    """

    __tablename__ = "write_off_proposal"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(TWO_PEOPLE, name="two_people"),
        Index(
            "uq_write_off_proposal_open",
            "invoice_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = ref("invoice.id")
    amount: Mapped[Euros]
    reason: Mapped[Long]

    invoice: Mapped[Invoice] = relationship(lazy="raise_on_sql")


class InvoiceCollection(Base):
    """Reminders of an invoice: which were sent, and whether they rest. There is no row before the first of either."""

    __tablename__ = "invoice_collection"

    invoice_id: Mapped[int] = ref("invoice.id", primary_key=True, index=False)
    stopped: Mapped[bool] = mapped_column(default=False)
    stopped_by: Mapped[Short] = mapped_column(default="")
    stop_reason: Mapped[Line] = mapped_column(default="")
    first_reminded_on: Mapped[Day | None]
    second_reminded_on: Mapped[Day | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
