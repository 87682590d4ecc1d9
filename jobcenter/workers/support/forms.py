"""Linking a support person or guardian."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, ChoiceField, DayField, EmailField, PhoneField, SelectField, TextField
from jobcenter.workers.domain import Guest, NewSupport
from jobcenter.workers.messages import SUPPORT_KINDS


class SupportForm(BaseForm):
    """Who stands beside the worker, and from when on."""

    kind = ChoiceField(_l("What is this person to the worker?"), SUPPORT_KINDS)
    given_name = TextField(_l("Given name"), max_length=120)
    family_name = TextField(_l("Family name"), max_length=120)
    email = EmailField(_l("E-mail address"), description=_l("The invitation is sent here."))
    phone = PhoneField(_l("Telephone"), required=False)
    language = SelectField(_l("Language"), texts.offered(), blank=None)
    starts_on = DayField(_l("From"))
    ends_on = DayField(_l("Until"), required=False, description=_l("Empty means until further notice."))

    def to_command(self) -> NewSupport:
        guest = Guest(
            email=self.email.data,
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            phone=self.phone.data or "",
            language=self.language.data,
        )
        return NewSupport(kind=self.kind.data, guest=guest, starts_on=self.starts_on.data, ends_on=self.ends_on.data)
