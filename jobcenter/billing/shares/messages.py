"""Texts of who pays which share of an order."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.billing.shares.domain import Split
from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "shares_not_whole": _l("The shares come to %(together)s per cent together. They must come to 100."),
    "shares_same_payer": _l("Two shares have the same payer, cost centre and reference. Make them one."),
    "shares_of_nothing": _l(
        "A share of 0 per cent pays only gigs that are given to it. Give it a gig, or leave it out."
    ),
    "shares_gig_unknown": _l("A gig is given to a share that is not there."),
    "shares_gig_billed": _l(
        "Hours of that gig are on an invoice or a draft. Take them back first; then another can pay them."
    ),
    "shares_agreed_later": _l("The day of the agreement cannot be in the future."),
    "shares_payer_missing": _l("Say who pays this share."),
    "shares_percent_missing": _l("Say how many per cent this share is."),
    "shares_card_hold": _l(
        "The price of this order is held on a card, and one card cannot pay the invoices of several payers."
        " Let the hold go first."
    ),
}


def changed(title: str, split: Split, names: Mapping[int, str], *, jobcenter: str, url: str) -> Mail:
    """To the orderer and the payers: who pays an order from now on. `names`: of those payers whom the reader may know,
    who are all for the orderer, and else only the reader. Without `url` for those who have no page of the order.
    """
    facts = {"day": texts.day(split.agreed_on), "who": split.agreed_with}
    return Mail(
        _("Who pays: %(title)s", title=title),
        paragraphs(
            _("Hello,"),
            _("who pays the order “%(title)s” has changed.", title=title),
            _("Agreed %(day)s: %(who)s.", **facts),
            _shares_in_words(split, names),
            _("It holds for hours that are on no invoice yet. Each payer gets an invoice of their own."),
            _("If this is not what you agreed, contact the Jobcenter."),
            url and _("The order's payers are here:"),
            url,
            jobcenter,
        ),
    )


def _shares_in_words(split: Split, names: Mapping[int, str]) -> str:
    """A line for each payer whose name is given: per cent, cost centre, gigs alone."""
    if not split.shares:
        return _("The orderer pays all of it.")
    told = [share for share in split.shares if share.organisation_id in names]
    if not told:
        return _("You pay no share of it any more.")
    return "\n".join(
        ", ".join(
            part
            for part in (
                f"- {names[share.organisation_id]}: {texts.percent(share.percent)}",
                share.cost_centre and _("cost centre %(code)s", code=share.cost_centre),
                share.reference,
                _gigs_in_words(list(split.gigs.values()).count(share.place)),
            )
            if part
        )
        for share in told
    )


def _gigs_in_words(number: int) -> str:
    return ngettext("%(num)s gig alone", "%(num)s gigs alone", number) if number else ""
