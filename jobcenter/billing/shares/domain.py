"""Who pays which share of an order's hours: shares, the portion of a price that each is, and what may change. Pure.

A share is a portion of the price of every hour row: from so many hundredths of a per cent to so many. Its amount is the
price up to its end less the price up to its beginning, each rounded once, so that the portions of a price come to the
price to the cent, each by itself is less than a cent from its exact share, and a line needs to know no other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from jobcenter.core import money
from jobcenter.core.errors import DomainError, NotPossible

# All of a price, in hundredths of a per cent.
ALL = 10_000
IN_PERCENT = 100
MOST_SHARES = 6


class SharesRefused(DomainError):
    """The shares cannot be: they are not the whole, one is of nothing, or two are the same payer's."""


class GigBilled(NotPossible):
    """Some of the gig's hours are on an invoice, so that who pays them cannot change."""


@dataclass(frozen=True, order=True)
class Portion:
    """A portion of a price, from `begins` to `ends` in hundredths of a per cent."""

    begins: int = 0
    ends: int = ALL

    def of(self, amount: Decimal) -> Decimal:
        """What this portion of an amount comes to, in cents."""
        return _up_to(amount, self.ends) - _up_to(amount, self.begins)

    @property
    def is_whole(self) -> bool:
        return (self.begins, self.ends) == (0, ALL)

    @property
    def percent(self) -> Decimal:
        """How much it is of the whole, in per cent."""
        return Decimal(self.size) / IN_PERCENT

    @property
    def size(self) -> int:
        """How much it is of the whole, in hundredths of a per cent."""
        return self.ends - self.begins


WHOLE = Portion()


def _up_to(amount: Decimal, hundredths: int) -> Decimal:
    return money.round_cents(amount * hundredths / ALL)


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one payer pays: so many hundredths of a per cent of every hour row; 0 pays only the gigs that name it.

    Without a cost centre or reference of its own the payer's own hold. `place` counts from 1.
    """

    place: int
    organisation_id: int
    hundredths: int
    cost_centre: str = ""
    reference: str = ""
    id: int | None = None

    @property
    def payer(self) -> tuple[int, str, str]:
        """Who gets its invoices: no two shares of a split have the same."""
        return self.organisation_id, self.cost_centre, self.reference

    @property
    def percent(self) -> Decimal:
        return Decimal(self.hundredths) / IN_PERCENT


@dataclass(frozen=True)
class Part:
    """A portion of an hour row and the share that pays it; None is the orderer of an order that is not split."""

    share: Share | None
    portion: Portion

    @property
    def payer(self) -> tuple[int, str, str] | None:
        return self.share.payer if self.share else None


@dataclass(frozen=True, kw_only=True)
class Split:
    """The shares of an order as they were agreed on a day; without shares the orderer pays all of it.

    `gigs`: the place of the share that pays a gig alone, by the gig's id. `id` is None before anything was agreed.
    """

    id: int | None = None
    number: int = 0
    shares: tuple[Share, ...] = ()
    gigs: Mapping[int, int] = field(default_factory=dict)
    agreed_on: date | None = None
    agreed_with: str = ""
    set_by: str = ""
    set_at: datetime | None = None

    def parts_of(self, gig_id: int) -> tuple[Part, ...]:
        """Who pays which portion of the hours of a gig."""
        if not self.shares:
            return (Part(None, WHOLE),)
        if alone := self.alone(gig_id):
            return (Part(alone, WHOLE),)
        paying = [share for share in self.shares if share.hundredths]
        bounds = [sum(share.hundredths for share in paying[:count]) for count in range(len(paying) + 1)]
        return tuple(Part(share, Portion(*span)) for share, span in zip(paying, pairwise(bounds), strict=True))

    def alone(self, gig_id: int) -> Share | None:
        """The share that pays a gig alone; None when it is paid by all."""
        return next((share for share in self.shares if share.place == self.gigs.get(gig_id)), None)

    def part_of(self, share_id: int | None) -> Part:
        """The share with an id as a part of everything; nobody's without one."""
        return Part(next((share for share in self.shares if share_id and share.id == share_id), None), WHOLE)


UNSPLIT = Split()


@dataclass(frozen=True)
class Splits:
    """Everything that was agreed of who pays an order, the newest last."""

    agreed: tuple[Split, ...] = ()

    @property
    def newest(self) -> Split:
        return self.agreed[-1] if self.agreed else UNSPLIT

    def of_share(self, share_id: int | None) -> Split:
        """The split that a share is of; None is of the time when the order was not split."""
        return next((split for split in self.agreed if split.part_of(share_id).share), UNSPLIT)

    def standing(self, gig_id: int, live: Mapping[Portion, int | None]) -> Split:
        """The split that an hour row follows: the newest, unless portions of it are on invoices under another one.

        `live` are its portions on invoices with the shares that pay them. Then the newest holds for what is free only
        if it leaves all portions as they are, and those on invoices with their payers: so a payer that was wrong is
        put right after a credit note, without touching what another has paid.
        """
        if not live:
            return self.newest
        held = max((self.of_share(share_id) for share_id in live.values()), key=lambda split: split.number)
        now = {part.portion: part.payer for part in self.newest.parts_of(gig_id)}
        same = now.keys() == {part.portion for part in held.parts_of(gig_id)}
        stays = same and all(now[portion] == self._payer(share_id) for portion, share_id in live.items())
        return self.newest if stays else held

    def _payer(self, share_id: int | None) -> tuple[int, str, str] | None:
        return self.of_share(share_id).part_of(share_id).payer


@dataclass(frozen=True, kw_only=True)
class SetSplit:
    """What a coordinator sets: the shares, who pays which gig alone, with whom and when it was agreed.

    `asked`: the gigs of which it tells; the others keep who pays them. None: all.
    """

    shares: tuple[Share, ...]
    gigs: Mapping[int, int]
    agreed_on: date
    agreed_with: str
    number: int
    asked: frozenset[int] | None = None

    @property
    def split(self) -> Split:
        """The split as it will stand."""
        return Split(shares=self.shares, gigs=self.gigs, agreed_on=self.agreed_on, agreed_with=self.agreed_with)


def check_split(command: SetSplit, *, today: date) -> None:
    """Refuse shares that cannot be, and an agreement of a day to come. No shares: the orderer pays all again.

    Raises SharesRefused.
    """
    if command.agreed_on > today:
        raise SharesRefused("shares_agreed_later", "agreed_on")
    if command.shares:
        _check_shares(command.shares, command.gigs)


def _check_shares(shares: Sequence[Share], gigs: Mapping[int, int]) -> None:
    together = sum(share.hundredths for share in shares)
    if together != ALL:
        raise SharesRefused("shares_not_whole", together=Decimal(together) / IN_PERCENT)
    if len({share.payer for share in shares}) < len(shares):
        raise SharesRefused("shares_same_payer")
    if any(not share.hundredths and share.place not in gigs.values() for share in shares):
        raise SharesRefused("shares_of_nothing")
    if set(gigs.values()) - {share.place for share in shares}:
        raise SharesRefused("shares_gig_unknown")


def with_kept_gigs(command: SetSplit, before: Split, *, billed: Collection[int]) -> SetSplit:
    """The command with the gigs of which it does not tell or of which hours are on an invoice: they keep who pays.

    Raises GigBilled when it gives a gig with billed hours to another payer.
    """
    kept = dict(command.gigs)
    untold = set() if command.asked is None else before.gigs.keys() - command.asked
    for gig_id in untold.union(billed):
        was, becomes = before.alone(gig_id), command.split.alone(gig_id)
        if becomes is not None and becomes.payer != (was and was.payer):
            raise GigBilled("shares_gig_billed")
        stays = next((share for share in command.shares if was and share.payer == was.payer), None)
        if stays is not None:
            kept[gig_id] = stays.place
    return replace(command, gigs=kept)
