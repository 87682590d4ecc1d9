"""What is done about cards by the clock: what is stored to be said is said, holds pay their invoices, lists are held
against ours. Nothing is done where no cards are taken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from jobcenter.billing.card import calls, queries, queries_ending, service, service_news, service_payouts
from jobcenter.billing.card.domain import News, Seen
from jobcenter.billing.card.domain_payouts import PaidOut
from jobcenter.billing.card.house import CardHouseSilent, card_house, takes_cards
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work

T = TypeVar("T")

log = logging.getLogger("jobcenter.card")

# A capture whose outcome has not been heard of is said again: the same key takes the money once.
SAID_AGAIN_AFTER = timedelta(hours=1)
# Held against the card house's list for so long: a hold lives for a week, a refund can come much later.
LOOK_BACK = timedelta(days=40)
# A bank takes up to three months to end a dispute.
DISPUTES_LOOK_BACK = timedelta(days=120)
# What was not told now is in the lists of the next night.
SILENT = JobReport(failed=1, remark="the card house did not answer")


def make_card_calls(now: datetime) -> JobReport:
    """Say what is stored to be said to the card house; what it does not hear is said again the next time."""
    if not takes_cards():
        return JobReport()
    with unit_of_work():
        service.close_never_opened(now)
    billed = _each(queries.billed_holds(), _set_capture)
    billed += _each(queries_ending.taken_without_invoice(), _book_for_invoice)
    said_before = now - SAID_AGAIN_AFTER
    captured = _each(queries.to_call(said_before), lambda id: calls.capture(id, now))
    given_back = _each(queries.refunds_to_send(), calls.refund)
    released = _each(queries_ending.holds_to_release(said_before), lambda id: calls.release(id, now))
    released += _each(queries_ending.surplus_holds(), calls.release_surplus)
    closed = _each(queries_ending.pages_to_close(now), calls.close_page)
    ends = _each(queries.without_end(), calls.ask_end)
    said = captured + given_back + released + closed
    return JobReport(done=said.done, failed=said.failed + billed.failed + ends.failed)


def reconcile_cards(now: datetime) -> JobReport:
    """Hold our card payments against the card house's list: messages that never came are made up for, differences left
    as tasks. Each payment is done by itself: one that fails is a difference, and the others go on.
    """
    if not takes_cards():
        return JobReport()
    since = now - LOOK_BACK
    try:
        seen = {payment.key: payment for payment in card_house().payments_since(since)}
        disputes = list(card_house().disputes_since(now - DISPUTES_LOOK_BACK))
    except CardHouseSilent:
        return SILENT
    ours = queries.kept_since(since)
    differences = sum(_reconcile(key, seen.get(key), now) for key in ours)
    with unit_of_work():
        strange = service_news.leave_strange(seen.keys() - set(ours))
    caught_up = _each(disputes, _catch_up_dispute)
    return JobReport(done=len(seen), failed=differences + strange + caught_up.failed)


def _reconcile(key: str, seen: Seen | None, now: datetime) -> int:
    """Hold one payment of ours against the list; how many differences are left."""
    if seen is not None:
        try:
            with unit_of_work():
                service_news.catch_up(key, seen, now)
        except Exception:
            log.exception("card payment %s could not be caught up with", key)
    with unit_of_work():
        return service_news.leave_differences(key, seen)


def fetch_payouts(now: datetime) -> JobReport:
    """Book what the card house has paid out to the bank, less its fees, and find the bank's own lines of it."""
    if not takes_cards():
        return JobReport()
    try:
        paid_out = list(card_house().payouts_since(clock.day_of(now - LOOK_BACK)))
    except CardHouseSilent:
        return SILENT
    report = _each(paid_out, _take_payout)
    with unit_of_work():
        service_payouts.find_in_bank()
    return report


def _set_capture(billed: tuple[int, int]) -> bool:
    hold_id, invoice_id = billed
    with unit_of_work():
        service.set_capture(hold_id, invoice_id)
    return True


def _book_for_invoice(payment_id: int) -> bool:
    with unit_of_work():
        service_news.book_for_invoice(payment_id)
    return True


def _catch_up_dispute(news: News) -> bool:
    with unit_of_work():
        service_news.catch_up_dispute(news)
    return True


def _take_payout(found: PaidOut) -> bool:
    with unit_of_work():
        return service_payouts.take(found)


def _each(things: Iterable[T], do: Callable[[T], object]) -> JobReport:
    """Do each by itself: what is not answered waits for the next time, what fails is logged, and the others go on.

    `do` gives False for what a person must look at.
    """
    report = JobReport()
    for thing in things:
        try:
            fine = do(thing) is not False
            report += JobReport(done=int(fine), failed=int(not fine))
        except CardHouseSilent:
            continue
        except Exception:
            log.exception("%s failed", thing)
            report += JobReport(failed=1)
    return report
