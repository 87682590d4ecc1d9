"""The screens of rounds."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.core.forms import (
    BaseForm,
    ChoiceField,
    ChoicesField,
    ClockField,
    DayField,
    FormKeyField,
    SelectField,
    TextField,
)
from jobcenter.matching.rounds.domain import Asked, Manner, Reserve, StandIn, StartRound
from jobcenter.matching.rounds.messages import MANNERS, RESERVES, STAND_INS

USUAL_TIME = timedelta(days=2)
SHORTEST_TIME = timedelta(hours=2)


class StartForm(BaseForm):
    """Who is asked to a gig, and how."""

    people = ChoicesField(_l("Who is asked?"), description=_l("In this order: who fits best comes first."))
    first = SelectField(_l("Who is the first in line?"), required=False, blank=_l("In the order of the list"))
    manner = ChoiceField(_l("How are they asked?"), MANNERS, default=Manner.IN_TURN)
    reserve = SelectField(
        _l("How long is an offer kept for one person?"),
        RESERVES,
        blank=None,
        default=Reserve.NEXT_NOON,
        description=_l("It never ends at night, and always before the gig."),
    )
    closes_day = DayField(_l("All answer by, day"), description=_l("When everyone is asked at once."))
    closes_time = ClockField(_l("All answer by, time"))
    stand_in = ChoiceField(_l("If somebody cannot come after all"), STAND_INS, default=StandIn.PROPOSE)
    form_key = FormKeyField()

    @classmethod
    def for_gig(cls, starts_at: datetime, now: datetime) -> StartForm:
        """The form with a time to answer that leaves time to think and comes before the gig."""
        latest = starts_at - SHORTEST_TIME
        until = clock.local(max(min(now + USUAL_TIME, latest), now + timedelta(minutes=30)))
        return cls(data={"closes_day": until.date(), "closes_time": clock.to_quarter(until.time())})

    def offer_people(self, people: list[tuple[int, str]]) -> None:
        """Who can be chosen."""
        self.people.offer(people)
        self.first.offer(people)

    def to_command(self) -> StartRound:
        """Raises DomainError for a time that the spring night skips."""
        try:
            closes_at = clock.at(self.closes_day.data, self.closes_time.data)
        except clock.NonexistentTime:
            raise DomainError("gig_time_skipped", "closes_time") from None
        ids = sorted(self.people.data, key=lambda id_: id_ != self.first.data)
        return StartRound(
            manner=self.manner.data,
            people=tuple(Asked(id_) for id_ in ids),
            form_key=self.form_key.data,
            reserve=self.reserve.data,
            stand_in=self.stand_in.data,
            closes_at=closes_at,
        )


class AddForm(BaseForm):
    """Somebody more in the line."""

    worker_id = SelectField(_l("Person"))
    reason = TextField(
        _l("Why, if the rules say no?"),
        required=False,
        description=_l("Empty: the person is passed over if a rule says no. The reason is kept."),
    )

    def to_asked(self) -> Asked:
        return Asked(self.worker_id.data, self.reason.data)
