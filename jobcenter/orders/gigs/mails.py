"""The mails of gigs: one pure function each, in the language in force (`texts.in_language`)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.gigs.domain import GigCard, Span
from jobcenter.orders.gigs.mail_parts import answer_line, facts, on_behalf_line, why


def offer_made(card: GigCard, *, name: str, answer_by: datetime | None, url: str) -> Mail:
    """To the worker: a gig is offered."""
    return Mail(
        _("A gig for you: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("there is a gig that could be for you."),
            facts(card, pay=True),
            _("On this page you see what the gig does to your benefits. Say yes or no there. Both are fine."),
            url,
            answer_line(answer_by),
        ),
    )


def offer_made_to_somebody_you_support(card: GigCard, *, worker: str, answer_by: datetime | None, url: str) -> Mail:
    """To the support person: somebody has an offer to think about."""
    return Mail(
        _("%(name)s has a gig offer: %(title)s", name=worker, title=card.title),
        paragraphs(
            _("Hello,"),
            _("%(name)s can take a gig. Look at it together, if the person wishes.", name=worker),
            facts(card),
            url,
            answer_line(answer_by),
        ),
    )


def said_yes(card: GigCard, *, worker: str, by: str, pitch: str, url: str) -> Mail:
    """To the coordinator: confirm the place."""
    return Mail(
        _("%(name)s said yes: %(title)s, %(day)s", name=worker, title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("%(name)s said yes to a gig. The place is theirs until you confirm or withdraw it.", name=worker),
            on_behalf_line(worker, by),
            facts(card),
            _("In their own words: %(pitch)s", pitch=pitch) if pitch else "",
            _("Confirm the place here. The contract is made then:"),
            url,
        ),
    )


def said_no(card: GigCard, *, worker: str, by: str, reason: str, url: str) -> Mail:
    """To the coordinator: ask somebody else."""
    return Mail(
        _("%(name)s said no: %(title)s, %(day)s", name=worker, title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("%(name)s does not take this gig.", name=worker),
            on_behalf_line(worker, by),
            facts(card),
            why(reason),
            _("See who else fits:"),
            url,
        ),
    )


def not_answered(card: GigCard, *, worker: str, url: str) -> Mail:
    """To the coordinator: the time to answer ran out."""
    return Mail(
        _(
            "%(name)s did not answer in time: %(title)s, %(day)s",
            name=worker,
            title=card.title,
            day=texts.day(card.span.first_day),
        ),
        paragraphs(
            _("Hello,"),
            _("the time of %(name)s to answer has passed. The person has been told kindly.", name=worker),
            facts(card),
            _("See who else fits:"),
            url,
        ),
    )


def limit_goes_over(card: GigCard, *, worker: str) -> Mail:
    """To the support person who may see earnings: the worker took a gig that takes a limit over, and knows it."""
    return Mail(
        _("%(name)s took a gig that goes over an earnings limit", name=worker),
        paragraphs(
            _("Hello,"),
            _("%(name)s said yes to this gig and said that they know that an earnings limit goes over.", name=worker),
            facts(card),
            _(
                "Talk it through together. Your coordinator helps to plan the hours. This is an estimate, not a "
                "decision."
            ),
        ),
    )


def place_gone_kindly(card: GigCard, *, name: str) -> Mail:
    """To a worker whose open offer ended because somebody else took the last place, or fewer people are needed."""
    return Mail(
        _("This gig is taken now: %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("the gig that we offered you does not need more people now."),
            facts(card),
            _("You need not do anything. We were glad to think of you, and we will offer you other gigs."),
        ),
    )


def no_answer_came(card: GigCard, *, name: str) -> Mail:
    """To a worker whose time to answer ran out."""
    return Mail(
        _("The time to answer is over: %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("we offered you a gig, and the time to answer is over now."),
            facts(card),
            _("That is all right. If you would still like to come, call your coordinator: the place may be free."),
        ),
    )


def place_confirmed(card: GigCard, *, name: str, supporters: str, url: str) -> Mail:
    """To the worker: the place is theirs."""
    return Mail(
        _("The gig is yours: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("the gig is yours. Welcome!"),
            facts(card, contact=True, pay=True),
            _("With you comes: %(names)s", names=supporters) if supporters else "",
            _("Your contract and everything about the gig are here:"),
            url,
            _("If you cannot come, tell us on the same page as soon as you know. That is all right."),
        ),
    )


def place_not_confirmed(card: GigCard, *, name: str) -> Mail:
    """To a worker who said yes but whose place was never confirmed: the fault is ours."""
    return Mail(
        _("The gig did not come about: %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("you said yes to a gig, but we did not confirm it in time. That was our mistake, and we are sorry."),
            facts(card),
            _("Your coordinator will be in touch with you about the next gigs."),
        ),
    )


def place_withdrawn(card: GigCard, *, name: str, reason: str) -> Mail:
    """To a worker whose place the coordinator took back."""
    return Mail(
        _("A change: you are not needed on the gig %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("a gig of yours has changed. You need not come to this gig:"),
            facts(card),
            why(reason),
            _("You can ask your coordinator about it. We will offer you other gigs."),
        ),
    )


def worker_cannot_come(card: GigCard, *, who: str, reason: str, url: str) -> Mail:
    """To the coordinator and the support person: find a stand-in. `who` is the name that the reader may know."""
    return Mail(
        _("%(name)s cannot come: %(title)s, %(day)s", name=who, title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("%(name)s cannot come to this gig:", name=who),
            facts(card),
            why(reason),
            _("Find somebody to stand in:"),
            url,
        ),
    )


def worker_cannot_come_for_orderer(card: GigCard, *, who: str, reason: str, url: str) -> Mail:
    """To the orderer: somebody cannot come, and a stand-in is looked for."""
    return Mail(
        _("A change to your gig: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("%(name)s cannot come to this gig:", name=who),
            facts(card),
            why(reason),
            _("We are looking for somebody to stand in. You need not do anything. You see here who is coming:"),
            url,
        ),
    )


def worker_cannot_come_for_support(card: GigCard, *, who: str, reason: str) -> Mail:
    """To a support person: somebody they support, or were to come along with, cannot come."""
    return Mail(
        _("%(name)s cannot come: %(title)s, %(day)s", name=who, title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("%(name)s cannot come to this gig:", name=who),
            facts(card),
            why(reason),
            _("The coordinator knows and looks for somebody to stand in."),
        ),
    )


def gig_staffed(card: GigCard, *, people: list[str], url: str) -> Mail:
    """To the orderer: everyone for the gig is found. `people` are first names with what the orderer may be told."""
    return Mail(
        _("Your gig has its people: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("everyone for your gig has been found."),
            facts(card),
            _("Who is coming:") + "\n" + "\n".join(f"- {person}" for person in people),
            _("Changes and cancelling:"),
            url,
        ),
    )


def gig_cancelled(card: GigCard, *, name: str, reason: str, by: str) -> Mail:
    """To everyone on the gig, and to the other side."""
    return Mail(
        _("Cancelled: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name) if name else _("Hello,"),
            _("this gig is cancelled. You need not come to it or do anything:"),
            facts(card),
            why(reason),
            _("Cancelled by: %(name)s", name=by),
        ),
    )


def gig_reopened(card: GigCard, *, by: str, url: str) -> Mail:
    """To the orderer and the coordinator: the gig takes place after all, and people are looked for anew."""
    return Mail(
        _("The gig takes place after all: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("this gig was cancelled and has been opened again. People are looked for anew."),
            facts(card),
            _("Opened by: %(name)s", name=by),
            url,
        ),
    )


def gig_changed(card: GigCard, *, name: str, before: Span, place_before: str, url: str) -> Mail:
    """To everyone on the gig, and to the orderer: another time or place."""
    return Mail(
        _("The gig has changed: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name) if name else _("Hello,"),
            _("the time or the place of this gig has changed. Before:"),
            f"{texts.interval(before.starts_at, before.ends_at)}\n{place_before}",
            _("Now:"),
            facts(card),
            _("If the new time or place does not suit you, say so here:"),
            url,
        ),
    )


def people_changed(card: GigCard, *, before: int, people: int, by: str, url: str) -> Mail:
    """To the other side: another number of people."""
    return Mail(
        _("Another number of people: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hello,"),
            _("The number of people on this gig was %(before)s and is now %(people)s.", before=before, people=people),
            facts(card),
            _("Changed by: %(name)s", name=by),
            url,
        ),
    )


def support_booked(card: GigCard, *, name: str, people: list[str], url: str) -> Mail:
    """To the support person who comes along."""
    return Mail(
        _("You come along to a gig: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("you are booked to come along to this gig:"),
            facts(card, contact=True),
            _("On the gig: %(names)s", names=", ".join(people)) if people else "",
            url,
        ),
    )


def support_unbooked(card: GigCard, *, name: str) -> Mail:
    """To the support person who need not come along after all."""
    return Mail(
        _("You need not come along: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(_("Hi %(name)s,", name=name), _("you need not come along to this gig:"), facts(card)),
    )


def swapped(card: GigCard, *, name: str, before: GigCard, reason: str, url: str) -> Mail:
    """To a worker who changed gigs with somebody."""
    return Mail(
        _("Your gig changed: %(title)s, %(day)s", title=card.title, day=texts.day(card.span.first_day)),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("you swapped gigs with somebody, as agreed. You do not go to this gig any more:"),
            facts(before),
            _("You go to this gig:"),
            facts(card, contact=True),
            why(reason),
            _("We send you a message when the place is confirmed. See the gig here:"),
            url,
        ),
    )


def missed(card: GigCard, *, name: str) -> Mail:
    """To a worker who did not come."""
    return Mail(
        _("We missed you on the gig %(title)s", title=card.title),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("you were expected on this gig, but you did not come:"),
            facts(card),
            _("Is everything all right? Call your coordinator, so that we can find out together what would help."),
            _("If you were there after all, tell your coordinator: then we correct this."),
        ),
    )
