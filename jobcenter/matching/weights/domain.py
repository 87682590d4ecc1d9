"""How much each soft rule counts unless an administrator says otherwise. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jobcenter.matching.plan.domain import Part

LEAST, MOST = 0, 10

Weights = Mapping[Part, int]

DEFAULTS: Weights = MappingProxyType(
    {
        Part.FAIR_SHARE: 10,
        Part.WISHES_TASKS: 4,
        Part.WISHES_TIMES: 3,
        Part.WISHES_AREAS: 2,
        Part.PRACTISE: 3,
        Part.SAME_FACES: 2,
        Part.FEEDBACK: 2,
        Part.LIKES: 2,
        Part.NEWCOMER_BESIDE_EXPERIENCED: 2,
        Part.NEAR: 2,
        Part.KEEP_HEADROOM: 3,
    }
)


def with_defaults(stored: Weights) -> Weights:
    """Every soft rule's weight, the heaviest usual one first: the stored ones over the defaults."""
    return MappingProxyType({**DEFAULTS, **stored})
