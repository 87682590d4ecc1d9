"""The desk of the demo: wishes, ties, areas, support persons' times; a round that goes on, and a plan to look at."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.demo import present, queries
from jobcenter.demo.cast import Cast
from jobcenter.demo.present import Wanted, at, key, morning
from jobcenter.matching.caseload.domain import NewSupportTime, SupportTimeKind
from jobcenter.matching.caseload.service import log_time
from jobcenter.matching.domain import Yes
from jobcenter.matching.plan.desk import jobs as plan_jobs
from jobcenter.matching.plan.desk import service as plans
from jobcenter.matching.plan.desk.domain import Propose, Scope
from jobcenter.matching.rounds import service as rounds
from jobcenter.matching.rounds.domain import Asked, Manner, StartRound
from jobcenter.matching.rounds.queries import whole_round
from jobcenter.matching.ties import service as ties
from jobcenter.matching.ties.domain import AddBlock, AddTie, TieKind
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.intake.service import set_area
from jobcenter.workers.capacity import service as capacities
from jobcenter.workers.capacity.domain import Capacity, WorkingTime
from jobcenter.workers.domain import PartOfDay, Preferences, Skill, TaskCategory, Weekday
from jobcenter.workers.places import area_tags
from jobcenter.workers.profiles import service as profiles

COORDINATOR = "kaisa"
MONDAY, TUESDAY, _WEDNESDAY, THURSDAY, FRIDAY = range(5)
NOON = time(12)
ASKED = ("p05", "p01", "p04")
SECONDS = 5
CLIENTS = {"cafe": "aamukaste", "home_care": "kotihoito", "garden": "vihervarpu"}


@cache
def data() -> dict[str, Any]:
    """What the desk knows."""
    return tomllib.loads(files(__package__).joinpath("data/desk.toml").read_text(encoding="utf-8"))


def prepare(cast: Cast) -> None:
    """What people have wished and agreed, and when support persons work; before limits are looked at."""
    with unit_of_work():
        for entry in data()["wishes"]:
            _wish(cast, entry)
        for entry in data()["tie"]:
            one, other = (queries.worker_by_ref(ref).id for ref in entry["refs"])
            ties.add_tie(cast.actor(COORDINATOR), one, AddTie(other, TieKind(entry["kind"]), entry["reason"]))
        for entry in data()["block"]:
            orderer = queries.organisation_by_ref(entry["organisation"])
            worker = queries.worker_by_ref(entry["ref"])
            ties.add_block(cast.actor(COORDINATOR), worker.id, AddBlock(orderer.id, entry["reason"]))
        for entry in data()["support"]:
            capacities.set_capacity(cast.actor(entry["key"]), cast.users[entry["key"]], _capacity(entry))
        for entry in data()["support_time"]:
            _log(cast, entry)


def tell(cast: Cast) -> None:
    """An order with many places, everyone asked to a gig, and a plan of the week after this one."""
    party = present.agree(cast, _party(), morning(-1))
    with unit_of_work():
        set_area(cast.actor(COORDINATOR), party, data()["areas"]["party"])
        for name, client in CLIENTS.items():
            for order_id in queries.orders_ahead_of(client, clock.now()) - {party}:
                set_area(cast.actor(COORDINATOR), order_id, data()["areas"][name])
    _ask(cast)
    _plan(cast)


def _wish(cast: Cast, entry: dict[str, Any]) -> None:
    wanted = Preferences(
        postcode=entry["postcode"],
        areas=area_tags(entry["areas"]),
        wished_days=frozenset(map(Weekday, entry.get("days", ()))),
        wished_parts=frozenset(map(PartOfDay, entry.get("parts", ()))),
        practise_tasks=frozenset(map(TaskCategory, entry.get("practise_tasks", ()))),
        practise_skills=frozenset(map(Skill, entry.get("practise_skills", ()))),
        asks_over_limit=entry.get("over_limit", False),
    )
    profiles.set_preferences(cast.actor(COORDINATOR), queries.worker_by_ref(entry["ref"]).id, wanted)


def _capacity(entry: dict[str, Any]) -> Capacity:
    starts, ends = map(time, entry["hours"])
    times = tuple(WorkingTime(weekday, starts, ends) for weekday in entry["days"])
    return Capacity(entry["at_once"], entry["travel_minutes"], times)


def _log(cast: Cast, entry: dict[str, Any]) -> None:
    """What a support person did on one day."""
    day = clock.today() - timedelta(days=entry["days_ago"])
    for number, (ref, minutes, kind) in enumerate(entry["rows"]):
        whom, form_key = queries.worker_by_ref(ref).id, key(f"support-time-{entry['key']}-{number}")
        log_time(cast.actor(entry["key"]), NewSupportTime(day, minutes, SupportTimeKind(kind), whom, "", form_key))


def _party() -> Wanted:
    """The dishes of Christmas lunches, on three days of the week after this one: three people a day."""
    monday = _days_to_next_week()
    return Wanted(
        by="olli",
        organisation="aamukaste",
        coordinator=COORDINATOR,
        category=TaskCategory.DISHWASHING,
        title=data()["order"]["title"],
        description=data()["order"]["description"],
        people=3,
        days=(monday + TUESDAY, monday + THURSDAY, monday + FRIDAY),
        hours=(15, 18),
        form=ContractForm.ASSIGNMENT,
    )


def _days_to_next_week() -> int:
    """How many days it is to the Monday of a week that has not begun, three days at least from now."""
    days = present.next_day(MONDAY)
    return days if days > 2 else days + 7


def _ask(cast: Cast) -> None:
    """Ask three people to an open gig after that week; one says yes, and the coordinator will choose."""
    gig = queries.first_open_gig(CLIENTS["cafe"], morning(_days_to_next_week() + 7))
    people = tuple(Asked(queries.worker_by_ref(ref).id) for ref in ASKED)
    command = StartRound(Manner.CHOSEN, people, key("round"), closes_at=_closes(gig))
    round_id = at(clock.now(), lambda: rounds.start(cast.actor(COORDINATOR), gig.id, command).id)
    line = {person.worker_id: person.id for person in whole_round(round_id).people}
    at(clock.now(), lambda: rounds.say_yes(cast.actor(ASKED[0]), line[people[0].worker_id], Yes(knows=True)))


def _closes(gig: Gig) -> datetime:
    return clock.at(clock.day_of(gig.starts_at) - timedelta(days=1), NOON)


def _plan(cast: Cast) -> None:
    """A plan of that week, computed as the scheduler would."""
    jobcenter_id = queries.organisation_by_ref("aamukaste").jobcenter_id
    monday = clock.today() + timedelta(days=_days_to_next_week())
    wish = Propose(Scope.WEEK, monday, SECONDS, unknown_limits=True, form_key=key("plan"))
    at(clock.now(), lambda: plans.propose(cast.actor(COORDINATOR), jobcenter_id, wish))
    plan_jobs.make_plans(clock.now())
