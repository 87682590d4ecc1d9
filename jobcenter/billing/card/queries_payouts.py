"""Finding payouts of the card house, the payments that they are made up of, and the bank's own lines of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.card.domain import RefundStatus
from jobcenter.billing.card.domain_payouts import BANK_EARLIER, BANK_LATER, Owned, PayoutStatus
from jobcenter.billing.card.models import CardPayment, CardPayout, CardRefund
from jobcenter.billing.payments.domain import PaymentSource, PaymentStatus
from jobcenter.billing.payments.models import Payment
from jobcenter.core.db import db
from jobcenter.core.money import ZERO, round_cents

LISTED = 20


def owners_of(intent_ids: Collection[str]) -> dict[str, Owned]:
    """Our payments by the card house's names of them."""
    failed = select(func.sum(CardRefund.amount)).where(
        CardRefund.card_payment_id == CardPayment.id,
        CardRefund.status == RefundStatus.FAILED,
        CardRefund.refund_id != "",
    )
    query = select(CardPayment, failed.scalar_subquery())
    query = query.where(CardPayment.intent_id.in_([one for one in intent_ids if one]))
    return {
        paid.intent_id: Owned(
            jobcenter_id=paid.jobcenter_id, taken=paid.taken, refunded=paid.refunded + round_cents(failed or ZERO)
        )
        for paid, failed in db.session.execute(query)
    }


def parts_of(payout_id: str) -> list[CardPayout]:
    """Each Jobcenter's part of a payout that was booked, locked."""
    query = select(CardPayout).where(CardPayout.payout_id == payout_id).order_by(CardPayout.id)
    return list(db.session.scalars(query.with_for_update()))


def not_in_bank() -> list[CardPayout]:
    """Booked parts of payouts whose line of the bank's has not been found, locked, the oldest first."""
    query = select(CardPayout).where(CardPayout.bank_payment_id.is_(None), CardPayout.status == PayoutStatus.BOOKED)
    return list(db.session.scalars(query.order_by(CardPayout.arrived_on, CardPayout.id).with_for_update()))


def bank_lines(part: CardPayout) -> list[Payment]:
    """The Jobcenter's payments from the bank that wait, of a payout's amount and about its day, locked."""
    days: tuple[date, date] = part.arrived_on - BANK_EARLIER, part.arrived_on + BANK_LATER
    query = select(Payment).where(
        Payment.jobcenter_id == part.jobcenter_id,
        Payment.source == PaymentSource.BANK,
        Payment.status == PaymentStatus.WAITING,
        Payment.amount == part.whole,
        Payment.day.between(*days),
    )
    return list(db.session.scalars(query.order_by(Payment.day, Payment.id).with_for_update()))


def payouts_of(actor: Actor) -> list[CardPayout]:
    """The newest payouts of the actor's Jobcenters."""
    query = select(CardPayout).where(CardPayout.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)))
    return list(db.session.scalars(query.order_by(CardPayout.arrived_on.desc(), CardPayout.id.desc()).limit(LISTED)))
