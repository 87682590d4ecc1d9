"""The pilot as files of an exchange: the same people, orders, gigs and hours every time. Pure but for reading its data.

Everything is drawn from a seeded generator; `rows` are values by file, as `jobcenter.exchange` writes and reads them.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.exchange.domain import ClockTime
from jobcenter.exchange.formats import BENEFITS, GIGS, HOURS, JOBCENTERS, ORDERS, ORGANISATIONS, WORKERS
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.workers.domain import TaskCategory

Values = dict[str, Any]
STARTS = (9, 10, 12, 13)
LENGTHS = (120, 150, 180, 180, 240)
GROUPS = (1, 1, 1, 2, 2, 3)
FIRST_REHABILITATIVE = "askelma"


@cache
def data() -> dict[str, Any]:
    """The demo's own facts of the pilot."""
    return tomllib.loads(files(__package__).joinpath("data/pilot.toml").read_text(encoding="utf-8"))


@dataclass
class Pilot:
    """The rows made so far, by file, and who is where on which day."""

    random: Random
    rows: dict[str, list[Values]] = field(default_factory=dict)
    busy: set[tuple[str, date]] = field(default_factory=set)
    minutes: int = 0

    def add(self, file: str, **values: Any) -> None:
        """Add a row."""
        self.rows.setdefault(file, []).append(values)


def pilot() -> dict[str, list[Values]]:
    """Every row of the pilot, by file."""
    made = Pilot(Random(data()["seed"]))
    for jobcenter in data()["jobcenter"]:
        made.add(JOBCENTERS.file, **jobcenter)
    for organisation in data()["organisation"]:
        made.add(ORGANISATIONS.file, **_organisation(organisation))
    for jobcenter in data()["jobcenter"]:
        _add_people(made, jobcenter["slug"])
    for organisation in data()["organisation"]:
        for category in organisation["categories"]:
            _add_order(made, organisation, category)
    _add_work(made)
    return made.rows


def _organisation(given: Values) -> Values:
    return {
        "jobcenter": given["jobcenter"],
        "ref": given["ref"],
        "kind": given["kind"],
        "name": given["name"],
        "business_id": given["business_id"],
        "email": f"{given['ref']}@example.fi",
        "street": given["street"],
        "postcode": "00990",
        "city": "Mäntylahti",
        "cost_centre": given.get("cost_centre", ""),
        "einvoice_address": given.get("einvoice_address", ""),
        "einvoice_operator": given.get("einvoice_operator", ""),
    }


def _add_people(made: Pilot, slug: str) -> None:
    people = data()["people"]
    before = len(made.rows.get(WORKERS.file, []))
    for number in range(people[slug]):
        index = before + number
        ref, active = f"p{index + 1:02}", number < people["still_active"]
        made.add(
            WORKERS.file,
            jobcenter=slug,
            ref=ref,
            given_name=people["given"][index],
            family_name=people["family"][index * 7 % len(people["family"])],
            email="",
            active=active,
            ready_since=data()["consented_on"],
            tasks=_tasks(made.random, slug),
            jobseeker=_jobseeker(slug, number),
            benefits_asked_on=data()["asked_on"],
            takes_part_since=data()["consented_on"],
        )
        for benefit in _benefits(made.random, slug, number, active):
            made.add(BENEFITS.file, jobcenter=slug, worker=ref, told_on=data()["asked_on"], **benefit)


def _tasks(random: Random, slug: str) -> frozenset[TaskCategory]:
    ordered = {name for item in data()["organisation"] if item["jobcenter"] == slug for name in item["categories"]}
    chosen = random.sample(sorted(ordered), k=min(len(ordered), 4))
    return frozenset(TaskCategory(name) for name in chosen)


def _jobseeker(slug: str, number: int) -> JobseekerStatus:
    """People in rehabilitative work activity are registered jobseekers, but for the first, who has a pension."""
    registered = slug == FIRST_REHABILITATIVE and number > 0
    return JobseekerStatus.REGISTERED if registered else JobseekerStatus.NOT_REGISTERED


def _benefits(random: Random, slug: str, number: int, active: bool) -> Iterator[Values]:
    facts = data()
    if _jobseeker(slug, number) is JobseekerStatus.NOT_REGISTERED:
        since = random.choice(facts["pension_since"])
        yield {"kind": BenefitKind.KELA_DISABILITY_PENSION, "starts_on": since}
        if number % 5 != 4:
            yield {
                "kind": BenefitKind.PENSIONER_HOUSING_ALLOWANCE,
                "starts_on": facts["housing_allowance_since"],
                "decided_annual_income": 0,
            }
        return
    yield {
        "kind": BenefitKind.LABOUR_MARKET_SUBSIDY,
        "starts_on": facts["subsidy_since"],
        "ends_on": facts["subsidy_ended"],
    }
    if active:
        yield {"kind": BenefitKind.GENERAL_BENEFIT, "starts_on": facts["general_benefit_since"]}


def _add_order(made: Pilot, organisation: Values, category: str) -> None:
    made.add(
        ORDERS.file,
        jobcenter=organisation["jobcenter"],
        ref=order_ref(organisation["ref"], category),
        organisation=organisation["ref"],
        category=TaskCategory(category),
        title=data()["titles"][category],
        place_name=organisation["name"],
        street=organisation["street"],
        postcode="00990",
        city="Mäntylahti",
        contact_name=organisation["contact"],
        contact_phone="040 555 0100",
        people=3,
        contract_form=ContractForm(organisation["form"]),
        cost_centre=organisation.get("cost_centre", ""),
        ordered_on=data()["first_day"] - timedelta(days=10),
        closed=True,
    )


def order_ref(organisation: str, category: str) -> str:
    """The lasting name of an organisation's order of one task."""
    return f"{organisation}-{category}"


def _add_work(made: Pilot) -> None:
    """Gigs with their hours until the pilot's sum is full; everybody has their turn before anybody has a second."""
    turns = {jobcenter["slug"]: _turns(made, jobcenter["slug"]) for jobcenter in data()["jobcenter"]}
    number = 0
    while made.minutes < data()["hours"] * 60:
        organisation = made.random.choice(data()["organisation"])
        category = made.random.choice(organisation["categories"])
        day = _day(made.random, category)
        length = made.random.choice(LENGTHS)
        names = [next(turns[organisation["jobcenter"]]) for _ in range(made.random.choice(GROUPS))]
        names = [name for name in dict.fromkeys(names) if (name, day) not in made.busy]
        if not names:
            continue
        number += 1
        ref = f"g{number:03}"
        times = {"day": day, "starts": _clock(hour := made.random.choice(STARTS)), "ends": _clock(hour, length)}
        _add_gig(made, organisation, category, ref, times, len(names))
        for name in names:
            made.busy.add((name, day))
            made.minutes += length
            _add_hours(made, organisation, ref, name, times)


def _turns(made: Pilot, slug: str) -> Iterator[str]:
    names = [row["ref"] for row in made.rows[WORKERS.file] if row["jobcenter"] == slug]
    while True:
        made.random.shuffle(names)
        yield from list(names)


def _day(random: Random, category: str) -> date:
    """A weekday within the pilot, in a month in which the task is ordered."""
    first, last = data()["first_day"], data()["last_day"]
    months = data()["months"].get(category)
    while True:
        day = first + timedelta(days=random.randrange((last - first).days + 1))
        if day.weekday() < 5 and (months is None or day.month in months):
            return day


def _clock(hour: int, minutes: int = 0) -> ClockTime:
    return ClockTime(time(hour + minutes // 60, minutes % 60))


def _add_gig(made: Pilot, organisation: Values, category: str, ref: str, times: Values, people: int) -> None:
    made.add(
        GIGS.file,
        jobcenter=organisation["jobcenter"],
        ref=ref,
        order=order_ref(organisation["ref"], category),
        break_minutes=0,
        people=people,
        status=GigStatus.DONE,
        **times,
    )


def _add_hours(made: Pilot, organisation: Values, gig: str, name: str, times: Values) -> None:
    day = times["day"]
    made.add(
        HOURS.file,
        jobcenter=organisation["jobcenter"],
        ref=f"{gig}-{name}",
        gig=gig,
        worker=name,
        break_minutes=0,
        logged_by="",
        confirmed_by=organisation["contact"],
        confirmed_on=day + timedelta(days=1),
        invoiced=True,
        paid_on=day.replace(day=monthrange(day.year, day.month)[1]),
        **times,
    )
