"""The administrator's pages on the law: every figure, its history, and values that need a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.admin import presenting_rules as presenting
from jobcenter.admin.blueprint import bp
from jobcenter.admin.forms_rules import LawValueForm, NumberForm, WhyForm
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.auth.queries import names_of
from jobcenter.benefits import Parameter
from jobcenter.core import clock
from jobcenter.core.errors import or_not_found
from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.earnings.rulebook import queries, queries_contacts, service
from jobcenter.earnings.rulebook.domain import ADMINISTRATORS_NEEDED, first_missing_day, looked_at
from jobcenter.earnings.rulebook.queries import current_law


@bp.get("/rules")
@allow(Role.ADMIN)
def rules() -> str:
    """Every figure of the law, what the year looked at lacks, and what waits for a second administrator."""
    today, law, waiting = clock.today(), current_law(), queries.waiting_additions()
    year = looked_at(today)
    names = names_of(presenting.people_of(waiting))
    return render_template(
        "admin/rules.html",
        groups=presenting.rule_groups(law, today, year),
        missing=presenting.missing_links(law, year),
        half_years=presenting.missing_half_years(law, today),
        number_missing=len(law.missing_for(year)),
        waiting=presenting.addition_rows(g.actor, waiting, law, names),
        alone=queries.number_of_administrators() < ADMINISTRATORS_NEEDED,
        planned=presenting.planned_lines(law),
        version=law.version,
        year=year,
        today=today,
    )


@bp.get("/rules/<parameter_id>")
@allow(Role.ADMIN)
def rule(parameter_id: str) -> str:
    """One figure: what it is, its history, and a form for a coming value."""
    parameter = _parameter(parameter_id)
    first = first_missing_day(parameter, clock.today())
    return _rule_page(parameter, LawValueForm(data={"from_": first, "applies": parameter.values[-1].applies}))


@bp.post("/rules/<parameter_id>")
@allow(Role.ADMIN)
def propose_value(parameter_id: str) -> Any:
    """Enter a value; it waits for a second administrator."""
    parameter = _parameter(parameter_id)
    form = LawValueForm()
    if form.attempt(lambda: service.propose(g.actor, form.to_command(parameter))):
        flash(_("The value is saved. It is used when another administrator has confirmed it."))
        return redirect(url_for(".rule", parameter_id=parameter_id))
    return _rule_page(parameter, form), 422


@bp.post("/rules/values/<int:addition_id>/approve")
@allow(Role.ADMIN)
def approve_value(addition_id: int) -> Any:
    """Confirm what another administrator has entered."""
    done = _("The value is confirmed. Everyone's limits are checked again within a few minutes.")
    return _decide(addition_id, ActionForm(), lambda _form: service.approve(g.actor, addition_id), done)


@bp.post("/rules/values/<int:addition_id>/reject")
@allow(Role.ADMIN)
def reject_value(addition_id: int) -> Any:
    """Reject it, saying why."""
    done = _("The value is rejected.")
    return _decide(addition_id, WhyForm(), lambda form: service.reject(g.actor, addition_id, form.reason.data), done)


@bp.post("/rules/values/<int:addition_id>/withdraw")
@allow(Role.ADMIN)
def withdraw_value(addition_id: int) -> Any:
    """Take one's own proposal back."""
    done = _("The value is withdrawn.")
    return _decide(addition_id, ActionForm(), lambda _form: service.withdraw(g.actor, addition_id), done)


@bp.post("/rules/values/<int:addition_id>/revoke")
@allow(Role.ADMIN)
def revoke_value(addition_id: int) -> Any:
    """Take a wrong value out of use."""
    done = _("The value is out of use. The limit is shown as missing until a new value is confirmed.")
    return _decide(addition_id, WhyForm(), lambda form: service.revoke(g.actor, addition_id, form.reason.data), done)


@bp.get("/contacts")
@allow(Role.ADMIN)
def contacts() -> str:
    """Whom people are told to call, and a form for a number."""
    return _contacts_page(NumberForm(data={"from_": clock.today()}))


@bp.post("/contacts")
@allow(Role.ADMIN)
def set_number() -> Any:
    """Enter a number."""
    form = _with_points(NumberForm())
    if form.attempt(lambda: service.set_number(g.actor, form.to_command())):
        flash(_("The number is saved."))
        return redirect(url_for(".contacts"))
    return _contacts_page(form), 422


def _with_points(form: NumberForm) -> NumberForm:
    form.point.offer([(point.id, _(point.about)) for point in current_law().contacts])
    return form


def _contacts_page(form: NumberForm) -> str:
    known = queries_contacts.contacts(clock.today())
    rows = presenting.contact_rows(current_law().contacts, known)
    return render_template("admin/contacts.html", rows=rows, form=_with_points(form))


def _decide(addition_id: int, form: BaseForm, verb: Callable[[Any], Any], done: str) -> Any:
    """Do what a button says, tell how it went, and go back to the figure."""
    parameter_id = queries.proposal_for(g.actor, addition_id).parameter
    if form.attempt(lambda: verb(form)) and form.result is not None:
        flash(done)
    for refusals in form.errors.values():
        for refusal in refusals:
            flash(refusal, "bad")
    return redirect(url_for(".rule", parameter_id=parameter_id))


def _parameter(parameter_id: str) -> Parameter:
    """The figure as it is in force. Raises NotFound."""
    return or_not_found(current_law().parameters.get(parameter_id))


def _rule_page(parameter: Parameter, form: LawValueForm) -> str:
    today, rows = clock.today(), queries.additions_of(parameter.id)
    law = current_law()
    title, lead = presenting.title_and_lead(parameter)
    return render_template(
        "admin/rule.html",
        title=title,
        lead=lead,
        facts=presenting.rule_facts(parameter),
        history=presenting.value_rows(parameter, today),
        additions=presenting.addition_rows(g.actor, rows, law, names_of(presenting.people_of(rows))),
        doubts=[presenting.doubt(fact) for fact in presenting.doubts_about(law, parameter)],
        missing_half=presenting.half_year_missing(parameter, today),
        missing_from=first_missing_day(parameter, today),
        alone=queries.number_of_administrators() < ADMINISTRATORS_NEEDED,
        form=form.of(parameter),
        why=WhyForm(formdata=None),
        action=url_for(".propose_value", parameter_id=parameter.id),
    )
