"""What is typed of invoices: which ones to list, the day of a payment, why one is taken back."""

from __future__ import annotations

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
from jobcenter.billing.invoices.queries import Search
from jobcenter.core.forms import BaseForm, DayField, FormKeyField, LongTextField, SelectField, TextField

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
