"""Forms: one base, and one way to attempt an action. The field types are at hand here too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from jobcenter.core.choices import (
    CheckField,
    ChoiceField,
    ChoicesField,
    FormKeyField,
    GroupedSelectField,
    SelectField,
    UploadField,
    VersionField,
)
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, describe
from jobcenter.core.fields import (
    ClockField,
    DayField,
    DecimalField,
    EmailField,
    LongTextField,
    ParsedField,
    PasswordField,
    PhoneField,
    TextField,
    WholeNumberField,
)
from jobcenter.core.uow import unit_of_work

__all__ = [
    "ActionForm",
    "BaseForm",
    "CheckField",
    "ChoiceField",
    "ChoicesField",
    "ClockField",
    "DayField",
    "DecimalField",
    "EmailField",
    "FormKeyField",
    "GroupedSelectField",
    "LongTextField",
    "ParsedField",
    "PasswordField",
    "PhoneField",
    "SelectField",
    "TextField",
    "UploadField",
    "VersionField",
    "WholeNumberField",
    "press",
]


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


def press(action: Callable[[], Any], *, told: str, then: str, refused: Callable[[ActionForm], str]) -> Any:
    """Answer a button without fields: do it, say so unless it was done before, and go on to the address `then`; or
    show the page that `refused` makes of the refusal, as 409.
    """
    form = ActionForm()
    if form.attempt(action):
        if form.result:
            flash(told, "good")
        return redirect(then)
    return refused(form), 409
