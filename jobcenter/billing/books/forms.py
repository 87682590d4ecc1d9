"""What is typed of the books: a Jobcenter's own account numbers, and what was paid of what it owes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.billing.books.domain import Account, NumberAccounts
from jobcenter.billing.books.domain_due import NotePaid, choices
from jobcenter.billing.books.messages import ACCOUNTS, what_text
from jobcenter.core.forms import BaseForm, ChoiceField, DayField, DecimalField, FormKeyField, TextField
from jobcenter.core.money import CENT

NUMBER_LENGTH = 20
MOST = Decimal(10**8 - 1)


class NumbersForm(BaseForm):
    """A field per account, made by `for_numbers`; an empty one means the shipped number."""

    @classmethod
    def for_numbers(cls, numbers: Mapping[Account, str]) -> NumbersForm:
        """The form with the numbers in use."""
        fields = {
            account.value: TextField(ACCOUNTS[account], required=False, max_length=NUMBER_LENGTH) for account in numbers
        }
        form = type("NumbersForm", (cls,), fields)
        return form(**{account.value: number for account, number in numbers.items()})

    def to_command(self) -> NumberAccounts:
        """The command to keep them."""
        typed = {account: self[account.value].data for account in Account}
        return NumberAccounts(tuple((account, number) for account, number in typed.items() if number))


class PaidForm(BaseForm):
    """What was paid of what is due."""

    what = ChoiceField(_l("What was paid?"))
    amount = DecimalField(_l("Amount, euros"), least=CENT, most=MOST)
    day = DayField(_l("Day of payment"))
    text = TextField(_l("Explanation for the books"), description=_l("For example who was paid, and for which month."))
    form_key = FormKeyField()

    @classmethod
    def asking(cls, today: date | None, parties: Mapping[str | None, Decimal], names: Mapping[str, str]) -> PaidForm:
        """The form as it opens on a day, or as it was sent (None); with what can be paid, each partner by its name."""
        form = cls(formdata=None, day=today) if today else cls()
        form.what.offer((what.key, what_text(what, names)) for what in choices(parties))
        form.parties, form.names = parties, names
        return form

    def to_command(self) -> NotePaid:
        """The command to note it."""
        return NotePaid(
            what=next(what for what in choices(self.parties) if what.key == self.what.data),
            day=self.day.data,
            amount=self.amount.data,
            text=self.text.data,
            form_key=self.form_key.data,
        )
