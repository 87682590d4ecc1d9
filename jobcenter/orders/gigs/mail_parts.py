"""What the mails of gigs are put together from."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.orders.gigs.domain import GigCard


def facts(card: GigCard, *, contact: bool = False, pay: bool = False) -> str:
    """What, when, where; with the contact on site and the pay where the reader needs them."""
    lines = [
        _("What: %(title)s", title=card.title),
        _("When: %(when)s", when=texts.interval(card.span.starts_at, card.span.ends_at)),
        _("Where: %(place)s", place=", ".join(part for part in (card.place, card.address) if part)),
    ]
    if contact and card.contact_name:
        name = ", ".join(part for part in (card.contact_name, card.contact_phone) if part)
        lines.append(_("Contact on site: %(name)s", name=name))
    if pay and card.pay is not None:
        lines.append(_("Pay before tax: %(pay)s", pay=texts.money(card.pay)))
    return "\n".join(lines)


def listed(cards: list[GigCard]) -> str:
    """Gigs one below the other."""
    return "\n".join(f"- {card.title}, {texts.interval(card.span.starts_at, card.span.ends_at)}" for card in cards)


def why(reason: str) -> str:
    """The reason that everyone concerned sees."""
    return _("Why: %(reason)s", reason=reason) if reason else ""


def answer_line(answer_by: datetime | None) -> str:
    """Until when an answer is awaited."""
    return _("Answer by %(when)s.", when=texts.when(answer_by)) if answer_by else ""


def on_behalf_line(worker: str, by: str) -> str:
    """Who answered, when it was not the worker alone."""
    return "" if by in ("", worker) else _("Answered together with %(by)s.", by=by)
