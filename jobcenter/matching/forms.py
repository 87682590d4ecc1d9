"""The screens of the desk, of offers and of answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.core import clock
from jobcenter.core.forms import BaseForm, CheckField, ClockField, DayField, LongTextField, SelectField, TextField
from jobcenter.core.paging import Part
from jobcenter.matching.domain import OfferCommand, Wanted, Yes
from jobcenter.matching.messages import REASON_NAMES
from jobcenter.orders.gigs.domain import AnswerTimeWrong, Span

USUAL_TIME_TO_THINK = timedelta(days=3)
SHORTEST_TIME_TO_THINK = timedelta(hours=2)
NAME_LIMIT = 120


class FindForm(BaseForm):
    """Which people of the desk are shown. Sent by GET, changes nothing, needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    name = TextField(_l("Name"), required=False, max_length=NAME_LIMIT)
    reason = SelectField(_l("Why not"), REASON_NAMES, required=False, blank=_l("Everyone"))

    def wanted(self, piece: Part) -> Wanted:
        """What was asked for; anything that cannot be read narrows nothing."""
        self.validate()
        return Wanted(
            name="" if self.name.errors else self.name.data,
            reason=None if self.reason.errors else self.reason.data,
            limit=piece.limit,
            offset=piece.offset,
        )


class OfferForm(BaseForm):
    """An offer: until when the answer is awaited, and why a rule's no is passed by."""

    answer_day = DayField(_l("Answer by, day"))
    answer_time = ClockField(_l("Answer by, time"))
    reason = LongTextField(
        _l("Why is it offered all the same?"),
        required=False,
        max_length=250,
        description=_l("Only if the rules say no. The reason is kept."),
    )

    @classmethod
    def for_gig(cls, span: Span, now: datetime) -> OfferForm:
        """The form with a time to answer that leaves time to think and comes before the gig."""
        latest = span.starts_at - SHORTEST_TIME_TO_THINK
        answer_by = clock.local(max(min(now + USUAL_TIME_TO_THINK, latest), now + timedelta(minutes=30)))
        return cls(data={"answer_day": answer_by.date(), "answer_time": clock.to_quarter(answer_by.time())})

    def to_command(self) -> OfferCommand:
        """Raises AnswerTimeWrong for a time that the spring night skips."""
        try:
            answer_by = clock.at(self.answer_day.data, self.answer_time.data)
        except clock.NonexistentTime:
            raise AnswerTimeWrong("gig_time_skipped", "answer_time") from None
        return OfferCommand(answer_by=answer_by, reason=self.reason.data)


class YesForm(BaseForm):
    """Yes, with an own word if wished, and with knowing of a limit that goes over."""

    pitch = LongTextField(
        _l("A few words about yourself"),
        required=False,
        max_length=1000,
        description=_l("You need not write anything. You can tell why this gig suits you."),
    )
    knows = CheckField(_l("I know this, and I want the gig"))

    def speak_for(self, name: str) -> None:
        """Ask of somebody by name whose answer another person writes down."""
        self.pitch.label.text = _("A few words from %(name)s", name=name)
        self.pitch.description = _("Nothing need be written.")
        self.knows.label.text = _("%(name)s knows this, and wants the gig", name=name)

    def to_command(self) -> Yes:
        return Yes(pitch=self.pitch.data, knows=bool(self.knows.data))


class NoForm(BaseForm):
    """No, with a reason if wished."""

    why_not = LongTextField(
        _l("Do you want to tell why?"), required=False, max_length=250, description=_l("You need not.")
    )
