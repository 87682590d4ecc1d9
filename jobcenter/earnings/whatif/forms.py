"""The screens of what if: one form per question, read from the address, so that going back loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.benefits.judging import months_from
from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, ChoiceField, DayField, DecimalField, FormKeyField, SelectField, TextField
from jobcenter.core.money import CENT
from jobcenter.earnings.whatif.domain import MOST_MONTHS, Asked, Keep, Question, first_month
from jobcenter.earnings.whatif.messages import WEEKDAYS
from jobcenter.orders.rates.messages import FORMS as CONTRACT_FORMS

MOST_HOURS_A_DAY, MOST_HOURS_A_MONTH = 24, 300
MOST_WAGE = 100
NAME_LENGTH = 60
HOURS_HINT = _l("For example 4 or 2,5")
ASKED = frozenset(Asked.__dataclass_fields__)


class AskForm(BaseForm):
    """A question. Nothing is changed by it, so it needs no token. `question` is set by each."""

    question: Question

    class Meta(BaseForm.Meta):
        csrf = False

    def offer_choices(self, today: date, offers: Iterable[tuple[int, str]]) -> None:
        """Set the choices that depend on the day and the person."""

    def to_asked(self) -> Asked:
        """The question as it is asked: what each form has of it."""
        given = {name: field.data for name, field in self._fields.items() if name in ASKED}
        if "hours" in self:
            given["minutes"] = minutes_of(self.hours.data)
        return Asked(question=self.question, form=self.contract.data if "contract" in self else None, **given)

    @property
    def nothing_to_choose(self) -> bool:
        """Whether there is nothing that the question could be about."""
        return False

    def kept(self) -> Iterator[tuple[str, str]]:
        """What was typed, for asking the same again."""
        for field in self:
            yield field.name, str(field._value() if field.kind == "text" else field.data or "")


def contract_field() -> ChoiceField:
    return ChoiceField(
        _l("Contract form"), CONTRACT_FORMS, description=_l("The one usual in your Jobcenter is chosen for you.")
    )


def hours_field(label: object, most: int) -> DecimalField:
    return DecimalField(label, least=CENT, most=most, description=HOURS_HINT)


class GigForm(AskForm):
    """One gig."""

    question = Question.GIG
    starts_on = DayField(_l("Day of the gig"), description=_l("For example 22.11.2026"))
    hours = hours_field(_l("Hours"), MOST_HOURS_A_DAY)
    contract = contract_field()


class MonthsForm(AskForm):
    """Months that follow each other."""

    starts_on = SelectField(_l("From which month"), blank=None)
    months = SelectField(_l("For how many months"), [(n, str(n)) for n in range(1, MOST_MONTHS + 1)], blank=None)

    def offer_choices(self, today: date, offers: Iterable[tuple[int, str]]) -> None:
        first = first_month(self.question, today)
        months = [months_from(first, number) for number in range(MOST_MONTHS)]
        self.starts_on.offer([(month, texts.month(month)) for month in months])
        self.starts_on.data = self.starts_on.data or first
        self.months.data = self.months.data or 1


class MonthlyForm(MonthsForm):
    """So many hours a month."""

    question = Question.MONTHLY
    hours = hours_field(_l("Hours a month, on top of the gigs agreed already"), MOST_HOURS_A_MONTH)
    contract = contract_field()


class WeeklyForm(AskForm):
    """Every week until a day."""

    question = Question.WEEKLY
    weekday = SelectField(_l("Which day of the week"), WEEKDAYS, blank=None)
    hours = hours_field(_l("Hours each time"), MOST_HOURS_A_DAY)
    starts_on = DayField(_l("First day"), description=_l("For example 22.11.2026"))
    until = DayField(_l("Last day"))
    contract = contract_field()


class RaiseForm(MonthsForm):
    """Another hourly wage."""

    question = Question.RAISE
    hours = hours_field(_l("Hours that you usually work a month"), MOST_HOURS_A_MONTH)
    new_hourly = DecimalField(_l("New pay for an hour, in euros"), least=CENT, most=MOST_WAGE)
    contract = contract_field()


class OfferForm(AskForm):
    """An open offer, in the form in which it was made."""

    question = Question.OFFER
    offer_id = ChoiceField(_l("Which offer?"))

    def offer_choices(self, today: date, offers: Iterable[tuple[int, str]]) -> None:
        self.offer_id.offer(offers)

    @property
    def nothing_to_choose(self) -> bool:
        return not self.offer_id.options


FORMS: dict[Question, type[AskForm]] = {
    form.question: form for form in (OfferForm, GigForm, MonthlyForm, WeeklyForm, RaiseForm)
}


class KeepForm(BaseForm):
    """Keep an answer."""

    name = TextField(_l("Name for this answer"), required=False, max_length=NAME_LENGTH)
    form_key = FormKeyField()

    def to_command(self, asked: Asked) -> Keep:
        return Keep(asked=asked, name=self.name.data or "", form_key=self.form_key.data)


def minutes_of(hours: Decimal) -> int:
    """Hours with decimals as whole minutes."""
    return int((hours * 60).to_integral_value(ROUND_HALF_UP))
