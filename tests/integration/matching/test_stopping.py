"""The rules and their second form in the database answer alike, about random people and random gigs."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from sqlalchemy import delete, select, update

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus, LimitState
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching import queries
from jobcenter.matching.domain import RuleCode, Wanted
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.queries_stopping import STOPS, statement_of
from jobcenter.matching.rules import STOPPING
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.ties.models import OrdererBlock, WorkerTie
from jobcenter.matching.weights.models import SoftWeight
from jobcenter.orders.feedback.domain import HowItWent
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.workers.domain import Demand, PartOfDay, Skill, TaskCategory, Weekday
from jobcenter.workers.models import ActivityTime, Consent, HeldBenefit, Unavailability, Worker
from tests import factories
from tests.factories_gigs import Place, slot_id

PEOPLE, GIGS = 40, 6
AREAS = ("Kallio", "Itä-Pasila", "Hermanni")
POSTCODES = ("00500", "00510", "00700", "33100")
# The nights of the clock change are among the days, and a day that is over.
DAYS = [date(2026, 10, 25), date(2026, 11, 20), date(2027, 3, 28)] + [date(2026, 12, day) for day in range(1, 8)]


class City:
    """Random people and gigs of one Jobcenter, the same for the same seed."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.random = place, Random(seed)
        self.elsewhere = factories.jobcenter()
        self.orderers = [place.organisation, factories.organisation(place.jobcenter, name="Toinen")]
        self.people = [self.person(number) for number in range(PEOPLE)]
        self.ties()
        self.past()
        self.gigs = [self.gig() for _number in range(GIGS)]
        self.gigs += [self.gig(starts_at=self.one(*self.gigs).ends_at) for _number in range(GIGS)]

    def some(self, choices, most):
        return frozenset(self.random.sample(sorted(choices), self.random.randint(0, most)))

    def one(self, *choices):
        return self.random.choice(choices)

    def day(self):
        return self.random.choice(DAYS)

    def person(self, number):
        user = factories.someone(Role.WORKER, self.place.jobcenter, given_name=f"W{number:02}")
        wished = self.one(0, 120, 240, 480)
        worker = factories.worker(
            self.place.jobcenter,
            user,
            active=self.random.random() < 0.95,
            ready_since=self.one(None, date(2026, 1, 1), date(2026, 1, 1), self.day()),
            service_ends_on=self.one(None, None, self.day()),
            weekly_minutes_wished=wished,
            weekly_minutes_most=wished + self.one(0, 120, 600),
            needs_support=self.one(True, False),
            tasks=self.some(TaskCategory, 4),
            skills=self.some(Skill, 7),
            cannot=self.some(Demand, 2),
            jobseeker=self.one(*JobseekerStatus),
            benefits_asked_on=self.one(None, factories.TODAY),
            born=self.one(None, date(1990, 2, 28), date(2009, self.random.randint(1, 12), 1), date(2012, 2, 29)),
            **self.wishes(),
        )
        if self.one(True, True, False):
            factories.consent(worker, withdrawn_at=self.one(None, None, factories.NOW))
        for _number in range(self.random.randint(0, 2)):
            starts_on = self.one(None, self.day())
            lasts = timedelta(days=self.random.randint(0, 60))
            ends_on = self.one(None, (starts_on or self.day()) + lasts)
            factories.benefit(worker, self.one(*BenefitKind), starts_on=starts_on, ends_on=ends_on)
        self.times_of(worker)
        self.limits_of(worker)
        if self.one(True, False, False):
            factories.worker(self.elsewhere, user, jobseeker=self.one(*JobseekerStatus))
        return worker

    def wishes(self):
        return {
            "postcode": self.one("", *POSTCODES),
            "areas": self.some(AREAS, 2),
            "wished_days": self.some(Weekday, 5),
            "wished_parts": self.some(PartOfDay, 3),
            "practise_tasks": self.some(TaskCategory, 3),
            "practise_skills": self.some(Skill, 3),
            "contract_forms": self.some(ContractForm, 2),
            "asks_over_limit": self.one(True, False),
        }

    def ties(self):
        for first, second in combinations(self.people, 2):
            if self.random.random() < 0.1:
                pair = {"first_id": first.id, "second_id": second.id, "kind": self.one(*TieKind)}
                factories.stored(WorkerTie(**pair, noted_by="Kaisa", noted_at=factories.NOW))
        for worker in self.random.sample(self.people, 15):
            pair = {"worker_id": worker.id, "organisation_id": self.one(*self.orderers).id}
            factories.stored(OrdererBlock(**pair, reason="-", noted_by="Kaisa", noted_at=factories.NOW))

    def limits_of(self, worker):
        """What was told of some rules, as the earnings checker keeps it."""
        for rule in self.random.sample(sorted(LIMITS), 3):
            state = self.one(*LimitState)
            facts = {"state": self.one(LimitState.UNDER, state), "state_with_agreed": state, "payload": {}}
            told = {"digest": "-", "rules_version": "-", "made_at": factories.NOW}
            left = self.one(None, Decimal(self.random.randint(-20, 20) * 10))
            hours = None if left is None else int(left / 10)
            snapshot = LimitSnapshot(worker_id=worker.id, rule=rule, series="2026", **facts, **told)
            snapshot.period_from, snapshot.period_to = self.one((DAYS[0], DAYS[-1]), (DAYS[0], DAYS[1]))
            snapshot.left_with_agreed, snapshot.hours_with_agreed = left, hours
            factories.stored(snapshot)

    def past(self):
        """Gigs done a while ago, with what orderers said."""
        for number in range(GIGS):
            gig = self.gig(starts_at=factories.NOW - timedelta(days=3 * number + 20))
            for offer in db.session.scalars(select(Offer).where(Offer.gig_id == gig.id)):
                offer.status = OfferStatus.DONE
                facts = {"gig_id": gig.id, "worker_id": offer.worker_id, "how_it_went": self.one(*HowItWent)}
                factories.stored(Feedback(offer_id=offer.id, **facts, given_by="Olga", given_at=factories.NOW))

    def times_of(self, worker):
        for _number in range(self.random.randint(0, 3)):
            starts = self.random.randint(0, 20)
            times = {"starts": time(starts), "ends": time(self.random.randint(starts + 2, 23), self.one(0, 30))}
            factories.stored(ActivityTime(worker_id=worker.id, weekday=self.random.randrange(7), **times))
        if self.one(True, False):
            away = clock.start_of(self.day()) + timedelta(hours=self.random.randint(0, 23))
            hours = timedelta(hours=self.random.randint(1, 30))
            factories.stored(Unavailability(worker_id=worker.id, starts_at=away, ends_at=away + hours))

    def gig(self, starts_at=None):
        order = factories.order(
            self.place.jobcenter,
            self.one(*self.orderers),
            area=self.one("", *AREAS),
            postcode=self.one("", *POSTCODES),
            category=self.one(*TaskCategory),
            skills=self.some(Skill, 2),
            demands=self.some(Demand, 4),
        )
        gig = factories.gig(
            order,
            starts_at or clock.start_of(self.day()) + timedelta(minutes=30 * self.random.randrange(48)),
            hours=self.random.randint(1, 12),
            slots=3,
            break_minutes=self.one(0, 15, 45),
            place=self.one("", "", "", "Muu paikka, 00510 Helsinki"),
            contract_form=self.one(*ContractForm),
        )
        for slot, worker in enumerate(self.random.sample(self.people, self.random.randint(0, 3))):
            factories.offer(gig, worker, self.one(*OfferStatus), slot)
        if self.one(True, False):
            support = factories.someone(Role.SUPPORT, self.place.jobcenter)
            booking = {"booked_by": "Kaisa", "booked_at": factories.NOW}
            factories.stored(SupportBooking(gig_id=gig.id, user_id=support.id, **booking))
        return gig


def test_every_rule_that_stops_has_its_second_form():
    assert set(STOPS) == STOPPING


@pytest.fixture
def city(place, session):
    made = City(place, seed=1)
    session.commit()
    return made


def looked_at(city, gig, wanted=queries.EVERYONE):
    return queries.desk_for(city.place.coordinator, slot_id(gig), clock.now(), wanted)


def stopping_codes(match):
    return match.fit.codes & STOPPING


def test_both_forms_answer_alike(city):
    active, seen = sum(worker.active for worker in city.people), set()
    for gig in city.gigs:
        desk = looked_at(city, gig)
        counted = Counter(code for match in desk.matches for code in stopping_codes(match))
        assert len(desk.matches) == active
        assert dict(desk.reasons) == counted
        assert desk.fitting == sum(match.fit.fits for match in desk.matches)
        assert desk.others == active - desk.fitting
        assert list(desk.matches) == sorted(desk.matches, key=place_of)
        seen |= set(counted)
    assert seen == STOPPING, "no gig met somebody whom each rule stops"


def place_of(match):
    fit, worker = match.fit, match.worker
    return not fit.fits, not fit.may_be_offered, -match.score.points, worker.lately, worker.who.name


def test_gigs_of_one_shape_share_one_statement_and_get_their_own_answers(place, session):
    days = [date(2026, 12, 1), date(2026, 12, 2)]
    gigs = [place.gig(starts_at=clock.at(day, time(9)), break_minutes=15 * number) for number, day in enumerate(days)]
    away = place.worker()
    begins = clock.at(days[1], time(10))
    factories.stored(Unavailability(worker_id=away.id, starts_at=begins, ends_at=begins + timedelta(hours=1)))
    session.commit()
    found = []
    for gig in gigs:
        before = statement_of.cache_info().misses
        desk = queries.desk_for(place.coordinator, slot_id(gig), clock.now(), queries.EVERYONE)
        found.append((desk.fitting, dict(desk.reasons), statement_of.cache_info().misses - before))
    assert [(fitting, reasons) for fitting, reasons, _misses in found] == [(1, {}), (0, {RuleCode.UNAVAILABLE: 1})]
    assert found[1][2] == 0


def test_those_of_a_reason_are_those_whom_the_rule_stops(city):
    for gig in city.gigs[:2]:
        everyone = looked_at(city, gig)
        for code, people in everyone.reasons:
            stopped = [match.worker.who.id for match in everyone.matches if code in match.fit.codes]
            found = looked_at(city, gig, Wanted(reason=code))
            assert [match.worker.who.id for match in found.matches] == stopped
            assert len(stopped) == people


@pytest.fixture
def free_city(place, session):
    """Nobody is stopped but by tasks, ties, limits and other gigs, so that many fit and are put in order."""
    made = City(place, seed=3)
    free = {"active": True, "ready_since": date(2026, 1, 1), "service_ends_on": None, "weekly_minutes_most": 2400}
    free |= {"needs_support": False, "skills": frozenset(Skill), "cannot": frozenset(), "born": None}
    free |= {"jobseeker": JobseekerStatus.NOT_REGISTERED, "contract_forms": frozenset()}
    for kept_away in (HeldBenefit, ActivityTime, Unavailability, Consent):
        session.execute(delete(kept_away))
    session.execute(update(Worker).values(free))
    session.execute(update(Gig).values(contract_form=ContractForm.PARTNER))
    session.expire_all()
    for worker in made.people:
        factories.consent(worker)
    for part in Part:
        weight = {"weight": made.random.randint(0, 10), "set_by": "Kaisa", "set_at": factories.NOW}
        factories.stored(SoftWeight(jobcenter_id=place.jobcenter.id, rule=part, **weight))
    session.commit()
    return made


def test_people_are_put_in_the_same_order_by_both_forms(free_city):
    scores, words = set(), set()
    for gig in free_city.gigs:
        fitting = [match for match in looked_at(free_city, gig).matches if match.fit.fits]
        assert fitting == sorted(fitting, key=place_of)
        scores |= {match.score.points for match in fitting}
        words |= {scored.share.word for match in fitting for scored in match.score.parts if scored.weight}
    assert len(scores) > GIGS
    assert len(words) > len(Part) * 2, "the soft rules said too little to tell people apart"
