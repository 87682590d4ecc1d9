"""Importing and exporting whole folders on both databases: round trips, repeats, refusals."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import SYSTEM
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import BenefitKind
from jobcenter.billing.shares import queries as shares
from jobcenter.core import clock, texts, todo
from jobcenter.core.uow import unit_of_work
from jobcenter.exchange.formats import FORMATS
from jobcenter.exchange.messages import in_words
from jobcenter.exchange.service import import_folder
from jobcenter.exchange.writing import export_folder
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.orders.rates.models import PriceRule
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import YesNoUnknown
from jobcenter.workers.models import Worker
from jobcenter.workers.statement import queries as statements
from jobcenter.workers.told import queries as told_queries
from tests import factories

FILES = {
    "jobcenters.csv": "slug;name;kind;email\nvammaiset;Täsmätyö;disability;tyot@example.fi\n",
    "organisations.csv": (
        "jobcenter;ref;kind;name;business_id\n"
        "vammaiset;o1;business;Kahvila Šakaali Oy;1234567-1\n"
        "vammaiset;o2;private_person;Åke Örn;\n"
    ),
    "workers.csv": (
        "jobcenter,ref,given_name,family_name,tasks,jobseeker,benefits_asked_on,takes_part_since\n"
        "vammaiset,w1,Veikko,Tekijä,dishwashing raking,not_registered,1.1.2022,1.1.2022\n"
        "vammaiset,w2,Aino 😀,Ääri,cleaning,unknown,,1.1.2022\n"
        "vammaiset,w3,Työtön,Hakija,cleaning,registered,1.1.2022,1.1.2022\n"
    ),
    "benefits.csv": (
        "jobcenter;worker;kind;starts_on;ends_on;decided_annual_income;household;municipality_group;period;told_on\n"
        "vammaiset;w1;kela_disability_pension;1.1.2019;;;;;;1.1.2022\n"
        "vammaiset;w1;pensioner_housing_allowance;1.1.2020;;1 200,50;single;2;;1.1.2022\n"
        "vammaiset;w3;labour_market_subsidy;1.1.2021;;;;;four_weeks;1.1.2022\n"
    ),
    "told_income.csv": (
        "jobcenter;worker;what;contract;monthly;gross;net;starts_on;ends_on;told_on\n"
        "vammaiset;w1;Siivous;partner;yes;300,00;;1.9.2022;31.12.2022;1.9.2022\n"
        "vammaiset;w2;'-talkoot ja muuta;assignment;no;50;40,00;5.10.2022;;6.10.2022\n"
    ),
    "statements.csv": (
        "jobcenter;worker;done_on;done_at;review_on;written_by;consent_since;told\n"
        'vammaiset;w1;1.9.2022;10.15;1.3.2023;Kaisa;1.9.2022;"{""receives"":""yes"",""kinds"":[""guarantee_pension""]}"\n'
    ),
    "orders.csv": (
        "jobcenter;ref;organisation;category;title;description;people;contract_form;agreed_price;ordered_on\n"
        "vammaiset;t1;o1;dishwashing;Astianpesu;'=1+1;1;assignment;;1.2.2022\n"
        "vammaiset;t2;o2;raking;Haravointi;;2;partner;18,00;1.2.2022\n"
    ),
    "gigs.csv": (
        "jobcenter;ref;order;day;starts;ends;break_minutes;people;status\n"
        "vammaiset;k1;t1;3.10.2022;9;12.00;;2;done\n"
        "vammaiset;k2;t1;30.10.2022;1.30;3.30b;0;1;done\n"
        "vammaiset;k3;t2;4.10.2022;22.00;2.00;30;2;done\n"
        "vammaiset;k4;t2;1.12.2026;9;12;0;2;planned\n"
    ),
    "payers.csv": (
        "jobcenter;order;organisation;percent;cost_centre;reference;gigs;agreed_on;agreed_with\n"
        "vammaiset;t2;o2;60;;;;1.2.2022;'-Åke ja Kaisa\n"
        "vammaiset;t2;o1;40,00;4100;Pihat 2022;k3 k4;1.2.2022;'-Åke ja Kaisa\n"
    ),
    "hours.csv": (
        "jobcenter;ref;gig;worker;day;starts;ends;break_minutes;confirmed_by;confirmed_on;invoiced;paid_on\n"
        "vammaiset;h1;k1;w1;3.10.2022;9:00;12:00;;Olli;4.10.2022;yes;31.10.2022\n"
        "vammaiset;h2;k2;w1;30.10.2022;1.30;3.30b;;Olli;;;\n"
        "vammaiset;h3;k3;w1;4.10.2022;22.00;2.00;30;Åke;5.10.2022;no;\n"
        "vammaiset;h4;k3;w3;4.10.2022;22.00;1.30;30;;;;\n"
    ),
}


@pytest.fixture(autouse=True)
def now(session):
    with clock.frozen(factories.NOW):
        with unit_of_work():
            load_defaults()
        yield


def folder_of(tmp_path: Path, **changed: str) -> Path:
    """A folder with the files; `hours="…"` puts other lines under that file's header, `workers=None` leaves it out."""
    folder = tmp_path / "set"
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        stem = name.removesuffix(".csv")
        if stem in changed:
            if changed[stem] is None:
                continue
            text = text.splitlines()[0] + "\n" + changed[stem] + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def bring_in(folder: Path, *, dry_run: bool = False):
    return import_folder(SYSTEM, folder, dry_run=dry_run, progress=lambda *_: None)


def texts_of(instant):
    return clock.local(instant).strftime("%Y-%m-%d %H:%M")


def counts(session):
    return [session.scalar(select(func.count()).select_from(model)) for model in (Jobcenter, Worker, Offer, TimeEntry)]


def test_everything_comes_in_with_the_rates_of_the_day(session, tmp_path):
    report = bring_in(folder_of(tmp_path))
    assert report.faults == ()
    assert report.added == {name: len(text.splitlines()) - 1 for name, text in FILES.items()}
    entries = {entry.external_ref: entry for entry in session.scalars(select(TimeEntry))}
    assert [str(entries["h1"].wage), str(entries["h1"].price), str(entries["h1"].vat_percent)] == [
        "10.00",
        "14.50",
        "24.00",
    ]
    assert str(entries["h3"].price) == "18.00"
    assert [entries[ref].minutes for ref in ("h1", "h2", "h3", "h4")] == [180, 180, 210, 180]
    assert [entries[ref].status.value for ref in ("h1", "h4")] == ["confirmed", "logged"]
    assert entries["h1"].invoiced and entries["h1"].paid_on.isoformat() == "2022-10-31"


def test_what_was_told_comes_in_and_is_read_as_if_told_here(session, tmp_path):
    bring_in(folder_of(tmp_path))
    worker, other = session.scalars(select(Worker).where(Worker.external_ref != "w3").order_by(Worker.external_ref))
    incomes = [told_queries.told(row) for of in (worker, other) for row in told_queries.incomes_of(of)]
    assert [(told.what, str(told.gross), told.monthly) for told in incomes] == [
        ("Siivous", "300.00", True),
        ("-talkoot ja muuta", "50.00", False),
    ]
    (statement,) = statements.done_statements_of(worker)
    told = statements.told_in(statement)
    assert (told.receives, told.kinds) == (YesNoUnknown.YES, (BenefitKind.GUARANTEE_PENSION,))
    assert (texts_of(statement.done_at), statement.written_by) == ("2022-09-01 10:15", "Kaisa")
    assert clock.day_of(statements.consent_of(worker).given_at) == date(2022, 9, 1)
    assert str(other.id) in {task.key for task in todo.take("income_changed", clock.now())}


@pytest.mark.parametrize(
    ("stem", "row", "column", "code"),
    [
        (
            "told_income",
            "vammaiset;w1;Siivous;partner;no;300;;1.9.2022;2.9.2022;1.9.2022",
            "ends_on",
            "once_has_no_end",
        ),
        ("told_income", "vammaiset;w1;Siivous;partner;yes;300;301;1.9.2022;;1.9.2022", "net", "net_above_gross"),
        ("told_income", "vammaiset;w9;Siivous;partner;yes;300;;1.9.2022;;1.9.2022", "worker", "ref_unknown"),
        ("told_income", "vammaiset;w1;Siivous;partner;yes;;;1.9.2022;;1.9.2022", "gross", "cell_missing"),
        ("statements", "vammaiset;w1;1.9.2030;10.15;1.3.2031;;;{}", "done_on", "day_ahead"),
        ("statements", "vammaiset;w1;27.3.2022;3.15;1.3.2031;;;{}", "done_at", "time_does_not_exist"),
        ("statements", 'vammaiset;w1;1.9.2022;10.15;1.3.2023;;;"{""kinds"":[""riches""]}"', "told", "cell_document"),
        ("statements", "vammaiset;w1;1.9.2022;10.15;1.3.2023;;;true", "told", "cell_document"),
    ],
)
def test_what_was_told_and_cannot_be_is_named(session, tmp_path, stem, row, column, code):
    report = bring_in(folder_of(tmp_path, **{stem: row}))
    assert [(fault.file, fault.column, fault.code) for fault in report.faults] == [(f"{stem}.csv", column, code)]


LOW = "vammaiset;t2;o2;raking;Haravointi;;2;partner;{};1.2.2022"


PRICES = [
    ("11,01", "1.2.2022", None),
    ("11,00", "1.2.2022", ("agreed_price", "price_needs_two")),
    ("5,00", "1.2.2022", ("agreed_price", "price_needs_two")),
    ("18,00", "1.2.1999", ("ordered_on", "rate_missing")),
]


def test_no_file_agrees_a_price_that_needs_two_people(session, tmp_path):
    for price, on, fault in PRICES:
        row = FILES["orders.csv"].splitlines()[1] + "\n" + LOW.format(price).replace("1.2.2022", on)
        report = bring_in(folder_of(tmp_path, orders=row, gigs="", hours="", payers=""), dry_run=True)
        assert [(found.line, found.column, found.code) for found in report.faults] == ([(3, *fault)] if fault else [])


def test_the_jobcenters_own_rule_holds_for_files_too(session, tmp_path):
    bring_in(folder_of(tmp_path))
    house = session.scalars(select(Jobcenter)).one()
    session.add(PriceRule(jobcenter_id=house.id, least_share=Decimal(80), set_by="Aila", set_at=clock.now()))
    session.commit()
    row = LOW.format("15,00").replace(";t2;", ";t3;")
    with texts.in_language("en"):
        (fault,) = bring_in(folder_of(tmp_path, orders=row, gigs="", hours="", payers="")).faults
        assert in_words(fault).startswith("orders.csv, line 2, column agreed_price: A price below €15.20 an hour")


def test_who_pays_comes_in(session, tmp_path):
    bring_in(folder_of(tmp_path))
    order = session.scalar(select(Order.id).where(Order.external_ref == "t2"))
    orderer = session.scalar(select(Organisation.id).where(Organisation.external_ref == "o2"))
    split = shares.splits_of_order(order).newest
    assert [(share.organisation_id == orderer, share.hundredths, share.cost_centre) for share in split.shares] == [
        (True, 6000, ""),
        (False, 4000, "4100"),
    ]
    assert (split.agreed_on, split.agreed_with) == (date(2022, 2, 1), "-Åke ja Kaisa")
    assert list(split.gigs.values()) == [2, 2]


SIXTY = "vammaiset;t2;o2;60;;;;1.2.2022;Åke"
LONG = "9" * 36


PAYERS_REFUSED = [
    (f"{SIXTY}\nvammaiset;t2;o9;40;;;;1.2.2022;Åke", 3, "organisation", "ref_unknown"),
    (f"{SIXTY}\nvammaiset;t9;o1;40;;;;1.2.2022;Åke", 3, "order", "ref_unknown"),
    (f"{SIXTY}\ntoinen;t2;o1;40;;;;1.2.2022;Åke", 3, "jobcenter", "jobcenter_unknown"),
    (f"{SIXTY}\nvammaiset;t2;o1;40;{LONG};;;1.2.2022;Åke", 3, "cost_centre", "cell_too_long"),
    (f"{SIXTY}\nvammaiset;t2;o1;400;;;;1.2.2022;Åke", 3, "percent", "cell_percent"),
    (f"{SIXTY}\nvammaiset;t2;o1;30;;;;1.2.2022;Åke", 2, "percent", "shares_not_whole"),
    (f"{SIXTY}\nvammaiset;t2;o1;40;;;k1;1.2.2022;Åke", 3, "gigs", "payers_gig_of_another"),
    (f"{SIXTY}\nvammaiset;t2;o1;40;;;;2.2.2022;Åke", 3, "agreed_on", "payers_agreed_otherwise"),
    (f"{SIXTY}\nvammaiset;t2;o1;40;;;;1.2.2022;Eila", 3, "agreed_with", "payers_agreed_otherwise"),
    (f"{SIXTY}\n{SIXTY}", 3, "reference", "row_twice"),
    ("vammaiset;t2;o2;100;;;;1.2.2030;Åke", 2, "agreed_on", "shares_agreed_later"),
]


def test_a_payer_that_cannot_be_is_named(session, tmp_path):
    for rows, line, column, code in PAYERS_REFUSED:
        report = bring_in(folder_of(tmp_path, payers=rows))
        faults = [fault for fault in report.faults if fault.file == "payers.csv"]
        assert (line, column, code) in [(fault.line, fault.column, fault.code) for fault in faults]
        assert counts(session) == [0, 0, 0, 0]
        with texts.in_language("sv"):
            assert all("%(" not in in_words(fault) for fault in faults)


def test_the_same_files_twice_add_nothing(session, tmp_path):
    folder = folder_of(tmp_path)
    bring_in(folder)
    before = counts(session)
    report = bring_in(folder)
    assert report.faults == () and report.differing == ()
    assert sum(report.added.values()) == 0
    assert report.known == {name: len(text.splitlines()) - 1 for name, text in FILES.items()}
    assert counts(session) == before


def test_a_changed_row_is_told_of_and_stays_as_stored(session, tmp_path):
    bring_in(folder_of(tmp_path))
    changed = FILES["workers.csv"].splitlines()[1].replace("Veikko", "Ville")
    report = bring_in(folder_of(tmp_path, workers=changed))
    assert [(fault.file, fault.line, fault.column) for fault in report.differing] == [("workers.csv", 2, "given_name")]
    assert session.scalar(select(Worker.given_name).where(Worker.external_ref == "w1")) == "Veikko"


def test_a_round_trip_is_equal(session, app, tmp_path):
    bring_in(folder_of(tmp_path))
    export_folder(tmp_path / "first", lambda *_: None)
    report = bring_in(tmp_path / "first")
    assert report.faults == () and report.differing == () and sum(report.added.values()) == 0
    export_folder(tmp_path / "second", lambda *_: None)
    for fmt in FORMATS:
        assert (tmp_path / "first" / fmt.file).read_bytes() == (tmp_path / "second" / fmt.file).read_bytes()
    hours = (tmp_path / "first" / "hours.csv").read_text(encoding="utf-8")
    assert "vammaiset;h2;k2;w1;30.10.2022;1.30;3.30b;0;" in hours
    assert "'=1+1" in (tmp_path / "first" / "orders.csv").read_text(encoding="utf-8")


def test_a_dry_run_says_all_and_stores_nothing(session, tmp_path):
    report = bring_in(folder_of(tmp_path), dry_run=True)
    assert report.added["hours.csv"] == 4
    assert counts(session) == [0, 0, 0, 0]


GOOD = "vammaiset;h1;k1;w1;3.10.2022;9:00;12:00;;Olli;;;"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("vammaiset;h9;k1;w3;3.10.2022;9;12;;Olli;;;", "worker", "guard_unemployment_benefit"),
        ("vammaiset;h9;k1;w2;3.10.2022;9;12;;Olli;;;", "worker", "guard_benefits_not_asked"),
        ("vammaiset;h9;k1;w1;3.10.2022;9;12;;Olli;;;\n" + GOOD, "starts", "hours_overlap"),
        ("vammaiset;h9;k9;w1;3.10.2022;9;12;;Olli;;;", "gig", "ref_unknown"),
        ("vammaiset;h9;k1;w9;3.10.2022;9;12;;Olli;;;", "worker", "ref_unknown"),
        ("toinen;h9;k1;w1;3.10.2022;9;12;;Olli;;;", "jobcenter", "jobcenter_unknown"),
        ("vammaiset;h9;k1;w1;13.10.2022;9;12;;Olli;;;", "starts", "hours_not_at_gig"),
        ("vammaiset;h9;k4;w1;1.12.2026;9;12;;Olli;;;", "ends", "hours_in_future"),
        ("vammaiset;h9;k1;w1;3.10.2022;9;12;180;Olli;;;", "break_minutes", "break_too_long"),
        ("vammaiset;h9;k1;w1;3.10.2022;9;12;;;;yes;", "invoiced", "hours_not_confirmed"),
        ("vammaiset;h9;k1;w1;3.10.2022;9;12;;Olli;1.10.2022;;", "confirmed_on", "confirmed_before_work"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_and_nothing_is_stored(session, tmp_path, row, column, code):
    report = bring_in(folder_of(tmp_path, hours=row))
    (fault,) = report.faults
    assert (fault.file, fault.column, fault.code) == ("hours.csv", column, code)
    assert fault.line == 1 + len(row.splitlines())
    assert counts(session) == [0, 0, 0, 0]
    for language in ("en", "fi"):
        with texts.in_language(language):
            said = in_words(fault)
        assert said.startswith("hours.csv, ") and "%(" not in said


CORRECTED = (
    "vammaiset;c2;k1;w1;3.10.2022;9;13.30;;Olli;;no;30.11.2022;h1;10\n"
    "vammaiset;c1;k1;w1;3.10.2022;8.30;12;;Olli;6.10.2022;no;15.11.2022;h1;\n"
    "vammaiset;h1;k1;w1;3.10.2022;9;12.00;;Olli;4.10.2022;no;31.10.2022;;180\n"
)
WITH_CORRECTIONS = (
    "jobcenter;ref;gig;worker;day;starts;ends;break_minutes;confirmed_by;confirmed_on;invoiced;paid_on;corrects;"
    "unbilled_minutes\n"
)
WAITS = "h2;k2;w1;30.10.2022;1.30;3.30b;;;;;;;\nvammaiset;"


@pytest.fixture
def corrected(monkeypatch):
    monkeypatch.setitem(FILES, "hours.csv", WITH_CORRECTIONS + CORRECTED)


def test_corrections_of_paid_hours_come_in_and_go_out(session, tmp_path, corrected):
    report = bring_in(folder_of(tmp_path))
    assert (report.faults, report.added["hours.csv"]) == ((), 3)
    entries = {entry.external_ref: entry for entry in session.scalars(select(TimeEntry))}
    first = entries["h1"]
    found = {ref: (one.minutes, one.unbilled_minutes, one.invoiced, one.corrects_id) for ref, one in entries.items()}
    assert found == {
        "h1": (180, 180, True, None),
        "c1": (30, 0, False, first.id),
        "c2": (60, 10, False, first.id),
    }
    assert {(one.offer_id, one.wage, one.price, one.paid_on.month) for one in entries.values()} == {
        (first.offer_id, first.wage, first.price, month) for month in (10, 11)
    }
    export_folder(tmp_path / "out", lambda *_: None)
    assert "vammaiset;c2;k1;w1;3.10.2022;9.00;13.30;0;" in (tmp_path / "out" / "hours.csv").read_text(encoding="utf-8")
    again = bring_in(tmp_path / "out")
    assert (again.faults, again.differing, sum(again.added.values())) == ((), (), 0)
    more = "vammaiset;c3;k1;w1;3.10.2022;8.30;13.30;;Olli;;;;h1;"
    assert bring_in(folder_of(tmp_path, hours=more)).faults == ()
    assert session.scalar(select(TimeEntry.minutes).where(TimeEntry.external_ref == "c3")) == 30


def test_a_correction_that_cannot_be_is_named(session, tmp_path, corrected):
    first = "vammaiset;h1;k1;w1;3.10.2022;9;12.00;;Olli;4.10.2022;no;31.10.2022;;\n"
    for row, column, code in (
        ("c1;k1;w1;3.10.2022;9;13;;Olli;;;;h9;", "corrects", "ref_unknown"),
        ("c1;k2;w1;30.10.2022;1.30;3.30b;;Olli;;;;h1;", "corrects", "corrects_other_work"),
        (f"{WAITS}c1;k2;w1;30.10.2022;1.15;3.30b;;;;;;h2;", "corrects", "corrects_unconfirmed"),
        ("c1;k1;w1;3.10.2022;9;12;;Olli;;;;h1;", "ends", "hours_nothing_missing"),
        ("c1;k1;w1;3.10.2022;9;11;;Olli;;;;h1;", "ends", "hours_paid_for_more"),
        ("c1;k1;w1;3.10.2022;9;13;;Olli;;;;h1;61", "unbilled_minutes", "unbilled_more"),
        ("h2;k1;w1;3.10.2022;12;13;;Olli;;;;;", "gig", "hours_already_logged"),
        ("h2;k2;w1;30.10.2022;1.30;3.30b;;;;;;;5", "unbilled_minutes", "hours_not_confirmed"),
    ):
        report = bring_in(folder_of(tmp_path, hours=f"{first}vammaiset;{row}"))
        assert [(fault.line, fault.column, fault.code) for fault in report.faults] == [
            (2 + len(row.splitlines()), column, code)
        ]
        with texts.in_language("fi"):
            assert "%(" not in in_words(report.faults[0])
        assert counts(session) == [0, 0, 0, 0]


def test_a_full_gig_takes_nobody_more(session, tmp_path):
    rows = "vammaiset;h1;k2;w1;30.10.2022;1.30;3.30b;;Olli;;;\nvammaiset;h2;k2;w4;30.10.2022;1.30;3.30;;Olli;;;"
    workers = "\n".join(
        [*FILES["workers.csv"].splitlines()[1:], "vammaiset,w4,Neljäs,Tekijä,,not_registered,1.1.2022,"]
    )
    report = bring_in(folder_of(tmp_path, hours=rows, workers=workers))
    assert [(fault.line, fault.code) for fault in report.faults] == [(3, "gig_full")]


def test_faults_of_all_files_are_told_at_once(session, tmp_path):
    report = bring_in(
        folder_of(
            tmp_path,
            organisations="vammaiset;o1;business;Käpy;1234567-8\nvammaiset;o2;private_person;Åke;",
            workers="vammaiset,w1,=cmd,Tekijä,,,,",
            hours="vammaiset;h1;k1;w1;32.1.2022;9;12;;;;;",
        )
    )
    found = {(fault.file, fault.line, fault.column, fault.code) for fault in report.faults}
    assert ("organisations.csv", 2, "business_id", "business_id_wrong") in found
    assert ("workers.csv", 2, "given_name", "cell_formula") in found
    assert ("hours.csv", 2, "day", "cell_day") in found
    assert counts(session) == [0, 0, 0, 0]
