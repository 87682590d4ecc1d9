"""`jobcenter limits`: the limits of law in force on a day."""

from __future__ import annotations

import json
import pkgutil
import sys
from datetime import date

import click

from jobcenter.benefits import Law, LimitInForce, law
from jobcenter.benefits.law import Applies, Unit
from jobcenter.core import clock
from jobcenter.core.money import round_cents
from jobcenter.core.options import Day


@click.command("limits")
@click.option("--on", "day", type=Day(), help="The day; today if it is left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def limits(day: date | None, as_json: bool) -> None:
    """Print every limit of law in force on a day, with its source and status."""
    on, in_force = day or clock.today(), law_at_hand()
    found = in_force.limits_on(on)
    if as_json:
        facts = {"on": on.isoformat(), "version": in_force.version, "limits": [as_facts(limit) for limit in found]}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    click.echo(f"Limits in force on {on.isoformat()} (rules {in_force.version})")
    for limit in found:
        facts = as_facts(limit)
        when = ", from the next review" if limit.value.applies is Applies.NEXT_REVIEW else ""
        line = "{id:48} {value:>10} {unit} {comparison} {period}{when}  {status}, {source}"
        click.echo(line.format(**facts, when=when))


def law_at_hand() -> Law:
    """The law with what administrators have added, where there is an application; else the program's own values."""
    if "jobcenter.wiring" not in sys.modules:
        return law()
    return pkgutil.resolve_name("jobcenter.admin.law_in_use:law_in_use")()


def as_facts(limit: LimitInForce) -> dict[str, str | None]:
    """A limit in force as plain facts; the value as text: money with two decimals, others exact."""
    parameter, value = limit.parameter, limit.value
    amount = round_cents(value.value) if parameter.unit is Unit.EUR else value.value
    return {
        "id": parameter.id,
        "description": parameter.description,
        "value": str(amount),
        "unit": parameter.unit.value,
        "period": parameter.period.value,
        "basis": parameter.basis.value,
        "comparison": parameter.comparison.value,
        "from": value.from_.isoformat(),
        "to": value.to.isoformat() if value.to else None,
        "applies": value.applies.value,
        "statute": parameter.statute,
        "status": value.status.value,
        "source": value.source,
        "checked_on": value.checked_on.isoformat(),
    }
