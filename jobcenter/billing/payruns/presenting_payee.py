"""What the page of a worker's pay details shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.billing import bank
from jobcenter.billing.payruns.domain_enforcement import masked_personal_id
from jobcenter.billing.payruns.models import EnforcementOrder, Payee
from jobcenter.core import texts
from jobcenter.core.money import ZERO

# What of a worker the log names when this page is read.
READ = ("enforcement", "personal_id")

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class OrderCard:
    """A payment prohibition: who is paid, whether it holds on a day, and its facts in words."""

    id: int
    payee: str
    holds: bool
    can_end: bool
    facts: Facts


def order_cards(orders: Iterable[EnforcementOrder], taken: Mapping[int, Decimal], today: date) -> list[OrderCard]:
    """Prohibitions, the newest first; `taken`: what the lists made so far take, by prohibition."""
    return [_order_card(order, taken.get(order.id, ZERO), today) for order in reversed(list(orders))]


def personal_id_facts(payee: Payee | None) -> Facts:
    """The personal identity code, masked, and who told it when."""
    if payee is None:
        return []
    told = f"{texts.when(payee.told_at)}, {payee.told_by}"
    return [(_("Personal identity code"), masked_personal_id(payee.personal_id)), (_("Saved"), told)]


def _order_card(order: EnforcementOrder, taken: Decimal, today: date) -> OrderCard:
    over = order.valid_to is not None and order.valid_to < today
    last = texts.day(order.valid_to) if order.valid_to else _("until further notice")
    facts = [
        (_("Valid"), f"{texts.day(order.valid_from)} – {last}"),
        (_("Share of the pay after tax"), texts.percent(order.share_percent)),
        (_("Left to the person of each pay"), texts.money(order.protected)),
        (_("Debt when it was told"), _("Not told") if order.debt is None else texts.money(order.debt)),
        (_("Taken on pay lists so far"), texts.money(taken)),
        (_("Account number (IBAN)"), bank.grouped_iban(order.iban)),
        (_("Reference number"), bank.grouped_reference(order.reference)),
    ]
    return OrderCard(id=order.id, payee=order.payee, holds=not over, can_end=not over, facts=facts)
