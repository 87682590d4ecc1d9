"""The Incomes Register's XML of a delivery (WageReportsToIR) and of what cancels reports (InvalidationsToIR).

Only the root is in the namespace.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal

from lxml import etree

from jobcenter.billing.register.codes import CodeId, codes
from jobcenter.billing.register.domain import Cancellation, Contact, Delivery, Report

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/WageReportsToIR"
CANCEL_NAMESPACE = "http://www.tulorekisteri.fi/2017/1/InvalidationsToIR"
SOURCE = "Jobcenter"

Element = etree._Element


def xml_of(delivery: Delivery) -> bytes:
    """A delivery as the register takes it. It is to be checked first (`domain.check_ready`)."""
    root = etree.Element(etree.QName(NAMESPACE, "WageReportsRequestToIR"), nsmap={"wrtir": NAMESPACE})
    data = etree.SubElement(root, "DeliveryData")
    _head(data, delivery, CodeId.EARNINGS_REPORTS)
    _period(data, delivery)
    _contact(etree.SubElement(data, "ContactPersons"), delivery.payer.contact)
    _identified(etree.SubElement(etree.SubElement(data, "Payer"), "PayerIds"), "Id", delivery.payer.business_id)
    reports = etree.SubElement(data, "Reports")
    for report in delivery.reports:
        _report(reports, report)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def cancellation_xml(cancellation: Cancellation) -> bytes:
    """A cancellation as the register takes it, to be checked first (`domain.check_cancellable`).

    Its schema was not at hand: the structure is that of a public program made from it (InvalidationsToIR), and its
    namespace is formed as those of the other messages. Not verified.
    """
    root = etree.Element(etree.QName(CANCEL_NAMESPACE, "InvalidationsRequestToIR"), nsmap={"itir": CANCEL_NAMESPACE})
    data = etree.SubElement(root, "DeliveryData")
    _head(data, cancellation, CodeId.CANCELLATIONS)
    items = etree.SubElement(data, "Items")
    for reference in cancellation.reports:
        _text(etree.SubElement(items, "Item"), "ItemId", reference)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _head(data: Element, delivery: Delivery | Cancellation, kind: CodeId) -> None:
    _text(data, "Timestamp", delivery.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _text(data, "Source", SOURCE)
    _code(data, "DeliveryDataType", kind)
    _text(data, "DeliveryId", delivery.reference)
    _code(data, "FaultyControl", CodeId.REJECT_FAULTY_ONLY)
    _text(data, "ProductionEnvironment", "true" if delivery.production else "false")
    for party in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        _identified(data, party, delivery.payer.business_id)


def _period(data: Element, delivery: Delivery) -> None:
    period = etree.SubElement(data, "PaymentPeriod")
    _text(period, "PaymentDate", delivery.paid_on.isoformat())
    _text(period, "StartDate", delivery.period.first.isoformat())
    _text(period, "EndDate", delivery.period.last.isoformat())


def _contact(persons: Element, contact: Contact) -> None:
    person = etree.SubElement(persons, "ContactPerson")
    _text(person, "Name", contact.name)
    _text(person, "Telephone", contact.phone)
    if contact.email:
        _text(person, "Email", contact.email)


def _report(reports: Element, report: Report) -> None:
    element = etree.SubElement(reports, "Report")
    data = etree.SubElement(element, "ReportData")
    _code(data, "ActionCode", CodeId.REPLACEMENT if report.replaces else CodeId.NEW)
    _text(data, "ReportId", report.reference)
    earner = etree.SubElement(element, "IncomeEarner")
    _identified(etree.SubElement(earner, "IncomeEarnerIds"), "Id", report.earner.personal_id, kind=CodeId.PERSONAL_ID)
    basic = etree.SubElement(earner, "IncomeEarnerBasic")
    _text(basic, "LastName", report.earner.family_name)
    _text(basic, "FirstName", report.earner.given_name)
    transactions = etree.SubElement(element, "Transactions")
    _transaction(transactions, CodeId.COMPENSATION, report.compensation)
    if report.withheld:
        _transaction(transactions, CodeId.WITHHOLDING, report.withheld)


def _transaction(transactions: Element, code: CodeId, amount: Decimal) -> None:
    basic = etree.SubElement(etree.SubElement(transactions, "Transaction"), "TransactionBasic")
    _code(basic, "TransactionCode", code)
    _text(basic, "Amount", f"{amount:.2f}")


def _identified(parent: Element, tag: str, number: str, *, kind: CodeId = CodeId.BUSINESS_ID) -> None:
    element = etree.SubElement(parent, tag)
    _code(element, "Type", kind)
    _text(element, "Code", number.upper())


def _code(parent: Element, tag: str, code: CodeId) -> None:
    _text(parent, tag, str(codes()[code].code))


def _text(parent: Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text
