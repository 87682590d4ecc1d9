"""What the page of payments that came back shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.core import texts
from jobcenter.core.money import ZERO


@dataclass(frozen=True)
class ReturnedRow:
    """A payment that came back, with its state in words; `can_pay`: no list pays it again yet."""

    item_id: int
    worker_id: int
    name: str
    amount: Decimal
    returned_on: date
    reason: str
    state: str
    tag_kind: str
    can_pay: bool


def paid_to_accounts(run: PayRun, items: Iterable[PayItem]) -> list[PayItem]:
    """The payments of a paid list to workers' accounts, also those that came back."""
    if run.status is not PayRunStatus.PAID:
        return []
    return [item for item in items if item.payer is Payer.JOBCENTER and item.to_account]


def payment_choices(paid: Iterable[PayItem]) -> list[tuple[int, str]]:
    """Payments to choose from."""
    return [(item.id, f"{item.worker_name}, {texts.money(item.to_account)}") for item in paid]


def all_together(paid: Collection[PayItem]) -> str:
    """The choice of all of them; nothing when there is one only."""
    if len(paid) < 2:
        return ""
    together = texts.money(sum((item.to_account for item in paid), ZERO))
    return _("All %(count)s, %(amount)s together", count=len(paid), amount=together)


def returned_rows(items: Iterable[PayItem], listed: Collection[int]) -> list[ReturnedRow]:
    """The payments that came back; `listed`: those that another list pays again."""
    return [_row(item, item.id in listed) for item in items if item.returned_on is not None]


def _row(item: PayItem, listed: bool) -> ReturnedRow:
    state, kind = _("Owed to the worker"), "warn"
    if item.paid_again_on is not None:
        state, kind = _("Paid again on %(day)s", day=texts.day(item.paid_again_on)), "good"
    elif listed:
        state, kind = _("On a list to be paid again"), "info"
    return ReturnedRow(
        item_id=item.id,
        worker_id=item.worker_id,
        name=item.worker_name,
        amount=item.to_account,
        returned_on=item.returned_on,
        reason=item.return_reason,
        state=state,
        tag_kind=kind,
        can_pay=item.paid_again_on is None and not listed,
    )
