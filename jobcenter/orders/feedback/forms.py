"""The feedback form: three pictures to choose from, praise to tick, words if one likes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.choices import ChoiceField, ChoicesField
from jobcenter.core.fields import LongTextField
from jobcenter.core.forms import BaseForm
from jobcenter.orders.feedback.domain import GiveFeedback
from jobcenter.orders.feedback.messages import HOW_IT_WENT, PRAISE


class FeedbackForm(BaseForm):
    """What the orderer says of one person; the person reads it."""

    how_it_went = ChoiceField(_l("How did it go?"), HOW_IT_WENT)
    went_well = ChoicesField(_l("What went well?"), PRAISE, required=False)
    text = LongTextField(_l("In your own words"), required=False, max_length=1000)

    def to_command(self) -> GiveFeedback:
        """The command to keep it."""
        return GiveFeedback(
            how_it_went=self.how_it_went.data,
            went_well=frozenset(self.went_well.data),
            text=self.text.data or "",
        )
