"""The forms about limits: a day to look back to, the queue's search, and closing a warning."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ChoiceField, DayField, SelectField, TextField
from jobcenter.earnings.domain_warnings import Outcome, Settled, Stage, WarningLevel
from jobcenter.earnings.messages_warnings import LEVELS, OUTCOMES, STAGES
from jobcenter.earnings.queries_warnings import Wanted

REMARK_LENGTH = 250
NAME_LENGTH = 120


class DayForm(BaseForm):
    """The day that is looked back to."""

    on = DayField(_l("Day"))

    class Meta(BaseForm.Meta):
        csrf = False


class QueueForm(BaseForm):
    """Which warnings are listed."""

    name = TextField(_l("Name"), required=False, max_length=NAME_LENGTH)
    level = SelectField(_l("Where it stands"), LEVELS, blank=_l("All"), required=False)
    stage = SelectField(_l("Looked after"), STAGES, blank=_l("All that are not closed"), required=False)

    class Meta(BaseForm.Meta):
        csrf = False

    def wanted(self) -> Wanted:
        """What is asked for; anything that is no choice narrows nothing."""
        self.validate()
        level, stage = self.level.data, self.stage.data
        return Wanted(
            name=(self.name.data or "").strip()[:NAME_LENGTH],
            level=WarningLevel(level) if level in set(WarningLevel) else None,
            stage=Stage(stage) if stage in set(Stage) else None,
        )


class SettleForm(BaseForm):
    """What was done about a warning."""

    outcome = ChoiceField(_l("What was done?"), OUTCOMES)
    remark = TextField(
        _l("In a few words"),
        required=False,
        max_length=REMARK_LENGTH,
        description=_l("Write no diagnoses. The person may read this."),
    )

    def to_command(self) -> Settled:
        return Settled(Outcome(self.outcome.data), self.remark.data or "")
