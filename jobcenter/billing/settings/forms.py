"""The form of the billing settings."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.billing.settings.domain import SaveTerms, sender_of
from jobcenter.billing.settings.messages import EINVOICE_FORMATS, VAT_FREE
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core.errors import DomainError, describe
from jobcenter.core.forms import (
    BaseForm,
    CheckField,
    DayField,
    DecimalField,
    ParsedField,
    SelectField,
    TextField,
    VersionField,
    WholeNumberField,
)

LONGEST_TERM = 60
LAST_DAY = 31
ADDRESS_LENGTH = 35
REASON_LENGTH = 250


class PayDaysField(ParsedField):
    """Days of the month, typed `15, 31`."""

    def parse(self, typed: str) -> tuple[int, ...]:
        days = {int(part) for part in typed.replace(".", " ").replace(",", " ").split()}
        if not days or not all(1 <= day <= LAST_DAY for day in days):
            raise ValueError(f"{typed!r} is not a list of days")
        return tuple(sorted(days))

    def show(self, value: tuple[int, ...]) -> str:
        return ", ".join(map(str, value))

    def unreadable(self) -> str:
        return describe(DomainError("pay_days_unreadable"))


class SettingsForm(BaseForm):
    """What a Jobcenter sets for its invoices and pay; empty fields mean the shipped figure."""

    payment_days = WholeNumberField(_l("Days to pay an invoice"), required=False, least=0, most=LONGEST_TERM)
    pay_days = PayDaysField(
        _l("Pay days of the month"),
        required=False,
    )
    partner_bills = CheckField(_l("The partner bills the hours of its own employees"))
    partner_from = DayField(
        _l("From which day of work the partner bills, or stops"), required=False, description=_l("Empty: from today on")
    )
    card_most = DecimalField(
        _l("Organisations pay by card up to, euros"),
        required=False,
        least=Decimal(0),
        description=_l("Empty: private persons only"),
    )
    approves_invoices = CheckField(_l("A second person approves each invoice before it is sent"))
    reason = TextField(_l("Why the approval is given up"), required=False, max_length=REASON_LENGTH)
    rf_references = CheckField(_l("Invoices carry the international reference number (RF)"))
    vat_free = SelectField(_l("Why no VAT is charged"), VAT_FREE, blank=_l("VAT is charged"), required=False)
    einvoice_format = SelectField(
        _l("Format of e-invoices"), EINVOICE_FORMATS, blank=_l("E-invoices are not sent"), required=False
    )
    einvoice_address = TextField(
        _l("The Jobcenter's e-invoice address"),
        required=False,
        max_length=ADDRESS_LENGTH,
        description=_l("An OVT code: 0037 and the digits of the Y-tunnus"),
    )
    einvoice_operator = TextField(
        _l("The Jobcenter's e-invoice operator"),
        required=False,
        max_length=ADDRESS_LENGTH,
        description=_l("The operator's code, for example 003721291126"),
    )
    version = VersionField()

    @classmethod
    def for_settings(cls, settings: BillingSettings | None, *, partner_bills: bool, **sent: None) -> SettingsForm:
        """The form as it opens; `formdata=None` where something else was sent."""
        if settings is None:
            return cls(version=0, partner_bills=partner_bills, **sent)
        return cls(
            **sent,
            payment_days=settings.payment_days,
            pay_days=tuple(settings.pay_days) if settings.pay_days else None,
            partner_bills=partner_bills,
            card_most=settings.card_most,
            approves_invoices=settings.approves_invoices,
            rf_references=settings.rf_references,
            vat_free=settings.vat_free,
            einvoice_format=settings.einvoice_format,
            einvoice_address=settings.einvoice_address,
            einvoice_operator=settings.einvoice_operator,
            version=settings.version,
        )

    def to_command(self) -> SaveTerms:
        """The command to save them. Raises EinvoiceRefused or DomainError for a sender that cannot be."""
        sender = sender_of(
            self.einvoice_format.data, self.einvoice_address.data or "", self.einvoice_operator.data or ""
        )
        return SaveTerms(
            payment_days=self.payment_days.data,
            pay_days=self.pay_days.data,
            partner_bills=bool(self.partner_bills.data),
            version=self.version.data or 0,
            einvoices=sender,
            card_most=self.card_most.data,
            approves_invoices=bool(self.approves_invoices.data),
            rf_references=bool(self.rf_references.data),
            reason=self.reason.data or "",
            partner_from=self.partner_from.data,
            vat_free=self.vat_free.data or None,
        )
