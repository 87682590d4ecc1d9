"""Hours that wait to be billed, taken apart by who pays them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jobcenter.billing.invoices.domain import BillableHours, BillTo
from jobcenter.billing.shares.domain import Part, Portion, Splits


@dataclass(frozen=True)
class Payer:
    """An organisation that can pay a share: its name, and the cost centre and reference on its invoices."""

    name: str
    cost_centre: str
    reference: str


@dataclass(frozen=True)
class Held:
    """A portion of an hour row that is on an invoice: how many of its minutes, as which piece, by which share."""

    portion: Portion
    share_id: int | None
    minutes: int
    piece: int


def parts_of(
    hours: BillableHours, splits: Splits, held: Sequence[Held], payers: Mapping[int, Payer]
) -> Iterator[BillableHours]:
    """What waits of an hour row, by payer: of each portion the minutes that no invoice holds.

    `hours.minutes` are all that was worked. Who pays the order alone keeps what stands on `hours`.
    """
    standing = splits.standing(hours.gig_id, {one.portion: one.share_id for one in held})
    for part in standing.parts_of(hours.gig_id):
        of_part = [one for one in held if one.portion == part.portion]
        left = hours.minutes - sum(one.minutes for one in of_part)
        if left > 0:
            piece = max((one.piece for one in of_part), default=0) + 1
            yield replace(_paid_by(hours, part, payers), minutes=left, piece=piece, portion=part.portion)


def minutes_on_invoices(held: Iterable[Held]) -> int:
    """How many minutes of an hour row some payer has been asked for: of each portion all that its lines hold."""
    portions: dict[Portion, int] = {}
    for one in held:
        portions[one.portion] = portions.get(one.portion, 0) + one.minutes
    return max(portions.values(), default=0)


def _paid_by(hours: BillableHours, part: Part, payers: Mapping[int, Payer]) -> BillableHours:
    share = part.share
    if share is None:
        return hours
    payer, own = payers[share.organisation_id], hours.bill_to
    is_orderer = share.organisation_id == own.organisation_id
    bill_to = BillTo(
        organisation_id=share.organisation_id,
        cost_centre=share.cost_centre or (own.cost_centre if is_orderer else payer.cost_centre),
        reference=share.reference or (own.reference if is_orderer else payer.reference),
    )
    return replace(hours, bill_to=bill_to, organisation_name=payer.name, share_id=share.id)
