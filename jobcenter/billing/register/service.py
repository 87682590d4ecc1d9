"""Reports to the Incomes Register: made when pay is paid, handed over, answered, replaced, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Actor
from jobcenter.benefits.withholding import WithholdingBasis
from jobcenter.billing.payruns.domain import Payer
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.billing.payruns.queries_enforcement import personal_ids_of
from jobcenter.billing.register import domain, queries
from jobcenter.billing.register.domain import (
    Cancellation,
    Contact,
    Delivery,
    Earner,
    PayerOfIncome,
    Period,
    Report,
    ReportAction,
    ReportNotReady,
    ReportStatus,
)
from jobcenter.billing.register.models import RegisterDelivery, RegisterReport
from jobcenter.billing.register.queries import ReportRow
from jobcenter.billing.register.writer import cancellation_xml, xml_of
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.money import ZERO
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash

register_clash("uq_register_delivery_jobcenter_id_number", ChangedMeanwhile)

TO_FILE = (ReportStatus.DUE, ReportStatus.REJECTED)


def report_paid(actor: Actor, run: PayRun, items: Iterable[PayItem]) -> list[RegisterReport]:
    """Make a report of each payment of a run that the register wants: not of those in the prepayment register, and not
    of what a partner pays, who reports it as the employer.
    """
    wanted = [item for item in items if _is_reported(item)]
    days = queries.worked_days([item.id for item in wanted])
    reports = [_report(run, item, days[item.id]) for item in wanted]
    db.session.add_all(reports)
    flush()
    for report in reports:
        _record(actor, "register.make", report)
    return reports


def deliver(actor: Actor, jobcenter_id: int, paid_on: date) -> list[RegisterDelivery]:
    """Hand over what is to be reported of a day of payment: one delivery for each pay period. What is not ready stays.

    Raises ReportNotReady when nothing is ready, NotFound.
    """
    rows = queries.reports_of_day(actor, jobcenter_id, paid_on, lock=True)
    waiting = [row for row in rows if row.report.status in TO_FILE]
    payer, now = payer_of(actor, jobcenter_id), clock.now()
    codes = personal_ids_of([row.report.worker_id for row in waiting])
    ready, faults = _ready(waiting, payer, codes, now)
    if not ready:
        code, name = (faults or [("register_no_reports", "")])[0]
        raise ReportNotReady(code, name=name)
    made = [_deliver(actor, payer, rows, codes, now) for rows in _by_period(ready)]
    flush()
    return made


def deliver_cancellations(actor: Actor, jobcenter_id: int, paid_on: date) -> RegisterDelivery:
    """Hand over what is to be cancelled of a day of payment and was not handed over yet, in one file.

    Raises ReportNotReady when nothing is, NotFound.
    """
    rows = queries.reports_of_day(actor, jobcenter_id, paid_on, lock=True)
    waiting = [row.report for row in rows if row.report.id in queries.to_cancel(jobcenter_id, paid_on)]
    number, now = queries.next_number(jobcenter_id), clock.now()
    reference = domain.delivery_reference(jobcenter_id=jobcenter_id, number=number)
    names = tuple(report.reference for report in waiting)
    cancellation = Cancellation(reference, now, True, payer_of(actor, jobcenter_id), names)
    domain.check_cancellable(cancellation)
    content = cancellation_xml(cancellation).decode()
    delivery = RegisterDelivery(jobcenter_id=jobcenter_id, number=number, reference=reference, paid_on=paid_on)
    delivery.cancels, delivery.content, delivery.made_by, delivery.made_at = True, content, actor.name, now
    db.session.add(delivery)
    flush()
    for report in waiting:
        report.delivery_id = delivery.id
    flush()
    facts = {"reference": reference, "reports": list(names)}
    audit.record(actor, "register.cancel", "register_delivery", delivery.id, after=facts, jobcenter_id=jobcenter_id)
    return delivery


def note_answer(actor: Actor, report_id: int, *, accepted: bool, answer: str) -> RegisterReport:
    """What the register said of a report that was filed."""
    report = queries.report_for(actor, report_id)
    _move(actor, report, ReportAction.ACCEPT if accepted else ReportAction.REJECT, answer=answer)
    if accepted:
        report.accepted_version = report.version
    return report


def accept_all(actor: Actor, delivery_id: int) -> int:
    """The register took a whole delivery; how many reports were still waiting for that."""
    delivery = queries.delivery_for(actor, delivery_id)
    rows = queries.reports_of_day(actor, delivery.jobcenter_id, delivery.paid_on, lock=True)
    of_delivery = [row.report for row in rows if row.report.delivery_id == delivery.id]
    if delivery.cancels:
        return _cancelled(actor, of_delivery)
    filed = [report for report in of_delivery if report.status is ReportStatus.FILED]
    for report in filed:
        _move(actor, report, ReportAction.ACCEPT, answer="")
        report.accepted_version = report.version
    return len(filed)


def _cancelled(actor: Actor, reports: Iterable[RegisterReport]) -> int:
    waiting = [report for report in reports if report.status is ReportStatus.TO_CANCEL]
    for report in waiting:
        _move(actor, report, ReportAction.CONFIRM_CANCELLED, answer="")
    return len(waiting)


def amend(actor: Actor, report_id: int, *, compensation: Decimal, withheld: Decimal) -> RegisterReport:
    """Say other amounts under the same reference: the next delivery replaces what the register has."""
    report = queries.report_for(actor, report_id)
    if not ZERO <= withheld <= compensation or compensation <= ZERO:
        raise ReportNotReady("register_withheld_wrong", "withheld", name="")
    report.compensation, report.withheld = compensation, withheld
    _move(actor, report, ReportAction.AMEND, answer="")
    return report


def withdraw(actor: Actor, report_id: int) -> RegisterReport:
    """A payment was not made after all: its report is not filed, or is to be cancelled in the register."""
    report = queries.report_for(actor, report_id)
    _move(actor, report, domain.taking_back(report.accepted_version), answer="")
    return report


def withdraw_item(actor: Actor, pay_item_id: int) -> None:
    """The same for a payment that came back, if there is a report of it that can be taken back."""
    report = queries.report_of_item(pay_item_id)
    if report is None:
        return
    action = domain.taking_back(report.accepted_version)
    if (report.status, action) in domain.TRANSITIONS:
        _move(actor, report, action, answer="")


def confirm_cancelled(actor: Actor, report_id: int) -> RegisterReport:
    """The report was cancelled in the register's own service."""
    report = queries.report_for(actor, report_id)
    _move(actor, report, ReportAction.CONFIRM_CANCELLED, answer="")
    return report


def payer_of(actor: Actor, jobcenter_id: int) -> PayerOfIncome:
    """Who reports: the Jobcenter, and whoever hands the report over as the contact."""
    payer = auth.jobcenter(jobcenter_id)
    return PayerOfIncome(payer.business_id, Contact(actor.name, payer.phone, payer.email))


# The pieces


def _is_reported(item: PayItem) -> bool:
    ours = item.payer is Payer.JOBCENTER and item.gross > ZERO
    return ours and item.basis is not WithholdingBasis.PREPAYMENT_REGISTER


def _report(run: PayRun, item: PayItem, days: tuple[date, date]) -> RegisterReport:
    return RegisterReport(
        jobcenter_id=run.jobcenter_id,
        pay_item_id=item.id,
        worker_id=item.worker_id,
        reference=domain.report_reference(jobcenter_id=run.jobcenter_id, pay_item_id=item.id),
        status=ReportStatus.DUE,
        paid_on=run.pay_on,
        first_day=days[0],
        last_day=days[1],
        compensation=item.gross,
        withheld=item.withheld,
        made_at=clock.now(),
    )


def _ready(
    rows: Sequence[ReportRow], payer: PayerOfIncome, codes: Mapping[int, str], now: datetime
) -> tuple[list[ReportRow], list[tuple[str, str]]]:
    """The reports that can be filed, and every fault of the others."""
    ready, faults = [], []
    for row in rows:
        found = domain.faults_of(_delivery("-", payer, [row], codes, now))
        faults += [(fault.code, fault.name) for fault in found]
        if not found:
            ready.append(row)
    return ready, faults


def _by_period(rows: Iterable[ReportRow]) -> list[list[ReportRow]]:
    periods: dict[tuple[date, date], list[ReportRow]] = {}
    for row in rows:
        periods.setdefault((row.report.first_day, row.report.last_day), []).append(row)
    return [periods[days] for days in sorted(periods)]


def _deliver(
    actor: Actor, payer: PayerOfIncome, rows: Sequence[ReportRow], codes: Mapping[int, str], now: datetime
) -> RegisterDelivery:
    jobcenter_id, paid_on = rows[0].report.jobcenter_id, rows[0].report.paid_on
    number = queries.next_number(jobcenter_id)
    reference = domain.delivery_reference(jobcenter_id=jobcenter_id, number=number)
    delivery = RegisterDelivery(
        jobcenter_id=jobcenter_id,
        number=number,
        reference=reference,
        paid_on=paid_on,
        content=xml_of(_delivery(reference, payer, rows, codes, now)).decode(),
        made_by=actor.name,
        made_at=now,
    )
    db.session.add(delivery)
    flush()
    for row in rows:
        row.report.delivery_id = delivery.id
        _move(actor, row.report, ReportAction.FILE, answer="")
    return delivery


def _delivery(
    reference: str, payer: PayerOfIncome, rows: Sequence[ReportRow], codes: Mapping[int, str], now: datetime
) -> Delivery:
    first = rows[0].report
    return Delivery(
        reference=reference,
        made_at=now,
        production=True,
        payer=payer,
        paid_on=first.paid_on,
        period=Period(first.first_day, first.last_day),
        reports=tuple(
            Report(
                reference=row.report.reference,
                replaces=row.report.accepted_version > 0,
                earner=Earner(codes.get(row.report.worker_id, ""), row.given_name, row.family_name),
                compensation=row.report.compensation,
                withheld=row.report.withheld,
            )
            for row in rows
        ),
    )


def _move(actor: Actor, report: RegisterReport, action: ReportAction, *, answer: str) -> None:
    before = _facts(report)
    report.status, report.answer = domain.next_state(report.status, action), answer
    flush()
    scope = {"jobcenter_id": report.jobcenter_id}
    verb = f"register.{action}"
    audit.record(actor, verb, "register_report", report.id, before=before, after=_facts(report), **scope)


def _record(actor: Actor, verb: str, report: RegisterReport) -> None:
    scope = {"jobcenter_id": report.jobcenter_id}
    audit.record(actor, verb, "register_report", report.id, after=_facts(report), **scope)


def _facts(report: RegisterReport) -> dict[str, Any]:
    names = ("status", "reference", "paid_on", "compensation", "withheld", "answer")
    return {name: getattr(report, name) for name in names}
