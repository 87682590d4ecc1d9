"""Benefits, the answer to being asked, tax card, account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import BenefitKind
from jobcenter.core.forms import BaseForm, ChoiceField, DayField, DecimalField, TextField
from jobcenter.workers.domain import FIGURES, Asked, BenefitTold, TaxCardTold, YesNoUnknown
from jobcenter.workers.held.messages import ANSWERS, YES_NO_UNKNOWN
from jobcenter.workers.messages import JOBSEEKER

YES_NO = frozenset({"blind_or_immobile", "granted_on_disability"})


class BenefitForm(BaseForm):
    """Days of one benefit, and the figures that its decision gives; only those of its kind are asked."""

    starts_on = DayField(_l("From which day?"), required=False, description=_l("Leave empty if you don't know."))
    ends_on = DayField(
        _l("Until which day?"), required=False, description=_l("Leave empty if it goes on or you don't know.")
    )
    decided_annual_income = DecimalField(
        _l("Yearly income from work in the decision, euros"),
        required=False,
        least=0,
        description=_l("The housing allowance decision tells how much income from work it counts."),
    )
    personal_limit = DecimalField(
        _l("Earnings limit in the decision, euros a month"),
        required=False,
        least=0,
        description=_l("The pension company writes the limit in its decision."),
    )
    blind_or_immobile = ChoiceField(
        _l("Is the person permanently blind or unable to move?"),
        YES_NO_UNKNOWN,
        description=_l("Then the pension is paid although the person works."),
    )
    confirmed_yel_income = DecimalField(
        _l("Confirmed YEL income, euros a year"),
        required=False,
        least=0,
        description=_l("Only if the person has an insurance for the self-employed."),
    )
    granted_on_disability = ChoiceField(
        _l("Is the guarantee pension paid because of a disability pension?"), YES_NO_UNKNOWN
    )

    def __init__(self, kind: BenefitKind) -> None:
        super().__init__()
        self.kind = kind
        figures = {name for names in FIGURES.values() for name in names}
        for name in figures.difference(FIGURES.get(kind, ())):
            del self[name]

    @property
    def figures(self) -> list[str]:
        """The names of the figures that are asked, in order."""
        return list(FIGURES.get(self.kind, ()))

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
        return BenefitTold(kind=self.kind, starts_on=self.starts_on.data, ends_on=self.ends_on.data, **figures)


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
