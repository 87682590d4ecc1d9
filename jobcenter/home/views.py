"""The public pages, and the first page of whoever is signed in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, g, render_template, request

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import public
from jobcenter.auth.messages import KINDS
from jobcenter.auth.models import Jobcenter
from jobcenter.core import clock
from jobcenter.home import queries
from jobcenter.home.domain import Job
from jobcenter.home.first_page import first_page_for
from jobcenter.home.forms import CalculatorForm
from jobcenter.home.messages import FORM_TEXTS, FORMS, HOUR_SPLITS, TASK_TEXTS
from jobcenter.home.style import ICONS, SAMPLE_FACTS, SAMPLE_ROWS, SampleForm
from jobcenter.orders.organisations.messages import KINDS as ORDERERS
from jobcenter.orders.organisations.models import Organisation
from jobcenter.orders.organisations.queries import own_organisations
from jobcenter.workers.messages import TASKS

bp = Blueprint("home", __name__)

SUPERVISOR = "https://www.saavutettavuusvaatimukset.fi/"
EXAMPLE_PEOPLE = 2
EXAMPLE_HOURS = Decimal(3)


@bp.get("/")
@public
def index() -> str:
    if g.actor.is_signed_in:
        now = clock.now()
        return render_template(
            "home/today.html", first=first_page_for(g.actor, now), given_name=g.actor.name.split(" ")[0], now=now
        )
    return render_template("home/front.html", tasks=TASKS)


@bp.get("/services")
@public
def services() -> str:
    return render_template("home/services.html", tasks=TASKS, task_texts=TASK_TEXTS)


@bp.get("/prices")
@public
def prices() -> Any:
    jobcenters = queries.jobcenters()
    own = _own_orderer()
    form = _calculator(jobcenters, own)
    if not request.args:
        return _price_page(form, jobcenters, _example(jobcenters, own)), 200
    if form.validate():
        return _price_page(form, jobcenters, form.to_command()), 200
    return _price_page(form, jobcenters, None), 422


def _own_orderer() -> Organisation | None:
    """The orderer that whoever reads acts for; of several the first by name."""
    own = own_organisations(g.actor) if g.actor.has(Role.ORDERER) else []
    return own[0] if own else None


def _calculator(jobcenters: list[Jobcenter], own: Organisation | None) -> CalculatorForm:
    first = jobcenters[0].id if jobcenters else None
    form = CalculatorForm(
        formdata=request.args or None,
        jobcenter=own.jobcenter_id if own else first,
        orderer=own.kind if own else None,
        people=EXAMPLE_PEOPLE,
        hours=EXAMPLE_HOURS,
    )
    form.jobcenter.offer([(jobcenter.id, jobcenter.name) for jobcenter in jobcenters])
    return form


def _example(jobcenters: list[Jobcenter], own: Organisation | None) -> Job | None:
    """The job that the calculator shows before anything is asked; none where there is no Jobcenter yet."""
    if own is not None:
        return Job(own.jobcenter_id, EXAMPLE_PEOPLE, EXAMPLE_HOURS, own.kind)
    return Job(jobcenters[0].id, EXAMPLE_PEOPLE, EXAMPLE_HOURS) if jobcenters else None


def _price_page(form: CalculatorForm, jobcenters: list[Jobcenter], job: Job | None) -> str:
    today = clock.today()
    return render_template(
        "home/prices.html",
        form=form,
        job=job,
        quotes=queries.job_prices(job, jobcenters, today) if job else [],
        lists=[(jobcenter, queries.hour_prices(jobcenter, today)) for jobcenter in jobcenters],
        today=today,
        form_names=FORMS,
        form_texts=FORM_TEXTS,
        hour_splits=HOUR_SPLITS,
        orderers=ORDERERS,
    )


@bp.get("/for-workers")
@public
def for_workers() -> str:
    return render_template("home/for_workers.html", jobcenters=queries.jobcenters(), kinds=KINDS)


@bp.get("/contact")
@public
def contact() -> str:
    return render_template("home/contact.html", jobcenters=queries.jobcenters(), kinds=KINDS)


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("home/accessibility.html", jobcenters=queries.jobcenters(), supervisor=SUPERVISOR)


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("home/privacy.html", jobcenters=queries.jobcenters())


@bp.get("/style")
@public
def style() -> str:
    form = SampleForm()
    form.validate()
    return render_template("home/style.html", form=form, icon_names=ICONS, facts=SAMPLE_FACTS, rows=SAMPLE_ROWS)
