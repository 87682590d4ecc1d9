"""Who gets to know of a warning, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from jobcenter.auth.domain import Role
from jobcenter.auth.queries import users_of
from jobcenter.benefits import Assessment
from jobcenter.core import clock, texts
from jobcenter.core.web import absolute_url
from jobcenter.earnings import queries_warnings
from jobcenter.earnings.domain_warnings import GOING_ON
from jobcenter.earnings.messages import STEPS
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.messages_warnings import to_coordinator, to_supporter, to_worker
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
    """Queue the mails of warnings: to the worker, to those beside the worker whom a consent names, to coordinators."""
    if not fresh:
        return
    _tell_coordinators({new.worker.jobcenter_id for new in fresh})
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


def _tell_coordinators(jobcenter_ids: Collection[int]) -> None:
    """One mail a day to each coordinator: how many warnings wait, and where."""
    link, today = absolute_url("earnings.warnings"), clock.today().isoformat()
    for jobcenter_id, waiting in queries_warnings.new_by_jobcenter(jobcenter_ids).items():
        for user in users_of([jobcenter_id], Role.COORDINATOR):
            with texts.in_language(user.language):
                mail = to_coordinator(given_name=user.given_name, waiting=waiting, link=link)
            key = f"limits:{jobcenter_id}:{user.id}:{today}"
            facts = {"language": user.language, "kind": KIND, "jobcenter_id": jobcenter_id}
            if user.active:
                outbox.queue(mail, to=user.email, dedupe_key=key, **facts)


def _queue(new: Warned, to: str, language: str, mail: Mail) -> None:
    """At most one mail per person, rule, period and level; of what has no period of its own, one per month."""
    warning = new.warning
    made_in = clock.day_of(warning.made_at).isoformat()[:7]
    period = made_in if warning.series in ("rolling", GOING_ON) else warning.series
    key = f"limit:{warning.worker_id}:{warning.rule}:{period}:{warning.level}:{to}"
    outbox.queue(
        mail,
        to=to,
        language=language,
        dedupe_key=key[:160],
        kind=KIND,
        jobcenter_id=new.worker.jobcenter_id,
    )
