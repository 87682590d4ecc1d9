"""The desk's verbs: an offer that the rules have looked at, and an answer that knows what it does to limits."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from jobcenter.auth.domain import Actor
from jobcenter.benefits import Income, IncomeState, Person
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotPossible, describe
from jobcenter.earnings.domain import Case, Effect
from jobcenter.earnings.queries import case_of, income_of_gig
from jobcenter.matching import messages, queries
from jobcenter.matching.domain import (
    Fit,
    LimitNotUnderstood,
    NeedsReason,
    OfferCommand,
    RuleRefuses,
    RuleRefusesKindly,
    Yes,
)
from jobcenter.orders.gigs import post, service_offers
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.cards import Reader, card_of, span_of
from jobcenter.orders.gigs.domain import GONE, GuardRefused, GuardRefusedKindly, Place, ask_guard
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.policy import can_staff
from jobcenter.orders.gigs.service_offers import MakeOffer
from jobcenter.orders.hours.queries import entry_of_offer
from jobcenter.orders.rates.domain import RateMissing
from jobcenter.workers import policy as workers
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import consent_in_force, supporters_of


def offer(actor: Actor, slot_id: int, worker_id: int, command: OfferCommand) -> Offer:
    """Offer a slot. A rule that can be passed by needs a reason, which is kept; the others cannot be passed by.

    Raises RuleRefuses, NeedsReason, and what `orders.gigs` raises.
    """
    gig, slot = gigs.gig_of_slot_for(actor, slot_id)
    fit = queries.match_of(gig, worker_id, clock.now()).fit
    wanted = MakeOffer(worker_id, command.answer_by, absent_from(slot))
    made = service_offers.offer(actor, slot_id, wanted)
    _refuse(fit, command.reason)
    if fit.refusals:
        codes = [finding.code.value for finding in fit.refusals]
        after = {"rules": codes, "reason": command.reason}
        audit.record(actor, "offer.override", "offer", made.id, after=after, jobcenter_id=gig.jobcenter_id)
    return made


def accept(actor: Actor, offer_id: int, command: Yes) -> Offer:
    """Say yes. When a limit goes over, or nobody can say whether one does, the worker must say that they know.

    The support person is told of a limit that goes over.

    Raises LimitNotUnderstood, and what `orders.gigs` raises.
    """
    effect = effect_of(gigs.offer_for(actor, offer_id), clock.now())
    taken = service_offers.accept(actor, offer_id, pitch=command.pitch)
    check_known(actor, taken.worker, effect, knows=command.knows)
    keep_what_is_known(actor, taken, effect)
    return taken


def keep_what_is_known(actor: Actor, taken: Offer, effect: Effect | None) -> None:
    """Keep that the worker knew what a taken gig does to limits; tell the support person of one that goes over."""
    if effect is not None and effect.needs_knowing:
        after = {"limits": list(effect.over), "not_known": list(effect.not_known)}
        audit.record(actor, "offer.limits_known", "offer", taken.id, after=after, jobcenter_id=taken.gig.jobcenter_id)
    if effect is not None and effect.over:
        post.limit_goes_over(taken, _supporters_who_may_know(taken.worker_id))


def check_known(actor: Actor, worker: Worker, effect: Effect | None, *, knows: bool) -> None:
    """Refuse a yes that would take a limit over, or of which nobody can say, unless it is said that this is known. Who
    may not see the person's limits cannot know it for them, and is not told of which limit it is.

    Raises LimitNotUnderstood.
    """
    if effect is not None and not effect.needs_knowing:
        return
    if not sees_limits(actor, worker):
        raise LimitNotUnderstood("limits_for_the_person")
    if not knows:
        _check_safe(effect)


def sees_limits(actor: Actor, worker: Worker) -> bool:
    """Limits are for the person, their coordinators, and a support person who may see earnings."""
    own = workers.is_own(actor, worker) or workers.can_coordinate(actor, worker)
    return own or consent_in_force(worker.id, ConsentPurpose.SUPPORT_SEES_EARNINGS) is not None


def _check_safe(effect: Effect | None) -> None:
    if effect is None:
        raise LimitNotUnderstood("limits_not_computed", "knows")
    if effect.over:
        raise LimitNotUnderstood("limit_not_understood", "knows", limits=messages.limit_names(effect.over))
    if effect.unknown:
        raise LimitNotUnderstood("limit_not_known", "knows", limits=messages.limit_names(effect.not_known))


def mark_no_show(actor: Actor, offer_id: int) -> Offer:
    """The person did not come. Raises NotPossible when hours are logged for the place, NotBegun before the gig."""
    gigs.coordinated_offer_for(actor, offer_id)
    if entry_of_offer(offer_id) is not None:
        raise NotPossible("hours_are_logged")
    return service_offers.mark_no_show(actor, offer_id)


def effect_of(offer: Offer, now: datetime, *, recurring: bool | None = None) -> Effect | None:
    """What a gig does to its worker's limits; None when no wage is set for its day."""
    looked = look(offer.gig, offer.worker_id, now, recurring=recurring)
    return None if looked is None else looked.effect


class Look(NamedTuple):
    """A worker's case, what a gig would earn, and what that does to limits."""

    case: Case
    income: Income
    effect: Effect


def look(gig: Gig, worker_id: int, now: datetime, *, recurring: bool | None = None) -> Look | None:
    """What a yes to a gig does to a worker's limits; None when no wage is set for a day that matters.

    An offer and the question whether they would come are looked at alike: without all that is only on offer.
    """
    try:
        income = income_of_gig(gig, IncomeState.AGREED) if recurring is None else _income(gig, recurring)
        case = case_of(worker_id, now)
        return Look(case, income, case.effect_of(income))
    except RateMissing:
        return None


def _income(gig: Gig, recurring: bool) -> Income:
    """What a gig earns, when it is known already whether the order's gigs repeat. Raises RateMissing."""
    card = card_of(gig)
    if card.pay is None:
        raise RateMissing("rate_missing", kind="wage", day=card.span.first_day)
    return Income(
        worked_on=card.span.first_day,
        paid_on=None,
        gross=card.pay,
        contract=card.form,
        state=IncomeState.AGREED,
        recurring=recurring,
    )


def guard_words(actor: Actor, offer: Offer, person: Person, partner: str, today: date) -> str:
    """Why the contract guard would refuse a yes, in words to the reader; "" when it would not."""
    answer = ask_guard(Place(span_of(offer.gig), offer.gig.contract_form), person, today)
    if answer.allowed:
        return ""
    refusal = GuardRefused if can_staff(actor, offer.gig) else GuardRefusedKindly
    return describe(refusal(answer, name=offer.worker.name, partner=partner))


def absent_from(slot: Slot) -> int | None:
    """The offer of whoever last had the slot and is not coming: the next one stands in for them."""
    gone = [offer.id for offer in slot.offers if offer.status in GONE and offer.answered_at is not None]
    return max(gone, default=None)


def refuse_by_rules(actor: Actor, gig: Gig, worker: Worker) -> None:
    """Refuse somebody a place that a rule nobody may set aside keeps them from, whoever gives it and by whatever door.

    Which rule it is, only a coordinator is told.
    """
    finding = queries.refusal_of_place(gig, worker.id, clock.now())
    if finding is None:
        return
    if can_staff(actor, gig):
        raise RuleRefuses("rule_keeps_off", name=worker.name, reason=messages.reason(finding))
    raise RuleRefusesKindly("rule_keeps_off_kindly")


service_offers.ask_also(refuse_by_rules)


def _refuse(fit: Fit, reason: str) -> None:
    if fit.never is not None:
        raise RuleRefuses("rule_refuses", reason=messages.reason(fit.never))
    if fit.refusals and not reason:
        reasons = " ".join(messages.reason(finding) for finding in fit.refusals)
        raise NeedsReason("match_reason_needed", "reason", reasons=reasons)


def _supporters_who_may_know(worker_id: int) -> list[Reader]:
    """The support persons, if the worker lets them see earnings."""
    if consent_in_force(worker_id, ConsentPurpose.SUPPORT_SEES_EARNINGS) is None:
        return []
    linked = supporters_of([worker_id], clock.today())[worker_id]
    persons = [person for person in linked if person.kind is SupportKind.SUPPORT_PERSON]
    return [Reader(person.email, person.language, person.name) for person in persons]
