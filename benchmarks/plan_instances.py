"""Weeks to plan, made up from a seed in the form that `jobcenter plan` reads: districts, groups, support persons.

Shares (how many need support, how large groups are, how much people work) are guesses at a Jobcenter of this kind, not
counted from one. In a pilot and in a city week there are more slots than suitable people, in a region more people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

Facts = dict[str, Any]

MONDAY = date(2026, 11, 23)
HELSINKI = ZoneInfo("Europe/Helsinki")
HOURLY_RATE = "10.00"

TASKS = ("dishwashing", "cleaning", "packing", "gardening", "catering", "moving", "reception", "pet_care")
PERMITS = ("hygiene_pass", "occupational_safety_card")
PLACE_DEMANDS = ("lifting", "standing", "stairs", "noise", "strong_smells", "people")
AREAS = ("Kallio", "Vallila", "Pasila", "Herttoniemi", "Itäkeskus", "Malmi", "Haaga", "Lauttasaari", "Töölö", "Kontula")

GROUP_SIZES = ((1, 50), (2, 22), (3, 14), (4, 9), (6, 5))
GIG_HOURS = ((2, 35), (3, 40), (4, 20), (5, 5))
GIG_STARTS = (8, 9, 9, 10, 10, 11, 12, 12, 13, 14, 16)
PRIORITIES = ((1, 25), (2, 30), (3, 25), (5, 12), (9, 8))
WEEKLY_HOURS = ((4, 20), (6, 30), (8, 30), (12, 15), (20, 5))


@dataclass(frozen=True)
class Size:
    """How many gigs, workers and support persons a made-up week has, in how many districts."""

    gigs: int
    workers: int
    supports: int
    areas: int


SIZES: Mapping[str, Size] = {
    "tiny": Size(gigs=8, workers=10, supports=1, areas=2),
    "pilot": Size(gigs=40, workers=60, supports=4, areas=4),
    "city week": Size(gigs=300, workers=300, supports=20, areas=10),
    "region": Size(gigs=1_000, workers=3_000, supports=120, areas=10),
}


def make(size: Size, seed: int) -> Facts:
    """A week of that size, always the same for the same seed."""
    random = Random(f"{size}/{seed}")
    areas = AREAS[: size.areas]
    return {
        "horizon": {"from": MONDAY.isoformat(), "to": (MONDAY + timedelta(days=6)).isoformat()},
        "hourly_rate": HOURLY_RATE,
        "workers": [_worker(number, size, areas, random) for number in range(size.workers)],
        "support": [_support(number, random) for number in range(size.supports)],
        "gigs": [_gig(number, areas, random) for number in range(size.gigs)],
        "weights": {},
    }


def _worker(number: int, size: Size, areas: tuple[str, ...], random: Random) -> Facts:
    jobseeker = random.random() < 0.12
    tasks = random.sample(TASKS, random.randint(1, 4))
    others = [name for name in _some_workers(size, random, most=3) if name != f"w{number}"]
    return {
        "id": f"w{number}",
        "skills": sorted({*tasks, *random.sample(TASKS, random.randint(0, 2)), *_permits(random)}),
        "cannot": sorted(random.sample(PLACE_DEMANDS, random.choice((0, 0, 0, 1, 1, 2)))),
        "contract_forms": random.choice((["assignment", "partner"], ["assignment"], ["partner"])),
        "jobseeker": jobseeker,
        "unemployment_benefit": jobseeker and random.random() < 0.5,
        "programme": random.choice(("disability", "disability", "rehabilitative")),
        "activity": _activity(random),
        "unavailable": _unavailable(random),
        "max_hours_week": _drawn(WEEKLY_HOURS, random),
        "headroom": f"{random.choice((40, 80, 120, 200, 400)) + random.randint(0, 39)}.00",
        "recent_hours": random.choice((0, 0, 4, 8, 12, 20, 30)),
        "wishes": {"tasks": tasks, "areas": random.sample(areas, min(len(areas), random.randint(1, 3)))},
        "needs_support": random.random() < 0.25,
        "likes": others[:1] if random.random() < 0.3 else [],
        "avoid": others[1:2] if random.random() < 0.1 else [],
    }


def _support(number: int, random: Random) -> Facts:
    days = sorted(random.sample(range(5), random.choice((3, 4, 5))))
    starts = random.choice((7, 8, 8, 9))
    return {
        "id": f"s{number}",
        "available": [_span(day, time(starts), timedelta(hours=random.choice((6, 8, 9)))) for day in days],
        "at_once": random.choice((1, 2, 3, 3, 4)),
    }


def _gig(number: int, areas: tuple[str, ...], random: Random) -> Facts:
    task = random.choice(TASKS)
    day = random.choice((0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6))
    span = _span(day, time(random.choice(GIG_STARTS)), timedelta(hours=_drawn(GIG_HOURS, random)))
    return {
        "id": f"g{number}",
        "start": span[0],
        "end": span[1],
        "slots": _drawn(GROUP_SIZES, random),
        "skills": sorted({task, *(PERMITS[:1] if random.random() < 0.08 else ())}),
        "demands": sorted(random.sample(PLACE_DEMANDS, random.choice((0, 1, 1, 2)))),
        "contract": random.choice(("assignment", "assignment", "partner")),
        "area": random.choice(areas),
        "priority": _drawn(PRIORITIES, random),
        "fixed": [],
        "blocked": sorted(f"w{random.randrange(10)}" for _ in range(random.random() < 0.03)),
    }


def _permits(random: Random) -> tuple[str, ...]:
    return tuple(permit for permit in PERMITS if random.random() < 0.3)


def _some_workers(size: Size, random: Random, *, most: int) -> list[str]:
    return [f"w{number}" for number in random.sample(range(size.workers), min(most, size.workers))]


def _activity(random: Random) -> list[list[str]]:
    days = sorted(random.sample(range(5), random.choice((0, 1, 2, 3))))
    return [_span(day, time(9), timedelta(hours=random.choice((4, 6)))) for day in days]


def _unavailable(random: Random) -> list[list[str]]:
    days = sorted(random.sample(range(7), random.choice((0, 1, 1, 2, 3))))
    return [_span(day, time(0), timedelta(hours=24)) for day in days]


def _span(day: int, starts: time, lasts: timedelta) -> list[str]:
    starts_at = datetime.combine(MONDAY + timedelta(days=day), starts, HELSINKI)
    return [starts_at.isoformat(timespec="minutes"), (starts_at + lasts).isoformat(timespec="minutes")]


def _drawn(shares: tuple[tuple[int, int], ...], random: Random) -> int:
    values, weights = zip(*shares, strict=True)
    return random.choices(values, weights)[0]
