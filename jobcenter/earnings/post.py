"""Who gets to know of a warning, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobcenter.benefits import Assessment
from jobcenter.core import clock, texts
from jobcenter.core.web import absolute_url
from jobcenter.earnings.messages import STEPS
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.messages_warnings import to_supporter, to_worker
from jobcenter.earnings.models import LimitWarning
from jobcenter.notifications import service as outbox
from jobcenter.notifications.domain import Mail
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import Supporter, consents_of, supporters_of

KIND = "limit_warning"
CONSENT_FOR = {
    SupportKind.SUPPORT_PERSON: ConsentPurpose.SUPPORT_SEES_EARNINGS,
    SupportKind.GUARDIAN: ConsentPurpose.GUARDIAN_SEES_EARNINGS,
}


@dataclass(frozen=True)
class Warned:
    """A new warning with whom it is about and the assessment that it rests on."""

    worker: Worker
    warning: LimitWarning
    assessment: Assessment


def send(fresh: Sequence[Warned]) -> None:
    """Queue the mails of new warnings: to the worker, and to those beside the worker whom a consent names."""
    if not fresh:
        return
    worker_ids = {new.worker.id for new in fresh}
    consents = consents_of(worker_ids)
    supporters = supporters_of(worker_ids, clock.today())
    for new in fresh:
        if new.worker.email:
            _queue(new, new.worker.email, new.worker.language, _to_worker(new))
        for supporter in _consented(supporters[new.worker.id], consents[new.worker.id]):
            _queue(new, supporter.email, supporter.language, _to_supporter(new, supporter))


def _consented(supporters: list[Supporter], consents: frozenset[ConsentPurpose]) -> Iterator[Supporter]:
    return (supporter for supporter in supporters if CONSENT_FOR[supporter.kind] in consents)


def _to_worker(new: Warned) -> Mail:
    with texts.in_language(new.worker.language):
        return to_worker(
            given_name=new.worker.given_name,
            sentence=sentence(new.assessment),
            step=str(STEPS[new.assessment.next_step]),
            link=absolute_url("earnings.mine"),
        )


def _to_supporter(new: Warned, supporter: Supporter) -> Mail:
    with texts.in_language(supporter.language):
        link = absolute_url("earnings.show", worker_id=new.worker.id)
        return to_supporter(worker=new.worker.given_name, link=link)


def _queue(new: Warned, to: str, language: str, mail: Mail) -> None:
    """At most one mail per person, rule, period and level; of a rolling year, one per month."""
    warning = new.warning
    period = warning.series if warning.series != "rolling" else clock.day_of(warning.made_at).isoformat()[:7]
    key = f"limit:{warning.worker_id}:{warning.rule}:{period}:{warning.level}:{to}"
    outbox.queue(
        mail,
        to=to,
        language=language,
        dedupe_key=key[:160],
        kind=KIND,
        jobcenter_id=new.worker.jobcenter_id,
    )
