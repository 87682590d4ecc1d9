"""Crediting a sent invoice: all of it, some lines, or some of the hours of a line. Pure.

What is left of an invoice is at all times what an invoice of the hours left would say: each line rounded on the minutes
left, VAT rounded once per rate on what is left. A credit note is the difference of before and after, so that any number
of them together come to the invoice and never to more; its VAT can differ by a cent from its own net times the rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from jobcenter.billing.invoices import domain
from jobcenter.billing.invoices.domain import Line, Totals, VatSum
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO, Price

LINE_FIELD = "line_"


class CreditRefused(DomainError):
    """What was chosen cannot be credited: nothing, more than is left, or nothing of worth."""


class Extent(StrEnum):
    """How much of its invoice a credit note takes back: all, a part, or all that earlier ones had left."""

    WHOLE = "whole"
    PART = "part"
    REST = "rest"


@dataclass(frozen=True, kw_only=True)
class SentLine:
    """A line of a sent invoice and how many of its minutes were credited already."""

    line_id: int
    line: Line
    credited_minutes: int

    @property
    def left(self) -> Line:
        """What is left of the line."""
        return self.line.of_minutes(self.line.minutes - self.credited_minutes)

    def after(self, minutes: int) -> SentLine:
        """The line when so many minutes more are credited."""
        return replace(self, credited_minutes=self.credited_minutes + minutes)

    def taken(self, minutes: int) -> Line:
        """The line of a credit note for so many minutes, as an amount above zero."""
        return replace(self.line, minutes=minutes, net=self.left.net - self.after(minutes).left.net)


@dataclass(frozen=True, kw_only=True)
class Credit:
    """What a credit note says, negative; the minutes it takes by line id; and how much of the invoice it is."""

    lines: tuple[Line, ...]
    totals: Totals
    minutes: Mapping[int, int]
    extent: Extent


def credit_of(sent: Sequence[SentLine], chosen: Mapping[int, int] | None) -> Credit:
    """The credit of so many minutes by line id; None takes all that is left. Raises CreditRefused."""
    minutes = _all_left(sent) if chosen is None else {line_id: taken for line_id, taken in chosen.items() if taken}
    _check(sent, minutes)
    touched = [line for line in sent if line.line_id in minutes]
    taken = [line.taken(minutes[line.line_id]) for line in touched]
    after = [line.after(minutes.get(line.line_id, 0)) for line in sent]
    totals = _difference(sent, after, {line.vat_percent for line in taken})
    if totals.together.gross > ZERO:
        raise CreditRefused("credit_too_little")
    return Credit(
        lines=domain.mirrored(taken),
        totals=totals,
        minutes=minutes,
        extent=_extent(sent, after),
    )


def left_of(sent: Iterable[SentLine]) -> Totals:
    """What is left of an invoice."""
    return domain.totals(line.left for line in sent)


def _all_left(sent: Iterable[SentLine]) -> dict[int, int]:
    return {line.line_id: line.left.minutes for line in sent if line.left.minutes}


def _check(sent: Sequence[SentLine], minutes: Mapping[int, int]) -> None:
    if not minutes:
        raise CreditRefused("credit_nothing_chosen")
    left = _all_left(sent)
    for line_id, taken in minutes.items():
        if not 0 < taken <= left.get(line_id, 0):
            raise CreditRefused("credit_too_much", f"{LINE_FIELD}{line_id}")


def _difference(before: Iterable[SentLine], after: Iterable[SentLine], rates: set[Decimal]) -> Totals:
    """What the sums of the touched rates change by: after less before, so below zero."""
    was, becomes = ({one.vat_percent: one.price for one in left_of(lines).per_rate} for lines in (before, after))
    per_rate = tuple(VatSum(rate, _less(becomes[rate], was[rate])) for rate in sorted(rates))
    return Totals(per_rate, sum((vat_sum.price for vat_sum in per_rate), Price(ZERO, ZERO, ZERO)))


def _less(price: Price, other: Price) -> Price:
    return Price(net=price.net - other.net, vat=price.vat - other.vat, gross=price.gross - other.gross)


def _extent(before: Iterable[SentLine], after: Iterable[SentLine]) -> Extent:
    if any(line.left.minutes for line in after):
        return Extent.PART
    return Extent.REST if any(line.credited_minutes for line in before) else Extent.WHOLE
