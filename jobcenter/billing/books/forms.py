"""What is typed of the books: a Jobcenter's own account numbers."""

from __future__ import annotations

from collections.abc import Mapping

from jobcenter.billing.books.domain import Account, NumberAccounts
from jobcenter.billing.books.messages import ACCOUNTS
from jobcenter.core.forms import BaseForm, TextField

NUMBER_LENGTH = 20


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
