"""The forms of the pages on the law."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.admin.messages_rules import APPLIES, STATUS_CHOICES, UNITS
from jobcenter.benefits import Parameter
from jobcenter.benefits.law import Unit
from jobcenter.core.forms import (
    BaseForm,
    CheckField,
    ChoiceField,
    DayField,
    DecimalField,
    FormKeyField,
    PhoneField,
    SelectField,
    TextField,
)
from jobcenter.earnings.rulebook.domain import NewNumber, Proposal

LINE = 250
MOST = 1_000_000


class LawValueForm(BaseForm):
    """A coming value of a figure; a share is typed in per cent."""

    value = DecimalField(_l("Value"), places=4, most=MOST)
    from_ = DayField(_l("First day"))
    to = DayField(_l("Last day"), required=False, description=_l("Only if the source names one."))
    applies = SelectField(_l("Applies"), APPLIES, blank=None)
    status = ChoiceField(_l("How sure is it?"), STATUS_CHOICES)
    source = TextField(
        _l("Source"), max_length=LINE, description=_l("The decree, notice or page, with its day or address.")
    )
    note = TextField(_l("Note to the second administrator"), required=False, max_length=LINE)
    sure = CheckField(_l("The value is right although it differs much from the one before"), required=False)
    form_key = FormKeyField()

    def of(self, parameter: Parameter) -> LawValueForm:
        """The form for one figure: it says in which unit the value is given."""
        self.value.label.text = _("Value, %(unit)s", unit=UNITS[parameter.unit])
        return self

    def to_command(self, parameter: Parameter) -> Proposal:
        typed = self.value.data
        return Proposal(
            parameter=parameter.id,
            from_=self.from_.data,
            to=self.to.data,
            value=typed / 100 if parameter.unit is Unit.SHARE else typed,
            applies=self.applies.data,
            status=self.status.data,
            source=self.source.data,
            note=self.note.data or "",
            sure=bool(self.sure.data),
            form_key=self.form_key.data,
        )


class WhyForm(BaseForm):
    """Why a value is rejected or taken out of use."""

    reason = TextField(_l("Why?"), max_length=LINE)


class NumberForm(BaseForm):
    """A telephone number of a service."""

    point = SelectField(_l("Service"), blank=None)
    phone = PhoneField(_l("Phone"))
    from_ = DayField(_l("Right from"))
    source = TextField(_l("Source"), max_length=LINE, description=_l("The page on which you saw the number."))
    form_key = FormKeyField()

    def to_command(self) -> NewNumber:
        return NewNumber(
            point=self.point.data,
            phone=self.phone.data,
            from_=self.from_.data,
            source=self.source.data,
            form_key=self.form_key.data,
        )
