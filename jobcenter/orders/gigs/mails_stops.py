"""The mails about gigs that end, or wait, because of what a person told: a benefit, or no wish to take part."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.mail_parts import listed


def stopped_kindly(cards: list[GigCard], *, name: str, partner: str) -> Mail:
    """To a worker whose assignment gigs were stopped because the contract form would harm a benefit."""
    return Mail(
        _("We stopped your gigs to protect your benefit"),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("your benefit situation has changed. These gigs would be on an assignment contract:"),
            listed(cards),
            _("That contract could now stop your benefit. We do not want that, so we have stopped these gigs."),
            _("You have done nothing wrong, and you need not do anything. Gigs that you have done are not touched."),
            _("There is another way: gigs where %(partner)s employs you. Your coordinator calls you.", partner=partner),
        ),
    )


def stopped_for_support(cards: list[GigCard], *, worker: str) -> Mail:
    """To the support person: without the benefit facts, which are the person's own to tell."""
    return Mail(
        _("Gigs of %(name)s were stopped", name=worker),
        paragraphs(
            _("Hello,"),
            _("these gigs of %(name)s on an assignment contract were stopped:", name=worker),
            listed(cards),
            _("The contract form could have harmed the person. They have done nothing wrong and have been told."),
            _("Be there to talk about it. The coordinator looks for another way, such as the partner form."),
        ),
    )


def stopped_for_coordinator(cards: list[GigCard], *, worker: str, partner: str, url: str) -> Mail:
    """To the coordinator: what to do now."""
    return Mail(
        _("To do: gigs of %(name)s were stopped by the contract guard", name=worker),
        paragraphs(
            _("Hello,"),
            _("the benefits of %(name)s changed, and an assignment contract may no longer be used:", name=worker),
            listed(cards),
            _("1. Call the person. They have had a kind message."),
            _("2. Find somebody to stand in on each gig."),
            _("3. Propose gigs in the partner form (employment with %(partner)s).", partner=partner),
            url,
        ),
    )


def left_kindly(taken_back: list[GigCard], agreed: list[GigCard], *, name: str) -> Mail:
    """To a worker who withdrew the consent to take part: what was taken back, and what stands until they talk."""
    return Mail(
        _("You do not take part in gigs any more"),
        paragraphs(
            _("Hi %(name)s,", name=name),
            _("you have withdrawn your consent to take part. New gigs are not offered to you."),
            _("These offers were taken back:") + "\n" + listed(taken_back) if taken_back else "",
            _("You have agreed to these gigs:") + "\n" + listed(agreed) if agreed else "",
            _("These agreements still stand. Your coordinator calls you, and you decide together what happens to them.")
            if agreed
            else "",
            _("You can take part again whenever you like. Tell your coordinator."),
        ),
    )


def left_for_coordinator(agreed: list[GigCard], *, worker: str, url: str) -> Mail:
    """To the coordinator: somebody with agreed gigs does not take part any more; talk with them first."""
    return Mail(
        _("To do: %(name)s does not take part any more, and has agreed gigs", name=worker),
        paragraphs(
            _("Hello,"),
            _("%(name)s has withdrawn the consent to take part. These gigs are agreed:", name=worker),
            listed(agreed),
            _("1. Call the person. Nothing has been cancelled: the agreements stand until you have talked."),
            _("2. If the person does not come, withdraw the place and find somebody to stand in."),
            _("3. If the person wants to do the gig, write down a new consent."),
            url,
        ),
    )
