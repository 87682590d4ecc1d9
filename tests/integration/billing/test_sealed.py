"""What the database itself refuses of an issued invoice, whoever asks; a draft may still change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from jobcenter.billing.invoices import service
from jobcenter.billing.invoices.domain import CreditInvoice
from jobcenter.billing.invoices.models import Invoice, InvoiceLine, InvoiceVat
from jobcenter.core import clock
from tests.factories_billing import do

FRIDAY = date(2026, 11, 20)
INVOICE, LINE, VAT = Invoice.__table__, InvoiceLine.__table__, InvoiceVat.__table__
# What the code rightly changes after sending; everything else is sealed, a column of tomorrow too.
OPEN = {INVOICE: {"status", "paid_on", "version"}, LINE: {"live", "credited_minutes"}, VAT: set()}


@pytest.fixture
def issued(world, session):
    """A sent invoice, credited in part, and its note."""
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    (line,) = session.scalars(select(LINE.c.id))
    note = do(service.credit, world.coordinator, invoice.id, CreditInvoice("", {line: 30}, "note"))
    return invoice.id, note.id


def assert_refused(session, statement: Any, of: object) -> None:
    with pytest.raises(IntegrityError, match="seal"):
        session.execute(statement)
        pytest.fail(f"{of} was changed")
    session.rollback()


def rows(session, table: Table) -> list[Any]:
    return list(session.execute(select(table).order_by(table.c.id)).mappings())


def other(column: Any, value: Any) -> object:
    """Another value for a column than it has."""
    if column.primary_key:
        return value + 50
    if value is not None:
        return None
    given = {"vat_free": "small_business", "due_on": FRIDAY, "approved_at": clock.now()}
    return given.get(column.name, 1)


def test_an_issued_invoice_never_changes(session, issued):
    for table, still_open in OPEN.items():
        found = rows(session, table)
        assert len(found) == len(issued)
        for row in found:
            this = table.c.id == row["id"]
            for column in table.c:
                if column.name not in still_open:
                    changed = update(table).where(this).values({column: other(column, row[column.name])})
                    assert_refused(session, changed, f"{table}.{column.name}")
            assert_refused(session, delete(table).where(this), table)
            if table is not INVOICE:
                copied = {name: value for name, value in row.items() if name != "id"} | {"position": 9, "live": False}
                more = {name: value for name, value in copied.items() if name in table.c}
                assert_refused(session, insert(table).values(**more), table)


def test_its_state_and_what_is_credited_of_it_do(session, issued):
    session.execute(update(INVOICE).values(status="paid", paid_on=FRIDAY, version=9))
    session.execute(update(LINE).values(live=False, credited_minutes=1))
    session.rollback()


def test_a_draft_may_change_and_be_thrown_away(world, session, issued):
    world.hours(date(2026, 11, 19))
    session.commit()
    draft = world.draft(form_key="draft").id
    session.execute(update(INVOICE).where(INVOICE.c.id == draft).values(gross=1, buyer_name="Kahvila"))
    session.execute(update(LINE).where(LINE.c.invoice_id == draft).values(net=1))
    assert_refused(session, update(LINE).where(LINE.c.invoice_id == draft).values(invoice_id=issued[0]), LINE)
    for table in (LINE, VAT):
        session.execute(delete(table).where(table.c.invoice_id == draft))
    session.execute(delete(INVOICE).where(INVOICE.c.id == draft))
    session.commit()
    assert [row["id"] for row in rows(session, INVOICE)] == list(issued)
