"""Crediting a sent invoice: all of it, some lines, or some of the hours of a line. Pure.

What is left of an invoice is at all times what an invoice of the hours left would say: each line rounded on the minutes
left, VAT rounded once per rate on what is left. A credit note is the difference of before and after, so that any number
of them together come to the invoice and never to more. Where the VAT of that difference would not be its own net times
the rate, to the cent, the hours are cut in two or three such that it is on each of as many notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain, combinations, islice, pairwise

from jobcenter.billing.invoices import domain
from jobcenter.billing.invoices.domain import Line, Totals, VatSum
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO, Price

LINE_FIELD = "line_"

# Where hours are cut: between lines (no line is as long as the first), at full hours, half ones, to the minute.
_STEPS = (24 * 60, 60, 30, 15, 5, 1)

# Of so many of these places two are tried together, where no single one will do.
MOST_PLACES = 100


class CreditRefused(DomainError):
    """What was chosen cannot be credited: nothing, more than is left, nothing of worth, or not with VAT to the cent."""


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


def credits_of(sent: Sequence[SentLine], chosen: Mapping[int, int] | None) -> tuple[Credit, ...]:
    """The credit of so many minutes by line id; None takes all that is left. Two or three where one has no right VAT.

    Raises CreditRefused.
    """
    minutes = _all_left(sent) if chosen is None else {line_id: taken for line_id, taken in chosen.items() if taken}
    _check(sent, minutes)
    whole = _credit(sent, minutes)
    if all(one.price.vat == _vat(one.price.net, one.vat_percent) for one in whole.totals.per_rate):
        return (whole,)
    credits, now = [], list(sent)
    for piece in _pieces(sent, minutes):
        credits.append(_credit(now, piece))
        now = [line.after(piece.get(line.line_id, 0)) for line in now]
    return tuple(credits)


def _credit(sent: Sequence[SentLine], minutes: Mapping[int, int]) -> Credit:
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


def _pieces(sent: Sequence[SentLine], minutes: Mapping[int, int]) -> list[dict[int, int]]:
    """The minutes of each of several notes: those of each rate are cut where its VAT is right. Raises CreditRefused."""
    pieces: dict[int, dict[int, int]] = defaultdict(dict)
    for rate in sorted({line.line.vat_percent for line in sent if line.line_id in minutes}):
        of_rate = [line for line in sent if line.line.vat_percent == rate]
        for place, (was, becomes) in enumerate(pairwise(({}, *_right_cuts(of_rate, minutes)))):
            taken = {line_id: most - was.get(line_id, 0) for line_id, most in becomes.items()}
            pieces[place] |= {line_id: some for line_id, some in taken.items() if some}
    return [pieces[place] for place in sorted(pieces)]


def _right_cuts(of_rate: Sequence[SentLine], minutes: Mapping[int, int]) -> list[dict[int, int]]:
    """Up to where each note goes of one rate, the last to the end: one if its VAT is right then, else two or three.

    Raises CreditRefused when there are no such places.
    """
    before = sum((line.left.net for line in of_rate), ZERO)
    touched = [line for line in of_rate if line.line_id in minutes]
    end = {line.line_id: minutes[line.line_id] for line in touched}
    one, two = _cuts(touched, minutes), islice(_cuts(touched, minutes), MOST_PLACES)
    for between in chain([()], ((cut,) for cut in one), combinations(two, 2)):
        cuts = [*sorted(between, key=lambda cut: sum(cut.values())), end]
        if _is_right([before, *(before - _net_of(touched, cut) for cut in cuts)], touched[0].line.vat_percent):
            return cuts
    raise CreditRefused("credit_vat_not_right", f"{LINE_FIELD}{touched[0].line_id}")


def _cuts(lines: Sequence[SentLine], minutes: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """Where so many minutes of lines can be cut in two: between lines, then within one, at round minutes first."""
    for step in _STEPS:
        whole: dict[int, int] = {}
        for line in lines:
            taken = minutes[line.line_id]
            yield from (whole | {line.line_id: part} for part in range(step, taken, step))
            whole = whole | {line.line_id: taken}
            yield whole


def _net_of(lines: Iterable[SentLine], minutes: Mapping[int, int]) -> Decimal:
    return sum((line.taken(minutes[line.line_id]).net for line in lines if minutes.get(line.line_id)), ZERO)


def _is_right(nets: Sequence[Decimal], rate: Decimal) -> bool:
    """Whether each step down from one net to the next has the VAT of its own net; only a single one may be nothing."""
    return all(
        (was > becomes or len(nets) == 1 + 1) and _vat(was, rate) - _vat(becomes, rate) == _vat(was - becomes, rate)
        for was, becomes in pairwise(nets)
    )


def _vat(net: Decimal, rate: Decimal) -> Decimal:
    return Price.of_net(net, rate).vat


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
