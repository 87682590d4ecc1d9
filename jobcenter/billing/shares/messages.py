"""Texts of who pays which share of an order."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

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
