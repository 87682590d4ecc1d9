"""`jobcenter demo`."""

from __future__ import annotations

import time

import click
import flask_migrate

from jobcenter.demo.service import make_demo


@click.command("demo")
def demo() -> None:
    """Fill an absent or empty database with the demo: a pilot in the past and a present around today."""
    began = time.monotonic()

    def say(what: str) -> None:
        click.echo(f"{time.monotonic() - began:5.1f} s  {what}", err=True)

    flask_migrate.upgrade()
    make_demo(say)
    say("ready")
