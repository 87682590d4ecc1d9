"""What the pages of rounds show, with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.matching.rounds import messages
from jobcenter.matching.rounds.domain import IN_LINE, LineStatus, Manner, RoundStatus, Standing
from jobcenter.matching.rounds.models import OfferRound, RoundPerson
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.domain import GigCard, OfferStatus
from jobcenter.orders.gigs.messages import OFFER_STATUSES, OFFER_TAGS

ENDED = (RoundStatus.CLOSED,)
CAN_RESUME = (RoundStatus.CHOOSING, RoundStatus.PROPOSING, RoundStatus.EMPTY, RoundStatus.FILLED)
ORDER = {
    LineStatus.OFFERED: 0,
    LineStatus.WILLING: 1,
    LineStatus.WAITING: 1,
    LineStatus.ASKED: 2,
    LineStatus.UNWILLING: 3,
    LineStatus.SILENT: 4,
    LineStatus.SKIPPED: 5,
    LineStatus.REMOVED: 6,
}


@dataclass(frozen=True)
class PersonLine:
    """One person of a round: how it stands with them, and what the coordinator can do."""

    id: int
    worker_id: int
    name: str
    place: str
    status_label: str
    tag_kind: str
    notes: tuple[str, ...]
    pitch: str
    offer_id: int | None
    can_choose: bool
    can_be_first: bool
    can_remove: bool


@dataclass(frozen=True)
class RoundView:
    """A round on its page."""

    id: int
    gig_id: int
    status_label: str
    tag_kind: str
    manner: str
    facts: tuple[tuple[str, str], ...]
    says: str
    people: tuple[PersonLine, ...]
    next_name: str
    can_resume: bool
    can_add: bool
    can_close: bool


def round_view(round_: OfferRound, standing: Standing) -> RoundView:
    """A whole round."""
    line = sorted((one for one in round_.people if one.status in IN_LINE), key=lambda one: one.position)
    places = {person.id: place for place, person in enumerate(line, start=1)}
    people = sorted(round_.people, key=lambda one: (ORDER[one.status], one.position))
    open_ = round_.status not in ENDED
    return RoundView(
        id=round_.id,
        gig_id=round_.gig_id,
        status_label=str(messages.STATUSES[round_.status]),
        tag_kind=messages.STATUS_TAGS[round_.status],
        manner=str(messages.MANNER_NAMES[round_.manner]),
        facts=_facts(round_, standing),
        says=_says(round_, standing, line[0].worker.name if line else ""),
        people=tuple(_line(person, places, round_, standing) for person in people),
        next_name=line[0].worker.name if line else "",
        can_resume=bool(line) and standing.free > 0 and round_.status in CAN_RESUME,
        can_add=open_,
        can_close=open_,
    )


def _facts(round_: OfferRound, standing: Standing) -> tuple[tuple[str, str], ...]:
    free = ngettext("%(num)s place to fill", "%(num)s places to fill", standing.free)
    rows = [(_("Places"), free if standing.free else _("No place is free now"))]
    if round_.closes_at is not None:
        rows.append((_("All answer by"), texts.when(round_.closes_at)))
    rows.append((_("An offer is kept"), str(messages.RESERVES[round_.reserve])))
    rows.append((_("If somebody cannot come"), str(messages.STAND_INS[round_.stand_in])))
    rows.append((_("Started"), f"{round_.started_by}, {texts.when(round_.started_at)}"))
    return tuple(rows)


def _says(round_: OfferRound, standing: Standing, next_name: str) -> str:
    """What happens next, in one sentence."""
    if round_.status is RoundStatus.ASKING:
        when = texts.when(round_.closes_at)
        waiting = ngettext("%(num)s person has not answered", "%(num)s people have not answered", standing.unanswered)
        if round_.manner is Manner.FIRST:
            said = (_("Answer by %(when)s.", when=when), _("The first to say yes gets the place."), f"{waiting}.")
            return " ".join(said)
        return _("All answer by %(when)s. Quick and slow count the same. %(waiting)s.", when=when, waiting=waiting)
    if round_.status is RoundStatus.CHOOSING:
        return _("Choose who gets the places. Those not chosen are the waiting list.")
    if round_.status is RoundStatus.OFFERING and next_name:
        return _("When somebody says no or does not answer, the next offer goes to %(name)s.", name=next_name)
    if round_.status is RoundStatus.PROPOSING:
        return _("A place is free again. Next in line is %(name)s.", name=next_name)
    if round_.status is RoundStatus.FILLED and next_name:
        return _("If somebody cannot come, next is %(name)s.", name=next_name)
    if round_.status is RoundStatus.EMPTY:
        return _("Nobody is left in line. Add people.")
    return ""


def _line(person: RoundPerson, places: dict[int, int], round_: OfferRound, standing: Standing) -> PersonLine:
    choosing = round_.status in (RoundStatus.CHOOSING, RoundStatus.PROPOSING) and person.status is LineStatus.WILLING
    label, tag = _status(person)
    waits = person.status in IN_LINE
    open_ = round_.status not in ENDED
    return PersonLine(
        id=person.id,
        worker_id=person.worker_id,
        name=person.worker.name,
        place=_("Number %(number)s in line", number=places[person.id]) if waits else "",
        status_label=label,
        tag_kind=tag,
        notes=tuple(_notes(person)),
        pitch=person.pitch,
        offer_id=person.offer_id,
        can_choose=choosing and standing.free > 0,
        can_be_first=open_ and waits and places[person.id] > 1,
        can_remove=open_ and (waits or person.status is LineStatus.ASKED),
    )


def _status(person: RoundPerson) -> tuple[str, str]:
    if person.offer is not None:
        return str(OFFER_STATUSES[person.offer.status]), OFFER_TAGS[person.offer.status]
    return str(messages.LINE_STATUSES[person.status]), messages.LINE_TAGS[person.status]


def _notes(person: RoundPerson) -> list[str]:
    notes = []
    offer = person.offer
    if offer is not None and offer.status is OfferStatus.OFFERED and offer.answer_by is not None:
        notes.append(_("Answer by %(when)s.", when=texts.when(offer.answer_by)))
    if person.status is LineStatus.SKIPPED:
        notes += messages.why_skipped(person.why_skipped)
    if person.set_aside:
        notes.append(_("A rule is set aside: %(reason)s", reason=person.set_aside))
    if person.on_behalf:
        notes.append(_("Answered together with %(by)s.", by=person.answered_by))
    return notes


@dataclass(frozen=True)
class AskView:
    """What somebody is asked, on their own page."""

    id: int
    own: bool
    given_name: str
    worker_name: str
    closes_at: datetime | None
    open: bool
    said: str
    tag_kind: str
    haste: bool
    can_say_yes: bool
    can_say_no: bool


def ask_view(person: RoundPerson, *, own: bool, first_wins: bool, now: datetime) -> AskView:
    """One person's ask. A place in the line is not told: only that they are on the waiting list."""
    round_ = person.round
    answerable = person.status in (LineStatus.ASKED, LineStatus.WILLING, LineStatus.UNWILLING)
    said, tag = _said(person)
    return AskView(
        id=person.id,
        own=own,
        given_name=person.worker.given_name,
        worker_name=person.worker.name,
        closes_at=round_.closes_at,
        open=answerable and round_.status is RoundStatus.ASKING and bool(round_.closes_at and round_.closes_at > now),
        said=said,
        tag_kind=tag,
        haste=first_wins,
        can_say_yes=person.status in (LineStatus.ASKED, LineStatus.UNWILLING),
        can_say_no=person.status in (LineStatus.ASKED, LineStatus.WILLING),
    )


def _said(person: RoundPerson) -> tuple[str, str]:
    if person.status is LineStatus.WILLING and person.round.status is not RoundStatus.ASKING:
        return _("You are on the waiting list"), "info"
    words = {
        LineStatus.ASKED: (_("Waits for an answer"), "info"),
        LineStatus.WILLING: (_("Said: I would like to come"), "good"),
        LineStatus.UNWILLING: (_("Said no"), "neutral"),
        LineStatus.OFFERED: (_("A place was offered"), "good"),
    }
    return words.get(person.status, (_("Not open any more"), "neutral"))


@dataclass(frozen=True)
class AskRow:
    """An ask in the list of a worker's offers. `name` is "" when it is their own."""

    id: int
    card: GigCard
    said: str
    tag_kind: str
    closes_at: datetime | None
    name: str


def ask_row(person: RoundPerson, *, own: bool) -> AskRow:
    """One open ask."""
    said, tag = _said(person)
    name = "" if own else person.worker.name
    return AskRow(person.id, card_of(person.round.gig), said, tag, person.round.closes_at, name)
