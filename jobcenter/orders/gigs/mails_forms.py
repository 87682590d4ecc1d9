"""The mails about another contract form for a gig."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.mail_parts import answer_line, facts


def partner_form_proposed(card: GigCard, *, partner: str, price: Decimal, vat_percent: Decimal, url: str) -> Mail:
    """To the orderer: the partner would employ whoever comes to this gig, at another price."""
    return Mail(
        _("Please answer: another contract form for %(title)s", title=card.title),
        paragraphs(
            _("Hello,"),
            _("the people found for this gig can come if they are employed by %(partner)s:", partner=partner),
            facts(card),
            _(
                "The price of an hour would be %(price)s + VAT %(vat)s. You do not become an employer.",
                price=texts.money(price),
                vat=texts.percent(vat_percent),
            ),
            _("Nothing changes before you have accepted it. Read more and answer here:"),
            url,
        ),
    )


def proposal_answered(card: GigCard, *, by: str, accepted: bool, url: str) -> Mail:
    """To the coordinator: what the orderer says to the partner form."""
    title = card.title
    yes, no = _("Partner form accepted: %(title)s", title=title), _("Partner form declined: %(title)s", title=title)
    done = _("%(name)s accepted the partner form for this gig. Its people have been asked anew.", name=by)
    kept = _("%(name)s keeps the contract form that was agreed. Find somebody to stand in.", name=by)
    return Mail(yes if accepted else no, paragraphs(_("Hello,"), done if accepted else kept, facts(card), url))


def asked_anew(card: GigCard, *, name: str, partner: str, answer_by: datetime | None, url: str) -> Mail:
    """To a worker who had agreed to the gig, or was stopped: the partner would employ them; they answer anew."""
    return Mail(
        _("Please answer anew: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("this gig is now done so that %(partner)s employs you.", partner=partner),
            facts(card, pay=True),
            _("What was agreed before does not hold any more. Say yes or no anew here. Both are fine:"),
            url,
            answer_line(answer_by),
        ),
    )
