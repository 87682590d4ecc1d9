"""`jobcenter check-earnings`: apart from the commands that need a database, so that it starts at once."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

import click

from jobcenter.exchange.casefile import answer, read_case
from jobcenter.exchange.strict_json import Faulty

UNREADABLE = 2


@click.command("check-earnings")
@click.argument("case", type=click.File("rb"))
def check_earnings_command(case: BinaryIO) -> None:
    """Tell where the person of CASE (a JSON file, or - for standard input) stands against every limit. No database is
    needed. The format is in docs/check-earnings.md.
    """
    try:
        answered = answer(read_case(case.read()))
    except Faulty as faulty:
        for fault in faulty.faults:
            click.echo(fault, err=True)
        sys.exit(UNREADABLE)
    click.echo(json.dumps(answered, ensure_ascii=False, indent=2))
