"""The law in force for the command line, apart from it: only where there is an application."""

from __future__ import annotations

import click
from flask import has_app_context
from sqlalchemy.exc import DBAPIError

from jobcenter.benefits import Law, law
from jobcenter.earnings.rulebook.queries import current_law


def law_in_use() -> Law:
    """The law with what administrators have added, where a database answers; else the program's own values."""
    if not has_app_context():
        return law()
    try:
        return current_law()
    except DBAPIError:
        click.echo("The database does not answer: values added by administrators are left out.", err=True)
        return law()
