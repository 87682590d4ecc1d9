"""The bank refused a whole payment file: nobody was paid by it, and the same payments go out in a new one.

The list waits for a second person again. Its payments keep their names, so that a bank that has executed one after all
knows it again; the file has a new one, for banks take each name once.
"""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.billing.payruns import domain, domain_refusal, post, queries
from jobcenter.billing.payruns.domain import PayRunAction, PayRunStatus
from jobcenter.billing.payruns.domain_refusal import AlreadyExecuted, FileNotTaken, Refused
from jobcenter.billing.payruns.models import PayRun
from jobcenter.core import audit, clock
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush
from jobcenter.orders.hours import service as hours_service


def note_refused(actor: Actor, run_id: int, command: Refused) -> PayRun:
    """The bank took nothing of the file: the list is as before its approval, on the same day or a later one.

    Whoever notes it has made the list as it stands now, so that somebody else approves it. Raises NotFound,
    AlreadyExecuted once it is marked as paid, AlreadyDone for a file before the last, FileNotTaken, NotAPayDayAgain.
    """
    run = queries.run_for(actor, run_id, lock=True)
    if run.status is PayRunStatus.PAID:
        raise AlreadyExecuted("pay_run_executed")
    status = domain.next_state(run.status, PayRunAction.REFUSE)
    if run.file_number != command.file_number:
        raise AlreadyDone("pay_run_already")
    if run.file_taken_at is None:
        raise FileNotTaken("pay_file_not_taken")
    domain_refusal.check_new_day(command.pay_on, pay_on=run.pay_on, today=clock.today())
    before, promised = _facts(run), run.pay_on
    run.status, run.pay_on, run.refusal = status, command.pay_on, command.reason
    run.made_by, run.made_by_id = actor.name, actor.user_id
    run.approved_by, run.approved_by_id, run.approved_at = "", None, None
    run.file_taken_by, run.file_taken_at, run.file_number = "", None, run.file_number + 1
    hours_service.mark_pay_sent(queries.entry_ids_of(run.id), None)
    flush()
    audit.record(actor, "pay_run.refused", "pay_run", run.id, before, _facts(run), jobcenter_id=run.jobcenter_id)
    if run.pay_on != promised:
        post.tell_of_new_day(run, queries.items_of(run.id), promised)
    return run


def _facts(run: PayRun) -> dict[str, object]:
    names = ("status", "pay_on", "refusal", "file_number", "made_by", "approved_by", "file_taken_by")
    return {name: getattr(run, name) for name in names}
