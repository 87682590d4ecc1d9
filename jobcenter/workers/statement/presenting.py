"""What a statement says, in words: its parts, what is still to be found out, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from jobcenter.benefits import FIGURES, JobseekerStatus
from jobcenter.core import clock, texts
from jobcenter.workers.consents.messages import PARTIES
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.held.messages import FIGURE_LABELS
from jobcenter.workers.held.presenting import MAY_BE_NONE, Facts, figure_facts
from jobcenter.workers.messages import BENEFITS, DOES_NOT_KNOW, about
from jobcenter.workers.models import Consent, IncomeStatement
from jobcenter.workers.statement.domain import Debt, Stop, Told, Topic, Way
from jobcenter.workers.statement.messages import (
    ASK_BENEFITS,
    ASK_BENEFITS_ABOUT,
    ASK_DEBTS,
    ASK_DEBTS_ABOUT,
    ASK_ENFORCEMENT,
    ASK_ENFORCEMENT_ABOUT,
    ASK_INCOME,
    ASK_JOBSEEKER,
    ASK_JOBSEEKER_ABOUT,
    DEBTS,
    ENFORCEMENT_ANSWERS,
    GETS_BENEFITS_ABOUT,
    INCOME_ANSWERS,
    JOBSEEKER_ABOUT,
    JOBSEEKER_ANSWERS,
    LEADS,
    LEADS_ABOUT,
    NO_BENEFITS,
    PAYMENT_PLAN_ABOUT,
    STEPS,
    TITLES,
    TITLES_ABOUT,
)
from jobcenter.workers.statement.queries import PURPOSE
from jobcenter.workers.told.presenting import amount, income_facts

# An answer of a person that is the same whatever was asked.
NOT_KNOWN_ABOUT = {YesNoUnknown.UNKNOWN: DOES_NOT_KNOW}
# What a reading of a statement puts on the log.
STATEMENT_FIELDS = ("benefits", "jobseeker", "told_income", "debts")


@dataclass(frozen=True)
class Part:
    """A part of the summary, and the page that it can be corrected on."""

    heading: str
    slug: str
    facts: Facts


@dataclass(frozen=True)
class Line:
    """A done statement in a list."""

    id: int
    title: str
    facts: Facts


def title_of(stop: Stop, name: str = "") -> str:
    """What a page is called: with the benefit's name in front where it is about one; said of a person if a name is
    given.
    """
    title = about((TITLES | TITLES_ABOUT)[stop.topic], name) if name else str(TITLES[stop.topic])
    return f"{BENEFITS[stop.kind]}: {title[0].lower()}{title[1:]}" if stop.kind else title


def lead_of(stop: Stop, name: str = "") -> str:
    """What a page says first; of a person if a name is given."""
    return about((LEADS | LEADS_ABOUT)[stop.topic], name) if name else str(LEADS[stop.topic])


def steps_of(way: Way, current: Stop) -> list[tuple[str, str]]:
    """The steps with how far each is, for `page.steps`."""
    return [(str(STEPS[step]), progress.value) for step, progress in way.progress(current)]


def parts_of(told: Told, name: str = "") -> list[Part]:
    """Everything that was told, in the order asked; said of a person if a name is given."""
    return [
        *_benefits(told, name),
        *_ended(told),
        *_jobseeker(told, name),
        *_income(told, name),
        *_debts(told, name),
    ]


def _said(key: StrEnum, to_the_person: Mapping, about_a_person: Mapping, name: str) -> str:
    """A text of one of several, to the person; of the person if a name is given and there is another text for it."""
    return about((to_the_person | about_a_person)[key], name) if name else str(to_the_person[key])


def _benefits(told: Told, name: str) -> Iterator[Part]:
    if told.receives in NO_BENEFITS:
        question = about(GETS_BENEFITS_ABOUT, name) if name else _("Do you get benefits?")
        answer = _said(told.receives, NO_BENEFITS, NOT_KNOWN_ABOUT, name)
        yield Part(_("Benefits"), Topic.BENEFITS, [(question, answer)])
    for kind in told.kinds:
        decision = told.decisions.get(kind, BenefitTold(kind, None, None))
        yield Part(str(BENEFITS[kind]), Stop(Topic.DECISION, kind).slug, decision_facts(decision))


def decision_facts(decision: BenefitTold) -> Facts:
    """The days and figures of a benefit, those not known too."""
    figures = {name: getattr(decision, name) for name in FIGURES.get(decision.kind, ())}
    return [
        (_("From"), texts.day(decision.starts_on) if decision.starts_on else _("Not known")),
        (_("Until"), texts.day(decision.ends_on) if decision.ends_on else _("No last day known")),
        *figure_facts(decision.kind, figures),
    ]


def _ended(told: Told) -> Iterator[Part]:
    for kind, last_day in told.ended.items():
        if kind not in told.kinds and told.receives is not YesNoUnknown.UNKNOWN:
            when = texts.day(last_day) if last_day else _("Not known: it stays on the list")
            yield Part(str(BENEFITS[kind]), Stop(Topic.ENDED, kind).slug, [(_("Last day"), when)])


def _jobseeker(told: Told, name: str) -> Iterator[Part]:
    if told.jobseeker is not None:
        answer = _said(told.jobseeker, JOBSEEKER_ANSWERS, JOBSEEKER_ABOUT, name)
        yield Part(_("Work-seeking"), Topic.JOBSEEKER, [(_("Unemployed jobseeker"), answer)])


def _income(told: Told, name: str) -> Iterator[Part]:
    if told.earns_elsewhere is not None:
        answer = _said(told.earns_elsewhere, INCOME_ANSWERS, NOT_KNOWN_ABOUT, name)
        facts = [(_("Money from other work"), answer)]
        lines = [(income.what, f"{amount(income)}. {_days(income_facts(income))}") for income in told.incomes]
        yield Part(_("Other income"), Topic.INCOME, facts + lines)


def _days(facts: Facts) -> str:
    """The days of an income in one line: `From: … Until: …`"""
    return " ".join(f"{label}: {value}." for label, value in facts[3:])


def _debts(told: Told, name: str) -> Iterator[Part]:
    if told.in_enforcement is not None:
        owed_to = {Debt.PAYMENT_PLAN: PAYMENT_PLAN_ABOUT}
        other = ", ".join(_said(debt, DEBTS, owed_to, name) for debt in told.debts) or _("None told of")
        answer = _said(told.in_enforcement, ENFORCEMENT_ANSWERS, NOT_KNOWN_ABOUT, name)
        facts = [(_("Debts in enforcement"), answer), (_("Other debts"), other)]
        yield Part(_("Debts"), Topic.DEBTS, facts)
    if told.in_enforcement is YesNoUnknown.YES and told.enforcement is not None:
        yield Part(str(TITLES[Topic.ENFORCEMENT]), Topic.ENFORCEMENT, decision_facts(told.enforcement))


def open_questions(told: Told, name: str = "") -> list[str]:
    """What is still to be found out, and from whom; said of a person if a name is given."""
    asked = (
        (told.receives is YesNoUnknown.UNKNOWN, ASK_BENEFITS_ABOUT if name else ASK_BENEFITS),
        (told.jobseeker is JobseekerStatus.UNKNOWN, ASK_JOBSEEKER_ABOUT if name else ASK_JOBSEEKER),
        (told.earns_elsewhere is YesNoUnknown.UNKNOWN, ASK_INCOME),
        (told.in_enforcement is YesNoUnknown.UNKNOWN, ASK_ENFORCEMENT_ABOUT if name else ASK_ENFORCEMENT),
    )
    decisions = [told.decisions[kind] for kind in told.kinds if kind in told.decisions]
    if told.in_enforcement is YesNoUnknown.YES and told.enforcement is not None:
        decisions.append(told.enforcement)
    return [
        *(about(text, name) for missing, text in asked if missing),
        *(line for decision in decisions for line in _missing(decision)),
        *(_said(debt, ASK_DEBTS, ASK_DEBTS_ABOUT, name) for debt in told.debts),
    ]


def _missing(decision: BenefitTold) -> Iterator[str]:
    """The figures of a benefit that nobody knew, in one line."""
    asked = [name for name in FIGURES.get(decision.kind, ()) if name not in MAY_BE_NONE]
    names = [name for name in asked if getattr(decision, name) is None]
    if names:
        figures = ", ".join(str(FIGURE_LABELS[name]) for name in names)
        yield _("%(benefit)s: look in the decision for: %(figures)s.", benefit=BENEFITS[decision.kind], figures=figures)


def made_facts(statement: IncomeStatement, name: str, consent: Consent | None) -> Facts:
    """Who told a done statement, who wrote it, when, on what consent, and when it is gone through again."""
    return [
        (_("Told by"), name),
        (_("Written by"), statement.written_by),
        (_("Done on"), texts.day(clock.day_of(statement.done_at))),
        *_consent_facts(consent),
        (_("Next time"), texts.day(statement.review_on)),
    ]


def _consent_facts(consent: Consent | None) -> Iterator[tuple[str, str]]:
    if consent is not None:
        given = _("Given on %(day)s", day=texts.day(clock.day_of(consent.given_at)))
        yield _("Consent that this rests on"), f"{given}. {named_in(consent)}"


def named_in(consent: Consent | None) -> str:
    """Whom the consent names, or would name."""
    return consent.parties if consent and consent.parties else str(PARTIES[PURPOSE])


def lines_of(statements: list[IncomeStatement]) -> list[Line]:
    """Done statements as a list shows them."""
    return [
        Line(
            id=row.id,
            title=_("Statement of %(day)s", day=texts.day(clock.day_of(row.done_at))),
            facts=[(_("Written by"), row.written_by), (_("Next time"), texts.day(row.review_on))],
        )
        for row in statements
    ]
