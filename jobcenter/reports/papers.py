"""Certificates and CVs as documents, in the language of the text being made. No benefit facts, ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.auth.models import Jobcenter
from jobcenter.core import clock, texts
from jobcenter.documents.domain import (
    CertificateDocument,
    CvDocument,
    CvEntry,
    CvSection,
    Fact,
    Frame,
    Section,
    Signature,
)
from jobcenter.orders.feedback.messages import PRAISE
from jobcenter.reports.domain import CvItem, DoneGig, FeedbackSaid, GigSum
from jobcenter.workers.domain import CvLineKind, Skill
from jobcenter.workers.messages import SKILLS, TASKS
from jobcenter.workers.models import Worker


def certificate(done: DoneGig, worker: Worker, jobcenter: Jobcenter) -> CertificateDocument:
    """The certificate of one gig with confirmed hours; dated by the day of the confirmation, so it stays as it is."""
    dated = clock.day_of(done.confirmed_at)
    return CertificateDocument(
        frame=_frame(_("Certificate of a gig"), worker.language, dated, jobcenter),
        lead=_("%(jobcenter)s certifies that this person has done the gig below.", jobcenter=jobcenter.name),
        person=worker.name,
        facts_heading=_("The gig"),
        facts=_facts(done, jobcenter),
        body=(_description(done),) if done.title else (),
        place_and_day=f"{jobcenter.city}, {texts.day(dated)}" if jobcenter.city else texts.day(dated),
        signatures=(_signature(done, jobcenter),),
    )


def _facts(done: DoneGig, jobcenter: Jobcenter) -> tuple[Fact, ...]:
    facts = (
        (_("Task"), str(TASKS[done.category])),
        (_("Where"), ", ".join(part for part in (done.organisation, done.city) if part)),
        (_("When"), texts.interval(done.starts_at, done.ends_at)),
        (_("Hours"), texts.hours(done.minutes)),
        (_("Jobcenter"), jobcenter.name),
        (_("Number"), done.number),
    )
    return tuple(Fact(label=label, value=value) for label, value in facts if value)


def _description(done: DoneGig) -> Section:
    return Section(heading=_("What was done"), paragraphs=(done.title,))


def _signature(done: DoneGig, jobcenter: Jobcenter) -> Signature:
    day = texts.day(done.confirmed_at)
    return Signature(
        role=_("Coordinator"),
        name=done.coordinator or jobcenter.name,
        approval=_("The hours were confirmed by %(name)s on %(day)s.", name=done.confirmed_by, day=day),
    )


def _frame(title: str, language: str, dated: date, jobcenter: Jobcenter | None) -> Frame:
    contact = (jobcenter.name, jobcenter.phone, jobcenter.email) if jobcenter else ()
    return Frame(
        language=language,
        title=title,
        issuer=jobcenter.name if jobcenter else "",
        dated=dated,
        page_label=_("Page"),
        footer=(" · ".join(part for part in contact if part),) if jobcenter else (),
    )


def cv(worker: Worker, items: Iterable[CvItem], dated: date) -> CvDocument:
    """The CV with the lines that the worker shows."""
    shown = [item for item in items if item.shown]
    return CvDocument(
        frame=_frame(worker.name, worker.language, dated, None),
        contact=tuple(part for part in (worker.phone, worker.email) if part),
        profile=worker.cv_introduction,
        sections=tuple(section for section in _sections(shown) if section.entries or section.words),
    )


def _sections(items: list[CvItem]) -> Iterable[CvSection]:
    def of(kind: CvLineKind) -> list[CvItem]:
        return [item for item in items if item.kind is kind]

    yield CvSection(heading=_("Work experience"), entries=tuple(gigs_entry(item.of) for item in of(CvLineKind.GIGS)))
    own = tuple(CvEntry(period="", heading=item.text, place="", text="") for item in of(CvLineKind.OWN))
    yield CvSection(heading=_("Other experience"), entries=own)
    yield CvSection(heading=_("Skills"), words=tuple(skill_word(item.of) for item in of(CvLineKind.SKILL)))
    said = tuple(feedback_entry(item.of) for item in of(CvLineKind.FEEDBACK))
    yield CvSection(heading=_("What orderers have said"), entries=said)


def gigs_entry(done: GigSum) -> CvEntry:
    """`Dishwashing, 12 gigs, 36 h`."""
    times = ngettext("%(num)d gig", "%(num)d gigs", done.times)
    return CvEntry(
        period=_period(done.first, done.last),
        heading=str(TASKS[done.category]),
        place="",
        text=f"{times}, {texts.hours(done.minutes)}",
    )


def feedback_entry(said: FeedbackSaid) -> CvEntry:
    """The orderer's name, what went well, and the orderer's own words."""
    praise = ", ".join(str(label) for word, label in PRAISE.items() if word in said.went_well)
    words = [praise, f"”{said.text}”" if said.text else ""]
    return CvEntry(
        period=_month(said.given_on),
        heading=said.organisation or _("Orderer"),
        place="",
        text=". ".join(word for word in words if word),
    )


def skill_word(skill: Skill) -> str:
    """What a skill is called."""
    return str(SKILLS[skill])


def _period(first: date, last: date) -> str:
    return _month(first) if _month(first) == _month(last) else f"{_month(first)}–{_month(last)}"


def _month(day: date) -> str:
    return f"{day.month}/{day.year}"
