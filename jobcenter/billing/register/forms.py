"""What is typed about reports: the register's answer, and other amounts."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, DecimalField, TextField


class AnswerForm(BaseForm):
    """What the register said when it refused a report."""

    answer = TextField(_l("What the register answered"), max_length=250)


class AmendForm(BaseForm):
    """Other amounts under the same reference."""

    compensation = DecimalField(_l("Pay before tax, euros"), least=Decimal("0.01"))
    withheld = DecimalField(_l("Tax withheld, euros"), least=Decimal(0))
