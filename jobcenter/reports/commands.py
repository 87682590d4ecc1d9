"""`jobcenter stats`: the figures that funders ask for."""

from __future__ import annotations

import json
from datetime import date

import click

from jobcenter.core.money import hours_of
from jobcenter.core.options import Day
from jobcenter.reports.domain import Figures, Period, PeriodBackwards, Statistics
from jobcenter.reports.queries import statistics


@click.command("stats")
@click.option("--from", "first", type=Day(), required=True, help="First day of work.")
@click.option("--to", "last", type=Day(), required=True, help="Last day of work.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(first: date, last: date, as_json: bool) -> None:
    """People, hours, gigs, orders, orderers, by field and Jobcenter, from confirmed hours."""
    try:
        period = Period(first, last)
    except PeriodBackwards:
        raise click.UsageError(f"--to {last} is before --from {first}") from None
    found = statistics(period)
    click.echo(json.dumps(found.to_json(), ensure_ascii=False) if as_json else table(period, found))


def table(period: Period, found: Statistics) -> str:
    """The figures as text, column under column."""
    parts = [("All", found.total), *found.by_field.items(), *found.by_jobcenter.items()]
    head = f"{f'{period.first} – {period.last}':32}{'people':>8}{'hours':>12}{'gigs':>8}{'orders':>8}{'orderers':>10}"
    return "\n".join([head, *(_line(name, figures) for name, figures in parts)])


def _line(name: str, figures: Figures) -> str:
    return (
        f"{name:32}{figures.people:>8}{hours_of(figures.minutes):>12}"
        f"{figures.gigs:>8}{figures.orders:>8}{figures.orderers:>10}"
    )
