"""The keys of a plan's JSON and how each is read. docs/plan.md tells the format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.exchange.strict_json import (
    MONEY,
    Key,
    a_day,
    a_flag,
    a_list,
    a_number,
    a_rate,
    a_table,
    anything,
    money,
    one_of,
)
from jobcenter.matching.plan.domain import PRIORITIES, Part
from jobcenter.workers.domain import PartOfDay, Weekday
from jobcenter.workers.places import POSTCODE

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:00(\.0{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
YEARS = range(2000, 2101)
MINUTE = timedelta(minutes=1)
MINUTES_IN_HOUR = 60
HOURS_IN_WEEK = 168
HOURS_IN_DAY = 24
LONGEST_WORD = 200
MANY = 100_000


# Readers of single values. Each raises ValueError that says what is needed.


def _word(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST_WORD:
        raise ValueError(f"must be a text of 1 to {LONGEST_WORD} characters")
    return raw


def _words(raw: Any) -> frozenset[str]:
    return frozenset(map(_word, a_list(raw)))


def _members(words: Any) -> Any:
    read = one_of(words)
    return lambda raw: frozenset(map(read, a_list(raw)))


def _time(raw: Any) -> datetime:
    if not isinstance(raw, str) or not TIME.fullmatch(raw) or int(raw[:4]) not in YEARS:
        raise ValueError(
            f"must be a time of {YEARS[0]} to {YEARS[-1]} in whole minutes with its offset, "
            'such as "2026-11-24T10:00+02:00"'
        )
    try:
        return datetime.fromisoformat(raw).astimezone(UTC)
    except ValueError:
        raise ValueError(f"there is no time {raw}") from None


def _plan_day(raw: Any) -> date:
    found = a_day(raw)
    if found.year not in YEARS:
        raise ValueError(f"must be a day from {YEARS[0]} to {YEARS[-1]}")
    return found


def _hours(most: int) -> Any:
    def read(raw: Any) -> int:
        """In minutes, rounded down."""
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not 0 <= raw <= most:
            raise ValueError(f"must be a number of hours from 0 to {most}")
        return int(raw * MINUTES_IN_HOUR)

    return read


def _room(raw: Any) -> Decimal:
    if not isinstance(raw, str) or not MONEY.fullmatch(raw):
        raise ValueError('must be money as text with two decimals, such as "120.00"; "0.00" when nothing is left')
    return money(raw)


def _postcode(raw: Any) -> str:
    if not isinstance(raw, str) or not POSTCODE.fullmatch(raw):
        raise ValueError('must be a postcode of five digits as text, such as "00500"')
    return raw


def _counts(raw: Any) -> Mapping[str, int]:
    read = a_number(0, MANY)
    return {name: read(count) for name, count in a_table(raw).items()}


NAME = Key(_word, needed=True)
TIMED = Key(_time, needed=True)
INSTANCE = {
    "horizon": Key(a_table, needed=True),
    "hourly_rate": Key(a_rate, needed=True),
    "workers": Key(a_list, needed=True),
    "support": Key(a_list),
    "gigs": Key(a_list, needed=True),
    "weights": Key(a_table),
    "travel_minutes": Key(a_number(0, HOURS_IN_DAY * MINUTES_IN_HOUR)),
    "rest_hours": Key(_hours(HOURS_IN_DAY)),
}
HORIZON = {"from": Key(_plan_day, needed=True), "to": Key(_plan_day, needed=True)}
WEIGHTS = {part.value: Key(a_number(0, 10)) for part in Part}
WORKER = {
    "id": NAME,
    "skills": Key(_words),
    "cannot": Key(_words),
    "contract_forms": Key(_members(ContractForm)),
    "jobseeker": Key(a_flag),
    "unemployment_benefit": Key(a_flag),
    "programme": Key(one_of(JobcenterKind)),
    "activity": Key(a_list),
    "unavailable": Key(a_list),
    "max_hours_week": Key(_hours(HOURS_IN_WEEK)),
    "headroom": Key(_room),
    "recent_hours": Key(_hours(MANY)),
    "wishes": Key(a_table),
    "needs_support": Key(a_flag),
    "likes": Key(_words),
    "avoid": Key(_words),
    "born": Key(a_day),
    "engaged": Key(a_list),
    "postcode": Key(_postcode),
    "done": Key(_counts),
    "orderers": Key(_counts),
}
WISHES = {
    "tasks": Key(_words),
    "areas": Key(_words),
    "days": Key(_members(Weekday)),
    "parts": Key(_members(PartOfDay)),
    "practise": Key(_words),
}
SUPPORT = {"id": NAME, "available": Key(a_list), "at_once": Key(a_number(1, MANY), needed=True)}
GIG = {
    "id": NAME,
    "start": TIMED,
    "end": TIMED,
    "slots": Key(a_number(1, MANY)),
    "skills": Key(_words),
    "demands": Key(_words),
    "contract": Key(one_of(ContractForm), needed=True),
    "area": Key(_word),
    "priority": Key(a_number(PRIORITIES[0], PRIORITIES[-1])),
    "fixed": Key(a_list),
    "blocked": Key(_words),
    "orderer": Key(_word),
    "postcode": Key(_postcode),
    "break_minutes": Key(a_number(0, HOURS_IN_DAY * MINUTES_IN_HOUR)),
}
PLAN = {
    "assignments": Key(a_list, needed=True),
    **{name: Key(anything) for name in ("open", "rejected", "objective", "bound", "proven", "seconds")},
}
ASSIGNMENT = {"gig": NAME, "worker": NAME, "support": Key(_word), "reasons": Key(anything)}
