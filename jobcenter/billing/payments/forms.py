"""What is typed of payments: a bank's file, an amount and its day, the invoice, what to do with what was paid over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.billing.payments.domain import (
    Match,
    ProposeWriteOff,
    Receive,
    StopReminders,
    TakeInStatement,
    UseKind,
    UseOver,
)
from jobcenter.billing.payments.messages import USES
from jobcenter.billing.payments.statements import LARGEST
from jobcenter.core.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    DecimalField,
    FormKeyField,
    LongTextField,
    SelectField,
    UploadField,
    WholeNumberField,
)
from jobcenter.core.money import CENT

MOST = Decimal(10**8 - 1)
LEAST = CENT
REASON_LIMIT = 250

Choices = Iterable[tuple[int, str]]


class StatementForm(BaseForm):
    """A bank's file, and whose account it is of."""

    jobcenter = SelectField(_l("Jobcenter"), blank=None)
    file = UploadField(
        _l("File from the bank"),
        description=_l("An account statement (camt.053), a notification (camt.054) or reference payments (KTL)."),
    )

    @classmethod
    def for_jobcenters(cls, jobcenters: Choices) -> StatementForm:
        """The form with the Jobcenters to choose from; the first is chosen."""
        jobcenters = list(jobcenters)
        form = cls(jobcenter=jobcenters[0][0] if jobcenters else None)
        form.jobcenter.offer(jobcenters)
        return form

    def to_command(self) -> TakeInStatement:
        """The command to take it in; a file beyond the limit is cut, and then refused as unreadable."""
        return TakeInStatement(file_name=self.file.data.filename or "", content=self.file.data.read(LARGEST + 1))


class ReceiveForm(BaseForm):
    """A payment that came, noted by hand."""

    amount = DecimalField(_l("Amount, euros"), least=LEAST, most=MOST)
    day = DayField(_l("Day of payment"))
    form_key = FormKeyField()

    @classmethod
    def asking(cls, amount: Decimal, today: date) -> ReceiveForm:
        """The form as it opens: all that is open, if anything is, today."""
        return cls(formdata=None, amount=amount if amount >= LEAST else None, day=today)

    def to_command(self) -> Receive:
        """The command to note it."""
        return Receive(amount=self.amount.data, day=self.day.data, form_key=self.form_key.data)


class MatchForm(BaseForm):
    """The invoice that a payment is for: one of those offered, or another by its number."""

    invoice = ChoiceField(_l("Which invoice is the payment for?"), required=False)
    number = WholeNumberField(_l("Or the number of another invoice"), required=False, least=1, most=99999999)

    @classmethod
    def offering(cls, invoices: Choices) -> MatchForm:
        """The form with invoices to choose from."""
        form = cls()
        form.invoice.offer(invoices)
        return form

    def to_command(self) -> Match:
        """The command to match it; the number counts when both are given."""
        return Match(invoice_id=self.invoice.data, number=self.number.data)


class UseOverForm(BaseForm):
    """What to do with money that was paid over."""

    kind = ChoiceField(_l("What is done with the money?"), USES)
    invoice = SelectField(_l("Other invoice of the same orderer"), blank=_l("No other invoice"), required=False)
    amount = DecimalField(_l("Amount, euros"), least=LEAST, most=MOST)
    day = DayField(_l("Day"))
    form_key = FormKeyField()

    @classmethod
    def offering(cls, invoices: Choices, over: Decimal, today: date) -> UseOverForm:
        """The form as it opens: all that is over, today."""
        form = cls(amount=over, day=today, kind=UseKind.REFUND)
        form.invoice.offer(invoices)
        return form

    def to_command(self) -> UseOver:
        """The command to use it."""
        return UseOver(
            kind=self.kind.data,
            amount=self.amount.data,
            day=self.day.data,
            form_key=self.form_key.data,
            invoice_id=self.invoice.data if self.kind.data is UseKind.OTHER_INVOICE else None,
        )


class StopForm(BaseForm):
    """Why the reminders of an invoice rest."""

    reason = LongTextField(_l("Why are no reminders sent?"), id="stop-reason", max_length=REASON_LIMIT)

    def to_command(self) -> StopReminders:
        """The command to let them rest."""
        return StopReminders(stopped=True, reason=self.reason.data)


class WriteOffForm(BaseForm):
    """Why the rest of an invoice will not come."""

    reason = LongTextField(_l("Why will the money not come?"), max_length=REASON_LIMIT)

    def to_command(self) -> ProposeWriteOff:
        """The command to propose that it is written off."""
        return ProposeWriteOff(reason=self.reason.data)
