"""What is done about cards by the clock: what is stored to be said is said, holds pay their invoices, lists are held
against ours. Nothing is done where no cards are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from jobcenter.billing.card import calls, domain, queries, service, service_news, service_payouts
from jobcenter.billing.card.domain import Kept, TaskKind
from jobcenter.billing.card.house import CardHouseSilent, card_house, takes_cards
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work

# A capture whose outcome has not been heard of is said again: the same key takes the money once.
SAID_AGAIN_AFTER = timedelta(hours=1)
# Held against the card house's list for so long: a hold lives for a week, a dispute's refund can come much later.
LOOK_BACK = timedelta(days=40)


def make_card_calls(now: datetime) -> JobReport:
    """Say what is stored to be said to the card house; what it does not hear is said again the next time."""
    if not takes_cards():
        return JobReport()
    with unit_of_work():
        service.close_never_opened(now)
        service.capture_for_invoices()
    captured = _each(queries.to_call(now - SAID_AGAIN_AFTER), lambda id: calls.capture(id, now))
    given_back = _each(queries.refunds_to_send(), calls.refund)
    released = _each(queries.idle_holds(), calls.release)
    _each(queries.without_end(), calls.ask_end)
    return captured + given_back + released


def reconcile_cards(now: datetime) -> JobReport:
    """Hold our card payments against the card house's list: messages that never came are made up for, differences left
    as tasks.
    """
    if not takes_cards():
        return JobReport()
    since = now - LOOK_BACK
    seen = {payment.key: payment for payment in card_house().payments_since(since)}
    with unit_of_work():
        kept = {row.key: row for row in queries.kept_since(since)}
        for key in sorted(kept.keys() & seen.keys()):
            service_news.catch_up(kept[key], seen[key], now)
        ours = {
            key: Kept(key=key, status=row.status, received=row.taken, refunded=row.refunded)
            for key, row in kept.items()
        }
        found = [(key, difference) for key, difference in domain.differences(ours, seen) if key in kept]
        for key, difference in found:
            service.leave_task(kept[key], TaskKind.DIFFERENCE, f"{key}:{difference}", reason=difference.value)
    return JobReport(done=len(seen), failed=len(found))


def fetch_payouts(now: datetime) -> JobReport:
    """Book what the card house has paid out to the bank, less its fees, and find the bank's own lines of it."""
    if not takes_cards():
        return JobReport()
    report = JobReport()
    for found in list(card_house().payouts_since(clock.day_of(now - LOOK_BACK))):
        with unit_of_work():
            fine = service_payouts.take(found)
        report += JobReport(done=int(fine), failed=int(not fine))
    with unit_of_work():
        service_payouts.find_in_bank()
    return report


def _each(ids: Iterable[int], call: Callable[[int], None]) -> JobReport:
    report = JobReport()
    for id in ids:
        with suppress(CardHouseSilent):
            call(id)
            report += JobReport(done=1)
    return report
