"""What a bailiff's payment prohibition takes of a pay, and what it must leave."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.payruns.domain_enforcement import Prohibition, taken_of, total

PAY_DAY = date(2026, 11, 30)


def prohibition(id=1, share="50", protected="0", most=None, since=date(2026, 1, 1), until=None):
    return Prohibition(
        id=id,
        valid_from=since,
        valid_to=until,
        share_percent=Decimal(share),
        protected=Decimal(protected),
        most_left=None if most is None else Decimal(most),
        payee="Ulosottolaitos",
        iban="FI3715903000000776",
        reference="12344",
    )


@pytest.mark.parametrize(
    ("net", "prohibitions", "taken"),
    [
        ("27.00", [], []),
        ("27.00", [prohibition()], ["13.50"]),
        ("27.01", [prohibition()], ["13.51"]),
        ("27.00", [prohibition(protected="20")], ["7.00"]),
        ("27.00", [prohibition(protected="27")], []),
        ("27.00", [prohibition(protected="30")], []),
        ("27.00", [prohibition(most="5")], ["5.00"]),
        ("27.00", [prohibition(most="0")], []),
        ("27.00", [prohibition(share="100")], ["27.00"]),
        ("27.00", [prohibition(since=date(2026, 12, 1))], []),
        ("27.00", [prohibition(until=date(2026, 11, 29))], []),
        ("27.00", [prohibition(until=PAY_DAY)], ["13.50"]),
        ("27.00", [prohibition(), prohibition(id=2)], ["13.50", "13.50"]),
        ("27.00", [prohibition(), prohibition(id=2, protected="10")], ["13.50", "3.50"]),
        ("27.00", [prohibition(share="80"), prohibition(id=2, share="80")], ["21.60", "5.40"]),
        ("0.00", [prohibition()], []),
    ],
)
def test_what_is_taken(net, prohibitions, taken):
    found = taken_of(Decimal(net), prohibitions, PAY_DAY)
    assert [each.amount for each in found] == [Decimal(amount) for amount in taken]
    assert total(found) <= Decimal(net)


def test_the_oldest_is_served_first():
    late, early = prohibition(id=1, since=date(2026, 3, 1), share="100"), prohibition(id=2, since=date(2026, 2, 1))
    assert [each.prohibition.id for each in taken_of(Decimal("10"), [late, early], PAY_DAY)] == [2, 1]
