"""What is typed of invoices: which ones to list, the day of a payment, why one is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from jobcenter.billing.invoices.domain import (
    CreditInvoice,
    InvoiceStatus,
    MakeInvoice,
    MarkPaid,
    Selection,
)
from jobcenter.billing.invoices.domain_credit import LINE_FIELD
from jobcenter.billing.invoices.queries import Search
from jobcenter.core import parsing
from jobcenter.core.errors import DomainError, describe
from jobcenter.core.forms import (
    BaseForm,
    DayField,
    FormKeyField,
    LongTextField,
    ParsedField,
    SelectField,
    TextField,
)
from jobcenter.core.money import MINUTES_IN_HOUR

MOST_HOURS = 24
REASON_LIMIT = 250


class Show(StrEnum):
    """Which invoices a list shows."""

    DRAFT = "draft"
    WAITING = "waiting"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDITED = "credited"


SHOWN = {
    Show.DRAFT: _l("Drafts"),
    Show.WAITING: _l("Waiting for payment"),
    Show.OVERDUE: _l("Overdue"),
    Show.PAID: _l("Paid"),
    Show.CREDITED: _l("Credited"),
}
STATUSES = {
    Show.DRAFT: InvoiceStatus.DRAFT,
    Show.WAITING: InvoiceStatus.SENT,
    Show.OVERDUE: InvoiceStatus.SENT,
    Show.PAID: InvoiceStatus.PAID,
    Show.CREDITED: InvoiceStatus.CREDITED,
}


class SearchForm(BaseForm):
    """The filters above a list of invoices; sent by GET."""

    class Meta(BaseForm.Meta):
        csrf = False

    show = SelectField(_l("Which invoices"), SHOWN, blank=_l("All"), required=False)
    text = TextField(_l("Orderer or number"), required=False, max_length=120)

    def to_search(self, today: date) -> Search:
        """What to look for."""
        chosen = self.show.data
        return Search(
            status=STATUSES.get(chosen),
            overdue_on=today if chosen is Show.OVERDUE else None,
            text=self.text.data or "",
        )


class MakeInvoiceForm(BaseForm):
    """The button that makes a draft."""

    form_key = FormKeyField()

    def to_command(self, selection: Selection) -> MakeInvoice:
        """The command to make it."""
        return MakeInvoice(selection=selection, form_key=self.form_key.data)


class PaidForm(BaseForm):
    """When the payment came."""

    day = DayField(_l("Day of payment"))

    def to_command(self) -> MarkPaid:
        """The command to mark it."""
        return MarkPaid(day=self.day.data)


class CreditForm(BaseForm):
    """Why an invoice is taken back."""

    reason = LongTextField(
        _l("Why is the invoice taken back?"), max_length=REASON_LIMIT, description=_l("The orderer sees this.")
    )

    def to_command(self) -> CreditInvoice:
        """The command to credit it."""
        return CreditInvoice(reason=self.reason.data)


class HoursField(ParsedField):
    """A length of time typed `2`, `1,5` or `1:30`, as whole minutes."""

    def parse(self, typed: str) -> int:
        hours, colon, minutes = typed.partition(":")
        if colon:
            found = parsing.whole_number(hours) * MINUTES_IN_HOUR + _part_of_hour(minutes)
        else:
            found = parsing.decimal(typed) * MINUTES_IN_HOUR
        if found != int(found) or not 0 <= found <= MOST_HOURS * MINUTES_IN_HOUR:
            raise ValueError(f"{typed!r} is no length of work")
        return int(found)

    def show(self, value: int) -> str:
        hours, minutes = divmod(value, int(MINUTES_IN_HOUR))
        return f"{hours}:{minutes:02d}"

    def unreadable(self) -> str:
        return describe(DomainError("hours_unreadable"))


def _part_of_hour(typed: str) -> int:
    minutes = parsing.whole_number(typed)
    if not 0 <= minutes < MINUTES_IN_HOUR:
        raise ValueError(f"{typed!r} are no minutes of an hour")
    return minutes


class LinesCreditForm(BaseForm):
    """How many hours of which lines are taken back, and why; the fields of the lines are added by `credit_form`."""

    reason = LongTextField(
        _l("Why are these hours taken back?"), max_length=REASON_LIMIT, description=_l("The orderer sees this.")
    )
    form_key = FormKeyField()

    def line_fields(self) -> list[HoursField]:
        """The fields of the lines, in their order."""
        return [field for field in self if field.name.startswith(LINE_FIELD)]

    def to_command(self) -> CreditInvoice:
        """The command to credit them."""
        minutes = {int(field.name.removeprefix(LINE_FIELD)): field.data or 0 for field in self.line_fields()}
        return CreditInvoice(reason=self.reason.data, minutes=minutes, form_key=self.form_key.data)


def credit_form(lines: Iterable[tuple[int, str, str]]) -> LinesCreditForm:
    """The form of an invoice whose lines are given as (id, what it is, how much is left)."""
    fields = {
        f"{LINE_FIELD}{line_id}": HoursField(label, required=False, description=left) for line_id, label, left in lines
    }
    return type("CreditFormOfLines", (LinesCreditForm,), fields)()
