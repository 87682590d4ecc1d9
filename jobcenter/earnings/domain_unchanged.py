"""Whether another check of a person would say the same as the last one: by a fingerprint of all that it rests on.

A check rests on the person's facts, on the law, on the program's own rules, and on the day. Between two days on which
something turns for the person a day changes nothing: months begin, benefits begin and end, payment periods of four
weeks begin, the law's values change. So the fingerprint holds the last such day and not the day itself.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from jobcenter import benefits
from jobcenter.benefits import BenefitHeld, Law, PaymentPeriod
from jobcenter.earnings.domain import Case

ONE_DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(weeks=4)


def fingerprint(case: Case) -> str:
    """The same for two cases only if they come to the same tellings and warnings."""
    facts = (
        rules_of_program(),
        case.law.version,
        last_turn(case).isoformat(),
        str(case.hourly),
        str(case.near_share),
        case.person.written,
        repr(case.tax),
    )
    marks = sorted([earning.income.mark for earning in case.earnings])
    return hashlib.blake2b(b"".join(["\n".join(facts).encode(), *marks]), digest_size=20).hexdigest()


def last_turn(case: Case) -> date:
    """The latest day up to the day looked at on which something turned."""
    turns = {case.as_of.replace(day=1), _last(_days_of(case.law), case.as_of)}
    for held in case.person.benefits or ():
        turns.update(day for day in _turns_of(held, case.as_of) if day <= case.as_of)
    return max(turns)


def _turns_of(held: BenefitHeld, as_of: date) -> Iterator[date]:
    """When a benefit begins, has ended, and when its four weeks began."""
    if held.from_:
        yield held.from_
    if held.to:
        yield held.to + ONE_DAY
    if held.from_ and held.period is PaymentPeriod.FOUR_WEEKS:
        monday = held.from_ - timedelta(days=held.from_.weekday())
        yield monday + (as_of - monday) // FOUR_WEEKS * FOUR_WEEKS


def _last(days: tuple[date, ...], as_of: date) -> date:
    """The last of these days, in order, up to a day."""
    place = bisect_right(days, as_of)
    return days[place - 1] if place else date.min


@lru_cache(maxsize=8)
def _days_of(law: Law) -> tuple[date, ...]:
    """The days on which a value or a doubt of the law begins, or has ended."""
    dated = [value for parameter in law.parameters.values() for value in parameter.values]
    return tuple(sorted({*_first_days(dated), *_first_days(law.unverified)}))


def _first_days(dated: Iterable) -> Iterator[date]:
    for each in dated:
        if each.from_:
            yield each.from_
        if each.to:
            yield each.to + ONE_DAY


@cache
def rules_of_program() -> str:
    """A name for the rules as the program computes them: another release may say something else of the same facts."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in (Path(benefits.__file__).parent, Path(__file__).parent):
        for source in sorted(folder.glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()
