"""What must hold of the money whatever happened, read from the tables by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select

from jobcenter.billing.books.domain import Account
from jobcenter.billing.books.models import LedgerCounter, LedgerEntry, LedgerLine
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice, InvoiceCounter, InvoiceLine
from jobcenter.billing.payruns.domain import PayRunStatus
from jobcenter.billing.payruns.models import PayItem, PayItemEntry, PayRun
from jobcenter.billing.shares.domain import ALL
from jobcenter.core.db import db
from jobcenter.orders.hours.models import TimeEntry

ISSUED = {InvoiceStatus.SENT, InvoiceStatus.PAID}


def assert_holds() -> None:
    """Numbers run without gaps, and the rows and the books of every Jobcenter tell the same."""
    assert_numbered(Invoice.number, InvoiceCounter)
    assert_numbered(LedgerEntry.number, LedgerCounter)
    _assert_balanced()
    _assert_invoices_booked()
    _assert_hours_marked()
    _assert_pay_booked()
    db.session.rollback()


def assert_numbered(column, counter) -> None:
    """The numbers of each Jobcenter are those from one to what its counter says, each once."""
    rows = db.session.execute(select(column.class_.jobcenter_id, column).where(column.is_not(None)))
    found: dict[int, list[int]] = {}
    for jobcenter_id, number in rows:
        found.setdefault(jobcenter_id, []).append(number)
    last = dict(db.session.execute(select(counter.jobcenter_id, counter.last_number)).all())
    assert {key: sorted(numbers) for key, numbers in found.items()} == {
        key: list(range(1, number + 1)) for key, number in last.items() if number
    }


def balance(account: Account) -> Decimal:
    """What an account of all Jobcenters holds, debit less credit."""
    query = select(func.sum(LedgerLine.debit - LedgerLine.credit)).where(LedgerLine.account == account)
    return db.session.scalar(query) or Decimal()


def once(keys: Iterable[object]) -> bool:
    """Whether nothing is there twice."""
    return all(times == 1 for times in Counter(keys).values())


def _assert_balanced() -> None:
    sides = select(LedgerEntry.id, func.sum(LedgerLine.debit), func.sum(LedgerLine.credit))
    rows = db.session.execute(sides.outerjoin(LedgerLine, LedgerLine.entry_id == LedgerEntry.id).group_by(LedgerEntry))
    assert all(debit == credit and debit for _entry, debit, credit in rows)
    assert once(db.session.scalars(select(LedgerEntry.event)))


def _assert_invoices_booked() -> None:
    """What the books say is open is what the sent invoices ask for, invoice by invoice."""
    query = select(LedgerLine.invoice_id, func.sum(LedgerLine.debit - LedgerLine.credit))
    query = query.where(LedgerLine.account == Account.RECEIVABLES).group_by(LedgerLine.invoice_id)
    asked = {
        invoice.id: invoice.gross if invoice.status is InvoiceStatus.SENT else Decimal()
        for invoice in db.session.scalars(select(Invoice).where(Invoice.status.in_(ISSUED)))
    }
    assert dict(db.session.execute(query).all()) == asked


def _assert_hours_marked() -> None:
    """Hours are on one invoice and one pay list at most, and marked as being there; each share of them by itself."""
    billed = select(InvoiceLine.time_entry_id, func.sum(InvoiceLine.share_ends - InvoiceLine.share_begins))
    held = dict(db.session.execute(billed.where(InvoiceLine.live).group_by(InvoiceLine.time_entry_id)).all())
    invoiced = db.session.scalars(select(TimeEntry.id).where(TimeEntry.invoiced)).all()
    assert sorted(entry for entry, shares in held.items() if shares == ALL) == sorted(invoiced)
    assert all(shares <= ALL for shares in held.values())
    listed = select(PayItemEntry.time_entry_id, PayRun.status, PayRun.pay_on, TimeEntry.paid_on)
    listed = listed.join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
    listed = listed.join(PayItem, PayItem.id == PayItemEntry.pay_item_id).join(PayRun, PayRun.id == PayItem.pay_run_id)
    rows = db.session.execute(listed.where(PayItemEntry.live)).all()
    assert once(entry for entry, *_rest in rows)
    assert all(paid_on == (pay_on if status is PayRunStatus.PAID else None) for _id, status, pay_on, paid_on in rows)


def _assert_pay_booked() -> None:
    """Each payment of a paid run is in the books once; no other is."""
    items = select(PayItem.id, PayItem.gross, PayItem.withheld).join(PayRun, PayRun.id == PayItem.pay_run_id)
    paid = db.session.execute(items.where(PayRun.status == PayRunStatus.PAID)).all()
    booked = db.session.scalars(select(LedgerEntry.source_id).where(LedgerEntry.source_type == "pay_item")).all()
    assert sorted(booked) == sorted(str(item) for item, _gross, _withheld in paid)
    assert balance(Account.WAGES) == sum((gross for _item, gross, _withheld in paid), Decimal())
    assert -balance(Account.WITHHOLDING_DUE) == sum((withheld for *_rest, withheld in paid), Decimal())
