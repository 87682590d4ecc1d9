"""Forms: one base, own field types that read what people in Finland type, and one way to attempt an action.

A field refuses in words and keeps what was typed. Every text has a length limit and takes any letter, but no control characters.
`kind` tells the template macro how to draw a field: text, password, textarea, select, radios, checkboxes, checkbox, file, hidden.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.fields.choices import Choice, SelectFieldBase
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, PasswordInput, RadioInput, Select, TextArea, TextInput

from jobcenter.core import parsing, texts
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, describe
from jobcenter.core.uow import unit_of_work

LINE_LIMIT = 250
LONG_LIMIT = 4000
EMAIL_LIMIT = 254
PARSED_LIMIT = 60
PASSWORD_LIMIT = 500

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s<>,;:\"()\[\].]+(?:\.[^@\s<>,;:\"()\[\].]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]{4,30}")

Options = Iterable[tuple[Any, Any]] | Mapping[Any, Any]


class _Translations:
    """WTForms' own few messages, from our catalogues."""

    def gettext(self, text: str) -> str:
        return _(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return ngettext(singular, plural, number)


class BaseForm(FlaskForm):
    """The base of all forms. `result` holds what the attempted action returned."""

    result: Any = None

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> _Translations:
            return _Translations()

    def attempt(self, action: Callable[[], Any]) -> bool:
        """Validate and, in a unit of work, do it. True when it is done (or was done before: then a notice says so).

        A refusal becomes an error of its field or of the form, and False. NotFound goes on to the 404 page.
        """
        if not self.validate_on_submit():
            return False
        try:
            with unit_of_work():
                self.result = action()
        except NotFound:
            raise
        except AlreadyDone as error:
            flash(describe(error), "info")
        except DomainError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: DomainError) -> None:
        """Put a refusal beside the field it is about, or on top of the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, describe(error)]
        else:
            field.errors = [*field.errors, describe(error)]


class ActionForm(BaseForm):
    """A button without fields: the CSRF token only."""


# Rules


class Required:
    """Something must be given. After a reading error it keeps silent."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation()
        if field.data in (None, "", [], False):
            raise StopValidation(field.missing_text() if hasattr(field, "missing_text") else _("Fill in this field."))


class Voluntary:
    """Nothing may be given; further rules then do not run."""

    field_flags = {"optional": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors or field.data in (None, "", []):
            raise StopValidation()


def _rules(required: bool, options: dict[str, Any]) -> list[Any]:
    return [Required() if required else Voluntary(), *options.pop("validators", ())]


def _first_text(values: list[Any] | None) -> str:
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
        super().__init__(label, _rules(required, options), **options)
        self.max_length = max_length or self.max_length

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = self.clean(_first_text(valuelist))

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
        super().__init__(label, _rules(required, options), **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = parsing.tidy(_first_text(valuelist))
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
            return parsing.printable(_first_text(self.raw_data))
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


# Choices


class ChoiceField(SelectFieldBase):
    """One of the options, as radio buttons.

    `options` are (value, label) pairs, or labels by value such as `{Kind.CITY: _l("City unit")}`; when they are known only by the
    view, `form.field.offer(options)` sets them. `data` is the value itself (the enum member, the id), or None.
    """

    kind = "radios"
    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label: Any = None, options: Options = (), *, required: bool = True, **more: Any) -> None:
        super().__init__(label, _rules(required, more), **more)
        self.offer(options)

    def offer(self, options: Options) -> None:
        """Set the options."""
        self.options = tuple(options.items() if isinstance(options, Mapping) else options)

    def missing_text(self) -> str:
        return _("Choose one.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_choice = _first_text(valuelist)
        self.data = self._value_of(self.raw_choice)

    def pre_validate(self, form: Any) -> None:
        """Options offered after the form was made are looked at only here."""
        self.data = self._value_of(self.raw_choice) if self.raw_data else self.data
        if self.raw_data and self.raw_choice and self.data is None:
            raise StopValidation(_("Choose one of the options given."))

    def iter_choices(self) -> Iterator[Choice]:
        for value, label in self.options:
            yield Choice(str(value), str(label), self._is_chosen(value), {})

    def _is_chosen(self, value: Any) -> bool:
        return str(value) == (self.raw_choice if self.raw_data else str(self.data))

    def _value_of(self, text: str) -> Any:
        return next((value for value, _label in self.options if text and str(value) == text), None)


class SelectField(ChoiceField):
    """One of the options, as a drop-down list; `blank` is the label of the empty first line (none when None)."""

    kind = "select"
    widget = Select()
    option_widget = None

    def __init__(self, label: Any = None, options: Options = (), *, blank: Any = "", **more: Any) -> None:
        super().__init__(label, options, **more)
        self.blank = blank

    def iter_choices(self) -> Iterator[Choice]:
        if self.blank is not None:
            yield Choice("", str(self.blank), False, {})
        yield from super().iter_choices()


class ChoicesField(ChoiceField):
    """Any number of the options, as checkboxes. `data` is a list of values in the order of the options."""

    kind = "checkboxes"
    option_widget = CheckboxInput()

    def missing_text(self) -> str:
        return _("Choose at least one.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_choice = {value for value in valuelist if isinstance(value, str)}
        self.data = self._chosen()

    def process_data(self, value: Any) -> None:
        self.raw_choice = set()
        self.data = list(value or ())

    def pre_validate(self, form: Any) -> None:
        if self.raw_data:
            self.data = self._chosen()
            if self.raw_choice - {str(value) for value, _label in self.options}:
                raise StopValidation(_("Choose one of the options given."))

    def _is_chosen(self, value: Any) -> bool:
        return str(value) in (self.raw_choice if self.raw_data else {str(chosen) for chosen in self.data or ()})

    def _chosen(self) -> list[Any]:
        return [value for value, _label in self.options if str(value) in self.raw_choice]


class CheckField(BooleanField):
    """One checkbox; when `required` it must be ticked."""

    kind = "checkbox"

    def __init__(self, label: Any = None, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, _rules(required, options), **options)

    def missing_text(self) -> str:
        return _("Tick this to go on.")


class UploadField(FileField):
    """A file; `data` is the uploaded file or None."""

    kind = "file"

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        super().__init__(label, _rules(required, options), **options)

    def missing_text(self) -> str:
        return _("Choose a file.")


class FormKeyField(HiddenField):
    """The key that makes sending the same form twice give the first result: a fresh UUID for each page shown."""

    kind = "hidden"

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, default=lambda: str(uuid.uuid4()), **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take a well-formed key; anything else becomes a new one."""
        try:
            self.data = str(uuid.UUID(_first_text(valuelist)))
        except ValueError:
            self.data = str(uuid.uuid4())


class VersionField(HiddenField):
    """The version of the thing that was on the screen, so that a change made meanwhile by another shows."""

    kind = "hidden"

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _first_text(valuelist)
        self.data = int(text) if text.isdigit() and len(text) < 10 else 0
