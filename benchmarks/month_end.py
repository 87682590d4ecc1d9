"""The month end of one Jobcenter, from confirmed hours to every file that leaves the house, stage by stage.

    python -m benchmarks.month_end [--rows 2000 20000]

Starts a PostgreSQL server, fills a database of its own for each number of hour rows (ten on an invoice, ten to a
worker), and does what a coordinator does on a pay day by the product's own verbs, in one process: drafts, sent
invoices, PDFs, e-invoices made and delivered, the pay run with its file, the Incomes Register's files, the books' CSV
and report. Prints for each stage the time, the processor time of ours and of PostgreSQL, and how much more
the larger month took than the smaller one for the same growth of rows; then the memory.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from sqlalchemy import select, text

import jobcenter
from benchmarks.fill_month import Month, fill
from benchmarks.machine import one_by_one, peak_memory, processor_time
from jobcenter.auth import queries as auth
from jobcenter.billing import sepa
from jobcenter.billing.books import domain as book_rules
from jobcenter.billing.books import presenting as books_presenting
from jobcenter.billing.books import queries as books
from jobcenter.billing.einvoices import jobs as einvoices
from jobcenter.billing.invoices import paper
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import BillTo, InvoiceStatus, MakeInvoice, OfMonth
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.models import PayRun
from jobcenter.billing.register import service as register
from jobcenter.config import Settings
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.documents.rendering import render
from tests.postgres import running_server

AIM_ROWS, AIM_SECONDS = 2000, 60


@dataclass(frozen=True)
class Took:
    """What a stage took: seconds by the clock, of processor time of ours and of PostgreSQL; and how much it made."""

    stage: str
    seconds: float
    ours: float
    server: float
    made: str

    @property
    def busy(self) -> float:
        """Seconds of processor time, which depend less on what else the machine does."""
        return self.ours + self.server

    def line(self) -> str:
        """The figures in a row."""
        return f"{self.stage:28}{self.seconds:9.1f} s{self.ours:9.1f} + {self.server:5.1f} s   {self.made}"


def main() -> None:
    """Each month in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[2000, 20000])
    months: list[tuple[int, list[Took]]] = []
    for rows in parser.parse_args().rows:
        # As every real server has it: what the month fills is looked at for better ways of reading it.
        with running_server(autovacuum="on") as server, multiprocessing.get_context("spawn").Pool(1) as pool:
            url = server.create("month").render_as_string(hide_password=False)
            months.append((rows, pool.apply(_month, (url, rows))))
    for (fewer, before), (more, after) in zip(months, months[1:], strict=False):
        _growth(before, after, more / fewer)
    for rows, stages in months:
        seconds = sum(took.seconds for took in stages)
        if rows <= AIM_ROWS:
            met = "met" if seconds < AIM_SECONDS else "NOT met"
            print(f"aim: {rows:,} rows in {AIM_SECONDS} s: {met}, {seconds:.1f} s")


def _month(url: str, rows: int) -> list[Took]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=url, JOBCENTER_INSTANCE=folder, EINVOICE_FOLDER=folder)
        app = jobcenter.create_app(Settings.from_env())
        with app.app_context(), app.test_request_context():
            flask_migrate.upgrade()
            began = time.perf_counter()
            month = fill(rows)
            print(f"\n{rows:,} hour rows, {len(month.organisations):,} orderers, filled", end="")
            print(f" in {time.perf_counter() - began:.0f} s", flush=True)
            print(f"{'':28}{'time':>11}   ours + PostgreSQL")
            stages = [_timed(stage, work) for stage, work in _stages(month, Path(folder))]
            whole = Took(
                "together", *(sum(getattr(s, name) for s in stages) for name in ("seconds", "ours", "server")), ""
            )
            print(whole.line())
            print(f"memory of the process at most {peak_memory()} MB")
            db.session.remove()
            db.engine.dispose()
    return stages


# The stages


def _stages(month: Month, folder: Path) -> Iterable[tuple[str, Callable[[], str]]]:
    yield "invoices drafted", lambda: _draft(month)
    yield "invoices sent", lambda: _send(month)
    yield "invoice PDFs", lambda: _pdfs(month)
    yield "e-invoices made", _einvoices_made
    yield "e-invoices delivered", _einvoices_delivered
    with clock.frozen(clock.start_of(month.pay_on)):
        yield "pay run listed", lambda: _list_pay(month)
        yield "pay run approved", lambda: _with_run(lambda run_id: pay.approve(month.second, run_id))
        yield "pay file", lambda: _pay_file(month)
        yield "pay run marked as paid", lambda: _with_run(lambda run_id: pay.mark_paid(month.first, run_id))
        yield "Incomes Register files", lambda: _report(month)
    yield "books as CSV and report", lambda: _books(month)


def _draft(month: Month) -> str:
    for organisation_id in one_by_one(month.organisations):
        bill_to = BillTo(organisation_id=organisation_id, cost_centre="", reference="")
        selection = OfMonth(bill_to=bill_to, month=month.first_day)
        with unit_of_work():
            invoices.make_draft(month.first, MakeInvoice(selection, f"month end {organisation_id}"))
    return f"{len(month.organisations):,} drafts"


def _send(month: Month) -> str:
    drafts = db.session.scalars(select(Invoice.id).where(Invoice.status == InvoiceStatus.DRAFT)).all()
    for invoice_id in one_by_one(drafts):
        with unit_of_work():
            invoices.send(month.first, invoice_id)
    return f"{len(drafts):,} invoices"


def _pdfs(month: Month) -> str:
    size = 0
    ids = db.session.scalars(select(Invoice.id).where(Invoice.status == InvoiceStatus.SENT)).all()
    for invoice_id in one_by_one(ids):
        size += len(render(paper.document_of(db.session.get_one(Invoice, invoice_id))))
        db.session.rollback()
    return f"{len(ids):,} files, {size / len(ids) / 1024:.0f} kB each"


def _einvoices_made() -> str:
    return f"{einvoices.make_einvoices(clock.now()).done:,} e-invoices"


def _einvoices_delivered() -> str:
    done = 0
    while made := einvoices.deliver_einvoices(clock.now()).done:
        done += made
    return f"{done:,} files"


def _list_pay(month: Month) -> str:
    with unit_of_work():
        run_id = pay.make_run(month.first, MakeRun(month.jobcenter_id, month.pay_on, "month end")).id
    count = db.session.scalar(text("select count(*) from pay_item where pay_run_id = :run"), {"run": run_id})
    return f"{count:,} payments"


def _with_run(verb: Callable[[int], object]) -> str:
    with unit_of_work():
        verb(db.session.scalars(select(PayRun.id)).one())
    return ""


def _pay_file(month: Month) -> str:
    with unit_of_work():
        file = pay.take_file(month.first, db.session.scalars(select(PayRun.id)).one())
    return f"{len(sepa.xml_of(file)) / 1024:,.0f} kB"


def _report(month: Month) -> str:
    with unit_of_work():
        return f"{len(register.deliver(month.first, month.jobcenter_id, month.pay_on)):,} files"


def _books(month: Month) -> str:
    size = 0
    for day in sorted({book_rules.month_of(clock.today()), book_rules.month_of(month.pay_on)}):
        lines = books.journal(month.jobcenter_id, day)
        numbers, name = books.account_numbers(month.jobcenter_id), auth.jobcenter(month.jobcenter_id).name
        size += len(books_presenting.csv_of(lines, numbers, name))
        last = book_rules.last_day_of(day)
        book_rules.month_report(
            books.sums_of_month(month.jobcenter_id, day),
            books.receivables_on(month.jobcenter_id, last),
            minutes=books.minutes_worked(month.jobcenter_id, day),
            day=last,
        )
    return f"{size / 1024:,.0f} kB"


# Measuring and showing


def _timed(stage: str, work: Callable[[], str]) -> Took:
    began, busy, served = time.perf_counter(), time.process_time(), _server_time()
    made = work()
    db.session.rollback()
    served, busy, seconds = _server_time() - served, time.process_time() - busy, time.perf_counter() - began
    took = Took(stage, seconds, busy, served, made)
    print(took.line(), flush=True)
    return took


def _server_time() -> float:
    """Seconds of processor time of the one process that serves this one in PostgreSQL."""
    server = db.session.scalar(text("select pg_backend_pid()"))
    db.session.rollback()
    return processor_time(server)


def _growth(before: list[Took], after: list[Took], rows: float) -> None:
    print(f"\nprocessor time, {rows:g} times the rows: ", end="")
    parts = [f"{more.stage} {more.busy / max(fewer.busy, 0.01):.1f}" for fewer, more in zip(before, after, strict=True)]
    whole = sum(more.busy for more in after) / sum(fewer.busy for fewer in before)
    print(f"{', '.join(parts)}; together {whole:.1f}")


if __name__ == "__main__":
    sys.exit(main())
