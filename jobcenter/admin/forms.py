"""The administrator's forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.admin.domain import business_id_of, iban_of
from jobcenter.admin.messages import LOG_KINDS
from jobcenter.auth.domain import JobcenterDetails, NewUser
from jobcenter.auth.messages import ROLES
from jobcenter.core import texts
from jobcenter.core.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    DecimalField,
    EmailField,
    LongTextField,
    PhoneField,
    SelectField,
    TextField,
    VersionField,
)
from jobcenter.orders.organisations.messages import KINDS as ORDERERS
from jobcenter.orders.rates.messages import FORMS, KINDS
from jobcenter.orders.rates.service import NewRate, SetPriceRule

NAME_LENGTH = 120
TERMS_LENGTH = 40_000
EVERYWHERE = 0


class RateForm(BaseForm):
    """A dated price, wage or VAT."""

    jobcenter = SelectField(_l("Which Jobcenter?"), blank=None)
    kind = ChoiceField(_l("What?"), KINDS)
    form = SelectField(
        _l("Form of contract"), FORMS, blank=_l("None (VAT)"), required=False, description=_l("VAT has none.")
    )
    orderer_kind = SelectField(
        _l("Kind of orderer"), ORDERERS, blank=_l("Everybody"), required=False, description=_l("For list prices only.")
    )
    value = DecimalField(_l("Value"), least=0, most=999, description=_l("Euros per hour, or per cent for VAT"))
    valid_from = DayField(_l("In force from"))
    source = TextField(_l("Source"), description=_l("The decision or the act that says so."))

    def to_command(self) -> NewRate:
        return NewRate(
            kind=self.kind.data,
            form=self.form.data,
            jobcenter_id=self.jobcenter.data or None,
            valid_from=self.valid_from.data,
            value=self.value.data,
            source=self.source.data,
            orderer_kind=self.orderer_kind.data or None,
        )


class PriceRuleForm(BaseForm):
    """Below which share of the list price two people agree a price."""

    least_share = DecimalField(
        _l("A second person from below, per cent of the list price"),
        required=False,
        least=1,
        most=100,
        description=_l("Empty: only a price at the wage, where nothing is left for the service, needs two people."),
    )
    version = VersionField()

    def to_command(self, jobcenter_id: int) -> SetPriceRule:
        return SetPriceRule(jobcenter_id, self.least_share.data, self.version.data or 0)


class TermsForm(BaseForm):
    """A new version of a Jobcenter's order terms."""

    valid_from = DayField(_l("In force from"))
    text_fi = LongTextField(
        _l("Terms in Finnish"),
        max_length=TERMS_LENGTH,
        description=_l("A line that begins with ## is a heading. An empty line begins a paragraph."),
    )
    text_sv = LongTextField(_l("Terms in Swedish"), required=False, max_length=TERMS_LENGTH)
    text_en = LongTextField(_l("Terms in English"), required=False, max_length=TERMS_LENGTH)

    def to_texts(self) -> dict[str, str]:
        """The texts that were given, by language."""
        given = {"fi": self.text_fi.data, "sv": self.text_sv.data, "en": self.text_en.data}
        return {language: text for language, text in given.items() if text}


class UserSearchForm(BaseForm):
    """Looking for a user."""

    wanted = TextField(_l("Name or e-mail"), required=False)
    role = SelectField(_l("Role"), ROLES, blank=_l("All"), required=False)

    class Meta(BaseForm.Meta):
        csrf = False


class RoleForm(BaseForm):
    """A role at a Jobcenter."""

    role = SelectField(_l("Role"), ROLES)
    jobcenter = SelectField(_l("Jobcenter"), blank=None)


class NewUserForm(RoleForm):
    """A new user with a first role; an existing account only gets the role."""

    given_name = TextField(_l("First name"), max_length=60)
    family_name = TextField(_l("Last name"), max_length=59)
    email = EmailField(_l("E-mail"))
    phone = PhoneField(_l("Phone"), required=False)
    language = SelectField(_l("Language"), texts.offered(), blank=None)

    def to_user(self) -> NewUser:
        return NewUser(
            email=self.email.data,
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            phone=self.phone.data or "",
            language=self.language.data,
        )


class JobcenterForm(BaseForm):
    """A Jobcenter's names, contact, account and partner."""

    name = TextField(_l("Name"), max_length=NAME_LENGTH)
    area = TextField(_l("Area"), required=False, max_length=NAME_LENGTH, description=_l("For example Helsinki"))
    phone = PhoneField(_l("Phone"), required=False)
    email = EmailField(_l("E-mail"))
    street = TextField(_l("Street address"), required=False, max_length=NAME_LENGTH)
    postcode = TextField(_l("Postcode"), required=False, max_length=10)
    city = TextField(_l("City"), required=False, max_length=NAME_LENGTH)
    business_id = TextField(_l("Y-tunnus"), required=False, max_length=20)
    iban = TextField(_l("Account number (IBAN)"), required=False, max_length=50)
    bic = TextField(_l("BIC"), required=False, max_length=11)
    partner_name = TextField(
        _l("Partner"), required=False, max_length=NAME_LENGTH, description=_l("The employer in the partner form.")
    )
    partner_business_id = TextField(_l("Partner's Y-tunnus"), required=False, max_length=20)
    near_share = DecimalField(
        _l("Warn when this share of a limit is reached, per cent"),
        least=1,
        most=100,
        description=_l("For everyone who has no share of their own."),
    )

    def to_command(self) -> JobcenterDetails:
        """Raises NumberRefused."""
        data = {name: self.data[name] or "" for name in JobcenterDetails.__dataclass_fields__}
        data["iban"] = iban_of(data["iban"])
        for name in ("business_id", "partner_business_id"):
            data[name] = business_id_of(data[name], name)
        return JobcenterDetails(**data)


class LogForm(BaseForm):
    """Which events of the log are looked at."""

    kind = SelectField(_l("What"), LOG_KINDS, blank=_l("All"), required=False)
    thing_type = TextField(_l("Kind of thing"), required=False, max_length=60, description=_l("For example order"))
    thing_id = TextField(_l("Number of the thing"), required=False, max_length=64)
    since = DayField(_l("From"), required=False)
    until = DayField(_l("Until"), required=False)

    class Meta(BaseForm.Meta):
        csrf = False
