"""What the style page shows: one field of each kind, and the icons of the sprite."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import (
    BaseForm,
    CheckField,
    ChoiceField,
    ChoicesField,
    ClockField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
    WholeNumberField,
)

ICONS = (
    "dishwashing", "cleaning", "laundry", "gritting", "snow-clearing", "raking", "watering", "packing", "sewing",
    "archiving", "grocery-bags", "companionship", "other", "calendar", "clock", "place", "euro", "person", "people",
    "support", "check", "warning", "stop", "info", "help", "mail", "document", "star", "phone", "home", "settings",
    "back", "forward",
)  # fmt: skip

SAMPLE_FACTS = (
    (_l("Where"), "Kulmakahvila, Helsinginkatu 12"),
    (_l("When"), "ti 24.11.2026 klo 9.00–12.00"),
    (_l("With whom"), "Åke Öström"),
)
SAMPLE_ROWS = (
    ("ti 24.11.2026", "Kulmakahvila", "good", _l("Confirmed"), "3 h"),
    ("to 26.11.2026", "Palvelukeskus Kallio", "warn", _l("Waiting"), "2 h 30 min"),
)
CHOICES = {"a": _l("The first choice"), "b": _l("The second choice")}


class SampleForm(BaseForm):
    """One field of each kind; it is never sent anywhere."""

    name = TextField(_l("Name"), description=_l("As it stands on the invoice."))
    people = WholeNumberField(_l("How many people"), least=1, most=50)
    day = DayField(_l("Day"), required=False)
    start = ClockField(_l("Starts"), required=False)
    kind = SelectField(_l("Kind"), CHOICES, blank=_l("Choose"), required=False)
    text = LongTextField(_l("What is to be done"), required=False)
    one = ChoiceField(_l("Choose one"), CHOICES)
    many = ChoicesField(_l("Choose as many as you like"), CHOICES, required=False)
    agreed = CheckField(_l("I have read this"))
