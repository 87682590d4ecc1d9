"""The weights of the soft rules on one screen, a field each, named as the rules are."""

from __future__ import annotations

from jobcenter.core.forms import BaseForm, WholeNumberField
from jobcenter.matching.messages_soft import SOFT_HINTS, SOFT_NAMES
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.weights.domain import DEFAULTS, LEAST, MOST, Weights


class WeightsForm(BaseForm):
    """How much each soft rule counts."""

    @classmethod
    def of(cls, weights: Weights) -> WeightsForm:
        """The form with what holds now."""
        return cls(data={part.value: weight for part, weight in weights.items()})

    def to_command(self) -> Weights:
        return {part: self[part.value].data for part in DEFAULTS}


def _field(part: Part) -> WholeNumberField:
    return WholeNumberField(SOFT_NAMES[part], least=LEAST, most=MOST, description=SOFT_HINTS[part])


for _part in DEFAULTS:
    setattr(WeightsForm, _part.value, _field(_part))
