"""Pages of what if: questions, answers, and what was kept. Asking is a GET: going back and wrong input lose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.errors import DomainError
from jobcenter.core.forms import ActionForm
from jobcenter.core.web import id_in
from jobcenter.earnings.whatif import presenting, queries, service
from jobcenter.earnings.whatif.domain import FEWEST_COMPARED, MOST_COMPARED, Question
from jobcenter.earnings.whatif.domain_outcome import Outcome
from jobcenter.earnings.whatif.forms import FORMS, AskForm, KeepForm
from jobcenter.earnings.whatif.messages import ERRORS, QUESTIONS
from jobcenter.earnings.whatif.queries import Subject
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.policy import is_own
from jobcenter.workers.queries import worker_of

bp = Blueprint("what_if", __name__, url_prefix="/what-if")

READ = ("benefits", "earnings", "limits")
ASKERS = (Role.WORKER, Role.COORDINATOR, Role.SUPPORT)
READERS = (*ASKERS, Role.GUARDIAN)


# Asking


@bp.get("")
@allow(Role.WORKER)
def mine() -> Any:
    """My own questions; a person of several Jobcenters chooses first."""
    workers = worker_of(g.actor)
    if len(workers) == 1:
        return redirect(url_for(".index", worker_id=workers[0].id))
    return render_template("earnings/whatif_mine.html", places=queries.places_of([worker.id for worker in workers]))


@bp.get("/workers/<int:worker_id>")
@allow(*READERS)
def index(worker_id: int) -> str:
    """The questions that can be asked, and what was kept."""
    subject = _read(queries.subject_for(g.actor, worker_id))
    name = _name(subject)
    return render_template(
        "earnings/whatif.html",
        worker_id=worker_id,
        name=name,
        may_ask=subject.may_ask,
        questions=[(question.value, label) for question, label in QUESTIONS.items()],
        rows=[presenting.kept_row(row, name) for row in queries.kept_of(worker_id)],
        back=_limits_url(subject),
    )


@bp.get("/workers/<int:worker_id>/<any(offer, gig, monthly, weekly, raise):question>")
@allow(*ASKERS)
def ask(worker_id: int, question: str) -> Any:
    """One question, and its answer once it is asked."""
    subject = _read(queries.asking_subject_for(g.actor, worker_id))
    offers = queries.offers_for(Question(question), worker_id, clock.now())
    form = _form(subject, Question(question), offers, request.args)
    if not request.args:
        return _ask_page(subject, form)
    outcome = _answer(subject, form, offers)
    return _ask_page(subject, form, outcome), 200 if outcome else 422


@bp.post("/workers/<int:worker_id>/<any(offer, gig, monthly, weekly, raise):question>")
@allow(*ASKERS)
def keep(worker_id: int, question: str) -> Any:
    """Keep the answer to a question."""
    subject = _read(queries.asking_subject_for(g.actor, worker_id))
    offers = queries.offers_for(Question(question), worker_id, clock.now())
    form, keeping = _form(subject, Question(question), offers, request.form), KeepForm()
    if form.validate() and keeping.attempt(
        lambda: service.keep(g.actor, worker_id, keeping.to_command(form.to_asked()))
    ):
        flash(_("The answer is saved."))
        return redirect(url_for(".index", worker_id=worker_id))
    subject = queries.asking_subject_for(g.actor, worker_id)
    offers = queries.offers_for(Question(question), worker_id, clock.now())
    return _ask_page(subject, form, _answer(subject, form, offers), keeping), 422


def _form(subject: Subject, question: Question, offers: Sequence[Offer], typed: Mapping[str, str]) -> AskForm:
    """The question's form: as it was typed, else with what is usual chosen."""
    form = FORMS[question](formdata=typed or None, data={"contract": subject.usual_form})
    form.offer_choices(clock.today(), presenting.offer_choices(offers))
    return form


def _answer(subject: Subject, form: AskForm, offers: Sequence[Offer]) -> Outcome | None:
    if not form.validate():
        return None
    try:
        return service.answer(subject, form.to_asked(), offers, clock.now())
    except DomainError as error:
        form.refuse(error)
        return None


def _ask_page(subject: Subject, form: AskForm, outcome: Outcome | None = None, keeping: KeepForm | None = None) -> str:
    url = url_for(".ask", worker_id=subject.worker.id, question=form.question.value)
    return render_template(
        "earnings/whatif_ask.html",
        name=_name(subject),
        title=str(QUESTIONS[form.question]),
        form=form,
        nothing_open=form.nothing_to_choose,
        url=url,
        answer=presenting.answer_shown(outcome, _name(subject)) if outcome else None,
        as_partner=f"{url}?{presenting.as_partner(form.kept())}",
        kept=list(form.kept()),
        keeping=keeping or KeepForm(),
        back=url_for(".index", worker_id=subject.worker.id),
    )


# What was kept


@bp.get("/<int:what_if_id>")
@allow(*READERS)
def show(what_if_id: int) -> str:
    """A kept answer, exactly as it was."""
    row, subject = queries.kept_for(g.actor, what_if_id)
    return _kept_page("earnings/whatif_kept.html", row, _read(subject))


@bp.get("/<int:what_if_id>/print")
@allow(*READERS)
def paper(what_if_id: int) -> str:
    """A kept answer on paper."""
    row, subject = queries.kept_for(g.actor, what_if_id)
    return _kept_page("earnings/whatif_print.html", row, _read(subject))


@bp.post("/<int:what_if_id>/delete")
@allow(*ASKERS)
def delete(what_if_id: int) -> Any:
    """Delete a kept answer."""
    form = ActionForm()
    if form.attempt(lambda: service.delete(g.actor, what_if_id)):
        flash(_("The answer is deleted."))
        return redirect(url_for(".index", worker_id=form.result))
    return redirect(url_for(".show", what_if_id=what_if_id))


@bp.get("/workers/<int:worker_id>/compare")
@allow(*READERS)
def compare(worker_id: int) -> Any:
    """Two or three kept answers side by side."""
    subject = _read(queries.subject_for(g.actor, worker_id))
    rows = queries.chosen_of(worker_id, request.args.getlist("chosen", type=id_in))
    if not FEWEST_COMPARED <= len(rows) <= MOST_COMPARED:
        flash(str(ERRORS["what_if_choose"]), "warn")
        return redirect(url_for(".index", worker_id=worker_id))
    name = _name(subject)
    return render_template(
        "earnings/whatif_compare.html",
        name=name,
        rows=[presenting.kept_row(row, name) for row in rows],
        back=url_for(".index", worker_id=worker_id),
    )


def _kept_page(template: str, row: queries.WhatIf, subject: Subject) -> str:
    outcome = service.outcome_kept(row)
    again = presenting.asked_again(outcome.scenario, len(outcome.months))
    return render_template(
        template,
        name=_name(subject),
        person=subject.worker.name,
        kept=presenting.kept_row(row, _name(subject)),
        may_ask=subject.may_ask,
        again=url_for(".ask", worker_id=row.worker_id, question=row.question.value, **again),
        back=url_for(".index", worker_id=row.worker_id),
    )


# Whose it is


def _read(subject: Subject) -> Subject:
    """Note that somebody else than the person has read."""
    if not is_own(g.actor, subject.worker):
        audit.note_read(g.actor, "worker", subject.worker.id, READ, subject.worker.jobcenter_id)
    return subject


def _name(subject: Subject) -> str:
    """The name by which the page speaks of the person; empty where it speaks to them."""
    return "" if is_own(g.actor, subject.worker) else subject.worker.given_name


def _limits_url(subject: Subject) -> str:
    if is_own(g.actor, subject.worker):
        return url_for("earnings.mine")
    return url_for("earnings.show", worker_id=subject.worker.id)
