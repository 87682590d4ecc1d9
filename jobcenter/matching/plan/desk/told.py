"""What is kept of a computed plan besides its places: how good it is, and why some stay open. As JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from jobcenter.matching.domain import Finding, RuleCode, Weight
from jobcenter.matching.plan.explaining import Could
from jobcenter.matching.plan.problem import Worth
from jobcenter.matching.soft import Score, Share, Word
from jobcenter.orders.gigs.domain import Span

Json = dict[str, Any]
MOST_REASONS = 3
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Fitting:
    """Somebody who could take a place of a gig by hand, and what speaks for them."""

    worker_id: int
    reasons: tuple[Json, ...]


@dataclass(frozen=True)
class Beside:
    """Everyone whom a plan does not place on a gig: the best of those who fit, and the others by what stops them."""

    fitting: tuple[Fitting, ...] = ()
    stopped: tuple[tuple[RuleCode, tuple[int, ...]], ...] = ()

    @classmethod
    def of(cls, stored: Json) -> Beside:
        """As it was stored."""
        return cls(
            fitting=tuple(Fitting(worker_id, tuple(reasons)) for worker_id, reasons in stored["fitting"]),
            stopped=tuple((RuleCode(code), tuple(ids)) for code, ids in stored["stopped"]),
        )

    def stored(self) -> Json:
        """As JSON."""
        return {
            "fitting": [[one.worker_id, list(one.reasons)] for one in self.fitting],
            "stopped": [[code.value, list(ids)] for code, ids in self.stopped],
        }


@dataclass(frozen=True)
class Lost:
    """A locked place that could not be kept, and why; None: there is no place for the person any more."""

    gig_id: int
    worker_id: int
    finding: Finding | None = None


@dataclass(frozen=True)
class OpenGig:
    """A planned gig: how many places were open before, why some stay open, who could and who may stand in, best first.

    `reasons`: how many people each reason stops.
    """

    gig_id: int
    slots: int
    placed: int
    reasons: tuple[tuple[RuleCode, int], ...] = ()
    could: tuple[Could, ...] = ()
    stand_ins: tuple[int, ...] = ()


@dataclass(frozen=True)
class Told:
    """What is told of a whole plan. `unknown`: people left out because nobody knows their limits."""

    gigs: tuple[OpenGig, ...] = ()
    worth: Worth | None = None
    bound: Worth | None = None
    seconds: int = 0
    engine: str = ""
    unknown: tuple[int, ...] = ()
    lost: tuple[Lost, ...] = ()

    @property
    def slots(self) -> int:
        return sum(gig.slots for gig in self.gigs)

    @property
    def filled(self) -> int:
        return sum(gig.placed for gig in self.gigs)

    @classmethod
    def of(cls, stored: Json) -> Told:
        """What was stored of a plan; nothing of one that was never computed."""
        if not stored:
            return cls()
        return cls(
            gigs=tuple(map(_gig_of, stored["gigs"])),
            worth=worth_of(stored["worth"]),
            bound=worth_of(stored["bound"]),
            seconds=stored["seconds"],
            engine=stored["engine"],
            unknown=tuple(stored["unknown"]),
            lost=tuple(map(_lost_of, stored["lost"])),
        )

    def stored(self) -> Json:
        """As JSON."""
        return {
            "gigs": [_stored_gig(gig) for gig in self.gigs],
            "worth": stored_worth(self.worth),
            "bound": stored_worth(self.bound),
            "seconds": self.seconds,
            "engine": self.engine,
            "unknown": list(self.unknown),
            "lost": [_stored_lost(one) for one in self.lost],
        }


def _stored_gig(gig: OpenGig) -> Json:
    return {
        "gig": gig.gig_id,
        "slots": gig.slots,
        "placed": gig.placed,
        "reasons": [[code.value, people] for code, people in gig.reasons],
        "could": [{"worker": one.worker, "finding": stored_finding(one.finding)} for one in gig.could],
        "stand_ins": list(gig.stand_ins),
    }


def _gig_of(stored: Json) -> OpenGig:
    return OpenGig(
        gig_id=stored["gig"],
        slots=stored["slots"],
        placed=stored["placed"],
        reasons=tuple((RuleCode(code), people) for code, people in stored["reasons"]),
        could=tuple(Could(one["worker"], finding_of(one["finding"])) for one in stored["could"]),
        stand_ins=tuple(stored["stand_ins"]),
    )


def _stored_lost(lost: Lost) -> Json:
    finding = None if lost.finding is None else stored_finding(lost.finding)
    return {"gig": lost.gig_id, "worker": lost.worker_id, "finding": finding}


def _lost_of(stored: Json) -> Lost:
    finding = None if stored["finding"] is None else finding_of(stored["finding"])
    return Lost(stored["gig"], stored["worker"], finding)


def stored_worth(worth: Worth | None) -> list[int] | None:
    """As JSON."""
    return None if worth is None else [worth.filling, worth.points]


def worth_of(stored: list[int] | None) -> Worth | None:
    """As it was stored."""
    return None if stored is None else Worth(*stored)


def stored_finding(finding: Finding) -> Json:
    """A reason as JSON."""
    return {"code": finding.code.value, "weight": finding.weight.value, "facts": _packed(finding.facts)}


def finding_of(stored: Json) -> Finding:
    """A stored reason."""
    return Finding(RuleCode(stored["code"]), Weight(stored["weight"]), _unpacked(stored["facts"]))


def strongest_shares(score: Score) -> list[Json]:
    """What speaks most for somebody, as JSON; that no limit is in the way speaks for nearly everybody."""
    telling = (scored.share for scored in score.strongest if scored.share.word is not Word.NO_LIMIT)
    return [stored_share(share) for share in islice(telling, MOST_REASONS)]


def stored_share(share: Share) -> Json:
    """What spoke for somebody, as JSON."""
    return {"word": share.word.value, "per_cent": share.per_cent, "facts": _packed(share.facts)}


def share_of(stored: Json) -> Share:
    """What spoke for somebody."""
    return Share(stored["per_cent"], Word(stored["word"]), _unpacked(stored["facts"]))


# Facts that texts mention: each value beside the name of its kind.


def _packed(facts: Mapping[str, Any]) -> Json:
    return {name: _pack(value) for name, value in facts.items()}


def _unpacked(stored: Json) -> dict[str, Any]:
    return {name: _unpack(value) for name, value in stored.items()}


def _pack(value: Any) -> Any:
    if isinstance(value, Span):
        return {"span": [value.starts_at.isoformat(), value.ends_at.isoformat()]}
    if isinstance(value, timedelta):
        return {"minutes": value // MINUTE}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"amount": str(value)}
    if isinstance(value, tuple | frozenset):
        return {"list": [_pack(item) for item in value]}
    return value


def _unpack(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    kind, value = next(iter(stored.items()))
    return _KINDS[kind](value)


_KINDS = {
    "span": lambda ends: Span(*map(datetime.fromisoformat, ends)),
    "minutes": lambda number: number * MINUTE,
    "day": date.fromisoformat,
    "amount": Decimal,
    "list": lambda items: tuple(map(_unpack, items)),
}
