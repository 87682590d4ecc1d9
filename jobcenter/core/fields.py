"""Field types for texts, figures, days and times, as people in Finland type them.

A field refuses in words and keeps what was typed. Every text has a length limit and takes any letter, but no control
characters. `kind` tells the template macro how to draw a field: text, password, textarea, select, radios, checkboxes,
checkbox, file, hidden.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, StringField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import PasswordInput, TextArea, TextInput

from jobcenter.core import parsing, texts

LINE_LIMIT = 250
LONG_LIMIT = 4000
EMAIL_LIMIT = 254
PARSED_LIMIT = 60
PASSWORD_LIMIT = 500

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s<>,;:\"()\[\].]+(?:\.[^@\s<>,;:\"()\[\].]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]{4,30}")


# Rules


class Required:
    """Something must be given. After a reading error it keeps silent."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation()
        if field.data is None or field.data is False or field.data in ("", []):
            raise StopValidation(field.missing_text() if hasattr(field, "missing_text") else _("Fill in this field."))


class Voluntary:
    """Nothing may be given; further rules then do not run."""

    field_flags = {"optional": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors or field.data in (None, "", []):
            raise StopValidation()


def rules(required: bool, options: dict[str, Any]) -> list[Any]:
    return [Required() if required else Voluntary(), *options.pop("validators", ())]


def first_text(values: list[Any] | None) -> str:
    """The first submitted value, if it is text (a file sent in a text field's name is not)."""
    return values[0] if values and isinstance(values[0], str) else ""


# Texts


class TextField(StringField):
    """One line of text: blanks trimmed, letters composed, at most `max_length` characters."""

    kind = "text"
    max_length = LINE_LIMIT

    def __init__(
        self, label: Any = None, *, required: bool = True, max_length: int | None = None, **options: Any
    ) -> None:
        super().__init__(label, rules(required, options), **options)
        self.max_length = max_length or self.max_length

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = self.clean(first_text(valuelist))

    def process_data(self, value: str | None) -> None:
        self.data = value or ""

    def clean(self, text: str) -> str:
        return " ".join(parsing.tidy(text).split("\n"))

    def pre_validate(self, form: Any) -> None:
        text = self.data or ""
        if len(text) > self.max_length:
            raise StopValidation(
                _(
                    "Shorten this: it has %(length)s characters, at most %(limit)s fit.",
                    length=texts.number(len(text)),
                    limit=texts.number(self.max_length),
                )
            )
        if parsing.unprintable(text):
            raise StopValidation(_("The text holds characters that cannot be printed. Type it again by hand."))

    def _value(self) -> str:
        return parsing.printable(self.data or "")


class LongTextField(TextField):
    """Text of several lines."""

    kind = "textarea"
    widget = TextArea()
    max_length = LONG_LIMIT

    def clean(self, text: str) -> str:
        return parsing.tidy(text)


class EmailField(TextField):
    """An e-mail address, kept in small letters."""

    widget = TextInput()
    max_length = EMAIL_LIMIT

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        attributes = {"type": "email", "autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        options.setdefault("render_kw", attributes)
        super().__init__(label, required=required, **options)

    def clean(self, text: str) -> str:
        return super().clean(text).lower()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not _EMAIL.fullmatch(self.data):
            raise StopValidation(_("Give an e-mail address in the form name@example.fi."))


class PhoneField(TextField):
    """A telephone number as people write it."""

    max_length = 40

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        options.setdefault("render_kw", {"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        super().__init__(label, required=required, **options)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not _PHONE.fullmatch(self.data):
            raise StopValidation(_("Give a telephone number, for example 040 123 4567."))


class PasswordField(TextField):
    """A password: taken exactly as typed, never shown again."""

    kind = "password"
    widget = PasswordInput(hide_value=True)
    max_length = PASSWORD_LIMIT

    def clean(self, text: str) -> str:
        return text


# Figures, days and times


class ParsedField(Field):
    """A value typed as text. `parse` raises ValueError, for which `unreadable` is said; what was typed stays."""

    kind = "text"
    widget = TextInput()

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        super().__init__(label, rules(required, options), **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = parsing.tidy(first_text(valuelist))
        if not typed:
            return
        if len(typed) > PARSED_LIMIT:
            raise ValueError(self.unreadable())
        try:
            self.data = self.parse(typed)
        except ValueError as error:
            raise ValueError(self.unreadable()) from error

    def parse(self, typed: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError

    def unreadable(self) -> str:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return parsing.printable(first_text(self.raw_data))
        return "" if self.data is None else self.show(self.data)


class DecimalField(ParsedField):
    """A Finnish decimal such as `14,50`, as Decimal, within `least` and `most` and with at most `places` decimals."""

    def __init__(
        self,
        label: Any = None,
        *,
        least: Decimal | None = None,
        most: Decimal | None = None,
        places: int = 2,
        **options: Any,
    ) -> None:
        options.setdefault("render_kw", {"inputmode": "decimal"})
        super().__init__(label, **options)
        self.least, self.most, self.places = least, most, places

    def parse(self, typed: str) -> Decimal:
        return parsing.decimal(typed)

    def show(self, value: Decimal) -> str:
        return str(value).replace(".", ",")

    def unreadable(self) -> str:
        return _("Give a number, for example 14,50.")

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if -self.data.as_tuple().exponent > self.places:
            raise ValidationError(_("Give at most %(places)s decimals.", places=self.places))
        _check_range(self)


class WholeNumberField(ParsedField):
    """A whole number within `least` and `most`."""

    def __init__(self, label: Any = None, *, least: int | None = None, most: int | None = None, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric"})
        super().__init__(label, **options)
        self.least, self.most = least, most

    def parse(self, typed: str) -> int:
        return parsing.whole_number(typed)

    def show(self, value: int) -> str:
        return str(value)

    def unreadable(self) -> str:
        return _("Give a whole number, for example 3.")

    def pre_validate(self, form: Any) -> None:
        _check_range(self)


def _check_range(field: DecimalField | WholeNumberField) -> None:
    if field.data is None:
        return
    if field.least is not None and field.data < field.least:
        raise ValidationError(_("Give at least %(least)s.", least=texts.number(field.least)))
    if field.most is not None and field.data > field.most:
        raise ValidationError(_("Give at most %(most)s.", most=texts.number(field.most)))


class DayField(ParsedField):
    """A day, typed `22.11.2026` or `2026-11-22`."""

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, required=required, **options)

    def parse(self, typed: str) -> date:
        return parsing.day(typed)

    def show(self, value: date) -> str:
        return f"{value.day}.{value.month}.{value.year}"

    def unreadable(self) -> str:
        return _("Give a day in the form 22.11.2026.")


class ClockField(ParsedField):
    """A wall-clock time, typed `9`, `9.00` or `9:00`."""

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        options.setdefault("render_kw", {"autocomplete": "off"})
        super().__init__(label, required=required, **options)

    def parse(self, typed: str) -> time:
        return parsing.wall_clock(typed)

    def show(self, value: time) -> str:
        return f"{value.hour}.{value.minute:02}"

    def unreadable(self) -> str:
        return _("Give a time between 0.00 and 23.59, for example 9.00.")
