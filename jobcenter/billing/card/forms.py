"""What is typed about card payments: an amount to give back, and what was done about a task."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, DecimalField, FormKeyField, TextField

CENT = Decimal("0.01")


class RefundForm(BaseForm):
    """How much is given back on the card, and why."""

    amount = DecimalField(_l("Euros to give back"), least=CENT)
    reason = TextField(_l("Why"), max_length=250)
    form_key = FormKeyField()


class TaskForm(BaseForm):
    """What was done about a task."""

    remark = TextField(_l("What was done"), max_length=250)
