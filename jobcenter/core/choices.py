"""Field types for choosing: one of, some of, yes or no, a file; and the hidden key of a form."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField
from wtforms.fields.choices import Choice, SelectFieldBase
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput, Select

from jobcenter.core.fields import first_text, rules

Options = Iterable[tuple[Any, Any]] | Mapping[Any, Any]


class ChoiceField(SelectFieldBase):
    """One of the options, as radio buttons.

    `options` are (value, label) pairs, or labels by value such as `{Kind.CITY: _l("City unit")}`; when only the view
    knows them, `form.field.offer(options)` sets them. `data` is the value itself (the enum member, the id), or None.
    """

    kind = "radios"
    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(self, label: Any = None, options: Options = (), *, required: bool = True, **more: Any) -> None:
        super().__init__(label, rules(required, more), **more)
        self.offer(options)

    def offer(self, options: Options) -> None:
        """Set the options."""
        self.options = tuple(options.items() if isinstance(options, Mapping) else options)

    def missing_text(self) -> str:
        return _("Choose one.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_choice = first_text(valuelist)
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


class GroupedSelectField(SelectField):
    """One of many options, as a drop-down list under headings: `groups` are options by heading."""

    def __init__(self, label: Any = None, groups: Mapping[str, Options] | None = None, **more: Any) -> None:
        self.groups = {heading: tuple(options) for heading, options in (groups or {}).items()}
        super().__init__(label, [option for options in self.groups.values() for option in options], **more)

    def has_groups(self) -> bool:
        return True

    def iter_groups(self) -> Iterator[tuple[str | None, list[Choice]]]:
        if self.blank is not None:
            yield None, [Choice("", str(self.blank), False, {})]
        for heading, options in self.groups.items():
            yield heading, [Choice(str(value), str(label), self._is_chosen(value), {}) for value, label in options]


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
        super().__init__(label, rules(required, options), **options)

    def missing_text(self) -> str:
        return _("Tick this to go on.")


class UploadField(FileField):
    """A file; `data` is the uploaded file or None."""

    kind = "file"

    def __init__(self, label: Any = None, *, required: bool = True, **options: Any) -> None:
        super().__init__(label, rules(required, options), **options)

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
            self.data = str(uuid.UUID(first_text(valuelist)))
        except ValueError:
            self.data = str(uuid.uuid4())


class VersionField(HiddenField):
    """The version of the thing that was on the screen, so that a change made meanwhile by another shows."""

    kind = "hidden"

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = first_text(valuelist)
        self.data = int(text) if text.isdigit() and len(text) < 10 else 0
