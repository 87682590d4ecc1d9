"""Internal billing: account lines that balance, in a form that is read from a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.books.domain import Account
from jobcenter.billing.internal.domain import UnitBill, csv_of, lines_of, read_layout
from jobcenter.billing.invoices.domain import VatSum
from jobcenter.billing.rules import DATA
from jobcenter.core.money import Price

SHIPPED = (DATA / "internal_billing.toml").read_text(encoding="utf-8")
NUMBERS = {Account.SERVICE_INCOME: "3001", Account.VAT_PAYABLE: "2939"}


def bill(*nets: tuple[str, str], buyer: str = "Puistot") -> UnitBill:
    rates = tuple(VatSum(Decimal(rate), Price.of_net(Decimal(net), Decimal(rate))) for net, rate in nets)
    return UnitBill(number=7, day=date(2026, 11, 30), buyer=buyer, cost_centre="4100", reference="Osto 1", rates=rates)


def lines(one: UnitBill):
    return lines_of(one, cost_account="4430", numbers=NUMBERS, seller="Jobcenter")


@pytest.mark.parametrize("nets", [[("14.50", "25.5")], [("43.50", "24"), ("290", "25.5")], [("-14.50", "25.5")]])
def test_every_bill_balances_without_amounts_below_zero(nets):
    found = lines(bill(*nets))
    assert sum(line.debit - line.credit for line in found) == 0
    assert all(line.debit >= 0 and line.credit >= 0 and line.debit + line.credit > 0 for line in found)
    assert len(found) == 3 * len(nets)


def test_without_vat_there_is_no_line_of_vat():
    assert [line.account for line in lines(bill(("14.50", "0")))] == ["4430", "3001"]


def test_the_shipped_form():
    written = csv_of(lines(bill(("14.50", "25.5"))), read_layout(SHIPPED))
    assert written.decode("utf-8-sig").splitlines() == [
        "Tosite;Päivä;Tili;Kustannuspaikka;Viite;Debet;Kredit;ALV-%;Selite",
        "7;30.11.2026;4430;4100;Osto 1;18,20;0,00;25,50;Puistot",
        "7;30.11.2026;3001;Jobcenter;Osto 1;0,00;14,50;25,50;Puistot",
        "7;30.11.2026;2939;Jobcenter;Osto 1;0,00;3,70;25,50;Puistot",
    ]


OWN = """
separator = ","
decimal_mark = "."
encoding = "iso-8859-15"
day = "%Y%m%d"
cost_account = 4999
column = [{heading = "Amount", value = "amount"}, {heading = "Text", value = "text"}, {heading = "Day", value = "day"}]
"""


def test_a_form_of_ones_own():
    written = csv_of(lines(bill(("-14.50", "25.5"), buyer="=Päivä")), read_layout(OWN))
    assert written.decode("iso-8859-15").splitlines()[:2] == ["Amount,Text,Day", "-18.20,'=Päivä,20261130"]


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('separator = ","', 'separator = ",,"', "separator"),
        ('separator = ","', "", "separator"),
        ('decimal_mark = "."', 'decimal_mark = "x"', "decimal_mark"),
        ('encoding = "iso-8859-15"', 'encoding = "klingon"', "klingon"),
        ('value = "amount"', 'value = "wages"', "column 1"),
        ("cost_account", "cost_acount", "cost_acount"),
    ],
)
def test_a_wrong_form_is_refused_and_named(was, becomes, named):
    with pytest.raises(ValueError, match=named):
        read_layout(OWN.replace(was, becomes))
