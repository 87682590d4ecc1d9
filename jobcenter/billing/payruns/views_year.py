"""Year end: what each worker was paid, what the tax authority asks; and the partner's month."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, g, render_template
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.benefits.judging import month_of, year_of
from jobcenter.billing.payruns import policy, presenting_partner, presenting_year, queries_partner, queries_year
from jobcenter.core import clock, texts
from jobcenter.core.errors import NotFound
from jobcenter.earnings.rulebook.queries import current_law

bp = Blueprint("pay_years", __name__, url_prefix="/pay")


@bp.get("/years/<int:jobcenter_id>/<int:year>")
@allow(Role.COORDINATOR)
def year(jobcenter_id: int, year: int) -> str:
    """What each worker was paid in a year, and the sums that the tax authority asks for."""
    span = year_of(_first_day(jobcenter_id, year))
    rows, reported = queries_year.paid_in(jobcenter_id, span), queries_year.reported_in(jobcenter_id, span)
    return render_template(
        "pay/year.html",
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        year=year,
        is_over=span.last < clock.today(),
        rows=rows,
        table=[*rows, presenting_year.total_of(rows)],
        facts=presenting_year.tax_facts(rows, reported),
        tells_all=presenting_year.tells_all(rows, reported),
    )


@bp.get("/years/<int:jobcenter_id>/<int:year>.csv")
@allow(Role.COORDINATOR)
def year_file(jobcenter_id: int, year: int) -> Response:
    """The same by worker, as CSV."""
    rows = queries_year.paid_in(jobcenter_id, year_of(_first_day(jobcenter_id, year)))
    name = auth_queries.jobcenter(jobcenter_id).name
    return _file(presenting_year.year_csv(rows, name, year), f"pay-{year}.csv")


@bp.get("/partner/<int:jobcenter_id>/<month>")
@allow(Role.COORDINATOR)
def partner(jobcenter_id: int, month: str) -> str:
    """What the partner as the employer paid in a month by our lists, and what it must know of it."""
    span, law = month_of(_month(jobcenter_id, month)), current_law()
    pays = queries_year.partner_pay_in(jobcenter_id, span)
    wages = queries_partner.partner_wages(jobcenter_id, span.last)
    rows = presenting_year.partner_rows(pays, law)
    return render_template(
        "pay/partner_month.html",
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        month=month,
        title=_("The partner's month: %(month)s", month=texts.month(span.first)),
        rows=rows,
        gross=sum(row.gross for row in rows),
        notices=presenting_partner.partner_notices(law, wages, span.last, {row.worker_id: row.name for row in pays}),
    )


@bp.get("/partner/<int:jobcenter_id>/<month>.csv")
@allow(Role.COORDINATOR)
def partner_file(jobcenter_id: int, month: str) -> Response:
    """The same as CSV."""
    pays = queries_year.partner_pay_in(jobcenter_id, month_of(_month(jobcenter_id, month)))
    rows = presenting_year.partner_rows(pays, current_law())
    return _file(presenting_year.partner_csv(rows, auth_queries.jobcenter(jobcenter_id).name), f"partner-{month}.csv")


def _file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _first_day(jobcenter_id: int, year: int) -> date:
    _check(jobcenter_id)
    try:
        return date(year, 1, 1)
    except ValueError:
        abort(404)


def _month(jobcenter_id: int, text: str) -> date:
    _check(jobcenter_id)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(404)


def _check(jobcenter_id: int) -> None:
    if not policy.can_manage(g.actor, jobcenter_id):
        raise NotFound
