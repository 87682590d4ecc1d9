"""The pages of a statement, one thing each."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core.forms import BaseForm, CheckField, ChoiceField, ChoicesField, DayField
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.forms import AskingForm
from jobcenter.workers.messages import DOES_NOT_KNOW, about
from jobcenter.workers.statement.domain import ASKED_KINDS, Debt, Told, Topic
from jobcenter.workers.statement.messages import (
    DEBTS,
    ENDED_ABOUT,
    ENFORCEMENT_ANSWERS,
    IN_ENFORCEMENT_ABOUT,
    INCOME_ANSWERS,
    JOBSEEKER_ABOUT,
    JOBSEEKER_ANSWERS,
    NO_BENEFITS,
    OTHER_DEBTS_ABOUT,
    PAYMENT_PLAN_ABOUT,
    PLAIN_BENEFITS,
    TAKES_A_PART_ABOUT,
    TITLES_ABOUT,
)

Held = Mapping[BenefitKind, BenefitTold]


class StartForm(BaseForm):
    """The consent that a statement rests on."""

    agrees = CheckField(_l("I agree. I know that I can take this back at any time."), required=True)


class BenefitsForm(AskingForm):
    """Which benefits are received; until it is answered, those on the list are ticked."""

    kinds = ChoicesField(_l("Benefits"), {**PLAIN_BENEFITS, **NO_BENEFITS})

    def show(self, told: Told, held: Held) -> None:
        if self.is_submitted():
            return
        if told.receives is None:
            chosen = [kind for kind in ASKED_KINDS if kind in held]
        else:
            chosen = list(told.kinds) if told.receives is YesNoUnknown.YES else [told.receives]
        self.kinds.process_data(chosen)

    def say_of(self, name: str) -> None:
        self.kinds.offer({**PLAIN_BENEFITS, **NO_BENEFITS, YesNoUnknown.UNKNOWN: about(DOES_NOT_KNOW, name)})

    def to_command(self) -> tuple[YesNoUnknown, list[BenefitKind]]:
        kinds = [value for value in self.kinds.data if value in PLAIN_BENEFITS]
        others = [value for value in self.kinds.data if value in NO_BENEFITS]
        return (others[0] if others else YesNoUnknown.YES), kinds


class EndedForm(AskingForm):
    """The last day of a benefit that is received no more."""

    ends_on = DayField(
        _l("What was the last day of the benefit?"),
        required=False,
        description=_l("Leave empty if you don't know. The benefit then stays on your list for now."),
    )

    def say_of(self, name: str) -> None:
        self.ends_on.description = about(ENDED_ABOUT, name)


class JobseekerForm(AskingForm):
    """Work-seeking."""

    jobseeker = ChoiceField(_l("Choose one"), JOBSEEKER_ANSWERS)

    def show(self, told: Told, before: JobseekerStatus) -> None:
        known = before if before is not JobseekerStatus.UNKNOWN else None
        if not self.is_submitted():
            self.jobseeker.process_data(told.jobseeker or known)

    def say_of(self, name: str) -> None:
        self.jobseeker.offer({status: about(text, name) for status, text in JOBSEEKER_ABOUT.items()})


class IncomeForm(AskingForm):
    """Whether the list of other income is all there is."""

    answer = ChoiceField(_l("Have you got money from other work this year?"), INCOME_ANSWERS)

    def say_of(self, name: str) -> None:
        self.answer.label.text = about(TITLES_ABOUT[Topic.INCOME], name)
        self.answer.offer(INCOME_ANSWERS | {YesNoUnknown.UNKNOWN: about(DOES_NOT_KNOW, name)})


class DebtsForm(AskingForm):
    """Debts that earnings may change."""

    in_enforcement = ChoiceField(
        _l("Are debts of yours in enforcement (ulosotto)?"),
        ENFORCEMENT_ANSWERS,
        description=_l("Then the enforcement office takes a part of your pay or pension."),
    )
    debts = ChoicesField(_l("Have you agreed on other debts?"), DEBTS, required=False)

    def show(self, told: Told, held: Held) -> None:
        if self.is_submitted():
            return
        known = YesNoUnknown.YES if BenefitKind.ENFORCEMENT in held else None
        self.in_enforcement.process_data(told.in_enforcement or known)
        self.debts.process_data(told.debts)

    def say_of(self, name: str) -> None:
        self.in_enforcement.label.text = about(IN_ENFORCEMENT_ABOUT, name)
        self.in_enforcement.description = TAKES_A_PART_ABOUT
        self.in_enforcement.offer(ENFORCEMENT_ANSWERS | {YesNoUnknown.UNKNOWN: about(DOES_NOT_KNOW, name)})
        self.debts.label.text = about(OTHER_DEBTS_ABOUT, name)
        self.debts.offer(DEBTS | {Debt.PAYMENT_PLAN: PAYMENT_PLAN_ABOUT})

    def to_command(self) -> tuple[YesNoUnknown, list[Debt]]:
        return self.in_enforcement.data, self.debts.data


class CheckForm(AskingForm):
    """The day of the next time."""

    review_on = DayField(
        _l("When do we look at this again?"),
        required=False,
        description=_l("In half a year, or when a benefit ends. You can choose another day."),
    )
