"""Emptying the outbox."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications import queries, senders, service
from jobcenter.notifications.domain import DeliveryFailed
from jobcenter.notifications.senders import Sender

BATCH = 200


def send_outbox(now: datetime) -> JobReport:
    """Send the mails whose time has come, each taken by one process only. Without a mail server they wait."""
    settings = current_app.config["JOBCENTER"]
    if not settings.smtp_host:
        return JobReport(remark="no mail server is set")
    due = queries.due_ids(now, BATCH)
    if not due:
        return JobReport()
    try:
        with senders.connected(settings) as sender:
            return sum((send_one(sender, mail_id, now) for mail_id in due), JobReport())
    except DeliveryFailed as failure:
        return JobReport(failed=len(due), remark=failure.reason)


def send_one(sender: Sender, mail_id: int, now: datetime) -> JobReport:
    """Claim, send, note: nothing leaves the house inside a transaction."""
    with unit_of_work():
        letter = service.claim(mail_id, now)
    if letter is None:
        return JobReport()
    try:
        sender.send(letter)
    except DeliveryFailed as failure:
        with unit_of_work():
            service.note_failed(mail_id, failure, now)
        return JobReport(failed=1, remark=f"mail {mail_id}: {failure.reason}")
    with unit_of_work():
        service.note_sent(mail_id, now)
    return JobReport(done=1)
