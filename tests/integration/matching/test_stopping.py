"""The rules and their second form in the database answer alike, about random people and random gigs."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from random import Random

import pytest

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.core import clock
from jobcenter.matching import queries
from jobcenter.matching.domain import Wanted
from jobcenter.matching.queries_stopping import STOPS
from jobcenter.matching.rules import STOPPING
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import SupportBooking
from jobcenter.workers.domain import Demand, Skill, TaskCategory
from jobcenter.workers.models import ActivityTime, Unavailability
from tests import factories
from tests.factories_gigs import Place, slot_id

PEOPLE, GIGS = 60, 13
# The nights of the clock change are among the days, and a day that is over.
DAYS = [date(2026, 10, 25), date(2026, 11, 20), date(2027, 3, 28)] + [date(2026, 12, day) for day in range(1, 8)]


class City:
    """Random people and gigs of one Jobcenter, the same for the same seed."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.random = place, Random(seed)
        self.elsewhere = factories.jobcenter()
        self.people = [self.person(number) for number in range(PEOPLE)]
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
        )
        if self.one(True, True, False):
            factories.consent(worker, withdrawn_at=self.one(None, None, factories.NOW))
        for _number in range(self.random.randint(0, 2)):
            starts_on = self.one(None, self.day())
            lasts = timedelta(days=self.random.randint(0, 60))
            ends_on = self.one(None, (starts_on or self.day()) + lasts)
            factories.benefit(worker, self.one(*BenefitKind), starts_on=starts_on, ends_on=ends_on)
        self.times_of(worker)
        if self.one(True, False, False):
            factories.worker(self.elsewhere, user, jobseeker=self.one(*JobseekerStatus))
        return worker

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
            self.place.organisation,
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


@pytest.fixture(params=(1, 2))
def city(place, session, request):
    made = City(place, seed=request.param)
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
    return not match.fit.fits, not match.fit.may_be_offered, match.worker.lately, match.worker.who.name


def test_those_of_a_reason_are_those_whom_the_rule_stops(city):
    for gig in city.gigs[:2]:
        everyone = looked_at(city, gig)
        for code, people in everyone.reasons:
            stopped = [match.worker.who.id for match in everyone.matches if code in match.fit.codes]
            found = looked_at(city, gig, Wanted(reason=code))
            assert [match.worker.who.id for match in found.matches] == stopped
            assert len(stopped) == people
