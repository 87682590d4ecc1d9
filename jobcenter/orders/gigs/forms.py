"""The screens that change gigs and places."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.core import clock
from jobcenter.core.forms import (
    BaseForm,
    ClockField,
    DayField,
    DecimalField,
    LongTextField,
    SelectField,
    TextField,
    VersionField,
    WholeNumberField,
)
from jobcenter.orders.gigs.domain import MOST_PEOPLE, GigTimes, NewGig
from jobcenter.orders.gigs.domain_forms import PartnerPrice
from jobcenter.orders.gigs.models import Gig

LONGEST_BREAK = 240


class ReasonForm(BaseForm):
    """Why something is ended: everyone concerned sees it."""

    reason = LongTextField(_l("Why?"), max_length=250, description=_l("Everyone concerned sees this."))


class CancelOwnForm(BaseForm):
    """A worker cannot come."""

    reason = LongTextField(
        _l("Why can't you come?"),
        max_length=250,
        description=_l(
            "The coordinator, your support person and the orderer see this. You need not tell about illness."
        ),
    )

    def ask_of_another(self, name: str) -> None:
        """Ask about the person instead of asking them."""
        self.reason.label.text = _("Why can't %(name)s come?", name=name)
        self.reason.description = _("Everyone concerned sees this. Nothing need be told about illness.")


class SwapForm(BaseForm):
    """Which place to swap with, and why."""

    other = SelectField(_l("Whose place?"), blank=_l("Choose"))
    reason = LongTextField(_l("Why?"), max_length=250, description=_l("Both people see this. Agree with both first."))


class PeopleForm(BaseForm):
    """Another number of people."""

    people = WholeNumberField(_l("Number of people"), least=1, most=MOST_PEOPLE)


class SupportForm(BaseForm):
    """Which support person comes along."""

    user_id = SelectField(_l("Support person"), blank=_l("Choose"))


class GigForm(BaseForm):
    """When and where a gig is."""

    day = DayField(_l("Day"))
    starts = ClockField(_l("Starts"))
    ends = ClockField(_l("Ends"), description=_l("After midnight: the time on the next day."))
    break_minutes = WholeNumberField(
        _l("Unpaid break, minutes"), least=0, most=LONGEST_BREAK, required=False, default=0
    )
    place = TextField(_l("Another address"), required=False, description=_l("Only if it is not the order's own place."))

    @classmethod
    def for_gig(cls, gig: Gig) -> GigForm:
        """The form filled with a gig's times."""
        start, end = clock.local(gig.starts_at), clock.local(gig.ends_at)
        facts = {"day": start.date(), "starts": start.time(), "ends": end.time()}
        return cls(data=facts | {"break_minutes": gig.break_minutes, "place": gig.place})

    def to_command(self) -> GigTimes:
        return GigTimes(
            day=self.day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            break_minutes=self.break_minutes.data or 0,
            place=self.place.data,
        )


class NewGigForm(GigForm):
    """One more gig of an order."""

    people = WholeNumberField(_l("Number of people"), least=1, most=MOST_PEOPLE, default=1)

    def to_new_gig(self) -> NewGig:
        return NewGig(times=self.to_command(), people=self.people.data)


class PartnerForm(BaseForm):
    """The price at which the partner form is proposed."""

    hourly_price = DecimalField(_l("Price per hour, without VAT, €"), least=Decimal("0.01"))
    price_reason = TextField(
        _l("Why is the price below the list price?"),
        required=False,
        max_length=250,
        description=_l("For example a large order. The orderer sees this."),
    )

    def to_command(self) -> PartnerPrice:
        return PartnerPrice(self.hourly_price.data, self.price_reason.data or "")


class AnswerProposalForm(BaseForm):
    """The proposal on the screen; `proposal` says which."""

    proposal = VersionField()
