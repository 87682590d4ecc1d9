"""The ledger's tables. Entries and lines are only ever added: triggers of the migration refuse everything else.

The lines of an entry are stored first and the entry then seals them: the database refuses it unless they balance, and
refuses any line that comes later. That holds in one way on SQLite and PostgreSQL, neither of which checks a sum.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.books.domain import LONGEST_EVENT, Account
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Line, Percent, Short, ref


class LedgerCounter(Base):
    """The last voucher number that a Jobcenter has used; its row is locked while more are taken or a month closes."""

    __tablename__ = "ledger_counter"

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    last_number: Mapped[int] = mapped_column(default=0)


class LedgerMonth(Base):
    """A closed month, named by its first day. It and all before it take no more entries, and it is never reopened."""

    __tablename__ = "ledger_month"

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    closed_by: Mapped[Short]
    closed_at: Mapped[Instant]


class LedgerMonthNumber(Base):
    """The number of an account when a month was closed: its file says the same for good."""

    __tablename__ = "ledger_month_number"

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))


class LedgerEntry(Base):
    """One money event in the books: a voucher with its number. `event` names the event, so that it is posted once.

    `booked_on` is the day in the books, `happened_on` the event's own. `reverses_id` names the entry taken back.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "number"),
        Index("ix_ledger_entry_jobcenter_booked", "jobcenter_id", "booked_on"),
        Index("ix_ledger_entry_source", "source_type", "source_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    number: Mapped[int]
    event: Mapped[str] = mapped_column(String(LONGEST_EVENT), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[Day]
    booked_on: Mapped[Day]
    text: Mapped[Line]
    source_type: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[str] = mapped_column(String(64))
    reverses_id: Mapped[str | None] = ref("ledger_entry.id", unique=True, index=False)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]


class LedgerLine(Base):
    """One line of an entry: either debit or credit is above zero. `party`: to whom it is owed, of what partners are."""

    __tablename__ = "ledger_line"
    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        CheckConstraint("debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0)", name="one_side"),
        CheckConstraint("(account = 'receivables') = (invoice_id is not null)", name="invoice"),
    )

    id: Mapped[Id]
    entry_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("ledger_entry.id", deferrable=True, initially="DEFERRED")
    )
    position: Mapped[int]
    account: Mapped[str] = mapped_column(String(40), index=True)
    vat_percent: Mapped[Percent | None]
    invoice_id: Mapped[int | None] = ref("invoice.id")
    party: Mapped[str | None] = mapped_column(String(120))
    debit: Mapped[Euros]
    credit: Mapped[Euros]

    @property
    def amount(self) -> Decimal:
        """Above zero on the debit side, below zero on the credit side."""
        return self.debit - self.credit

    @property
    def of(self) -> Account:
        return Account(self.account)


class LedgerAccountNumber(Base):
    """The number that a Jobcenter's own chart of accounts gives to an account; else the shipped one holds."""

    __tablename__ = "ledger_account_number"

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
