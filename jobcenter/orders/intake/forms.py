"""The forms of orders: the short pages of the order form, and what is said about an order."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from jobcenter.core import texts
from jobcenter.core.errors import DomainError
from jobcenter.core.forms import (
    BaseForm,
    ChoiceField,
    ChoicesField,
    ClockField,
    DayField,
    DecimalField,
    EmailField,
    FormKeyField,
    LongTextField,
    PhoneField,
    SelectField,
    TextField,
    VersionField,
    WholeNumberField,
)
from jobcenter.orders.intake.domain import PRIORITIES
from jobcenter.orders.intake.domain_parts import (
    ROW_FIELDS,
    Invoicing,
    OfferTerms,
    OrdererPart,
    Person,
    PlacePart,
    TaskPart,
    TimesPart,
)
from jobcenter.orders.intake.domain_times import TimeRefused, WishedTime
from jobcenter.orders.intake.messages import priority_label
from jobcenter.orders.organisations.domain import REFERENCE_ROOM, OrganisationKind, einvoice_of
from jobcenter.orders.organisations.forms import (
    BUSINESS_ID_HINT,
    NAME_LENGTH,
    POSTCODE_LENGTH,
    InvoicingFields,
    profile_of,
)
from jobcenter.orders.organisations.messages import KINDS
from jobcenter.orders.rates.messages import FORMS
from jobcenter.workers.messages import DEMANDS, SKILLS, TASKS

MOST_PEOPLE = 50
MOST_BREAK = 240
MOST_ROWS = 20
NEEDED_FIELDS = 3
REASON_LENGTH = 250
MESSAGE_LENGTH = 4000


class PartForm(BaseForm):
    """A page of the order form; `version` is the order's when the page was opened."""

    version = VersionField()
    refused_by: DomainError | None = None

    def refuse(self, error: DomainError) -> None:
        """Put the refusal where it belongs, and remember it."""
        self.refused_by = error
        super().refuse(error)


class TaskForm(PartForm):
    """What is to be done."""

    form_key = FormKeyField()
    jobcenter = ChoiceField(_l("Who does the job?"))
    category = ChoiceField(_l("Kind of task"), TASKS)
    title = TextField(
        _l("The task in a few words"),
        max_length=NAME_LENGTH,
        description=_l("For example: dishes at lunch"),
    )
    description = LongTextField(
        _l("More about the task"),
        required=False,
        max_length=2000,
        description=_l("What a day looks like, what to wear, who shows the work."),
    )

    def to_command(self) -> TaskPart:
        return TaskPart(self.category.data, self.title.data, self.description.data or "")


class PlaceForm(PartForm):
    """Where the work is done, and what the place asks of a worker."""

    place_name = TextField(
        _l("Name of the place"), required=False, max_length=NAME_LENGTH, description=_l("For example: Café Aalto")
    )
    street = TextField(_l("Street address"), max_length=NAME_LENGTH, render_kw={"autocomplete": "street-address"})
    postcode = TextField(
        _l("Postcode"),
        required=False,
        max_length=POSTCODE_LENGTH,
        render_kw={"autocomplete": "postal-code", "inputmode": "numeric"},
    )
    city = TextField(_l("City"), max_length=NAME_LENGTH, render_kw={"autocomplete": "address-level2"})
    contact_name = TextField(
        _l("Who meets the worker there?"), max_length=NAME_LENGTH, description=_l("Name of the contact on site")
    )
    contact_phone = PhoneField(_l("Phone of the contact on site"))
    demands = ChoicesField(
        _l("What does the place ask of a worker?"),
        DEMANDS,
        required=False,
        description=_l("Tick what is part of the work."),
    )
    skills = ChoicesField(_l("Is one of these needed?"), SKILLS, required=False)

    def to_command(self) -> PlacePart:
        return PlacePart(
            place_name=self.place_name.data or "",
            street=self.street.data,
            postcode=self.postcode.data or "",
            city=self.city.data,
            contact_name=self.contact_name.data,
            contact_phone=self.contact_phone.data,
            demands=frozenset(self.demands.data),
            skills=frozenset(self.skills.data),
        )


# Times: as many rows as are wanted


class TimesForm(PartForm):
    """How many people, when. Rows are fields `day_0`, `starts_0`, …; a row that is left empty does not count."""

    people = WholeNumberField(_l("How many people are needed?"), least=1, most=MOST_PEOPLE, default=1)
    rows = 1

    def __init__(self, *args: Any, **options: Any) -> None:
        """A row may be left empty, but its day, start and end are not called optional."""
        super().__init__(*args, **options)
        for row in self.row_fields:
            for field in row[:NEEDED_FIELDS]:
                field.flags.optional = None

    def row(self, number: int) -> list[Any]:
        """The fields of one row, in their order."""
        return [self[f"{name}_{number}"] for name in ROW_FIELDS]

    @property
    def row_fields(self) -> list[list[Any]]:
        return [self.row(number) for number in range(self.rows)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A row that has something must have its day, start and end; so must the first."""
        valid = super().validate(extra_validators)
        for number in range(self.rows):
            if number == 0 or any(map(_is_typed, self.row(number))):
                valid = all([_check_given(field) for field in self.row(number)[:NEEDED_FIELDS]]) and valid
        return valid

    def to_command(self) -> TimesPart:
        """The rows that were filled in."""
        return TimesPart(self.people.data, tuple(self._times().values()))

    def refuse(self, error: DomainError) -> None:
        """Put a refusal beside the row it is about: the domain counts only the rows that were filled in."""
        if isinstance(error, TimeRefused):
            filled = list(self._times())
            part, _underscore, _row = (error.field or "").rpartition("_")
            error.field = f"{part}_{filled[error.row]}"
            error.facts |= {
                name: filled[error.facts[name] - 1] + 1 for name in ("first", "second") if name in error.facts
            }
        super().refuse(error)

    def _times(self) -> dict[int, WishedTime]:
        """The filled-in rows by their place on the page."""
        times = {number: self._time(number) for number in range(self.rows)}
        return {number: time for number, time in times.items() if time is not None}

    def _time(self, number: int) -> WishedTime | None:
        day, starts, ends, pause, until = (field.data for field in self.row(number))
        if day is None or starts is None or ends is None:
            return None
        return WishedTime(day, starts, ends, pause or 0, until)


def times_form(rows: int) -> type[TimesForm]:
    """The times page with a number of rows, at least one and at most `MOST_ROWS`."""
    return _times_form(min(max(rows, 1), MOST_ROWS))


@cache
def _times_form(rows: int) -> type[TimesForm]:
    fields: dict[str, Any] = {"rows": rows}
    for number in range(rows):
        fields[f"day_{number}"] = DayField(_l("Day"), required=False, description=_l("For example 1.12.2026"))
        fields[f"starts_{number}"] = ClockField(_l("Begins"), required=False)
        fields[f"ends_{number}"] = ClockField(_l("Ends"), required=False)
        fields[f"pause_{number}"] = WholeNumberField(
            _l("Unpaid break, minutes"), required=False, least=0, most=MOST_BREAK
        )
        fields[f"until_{number}"] = DayField(
            _l("Every week until"), required=False, description=_l("Leave empty if it is only once.")
        )
    return type(f"TimesForm{rows}", (TimesForm,), fields)


def _is_typed(field: Any) -> bool:
    return bool(field.raw_data and any(isinstance(text, str) and text.strip() for text in field.raw_data))


def _check_given(field: Any) -> bool:
    if field.data is None and not field.errors:
        field.errors = [*field.errors, field.gettext("Fill in this field.")]
    return not field.errors


# Who orders


class OrderInvoicingFields(InvoicingFields):
    """Where this order's invoice goes, and the number that the orderer's own office knows the order by."""

    order_number = TextField(
        _l("Your order number"),
        required=False,
        max_length=REFERENCE_ROOM,
        description=_l("If your office has given the order a number. It is on the invoice."),
    )


class OwnOrganisationForm(PartForm, OrderInvoicingFields):
    """Which of one's organisations orders, and where the invoice goes."""

    organisation = ChoiceField(_l("Who orders?"))

    def to_command(self) -> OrdererPart:
        """Raises EinvoiceRefused."""
        return OrdererPart(organisation_id=self.organisation.data, invoicing=invoicing_of(self))


class InvoicingForm(PartForm, OrderInvoicingFields):
    """Where the invoice goes, when who orders can no longer change."""

    def to_command(self) -> OrdererPart:
        """Raises EinvoiceRefused."""
        return OrdererPart(invoicing=invoicing_of(self))


class NewOrdererForm(PartForm, OrderInvoicingFields):
    """A new orderer; the contact person too when nobody is signed in."""

    kind = ChoiceField(_l("Who orders?"), KINDS)
    name = TextField(
        _l("Name of the orderer"),
        required=False,
        max_length=NAME_LENGTH,
        description=_l("The business, association or unit. A private person can leave this empty."),
        render_kw={"autocomplete": "organization"},
    )
    business_id = TextField(_l("Y-tunnus"), required=False, max_length=20, description=BUSINESS_ID_HINT)
    given_name = TextField(_l("Your first name"), max_length=60, render_kw={"autocomplete": "given-name"})
    family_name = TextField(_l("Your last name"), max_length=59, render_kw={"autocomplete": "family-name"})
    email = EmailField(_l("Your e-mail"), description=_l("We send you a link to confirm the order."))
    phone = PhoneField(_l("Your phone"))

    def __init__(self, *args: Any, signed_in: bool, own_name: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_name = own_name
        for name in ("name", "business_id"):
            self[name].flags.optional = None
        if signed_in:
            for name in ("given_name", "family_name", "email", "phone"):
                del self[name]

    def validate(self, extra_validators: Any = None) -> bool:
        """An organisation has a name of its own; a private person's is their own."""
        valid = super().validate(extra_validators)
        if not self.orderer_name:
            self.name.errors = [*self.name.errors, self.name.gettext("Fill in this field.")]
        return valid and bool(self.orderer_name)

    @property
    def orderer_name(self) -> str:
        if self.name.data or self.kind.data is not OrganisationKind.PRIVATE_PERSON:
            return self.name.data or ""
        return self.own_name or f"{self.given_name.data} {self.family_name.data}".strip()

    def to_command(self) -> OrdererPart:
        """Raises BusinessIdRefused, EinvoiceRefused."""
        return OrdererPart(
            profile=profile_of({**self.data, "name": self.orderer_name}),
            person=self._person(),
            invoicing=invoicing_of(self),
        )

    def _person(self) -> Person | None:
        if "email" not in self:
            return None
        return Person(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data,
            phone=self.phone.data,
            language=texts.language(),
        )


def invoicing_of(form: OrderInvoicingFields) -> Invoicing:
    """Where the invoice goes. Raises EinvoiceRefused."""
    address, operator = einvoice_of(form.einvoice_address.data or "", form.einvoice_operator.data or "")
    return Invoicing(
        einvoice_address=address,
        einvoice_operator=operator,
        invoice_reference=form.invoice_reference.data or "",
        cost_centre=form.cost_centre.data or "",
        order_number=form.order_number.data or "",
    )


# What is said about a sent order


class MessageForm(BaseForm):
    """A message on the thread."""

    form_key = FormKeyField()
    text = LongTextField(_l("Write a message"), max_length=MESSAGE_LENGTH)


class ReasonForm(BaseForm):
    """Why; everybody concerned sees it."""

    reason = TextField(_l("Reason"), max_length=REASON_LENGTH, description=_l("Everybody concerned sees this."))


class PriorityForm(BaseForm):
    """How early an order's places are filled."""

    priority = SelectField(_l("Priority"), blank=None)

    @classmethod
    def of(cls, priority: int | None = None) -> PriorityForm:
        """The form with every priority to choose from, the highest first."""
        form = cls(data=None if priority is None else {"priority": priority})
        form.priority.offer((number, priority_label(number)) for number in reversed(PRIORITIES))
        return form


class CopyForm(BaseForm):
    """A button that copies once."""

    form_key = FormKeyField()


class OfferTermsForm(BaseForm):
    """Form of contract and hourly price to offer."""

    contract_form = ChoiceField(_l("Form of contract"), FORMS)
    hourly_price = DecimalField(_l("Price per hour, without VAT, €"), least=Decimal("0.01"))
    price_reason = TextField(
        _l("Why is the price below the list price?"),
        required=False,
        max_length=REASON_LENGTH,
        description=_l("For example a large order. The orderer sees this."),
    )

    def to_command(self) -> OfferTerms:
        return OfferTerms(self.contract_form.data, self.hourly_price.data, self.price_reason.data or "")


class AcceptForm(BaseForm):
    """The terms on the screen; `terms` says which."""

    terms = VersionField()
