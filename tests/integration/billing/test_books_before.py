"""What happened before there were books is booked by the migration as it would have been."""

from __future__ import annotations

from datetime import date

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, MarkPaid
from jobcenter.billing.payments import service as payments
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work

FRIDAY, TODAY = date(2026, 11, 20), date(2026, 11, 22)
SUMS = "select account, sum(debit), sum(credit) from ledger_line group by account order by account"
OVER = "select sum(over), count(*) from payment"


def do(action, *arguments):
    with unit_of_work():
        return action(*arguments)


def told() -> list[tuple]:
    return [tuple(map(str, row)) for query in (SUMS, OVER) for row in db.session.execute(text(query))]


def test_the_migration_books_what_was(world, session, database):
    for place, form_key in enumerate(("open", "paid", "credited", "paid and credited")):
        world.hours(date(2026, 11, 16 + place), 1 + place)
        session.commit()
        invoice = world.sent(form_key=form_key)
        if "paid" in form_key:
            do(payments.mark_paid, world.coordinator, invoice.id, MarkPaid(TODAY))
        if "credited" in form_key:
            do(invoices.credit, world.coordinator, invoice.id, CreditInvoice("Wrong"))
    before = told()
    session.rollback()
    db.engine.dispose()
    database.spoil()
    downgrade(revision="0010")
    upgrade()
    assert told() == before
