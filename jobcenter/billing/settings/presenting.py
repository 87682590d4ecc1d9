"""What the page of the billing settings shows of what waits for another person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.billing.settings.models import NoApprovalRequest, PartnerBilling
from jobcenter.core import texts


@dataclass(frozen=True)
class Asked:
    """A request to give the approval of invoices up, with what the reader may do."""

    id: int
    reason: str
    asked: str
    is_own: bool


def asked(actor: Actor, request: NoApprovalRequest) -> Asked:
    """The request as the actor sees it."""
    return Asked(
        id=request.id,
        reason=request.reason,
        asked=f"{request.asked_by}, {texts.when(request.asked_at)}",
        is_own=request.asked_by_id == actor.user_id,
    )


def switches(rows: Iterable[PartnerBilling]) -> list[tuple[str, str]]:
    """From which days of work who bills the partner form."""
    return [
        (
            _("Work from %(day)s on", day=texts.day(row.valid_from)),
            _("The partner bills") if row.bills else _("The Jobcenter bills"),
        )
        for row in rows
    ]
