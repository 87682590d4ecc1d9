"""What happens in the demo's present, through the same services as everywhere, at the times when it would happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.demo import queries
from jobcenter.demo.cast import Cast, data
from jobcenter.orders.feedback import service as feedback
from jobcenter.orders.feedback.domain import GiveFeedback, HowItWent, Praise
from jobcenter.orders.gigs import service as gigs
from jobcenter.orders.gigs import service_offers as offers
from jobcenter.orders.gigs import service_support as support
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.gigs.service_offers import MakeOffer
from jobcenter.orders.hours import service as hours
from jobcenter.orders.hours.domain import DisputeHours, LogHours, Typed
from jobcenter.orders.intake import service as intake
from jobcenter.orders.intake.domain_parts import OfferTerms, PlacePart, TaskPart, TimesPart, WholeOrder
from jobcenter.orders.intake.domain_times import WishedTime
from jobcenter.orders.rates.queries import hourly_rates
from jobcenter.workers.domain import Demand, TaskCategory

T = TypeVar("T")
MORNING = time(8, 30)
AFTERNOON = time(16)


@dataclass(frozen=True)
class Wanted:
    """An order of the demo: by whom, what, how many people, on which days from today on, until when weekly."""

    by: str
    organisation: str
    coordinator: str
    category: TaskCategory
    title: str
    description: str
    people: int
    days: tuple[int, ...]
    hours: tuple[int, int]
    form: ContractForm
    weeks: int = 0
    demands: frozenset[Demand] = frozenset()


def at(instant: datetime, action: Callable[[], T]) -> T:
    """Do something at an instant, as one unit of work."""
    with clock.frozen(instant), unit_of_work():
        return action()


def morning(days: int) -> datetime:
    """The morning of a day counted from today."""
    return clock.at(clock.today() + timedelta(days=days), MORNING)


def key(name: str) -> str:
    """A form's key that is the same every time."""
    return str(uuid5(NAMESPACE_URL, f"jobcenter-demo-{name}"))


def place_order(cast: Cast, wanted: Wanted, placed: datetime) -> int:
    """Place an order; its id."""
    organisation = queries.organisation_by_ref(wanted.organisation)
    whole = WholeOrder(
        jobcenter_id=organisation.jobcenter_id,
        organisation_id=organisation.id,
        task=TaskPart(wanted.category, wanted.title, wanted.description),
        times=TimesPart(wanted.people, tuple(_times(wanted))),
        place=PlacePart(
            place_name=organisation.name,
            street=organisation.street,
            postcode=organisation.postcode,
            city=organisation.city,
            contact_name=cast.actor(wanted.by).name,
            contact_phone="040 555 0100",
            demands=wanted.demands,
        ),
    )
    return at(placed, lambda: intake.place_order(cast.actor(wanted.by), whole)).id


def _times(wanted: Wanted) -> list[WishedTime]:
    today = clock.today()
    starts, ends = time(wanted.hours[0]), time(wanted.hours[1])
    return [
        WishedTime(
            day=_weekday(today + timedelta(days=days)),
            starts=starts,
            ends=ends,
            weekly_until=_weekday(today + timedelta(days=days)) + timedelta(weeks=wanted.weeks)
            if wanted.weeks
            else None,
        )
        for days in wanted.days
    ]


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def send_terms(cast: Cast, wanted: Wanted, order_id: int, sent: datetime) -> int:
    """Send the terms at the list price of the day; the id of what was sent."""
    orderer = queries.organisation_by_ref(wanted.organisation)
    price = hourly_rates(wanted.form, orderer.jobcenter_id, clock.day_of(sent), orderer.kind).price
    terms = OfferTerms(contract_form=wanted.form, hourly_price=price)
    return at(sent, lambda: intake.send_terms(cast.actor(wanted.coordinator), order_id, terms)).id


def agree(cast: Cast, wanted: Wanted, placed: datetime) -> int:
    """Place an order, have its terms accepted and its gigs made; its id."""
    order_id = place_order(cast, wanted, placed)
    sent_id = send_terms(cast, wanted, order_id, placed + timedelta(hours=3))
    at(placed + timedelta(hours=5), lambda: intake.accept_terms(cast.actor(wanted.by), order_id, sent_id))
    at(placed + timedelta(hours=5), lambda: gigs.make_gigs_for(order_id))
    return order_id


def offer_slot(cast: Cast, coordinator: str, gig: Gig, worker: str, position: int = 0) -> int:
    """Offer a slot of a gig to a worker, some days before or now; the offer's id."""
    when = min(clock.now(), gig.starts_at - timedelta(days=4))
    answer_by = min(clock.at(clock.day_of(when) + timedelta(days=3), AFTERNOON), gig.starts_at)
    command = MakeOffer(queries.worker_by_ref(worker).id, answer_by)
    return at(when, lambda: offers.offer(cast.actor(coordinator), gig.slots[position].id, command)).id


def staff(cast: Cast, coordinator: str, gig: Gig, workers: Sequence[str]) -> list[int]:
    """Offer a gig's slots, have them accepted and confirmed; the offers' ids."""
    made = []
    for position, worker in enumerate(workers):
        offer_id = offer_slot(cast, coordinator, gig, worker, position)
        when = min(clock.now(), gig.starts_at - timedelta(days=3))
        at(when, lambda who=worker, which=offer_id: offers.accept(cast.actor(who), which))
        at(when, lambda which=offer_id: offers.confirm(cast.actor(coordinator), which))
        made.append(offer_id)
    return made


def log(cast: Cast, gig: Gig, worker: str, offer_id: int) -> int:
    """Have a worker log the hours of a gig an hour after its end; the entry's id."""
    starts, ends = clock.local(gig.starts_at), clock.local(gig.ends_at)
    typed = Typed(starts.date(), starts.time(), ends.time(), gig.break_minutes)
    when = min(clock.now(), gig.ends_at + timedelta(hours=1))
    return at(when, lambda: hours.log_hours(cast.actor(worker), offer_id, LogHours(typed))).id


def work_done(cast: Cast, wanted: Wanted, gig: Gig, workers: Sequence[str]) -> None:
    """A gig from offer to confirmed hours."""
    made = staff(cast, wanted.coordinator, gig, workers)
    at(min(clock.now(), gig.ends_at + timedelta(minutes=5)), lambda: gigs.finish_gig(gig.id))
    for worker, offer_id in zip(workers, made, strict=True):
        entry_id = log(cast, gig, worker, offer_id)
        when = min(clock.now(), gig.ends_at + timedelta(days=1))
        at(when, lambda which=entry_id: hours.confirm_hours(cast.actor(wanted.by), which))


def dispute(cast: Cast, orderer: str, entry_id: int) -> None:
    """Have the orderer dispute hours."""
    command = DisputeHours(data()["words"]["dispute"])
    at(clock.now(), lambda: hours.dispute_hours(cast.actor(orderer), entry_id, command))


def praise(cast: Cast, orderer: str, gig: Gig, offer_id: int) -> None:
    """Have the orderer give feedback."""
    words = GiveFeedback(HowItWent.WELL, frozenset({Praise.CAREFUL, Praise.FRIENDLY}), data()["words"]["feedback"])
    at(clock.now(), lambda: feedback.give_feedback(cast.actor(orderer), gig.id, offer_id, words))


def book_support(cast: Cast, coordinator: str, gig: Gig, who: str) -> None:
    """Book a support person along."""
    at(clock.now(), lambda: support.book_support(cast.actor(coordinator), gig.id, cast.users[who]))


def say_yes(cast: Cast, worker: str, offer_id: int) -> None:
    """Have a worker say yes, with a short pitch."""
    at(clock.now(), lambda: offers.accept(cast.actor(worker), offer_id, pitch=data()["words"]["pitch"]))


def next_day(weekday: int) -> int:
    """How many days it is from today to the next such weekday; none if it is today."""
    return (weekday - clock.today().weekday()) % 7


def past_and_ahead(order_id: int) -> tuple[list[Gig], list[Gig]]:
    """An order's gigs that are over, with an hour to log them, and those not begun."""
    found, now = queries.gigs_of(order_id), clock.now()
    return (
        [gig for gig in found if gig.ends_at + timedelta(hours=1) <= now],
        [gig for gig in found if gig.starts_at > now],
    )
