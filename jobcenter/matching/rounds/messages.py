"""What rounds, their states and their refusals are called."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.matching.domain import RuleCode
from jobcenter.matching.messages import REASON_NAMES
from jobcenter.matching.rounds.domain import LineStatus, Manner, Reserve, RoundStatus, StandIn

ERRORS = {
    "round_running": _l("People are being asked to this gig already. Add people to that round, or end it first."),
    "round_nobody": _l("Choose at least one person to ask."),
    "round_too_many": _l("Ask at most %(most)s people in one round."),
    "round_asking_over": _l("The time to answer has passed. Talk with your coordinator: there may still be a place."),
    "round_no_place": _l("No place of this gig is free now. Somebody else may have filled it a moment ago."),
    "round_nobody_in_line": _l("Nobody is left in line."),
    "round_already": _l("This has been done already. Nothing changed."),
    "round_not_possible": _l("The round is in a state where this cannot be done. Load the page again."),
    "line_already": _l("This has been done already. Nothing changed."),
    "line_not_possible": _l("Things have changed meanwhile. Load the page again to see how they stand now."),
    "round_gone": _l("The gig is not open any more. Thank you for answering. You will be asked to other gigs."),
    "round_person_there": _l("%(name)s is in this round already."),
}

MANNERS = {
    Manner.IN_TURN: _l("In turn: each has a reserved time of their own"),
    Manner.CHOSEN: _l("Ask everyone: all answer in peace, then I choose"),
    Manner.DRAWN: _l("Ask everyone: all answer in peace, then a fair draw (fewest hours lately first)"),
    Manner.FIRST: _l("Ask everyone: the first to say yes gets the place"),
}
MANNER_NAMES = {
    Manner.IN_TURN: _l("In turn"),
    Manner.CHOSEN: _l("Everyone asked, the coordinator chooses"),
    Manner.DRAWN: _l("Everyone asked, a fair draw"),
    Manner.FIRST: _l("Everyone asked, the first yes gets the place"),
}
RESERVES = {
    Reserve.FOUR_HOURS: _l("Four hours, not counting the night"),
    Reserve.NEXT_NOON: _l("Till noon of the next day"),
    Reserve.ONE_DAY: _l("One day"),
    Reserve.TWO_DAYS: _l("Two days"),
}
STAND_INS = {
    StandIn.PROPOSE: _l("Propose the next in line to me"),
    StandIn.SEND: _l("Send the offer to the next in line at once"),
}
STATUSES = {
    RoundStatus.ASKING: _l("All are asked"),
    RoundStatus.CHOOSING: _l("To be chosen"),
    RoundStatus.OFFERING: _l("Offers go out in turn"),
    RoundStatus.PROPOSING: _l("A place is free: the next in line is proposed"),
    RoundStatus.FILLED: _l("Everyone found, the others are the waiting list"),
    RoundStatus.EMPTY: _l("Nobody is left in line"),
    RoundStatus.CLOSED: _l("Ended"),
}
STATUS_TAGS = {
    RoundStatus.ASKING: "info",
    RoundStatus.CHOOSING: "warn",
    RoundStatus.OFFERING: "info",
    RoundStatus.PROPOSING: "warn",
    RoundStatus.FILLED: "good",
    RoundStatus.EMPTY: "bad",
    RoundStatus.CLOSED: "neutral",
}
LINE_STATUSES = {
    LineStatus.WAITING: _l("In line"),
    LineStatus.ASKED: _l("Asked, has not answered"),
    LineStatus.WILLING: _l("Would like to come"),
    LineStatus.UNWILLING: _l("Said no"),
    LineStatus.SILENT: _l("Did not answer in time"),
    LineStatus.OFFERED: _l("Has an offer"),
    LineStatus.SKIPPED: _l("Passed over"),
    LineStatus.REMOVED: _l("Taken out of the line"),
}
LINE_TAGS = {
    LineStatus.WAITING: "neutral",
    LineStatus.ASKED: "info",
    LineStatus.WILLING: "good",
    LineStatus.UNWILLING: "neutral",
    LineStatus.SILENT: "neutral",
    LineStatus.OFFERED: "info",
    LineStatus.SKIPPED: "bad",
    LineStatus.REMOVED: "neutral",
}


def why_skipped(codes: str) -> list[str]:
    """Why somebody was passed over, in a few words each."""
    known = {code.value: code for code in RuleCode}
    return [str(REASON_NAMES[known[code]]) if code in known else _("Could not be offered") for code in codes.split()]
