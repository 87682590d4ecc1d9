"""Making the demo: the pilot comes in by the import, the present is told through the services."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from jobcenter.auth.domain import SYSTEM
from jobcenter.auth.queries import jobcenters
from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import unit_of_work
from jobcenter.demo import desk, money, payday, private, queries, shared, statements, story, year
from jobcenter.demo.cast import make_cast
from jobcenter.demo.pilot import Values, data, pilot
from jobcenter.earnings import service as earnings
from jobcenter.exchange.formats import FORMATS, Format
from jobcenter.exchange.service import import_folder
from jobcenter.exchange.writing import cells
from jobcenter.orders.hours.jobs import ask_orderers_to_confirm
from jobcenter.orders.intake.service import ensure_terms
from jobcenter.orders.rates.service import load_defaults

Say = Callable[[str], None]


class NotEmpty(DomainError):
    """The database has something in it already; the demo is never mixed with it."""


def make_demo(say: Say) -> None:
    """Fill an empty, migrated database: the same pilot every time, and a present around today.

    Raises NotEmpty. `say` hears what is being done.
    """
    if not queries.is_empty():
        raise NotEmpty("demo_not_empty")
    say("the pilot")
    with unit_of_work():
        load_defaults()
    _bring_in(pilot())
    with unit_of_work():
        for jobcenter in jobcenters():
            ensure_terms(jobcenter.id, data()["first_day"])
    say("this year")
    _bring_in(year.so_far(clock.today()))
    with unit_of_work():
        cast = make_cast()
        payday.tell_personal_ids(cast)
    say("the statements")
    statements.tell(cast)
    money.set_terms(cast)
    desk.prepare(cast)
    say("the last weeks")
    story.tell(cast)
    ask_orderers_to_confirm(clock.now() + timedelta(hours=3))
    say("the money")
    money.tell(cast)
    private.bill(cast)
    year.settle(cast)
    shared.bill(cast)
    money.hand_over_einvoices(clock.now())
    private.hold(cast)
    money.ask_second_person(cast)
    payday.following(cast)
    say("the earnings")
    with unit_of_work():
        earnings.check_workers(SYSTEM, year.workers_now(), clock.now())
    say("the desk")
    desk.tell(cast)


def _bring_in(rows: dict[str, list[Values]]) -> None:
    """Import made rows as a folder of files. Raises RuntimeError when they are not as the import wants them."""
    with _as_folder(rows) as folder:
        report = import_folder(SYSTEM, folder, dry_run=False, progress=lambda *_: None)
    if report.faults:
        raise RuntimeError(f"the demo's own files are not in order: {report.faults[:3]}")


@contextmanager
def _as_folder(rows: dict[str, list[Values]]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        for fmt in FORMATS:
            if fmt.file in rows:
                _write(Path(name) / fmt.file, fmt, rows[fmt.file])
        yield Path(name)


def _write(path: Path, fmt: Format, rows: list[Values]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(fmt.header)
        for values in rows:
            writer.writerow(_cells(fmt, values))


def _cells(fmt: Format, values: Values) -> list[str]:
    """The row's cells; what it does not say is empty, and plain words are taken as they are."""
    whole = {column.name: values.get(column.name) for column in fmt.columns}
    shown = {name: value for name, value in whole.items() if not isinstance(value, str)}
    text = cells(fmt, dict.fromkeys(whole) | shown)
    return [str(value) if isinstance(value, str) else cell for value, cell in zip(whole.values(), text, strict=True)]
