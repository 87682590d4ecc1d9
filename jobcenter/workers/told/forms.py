"""Income from work elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ChoiceField, DayField, DecimalField, TextField
from jobcenter.workers.told.domain import HowOften, IncomeTold
from jobcenter.workers.told.messages import HOW_OFTEN, WORK_FORMS

MOST_EUROS = 999_999
SAME_NAMED = ("what", "contract", "gross", "net", "starts_on", "ends_on")


class IncomeForm(BaseForm):
    """One income that the person tells of."""

    what = TextField(
        _l("What work is it?"),
        max_length=120,
        description=_l("A few words, for example: cleaning a stairway. You need not tell the employer's name."),
    )
    contract = ChoiceField(_l("How is it paid?"), WORK_FORMS)
    how_often = ChoiceField(_l("How often?"), HOW_OFTEN)
    gross = DecimalField(
        _l("Pay before tax, euros"),
        least=0,
        most=MOST_EUROS,
        description=_l("A month, or all at once. The pay slip calls it gross (brutto). If it varies: a usual month."),
    )
    net = DecimalField(
        _l("Pay after tax, euros"),
        required=False,
        least=0,
        most=MOST_EUROS,
        description=_l("What came to the account. Leave empty if you don't know."),
    )
    starts_on = DayField(_l("From which day?"), description=_l("If it comes once: the day of the work."))
    ends_on = DayField(
        _l("Until which day?"), required=False, description=_l("Leave empty if it goes on, or comes once.")
    )

    def show(self, told: IncomeTold) -> None:
        """Show a stored income, unless the form was sent."""
        if self.is_submitted():
            return
        for name in SAME_NAMED:
            self[name].process_data(getattr(told, name))
        self.how_often.process_data(HowOften.MONTHLY if told.monthly else HowOften.ONCE)

    def to_command(self) -> IncomeTold:
        same = {name: self[name].data for name in SAME_NAMED}
        return IncomeTold(monthly=self.how_often.data is HowOften.MONTHLY, **same)
