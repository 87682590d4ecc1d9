"""Warnings in words: the coordinator's queue, one by itself, and a worker's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from jobcenter.benefits import Assessment
from jobcenter.core import texts
from jobcenter.earnings import messages
from jobcenter.earnings.domain import Case
from jobcenter.earnings.domain_warnings import ENFORCEMENT, GOING_ON
from jobcenter.earnings.messages_warnings import LEVEL_TAGS, LEVELS, OUTCOMES, SEIZED
from jobcenter.earnings.models import LimitWarning
from jobcenter.earnings.presenting_cards import LimitCard, limit_card, month_name
from jobcenter.earnings.rulebook.queries_contacts import contact_for
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class WarningRow:
    """A warning in a list. `looked_after`: how far, in words."""

    id: int
    worker_id: int
    name: str
    title: str
    period: str
    level_label: str
    tag_kind: str
    made_at: datetime
    looked_after: str
    can_note: bool
    can_settle: bool


def warning_row(warning: LimitWarning, worker: Worker) -> WarningRow:
    """One warning as a row."""
    return WarningRow(
        id=warning.id,
        worker_id=worker.id,
        name=worker.name,
        title=str(messages.RULES[warning.rule]),
        period=_period(warning),
        level_label=str(SEIZED if warning.rule == ENFORCEMENT else LEVELS[warning.level]),
        tag_kind=LEVEL_TAGS[warning.level],
        made_at=warning.made_at,
        looked_after=_looked_after(warning),
        can_note=warning.asks and warning.noted_at is None,
        can_settle=warning.asks,
    )


def _period(warning: LimitWarning) -> str:
    if warning.series == GOING_ON:
        return _("From %(month)s on", month=month_name(warning.period_from))
    first, last = month_name(warning.period_from), month_name(warning.period_to)
    return first if first == last else f"{first} – {last}"


def _looked_after(warning: LimitWarning) -> str:
    said = []
    if warning.seen_at:
        said.append(_("The worker has seen it %(when)s.", when=texts.when(warning.seen_at)))
    if warning.noted_at:
        said.append(_("Noted by %(name)s %(when)s.", name=warning.noted_by, when=texts.when(warning.noted_at)))
    if warning.settled_at:
        done = _("Closed by %(name)s %(when)s", name=warning.settled_by, when=texts.when(warning.settled_at))
        said.append(f"{done}: {OUTCOMES[warning.outcome]}. {warning.remark}".strip())
    if warning.closed_at:
        said.append(_("Holds no more since %(when)s.", when=texts.when(warning.closed_at)))
    return " ".join(said) or _("Nobody has looked at it yet.")


def cards_of(warning: LimitWarning, case: Case, name: str) -> list[LimitCard]:
    """The limit of a warning as it stands now, in the periods that the warning is about."""
    found = (telling for telling in case.tellings() if telling.assessment.rule == warning.rule)
    contact = contact_for(warning.rule, case.as_of)
    return [limit_card(telling, name, contact) for telling in found if _about(warning, telling.assessment)]


def _about(warning: LimitWarning, assessment: Assessment) -> bool:
    if warning.series == GOING_ON:
        return assessment.period_to >= warning.period_from
    return assessment.period_from <= warning.period_to and assessment.period_to >= warning.period_from
