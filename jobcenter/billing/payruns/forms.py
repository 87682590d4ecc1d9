"""What is typed of a pay run: the pay day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l

from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, ChoiceField, FormKeyField


class MakeRunForm(BaseForm):
    """The pay day of a new list."""

    pay_on = ChoiceField(_l("Pay day"))
    form_key = FormKeyField()

    @classmethod
    def offering(cls, days: Iterable[date]) -> MakeRunForm:
        """The form with the pay days to choose from, each with the month for which it counts; the first is chosen."""
        days = list(days)
        form = cls(pay_on=days[0])
        form.pay_on.offer((day, f"{texts.day(day)} ({texts.month(day)})") for day in days)
        return form

    def to_command(self, jobcenter_id: int) -> MakeRun:
        """The command to make it."""
        return MakeRun(jobcenter_id=jobcenter_id, pay_on=self.pay_on.data, form_key=self.form_key.data)
