"""Pages of the books: a Jobcenter's month, its vouchers, the file for bookkeeping, closing, what is due, numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.auth.models import Jobcenter
from jobcenter.billing.books import domain, policy, presenting, presenting_due, queries, queries_due, service
from jobcenter.billing.books.forms import NumbersForm, PaidForm
from jobcenter.core import clock, texts
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part

bp = Blueprint("books", __name__, url_prefix="/books")

READERS = (Role.COORDINATOR, Role.ADMIN)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@bp.get("")
@allow(*READERS)
def index() -> Any:
    """The books of the reader's Jobcenters; the only one's at once."""
    jobcenters = auth_queries.jobcenters_of(g.actor, *READERS)
    if len(jobcenters) == 1:
        return redirect(url_for(".month", jobcenter_id=jobcenters[0].id))
    return render_template("books/index.html", jobcenters=jobcenters)


@bp.get("/<int:jobcenter_id>")
@allow(*READERS)
def month(jobcenter_id: int) -> str:
    """The report of a month and what was booked in it."""
    return _month_page(jobcenter_id, None)


@bp.post("/<int:jobcenter_id>/close")
@allow(*READERS)
def close(jobcenter_id: int) -> Any:
    """Close the month for good."""
    form, shown = ActionForm(), _month()
    if form.attempt(lambda: service.close_month(g.actor, jobcenter_id, shown)):
        flash(_("The month %(month)s is closed.", month=texts.month(shown)), "good")
        return redirect(url_for(".month", jobcenter_id=jobcenter_id, month=f"{shown:%Y-%m}"))
    return _month_page(jobcenter_id, form), 409


def _month_page(jobcenter_id: int, refused: ActionForm | None) -> str:
    jobcenter, shown, today = _jobcenter(jobcenter_id), _month(), clock.today()
    sums = queries.sums_of_month(jobcenter_id, shown)
    day = min(domain.last_day_of(shown), today)
    worked = queries.worked_in(jobcenter_id, shown)
    report = domain.month_report(sums, queries.receivables_on(jobcenter_id, day), worked=worked, day=day)
    closes = queries.closes_of(jobcenter_id)
    closed = presenting.close_text(closes, shown)
    return render_template(
        "books/month.html",
        jobcenter=jobcenter,
        back=_back(),
        shown=shown,
        key=f"{shown:%Y-%m}",
        months=presenting.month_links(queries.first_month(jobcenter_id), shown, today),
        report=report,
        bands=[(presenting.band_label(band), band.amount) for band in report.bands],
        day=day,
        rows=presenting.account_rows(sums, queries.numbers_of_month(jobcenter_id, shown)),
        closed=closed,
        dues=presenting.due_rows(queries.dues_of(jobcenter_id)),
        can_note_paid=policy.can_note_paid(g.actor, jobcenter_id),
        can_close=not closed and domain.next_month(shown) <= today,
        refused=refused,
    )


@bp.get("/<int:jobcenter_id>/vouchers")
@allow(*READERS)
def vouchers(jobcenter_id: int) -> str:
    """The vouchers of a month, line by line."""
    jobcenter, shown, piece = _jobcenter(jobcenter_id), _month(), part(request.args)
    lines = queries.journal(jobcenter_id, shown, limit=piece.limit, offset=piece.offset)
    count = queries.number_of_entries(jobcenter_id, shown)
    key = f"{shown:%Y-%m}"
    return render_template(
        "books/vouchers.html",
        jobcenter=jobcenter,
        shown=shown,
        key=key,
        vouchers=presenting.vouchers_of(lines, queries.numbers_of_month(jobcenter_id, shown)),
        pages=piece.pages(count, ".vouchers", jobcenter_id=jobcenter_id, month=key),
    )


@bp.get("/<int:jobcenter_id>/csv")
@allow(*READERS)
def download(jobcenter_id: int) -> Response:
    """A month's journal as CSV."""
    jobcenter, shown = _jobcenter(jobcenter_id), _month()
    lines = queries.journal(jobcenter_id, shown)
    content = presenting.csv_of(lines, queries.numbers_of_month(jobcenter_id, shown), jobcenter.name)
    headers = {"Content-Disposition": f'attachment; filename="books-{jobcenter_id}-{shown:%Y-%m}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


@bp.get("/<int:jobcenter_id>/due")
@allow(Role.COORDINATOR)
def due(jobcenter_id: int) -> str:
    """What is due to others, and the form to note that it was paid."""
    return _due_page(jobcenter_id, _paid_form(jobcenter_id, clock.today()))


@bp.post("/<int:jobcenter_id>/due")
@allow(Role.COORDINATOR)
def note_paid(jobcenter_id: int) -> Any:
    """Note a payment of what is due."""
    form = _paid_form(jobcenter_id, None)
    if form.attempt(lambda: service.note_paid(g.actor, jobcenter_id, form.to_command())):
        flash(_("The payment is noted."), "good")
        return redirect(url_for(".due", jobcenter_id=jobcenter_id))
    return _due_page(jobcenter_id, form), 422


@bp.post("/<int:jobcenter_id>/due/<entry_id>/back")
@allow(Role.COORDINATOR)
def take_back_paid(jobcenter_id: int, entry_id: str) -> Any:
    """Take a noted payment back."""
    form = ActionForm()
    if form.attempt(lambda: service.take_back_paid(g.actor, jobcenter_id, entry_id)):
        if form.result:
            flash(_("The payment is taken back. Both entries stay in the books."), "good")
        return redirect(url_for(".due", jobcenter_id=jobcenter_id))
    return _due_page(jobcenter_id, _paid_form(jobcenter_id, clock.today()), refused=form), 409


def _paid_form(jobcenter_id: int, today: date | None) -> PaidForm:
    if not policy.can_note_paid(g.actor, jobcenter_id):
        raise NotFound
    return PaidForm.asking(today, queries_due.parties_owed(jobcenter_id), queries_due.party_names(jobcenter_id))


def _due_page(jobcenter_id: int, form: PaidForm, refused: ActionForm | None = None) -> str:
    rows = presenting_due.due_rows(queries_due.months_due(jobcenter_id), form.parties, form.names, clock.today())
    return render_template(
        "books/due.html",
        jobcenter=_jobcenter(jobcenter_id),
        rows=rows,
        form=form,
        refused=refused or form,
        is_asked=bool(rows) or form.is_submitted(),
        has_partners=bool(form.parties),
        noted=presenting_due.noted_rows(queries_due.noted_payments(jobcenter_id)),
        sources=presenting_due.sources(queries_due.due_after()),
    )


@bp.get("/<int:jobcenter_id>/accounts")
@allow(*READERS)
def accounts(jobcenter_id: int) -> str:
    """The account numbers."""
    jobcenter = _jobcenter(jobcenter_id)
    return _accounts_page(jobcenter, NumbersForm.for_numbers(queries.account_numbers(jobcenter_id)))


@bp.post("/<int:jobcenter_id>/accounts")
@allow(*READERS)
def number_accounts(jobcenter_id: int) -> Any:
    """Keep the account numbers."""
    form = NumbersForm.for_numbers(queries.account_numbers(_jobcenter(jobcenter_id).id))
    if form.attempt(lambda: service.number_accounts(g.actor, jobcenter_id, form.to_command())):
        flash(_("The account numbers are saved."), "good")
        return redirect(url_for(".accounts", jobcenter_id=jobcenter_id))
    return _accounts_page(_jobcenter(jobcenter_id), form), 422


def _accounts_page(jobcenter: Jobcenter, form: NumbersForm) -> str:
    return render_template("books/accounts.html", jobcenter=jobcenter, form=form)


def _back() -> str:
    """To the choice of Jobcenters, for who reads the books of several."""
    several = len(g.actor.jobcenters(*READERS)) > 1
    return url_for(".index") if several else url_for("billing.index")


def _jobcenter(jobcenter_id: int) -> Jobcenter:
    if not policy.can_read(g.actor, jobcenter_id):
        raise NotFound
    return auth_queries.jobcenter(jobcenter_id)


def _month() -> date:
    """The month that the address asks for, the current one when it asks for none; 404 for what is no month."""
    text = request.args.get("month")
    if not text:
        return domain.month_of(clock.today())
    match = _MONTH.fullmatch(text)
    if match is None:
        abort(404)
    return date(int(match[1]), int(match[2]), 1)
