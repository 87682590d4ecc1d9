"""A payslip in plain words: the same parts for the page and for the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from jobcenter.auth.models import Jobcenter
from jobcenter.benefits.withholding import WithholdingBasis
from jobcenter.billing.payruns.messages import withheld_why
from jobcenter.billing.payruns.presenting import masked_iban, pay_of
from jobcenter.billing.payruns.queries_payslip import Slip, SlipHours
from jobcenter.core import texts
from jobcenter.documents.domain import Fact, Frame, PayslipDocument, PayslipPart


def payslip_of(slip: Slip, jobcenter: Jobcenter) -> PayslipDocument:
    """The payslip in the language of the text being made."""
    contact = (jobcenter.name, jobcenter.business_id, jobcenter.phone, jobcenter.email)
    day = texts.day(slip.run.pay_on)
    return PayslipDocument(
        frame=Frame(
            language=texts.language(),
            title=_("Payslip %(day)s", day=day),
            issuer=jobcenter.name,
            dated=slip.run.pay_on,
            page_label=_("Page"),
            footer=(" · ".join(part for part in contact if part),),
        ),
        person=slip.item.worker_name,
        total=Fact(label=_("To your account on %(day)s", day=day), value=texts.money(slip.item.to_account)),
        notice=_returned(slip),
        parts=tuple(_parts(slip)),
    )


def _parts(slip: Slip) -> Iterator[PayslipPart]:
    item = slip.item
    yield PayslipPart(heading=_("What you did"), facts=tuple(_hours(slip.hours)))
    yield PayslipPart(
        heading=_("From your pay to your account"),
        facts=tuple(_way(slip)),
        meaning=withheld_why(pay_of(item)),
    )
    if slip.enforcement:
        yield PayslipPart(
            heading=_("Paid on for your debts"),
            facts=tuple(Fact(label=taken.payee, value=texts.money(taken.amount)) for taken in slip.enforcement),
            meaning=_(
                "The bailiff has told us to pay this part of your pay on. If it is wrong, ask the bailiff. "
                "Your coordinator helps you."
            ),
        )
    yield _year(slip)
    yield PayslipPart(
        heading=_("Benefits"),
        facts=(Fact(label=_("Benefits usually count this pay for"), value=_month_that_counts(slip)),),
        meaning=_(
            "Usually the month in which the pay comes counts, not the month in which you worked. This is an estimate, "
            "not a decision: Kela or your pension company decides."
        ),
    )


def _hours(rows: Iterable[SlipHours]) -> Iterator[Fact]:
    for row in rows:
        hours, wage, gross = texts.hours(row.minutes), texts.money(row.wage), texts.money(row.gross)
        told = _("%(hours)s, %(wage)s an hour: %(gross)s", hours=hours, wage=wage, gross=gross)
        day = texts.day(row.worked_on)
        yield Fact(label=_("%(times)s, what was missing", times=day) if row.corrects else day, value=told)


def _way(slip: Slip) -> Iterator[Fact]:
    item = slip.item
    yield Fact(label=_("Pay before tax"), value=texts.money(item.gross))
    if item.basis is not WithholdingBasis.PREPAYMENT_REGISTER:
        yield Fact(label=_("Tax that is withheld"), value=texts.money(-item.withheld))
    if item.enforced:
        yield Fact(label=_("Paid on for your debts"), value=texts.money(-item.enforced))
    label = _("To your account %(account)s", account=masked_iban(item.iban) or "–")
    yield Fact(label=label, value=texts.money(item.to_account))


def _year(slip: Slip) -> PayslipPart:
    year = slip.year
    rows = [(_("Pay before tax"), year.gross), (_("Tax that is withheld"), year.withheld)]
    if year.enforced:
        rows.append((_("Paid on for your debts"), year.enforced))
    rows.append((_("To your account"), year.to_account))
    return PayslipPart(
        heading=_("Year %(year)s until now", year=slip.run.pay_on.year),
        facts=tuple(Fact(label=label, value=texts.money(amount)) for label, amount in rows),
        meaning=_("This payment is in the sums. What others paid you is not.")
        if slip.item.returned_on is None
        else _("The bank sent this payment back, so it is not in the sums. What others paid you is not either."),
    )


def _month_that_counts(slip: Slip) -> str:
    """The month in which the money came: of pay that came back, the one in which it was paid again."""
    if slip.item.returned_on is None:
        return texts.month(slip.run.pay_on)
    again = slip.item.paid_again_on
    return texts.month(again) if again else _("the month in which it is paid again")


def _returned(slip: Slip) -> str:
    if slip.item.returned_on is None or slip.item.paid_again_on is not None:
        return ""
    day = texts.day(slip.item.returned_on)
    return _(
        "The bank sent this money back on %(day)s. It is still yours: tell your coordinator your account.", day=day
    )
