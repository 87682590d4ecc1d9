"""`jobcenter plan`: a plan from a JSON file, or a check of one. No database, and no application."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import BinaryIO

import click

from jobcenter.exchange.plananswer import answer, verdict
from jobcenter.exchange.planfile import read_instance, read_plan
from jobcenter.exchange.strict_json import Fault, Faulty
from jobcenter.matching.plan.checker import faults
from jobcenter.matching.plan.compiling import compiled
from jobcenter.matching.plan.domain import Instance
from jobcenter.matching.plan.engines import planner
from jobcenter.matching.plan.engines.exact import FixedDoNotFit

BROKEN = 1
UNREADABLE = 2
LONGEST = 86_400
USUAL_SECONDS = 10.0


@click.command("plan")
@click.argument("files", nargs=-1, required=True, type=click.File("rb"), metavar="INSTANCE [PLAN]")
@click.option(
    "--seconds",
    default=USUAL_SECONDS,
    show_default=True,
    type=click.FloatRange(0, LONGEST),
    help="How long to look for a better plan at most.",
)
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same proven plan.")
@click.option("--explain", is_flag=True, help="All reasons of rejected pairs, and who could take open places.")
@click.option("--check", is_flag=True, help="Check PLAN against every hard rule instead of making one.")
def plan_command(files: tuple[BinaryIO, ...], seconds: float, seed: int, explain: bool, check: bool) -> None:
    """Plan who goes where from INSTANCE (a JSON file, or - for standard input). No database is needed. The format is in
    docs/plan.md.
    """
    if len(files) != (2 if check else 1):
        raise click.UsageError("give INSTANCE and PLAN to --check" if check else "give one INSTANCE")
    try:
        instance = read_instance(files[0].read())
        if check:
            _check(instance, files[1].read())
        else:
            _plan(instance, seconds, seed, explain)
    except Faulty as faulty:
        _refuse(faulty.faults)


def _plan(instance: Instance, seconds: float, seed: int, explain: bool) -> None:
    numbers = compiled(instance)
    try:
        solution = planner.plan(numbers.problem, seconds=seconds, seed=seed)
    except FixedDoNotFit:
        raise Faulty([Fault("$.gigs", "no support persons were found for all fixed people together")]) from None
    sys.stdout.writelines(answer(numbers, solution, explain=explain))


def _check(instance: Instance, plan: bytes) -> None:
    found = verdict(faults(instance, read_plan(plan)))
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    if not found["holds"]:
        sys.exit(BROKEN)


def _refuse(faults: Iterable[Fault]) -> None:
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(UNREADABLE)
