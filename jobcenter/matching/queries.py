"""The desk: a slot with everyone who fits it and everyone who does not; limits as they were told last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import literal, or_, select, union_all

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import Person
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.matching.domain import LATELY, Finding, GigFacts, Match, RuleCode, Wanted, Weight, WorkerFacts
from jobcenter.matching.queries_asked import Ranking
from jobcenter.matching.queries_facts import NOBODY_AROUND, Around, around, place_of
from jobcenter.matching.queries_known import known_of
from jobcenter.matching.queries_stopping import look_at_everyone
from jobcenter.matching.rules import judge
from jobcenter.matching.soft import NO_SCORE, Ranked, Score, score
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import queries_diaries
from jobcenter.orders.gigs.cards import card_of, span_of
from jobcenter.orders.gigs.domain import HOLDING, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot, SupportBooking
from jobcenter.orders.gigs.queries_support import beside_gig
from jobcenter.orders.intake.models import OrderTime
from jobcenter.workers.domain import Candidate, ConsentPurpose, Weekly
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import activity_of, has_consented, owned_by
from jobcenter.workers.queries_candidates import candidates, preferences_of

REST = timedelta(days=1)
COMING = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED, OfferStatus.DONE)


@dataclass(frozen=True)
class Desk:
    """A slot, what its gig asks, and the people of the Jobcenter who are asked for, who fits best first.

    `names`: of those who are on the gig or asked to it. `fitting` and `others` count those asked for, beyond the
    `matches` that are shown; `reasons` count everyone.
    """

    gig: Gig
    slot: Slot
    facts: GigFacts
    jobcenter: Jobcenter
    support: tuple[User, ...]
    matches: tuple[Ranked, ...]
    names: Mapping[int, str]
    fitting: int
    others: int
    reasons: tuple[tuple[RuleCode, int], ...]


EVERYONE = Wanted()


def desk_for(actor: Actor, slot_id: int, now: datetime, wanted: Wanted = EVERYONE) -> Desk:
    """The desk of a slot, for a coordinator: a constant number of queries however many people there are.

    Everyone is looked at by the rules that stop an offer, in the database; those shown, by all. Limits are those told
    last, kept up to date by the check of whatever changes; an offer computes them afresh.
    Raises NotFound.
    """
    return desk_of(*gigs.gig_of_slot_for(actor, slot_id), now, wanted)


def desk_of(gig: Gig, slot: Slot, now: datetime, wanted: Wanted = EVERYONE) -> Desk:
    """The desk of a slot of a whole gig, as `desk_for` gives it."""
    along = beside_gig(gig)
    beside = around(gig)
    facts = gig_facts(gig, along.jobcenter, along.room > 0, now, beside)
    ranking = Ranking(facts, along.jobcenter.id, beside)
    look = look_at_everyone(ranking, wanted, lately_for(facts, now))
    return Desk(
        gig=gig,
        slot=slot,
        facts=facts,
        jobcenter=along.jobcenter,
        support=tuple(along.support),
        matches=_close_look(gig, ranking, look.people),
        names=beside.names,
        fitting=look.fitting,
        others=look.others,
        reasons=look.reasons,
    )


def lately_for(facts: GigFacts, now: datetime) -> tuple[datetime, datetime]:
    """The time whose gigs the fair share counts: the last four weeks, and what is agreed until the gig's week ends."""
    return now - LATELY, max(now, facts.week[1])


def _close_look(gig: Gig, ranking: Ranking, people: Mapping[int, int]) -> tuple[Ranked, ...]:
    """A few people by every rule, with their limits; `people` have paid minutes lately by id."""
    facts = ranking.gig
    workers = _workers(gig, facts, people)
    return tuple(_match(ranking, worker) for worker in workers)


def _workers(gig: Gig, facts: GigFacts, people: Mapping[int, int]) -> list[WorkerFacts]:
    """What is known of a few people that the gig may run against, in four queries."""
    who, known = candidates(people, since=gig.starts_at), known_of(facts, people, _window(facts))
    return [
        WorkerFacts(
            who=who[id_],
            engaged=known.held.of(id_),
            offered=known.offered.of(id_),
            limits=known.limits.get(id_),
            lately=lately,
            avoid=known.bonds.avoided_by(id_),
            history=known.bonds.history_of(id_),
        )
        for id_, lately in people.items()
        if id_ in who
    ]


def _match(ranking: Ranking, worker: WorkerFacts) -> Ranked:
    """What the rules say of one person; the soft ones speak only where no hard one does."""
    fit = judge(ranking.gig, worker)
    return Ranked(worker, fit, _score(ranking, worker) if fit.fits else NO_SCORE)


def _score(ranking: Ranking, worker: WorkerFacts) -> Score:
    return score(ranking.gig, worker, ranking.around.weights, ranking.around.company)


def match_of(gig: Gig, worker_id: int, now: datetime) -> Match:
    """One worker and one gig, as the rules see them now. Raises NotFound."""
    along = beside_gig(gig)
    facts = gig_facts(gig, along.jobcenter, along.room > 0, now, around(gig))
    found = _workers(gig, facts, {worker_id: 0})
    if not found:
        raise NotFound
    return Match(found[0], judge(facts, found[0]))


def refusal_of_place(gig: Gig, worker_id: int, now: datetime) -> Finding | None:
    """The first rule that nobody may set aside and that keeps a worker from a whole gig, beside those who have places
    on it: whoever is only thinking about one keeps nobody away. Raises NotFound.
    """
    along, beside = beside_gig(gig), around(gig, HOLDING)
    facts = gig_facts(gig, along.jobcenter, along.room > 0, now, beside)
    found = _workers(gig, facts, {worker_id: 0})
    if not found:
        raise NotFound
    stopping = (finding for finding in judge(facts, found[0]).findings if finding.weight is Weight.NEVER)
    return next((finding for finding in stopping if finding.code is not RuleCode.ALREADY_ON_GIG), None)


@dataclass(frozen=True)
class OfferPage:
    """An offer with what its page shows around it. `limits_shown`: whether the reader may see the worker's limits."""

    offer: Offer
    jobcenter: Jobcenter
    limits_shown: bool
    recurring: bool
    colleagues: tuple[str, ...]
    support: tuple[str, ...]


def offer_page_for(actor: Actor, offer_id: int) -> OfferPage:
    """An offer for its page, in two queries: its worker's, their support person's, a coordinator's. Raises NotFound."""
    repeats = select(OrderTime.id).where(OrderTime.order_id == Gig.order_id, OrderTime.weekly_until.is_not(None))
    sees = or_(gigs.coordinated_by(actor), owned_by(actor), has_consented(ConsentPurpose.SUPPORT_SEES_EARNINGS))
    query = gigs.listed(select(Offer, Jobcenter, sees, repeats.exists()))
    query = query.join(Jobcenter, Jobcenter.id == Gig.jobcenter_id)
    row = db.session.execute(query.where(Offer.id == offer_id, gigs.visible_to(actor))).one_or_none()
    if row is None:
        raise NotFound
    offer, jobcenter, limits_shown, recurring = row
    workers = select(literal("worker"), Worker.given_name).join(Offer, Offer.worker_id == Worker.id)
    workers = workers.where(Offer.gig_id == offer.gig_id, Offer.status.in_(COMING), Worker.id != offer.worker_id)
    along = select(literal("support"), User.given_name + " " + User.family_name)
    along = along.join(SupportBooking, SupportBooking.user_id == User.id)
    along = along.where(SupportBooking.gig_id == offer.gig_id)
    people = db.session.execute(union_all(workers, along)).all()
    names = {kind: tuple(name for found, name in people if found == kind) for kind in ("worker", "support")}
    return OfferPage(offer, jobcenter, limits_shown, recurring, names["worker"], names["support"])


def own_match(page: OfferPage, person: Person, now: datetime) -> Match:
    """What the rules that speak to the worker need: activity and the other gigs of the week, in two queries."""
    gig, worker = page.offer.gig, page.offer.worker
    facts = gig_facts(gig, page.jobcenter, bool(page.support), now)
    held, offered = queries_diaries.diaries_of([worker.id], *_window(facts))
    times = activity_of([worker.id])[worker.id]
    who = Candidate(
        id=worker.id,
        jobcenter_id=worker.jobcenter_id,
        name=worker.name,
        given_name=worker.given_name,
        language=worker.language,
        unit_id=worker.unit_id,
        unit_name="",
        tasks=worker.tasks,
        skills=worker.skills,
        cannot=worker.cannot,
        weekly_minutes_wished=worker.weekly_minutes_wished,
        weekly_minutes_most=worker.weekly_minutes_most,
        needs_support=worker.needs_support,
        ready_since=worker.ready_since,
        service_ends_on=worker.service_ends_on,
        takes_part=True,
        person=person,
        activity=tuple(Weekly(row.weekday, row.starts, row.ends) for row in times),
        unavailable=(),
        wishes=preferences_of(worker),
    )
    known = WorkerFacts(who, held.of(worker.id), offered.of(worker.id))
    return Match(known, judge(facts, known))


def worker_of_gig(gig: Gig, worker_id: int) -> Worker:
    """A worker of the gig's Jobcenter. Raises NotFound."""
    return or_not_found(
        db.session.scalar(select(Worker).where(Worker.id == worker_id, Worker.jobcenter_id == gig.jobcenter_id))
    )


def gig_facts(
    gig: Gig, jobcenter: Jobcenter, support_booked: bool, now: datetime, beside: Around = NOBODY_AROUND
) -> GigFacts:
    """What a gig asks, and who is around it."""
    area, postcode = place_of(gig)
    return GigFacts(
        gig_id=gig.id,
        jobcenter_kind=jobcenter.kind,
        form=gig.contract_form,
        span=span_of(gig),
        break_minutes=gig.break_minutes,
        category=gig.order.category,
        skills=gig.order.skills,
        demands=gig.order.demands,
        support_booked=support_booked,
        today=clock.day_of(now),
        people=beside.people,
        blocked=beside.blocked,
        pay=card_of(gig).pay,
        orderer=gig.order.organisation_id or "",
        area=area,
        postcode=postcode,
    )


def _window(facts: GigFacts) -> tuple[datetime, datetime]:
    """The time that the rules look at: the gig's week, and all of the gig, with a day's rest before and after."""
    start, end = facts.week
    return start - REST, max(facts.span.ends_at, end) + REST
