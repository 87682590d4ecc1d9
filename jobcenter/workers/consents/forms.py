"""Recording a consent from paper, or giving one on screen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ChoiceField, DayField, TextField
from jobcenter.workers.consents.messages import PARTIES
from jobcenter.workers.domain import ConsentPurpose, Given
from jobcenter.workers.messages import CONSENTS


class PaperForm(BaseForm):
    """A consent that the coordinator has on paper."""

    purpose = ChoiceField(_l("What does the person agree to?"), CONSENTS)
    parties = TextField(
        _l("Who are named in the consent?"), max_length=250, description=_l("As on the paper. Names or offices.")
    )
    given_on = DayField(_l("Day on the paper"))

    def to_command(self) -> Given:
        return Given(purpose=self.purpose.data, parties=self.parties.data, given_on=self.given_on.data)


def on_screen(purpose: ConsentPurpose) -> Given:
    """The consent that a person gives with a button, with the parties that the page names."""
    return Given(purpose=purpose, parties=str(PARTIES[purpose]))
