"""What the day of payment does to benefits: whether hours paid on one day take a limit over, and on the next not. Pure.

Most benefits count pay in the month in which it comes, so that the day decides which month gets it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from jobcenter.earnings.domain import Case, Change, Earning, Effect, key_of


@dataclass(frozen=True)
class DayEffect:
    """The limits that hours take over when they are paid on a day, and those that nobody can judge."""

    day: date
    over: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A worker's hours paid on the day chosen, and on the pay day after it."""

    worker_id: int
    chosen: DayEffect
    after: DayEffect

    @property
    def concerns(self) -> bool:
        """Whether the day chosen takes a limit over."""
        return bool(self.chosen.over)

    @property
    def may_wait(self) -> bool:
        """Whether the next pay day would surely spare the person: nothing goes over then, nothing is unknown."""
        return self.concerns and not self.after.over and not self.after.not_known


def choice_of(worker_id: int, case: Case, offer_ids: Collection[int], chosen: date, after: date) -> Choice:
    """What the pay day does to one worker; `offer_ids` tells which of the case's earnings are paid."""
    return Choice(worker_id, _effect(case, offer_ids, chosen), _effect(case, offer_ids, after))


def _effect(case: Case, offer_ids: Collection[int], day: date) -> DayEffect:
    """The limits after the payment beside those of a life in which these hours were never worked."""
    others = [earning for earning in case.earnings if not _is_to_pay(earning, offer_ids)]
    paid = [_paid_on(earning, day) for earning in case.earnings if _is_to_pay(earning, offer_ids)]
    before = {key_of(found): found for found in replace(case, earnings=tuple(others)).assessments()}
    after = replace(case, earnings=(*others, *paid)).assessments()
    effect = Effect(tuple(Change(before.get(key_of(found)), found) for found in after))
    touched = Effect(tuple(change for change in effect.changes if change.touched))
    return DayEffect(day, tuple(dict.fromkeys(effect.over)), touched.not_known)


def _is_to_pay(earning: Earning, offer_ids: Collection[int]) -> bool:
    """What was paid of the same work keeps its day: hours that correct it are paid later."""
    return earning.offer_id in offer_ids and earning.income.paid_on is None


def _paid_on(earning: Earning, day: date) -> Earning:
    return earning._replace(income=replace(earning.income, paid_on=day))
