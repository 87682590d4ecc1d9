"""The demo's present as a story: regular gigs that have been done, some that wait for somebody, and new orders.

What was done happens in the order of time, so that a list of pay in between finds the hours that were confirmed then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.demo import payday, present, private, queries
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import Wanted, at, key, morning
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.intake import service as intake
from jobcenter.orders.intake.domain_parts import TaskPart
from jobcenter.workers.domain import Demand, TaskCategory

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)
WEEKS_BACK = 6
WEEKS_IN_ALL = 10

Step = tuple[datetime, Callable[[], object]]


def tell(cast: Cast) -> None:
    """Everything that happens in the present."""
    steps = [*cafe(cast), *home_care(cast), *garden(cast), *private.work(cast), *payday.last(cast)]
    for _when, happens in sorted(steps, key=itemgetter(0)):
        happens()
    waiting_orders(cast)


def cafe(cast: Cast) -> Iterator[Step]:
    """Dishes twice a week: done and confirmed, one disputed, one to confirm, one to log; then offers in every state."""
    wanted = Wanted(
        by="olli",
        organisation="aamukaste",
        coordinator="kaisa",
        category=TaskCategory.DISHWASHING,
        title=data()["titles"]["cafe"],
        description=data()["words"]["cafe"],
        people=1,
        days=(present.next_day(MONDAY) - 7 * WEEKS_BACK, present.next_day(WEDNESDAY) - 7 * WEEKS_BACK),
        hours=(11, 14),
        form=ContractForm.ASSIGNMENT,
        weeks=WEEKS_IN_ALL,
        demands=frozenset({Demand.STANDING, Demand.NOISE}),
    )
    done, ahead = present.past_and_ahead(present.agree(cast, wanted, morning(-7 * WEEKS_BACK - 5)))
    for number, gig in enumerate(done[:-3]):
        yield gig.ends_at, partial(present.work_done, cast, wanted, gig, [("p01", "p02", "p05")[number % 3]])
    yield clock.now(), lambda: _last_of_cafe(cast, done[-3:], ahead)


def _last_of_cafe(cast: Cast, last: list[Gig], ahead: list[Gig]) -> None:
    disputed, unconfirmed, unlogged = last
    (offer_id,) = present.staff(cast, "kaisa", disputed, ["p02"])
    _finish(disputed)
    present.dispute(cast, "olli", present.log(cast, disputed, "p02", offer_id))
    (offer_id,) = present.staff(cast, "kaisa", unconfirmed, ["p05"])
    _finish(unconfirmed)
    present.log(cast, unconfirmed, "p05", offer_id)
    present.staff(cast, "kaisa", unlogged, ["p01"])
    _finish(unlogged)
    _offers(cast, ahead)


def _offers(cast: Cast, ahead: list[Gig]) -> None:
    """The next gigs: one settled, one with a yes to confirm, one with an offer to answer; the rest are open."""
    present.staff(cast, "kaisa", ahead[0], ["p01"])
    present.say_yes(cast, "p05", present.offer_slot(cast, "kaisa", ahead[1], "p05"))
    present.offer_slot(cast, "kaisa", ahead[2], "p01")
    present.offer_slot(cast, "kaisa", ahead[2], "p02")


def home_care(cast: Cast) -> Iterator[Step]:
    """Grocery bags for home-care clients: two people and a support person, once a week."""
    wanted = Wanted(
        by="sirpa",
        organisation="kotihoito",
        coordinator="kaisa",
        category=TaskCategory.GROCERY_BAGS,
        title=data()["titles"]["home_care"],
        description=data()["words"]["home_care"],
        people=2,
        days=(present.next_day(THURSDAY) - 28,),
        hours=(14, 16),
        form=ContractForm.ASSIGNMENT,
        weeks=WEEKS_BACK,
        demands=frozenset({Demand.LIFTING, Demand.OUTDOORS, Demand.CUSTOMER_CONTACT}),
    )
    done, ahead = present.past_and_ahead(present.agree(cast, wanted, morning(-33)))
    for gig in done:
        yield gig.ends_at, partial(present.work_done, cast, wanted, gig, ["p04", "p03"])
    yield clock.now(), lambda: _last_of_home_care(cast, done[0].order_id, ahead)


def _last_of_home_care(cast: Cast, order_id: int, ahead: list[Gig]) -> None:
    first = queries.gigs_of(order_id)[0]
    present.praise(cast, "sirpa", first, first.slots[0].offers[0].id)
    present.book_support(cast, "kaisa", ahead[0], "tuula")
    present.staff(cast, "kaisa", ahead[0], ["p03"])


def garden(cast: Cast) -> Iterator[Step]:
    """The other Jobcenter, in the partner form: packing for a garden."""
    wanted = Wanted(
        by="kari",
        organisation="vihervarpu",
        coordinator="mikko",
        category=TaskCategory.PACKING,
        title=data()["titles"]["garden"],
        description=data()["words"]["packing"],
        people=2,
        days=(present.next_day(TUESDAY) - 21,),
        hours=(15, 18),
        form=ContractForm.PARTNER,
        weeks=5,
        demands=frozenset({Demand.STANDING}),
    )
    done, ahead = present.past_and_ahead(present.agree(cast, wanted, morning(-26)))
    for gig in done:
        yield gig.ends_at, partial(present.work_done, cast, wanted, gig, ["p36", "p37"])
    yield clock.now(), lambda: present.offer_slot(cast, "mikko", ahead[0], "p36")


def waiting_orders(cast: Cast) -> None:
    """Orders on their way: one new with a question, one whose terms wait, one draft."""
    words = data()["words"]
    packing = Wanted(
        by="olli",
        organisation="aamukaste",
        coordinator="kaisa",
        category=TaskCategory.PACKING,
        title=words["new_order_title"],
        description=words["new_order"],
        people=3,
        days=(present.next_day(MONDAY) + 7, present.next_day(MONDAY) + 8),
        hours=(9, 13),
        form=ContractForm.ASSIGNMENT,
    )
    order_id = present.place_order(cast, packing, morning(-1))
    question = words["question"]
    at(clock.now(), lambda: intake.post_message(cast.actor("kaisa"), order_id, question, key("question")))
    leaves = Wanted(
        by="ake",
        organisation="ake",
        coordinator="kaisa",
        category=TaskCategory.RAKING,
        title=words["garden_title"],
        description=words["garden"],
        people=2,
        days=(6,),
        hours=(10, 13),
        form=ContractForm.ASSIGNMENT,
        demands=frozenset({Demand.OUTDOORS, Demand.COLD}),
    )
    order_id = present.place_order(cast, leaves, morning(-2))
    present.send_terms(cast, leaves, order_id, morning(-1))
    draft = TaskPart(TaskCategory.OTHER, words["draft_title"])
    jobcenter_id = queries.organisation_by_ref("aamukaste").jobcenter_id
    at(morning(-1), lambda: intake.start_draft(cast.actor("olli"), key("draft"), jobcenter_id, draft))


def _finish(gig: Gig) -> None:
    at(min(clock.now(), gig.ends_at + timedelta(minutes=5)), lambda: present.gigs.finish_gig(gig.id))
