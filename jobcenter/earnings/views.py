"""Pages on earnings and limits: one's own, and a person's whom one stands beside; what was told; the year."""

from __future__ import annotations

from datetime import date

from flask import g, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.earnings import (
    presenting,
    presenting_told,
    presenting_warnings,
    presenting_year,
    queries,
    views_warnings,
)
from jobcenter.earnings import queries_told as told_queries
from jobcenter.earnings import queries_warnings as warning_queries
from jobcenter.earnings.blueprint import bp
from jobcenter.earnings.forms import DayForm
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import own_worker_for, worker_of, worker_with_earnings_for

__all__ = ["bp", "views_warnings"]

READ = ("benefits", "earnings", "limits")
BESIDE = (Role.COORDINATOR, Role.SUPPORT, Role.GUARDIAN)


# Limits now


@bp.get("")
@allow(Role.WORKER)
def mine() -> str:
    """My money and limits."""
    workers = worker_of(g.actor)
    ids = [worker.id for worker in workers]
    cases, warned = queries.cases_of(ids, clock.now()), warning_queries.unseen_of(ids)
    people = [
        (
            presenting.standing(worker, cases[worker.id], about=False),
            [presenting_warnings.warning_row(warning, worker) for warning in warned[worker.id]],
        )
        for worker in workers
    ]
    return render_template("earnings/mine.html", people=people)


@bp.get("/workers/<int:worker_id>")
@allow(*BESIDE)
def show(worker_id: int) -> str:
    """A person's money and limits, for those who may know; the reading is on the log."""
    worker = _read(worker_id)
    return render_template(
        "earnings/show.html",
        standing=presenting.standing(worker, queries.case_of(worker_id, clock.now()), about=True),
        tabs=_tabs(worker, "show"),
    )


# The year


@bp.get("/mine/<int:worker_id>/year")
@allow(Role.WORKER)
def my_year(worker_id: int) -> str:
    """My year in a picture."""
    return _year_page(own_worker_for(g.actor, worker_id), "my_year")


@bp.get("/workers/<int:worker_id>/year")
@allow(*BESIDE)
def year(worker_id: int) -> str:
    """A person's year in a picture."""
    return _year_page(_read(worker_id), "year")


def _year_page(worker: Worker, endpoint: str) -> str:
    today = clock.today()
    years = presenting_year.years_around(today)
    asked = request.args.get("year", type=int, default=today.year)
    if asked not in years:
        raise NotFound
    case = queries.case_of(worker.id, clock.now())
    return render_template(
        "earnings/year.html",
        name="" if endpoint == "my_year" else worker.name,
        view=presenting_year.year_view(case, asked),
        money=presenting.money_of(case, asked),
        years=[(str(y), url_for(f".{endpoint}", worker_id=worker.id, year=y), y == asked) for y in years],
        tabs=_tabs(worker, endpoint),
    )


# What was told


@bp.get("/mine/<int:worker_id>/told")
@allow(Role.WORKER)
def told_me(worker_id: int) -> str:
    """What I was told on a day."""
    return _told_page(own_worker_for(g.actor, worker_id), "told_me")


@bp.get("/workers/<int:worker_id>/told")
@allow(*BESIDE)
def told(worker_id: int) -> str:
    """What a person was told on a day."""
    return _told_page(_read(worker_id), "told")


def _told_page(worker: Worker, endpoint: str) -> str:
    form = DayForm(formdata=request.args if "on" in request.args else None, data={"on": clock.today()})
    day: date | None = form.on.data if "on" not in request.args or form.validate() else None
    about = worker.given_name if endpoint == "told" else ""
    found = told_queries.told_on(worker.id, day) if day else []
    return render_template(
        "earnings/told.html",
        name=worker.name if about else "",
        form=form,
        day=day,
        told=presenting_told.told_cards(found, about),
        nothing=presenting_told.no_record_text(day, told_queries.first_day_told(worker.id)) if day else "",
        action=url_for(f".{endpoint}", worker_id=worker.id),
        tabs=_tabs(worker, endpoint),
    )


def _read(worker_id: int) -> Worker:
    """A person whom the actor stands beside; that they are read of is on the log."""
    worker = worker_with_earnings_for(g.actor, worker_id)
    audit.note_read(g.actor, "worker", worker_id, READ, worker.jobcenter_id)
    return worker


def _tabs(worker: Worker, current: str) -> list[tuple[str, str, bool]]:
    """The pages on one person's limits."""
    own = current.startswith(("my_", "told_me"))
    pages = [
        (_("Limits"), "mine" if own else "show"),
        (_("The year"), "my_year" if own else "year"),
        (_("What was told"), "told_me" if own else "told"),
    ]
    tabs = [(text, url_for(f".{page}", worker_id=worker.id), page == current) for text, page in pages]
    return [*tabs, (_("What if?"), url_for("what_if.index", worker_id=worker.id), False)]
