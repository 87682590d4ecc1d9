"""What the card house pays out to the bank: booked once per Jobcenter by its own id, or left to somebody as a task."""

from __future__ import annotations

from collections.abc import Collection

from jobcenter.auth.domain import SYSTEM
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import service as books
from jobcenter.billing.card import queries_payouts as queries
from jobcenter.billing.card.domain import TaskKind
from jobcenter.billing.card.domain_payouts import (
    LineKind,
    PaidOut,
    PayoutState,
    PayoutStatus,
    Share,
    faults_of,
    is_bank_line,
    shares_of,
)
from jobcenter.billing.card.models import CardPayout
from jobcenter.billing.card.service import leave_task_for
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments.models import Payment
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.money import ZERO
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash

register_clash("uq_card_payout_payout_id_jobcenter_id", ChangedMeanwhile)


def take(found: PaidOut) -> bool:
    """Book a payout that has arrived, once, or leave tasks of what does not agree; whether nothing needs a person.

    A payout of nothing of ours is left alone. One that fails after it was booked is taken back.
    """
    booked = queries.parts_of(found.id)
    if booked or found.state is not PayoutState.PAID:
        return _take_back(found, booked) if found.state is PayoutState.FAILED else True
    owners = queries.owners_of({line.intent_id for line in found.lines})
    shares = shares_of(found, owners)
    faults = faults_of(found, owners)
    if shares and faults:
        _tell(found, shares, TaskKind.PAYOUT, reason=", ".join(faults))
        return False
    for jobcenter_id, share in shares.items():
        _book(found, jobcenter_id, share)
    return not any(share.unexplained for share in shares.values())


def find_in_bank() -> int:
    """Tell which waiting payments of the bank's are payouts that are booked already; how many were found.

    A payout of several Jobcenters comes as one line, to the account of one of them.
    """
    count, found = 0, set[str]()
    for part in queries.not_in_bank():
        line = None if part.payout_id in found else _line_of(part)
        if line is None:
            continue
        payments.note_payout(SYSTEM, line)
        for each in queries.parts_of(part.payout_id):
            each.bank_payment_id = line.id
        flush()
        found.add(part.payout_id)
        count += 1
    return count


def _line_of(part: CardPayout) -> Payment | None:
    return next((line for line in queries.bank_lines(part) if _speaks_of(line, part)), None)


def _speaks_of(line: Payment, part: CardPayout) -> bool:
    return is_bank_line(payer=line.payer, said=f"{line.message} {line.reference}", trace=part.trace)


def _book(found: PaidOut, jobcenter_id: int, share: Share) -> None:
    part = CardPayout(
        payout_id=found.id,
        jobcenter_id=jobcenter_id,
        status=PayoutStatus.BOOKED,
        arrived_on=found.arrived_on,
        cleared=share.cleared,
        fees=share.fees,
        unexplained=share.unexplained,
        whole=found.amount,
        trace=found.trace[:120],
        made_at=clock.now(),
    )
    db.session.add(part)
    flush()
    sums = {"cleared": share.cleared, "fees": share.fees, "unexplained": share.unexplained}
    facts = {"jobcenter_id": jobcenter_id, "payout_id": found.id, "day": found.arrived_on}
    books.post(SYSTEM, events.card_paid_out(**facts, **sums))
    after = {"payout": found.id, **sums}
    audit.record(SYSTEM, "card.paid_out", "card_payout", part.id, after=after, jobcenter_id=jobcenter_id)
    if share.unexplained != ZERO:
        others = sorted({line.category for line in found.lines if line.kind is LineKind.OTHER})
        told = {"payout": found.id, "amount": str(share.unexplained), "reason": ", ".join(others)}
        leave_task_for(jobcenter_id, None, TaskKind.PAYOUT_UNEXPLAINED, f"{found.id}:{jobcenter_id}", told)


def _take_back(found: PaidOut, booked: Collection[CardPayout]) -> bool:
    failed = [part for part in booked if part.status is PayoutStatus.BOOKED]
    for part in failed:
        part.status = PayoutStatus.FAILED
        flush()
        entry = f"card_payout:{found.id}:{part.jobcenter_id}"
        books.reverse(SYSTEM, entry, day=clock.today(), text=found.id)
        scope = {"jobcenter_id": part.jobcenter_id}
        audit.record(SYSTEM, "card.payout_failed", "card_payout", part.id, after={"payout": found.id}, **scope)
    _tell(found, [part.jobcenter_id for part in failed], TaskKind.PAYOUT_FAILED, reason=found.state)
    return not failed


def _tell(found: PaidOut, jobcenter_ids: Collection[int], kind: TaskKind, *, reason: str) -> None:
    for jobcenter_id in jobcenter_ids:
        facts = {"payout": found.id, "amount": str(found.amount), "reason": reason}
        leave_task_for(jobcenter_id, None, kind, f"{found.id}:{jobcenter_id}", facts)
