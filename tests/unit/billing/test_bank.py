"""Reference numbers, IBANs, the bank bar code and bank days, by the banks' own examples."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.billing import bank, qr

IBAN = "FI37 1590 3000 0007 76"


@pytest.mark.parametrize(
    ("base", "reference"),
    [
        ("1234", "12344"),
        ("131", "1313"),
        ("100", "1009"),
        ("617435", "6174354"),
        ("123456789", "1234567897"),
        ("91719262295919787", "917192622959197870"),
        ("20030094310007483", "200300943100074836"),
        ("0001234", "12344"),
    ],
)
def test_reference_number(base, reference):
    assert bank.reference_number(base) == reference
    assert bank.is_reference_number(reference)


@pytest.mark.parametrize(
    ("reference", "international"),
    [
        ("12344", "RF0812344"),
        ("11112", "RF9811112"),
        ("2348236", "RF332348236"),
        ("917192622959197870", "RF62917192622959197870"),
    ],
)
def test_international_reference(reference, international):
    assert bank.rf_reference(reference) == international
    assert bank.is_rf_reference(international)


@pytest.mark.parametrize("text", ["", "RF0912344", "12344", "RF"])
def test_wrong_international_reference_is_told(text):
    assert not bank.is_rf_reference(text)


@pytest.mark.parametrize("base", ["", "12", "1a34", "0012", "1" * 20, "١٢٣٤"])
def test_reference_number_refuses_a_base_that_is_not_3_to_19_digits(base):
    with pytest.raises(bank.BadReference):
        bank.reference_number(base)


@pytest.mark.parametrize("text", ["", "1", "12", "123", "12340", "11111111111111111111", "1234x"])
def test_wrong_reference_number_is_told(text):
    assert not bank.is_reference_number(text)


@given(st.integers(min_value=100, max_value=10**19 - 1), st.data())
def test_one_wrong_digit_is_always_found(base, data):
    reference = bank.reference_number(str(base))
    place = data.draw(st.integers(min_value=1, max_value=len(reference) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != reference[place]]))
    assert not bank.is_reference_number(reference[:place] + other + reference[place + 1 :])


@pytest.mark.parametrize(
    ("reference", "printed"),
    [("12344", "12344"), ("123453", "1 23453"), ("917192622959197870", "917 19262 29591 97870")],
)
def test_reference_number_is_printed_in_groups_of_five_from_the_right(reference, printed):
    assert bank.grouped_reference(reference) == printed


def test_iban_is_printed_in_groups_of_four():
    assert bank.grouped_iban("fi3715903000000776") == IBAN


@pytest.mark.parametrize(
    ("text", "right"), [(IBAN, True), ("FI3715903000000776", True), ("FI3715903000000777", False), ("", False)]
)
def test_iban_check(text, right):
    assert bank.is_iban(text) is right


@pytest.mark.parametrize(
    ("iban", "amount", "reference", "due", "digits"),
    [
        (IBAN, "12.25", "11112", date(2016, 12, 21), "437159030000007760000122500000000000000000011112161221"),
        (IBAN, "999999.99", "12344", date(2026, 1, 2), "437159030000007769999999900000000000000000012344260102"),
        (IBAN, "0.01", "1313", date(2030, 10, 31), "437159030000007760000000100000000000000000001313301031"),
        (IBAN, "1.10", "RF9811112", date(2017, 1, 1), "537159030000007760000011098000000000000000011112170101"),
    ],
)
def test_bar_code(iban, amount, reference, due, digits):
    assert bank.bar_code(iban=iban, amount=Decimal(amount), reference=reference, due_on=due) == digits
    assert len(digits) == 54


@pytest.mark.parametrize(
    ("iban", "amount"),
    [(IBAN, "0.00"), (IBAN, "-18.20"), (IBAN, "1000000.00"), ("DE89370400440532013000", "18.20"), ("", "18.20")],
)
def test_no_bar_code_where_banks_could_not_read_one(iban, amount):
    assert bank.bar_code(iban=iban, amount=Decimal(amount), reference="12344", due_on=date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("day", "following", "before"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 23)),
        (date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 4)),
        (date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),
        (date(2026, 6, 19), date(2026, 6, 22), date(2026, 6, 18)),
    ],
    ids=["Monday", "Saturday", "Christmas Eve", "Independence Day", "New Year", "Midsummer Eve"],
)
def test_bank_days(day, following, before):
    assert bank.next_bank_day(day) == following
    assert bank.previous_bank_day(day) == before


def test_qr_code_of_a_credit_transfer():
    text = bank.epc_text(
        name="Mallilan Jobcenter", iban=IBAN, bic="OKOYFIHH", amount=Decimal("18.20"), reference="RF0812344"
    )
    wanted = "BCD 002 1 SCT OKOYFIHH Mallilan_Jobcenter FI3715903000000776 EUR18.20 - RF0812344"
    assert text.split("\n") == [part.replace("_", " ").replace("-", "") for part in wanted.split()]
    squares = qr.rows(text)
    assert len(squares) == len(squares[0]) and squares[0].startswith("1111111")


@pytest.mark.parametrize(("iban", "amount"), [(IBAN, "0.00"), (IBAN, "-1.00"), ("FI37", "1.00")])
def test_no_qr_code_where_nothing_can_be_paid(iban, amount):
    assert bank.epc_text(name="A", iban=iban, bic="", amount=Decimal(amount), reference="RF0812344") is None
