"""The contract guard: who may be offered an assignment contract.

Unemployment law counts work outside an employment relationship as entrepreneurship, so an assignment contract stops an
unemployed person's benefit while it is looked into. No role, setting or argument passes this guard by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter.benefits.codes import GuardReason, WayOut
from jobcenter.benefits.domain import UNEMPLOYMENT_BENEFITS, BenefitKind, ContractForm, JobseekerStatus, Person


@dataclass(frozen=True)
class GuardAnswer:
    """Whether the form may be used; if not, why, because of which benefit (if one), and what can be done instead."""

    allowed: bool
    reason: GuardReason | None
    benefit: BenefitKind | None
    way_out: WayOut


ALLOWED = GuardAnswer(allowed=True, reason=None, benefit=None, way_out=WayOut.NONE_NEEDED)


def may_offer(*, form: ContractForm, person: Person, from_: date, to: date) -> GuardAnswer:
    """Whether a gig on the days [from_, to], both included, may be offered to `person` in contract form `form`.

    The partner form always may. The assignment form is refused to a holder of an unemployment benefit on any of the
    days, to a registered unemployed jobseeker, and to anyone of whom either is not known. A benefit without a known
    start counts as held. What the person has told another Jobcenter refuses too, until they say which is right: the
    reading that protects wins, and which benefit it is stays there. Raises ValueError if `to` is before `from_`.
    """
    if to < from_:
        raise ValueError(f"a gig cannot end on {to}, before it begins on {from_}")
    if form is ContractForm.PARTNER:
        return ALLOWED
    benefit = _unemployment_benefit(person, from_, to)
    if benefit:
        return _refused(GuardReason.UNEMPLOYMENT_BENEFIT, WayOut.USE_PARTNER_FORM, benefit)
    if person.jobseeker is JobseekerStatus.REGISTERED:
        return _refused(GuardReason.REGISTERED_JOBSEEKER, WayOut.USE_PARTNER_FORM)
    if not person.asked:
        return _refused(GuardReason.BENEFITS_NOT_ASKED, WayOut.ASK_FIRST)
    if person.jobseeker is not JobseekerStatus.NOT_REGISTERED:
        return _refused(GuardReason.JOBSEEKER_UNKNOWN, WayOut.ASK_FIRST)
    if person.told_elsewhere:
        return _refused(GuardReason.TOLD_OTHERWISE, WayOut.ASK_FIRST)
    return ALLOWED


def _unemployment_benefit(person: Person, first: date, last: date) -> BenefitKind | None:
    """The first unemployment benefit, in the order of `BenefitKind`, held on any of the days."""
    held = {b.kind for b in person.benefits or () if b.kind in UNEMPLOYMENT_BENEFITS and b.held_within(first, last)}
    return next((kind for kind in BenefitKind if kind in held), None) if held else None


def _refused(reason: GuardReason, way_out: WayOut, benefit: BenefitKind | None = None) -> GuardAnswer:
    return GuardAnswer(allowed=False, reason=reason, benefit=benefit, way_out=way_out)
