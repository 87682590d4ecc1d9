"""Earnings payment reports: when they are due, their way, what they must not lack, and the register's own schema."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from jobcenter.billing.register import codes, domain
from jobcenter.billing.register.codes import CodeId
from jobcenter.billing.register.domain import (
    Contact,
    Delivery,
    Earner,
    PayerOfIncome,
    Period,
    Report,
    ReportAction,
    ReportStatus,
    Urgency,
)
from jobcenter.billing.register.messages import ERRORS
from jobcenter.billing.register.writer import cancellation_xml, xml_of
from jobcenter.core import texts
from jobcenter.core.errors import AlreadyDone, NotPossible
from tests.schemas import assert_valid, official

MATTI = Report(
    reference="JC1-P5",
    replaces=False,
    earner=Earner("131052-308T", "Matti", "Meikäläinen"),
    compensation=Decimal("120.00"),
    withheld=Decimal("24.00"),
)
DELIVERY = Delivery(
    reference="JC1-D1",
    made_at=datetime(2026, 11, 30, 9, tzinfo=UTC),
    production=False,
    payer=PayerOfIncome("1234567-1", Contact("Anna Aalto", "040 1234567", "anna@example.org")),
    paid_on=date(2026, 11, 30),
    period=Period(date(2026, 11, 2), date(2026, 11, 13)),
    reports=(MATTI, replace(MATTI, reference="JC1-P6", replaces=True, withheld=Decimal("0.00"))),
)


@pytest.mark.parametrize(
    ("paid_on", "due"),
    [
        (date(2026, 11, 16), date(2026, 11, 23)),  # the fifth day is a Saturday
        (date(2026, 11, 17), date(2026, 11, 23)),  # a Sunday
        (date(2026, 11, 18), date(2026, 11, 23)),
        (date(2026, 11, 19), date(2026, 11, 24)),
        (date(2026, 12, 1), date(2026, 12, 7)),  # Independence Day, a Sunday
        (date(2026, 12, 20), date(2026, 12, 28)),  # Christmas Day, then a weekend
        (date(2026, 12, 31), date(2027, 1, 5)),
        (date(2026, 4, 26), date(2026, 5, 4)),  # May Day, then a weekend
    ],
)
def test_due_five_days_after_the_payment_moved_past_weekends_and_holidays(paid_on, due):
    assert domain.due_on(paid_on) == due


@pytest.mark.parametrize(
    ("today", "urgency"),
    [
        (date(2026, 11, 21), Urgency.AHEAD),
        (date(2026, 11, 22), Urgency.SOON),
        (date(2026, 11, 24), Urgency.SOON),
        (date(2026, 11, 25), Urgency.LATE),
    ],
)
def test_urgency(today, urgency):
    assert domain.urgency(date(2026, 11, 19), today) is urgency


@pytest.mark.parametrize("state", sorted(ReportStatus))
@pytest.mark.parametrize("action", sorted(ReportAction))
def test_every_pair_of_state_and_action(state, action):
    expected = domain.TRANSITIONS.get((state, action))
    if expected is not None:
        assert domain.next_state(state, action) is expected
    else:
        with pytest.raises((AlreadyDone, NotPossible)):
            domain.next_state(state, action)


@pytest.mark.parametrize("accepted_version", [0, 3])
@pytest.mark.parametrize("state", [ReportStatus.DUE, ReportStatus.REJECTED])
def test_what_the_register_has_is_cancelled_there(state, accepted_version):
    after = domain.next_state(state, domain.taking_back(accepted_version))
    assert after is (ReportStatus.TO_CANCEL if accepted_version else ReportStatus.CANCELLED)


def test_reference_never_changes():
    assert domain.report_reference(jobcenter_id=3, pay_item_id=12) == "JC3-P12"


def _payer(**changes):
    return replace(DELIVERY, payer=replace(DELIVERY.payer, **changes))


def _report(**changes):
    return replace(DELIVERY, reports=(replace(MATTI, **changes),))


def _earner(**changes):
    return _report(earner=replace(MATTI.earner, **changes))


FAULTY = [
    (_payer(business_id=""), "register_no_business_id"),
    (_payer(business_id="1234567-8"), "register_no_business_id"),
    (_payer(contact=Contact("", "040 1234567")), "register_no_contact"),
    (_payer(contact=Contact("Anna", " ")), "register_no_phone"),
    (replace(DELIVERY, reference=""), "register_no_reference"),
    (replace(DELIVERY, reference="x" * 41), "register_no_reference"),
    (replace(DELIVERY, period=Period(date(2026, 11, 13), date(2026, 11, 2))), "register_period_wrong"),
    (replace(DELIVERY, reports=()), "register_no_reports"),
    (_earner(personal_id=""), "register_no_personal_id"),
    (_earner(personal_id="131052-308U"), "register_no_personal_id"),
    (_earner(given_name=""), "register_no_name"),
    (_earner(family_name=" "), "register_no_name"),
    (_report(reference=""), "register_no_report_reference"),
    (_report(compensation=Decimal("0.00")), "register_no_amount"),
    (_report(withheld=Decimal("120.01")), "register_withheld_wrong"),
    (_report(withheld=Decimal("-0.01")), "register_withheld_wrong"),
]


@pytest.mark.parametrize(("delivery", "code"), FAULTY)
def test_what_is_left_out_is_refused_before_the_register_does(delivery, code):
    assert code in {fault.code for fault in domain.faults_of(delivery)}
    assert code in ERRORS
    with pytest.raises(domain.ReportNotReady):
        domain.check_ready(delivery)


def test_a_whole_delivery_has_no_fault():
    assert domain.faults_of(DELIVERY) == ()
    domain.check_ready(DELIVERY)


def test_fault_names_the_person():
    assert domain.faults_of(_earner(personal_id=""))[0].name == "Matti Meikäläinen"


def test_what_the_xml_says():
    root = etree.fromstring(xml_of(DELIVERY))
    found = {
        path: [element.text for element in root.iterfind(path)]
        for path in (
            ".//PaymentDate",
            ".//PaymentPeriod/StartDate",
            ".//ReportId",
            ".//ActionCode",
            ".//TransactionCode",
            ".//Amount",
            ".//IncomeEarnerIds/Id/Code",
            ".//Timestamp",
        )
    }
    assert found == {
        ".//PaymentDate": ["2026-11-30"],
        ".//PaymentPeriod/StartDate": ["2026-11-02"],
        ".//ReportId": ["JC1-P5", "JC1-P6"],
        ".//ActionCode": ["1", "2"],
        ".//TransactionCode": ["336", "402", "336"],
        ".//Amount": ["120.00", "24.00", "120.00"],
        ".//IncomeEarnerIds/Id/Code": ["131052-308T", "131052-308T"],
        ".//Timestamp": ["2026-11-30T09:00:00Z"],
    }


def test_the_xml_is_valid():
    assert_valid(xml_of(DELIVERY), official("incomes-register", "WageReportsToIR.xsd"))


def test_every_code_has_its_source():
    assert set(codes.codes()) == set(CodeId)
    assert all(code.source and code.checked_on for code in codes.codes().values())


@pytest.mark.parametrize(
    ("old", "new"),
    [('status = "unverified"\n', ""), ("code = 402", "code = 402\ncolour = 1"), ("id.personal_id", "id.business_id")],
)
def test_a_faulty_table_of_codes_is_refused(old, new):
    text = codes.FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ValueError, match="codes.toml"):
        codes.read_codes(text.replace(old, new, 1))


CANCELLATION = domain.Cancellation("JC1-D3", DELIVERY.made_at, False, DELIVERY.payer, ("JC1-P5", "JC1-P6"))


def test_a_cancellation_names_the_reports_and_nothing_else_of_them():
    root = etree.fromstring(cancellation_xml(CANCELLATION))
    assert root.tag == "{http://www.tulorekisteri.fi/2017/1/InvalidationsToIR}InvalidationsRequestToIR"
    data = root.find("DeliveryData")
    assert [part.tag for part in data] == [
        "Timestamp",
        "Source",
        "DeliveryDataType",
        "DeliveryId",
        "FaultyControl",
        "ProductionEnvironment",
        "DeliveryDataOwner",
        "DeliveryDataCreator",
        "DeliveryDataSender",
        "Items",
    ]
    assert [item.text for item in data.iterfind("Items/Item/ItemId")] == ["JC1-P5", "JC1-P6"]
    assert (data.findtext("DeliveryDataType"), data.findtext("DeliveryDataOwner/Code")) == ("105", "1234567-1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"payer": replace(DELIVERY.payer, business_id="")}, "register_no_business_id"),
        ({"reference": "x" * 41}, "register_no_reference"),
        ({"reports": ()}, "register_no_reports"),
    ],
)
def test_a_cancellation_that_lacks_something_is_refused(changes, code):
    domain.check_cancellable(CANCELLATION)
    with pytest.raises(domain.ReportNotReady, match=code):
        domain.check_cancellable(replace(CANCELLATION, **changes))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_codes_are_said_in_the_readers_language(language):
    said = texts.translations(language)
    english = [text for code in codes.codes().values() for text in (code.what, code.source)]
    assert [text for text in english if said.gettext(text) == text] == []
