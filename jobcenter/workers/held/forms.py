"""Benefits, the answer to being asked, tax card, account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import FIGURES, BenefitKind, MunicipalityGroup
from jobcenter.core.forms import BaseForm, ChoiceField, DayField, DecimalField, TextField, WholeNumberField
from jobcenter.workers.domain import Asked, BenefitTold, TaxCardTold, YesNoUnknown
from jobcenter.workers.forms import AskingForm
from jobcenter.workers.held.messages import (
    ANSWERS,
    HOUSEHOLDS,
    MUNICIPALITY_GROUPS,
    NOT_KNOWN,
    PERIODS,
    QUESTIONS_ABOUT,
    YES_NO_UNKNOWN,
)
from jobcenter.workers.messages import DOES_NOT_KNOW, JOBSEEKER, about

YES_NO = frozenset({"blind_or_immobile", "granted_on_disability"})
CHOICES = frozenset({"household", "municipality_group", "period"})
MOST_EUROS = 9_999_999
MOST_PEOPLE = 30
MONTHS_OF_YEAR = 12
# Pensioner's housing allowance has three groups of municipalities, and Helsinki is in the first of them.
PENSIONERS_GROUPS = (MunicipalityGroup.FIRST, MunicipalityGroup.SECOND, MunicipalityGroup.THIRD)


def _euros(label: Any, hint: Any) -> DecimalField:
    return DecimalField(label, required=False, least=0, most=MOST_EUROS, description=hint)


class BenefitForm(AskingForm):
    """Days of one benefit, and the figures that its decision gives; only those of its kind are asked.

    Whatever is left empty, and "I don't know", is None: not known.
    """

    starts_on = DayField(_l("From which day?"), required=False, description=_l("Leave empty if you don't know."))
    ends_on = DayField(
        _l("Until which day?"), required=False, description=_l("Leave empty if it goes on or you don't know.")
    )
    decided_annual_income = _euros(
        _l("Yearly income from work in the decision, euros"),
        _l("The housing allowance decision tells how much income from work it counts."),
    )
    annual_income_other = _euros(
        _l("Other yearly income in the decision, euros"),
        _l("The decision lists pensions and other income that it counts in a year. Leave the income from work out."),
    )
    decided_monthly_income = _euros(
        _l("Household's income in the decision, euros a month"),
        _l("The decision tells the income of the whole household, before tax, that it counts in a month."),
    )
    other_income_month = _euros(
        _l("Household's income now without gigs, euros a month"),
        _l("Before tax: benefits, pensions and wages of everyone at home. Leave the pay from gigs out."),
    )
    household = ChoiceField(
        _l("Who lives in the household?"),
        {**HOUSEHOLDS, NOT_KNOWN: _l("I don't know")},
        required=False,
        description=_l("The decision tells whether it is for one person or for a couple."),
    )
    municipality_group = ChoiceField(
        _l("Which group of municipalities?"),
        required=False,
        description=_l("The decision tells it beside the largest housing costs that are accepted."),
    )
    adults = WholeNumberField(_l("How many adults live in the household?"), required=False, least=1, most=MOST_PEOPLE)
    children = WholeNumberField(
        _l("How many children live in the household?"), required=False, least=0, most=MOST_PEOPLE
    )
    housing_costs_month = _euros(
        _l("Accepted housing costs, euros a month"),
        _l("The decision tells them. If it tells costs of a year, divide by 12."),
    )
    rent = _euros(
        _l("Rent or other housing costs, euros a month"), _l("What the decision accepts, at most the largest costs.")
    )
    decided_on = DayField(
        _l("Which day is the decision from?"), required=False, description=_l("The day stands on top of the letter.")
    )
    period = ChoiceField(
        _l("How often is it paid?"),
        {**PERIODS, NOT_KNOWN: _l("I don't know")},
        required=False,
        description=_l("The decision and each payment slip tell the days that a payment is for."),
    )
    personal_limit = _euros(
        _l("Earnings limit in the decision, euros a month"),
        _l("The pension company writes the limit in its decision."),
    )
    blind_or_immobile = ChoiceField(
        _l("Are you permanently blind or unable to move?"),
        YES_NO_UNKNOWN,
        description=_l("Then the pension is paid although you work."),
    )
    confirmed_yel_income = _euros(
        _l("Confirmed YEL income, euros a year"), _l("Only if you have an insurance for the self-employed.")
    )
    granted_on_disability = ChoiceField(
        _l("Is the guarantee pension paid because of a disability pension?"), YES_NO_UNKNOWN
    )
    dependants = WholeNumberField(
        _l("How many people do you support?"),
        required=False,
        least=0,
        most=MOST_PEOPLE,
        description=_l("The enforcement office's letter tells how many dependants it counts."),
    )
    net_pay_other = _euros(
        _l("Other pay or pension after tax, euros a month"),
        _l("What comes to the account from other work, pensions and benefits that enforcement may take from."),
    )
    aid_months = WholeNumberField(
        _l("How many months of study aid this year?"),
        required=False,
        least=0,
        most=MONTHS_OF_YEAR,
        description=_l("The decision lists the months."),
    )

    def __init__(self, kind: BenefitKind) -> None:
        super().__init__()
        self.kind = kind
        figures = {name for names in FIGURES.values() for name in names}
        for name in figures.difference(self.figures):
            del self[name]
        if self.municipality_group:
            self.municipality_group.offer(_groups(kind))

    @property
    def figures(self) -> list[str]:
        """The names of the figures that are asked, in order."""
        return list(FIGURES.get(self.kind, ()))

    def say_of(self, name: str) -> None:
        for figure in ("starts_on", "ends_on", *self.figures):
            field = self[figure]
            label, hint = QUESTIONS_ABOUT.get(figure, (field.label.text, field.description))
            field.label.text, field.description = about(label, name), about(hint, name)
            if figure in YES_NO | CHOICES:
                unknown = YesNoUnknown.UNKNOWN if figure in YES_NO else NOT_KNOWN
                field.offer({**dict(field.options), unknown: about(DOES_NOT_KNOW, name)})

    def fill(self, told: BenefitTold) -> None:
        """Show a stored benefit, unless the form was sent."""
        if self.is_submitted():
            return
        for name in ("starts_on", "ends_on", *self.figures):
            value = getattr(told, name)
            self[name].process_data(YesNoUnknown.of(value) if name in YES_NO else value)

    def to_command(self) -> BenefitTold:
        figures = {name: self[name].data for name in self.figures}
        figures |= {name: figures[name].value_or_none for name in YES_NO & figures.keys()}
        figures |= {name: None for name in CHOICES & figures.keys() if figures[name] == NOT_KNOWN}
        return BenefitTold(kind=self.kind, starts_on=self.starts_on.data, ends_on=self.ends_on.data, **figures)


def _groups(kind: BenefitKind) -> dict[str, Any]:
    of_pensioner = kind is BenefitKind.PENSIONER_HOUSING_ALLOWANCE
    offered = PENSIONERS_GROUPS if of_pensioner else MunicipalityGroup
    return {**{group: MUNICIPALITY_GROUPS[group] for group in offered}, NOT_KNOWN: _l("I don't know")}


class EndForm(BaseForm):
    """The last day of a benefit."""

    ends_on = DayField(_l("What is the last day of the benefit?"))


class AskedForm(BaseForm):
    """What came of asking about benefits and work-seeking."""

    answer = ChoiceField(_l("Benefits"), ANSWERS)
    jobseeker = ChoiceField(_l("Work-seeking"), JOBSEEKER)
    asked_on = DayField(_l("Asked on"))

    def to_command(self) -> Asked:
        return Asked(answer=self.answer.data, jobseeker=self.jobseeker.data, asked_on=self.asked_on.data)


class TaxCardForm(BaseForm):
    """A tax card as it is printed."""

    valid_from = DayField(_l("Valid from"))
    valid_to = DayField(_l("Valid until"))
    rate = DecimalField(_l("Withholding rate, per cent"), least=0, most=100)
    additional_rate = DecimalField(_l("Additional rate, per cent"), least=0, most=100)
    income_limit = DecimalField(_l("Income limit, euros"), least=0, most=9_999_999)

    def to_command(self) -> TaxCardTold:
        names = ("valid_from", "valid_to", "rate", "additional_rate", "income_limit")
        return TaxCardTold(**{name: self[name].data for name in names})


class AccountForm(BaseForm):
    """Where the money is paid."""

    iban = TextField(_l("Account number (IBAN)"), required=False, max_length=42, render_kw={"autocomplete": "off"})
    account_holder = TextField(_l("Account holder"), required=False, max_length=120)
