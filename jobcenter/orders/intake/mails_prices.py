"""The mails about a price that another person must approve; in the language in force (`texts.in_language`)."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.core.second_person import AskStatus
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.intake.mails import OrderCard
from jobcenter.orders.intake.models import PriceRequest


def asked(card: OrderCard, request: PriceRequest, *, url: str) -> Mail:
    """To those who may decide: a low price waits for them."""
    facts = {
        "name": request.asked_by,
        "orderer": card.orderer,
        "price": texts.money(request.hourly_price),
        "list_price": texts.money(request.list_price),
    }
    return Mail(
        _("Approve a price: %(title)s, %(orderer)s", title=card.title, orderer=card.orderer),
        paragraphs(
            _("Hello,"),
            _(
                "%(name)s would offer %(orderer)s an hour for %(price)s without VAT. The list price is %(list_price)s.",
                **facts,
            ),
            _("Reason: %(reason)s", reason=request.reason),
            _("A price this low needs a second person. Approve or refuse it here:"),
            url,
            card.jobcenter,
        ),
    )


def decided(card: OrderCard, request: PriceRequest, *, url: str) -> Mail:
    """To whoever asked: the terms went out, or why not."""
    facts = {"name": request.decided_by, "price": texts.money(request.hourly_price), "title": card.title}
    if request.status is AskStatus.APPROVED:
        subject = _("Price approved: %(title)s", title=card.title)
        said = _("%(name)s approved %(price)s an hour. The terms have gone to the orderer.", **facts)
    else:
        subject = _("Price not approved: %(title)s", title=card.title)
        said = _("%(name)s did not approve %(price)s an hour. Nothing has gone to the orderer.", **facts)
    reason = _("Reason: %(reason)s", reason=request.answer) if request.answer else ""
    return Mail(subject, paragraphs(_("Hello,"), said, reason, _("The order is here:"), url, card.jobcenter))
