"""Mails about e-invoices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.billing.einvoices import messages
from jobcenter.billing.einvoices.queries import EInvoiceRow
from jobcenter.billing.invoices.messages import title_of
from jobcenter.core import texts, web
from jobcenter.notifications import service as notifications


def remind_of_unsent(waiting: Sequence[EInvoiceRow], today: date) -> int:
    """One mail a day to each coordinator of a Jobcenter whose e-invoices wait; how many were queued."""
    queued = 0
    for jobcenter_id, rows in groupby(waiting, key=lambda row: row.jobcenter_id):
        found = list(rows)
        for coordinator in auth_queries.users_of([jobcenter_id], Role.COORDINATOR):
            if coordinator.active:
                queued += _remind(jobcenter_id, found, coordinator, today)
    return queued


def _remind(jobcenter_id: int, rows: Sequence[EInvoiceRow], coordinator: User, today: date) -> bool:
    with texts.in_language(coordinator.language):
        mail = messages.unsent_mail(
            jobcenter=auth_queries.jobcenter(jobcenter_id).name,
            lines=[line_of(row) for row in rows],
            link=web.absolute_url("einvoices.index"),
        )
    return notifications.queue(
        mail,
        to=coordinator.email,
        language=coordinator.language,
        dedupe_key=f"einvoices-unsent:{jobcenter_id}:{today}:{coordinator.id}",
        kind="einvoices_unsent",
        jobcenter_id=jobcenter_id,
    )


def line_of(row: EInvoiceRow) -> str:
    """An e-invoice in a mail: which, to whom, where it is, and why."""
    why = row.answer or row.error
    said = f"{title_of(row.kind, row.number)}, {row.buyer_name}: {messages.STATUS_LABELS[row.status]}"
    return f"- {said} ({why})" if why else f"- {said}"
