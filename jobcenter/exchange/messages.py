"""What is said of a file that cannot be imported."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.core import errors
from jobcenter.exchange.domain import Fault

ERRORS = {
    "no_files": _l("The folder has none of the files %(files)s."),
    "not_utf8": _l("The file is not in UTF-8. Save it as CSV UTF-8."),
    "not_csv": _l("The file cannot be read as CSV: %(why)s"),
    "column_unknown": _l("There is no such column in this file's format."),
    "column_missing": _l("This column is missing."),
    "column_twice": _l("This column is there twice."),
    "too_many_cells": _l("The row has %(cells)s cells but the header has %(columns)s."),
    "row_twice": _l("The same row is on line %(line)s already."),
    "cell_missing": _l("This must be filled in."),
    "cell_too_long": _l("The text has %(length)s characters; at most %(limit)s fit."),
    "cell_unprintable": _l("The text holds characters that cannot be printed."),
    "cell_formula": _l("The text begins like a formula (=, +, - or @). Remove the sign."),
    "cell_choice": _l("“%(given)s” is not one of: %(choices)s."),
    "cell_day": _l("“%(given)s” is not a day. Give it in the form 22.11.2026."),
    "cell_clock": _l("“%(given)s” is not a time of day. Give it in the form 9.00."),
    "cell_euros": _l("“%(given)s” is not an amount in euros. Give it in the form 14,50."),
    "cell_percent": _l("“%(given)s” is not a share between 0 and 100 per cent, such as 60 or 33,33."),
    "cell_whole": _l("“%(given)s” is not a whole number."),
    "cell_bounds": _l("%(given)s is not between %(least)s and %(most)s."),
    "cell_hours": _l("“%(given)s” is not a number of hours a week, such as 4 or 7,5."),
    "cell_document": _l("This is not what an export writes here: it is JSON that nobody should change by hand."),
    "cell_yes_no": _l("“%(given)s” is neither yes nor no."),
    "corrects_other_work": _l("“%(given)s” is the work of another person, or on another gig."),
    "corrects_unconfirmed": _l("“%(given)s”, or what was added to it, is not confirmed: correct that itself."),
    "jobcenter_unknown": _l("There is no Jobcenter with the short name “%(given)s”."),
    "payers_agreed_otherwise": _l(
        "All payers of an order have the same day of agreement and the same people who agreed."
    ),
    "payers_gig_of_another": _l("“%(given)s” is not a gig of this order, or two payers of the order name it."),
    "payers_too_many": _l("An order has at most %(most)s payers."),
    "price_needs_two": _l(
        "A price below %(least)s an hour needs a second person here, and a file cannot say that there was one. Leave it"
        " empty for the list price, or agree it in the program before any hours are brought in."
    ),
    "ref_unknown": _l("“%(given)s” is not stored and not in the files, or its own row has a fault."),
    "language_unknown": _l("There is no language “%(given)s”. Use fi, sv, en or fi@easy."),
    "weekly_hours_most_less": _l("The most hours a week must be at least the hours wished."),
    "day_ahead": _l("The day is ahead of today."),
    "end_day_before_start": _l("The last day is before the first."),
    "gig_not_done_yet": _l("The gig is not over yet, so it cannot be done."),
    "gig_was_cancelled": _l("The gig was cancelled, so it has no hours."),
    "gig_full": _l("The gig has no free place for this person: raise its number of people."),
    "span_too_long": _l("From start to end is over %(hours)s hours."),
    "time_does_not_exist": _l("The clocks go forward that night, so this time does not exist."),
    "hours_not_confirmed": _l(
        "Hours without “confirmed_by” cannot be invoiced, paid, left unbilled or have a day of confirmation."
    ),
    "unbilled_more": _l("More minutes than the row has hours for: it adds %(minutes)s minutes."),
    "confirmed_before_work": _l("The hours cannot be confirmed before the day of work."),
    "stored_differs": _l("What is stored differs; it stays as it is."),
}


def in_words(fault: Fault) -> str:
    """A fault with its place: `hours.csv, line 12, column ends: …`."""
    text = errors.in_words(fault.code, fault.facts)
    if not fault.line:
        return f"{fault.file}: {text}"
    if not fault.column:
        return _("%(file)s, line %(line)s: %(text)s", file=fault.file, line=fault.line, text=text)
    place = {"file": fault.file, "line": fault.line, "column": fault.column}
    return _("%(file)s, line %(line)s, column %(column)s: %(text)s", **place, text=text)
