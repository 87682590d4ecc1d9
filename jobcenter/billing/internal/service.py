"""Making the internal billing file of a month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.books import queries as books_queries
from jobcenter.billing.books.domain import last_day_of
from jobcenter.billing.internal import queries
from jobcenter.billing.internal.domain import Layout, csv_of, lines_of, read_layout
from jobcenter.billing.rules import DATA
from jobcenter.core.errors import NotFound

OWN_FILE = "internal-billing.toml"


def layout_in(instance: Path) -> Layout:
    """The form of the file: the instance's own, else the shipped one. Raises ValueError naming what is wrong in it."""
    own = instance / OWN_FILE
    found = own if own.exists() else DATA / "internal_billing.toml"
    return read_layout(found.read_text(encoding="utf-8"))


def month_file(actor: Actor, jobcenter_id: int, month: date, layout: Layout) -> bytes:
    """The account lines of the month's invoices to city units, under the account numbers of the month, which a closed
    one keeps; `month` is its first day. Raises NotFound.
    """
    if jobcenter_id not in actor.jobcenters(Role.COORDINATOR, Role.ADMIN):
        raise NotFound
    numbers, seller = books_queries.numbers_of_month(jobcenter_id, month), auth_queries.jobcenter(jobcenter_id).name
    bills = queries.unit_bills(jobcenter_id, month, last_day_of(month))
    lines = (
        line
        for bill in bills
        for line in lines_of(bill, cost_account=layout.cost_account, numbers=numbers, seller=seller)
    )
    return csv_of(lines, layout)
