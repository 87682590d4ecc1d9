"""What a person is told of a limit, in the form in which it is kept: whatever the law becomes, it can be shown again.

A telling names the version of the law by which it was made. The texts of that version (sources, laws, descriptions) are
kept once, as its `Wording`, and not in each telling. What was told before that carries its texts itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from jobcenter.benefits import Assessment, Law, series_of
from jobcenter.benefits.assessment import name_of_source
from jobcenter.benefits.judging import SHARED


@dataclass(frozen=True)
class Wording:
    """The texts of one version of the law: sources by the names that tellings call them, and by the id of each
    parameter its law and its description.
    """

    rules_version: str
    sources: Mapping[str, str]
    statutes: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, law: Law) -> Wording:
        """All texts that a telling by this law can refer to."""
        values = (value for parameter in law.parameters.values() for value in parameter.values)
        sources = {told.source for told in (*values, *law.unverified)}
        return cls(
            rules_version=law.version,
            sources={name_of_source(source): source for source in sorted(sources)},
            statutes={p.id: (p.statute, p.description) for _, p in sorted(law.parameters.items())},
        )


@lru_cache(maxsize=8)
def wording_of(law: Law) -> Wording:
    """The texts of a law, put together once."""
    return Wording.of(law)


@dataclass(frozen=True)
class Telling:
    """An assessment with all that is needed to show it again exactly, whatever the law or the income becomes.

    `statutes`: the law and the description of parameters, by their ids, those in its rows among them.
    `hourly`: the euros an hour by which its hours were counted; None of what was stored before that was kept.
    """

    assessment: Assessment
    statutes: Mapping[str, tuple[str, str]]
    hourly: Decimal | None

    def __hash__(self) -> int:
        return hash(self.assessment)

    @cached_property
    def key(self) -> Key:
        """The rule and series by which it replaces an earlier one of the same thing."""
        return key_of(self.assessment)

    @cached_property
    def stored(self) -> str:
        """What is stored, as JSON text. `from_json` gives an equal telling back."""
        return f'{{"hourly":"{self.hourly}",{self.assessment.brief[1:]}'

    @cached_property
    def digest(self) -> str:
        """A name for what is stored: the same for the same telling, and for no other."""
        return hashlib.sha256(self.stored.encode()).hexdigest()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], wording: Wording | None) -> Telling:
        """The telling that was stored. `wording`: the texts of its law; None of one that carries them itself."""
        hourly = stored.get("hourly")
        carried = {id: (statute, what) for id, (statute, what) in stored.get("statutes", {}).items()}
        return cls(
            assessment=Assessment.from_json(stored, wording.sources if wording else None),
            statutes=carried or (wording.statutes if wording else {}),
            hourly=None if hourly is None else Decimal(hourly),
        )


Key = tuple[str, str]


def key_of(assessment: Assessment) -> Key:
    """The rule and series by which an assessment replaces an earlier one of the same thing."""
    return assessment.rule, series_of(assessment)


@lru_cache(maxsize=SHARED)
def telling_of(assessment: Assessment, law: Law, hourly: Decimal) -> Telling:
    """What is told of an assessment: the same for all people of whom it is the same."""
    return Telling(assessment, wording_of(law).statutes, hourly)
