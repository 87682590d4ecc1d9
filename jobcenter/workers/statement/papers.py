"""A done statement on paper, in the language of the text being made."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.auth.models import Jobcenter
from jobcenter.core import clock
from jobcenter.documents.domain import Fact, FactsSection, Frame, Section, StatementDocument
from jobcenter.workers.held.presenting import Facts
from jobcenter.workers.models import Consent, IncomeStatement, Worker
from jobcenter.workers.statement.domain import Told
from jobcenter.workers.statement.presenting import made_facts, open_questions, parts_of


def paper_of(
    statement: IncomeStatement, told: Told, worker: Worker, jobcenter: Jobcenter, consent: Consent | None
) -> StatementDocument:
    """The statement as it was told, with the consent that it rests on, to be printed and kept."""
    contact = (jobcenter.name, jobcenter.phone, jobcenter.email)
    questions = open_questions(told)
    return StatementDocument(
        frame=Frame(
            language=worker.language,
            title=_("Income and debt statement"),
            issuer=jobcenter.name,
            dated=clock.day_of(statement.done_at),
            page_label=_("Page"),
            footer=(" · ".join(part for part in contact if part),),
        ),
        lead=_("This is what was told that day. It is no decision of Kela or any other office."),
        person=worker.name,
        made=_facts(made_facts(statement, worker.name, consent)),
        parts=tuple(FactsSection(heading=part.heading, facts=_facts(part.facts)) for part in parts_of(told)),
        questions=Section(heading=_("To find out"), points=tuple(questions)) if questions else None,
    )


def _facts(facts: Facts) -> tuple[Fact, ...]:
    return tuple(Fact(label=label, value=value) for label, value in facts)
