"""Mails to administrators about values of law."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from jobcenter.auth.models import User
from jobcenter.benefits import Parameter, law
from jobcenter.core import texts
from jobcenter.core.web import absolute_url
from jobcenter.earnings.rulebook import messages
from jobcenter.earnings.rulebook.domain import plain
from jobcenter.earnings.rulebook.models import LawAddition
from jobcenter.notifications import service as outbox
from jobcenter.notifications.domain import Mail

KIND = "law_values"


def tell_others(row: LawAddition, administrators: Iterable[User]) -> None:
    """Queue a mail to every administrator but the one who proposed the value."""
    parameter = law().parameter(row.parameter)
    for user in administrators:
        if user.id != row.proposed_by_id:
            with texts.in_language(user.language):
                mail = messages.value_waits(
                    name=_(parameter.description),
                    value=messages.value_text(plain(row.value, parameter.unit), parameter.unit),
                    first_day=row.first_day,
                    source=row.source,
                    link=absolute_url("admin.rule", parameter_id=row.parameter),
                )
            _queue(user, mail, f"law_value:{row.id}:{user.id}")


def tell_missing(user: User, year: int, missing: Iterable[Parameter]) -> bool:
    """Queue the mail on what a year lacks, once a year; whether it was queued now."""
    with texts.in_language(user.language):
        names = [_(parameter.description) for parameter in missing]
        mail = messages.values_missing(year=year, names=names, link=absolute_url("admin.rules"))
    return _queue(user, mail, f"law_missing:{year}:{user.id}")


def _queue(user: User, mail: Mail, key: str) -> bool:
    return outbox.queue(mail, to=user.email, language=user.language, dedupe_key=key, kind=KIND)
