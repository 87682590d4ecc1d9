"""A worker's profile in words, for pages."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.workers.messages import DEMANDS, SKILLS, TASKS, listed
from jobcenter.workers.models import Worker

Facts = list[tuple[str, str]]


def contact_facts(worker: Worker, jobcenter: str, unit: str) -> Facts:
    """Who the person is and how to reach them."""
    return [
        (_("Jobcenter"), jobcenter),
        (_("Work activity unit"), unit or _("–")),
        (_("Telephone"), worker.phone or _("–")),
        (_("E-mail address"), worker.email or _("–")),
        (_("Language"), texts.NAMES.get(worker.language, worker.language)),
        (_("Day of birth"), texts.day(worker.born) if worker.born else _("–")),
        (_("The service ends on"), texts.day(worker.service_ends_on) if worker.service_ends_on else _("Not limited")),
    ]


def wish_facts(worker: Worker) -> Facts:
    """What the person wishes, can and cannot."""
    return [
        (_("Tasks wished for"), listed(TASKS, worker.tasks)),
        (_("Skills"), listed(SKILLS, worker.skills)),
        (_("Not for this person"), listed(DEMANDS, worker.cannot)),
        (_("Hours wished a week"), texts.hours(worker.weekly_minutes_wished)),
        (_("At most, hours a week"), texts.hours(worker.weekly_minutes_most)),
        (_("Needs a support person along at gigs"), _("Yes") if worker.needs_support else _("No")),
        (_("What an orderer may be told"), worker.told_to_orderer or _("Only the first name")),
    ]
