"""Pay runs: one list per Jobcenter and pay day, an item per worker, and the hours that each item pays."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits.withholding import WithholdingBasis
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Line, Percent, Short, choice, ref
from jobcenter.core.money import ZERO


class PayRun(Base):
    """What the workers of a Jobcenter get on one day: listed by one person, approved by another.

    `file_number` counts the payment files; `refusal` is why the bank refused the last one.
    """

    __tablename__ = "pay_run"
    __table_args__ = (
        CheckConstraint("approved_by_id <> made_by_id", name="two_people"),
        CheckConstraint("status not in ('approved') or approved_at is not null", name="approved"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    form_key: Mapped[str | None] = mapped_column(unique=True)
    pay_on: Mapped[Day]
    status: Mapped[PayRunStatus] = mapped_column(choice(PayRunStatus), index=True)
    made_by: Mapped[Short]
    made_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    made_at: Mapped[Instant]
    approved_by: Mapped[Short] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    approved_at: Mapped[Instant | None]
    file_taken_by: Mapped[Short] = mapped_column(default="")
    file_taken_at: Mapped[Instant | None]
    file_number: Mapped[int] = mapped_column(default=1)
    refusal: Mapped[Line] = mapped_column(default="")
    closed_by: Mapped[Short] = mapped_column(default="")
    closed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PayItem(Base):
    """What one worker gets in a run, from the Jobcenter or from the partner; name, account and tax as they were then.

    `rate` per cent is withheld of the gross up to the card's income limit, `additional_rate` of `over_limit` euros.
    """

    __tablename__ = "pay_item"
    __table_args__ = (UniqueConstraint("pay_run_id", "worker_id", "payer"),)

    id: Mapped[Id]
    pay_run_id: Mapped[int] = ref("pay_run.id", index=False)
    worker_id: Mapped[int] = ref("worker.id")
    payer: Mapped[Payer] = mapped_column(choice(Payer))
    worker_name: Mapped[Short]
    account_holder: Mapped[Short]
    iban: Mapped[Short]
    minutes: Mapped[int]
    gross: Mapped[Euros]
    withheld: Mapped[Euros]
    net: Mapped[Euros]
    enforced: Mapped[Euros] = mapped_column(default=ZERO)
    basis: Mapped[WithholdingBasis] = mapped_column(choice(WithholdingBasis))
    rate: Mapped[Percent]
    over_limit: Mapped[Euros]
    additional_rate: Mapped[Percent]
    returned_on: Mapped[Day | None]
    return_reason: Mapped[Line] = mapped_column(default="")
    paid_again_on: Mapped[Day | None]

    @property
    def to_account(self) -> Decimal:
        """What goes to the worker's own account: the net pay less what is paid on for debts."""
        return self.net - self.enforced


class EnforcementOrder(Base):
    """A bailiff's payment prohibition as told to the payer: what share of a worker's net pay is taken, and to whom.

    `debt` is what was left of it when told (None: until it ends); `protected` euros of each pay are left to the worker.
    """

    __tablename__ = "enforcement_order"
    __table_args__ = (
        CheckConstraint("share_percent > 0 and share_percent <= 100", name="share_percent"),
        CheckConstraint("protected >= 0", name="protected"),
        CheckConstraint("debt > 0", name="debt"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="days"),
    )

    id: Mapped[Id]
    worker_id: Mapped[int] = ref("worker.id")
    valid_from: Mapped[Day]
    valid_to: Mapped[Day | None]
    share_percent: Mapped[Percent]
    protected: Mapped[Euros]
    debt: Mapped[Euros | None]
    payee: Mapped[Short]
    iban: Mapped[Short]
    reference: Mapped[Short]
    told_by: Mapped[Short]
    told_at: Mapped[Instant]


class PayItemEnforcement(Base):
    """What an order takes of one item, and where it goes; copied, as it was then. `live` until the run is discarded."""

    __tablename__ = "pay_item_enforcement"
    __table_args__ = (UniqueConstraint("pay_item_id", "order_id"),)

    id: Mapped[Id]
    pay_item_id: Mapped[int] = ref("pay_item.id", index=False)
    order_id: Mapped[int] = ref("enforcement_order.id")
    amount: Mapped[Euros]
    payee: Mapped[Short]
    iban: Mapped[Short]
    reference: Mapped[Short]
    live: Mapped[bool]


class Payee(Base):
    """What the Incomes Register asks of a worker and nothing else needs: the personal identity code."""

    __tablename__ = "payee"

    worker_id: Mapped[int] = ref("worker.id", primary_key=True, index=False)
    personal_id: Mapped[str] = mapped_column(String(11))
    told_by: Mapped[Short]
    told_at: Mapped[Instant]


class PayItemEntry(Base):
    """One time entry that an item pays, with its minutes and wage as listed. `live` until the run is discarded."""

    __tablename__ = "pay_item_entry"
    __table_args__ = (
        Index(
            "uq_pay_item_entry_live_entry",
            "time_entry_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )

    id: Mapped[Id]
    pay_item_id: Mapped[int] = ref("pay_item.id")
    time_entry_id: Mapped[int] = ref("time_entry.id")
    minutes: Mapped[int]
    wage: Mapped[Euros]
    live: Mapped[bool]
