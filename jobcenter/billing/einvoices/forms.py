"""Which e-invoices a list shows."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from jobcenter.billing.einvoices.domain import ON_ITS_WAY, STUCK, EInvoiceStatus
from jobcenter.core.forms import BaseForm, SelectField


class Show(StrEnum):
    """Which e-invoices a list shows."""

    STUCK = "stuck"
    ON_ITS_WAY = "on_its_way"
    DELIVERED = "delivered"
    RECEIVED = "received"


SHOWN = {
    Show.STUCK: _l("Waiting for somebody"),
    Show.ON_ITS_WAY: _l("On their way"),
    Show.DELIVERED: _l("With the operator"),
    Show.RECEIVED: _l("Received"),
}
STATUSES = {
    Show.STUCK: STUCK,
    Show.ON_ITS_WAY: ON_ITS_WAY,
    Show.DELIVERED: frozenset({EInvoiceStatus.DELIVERED}),
    Show.RECEIVED: frozenset({EInvoiceStatus.RECEIVED}),
}


class SearchForm(BaseForm):
    """The filter above the list; sent by GET."""

    class Meta(BaseForm.Meta):
        csrf = False

    show = SelectField(_l("Which e-invoices"), SHOWN, blank=_l("All"), required=False)

    def to_statuses(self) -> frozenset[EInvoiceStatus]:
        """The states to list."""
        return STATUSES.get(self.show.data, frozenset(EInvoiceStatus))
