"""What refusals of values of law say, what their states are called, and the mails to administrators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits.law import Unit
from jobcenter.core import texts
from jobcenter.earnings.rulebook.domain import AdditionState
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "parameter_unknown": _l("The law data has no such value."),
    "value_not_above_zero": _l("Give an amount above zero."),
    "value_ends_before": _l("The last day is before the first day."),
    "value_overlaps": _l("The days already have a value. Values may not overlap: choose other days."),
    "value_year_far": _l("Check the year: a value may begin in the years %(first)s–%(last)s."),
    "value_places": _l("Give at most %(places)s decimals."),
    "value_step_large": _l(
        "The value differs by more than a quarter from the one before it. Check it in the source. If it is right, tick "
        "this box."
    ),
    "value_waits_already": _l("A value for this day waits for confirmation already, or is in force."),
    "law_value_proposed_already": _l("The value has been sent for confirmation already."),
    "law_value_own": _l("You entered this value yourself. Another administrator must confirm it."),
    "law_value_not_own": _l("Only the administrator who entered the value can withdraw it."),
    "law_value_already": _l("This has been done already."),
    "law_value_not_possible": _l("This value has been decided on already."),
}

STATES = {
    AdditionState.PROPOSED: _l("Waits for a second administrator"),
    AdditionState.APPROVED: _l("Confirmed, in the law data"),
    AdditionState.REJECTED: _l("Rejected"),
    AdditionState.WITHDRAWN: _l("Withdrawn"),
    AdditionState.REVOKED: _l("Taken out of use"),
}
STATE_TAGS = {
    AdditionState.PROPOSED: "warn",
    AdditionState.APPROVED: "good",
    AdditionState.REJECTED: "bad",
    AdditionState.WITHDRAWN: "neutral",
    AdditionState.REVOKED: "bad",
}

HUNDRED = Decimal(100)


def value_text(value: Decimal, unit: Unit) -> str:
    """A value as people write it: "990,90 €", "41,3 %", "68 years"."""
    if unit is Unit.EUR:
        return texts.money(value)
    if unit is Unit.SHARE:
        return texts.percent((value * HUNDRED).normalize())
    text = texts.number(value)
    return text if unit is Unit.COUNT else _of_unit(unit, value, text)


def _of_unit(unit: Unit, value: Decimal, text: str) -> str:
    """A number with its unit; "21.5 days" is plural."""
    number = 1 if value == 1 else 2
    words = {
        Unit.YEARS: ngettext("%(text)s year", "%(text)s years", number, text=text),
        Unit.MONTHS: ngettext("%(text)s month", "%(text)s months", number, text=text),
        Unit.WEEKS: ngettext("%(text)s week", "%(text)s weeks", number, text=text),
        Unit.DAYS: ngettext("%(text)s day", "%(text)s days", number, text=text),
        Unit.HOURS: ngettext("%(text)s hour", "%(text)s hours", number, text=text),
        Unit.SIXTHS: ngettext("%(text)s sixth", "%(text)s sixths", number, text=text),
    }
    return words[unit]


def values_missing(*, year: int, names: list[str], link: str) -> Mail:
    """To an administrator: which values of law the year lacks, and what happens until they are there."""
    return Mail(
        _("Limits of the year %(year)s are missing", year=year),
        paragraphs(
            ngettext(
                "%(num)s value of law is missing for the year %(year)s:",
                "%(num)s values of law are missing for the year %(year)s:",
                len(names),
                year=year,
            ),
            "\n".join(f"- {name}" for name in names),
            _(
                "Until a value is given, the earnings checker says that the limit is missing and takes nothing to be "
                "safe. Last year's value is never used. One administrator enters the value with its source, and "
                "another confirms it."
            ),
            link,
        ),
    )


def value_waits(*, name: str, value: str, first_day: date, source: str, link: str) -> Mail:
    """To the other administrators: a value waits for a second person."""
    return Mail(
        _("A value of law waits for confirmation"),
        paragraphs(
            _("Another administrator has entered a value of law. Check it in its source and confirm or reject it."),
            _("%(name)s: %(value)s from %(day)s", name=name, value=value, day=texts.day(first_day)),
            _("Source: %(source)s", source=source),
            link,
        ),
    )
