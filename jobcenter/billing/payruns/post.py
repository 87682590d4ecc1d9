"""The mail about pay that comes on another day than was promised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jobcenter.billing.payruns import queries
from jobcenter.billing.payruns.domain import Payer
from jobcenter.billing.payruns.messages import new_day_mail
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.core import texts, web
from jobcenter.notifications import service as notifications


def tell_of_new_day(run: PayRun, items: Iterable[PayItem], promised: date) -> None:
    """One mail to each worker whom the Jobcenter pays by a list, and who signs in."""
    link = web.absolute_url("pay.mine")
    paid = {item.worker_id for item in items if item.payer is Payer.JOBCENTER}
    for user in queries.users_of_workers(paid):
        with texts.in_language(user.language):
            mail = new_day_mail(promised, run.pay_on, link)
        notifications.queue(
            mail,
            to=user.email,
            language=user.language,
            dedupe_key=f"pay_new_day:{run.id}:{run.file_number}:{user.id}",
            kind="pay.new_day",
            jobcenter_id=run.jobcenter_id,
        )
