"""What speaks for one person before another, once the hard rules let both take a gig. Pure.

Each soft rule looks at one thing and says how far it speaks for the person: a share of its weight, 0 to 100 per cent,
with the word that tells why. Who has said nothing, or of whom nothing is known, stands in the middle, so that nobody
gains or loses by not having been asked. Shares are whole numbers, rounded down: `queries_scoring` computes the same
ones in the database, and a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from jobcenter.matching.domain import GigFacts, History, Id, LimitLeft, Match, WorkerFacts, activity_on
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.weights.domain import Weights
from jobcenter.orders.gigs.domain import Span
from jobcenter.workers.domain import PartOfDay, TaskCategory, Weekday, Weekly
from jobcenter.workers.places import PARTS_OF_DAY, Closeness, closeness

FULL, HALF, NONE = 100, 50, 0
# So many minutes lately halve what the fair share gives: two half days of work.
HALVED_BY = 480
FIRST_TIMES = (0, 50, 75, FULL)
NEWCOMER_AT_MOST = 1
EXPERIENCED_FROM = 5
ENOUGH_HOURS = 20
SHARE_OF_AN_HOUR = FULL // ENOUGH_HOURS
MINUTES_IN_HOUR = 60
LOWEST_RATING = 1
SHARE_OF_A_RATING = 25
NEARNESS = {
    Closeness.SAME: FULL,
    Closeness.NEIGHBOUR: 70,
    Closeness.REGION: 30,
    Closeness.UNKNOWN: 30,
    Closeness.FAR: NONE,
}
WEEKDAYS = tuple(Weekday)


class Word(StrEnum):
    """What a soft rule says of somebody; `messages_soft` has the texts."""

    NO_GIGS_LATELY = "no_gigs_lately"
    GIGS_LATELY = "gigs_lately"
    TASK_WISHED = "task_wished"
    TASK_WISHED_AND_DONE = "task_wished_and_done"
    TASK_NOT_ASKED = "task_not_asked"
    TASK_NOT_WISHED = "task_not_wished"
    TIME_WISHED = "time_wished"
    TIME_PARTLY_WISHED = "time_partly_wished"
    TIME_NOT_WISHED = "time_not_wished"
    TIME_NOT_ASKED = "time_not_asked"
    AREA_WISHED = "area_wished"
    AREA_NOT_WISHED = "area_not_wished"
    AREA_NOT_ASKED = "area_not_asked"
    AREA_NOT_KNOWN = "area_not_known"
    PRACTISES = "practises"
    NOTHING_TO_PRACTISE = "nothing_to_practise"
    KNOWN_HERE = "known_here"
    NEW_HERE = "new_here"
    RATED_WELL = "rated_well"
    RATED_MIDDLING = "rated_middling"
    RATED_BADLY = "rated_badly"
    NOT_RATED = "not_rated"
    LIKES_COMPANY = "likes_company"
    NO_FRIENDS_ALONG = "no_friends_along"
    BESIDE_EXPERIENCED = "beside_experienced"
    BESIDE_NEWCOMER = "beside_newcomer"
    NO_PAIRING = "no_pairing"
    LIVES_HERE = "lives_here"
    LIVES_NEAR = "lives_near"
    SAME_REGION = "same_region"
    LIVES_FAR = "lives_far"
    HOME_NOT_KNOWN = "home_not_known"
    HOURS_OF_HEADROOM = "hours_of_headroom"
    NO_LIMIT = "no_limit"
    HEADROOM_NOT_KNOWN = "headroom_not_known"


@dataclass(frozen=True)
class Share:
    """How far a soft rule speaks for somebody, in per cent of its weight, and the word that tells why."""

    per_cent: int
    word: Word
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """A soft rule's share and what it adds to the sum, at its weight."""

    part: Part
    share: Share
    weight: int

    @property
    def points(self) -> int:
        return self.weight * self.share.per_cent


@dataclass(frozen=True)
class Score:
    """Every soft rule about one person and one gig, the heaviest usual one first."""

    parts: tuple[Scored, ...] = ()

    @property
    def points(self) -> int:
        """The sum that people are ordered by: a hundred for each unit of weight at most."""
        return sum(scored.points for scored in self.parts)

    @property
    def most(self) -> int:
        """The highest sum that these weights allow."""
        return sum(scored.weight for scored in self.parts) * FULL

    @property
    def strongest(self) -> tuple[Scored, ...]:
        """What speaks for the person, the weightiest first; nothing that speaks for everybody for want of knowing."""
        telling = (scored for scored in self.parts if scored.points and scored.share.word not in UNTOLD)
        return tuple(sorted(telling, key=lambda scored: -scored.points))


NO_SCORE = Score()


@dataclass(frozen=True)
class Ranked(Match):
    """One worker on the desk, with what speaks for them before others; nothing does where a hard rule says no."""

    score: Score = NO_SCORE


@dataclass(frozen=True)
class Company:
    """Who of the people on a gig is new to gigs, and who has done many."""

    newcomers: frozenset[Id] = frozenset()
    experienced: frozenset[Id] = frozenset()


ALONE = Company()


def score(gig: GigFacts, worker: WorkerFacts, weights: Weights, company: Company = ALONE) -> Score:
    """Every soft rule, in the order of the table, at these weights."""
    rules = ((rule.part, rule.share(gig, worker, company), weights[rule.part]) for rule in SOFT_RULES)
    return Score(tuple(Scored(part, share, weight) for part, share, weight in rules))


# The rules


def fair_share(_gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """Who has had few gigs lately comes first."""
    if not worker.lately:
        return Share(FULL, Word.NO_GIGS_LATELY)
    share = FULL * HALVED_BY // (HALVED_BY + worker.lately)
    return Share(share, Word.GIGS_LATELY, {"minutes": timedelta(minutes=worker.lately)})


def wished_task(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The person has wished for this kind of task."""
    times = sum(worker.history.done.get(name, 0) for name in gig.named)
    if gig.named & worker.who.tasks:
        return Share(FULL, Word.TASK_WISHED_AND_DONE if times else Word.TASK_WISHED, {"times": times})
    if not worker.who.tasks or gig.named == {TaskCategory.OTHER}:
        return Share(HALF, Word.TASK_NOT_ASKED)
    return Share(NONE, Word.TASK_NOT_WISHED)


def wished_time(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The gig's weekday and parts of the day are those that the person has wished for."""
    wishes = worker.who.wishes
    met = []
    if wishes.wished_days:
        met.append(weekday_of(gig) in wishes.wished_days)
    if wishes.wished_parts:
        met.append(parts_of_day(gig) <= wishes.wished_parts)
    if not met:
        return Share(HALF, Word.TIME_NOT_ASKED)
    if all(met):
        return Share(FULL, Word.TIME_WISHED)
    return Share(HALF, Word.TIME_PARTLY_WISHED) if any(met) else Share(NONE, Word.TIME_NOT_WISHED)


def wished_area(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The gig is in an area in which the person has wished to work."""
    areas = worker.who.wishes.areas
    if not areas:
        return Share(HALF, Word.AREA_NOT_ASKED)
    if not gig.area:
        return Share(HALF, Word.AREA_NOT_KNOWN)
    return Share(FULL, Word.AREA_WISHED, {"area": gig.area}) if gig.area in areas else Share(NONE, Word.AREA_NOT_WISHED)


def practise(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The gig lets the person practise what they want to become better at."""
    wishes = worker.who.wishes
    skills = wishes.practise_skills & gig.skills
    if gig.category in wishes.practise_tasks:
        return Share(FULL, Word.PRACTISES, {"task": gig.category})
    if skills:
        return Share(FULL, Word.PRACTISES, {"skills": tuple(sorted(skills))})
    return Share(NONE, Word.NOTHING_TO_PRACTISE)


def same_faces(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The orderer knows the person already."""
    times = worker.history.known.get(gig.orderer, 0) if gig.orderer else 0
    share = FIRST_TIMES[min(times, len(FIRST_TIMES) - 1)]
    return Share(share, Word.KNOWN_HERE, {"times": times}) if times else Share(share, Word.NEW_HERE)


def feedback(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """What this orderer has said of the person before."""
    rating = worker.history.rated.get(gig.orderer) if gig.orderer else None
    if rating is None:
        return Share(HALF, Word.NOT_RATED)
    share = int((rating - LOWEST_RATING) * SHARE_OF_A_RATING)
    if share == HALF:
        return Share(share, Word.RATED_MIDDLING)
    return Share(share, Word.RATED_WELL if share > HALF else Word.RATED_BADLY)


def likes(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """Somebody is coming with whom the person likes to work."""
    friends = worker.history.likes & gig.people
    if not friends:
        return Share(NONE, Word.NO_FRIENDS_ALONG)
    return Share(FULL, Word.LIKES_COMPANY, {"people": tuple(sorted(friends, key=str))})


def newcomer(_gig: GigFacts, worker: WorkerFacts, company: Company) -> Share:
    """A newcomer has an experienced person beside them, or the other way round."""
    if company.experienced and is_newcomer(worker.history):
        return Share(FULL, Word.BESIDE_EXPERIENCED)
    if company.newcomers and is_experienced(worker.history):
        return Share(FULL, Word.BESIDE_NEWCOMER)
    return Share(NONE, Word.NO_PAIRING)


NEAR_WORDS = {
    Closeness.SAME: Word.LIVES_HERE,
    Closeness.NEIGHBOUR: Word.LIVES_NEAR,
    Closeness.REGION: Word.SAME_REGION,
    Closeness.FAR: Word.LIVES_FAR,
    Closeness.UNKNOWN: Word.HOME_NOT_KNOWN,
}


def near(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """The way is short, as far as postcodes tell."""
    close = closeness(worker.who.wishes.postcode, gig.postcode)
    return Share(NEARNESS[close], NEAR_WORDS[close])


def keep_headroom(gig: GigFacts, worker: WorkerFacts, _company: Company) -> Share:
    """After the gig enough is left of the person's tightest limit, for the rest of its period."""
    hours = hours_left(gig, worker)
    if hours is None:
        return Share(FULL, Word.NO_LIMIT) if _limits_known(worker) else Share(HALF, Word.HEADROOM_NOT_KNOWN)
    after = max(0, hours - -(-gig.minutes // MINUTES_IN_HOUR))
    return Share(min(FULL, after * SHARE_OF_AN_HOUR), Word.HOURS_OF_HEADROOM, {"hours": after})


# What rules share


def is_newcomer(history: History) -> bool:
    """Somebody who has done one gig at most."""
    return sum(history.done.values()) <= NEWCOMER_AT_MOST


def is_experienced(history: History) -> bool:
    """Somebody who has done several gigs."""
    return sum(history.done.values()) >= EXPERIENCED_FROM


def weekday_of(gig: GigFacts) -> Weekday:
    """The weekday on which it begins."""
    return WEEKDAYS[gig.span.first_day.weekday()]


def parts_of_day(gig: GigFacts) -> frozenset[PartOfDay]:
    """The parts of the day that a gig touches."""
    return _parts_touched(gig.span, gig.days)


@lru_cache(maxsize=4096)
def _parts_touched(span: Span, days: tuple[date, ...]) -> frozenset[PartOfDay]:
    """Read once for all people who are scored for a gig."""
    times = ((part, Weekly(0, *wall_clock)) for part, clocks in PARTS_OF_DAY.items() for wall_clock in clocks)
    touched = ((part, activity_on(weekly, day)) for part, weekly in times for day in days)
    return frozenset(part for part, there in touched if there is not None and there.overlaps(span))


def hours_left(gig: GigFacts, worker: WorkerFacts) -> int | None:
    """Whole hours before the tightest limit that a gig counts against, with everything agreed done; None: none known.

    Benefits that shrink little by little are no limits here.
    """
    told = [limit.hours for limit in worker.limits or () if _measures(limit)]
    planned = [_hours(headroom.left, gig) for headroom in worker.headrooms if headroom.counts(gig)]
    return min((hours for hours in (*told, *planned) if hours is not None), default=None)


def _measures(limit: LimitLeft) -> bool:
    return limit.known and not limit.shrinks and limit.hours is not None


def _hours(left: Decimal, gig: GigFacts) -> int | None:
    if not gig.pay:
        return None
    return int(max(left, Decimal(0)) * gig.minutes / (gig.pay * MINUTES_IN_HOUR))


def _limits_known(worker: WorkerFacts) -> bool:
    return worker.limits is not None and not worker.unknown_limits


@dataclass(frozen=True)
class SoftRule:
    """A soft rule: which part of the sum it is, and its function."""

    part: Part
    share: Callable[[GigFacts, WorkerFacts, Company], Share]


SOFT_RULES = (
    SoftRule(Part.FAIR_SHARE, fair_share),
    SoftRule(Part.WISHES_TASKS, wished_task),
    SoftRule(Part.WISHES_TIMES, wished_time),
    SoftRule(Part.WISHES_AREAS, wished_area),
    SoftRule(Part.PRACTISE, practise),
    SoftRule(Part.SAME_FACES, same_faces),
    SoftRule(Part.FEEDBACK, feedback),
    SoftRule(Part.LIKES, likes),
    SoftRule(Part.NEWCOMER_BESIDE_EXPERIENCED, newcomer),
    SoftRule(Part.NEAR, near),
    SoftRule(Part.KEEP_HEADROOM, keep_headroom),
)

# What is said only behind the sum: it speaks for a person for want of knowing.
UNTOLD = frozenset(
    {
        Word.TASK_NOT_ASKED,
        Word.TIME_NOT_ASKED,
        Word.AREA_NOT_ASKED,
        Word.AREA_NOT_KNOWN,
        Word.NOT_RATED,
        Word.HOME_NOT_KNOWN,
        Word.HEADROOM_NOT_KNOWN,
    }
)
