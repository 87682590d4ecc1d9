"""The period of the figures; the words of a CV."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, DayField, FormKeyField, LongTextField, TextField
from jobcenter.reports.domain import Period


class PeriodForm(BaseForm):
    """From a day to a day. Sent by GET, changes nothing, needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    first = DayField(_l("From"))
    last = DayField(_l("Until"))

    def to_command(self) -> Period:
        return Period(self.first.data, self.last.data)


class IntroductionForm(BaseForm):
    """The text on top of a CV."""

    introduction = LongTextField(
        _l("Tell about yourself"), required=False, max_length=1000, description=_l("A few sentences are enough.")
    )


class OwnLineForm(BaseForm):
    """A line of the person's own words."""

    form_key = FormKeyField()
    text = TextField(_l("What else have you done?"), max_length=250, description=_l("For example: Summer café, helper"))
