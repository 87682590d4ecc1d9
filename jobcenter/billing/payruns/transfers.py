"""The payment file of a pay run: each worker's pay, and what is paid on for debts."""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.auth import queries as auth
from jobcenter.billing.payruns import queries, queries_enforcement
from jobcenter.billing.payruns.domain import Payer
from jobcenter.billing.payruns.messages import transfer_message
from jobcenter.billing.payruns.models import PayItem, PayItemEnforcement, PayRun
from jobcenter.billing.sepa import LONGEST_MESSAGE, LONGEST_NAME, Purpose, Transfer, TransferFile
from jobcenter.core import texts


def file_of(run: PayRun) -> TransferFile:
    """What goes to the bank for an approved run: the same each time that it is made. After a refusal the file has
    another name; the payments keep theirs.
    """
    payer = auth.jobcenter(run.jobcenter_id)
    items = [item for item in queries.items_of(run.id) if item.payer is Payer.JOBCENTER]
    taken = queries_enforcement.enforcement_of([item.id for item in items])
    return TransferFile(
        id=f"JC{run.jobcenter_id}-RUN{run.id}" + (f"-{run.file_number}" if run.file_number > 1 else ""),
        made_at=run.approved_at,
        payer=payer.name,
        iban=payer.iban,
        pay_on=run.pay_on,
        purpose=Purpose.SALARY,
        transfers=(*_to_workers(run, items), *map(_to_bailiff, taken)),
    )


def _to_workers(run: PayRun, items: Iterable[PayItem]) -> Iterable[Transfer]:
    with texts.in_language(texts.DEFAULT):
        message = transfer_message(run.pay_on)
    return [
        Transfer(
            id=f"JC{run.jobcenter_id}-P{item.id}",
            name=item.account_holder[:LONGEST_NAME],
            iban=item.iban,
            amount=item.to_account,
            message=message[:LONGEST_MESSAGE],
        )
        for item in items
        if item.to_account > 0
    ]


def _to_bailiff(taken: PayItemEnforcement) -> Transfer:
    return Transfer(
        id=f"JC-E{taken.id}",
        name=taken.payee[:LONGEST_NAME],
        iban=taken.iban,
        amount=taken.amount,
        reference=taken.reference,
    )
