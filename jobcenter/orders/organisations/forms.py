"""The orderer's profile, and looking for orderers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import NewUser
from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, ChoiceField, EmailField, PhoneField, TextField
from jobcenter.orders.organisations.domain import Profile, business_id_of, check_einvoice_room, einvoice_of
from jobcenter.orders.organisations.messages import KINDS

BUSINESS_ID_HINT = _l("For example 1234567-1. A private person has none.")
EINVOICE_HINT = _l("Begins with 0037, or is an IBAN. If you have none, the invoice comes by e-mail.")
OPERATOR_HINT = _l("For example 003721291126")
COST_CENTRE_HINT = _l("City units: the cost centre that the work is booked on.")
NAME_LENGTH = 120
POSTCODE_LENGTH = 10


class InvoicingFields(BaseForm):
    """Where the invoice goes."""

    einvoice_address = TextField(
        _l("E-invoice address"), required=False, max_length=NAME_LENGTH, description=EINVOICE_HINT
    )
    einvoice_operator = TextField(
        _l("E-invoice operator"), required=False, max_length=NAME_LENGTH, description=OPERATOR_HINT
    )
    invoice_reference = TextField(_l("Your reference on the invoice"), required=False)
    cost_centre = TextField(_l("Cost centre"), required=False, max_length=NAME_LENGTH, description=COST_CENTRE_HINT)


class ProfileForm(InvoicingFields):
    """Who the orderer is and where its invoices go."""

    kind = ChoiceField(_l("Who orders?"), KINDS)
    name = TextField(_l("Name of the orderer"), max_length=NAME_LENGTH)
    business_id = TextField(_l("Y-tunnus"), required=False, max_length=20, description=BUSINESS_ID_HINT)
    email = EmailField(_l("E-mail for invoices"), required=False)
    phone = PhoneField(_l("Phone"), required=False)
    street = TextField(
        _l("Street address"), required=False, max_length=NAME_LENGTH, render_kw={"autocomplete": "street-address"}
    )
    postcode = TextField(
        _l("Postcode"), required=False, max_length=POSTCODE_LENGTH, render_kw={"autocomplete": "postal-code"}
    )
    city = TextField(_l("City"), required=False, max_length=NAME_LENGTH, render_kw={"autocomplete": "address-level2"})

    def to_command(self) -> Profile:
        """The profile. Raises BusinessIdRefused or EinvoiceRefused."""
        return profile_of(self.data)


def profile_of(data: dict[str, Any]) -> Profile:
    """A profile from typed values by field name. Raises BusinessIdRefused or EinvoiceRefused."""
    names = (*Profile.__dataclass_fields__,)
    values = {name: data.get(name) or "" for name in names}
    values["business_id"] = business_id_of(values["kind"], values["business_id"])
    values["einvoice_address"], values["einvoice_operator"] = einvoice_of(
        values["einvoice_address"], values["einvoice_operator"]
    )
    profile = Profile(**values)
    check_einvoice_room(profile)
    return profile


class SearchForm(BaseForm):
    """Looking for an orderer by name or Y-tunnus."""

    wanted = TextField(_l("Name or Y-tunnus"), required=False)

    class Meta(BaseForm.Meta):
        csrf = False


class MemberForm(BaseForm):
    """Somebody new who may order for an organisation."""

    given_name = TextField(_l("First name"), max_length=NAME_LENGTH)
    family_name = TextField(_l("Last name"), max_length=NAME_LENGTH)
    email = EmailField(_l("E-mail"))

    def to_command(self) -> NewUser:
        return NewUser(
            email=self.email.data,
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            language=texts.DEFAULT,
        )
