"""What an earning, such as an offered gig, does to each limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from flask_babel import gettext as _

from jobcenter.benefits import BenefitAmounts
from jobcenter.core import texts
from jobcenter.core.money import ZERO
from jobcenter.earnings import messages
from jobcenter.earnings.domain import AMOUNTS_ONLY, Change, Effect
from jobcenter.earnings.domain_warnings import ENFORCEMENT, REDUCTIONS, urgency_of
from jobcenter.earnings.messages_sentences import sentence, time_of
from jobcenter.earnings.messages_sentences_pensions import of_housing_earning
from jobcenter.earnings.messages_sentences_reductions import of_earning, of_earning_seized
from jobcenter.earnings.presenting_cards import (
    Bar,
    Lines,
    bars_of,
    call_text,
    is_calm,
    period_text,
    state_label,
    tag_of,
)
from jobcenter.earnings.rulebook.queries_contacts import contact_for

SHRINKING = REDUCTIONS | AMOUNTS_ONLY
REVIEW_OF = {rule: rule.replace(".amount", ".review") for rule in AMOUNTS_ONLY}


@dataclass(frozen=True)
class EffectLine:
    """What an earning does to one limit. `left`: what is left before and with it, in words. `benefit`: what the benefit
    is without the earning and what it becomes.
    """

    title: str
    period: str
    sentence: str
    left: tuple[str, ...]
    benefit: Lines
    tag_kind: str
    tag: str
    bars: tuple[Bar, ...]

    @property
    def brief(self) -> bool:
        """Whether there is nothing to mind about it."""
        return not self.tag and not self.benefit


def effect_lines(effect: Effect, name: str = "") -> tuple[EffectLine, ...]:
    """The limits that an earning counts towards, for the page of an offer: the most urgent first."""
    touched = _in_order(effect)
    begun = {change.after.rule for change in touched if change.newly_unsafe}
    return tuple(_effect_line(_with_its_review(change, begun), name) for change in touched)


def _in_order(effect: Effect) -> list[Change]:
    return sorted(effect.touched, key=lambda change: (not change.newly_unsafe, urgency_of(change.after)))


def whom_to_call(effect: Effect, on: date) -> str:
    """Who answers about the most urgent limit of which anybody is known, with the number."""
    known = (contact_for(change.after.rule, on) for change in _in_order(effect))
    return call_text(next(filter(None, known), None))


def _with_its_review(change: Change, begun: Set[str]) -> Change:
    """The change of an amount whose review this earning starts: without it nothing would change at all."""
    review = REVIEW_OF.get(change.after.rule)
    return replace(change, before=None) if review in begun else change


def _effect_line(change: Change, name: str) -> EffectLine:
    after = change.after
    return EffectLine(
        title=str(messages.RULES[after.rule]),
        period=period_text(after),
        sentence=_sentence(change, name),
        left=tuple(_left(change)),
        benefit=tuple(_benefit(change)),
        tag_kind=tag_of(after),
        tag=_tag(change),
        bars=bars_of(after, _("With this gig"))[-1:],
    )


def _sentence(change: Change, name: str) -> str:
    """What this earning takes of a benefit that shrinks; of a limit, where one stands with it."""
    after = change.after
    took = _taken(change)
    if took is None:
        return sentence(after, name)
    if after.rule in AMOUNTS_ONLY:
        return of_housing_earning(took)
    of = of_earning_seized if after.rule == ENFORCEMENT else partial(of_earning, assessment=after)
    return of(took, when=time_of(after))


def _taken(change: Change) -> Decimal | None:
    """What a benefit loses by this earning, or enforcement takes of it; None where nothing is lost, and of a limit."""
    after, before = change.after.amounts, change.before.amounts if change.before else BenefitAmounts()
    if after.seized is not None:
        return None if before.seized is None else after.seized - before.seized
    if change.after.rule not in SHRINKING or not after.reduction:
        return None
    return after.reduction - (before.reduction or ZERO)


def _tag(change: Change) -> str:
    """What to mind about a change, in two words; "" if nothing."""
    if _taken(change) == ZERO:
        return ""
    if change.after.rule in SHRINKING or not change.newly_unsafe:
        return "" if is_calm(change.after) else state_label(change.after)
    return _("Goes over")


def _benefit(change: Change) -> Iterator[tuple[str, str]]:
    """The benefit with everything else agreed, and with this earning too, as far as a formula is known."""
    after = change.after.amounts
    before = change.before.amounts if change.before else replace(after, benefit_after=after.benefit_before)
    if before.benefit_after is not None and after.benefit_after is not None:
        yield _("The benefit without this gig"), texts.money(before.benefit_after)
        yield _("The benefit with this gig"), texts.money(after.benefit_after)
    if after.seized is not None:
        if change.before and before.seized is not None:
            yield _("Enforcement takes without this gig"), texts.money(before.seized)
        yield _("Enforcement takes with this gig"), texts.money(after.seized)


def _left(change: Change) -> Iterator[str]:
    """What is left under a limit, never less than nothing; what is over it is told of as that."""
    if change.after.left is None or change.after.rule in SHRINKING:
        return
    before = change.before.left_with_agreed if change.before else None
    after = change.after.left_with_agreed
    if before is not None and before >= 0:
        yield _("Left before this gig: %(amount)s.", amount=texts.money(before))
    elif before is not None:
        yield _("It is %(amount)s over without this gig too.", amount=texts.money(-before))
    if after >= 0:
        yield _("Left with this gig: %(amount)s.", amount=texts.money(after))
    else:
        yield _("With this gig it is %(amount)s over.", amount=texts.money(-after))


def passed(effect: Effect) -> tuple[str, ...]:
    """The limits that it takes the person over; a benefit that shrinks little by little is not among them."""
    return labels(rule for rule in effect.over if rule not in REDUCTIONS)


def reduced(effect: Effect) -> tuple[str, ...]:
    """The benefits that it begins to reduce."""
    return labels(rule for rule in effect.over if rule in REDUCTIONS)


def labels(rules: Iterable[str]) -> tuple[str, ...]:
    """The names of limits."""
    return tuple(str(messages.RULES[rule]) for rule in rules)
