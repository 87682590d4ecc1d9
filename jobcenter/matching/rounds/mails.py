"""The mails of rounds: one pure function each, in the language in force (`texts.in_language`)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.matching.rounds.domain import Manner
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.mail_parts import facts


def asked(card: GigCard, *, name: str, closes_at: datetime, manner: Manner, url: str) -> Mail:
    """To the worker: would you like this gig? Quick or slow makes no difference, unless it does."""
    first = manner is Manner.FIRST
    haste = _("The first to say yes gets the place.") if first else _("You need not hurry: all answers count the same.")
    return Mail(
        _("Would you like this gig? %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("there is a gig that could be for you. We ask several people."),
            facts(card, pay=True),
            _("Answer by %(when)s.", when=texts.when(closes_at)) + " " + haste,
            _("On this page you see what the gig does to your benefits. Say yes or no there. Both are fine."),
            url,
        ),
    )


def asked_to_somebody_you_support(card: GigCard, *, worker: str, closes_at: datetime, url: str) -> Mail:
    """To the support person: somebody is asked to a gig."""
    return Mail(
        _("%(name)s is asked to a gig: %(title)s", name=worker, title=card.title),
        paragraphs(
            _("Hello,"),
            _(
                "several people are asked to a gig, %(name)s too. Look at it together, if the person wishes.",
                name=worker,
            ),
            facts(card),
            _("Answer by %(when)s.", when=texts.when(closes_at)),
            url,
        ),
    )


def on_waiting_list(card: GigCard, *, name: str) -> Mail:
    """To a worker who would have come: others got the places this time."""
    return Mail(
        _("You are on the waiting list: %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("thank you for your yes. This time the places went to others."),
            facts(card),
            _("You are on the waiting list. If somebody cannot come, we ask you. You need not do anything."),
        ),
    )


def not_needed(card: GigCard, *, name: str) -> Mail:
    """To a worker who was asked: no answer is needed any more."""
    return Mail(
        _("You need not answer any more: %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("we asked you about this gig. It is not open any more."),
            facts(card),
            _("This is all right. We will ask you to other gigs."),
        ),
    )


def to_choose(card: GigCard, *, willing: int, url: str) -> Mail:
    """To the coordinator: everyone has answered, or the time is over."""
    said = ngettext("%(num)s person would like to come.", "%(num)s people would like to come.", willing)
    return Mail(
        _("Choose people: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(_("Hello,"), said, facts(card), _("Choose here who gets the places:"), url),
    )


def next_proposed(card: GigCard, *, worker: str, url: str) -> Mail:
    """To the coordinator: a place is free again, and who is next."""
    return Mail(
        _("A place is free, next is %(name)s: %(title)s", name=worker, title=card.title),
        paragraphs(
            _("Hello,"),
            _("a place of this gig is free again. Next in line is %(name)s.", name=worker),
            facts(card),
            _("Send the offer, or choose otherwise, here:"),
            url,
        ),
    )


def nobody_left(card: GigCard, *, url: str) -> Mail:
    """To the coordinator: places are free and nobody is in line."""
    return Mail(
        _("Nobody is left in line: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("everyone who was asked to this gig has answered, and places are still free."),
            facts(card),
            _("Ask more people here:"),
            url,
        ),
    )
