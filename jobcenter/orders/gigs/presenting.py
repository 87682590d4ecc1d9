"""What the pages of gigs show: rows with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.benefits import ContractForm
from jobcenter.orders.gigs import queries
from jobcenter.orders.gigs.cards import card_of, told_name
from jobcenter.orders.gigs.domain import LIVE, GigCard, GigStatus, OfferStatus
from jobcenter.orders.gigs.messages import GIG_STATUSES, OFFER_STATUSES, OFFER_TAGS, reason
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.rates.messages import FORMS
from jobcenter.workers.messages import DEMANDS, SKILLS

COMING = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED, OfferStatus.DONE)
SURE = (OfferStatus.CONFIRMED, OfferStatus.DONE)


@dataclass(frozen=True)
class PersonTag:
    """Somebody on a gig, with how it stands."""

    offer_id: int
    name: str
    status_label: str
    tag_kind: str


@dataclass(frozen=True)
class GigRow:
    """A gig in a list."""

    id: int
    card: GigCard
    category: str
    form_label: str
    status_label: str
    tag_kind: str
    reason: str
    slots: int
    free: int
    free_label: str
    people: tuple[PersonTag, ...]
    offered: int


@dataclass(frozen=True)
class DayOfGigs:
    """The gigs of one day."""

    day: date
    gigs: tuple[GigRow, ...]


@dataclass(frozen=True)
class SlotView:
    """A slot on the gig's page: who has it, who is thinking, and who had it before."""

    id: int
    position: int
    holder: PersonTag | None
    can_confirm: bool
    can_withdraw: bool
    can_miss: bool
    can_swap: bool
    is_free: bool
    open_offers: tuple[PersonTag, ...]
    past: tuple[str, ...]
    pitch: str
    contract_id: int | None


def gig_row(gig: Gig, *, full_names: bool = True) -> GigRow:
    """A whole gig as a row."""
    slots = [slot for slot in gig.slots if slot.in_use]
    holders = [holder for slot in slots if (holder := queries.holder_of(slot)) is not None]
    free = len(slots) - len(holders) if gig.status is GigStatus.PLANNED else 0
    return GigRow(
        id=gig.id,
        card=card_of(gig),
        category=gig.order.category.value,
        form_label=str(FORMS[gig.contract_form]),
        status_label=gig_label(gig, free),
        tag_kind=_gig_tag(gig, free),
        reason=reason(gig.status_reason),
        slots=len(slots),
        free=free,
        free_label=free_label(free),
        people=tuple(person_tag(holder, full_names=full_names) for holder in holders),
        offered=sum(offer.status is OfferStatus.OFFERED for offer in queries.offers_of(gig)),
    )


def by_day(gigs: Iterable[Gig]) -> list[DayOfGigs]:
    """Gigs grouped by the day on which they begin, in the order given."""
    rows = [gig_row(gig) for gig in gigs]
    grouped = groupby(rows, key=lambda row: row.card.span.first_day)
    return [DayOfGigs(day=day, gigs=tuple(found)) for day, found in grouped]


def gig_label(gig: Gig, free: int) -> str:
    """The gig's state in words; of a planned one, whether it is staffed."""
    if gig.status is GigStatus.PLANNED:
        return free_label(free)
    return str(GIG_STATUSES[gig.status])


def free_label(free: int) -> str:
    """How many places are to be filled."""
    return ngettext("%(num)s place to fill", "%(num)s places to fill", free) if free else _("Everyone found")


def _gig_tag(gig: Gig, free: int) -> str:
    if gig.status is GigStatus.CANCELLED:
        return "bad"
    return "warn" if free else "good"


def person_tag(offer: Offer, *, full_names: bool = True) -> PersonTag:
    """Somebody with how it stands; an orderer gets the first name and what may be told."""
    return PersonTag(
        offer_id=offer.id,
        name=offer.worker.name if full_names else told_name(offer.worker),
        status_label=str(OFFER_STATUSES[offer.status]),
        tag_kind=OFFER_TAGS[offer.status],
    )


def slot_view(slot: Slot, gig: Gig, contracts: Mapping[int, int], now: datetime) -> SlotView:
    """A slot on the coordinator's page of the gig."""
    holder = queries.holder_of(slot)
    status = holder.status if holder else None
    ahead = gig.status is GigStatus.PLANNED and gig.ends_at > now
    held_ahead = ahead and status in (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
    return SlotView(
        id=slot.id,
        position=slot.position,
        holder=person_tag(holder) if holder else None,
        can_confirm=ahead and status is OfferStatus.ACCEPTED,
        can_withdraw=held_ahead,
        can_swap=held_ahead,
        can_miss=status in SURE and gig.starts_at <= now,
        is_free=ahead and holder is None,
        open_offers=tuple(person_tag(offer) for offer in slot.offers if offer.status is OfferStatus.OFFERED),
        past=tuple(history(offer) for offer in slot.offers if offer.status not in LIVE),
        pitch=holder.pitch if holder else "",
        contract_id=contracts.get(holder.id) if holder else None,
    )


def history(offer: Offer) -> str:
    """Who had a slot or an offer before, and how it ended."""
    label = OFFER_STATUSES[offer.status]
    if not offer.reason:
        return f"{offer.worker.name}: {label}"
    return f"{offer.worker.name}: {label} ({reason(offer.reason)})"


@dataclass(frozen=True)
class Along:
    """The names of those who come to a gig too: other workers, and support persons."""

    colleagues: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True)
class OfferView:
    """One offer for its worker and whoever answers with them."""

    id: int
    gig_id: int
    worker_id: int
    worker_name: str
    given_name: str
    card: GigCard
    category: str
    description: str
    form_label: str
    demands: tuple[str, ...]
    skills: tuple[str, ...]
    answer_by: datetime | None
    status_label: str
    tag_kind: str
    reason: str
    pitch: str
    answered: str
    colleagues: tuple[str, ...]
    support: tuple[str, ...]
    pay: Decimal | None
    is_open: bool
    is_late: bool
    can_cancel: bool
    shows_contact: bool
    is_over: bool


def offer_view(offer: Offer, now: datetime, along: Along, *, tells_benefits: bool) -> OfferView:
    """An offer with its gig, order and worker. `tells_benefits`: whether the reader may know of benefits."""
    gig, order = offer.gig, offer.gig.order
    planned = gig.status is GigStatus.PLANNED and gig.ends_at > now
    is_open = offer.status is OfferStatus.OFFERED and planned
    coming = offer.status in COMING
    return OfferView(
        id=offer.id,
        gig_id=gig.id,
        worker_id=offer.worker_id,
        worker_name=offer.worker.name,
        given_name=offer.worker.given_name,
        card=card_of(gig),
        category=order.category.value,
        description=order.description,
        form_label=str(FORMS[gig.contract_form]),
        demands=tuple(str(DEMANDS[demand]) for demand in sorted(order.demands)),
        skills=tuple(str(SKILLS[skill]) for skill in sorted(order.skills)),
        answer_by=offer.answer_by,
        status_label=_status_label(offer, tells_benefits),
        tag_kind=OFFER_TAGS[offer.status],
        reason=_why_ended(offer, tells_benefits),
        pitch=offer.pitch,
        answered=_answered(offer),
        colleagues=along.colleagues,
        support=along.support,
        pay=card_of(gig).pay,
        is_open=is_open,
        is_late=is_open and offer.answer_by is not None and offer.answer_by < now,
        can_cancel=planned and offer.status in (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED),
        shows_contact=coming,
        is_over=gig.ends_at <= now,
    )


def _answered(offer: Offer) -> str:
    if not offer.on_behalf or not offer.answered_by:
        return ""
    return _("Answered together with %(name)s", name=offer.answered_by)


def _status_label(offer: Offer, tells_benefits: bool) -> str:
    """The offer's state in words; that it was stopped to protect a benefit is said only to who may know of benefits."""
    hidden = offer.status is OfferStatus.STOPPED and not tells_benefits
    return str(OFFER_STATUSES[OfferStatus.WITHDRAWN if hidden else offer.status])


def _why_ended(offer: Offer, tells_benefits: bool) -> str:
    """Why the gig was cancelled, or else why the offer ended, with the same reserve."""
    hidden = offer.status is OfferStatus.STOPPED and not tells_benefits
    return reason(offer.gig.status_reason or ("" if hidden else offer.reason))


@dataclass(frozen=True)
class MyGigRow:
    """One of a worker's gigs in a list; `name` is "" in one's own list; `reason` says why the gig fell through."""

    offer_id: int
    name: str
    card: GigCard
    category: str
    status_label: str
    tag_kind: str
    answer_by: datetime | None
    reason: str


def my_gig_row(offer: Offer, *, own: bool) -> MyGigRow:
    """An offer in the list of its worker, or of somebody who supports them."""
    return MyGigRow(
        offer_id=offer.id,
        name="" if own else offer.worker.name,
        card=card_of(offer.gig),
        category=offer.gig.order.category.value,
        status_label=_status_label(offer, own),
        tag_kind=OFFER_TAGS[offer.status],
        answer_by=offer.answer_by,
        reason=_why_ended(offer, own),
    )


@dataclass(frozen=True)
class OrderedGig:
    """A gig for its orderer: who is coming by first name, and what can be done."""

    row: GigRow
    coming: tuple[str, ...]
    still_sought: int
    can_change: bool
    can_reopen: bool


def ordered_gig(gig: Gig, now: datetime) -> OrderedGig:
    """A whole gig for its orderer. People are named once their place is confirmed."""
    row = gig_row(gig, full_names=False)
    holders = [holder for slot in gig.slots if slot.in_use and (holder := queries.holder_of(slot)) is not None]
    coming = tuple(told_name(holder.worker) for holder in holders if holder.status in SURE)
    ahead = gig.starts_at > now
    return OrderedGig(
        row=row,
        coming=coming,
        still_sought=row.slots - len(coming) if gig.status is GigStatus.PLANNED else 0,
        can_change=ahead and gig.status is GigStatus.PLANNED,
        can_reopen=ahead and gig.status is GigStatus.CANCELLED,
    )


@dataclass(frozen=True)
class Possible:
    """What may be done to a gig now."""

    change: bool
    reopen: bool
    remove: bool
    support: bool


def possible(gig: Gig, now: datetime) -> Possible:
    """What a coordinator may do to a whole gig."""
    ahead, planned = gig.starts_at > now, gig.status is GigStatus.PLANNED
    return Possible(
        change=ahead and planned,
        reopen=ahead and gig.status is GigStatus.CANCELLED,
        remove=ahead and planned and not queries.offers_of(gig),
        support=planned and gig.ends_at > now,
    )


def stopped_people(gig: Gig) -> list[int]:
    """The workers of whom a whole gig's page tells that a benefit stopped their place."""
    return sorted({offer.worker_id for offer in queries.offers_of(gig) if offer.status is OfferStatus.STOPPED})


@dataclass(frozen=True)
class StoppedPlace:
    """A place that the contract guard stopped, or whose person takes part no more, and whom to call."""

    offer_id: int
    name: str
    phone: str
    worker_id: int
    gig_id: int
    slot_id: int
    card: GigCard
    ended_at: datetime | None
    can_propose: bool


def stopped_place(offer: Offer) -> StoppedPlace:
    """An offer with its gig and worker."""
    return StoppedPlace(
        offer_id=offer.id,
        name=offer.worker.name,
        phone=offer.worker.phone,
        worker_id=offer.worker_id,
        gig_id=offer.gig_id,
        slot_id=offer.slot_id,
        card=card_of(offer.gig),
        ended_at=offer.ended_at,
        can_propose=offer.gig.contract_form is ContractForm.ASSIGNMENT,
    )
