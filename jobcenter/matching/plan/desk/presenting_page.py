"""What the page of a plan shows: the plan beside today's state, with its reasons in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.core.paging import Part
from jobcenter.matching.messages import reason as reason_words
from jobcenter.matching.plan.desk import messages, queries
from jobcenter.matching.plan.desk.domain import TRANSITIONS, PlacementStatus, PlanAction, PlanStatus
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.presenting import filled_words, title_of
from jobcenter.matching.plan.desk.queries import Placed
from jobcenter.matching.plan.desk.told import OpenGig, Told
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.domain import LIVE, GigCard
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.gigs.presenting import PersonTag, person_tag
from jobcenter.orders.gigs.queries import offers_of

MOST_NAMES = 12
SHOWN = {PlacementStatus.PROPOSED, PlacementStatus.SENT, PlacementStatus.REFUSED}


@dataclass(frozen=True)
class PlaceRow:
    """Somebody on a gig of the plan."""

    id: int
    name: str
    support: str
    reasons: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    said: str
    can_lock: bool
    can_unlock: bool
    can_change: bool
    change_url: str


@dataclass(frozen=True)
class GigRow:
    """A gig of the plan: who is on it now, who the plan puts there, what stays open and why."""

    id: int
    card: GigCard
    priority: str
    now: tuple[PersonTag, ...]
    places: tuple[PlaceRow, ...]
    left_out: tuple[PlaceRow, ...]
    open_label: str
    why_open: tuple[str, ...]
    fill_url: str


@dataclass(frozen=True)
class DayRows:
    """The gigs of one day."""

    day: date
    gigs: tuple[GigRow, ...]


@dataclass(frozen=True)
class PlanPage:
    """A plan that was computed."""

    id: int
    title: str
    status_label: str
    tag_kind: str
    filled: str
    how_good: str
    notices: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    days: tuple[DayRows, ...]
    worker_ids: frozenset[int]
    gigs_total: int
    can_send: bool
    can_run_again: bool
    can_discard: bool


def plan_page(plan: PlanRun, piece: Part) -> PlanPage:
    """A page of a plan's gigs, and what is told of the whole."""
    told = Told.of(plan.result)
    shown = told.gigs[piece.offset : piece.offset + piece.limit]
    places = _by_gig(queries.places_of(plan.id))
    proposed = sum(p.placement.status is PlacementStatus.PROPOSED for found in places.values() for p in found)
    ready = plan.status is PlanStatus.READY
    return PlanPage(
        id=plan.id,
        title=title_of(plan),
        status_label=str(messages.STATUS_LABELS[plan.status]),
        tag_kind=messages.STATUS_TAGS[plan.status],
        filled=filled_words(told) if plan.result else "",
        how_good=_how_good(plan, told),
        notices=tuple(_notices(told)),
        changes=_changes(plan),
        days=tuple(_days(plan, shown, places)),
        worker_ids=_people_shown(shown, places),
        gigs_total=len(told.gigs),
        can_send=ready and bool(proposed),
        can_run_again=plan.status in (PlanStatus.READY, PlanStatus.SENT, PlanStatus.FAILED),
        can_discard=(plan.status, PlanAction.DISCARD) in TRANSITIONS,
    )


def _people_shown(shown: Sequence[OpenGig], places: Mapping[int, list[Placed]]) -> frozenset[int]:
    """The people of whose limits or benefits a page of gigs tells something."""
    placed = (one.worker.id for told in shown for one in places.get(told.gig_id, ()))
    return frozenset((*placed, *(one.worker for told in shown for one in told.could)))


def page_of_gig(plan: PlanRun, gig_id: int, size: int) -> int:
    """The page of the plan on which a gig stands."""
    ids = [gig.gig_id for gig in Told.of(plan.result).gigs]
    return ids.index(gig_id) // size + 1 if gig_id in ids else 1


def _how_good(plan: PlanRun, told: Told) -> str:
    if plan.status is PlanStatus.FAILED:
        return _("The computing broke off several times. Try a shorter time, or tell your administrator.")
    return messages.how_good(told.worth, told.bound) if told.worth else ""


def _by_gig(places: Iterable[Placed]) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for placed in places:
        found[placed.placement.gig_id].append(placed)
    return found


def _notices(told: Told) -> Iterable[tuple[str, str]]:
    """What is to be minded of the whole plan: who was left out, which locks could not be kept."""
    names = queries.names_of_workers({*told.unknown, *(lost.worker_id for lost in told.lost)})
    if told.unknown:
        people = _listed([names[id_] for id_ in told.unknown if id_ in names])
        yield (
            "warn",
            _("Left out, because their earnings limits are not known: %(people)s. Ask them first.", people=people),
        )
    for lost in told.lost:
        reason = reason_words(lost.finding) if lost.finding else _("there is no open place for them any more.")
        yield "warn", _("%(name)s was locked, but cannot stay: %(reason)s", name=names[lost.worker_id], reason=reason)


def _listed(names: Sequence[str]) -> str:
    """Names in a list; of many, the first."""
    more = len(names) - MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES])
    return listed if more <= 0 else _("%(names)s and %(number)s others", names=listed, number=more)


def _changes(plan: PlanRun) -> tuple[str, ...]:
    """How the plan differs from the one before, in words."""
    difference = queries.difference_from(plan)
    if difference is None:
        return ()
    if not difference.came and not difference.went:
        return (_("Everyone stays where they were in the plan before."),)
    pairs = (*difference.came, *difference.went)
    names = queries.names_of_workers({worker_id for _gig, worker_id in pairs})
    gigs = queries.gigs_by_id({gig_id for gig_id, _worker in pairs})
    came = [_("New: %(name)s, %(gig)s", name=names[w], gig=gig_words(gigs[g])) for g, w in difference.came]
    went = [_("Not any more: %(name)s, %(gig)s", name=names[w], gig=gig_words(gigs[g])) for g, w in difference.went]
    stayed = ngettext("%(num)s place is as before.", "%(num)s places are as before.", difference.stayed)
    return (*came, *went, stayed)


def gig_words(gig: Gig) -> str:
    """A gig in a line: what and when."""
    card = card_of(gig)
    return f"{card.title}, {texts.interval(card.span.starts_at, card.span.ends_at)}"


def _days(plan: PlanRun, shown: Sequence[OpenGig], places: Mapping[int, list[Placed]]) -> Iterable[DayRows]:
    gigs = queries.gigs_by_id([told.gig_id for told in shown])
    names = {one.worker.id: one.worker.name for found in places.values() for one in found}
    names |= queries.names_of_workers({one.worker for told in shown for one in told.could})
    rows = [
        _gig_row(plan, told, gigs[told.gig_id], places.get(told.gig_id, ()), names)
        for told in shown
        if told.gig_id in gigs
    ]
    for day, found in groupby(rows, key=lambda row: row.card.span.first_day):
        yield DayRows(day, tuple(found))


def _gig_row(plan: PlanRun, told: OpenGig, gig: Gig, placed: Sequence[Placed], names: Mapping[int, str]) -> GigRow:
    places = [one for one in placed if one.placement.status in SHOWN]
    open_now = max(0, told.slots - len(places))
    can_change = plan.status is PlanStatus.READY
    live = [offer for offer in offers_of(gig) if offer.status in LIVE]
    return GigRow(
        id=gig.id,
        card=card_of(gig),
        priority=_("Priority %(number)s", number=gig.order.priority),
        now=tuple(person_tag(offer) for offer in live),
        places=tuple(_place_row(plan, one, names, can_change=can_change) for one in places),
        left_out=tuple(
            _place_row(plan, one, names, can_change=can_change)
            for one in placed
            if one.placement.status is PlacementStatus.LEFT_OUT
        ),
        open_label=ngettext("%(num)s place stays open", "%(num)s places stay open", open_now) if open_now else "",
        why_open=tuple(_why_open(told, names)) if open_now else (),
        fill_url=url_for(".person", plan_id=plan.id, gig_id=gig.id) if open_now and can_change else "",
    )


def _why_open(told: OpenGig, names: Mapping[int, str]) -> Iterable[str]:
    """Why places of a gig stay open: how many people each reason stops, and who could if one thing changed."""
    if told.reasons:
        listed = " · ".join(f"{messages.reason_name(code)}: {people}" for code, people in told.reasons)
        yield _("Why nobody: %(reasons)s", reasons=listed)
    able: dict[str, list[str]] = defaultdict(list)
    for one in told.could:
        if one.worker in names:
            able[reason_words(one.finding)].append(names[one.worker])
    for reason, people in able.items():
        yield _("Could come if this were solved: %(names)s. %(reason)s", names=", ".join(people), reason=reason)


def _place_row(plan: PlanRun, placed: Placed, names: Mapping[int, str], *, can_change: bool) -> PlaceRow:
    one = placed.placement
    proposed = can_change and one.status is PlacementStatus.PROPOSED
    return PlaceRow(
        id=one.id,
        name=placed.worker.name,
        support=placed.support_name,
        reasons=messages.told_reasons(one.reasons, names),
        tags=tuple(_tags(one)),
        said=one.said,
        can_lock=proposed and not one.locked,
        can_unlock=proposed and one.locked,
        can_change=can_change,
        change_url=url_for(".person", plan_id=plan.id, gig_id=one.gig_id, instead=one.id),
    )


def _tags(one: Placement) -> Iterable[tuple[str, str]]:
    if one.status is PlacementStatus.SENT:
        yield "good", _("Offer sent")
    if one.status is PlacementStatus.REFUSED:
        yield "bad", _("Not offered")
    if one.locked:
        yield "info", _("Locked")
    if one.by_hand:
        yield "neutral", _("Put here by hand")
