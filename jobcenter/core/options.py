"""What the commands' options take."""

from __future__ import annotations

from datetime import date

import click

from jobcenter.core import parsing


class Day(click.ParamType):
    """A day such as 2026-11-22 or 22.11.2026."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parsing.day(value.strip())
        except ValueError:
            self.fail(f"{value!r} is not a day; give it as 2026-11-22 or 22.11.2026", param, ctx)
