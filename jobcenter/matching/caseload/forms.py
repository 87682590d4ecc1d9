"""The screens of the caseload and of support time."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import (
    BaseForm,
    CheckField,
    DayField,
    FormKeyField,
    SelectField,
    TextField,
    WholeNumberField,
)
from jobcenter.matching.caseload.domain import MINUTES_OF_DAY, NewSupportTime
from jobcenter.matching.caseload.messages import KINDS
from jobcenter.matching.caseload.queries import Whose


class WhoseForm(BaseForm):
    """Whose people are shown. Sent by GET, changes nothing, needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    support = SelectField(_l("Support person"), required=False, blank=_l("All support persons"))
    unit = SelectField(_l("Unit"), required=False, blank=_l("All units"))
    mine = CheckField(_l("Only people on gigs of orders that I coordinate"))

    def whose(self) -> Whose:
        self.validate()
        return Whose(support_id=self.support.data, unit_id=self.unit.data, own_orders=bool(self.mine.data))


class SupportTimeForm(BaseForm):
    """Support time: when, how long, what for, for whom."""

    day = DayField(_l("Day"))
    minutes = WholeNumberField(_l("Minutes"), least=1, most=MINUTES_OF_DAY)
    kind = SelectField(_l("What for?"), KINDS, blank=None)
    worker_id = SelectField(_l("For whom?"), required=False, blank=_l("Nobody in particular"))
    note = TextField(_l("Note"), required=False, description=_l("No health or benefit matters here."))
    form_key = FormKeyField()

    def to_command(self) -> NewSupportTime:
        return NewSupportTime(
            day=self.day.data,
            minutes=self.minutes.data,
            kind=self.kind.data,
            worker_id=self.worker_id.data,
            note=self.note.data,
            form_key=self.form_key.data,
        )
