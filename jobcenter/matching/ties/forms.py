"""Finding somebody by name, and noting a tie with them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ChoiceField, TextField
from jobcenter.matching.ties.domain import AddBlock, AddTie
from jobcenter.matching.ties.messages import KINDS

NAME_LIMIT = 120
REASON_LIMIT = 250


class FindForm(BaseForm):
    """With whom. Sent by GET, changes nothing, needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = TextField(_l("Name"), max_length=NAME_LIMIT, description=_l("A part of the name is enough."))

    @property
    def words(self) -> str:
        """What was asked for; "" when it cannot be read."""
        return self.q.data if self.validate() else ""


class TieForm(BaseForm):
    """How two workers stand to each other."""

    who = ChoiceField(_l("Who?"))
    kind = ChoiceField(_l("How do they stand to each other?"), KINDS)
    reason = TextField(
        _l("Why?"),
        required=False,
        max_length=REASON_LIMIT,
        description=_l("Only coordinators see this. Write only what is needed; nothing about health."),
    )

    def to_command(self) -> AddTie:
        return AddTie(other_id=self.who.data, kind=self.kind.data, reason=self.reason.data or "")


class BlockForm(BaseForm):
    """An orderer to whom a worker is not sent."""

    who = ChoiceField(_l("Which orderer?"))
    reason = TextField(
        _l("Why?"),
        max_length=REASON_LIMIT,
        description=_l("Only coordinators see this. The orderer is told neither this nor that there is a block."),
    )

    def to_command(self) -> AddBlock:
        return AddBlock(organisation_id=self.who.data, reason=self.reason.data)
