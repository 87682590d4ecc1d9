"""Storing who pays which share of an order, where it is more than the orderer alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.auth.domain import SYSTEM
from jobcenter.billing.shares import service as shares
from jobcenter.billing.shares.domain import IN_PERCENT, MOST_SHARES, SetSplit, Share, check_split
from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.exchange import queries
from jobcenter.exchange.book import Book, Ref
from jobcenter.exchange.formats import PAYERS
from jobcenter.exchange.reading import Row
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation

_ORDERER_PAYS_ALL = 0


@dataclass(frozen=True)
class _Known:
    """What the rows can name: orders, organisations, and the gigs of each order by their lasting names."""

    orders: Mapping[Ref, int]
    organisations: Mapping[Ref, int]
    gigs: Mapping[int, Mapping[str, int]]


def store_payers(book: Book) -> None:
    """Add the agreements that are not here yet. An order that has one keeps it; what differs is told."""
    reach = book.reach()
    known = _Known(
        queries.ids_by_ref(Order, reach), queries.ids_by_ref(Organisation, reach), queries.gigs_by_order(reach)
    )
    split = {(row["jobcenter"], row["order"]) for row in queries.stored_rows(PAYERS, reach)}
    stored, fresh = {}, defaultdict(list)
    for row in book.rows[PAYERS.file]:
        if (row["jobcenter"], row["order"]) in split:
            stored[tuple(row[column] for column in PAYERS.key)] = row
        elif order_id := _order_of(book, row, known):
            fresh[order_id].append(row)
    book.note_known(PAYERS, stored)
    for order_id, rows in fresh.items():
        _store(book, order_id, rows, known)


def _order_of(book: Book, row: Row, known: _Known) -> int | None:
    """The order of a row that names nothing unknown; the faults of one that does."""
    jobcenter_id = book.jobcenter_of(PAYERS, row)
    if jobcenter_id is None:
        return None
    order_id = known.orders.get((jobcenter_id, row["order"]))
    if order_id is None:
        book.fault(PAYERS, row, "order", "ref_unknown", given=row["order"])
    elif (jobcenter_id, row["organisation"]) not in known.organisations:
        book.fault(PAYERS, row, "organisation", "ref_unknown", given=row["organisation"])
        return None
    return order_id


def _store(book: Book, order_id: int, rows: list[Row], known: _Known) -> None:
    """Store the agreement of one order, unless something is wrong with it."""
    if not _agree(book, rows) or not _check_gigs(book, rows, known.gigs.get(order_id, {})):
        return
    first = rows[0]
    command = SetSplit(
        shares=tuple(_share(book, row, place, known) for place, row in enumerate(rows, start=1)),
        gigs={known.gigs[order_id][ref]: place for place, row in enumerate(rows, start=1) for ref in row["gigs"]},
        agreed_on=first["agreed_on"],
        agreed_with=first["agreed_with"],
        number=_ORDERER_PAYS_ALL,
    )
    try:
        check_split(command, today=clock.today())
    except DomainError as error:
        book.refused(PAYERS, first, error, "percent")
        return
    if shares.is_held_on_a_card(order_id):
        book.fault(PAYERS, first, "order", "shares_card_hold")
        return
    shares.store_split(SYSTEM, order_id, command)
    book.added[PAYERS.file] += len(rows)


def _agree(book: Book, rows: list[Row]) -> bool:
    """Whether the payers of an order are few enough and were agreed at once; a fault beside the first that is not."""
    if len(rows) > MOST_SHARES:
        book.fault(PAYERS, rows[MOST_SHARES], "organisation", "payers_too_many", most=MOST_SHARES)
        return False
    for row in rows[1:]:
        for column in ("agreed_on", "agreed_with"):
            if row[column] != rows[0][column]:
                book.fault(PAYERS, row, column, "payers_agreed_otherwise")
                return False
    return True


def _check_gigs(book: Book, rows: list[Row], gigs: Mapping[str, int]) -> bool:
    named = Counter(ref for row in rows for ref in row["gigs"])
    wrong = [(row, ref) for row in rows for ref in sorted(row["gigs"]) if ref not in gigs or named[ref] > 1]
    for row, ref in wrong:
        book.fault(PAYERS, row, "gigs", "payers_gig_of_another", given=ref)
    return not wrong


def _share(book: Book, row: Row, place: int, known: _Known) -> Share:
    return Share(
        place=place,
        organisation_id=known.organisations[book.jobcenters[row["jobcenter"]], row["organisation"]],
        hundredths=int(row["percent"] * IN_PERCENT),
        cost_centre=row["cost_centre"],
        reference=row["reference"],
    )
