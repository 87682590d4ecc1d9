"""What is typed of a plan: for which gigs, how long to compute; who is put in; how long people may think."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from jobcenter.core.errors import DomainError
from jobcenter.core.forms import BaseForm, CheckField, ChoiceField, DayField, FormKeyField, SelectField
from jobcenter.matching.plan.desk.domain import (
    CHOICES_OF_SECONDS,
    MOST_STAND_INS,
    USUAL_SECONDS,
    Propose,
    PutIn,
    Scope,
    SendPlan,
)
from jobcenter.matching.plan.desk.messages import SCOPES, days_label, seconds_label, stand_ins_label

DAYS_TO_THINK = range(1, 8)
USUAL_DAYS_TO_THINK = 2


class ProposeForm(BaseForm):
    """A wish for a plan."""

    scope = ChoiceField(_l("Which gigs are planned?"), SCOPES)
    on = DayField(_l("Day"), description=_l("The day, or any day of the week."))
    seconds = SelectField(_l("How long may it be computed at most?"), blank=None)
    unknown_limits = CheckField(
        _l("Plan also for people whose earnings limits are not known"),
        description=_l("Otherwise they are left out and named, so that you can ask them first."),
    )
    form_key = FormKeyField()

    @classmethod
    def on_day(cls, on: date) -> ProposeForm:
        """The form as it is first shown: the week of a day."""
        return cls._offering(data={"scope": Scope.WEEK, "on": on, "seconds": USUAL_SECONDS, "unknown_limits": False})

    @classmethod
    def like(cls, wish: Propose) -> ProposeForm:
        """The form for a plan computed anew."""
        facts = {"scope": wish.scope, "on": wish.on, "seconds": wish.seconds, "unknown_limits": wish.unknown_limits}
        return cls._offering(data=facts)

    @classmethod
    def sent(cls) -> ProposeForm:
        """The form as it was sent."""
        return cls._offering()

    @classmethod
    def _offering(cls, **facts: object) -> ProposeForm:
        form = cls(**facts)
        form.seconds.offer((seconds, seconds_label(seconds)) for seconds in CHOICES_OF_SECONDS)
        return form

    def to_command(self, again_id: int | None = None) -> Propose:
        """The wish."""
        return Propose(
            scope=self.scope.data,
            on=self.on.data,
            seconds=self.seconds.data,
            unknown_limits=bool(self.unknown_limits.data),
            form_key=self.form_key.data,
            again_id=again_id,
        )


class PersonForm(BaseForm):
    """Who is put on a gig of the plan: one of the best of those who fit, or somebody else by name."""

    fitting = ChoiceField(_l("Who fits beside the plan"), required=False)
    other = SelectField(
        _l("Somebody else"), required=False, description=_l("The rules are asked; if they say no, you see why.")
    )

    def to_command(self, instead_of_id: int | None) -> PutIn:
        """The change. Raises DomainError when nobody is chosen."""
        worker_id = self.other.data or self.fitting.data
        if worker_id is None:
            raise DomainError("plan_choose_somebody", "fitting")
        return PutIn(worker_id=worker_id, instead_of_id=instead_of_id)


class SendForm(BaseForm):
    """The offers of a plan are to be sent."""

    days_to_think = SelectField(
        _l("How long may people think?"), blank=None, description=_l("An offer always ends before its gig begins.")
    )
    stand_ins = SelectField(
        _l("Stand-ins for each gig"),
        blank=None,
        description=_l("If somebody says no, the next in line gets the offer, if the rules still allow it."),
    )

    @classmethod
    def offering(cls, **facts: object) -> SendForm:
        """The form with what can be chosen."""
        form = cls(**facts)
        form.days_to_think.offer((days, days_label(days)) for days in DAYS_TO_THINK)
        form.stand_ins.offer((number, stand_ins_label(number)) for number in range(MOST_STAND_INS + 1))
        return form

    @classmethod
    def usual(cls) -> SendForm:
        """The form as it is first shown."""
        return cls.offering(data={"days_to_think": USUAL_DAYS_TO_THINK, "stand_ins": 0})

    def to_command(self) -> SendPlan:
        """The wish to send."""
        return SendPlan(days_to_think=self.days_to_think.data, stand_ins=self.stand_ins.data)
