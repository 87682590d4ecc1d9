"""What a worker's own first page lists: each thing with what is known of it now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.workers import places
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.messages import ACCEPTED_FORMS as CONTRACTS
from jobcenter.workers.messages import DEMANDS, PARTS_OF_DAY, SKILLS, TASKS, WISHED_DAYS, listed
from jobcenter.workers.models import Worker
from jobcenter.workers.people.messages import TITLES, TITLES_OF
from jobcenter.workers.sides import PERSON


@dataclass(frozen=True)
class Thing:
    """One page to go to: its picture, its name, and what is known now."""

    icon: str
    title: str
    now: str
    url: str


def wish_things(worker: Worker, *, is_own: bool) -> list[Thing]:
    """What the person decides about gigs."""
    titles = TITLES if is_own else TITLES_OF
    known = {
        "tasks": ("star", listed(TASKS, worker.tasks)),
        "limits": ("stop", listed(DEMANDS, worker.cannot)),
        "hours": ("clock", _("%(hours)s a week", hours=texts.hours(worker.weekly_minutes_wished))),
        "times": ("calendar", _times(worker)),
        "areas": ("place", places.shown(worker.areas) or _("Anywhere")),
        "practise": ("star", _practise(worker)),
        "contracts": ("document", listed(CONTRACTS, worker.contract_forms or frozenset(CONTRACTS))),
        "over": ("euro", _("Are offered too") if worker.asks_over_limit else _("Are not offered")),
        "language": ("help", texts.NAMES.get(worker.language, worker.language)),
        "told": ("people", worker.told_to_orderer or _("Only the first name")),
    }
    return [
        Thing(icon, str(titles[slug]), now, url_for("people.wish", worker_id=worker.id, slug=slug))
        for slug, (icon, now) in known.items()
    ]


def _times(worker: Worker) -> str:
    chosen = (listed(WISHED_DAYS, worker.wished_days), listed(PARTS_OF_DAY, worker.wished_parts))
    given = [text for text, wished in zip(chosen, (worker.wished_days, worker.wished_parts), strict=True) if wished]
    return ", ".join(given) or _("Any time")


def _practise(worker: Worker) -> str:
    return listed({**TASKS, **SKILLS}, worker.practise_tasks | worker.practise_skills)


def own_things(worker: Worker, consents: frozenset[ConsentPurpose], *, is_own: bool) -> list[Thing]:
    """What else belongs to the person; money only for the person, benefits also for a support person with consent."""
    given = ngettext("%(num)d consent in force", "%(num)d consents in force", len(consents))
    when = _("When I can work") if is_own else _("When the person can work")
    things = [
        Thing("calendar", when, _("Activity days and days off"), _page("availability.show", worker)),
        Thing("check", _("My consents") if is_own else _("Consents"), given, _page("consents.show", worker)),
    ]
    if is_own or ConsentPurpose.SUPPORT_SEES_EARNINGS in consents:
        benefits = _("My benefits") if is_own else _("Benefits")
        things.append(Thing("info", benefits, _("See them and tell a change"), _page("held.benefits", worker)))
        statement = _("Go through benefits, other income and debts")
        things.append(Thing("document", _("Income and debt statement"), statement, _page("statement.show", worker)))
    if not is_own and ConsentPurpose.SUPPORT_SEES_EARNINGS in consents:
        url = url_for("earnings.show", worker_id=worker.id)
        things.append(Thing("euro", _("Earnings and limits"), _("See how far the limits are"), url))
    if is_own:
        now = _("The money goes to your account") if worker.iban else _("Give your account number")
        things.append(Thing("euro", _("My account and tax card"), now, _page("held.money", worker)))
    return things


def report_things(worker: Worker, *, is_own: bool) -> list[Thing]:
    """What has come of the gigs."""
    ids = {"worker_id": worker.id}
    certificates = _("My certificates") if is_own else _("Certificates")
    cv, feedback = (_("My CV"), _("My feedback")) if is_own else (_("CV"), _("Feedback"))
    return [
        Thing("document", certificates, _("One for each gig done"), url_for("reports.certificates", **ids)),
        Thing("person", cv, _("It grows by itself"), url_for("reports.cv", **ids)),
        Thing("mail", feedback, _("What orderers say"), url_for("reports.feedback", **ids)),
    ]


def _page(endpoint: str, worker: Worker) -> str:
    return url_for(endpoint, worker_id=worker.id, **PERSON)
