"""Shares of an order: what may be agreed, who pays what of an hour row, and that no cent is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.billing.einvoices import building
from jobcenter.billing.einvoices.checks import SLACK
from jobcenter.billing.einvoices.domain import EInvoiceLine
from jobcenter.billing.invoices import domain as invoices
from jobcenter.billing.invoices.domain import BillableHours, BillTo, Line
from jobcenter.billing.invoices.domain_credit import CreditRefused, SentLine, credits_of
from jobcenter.billing.invoices.domain_shares import Held, Payer, parts_of
from jobcenter.billing.shares.domain import (
    ALL,
    UNSPLIT,
    WHOLE,
    GigBilled,
    Portion,
    SetSplit,
    Share,
    SharesRefused,
    Split,
    Splits,
    check_split,
    with_kept_gigs,
)
from jobcenter.core.money import CENT, ZERO
from jobcenter.workers.domain import TaskCategory

TODAY = date(2026, 11, 22)
KITCHEN, CLUB, GARDEN = 1, 2, 3
GIG, OTHER_GIG = 70, 71
PAYERS = {
    KITCHEN: Payer("Keittiö", "4000", "Tiski"),
    CLUB: Payer("Yhdistys ry", "", "Kerho 7"),
    GARDEN: Payer("Puisto", "4300", ""),
}
ORDERER = BillTo(organisation_id=KITCHEN, cost_centre="4100", reference="Osto 1")


def share(place: int, payer: int, percent: str, *, id: int | None = None, cost_centre: str = "") -> Share:
    hundredths = int(Decimal(percent) * 100)
    return Share(place=place, organisation_id=payer, hundredths=hundredths, id=id, cost_centre=cost_centre)


def split(number: int, *shares: Share, gigs: dict[int, int] | None = None) -> Split:
    """An agreement whose shares have the ids 10 x number + place."""
    return Split(
        id=number,
        number=number,
        shares=tuple(replace(one, id=10 * number + one.place) for one in shares),
        gigs=gigs or {},
    )


SIXTY_FORTY = split(1, share(1, KITCHEN, "60"), share(2, CLUB, "40"))


def hours(minutes: int = 180, price: str = "14.50", gig_id: int = GIG) -> BillableHours:
    return BillableHours(
        time_entry_id=1,
        jobcenter_id=1,
        order_id=1,
        gig_id=gig_id,
        bill_to=ORDERER,
        organisation_name="Keittiö",
        category=TaskCategory.CLEANING,
        title="",
        place="",
        given_name="Veikko",
        worked_on=TODAY,
        minutes=minutes,
        hourly_price=Decimal(price),
        vat_percent=Decimal("25.5"),
    )


def parts(splits: Splits, *held: Held, of: BillableHours | None = None) -> list[tuple[int, str, int, str]]:
    """Who is asked for which per cent of how many minutes, and for how much."""
    return [
        (one.bill_to.organisation_id, f"{one.portion.percent:g}", one.minutes, str(one.net))
        for one in parts_of(of or hours(), splits, held, PAYERS)
    ]


# What may be agreed


def command(*shares: Share, gigs: dict[int, int] | None = None, on: date = TODAY) -> SetSplit:
    return SetSplit(shares=shares, gigs=gigs or {}, agreed_on=on, agreed_with="Maija ja Ville", number=0)


@pytest.mark.parametrize(
    "agreed",
    [
        command(),
        command(share(1, CLUB, "100")),
        command(share(1, KITCHEN, "60"), share(2, CLUB, "40")),
        command(share(1, KITCHEN, "33.33"), share(2, CLUB, "33.33"), share(3, GARDEN, "33.34")),
        command(share(1, KITCHEN, "50", cost_centre="4100"), share(2, KITCHEN, "50", cost_centre="4200")),
        command(share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={GIG: 2}),
    ],
)
def test_what_may_be_agreed(agreed):
    check_split(agreed, today=TODAY)


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        (command(share(1, KITCHEN, "60"), share(2, CLUB, "39.99")), "shares_not_whole"),
        (command(share(1, KITCHEN, "60"), share(2, CLUB, "40.01")), "shares_not_whole"),
        (command(share(1, KITCHEN, "60"), share(2, KITCHEN, "40")), "shares_same_payer"),
        (command(share(1, KITCHEN, "100"), share(2, CLUB, "0")), "shares_of_nothing"),
        (command(share(1, KITCHEN, "100"), gigs={GIG: 2}), "shares_gig_unknown"),
        (command(on=date(2026, 11, 23)), "shares_agreed_later"),
    ],
)
def test_what_may_not_be_agreed(agreed, code):
    with pytest.raises(SharesRefused) as refused:
        check_split(agreed, today=TODAY)
    assert refused.value.code == code


def test_a_gig_with_hours_on_an_invoice_keeps_who_pays_it_alone():
    before = split(1, share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={GIG: 2})
    turned = command(share(1, CLUB, "0"), share(2, KITCHEN, "100"), gigs={OTHER_GIG: 1})
    assert with_kept_gigs(turned, before, billed={GIG}).gigs == {GIG: 1, OTHER_GIG: 1}
    without = command(share(1, KITCHEN, "100"))
    assert with_kept_gigs(without, before, billed={GIG}).gigs == {}
    with pytest.raises(GigBilled):
        with_kept_gigs(replace(turned, gigs={GIG: 2}), before, billed={GIG})
    with pytest.raises(GigBilled):
        with_kept_gigs(replace(turned, gigs={OTHER_GIG: 1}), UNSPLIT, billed={OTHER_GIG})


def test_a_gig_that_nobody_was_asked_about_keeps_who_pays_it_alone():
    before = split(1, share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={GIG: 2, OTHER_GIG: 2})
    same = command(share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={})
    assert with_kept_gigs(same, before, billed=()).gigs == {}
    assert with_kept_gigs(replace(same, asked=frozenset({GIG})), before, billed=()).gigs == {OTHER_GIG: 2}


# Who pays what


@pytest.mark.parametrize(
    ("of", "splits", "expected"),
    [
        ("the orderer alone", (), [(KITCHEN, "100", 180, "43.50")]),
        ("two payers", (SIXTY_FORTY,), [(KITCHEN, "60", 180, "26.10"), (CLUB, "40", 180, "17.40")]),
        ("shared no more", (SIXTY_FORTY, split(2)), [(KITCHEN, "100", 180, "43.50")]),
        ("another pays all", (split(1, share(1, CLUB, "100")),), [(CLUB, "100", 180, "43.50")]),
        (
            "thirds",
            (split(1, share(1, KITCHEN, "33.33"), share(2, CLUB, "33.33"), share(3, GARDEN, "33.34")),),
            [(KITCHEN, "33.33", 180, "14.50"), (CLUB, "33.33", 180, "14.50"), (GARDEN, "33.34", 180, "14.50")],
        ),
        (
            "the gig to one",
            (split(1, share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={GIG: 2}),),
            [(CLUB, "100", 180, "43.50")],
        ),
        (
            "another gig to one",
            (split(1, share(1, KITCHEN, "100"), share(2, CLUB, "0"), gigs={OTHER_GIG: 2}),),
            [(KITCHEN, "100", 180, "43.50")],
        ),
    ],
)
def test_who_pays_what_of_an_hour_row(of, splits, expected):
    assert parts(Splits(splits)) == expected


def test_cost_centre_and_reference_are_the_shares_else_the_payers():
    agreed = split(1, share(1, KITCHEN, "50"), share(2, KITCHEN, "25", cost_centre="4200"), share(3, CLUB, "25"))
    asked = [one.bill_to for one in parts_of(hours(), Splits((agreed,)), (), PAYERS)]
    assert asked == [
        ORDERER,
        BillTo(organisation_id=KITCHEN, cost_centre="4200", reference="Osto 1"),
        BillTo(organisation_id=CLUB, cost_centre="", reference="Kerho 7"),
    ]


FIRST, SECOND = Portion(0, 6000), Portion(6000, ALL)


@pytest.mark.parametrize(
    ("of", "splits", "held", "expected"),
    [
        ("the other's share waits", (SIXTY_FORTY,), [Held(FIRST, 11, 180, 1)], [(CLUB, "40", 180, "17.40")]),
        ("both are asked", (SIXTY_FORTY,), [Held(FIRST, 11, 180, 1), Held(SECOND, 12, 180, 1)], []),
        (
            "what was credited waits again",
            (SIXTY_FORTY,),
            [Held(FIRST, 11, 120, 1), Held(SECOND, 12, 180, 1)],
            [(KITCHEN, "60", 60, "8.70")],
        ),
        (
            "other shares hold only for rows that are on no invoice",
            (SIXTY_FORTY, split(2, share(1, KITCHEN, "50"), share(2, CLUB, "50"))),
            [Held(FIRST, 11, 180, 1)],
            [(CLUB, "40", 180, "17.40")],
        ),
        (
            "another payer of the share that is free",
            (SIXTY_FORTY, split(2, share(1, KITCHEN, "60"), share(2, GARDEN, "40"))),
            [Held(FIRST, 11, 180, 1)],
            [(GARDEN, "40", 180, "17.40")],
        ),
        (
            "payers who change places do not pay twice",
            (
                split(1, share(1, KITCHEN, "50"), share(2, CLUB, "50")),
                split(2, share(1, CLUB, "50"), share(2, KITCHEN, "50")),
            ),
            [Held(Portion(0, 5000), 11, 180, 1)],
            [(CLUB, "50", 180, "21.75")],
        ),
        ("invoiced whole before it was split", (SIXTY_FORTY,), [Held(WHOLE, None, 180, 1)], []),
        (
            "invoiced whole before, and credited in part",
            (SIXTY_FORTY,),
            [Held(WHOLE, None, 120, 1)],
            [(KITCHEN, "100", 60, "14.50")],
        ),
        (
            "shared no more, but one share is invoiced",
            (SIXTY_FORTY, split(2)),
            [Held(FIRST, 11, 180, 1)],
            [(CLUB, "40", 180, "17.40")],
        ),
        (
            "the free share by the newest of those under which the others were invoiced",
            (SIXTY_FORTY, split(2, share(1, KITCHEN, "60"), share(2, GARDEN, "40")), split(3)),
            [Held(SECOND, 22, 180, 1)],
            [(KITCHEN, "60", 180, "26.10")],
        ),
    ],
)
def test_what_is_on_invoices_keeps_its_shares(of, splits, held, expected):
    assert parts(Splits(splits), *held) == expected


def test_what_is_billed_anew_is_the_next_piece_of_its_share():
    again = list(parts_of(hours(), Splits((SIXTY_FORTY,)), [Held(FIRST, 11, 120, 1), Held(FIRST, 11, 30, 2)], PAYERS))
    assert [(one.minutes, one.piece, one.share_id) for one in again] == [(30, 3, 11), (180, 1, 12)]


# No cent is lost

hundredths = st.lists(st.integers(1, ALL), min_size=1, max_size=5).map(
    lambda cuts: sorted({0, ALL, *(cut for cut in cuts if cut < ALL)})
)


def portions(bounds: list[int]) -> list[Portion]:
    return [Portion(begins, ends) for begins, ends in zip(bounds, bounds[1:], strict=False)]


@given(cents=st.integers(0, 10**8), bounds=hundredths)
def test_the_portions_of_an_amount_come_to_it_and_each_is_within_a_cent(cents, bounds):
    amount = cents * CENT
    found = [(portion, portion.of(amount)) for portion in portions(bounds)]
    assert sum(part for _, part in found) == amount
    for portion, part in found:
        assert part >= ZERO
        assert abs(part - amount * portion.percent / 100) < CENT


def line(minutes: int, price: Decimal, portion: Portion) -> Line:
    return Line(
        time_entry_id=1,
        description="Siivous",
        worked_on=TODAY,
        minutes=minutes,
        hourly_price=price,
        vat_percent=Decimal("25.5"),
        net=invoices.line_net(price, minutes, portion),
        portion=portion,
    )


@given(
    minutes=st.integers(1, 720),
    price=st.integers(1, 9000).map(lambda cents: cents * CENT),
    bounds=hundredths,
    credits=st.lists(st.integers(1, 720), max_size=4),
)
def test_credits_of_shares_come_to_the_shares(minutes, price, bounds, credits):
    whole = invoices.line_net(price, minutes)
    shares = [line(minutes, price, portion) for portion in portions(bounds)]
    assert sum(one.net for one in shares) == whole
    for one in shares:
        sent, taken = SentLine(line_id=1, line=one, credited_minutes=0), ZERO
        for asked in [*credits, None]:
            chosen = None if asked is None else {1: min(asked, sent.left.minutes)}
            try:
                notes = credits_of([sent], chosen)
            except CreditRefused:
                continue
            for credit in notes:
                assert credit.totals.together.gross <= ZERO
                taken += credit.totals.together.net
                sent = sent.after(credit.minutes[1])
                assert all(map(meets_price, credit.lines))
        assert taken == -one.net


def test_a_credit_that_would_ask_for_money_is_refused():
    """A share of half a per cent is worth a cent less of 1,01 than of 1,00."""
    small = line(101, Decimal("0.60"), Portion(5000, 5050))
    with pytest.raises(CreditRefused) as refused:
        credits_of([SentLine(line_id=1, line=small, credited_minutes=0)], {1: 1})
    assert refused.value.code == "credit_too_little"


def meets_price(one: Line) -> bool:
    """Whether time x price is the amount of the line as an e-invoice says it."""
    said: EInvoiceLine = building.line_of(1, one, is_outside=False)
    return abs(said.hours * said.hourly_price - said.net) <= SLACK


def test_the_vat_of_each_invoice_is_counted_on_its_own_sum():
    of_kitchen = [line(60, Decimal("14.50"), FIRST)] * 3
    of_club = [line(60, Decimal("14.50"), SECOND)] * 3
    assert [invoices.totals(lines).together.vat for lines in (of_kitchen, of_club)] == [
        Decimal("6.66"),
        Decimal("4.44"),
    ]
