"""Pay runs: one list per Jobcenter and pay day, an item per worker, and the hours that each item pays."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits.withholding import WithholdingBasis
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Percent, Short, choice, ref


class PayRun(Base):
    """What the workers of a Jobcenter get on one day."""

    __tablename__ = "pay_run"

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    form_key: Mapped[str | None] = mapped_column(unique=True)
    pay_on: Mapped[Day]
    status: Mapped[PayRunStatus] = mapped_column(choice(PayRunStatus), index=True)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]
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
    basis: Mapped[WithholdingBasis] = mapped_column(choice(WithholdingBasis))
    rate: Mapped[Percent]
    over_limit: Mapped[Euros]
    additional_rate: Mapped[Percent]


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
