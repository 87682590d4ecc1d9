"""What is typed of pay: the pay day, a bailiff's payment prohibition, a personal identity code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.domain_enforcement import OrderTold
from jobcenter.billing.payruns.domain_refusal import Refused
from jobcenter.billing.payruns.domain_returns import Returned
from jobcenter.core import texts
from jobcenter.core.choices import VersionField
from jobcenter.core.forms import BaseForm, ChoiceField, ChoicesField, DayField, DecimalField, FormKeyField, TextField

MOST_EUROS = 9_999_999
ALL = "all"


class MakeRunForm(BaseForm):
    """The pay day of a new list."""

    pay_on = ChoiceField(_l("Pay day"))
    wait = ChoicesField(_l("Whose hours wait for the next list?"), required=False)
    form_key = FormKeyField()

    @classmethod
    def offering(cls, days: Iterable[date]) -> MakeRunForm:
        """The form with the pay days to choose from, each with the month for which it counts; the first is chosen."""
        days = list(days)
        form = cls(pay_on=days[0])
        form.pay_on.offer((day, f"{texts.day(day)} ({texts.month(day)})") for day in days)
        return form

    def offer_to_wait(self, workers: Iterable[tuple[int, str]]) -> None:
        """The workers whose hours may wait, each with the words of the tick."""
        self.wait.offer(workers)

    def to_command(self, jobcenter_id: int) -> MakeRun:
        """The command to make it."""
        left_out = frozenset(self.wait.data or ())
        return MakeRun(
            jobcenter_id=jobcenter_id, pay_on=self.pay_on.data, form_key=self.form_key.data, left_out=left_out
        )


class ReturnForm(BaseForm):
    """A payment that the bank returned."""

    item = ChoiceField(_l("Which payment?"))
    day = DayField(_l("On which day did it come back?"))
    reason = TextField(_l("Why, as the bank says it"), max_length=250)

    def offer(self, payments: Iterable[tuple[int, str]], all_together: str) -> None:
        """The payments to choose from, and all of them together, by what is said of that."""
        self.item.offer([*payments, (ALL, all_together)] if all_together else payments)

    def to_command(self) -> Returned:
        """What came back."""
        item_id = None if self.item.data == ALL else self.item.data
        return Returned(item_id=item_id, day=self.day.data, reason=self.reason.data)


class RefusedForm(BaseForm):
    """A payment file that the bank refused."""

    reason = TextField(_l("Why, as the bank says it"), max_length=250)
    pay_on = DayField(
        _l("On which day is the pay paid instead?"),
        description=_l("Benefits count pay in the month in which it comes. The workers are told of a new day."),
    )

    file_number = VersionField()

    @classmethod
    def asking(cls, first: date, file_number: int) -> RefusedForm:
        """The form as it opens, with the first day that can be, of a run's newest file."""
        return cls(formdata=None, pay_on=first, file_number=file_number)

    def to_command(self) -> Refused:
        """What the bank refused."""
        number = self.file_number.data or 0
        return Refused(reason=self.reason.data, pay_on=self.pay_on.data, file_number=number)


class OrderForm(BaseForm):
    """A payment prohibition, field by field as the bailiff's letter gives it."""

    valid_from = DayField(_l("From which pay day on?"))
    valid_to = DayField(_l("Until which day?"), required=False, description=_l("Leave empty if the letter tells none."))
    share_percent = DecimalField(_l("Share of the pay after tax, per cent"), least=Decimal("0.01"), most=Decimal(100))
    protected = DecimalField(
        _l("Euros of each pay that are left to the person"),
        least=Decimal(0),
        most=MOST_EUROS,
        description=_l("The protected portion for the time between two pay days. 0 if the letter tells none."),
    )
    debt = DecimalField(
        _l("Debt that is left, euros"),
        required=False,
        least=Decimal("0.01"),
        most=MOST_EUROS,
        description=_l("Nothing more is taken after it. Leave empty if the letter tells none."),
    )
    payee = TextField(_l("Who is paid"), max_length=120)
    iban = TextField(_l("Account number (IBAN)"), max_length=42, render_kw={"autocomplete": "off"})
    reference = TextField(_l("Reference number"), max_length=32, render_kw={"autocomplete": "off"})

    def to_command(self) -> OrderTold:
        """The prohibition as told."""
        return OrderTold(**{name: self[name].data for name in OrderTold.__dataclass_fields__})


class EndOrderForm(BaseForm):
    """The last day of a prohibition."""

    valid_to = DayField(_l("What is the last day on which it holds?"))


class PersonalIdForm(BaseForm):
    """A personal identity code."""

    personal_id = TextField(
        _l("Personal identity code"), max_length=11, render_kw={"autocomplete": "off", "spellcheck": "false"}
    )
