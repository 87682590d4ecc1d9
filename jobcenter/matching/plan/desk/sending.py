"""Sends a plan's offers, each gig in a unit of work of its own: what cannot be sent any more keeps nobody else waiting.

Killed halfway, it is sent on by sending again: what has gone out is marked in the same transaction.
"""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core.errors import DomainError, describe
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.plan.desk import queries, service_sending
from jobcenter.matching.plan.desk.domain import SendPlan, Sent

# So many offers go out while somebody waits for the page; what is left goes out when they send again.
MOST_AT_ONCE = 100


def send_plan(actor: Actor, plan_id: int, command: SendPlan) -> Sent:
    """Offer the proposed places of a plan, of a large one so many at once; how many went out, what was refused and why.

    Raises NotPossible for a plan that is not ready, NotFound.
    """
    with unit_of_work():
        places = service_sending.begin(actor, plan_id)
    sent = Sent(left=len(places[MOST_AT_ONCE:]))
    for placement_id in places[:MOST_AT_ONCE]:
        sent += _send_place(actor, placement_id, command)
    if sent.left:
        return sent
    if command.stand_ins:
        for gig_id in queries.gigs_sent_in(plan_id):
            sent += _line_up(actor, plan_id, gig_id, command)
    with unit_of_work():
        service_sending.end(actor, plan_id)
    return sent


def _send_place(actor: Actor, placement_id: int, command: SendPlan) -> Sent:
    try:
        with unit_of_work():
            return Sent(int(service_sending.send_place(actor, placement_id, command)))
    except DomainError as error:
        words = describe(error)
    with unit_of_work():
        return Sent(refused=(service_sending.refuse_place(actor, placement_id, words),))


def _line_up(actor: Actor, plan_id: int, gig_id: int, command: SendPlan) -> Sent:
    try:
        with unit_of_work():
            service_sending.line_up(actor, plan_id, gig_id, command)
    except DomainError as error:
        return Sent(refused=(describe(error),))
    return Sent()
