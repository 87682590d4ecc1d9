"""Who is told when it changes who pays an order: the orderer, and everybody who pays a share or did until now."""

from __future__ import annotations

from jobcenter.auth import queries as auth
from jobcenter.billing.invoices.queries import members_of
from jobcenter.billing.shares import messages, queries
from jobcenter.billing.shares.domain import Split, Splits
from jobcenter.billing.shares.models import OrderSplit
from jobcenter.core import texts
from jobcenter.core.web import absolute_url
from jobcenter.notifications import service as notifications
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation


def tell_of_change(order: Order, made: OrderSplit, before: Split, now: Split) -> None:
    """Queue the mails; one address gets one, in its language. Only the orderer has a page to look at, and is told of
    everybody's shares; others, who may be private persons, only of their own.
    """
    organisations = queries.payers([Splits((before, now))]) | {order.organisation_id: queries.orderer_of(order)}
    everybody = {organisation.id: organisation.name for organisation in organisations.values()}
    jobcenter = auth.jobcenter(order.jobcenter_id).name
    for organisation in sorted(organisations.values(), key=lambda one: one.id != order.organisation_id):
        is_orderer = organisation.id == order.organisation_id
        names = everybody if is_orderer else {organisation.id: organisation.name}
        for address, language in _addresses_of(organisation):
            with texts.in_language(language):
                url = absolute_url("shares.show", order_id=order.id) if is_orderer else ""
                mail = messages.changed(order.title, now, names, jobcenter=jobcenter, url=url)
            notifications.queue(
                mail,
                to=address,
                language=language,
                dedupe_key=f"payers:{made.id}:{address}"[:160],
                kind="payers",
                jobcenter_id=order.jobcenter_id,
            )


def _addresses_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The organisation's own address, else its members'; each with the language."""
    members = members_of(organisation.id)
    if organisation.email:
        return [(organisation.email, members[0].language if members else texts.DEFAULT)]
    return [(member.email, member.language) for member in members]
