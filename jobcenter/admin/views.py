"""The administrator's pages of rates, terms, the Jobcenter, rules and log: each only for their own Jobcenters."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.admin import presenting, views_rules, views_users
from jobcenter.admin.blueprint import bp
from jobcenter.admin.forms import EVERYWHERE, JobcenterForm, LogForm, PriceRuleForm, RateForm, TermsForm
from jobcenter.auth import queries as auth
from jobcenter.auth import service as accounts
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.core.runs import last_runs
from jobcenter.core.web import id_in
from jobcenter.earnings.rulebook.domain import looked_at, missing_half_years
from jobcenter.earnings.rulebook.queries import current_law, waiting_additions
from jobcenter.notifications.queries import given_up
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake import service as intake
from jobcenter.orders.intake.presenting_pages import version_view
from jobcenter.orders.rates import queries as rates
from jobcenter.orders.rates import service as rate_service
from jobcenter.orders.rates.policy import can_set_rate

__all__ = ["bp", "views_rules", "views_users"]

EVENTS = 50
MAILS = 20


@bp.get("")
@allow(Role.ADMIN)
def index() -> str:
    """Where everything is, and what is missing."""
    today, law = clock.today(), current_law()
    year = looked_at(today)
    return render_template(
        "admin/index.html",
        jobcenters=auth.jobcenters_of(g.actor, Role.ADMIN),
        year=year,
        missing=len(law.missing_for(year)),
        half_years=len(missing_half_years(law, today)),
        waiting=len(waiting_additions()),
        runs=last_runs(),
        mails=given_up(g.actor.jobcenters(Role.ADMIN), clock.now(), MAILS),
    )


# Rates


@bp.get("/rates")
@allow(Role.ADMIN)
def show_rates() -> str:
    """Every dated value with its source and who set it."""
    return _rates_page(_rate_form())


@bp.post("/rates")
@allow(Role.ADMIN)
def set_rate() -> Any:
    """Add a dated value."""
    form, every = _rate_form(), frozenset(one.id for one in auth.jobcenters())
    if form.attempt(lambda: rate_service.set_rate(g.actor, form.to_command(), every)):
        flash(_("The value is saved. It holds from its day on."))
        return redirect(url_for(".show_rates"))
    return _rates_page(form), 422


@bp.get("/jobcenters/<int:jobcenter_id>/low-prices")
@allow(Role.ADMIN)
def low_prices(jobcenter_id: int) -> str:
    """From which price on a coordinator agrees alone."""
    _check_own(jobcenter_id)
    rule = rates.price_rule(jobcenter_id)
    values = {"least_share": rule.least_share, "version": rule.version} if rule else {"version": 0}
    return _low_prices_page(jobcenter_id, PriceRuleForm(data=values))


@bp.post("/jobcenters/<int:jobcenter_id>/low-prices")
@allow(Role.ADMIN)
def set_low_prices(jobcenter_id: int) -> Any:
    """Keep it; prices that wait are decided by whoever was asked."""
    _check_own(jobcenter_id)
    form = PriceRuleForm()
    if form.attempt(lambda: rate_service.set_price_rule(g.actor, form.to_command(jobcenter_id))):
        flash(_("The rule is saved. It holds for the prices that are offered from now on."))
        return redirect(url_for(".show_rates"))
    return _low_prices_page(jobcenter_id, form), 422


def _low_prices_page(jobcenter_id: int, form: PriceRuleForm) -> str:
    return render_template("admin/low_prices.html", form=form, jobcenter=auth.jobcenter(jobcenter_id))


def _rate_form() -> RateForm:
    form, every = RateForm(), auth.jobcenters()
    own = [(one.id, one.name) for one in every if one.id in g.actor.jobcenters(Role.ADMIN)]
    if can_set_rate(g.actor, None, frozenset(one.id for one in every)):
        own.append((EVERYWHERE, _("All Jobcenters")))
    form.jobcenter.offer(own)
    return form


def _rates_page(form: RateForm) -> str:
    names = {one.id: one.name for one in auth.jobcenters_of(g.actor, Role.ADMIN)}
    tables = presenting.rate_tables(rates.rate_rows(frozenset(names)), names, clock.today())
    rules = presenting.price_rules(names, rates.price_rules(names))
    return render_template("admin/rates.html", form=form, tables=tables, rules=rules)


# Terms


@bp.get("/jobcenters/<int:jobcenter_id>/terms")
@allow(Role.ADMIN)
def show_terms(jobcenter_id: int) -> str:
    """The versions of a Jobcenter's order terms, and a form for the next one."""
    _check_own(jobcenter_id)
    newest = orders.terms_versions([jobcenter_id])[:1]
    texts = {f"text_{language}": text for version in newest for language, text in version.texts.items()}
    return _terms_page(jobcenter_id, TermsForm(data=texts))


@bp.post("/jobcenters/<int:jobcenter_id>/terms")
@allow(Role.ADMIN)
def publish_terms(jobcenter_id: int) -> Any:
    """Publish a new version; terms that were sent or accepted keep theirs."""
    _check_own(jobcenter_id)
    form = TermsForm()
    if form.attempt(lambda: intake.publish_terms(g.actor, jobcenter_id, form.to_texts(), form.valid_from.data)):
        flash(_("The new version is published."))
        return redirect(url_for(".show_terms", jobcenter_id=jobcenter_id))
    return _terms_page(jobcenter_id, form), 422


def _terms_page(jobcenter_id: int, form: TermsForm) -> str:
    return render_template(
        "admin/terms.html",
        form=form,
        jobcenter=auth.jobcenter(jobcenter_id),
        versions=[version_view(version) for version in orders.terms_versions([jobcenter_id])],
    )


# The Jobcenter


@bp.get("/jobcenters/<int:jobcenter_id>")
@allow(Role.ADMIN)
def jobcenter(jobcenter_id: int) -> str:
    """A Jobcenter's names, contact, account and partner."""
    _check_own(jobcenter_id)
    return _jobcenter_page(jobcenter_id, JobcenterForm(obj=auth.jobcenter(jobcenter_id)))


@bp.post("/jobcenters/<int:jobcenter_id>")
@allow(Role.ADMIN)
def save_jobcenter(jobcenter_id: int) -> Any:
    """Change them."""
    _check_own(jobcenter_id)
    form = JobcenterForm()
    if form.attempt(lambda: accounts.change_jobcenter(g.actor, jobcenter_id, form.to_command())):
        flash(_("The Jobcenter's details are saved."))
        return redirect(url_for(".jobcenter", jobcenter_id=jobcenter_id))
    return _jobcenter_page(jobcenter_id, form), 422


def _jobcenter_page(jobcenter_id: int, form: JobcenterForm) -> str:
    return render_template("admin/jobcenter.html", form=form, jobcenter=auth.jobcenter(jobcenter_id))


# The log


@bp.get("/log")
@allow(Role.ADMIN)
def log() -> str:
    """The audit log, newest first."""
    return _log_page()


@bp.post("/log/verify")
@allow(Role.ADMIN)
def verify_log() -> str:
    """Recompute the chain of the whole log."""
    ActionForm()
    return _log_page(audit.verify_chain())


def _log_page(report: audit.ChainReport | None = None) -> str:
    form = LogForm(request.args)
    search = _search(form) if form.validate() else audit.Search(jobcenter_ids=frozenset())
    events = audit.events(search, EVENTS)
    kept = {name: value for name, value in request.args.items() if name in form.data and value}
    older = url_for(".log", **kept, before=events[-1].id) if len(events) == EVENTS else ""
    rows = [presenting.event_row(event) for event in events]
    return render_template("admin/log.html", form=form, events=rows, older_url=older, report=report)


def _search(form: LogForm) -> audit.Search:
    """What the form asks, within the administrator's Jobcenters; who has them all also sees what belongs to none."""
    own = g.actor.jobcenters(Role.ADMIN)
    has_all = {one.id for one in auth.jobcenters()} <= own
    return audit.Search(
        jobcenter_ids=None if has_all else own,
        kind=form.kind.data,
        thing_type=form.thing_type.data or None,
        thing_id=form.thing_id.data or None,
        since=clock.start_of(form.since.data) if form.since.data else None,
        until=clock.end_of(form.until.data) if form.until.data else None,
        before_id=request.args.get("before", type=id_in),
    )


def _check_own(jobcenter_id: int) -> None:
    """Raise NotFound for a Jobcenter that the actor does not administer."""
    if jobcenter_id not in g.actor.jobcenters(Role.ADMIN):
        raise NotFound()
