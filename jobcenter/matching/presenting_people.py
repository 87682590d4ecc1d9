"""A person's wishes and ties, and the table of rules, in words for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.matching.domain import RuleCode, Weight
from jobcenter.matching.messages import REASON_NAMES
from jobcenter.matching.messages_soft import SOFT_HINTS, SOFT_NAMES
from jobcenter.matching.rules import RULES
from jobcenter.matching.ties.messages import KIND_TAGS, KINDS
from jobcenter.matching.ties.queries import TieRow
from jobcenter.matching.weights.domain import DEFAULTS, MOST, Weights
from jobcenter.workers import places
from jobcenter.workers.domain import Preferences
from jobcenter.workers.messages import ACCEPTED_FORMS, PARTS_OF_DAY, SKILLS, TASKS, WISHED_DAYS, listed

Facts = list[tuple[str, str]]


def preference_facts(wishes: Preferences) -> Facts:
    """What the person wishes, with what an empty wish means."""
    practised = wishes.practise_tasks | wishes.practise_skills
    return [
        (_("Wished days"), listed(WISHED_DAYS, wishes.wished_days) if wishes.wished_days else _("Any day")),
        (_("Wished times of day"), listed(PARTS_OF_DAY, wishes.wished_parts) if wishes.wished_parts else _("Any time")),
        (_("Wished areas"), places.shown(wishes.areas) or _("Anywhere")),
        (_("Postcode of the home"), wishes.postcode or _("Not known")),
        (_("To practise"), listed({**TASKS, **SKILLS}, practised)),
        (_("Contracts"), listed(ACCEPTED_FORMS, wishes.contract_forms or frozenset(ACCEPTED_FORMS))),
        (_("Gigs over an earnings limit"), _("Has asked for them") if wishes.asks_over_limit else _("Are not offered")),
    ]


@dataclass(frozen=True)
class TieView:
    """A tie in words."""

    id: int
    label: str
    kind: str
    other: str
    reason: str
    noted: str


def tie_view(tie: TieRow) -> TieView:
    """One tie for the page of one of the two."""
    noted = f"{tie.noted_by}, {texts.day(tie.noted_at)}"
    return TieView(tie.id, str(KINDS[tie.kind]), KIND_TAGS[tie.kind], tie.other, tie.reason, noted)


@dataclass(frozen=True)
class HardRow:
    """A hard rule: what it says no to, and who may pass it by."""

    names: tuple[str, ...]
    label: str
    kind: str


@dataclass(frozen=True)
class SoftRow:
    """A soft rule, what it looks at and how much it counts in a Jobcenter."""

    name: str
    hint: str
    weight: str
    per_cent: int
    usual: bool


WHO = {Weight.NEVER: "bad", Weight.REFUSES: "warn"}


def hard_rows() -> list[HardRow]:
    """The rules that stop an offer, in their order."""
    return [HardRow(_names(rule.codes), _who(rule.weight), WHO[rule.weight]) for rule in RULES if rule.weight.stops]


def _names(codes: Iterable[RuleCode]) -> tuple[str, ...]:
    return tuple(str(REASON_NAMES[code]) for code in codes)


def _who(weight: Weight) -> str:
    return _("Nobody may set it aside") if weight is Weight.NEVER else _("A coordinator may, saying why")


def soft_rows(weights: Weights) -> list[SoftRow]:
    """The soft rules, the heaviest first."""
    ordered = sorted(weights.items(), key=lambda pair: -pair[1])
    return [
        SoftRow(
            name=str(SOFT_NAMES[part]),
            hint=str(SOFT_HINTS[part]),
            weight=_("%(weight)s of %(most)s", weight=weight, most=MOST),
            per_cent=100 * weight // MOST,
            usual=weight == DEFAULTS[part],
        )
        for part, weight in ordered
    ]
