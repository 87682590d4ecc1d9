"""Forms of the doors."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from jobcenter.auth.domain import OwnDetails
from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, CheckField, EmailField, PasswordField, PhoneField, SelectField, TextField

NAME_LIMIT = 120


class SignInForm(BaseForm):
    """Address and password; `next` is the page to go on to."""

    email = EmailField(_l("E-mail address"), render_kw={"type": "email", "autocomplete": "username"})
    password = PasswordField(_l("Password"), render_kw={"autocomplete": "current-password"})
    remember = CheckField(_l("Keep me signed in on this device"))
    next = HiddenField()


class LinkForm(BaseForm):
    """An address to send a sign-in link to."""

    address = EmailField(_l("E-mail address"))
    next = HiddenField()


class PasswordForm(BaseForm):
    """A new password; `has_password` says whether the present one is asked for."""

    present = PasswordField(_l("Present password"), render_kw={"autocomplete": "current-password"})
    password = PasswordField(_l("New password"), render_kw={"autocomplete": "new-password"})

    def __init__(self, *, has_password: bool) -> None:
        super().__init__()
        if not has_password:
            del self.present

    @property
    def present_password(self) -> str:
        return self.present.data if "present" in self else ""


class AccountForm(BaseForm):
    """The own details."""

    given_name = TextField(_l("Given name"), max_length=NAME_LIMIT, render_kw={"autocomplete": "given-name"})
    family_name = TextField(_l("Family name"), max_length=NAME_LIMIT, render_kw={"autocomplete": "family-name"})
    phone = PhoneField(_l("Telephone"), required=False)
    language = SelectField(_l("Language"), texts.offered(), blank=None)

    def to_command(self) -> OwnDetails:
        return OwnDetails(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            phone=self.phone.data,
            language=self.language.data,
        )
