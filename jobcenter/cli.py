"""The `jobcenter` command: thin; each command calls what does the work, and is loaded when it is asked for."""

from __future__ import annotations

import copy
import logging
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click

from jobcenter.config import has_database
from jobcenter.core.errors import DomainError, describe


def in_app(command: click.Command) -> click.Command:
    """A feature's own command, run inside the application; the feature's command itself stays as it is."""

    def inside(**options: object) -> object:
        with pkgutil.resolve_name("jobcenter:create_app")().app_context():
            return command.callback(**options)

    wrapped = copy.copy(command)
    wrapped.callback = inside
    return wrapped


def in_app_if_any(command: click.Command) -> click.Command:
    """A command that knows more beside a database, and does without where there is none."""
    inside = in_app(command)

    def either(**options: object) -> object:
        return inside.callback(**options) if has_database() else command.callback(**options)

    wrapped = copy.copy(command)
    wrapped.callback = either
    return wrapped


def as_it_is(command: click.Command) -> click.Command:
    """A command that needs no application, or makes its own."""
    return command


@dataclass(frozen=True)
class Place:
    """Where a command is, what its help says in a line, and what it runs inside."""

    path: str
    help: str
    inside: Callable[[click.Command], click.Command] = as_it_is


COMMANDS: Mapping[str, Place] = {
    "serve": Place("jobcenter.operations:serve", "Serve the application by gunicorn, in this process's place."),
    "migrate": Place("jobcenter.operations:migrate", "Bring the database to the newest schema."),
    "scheduler": Place("jobcenter.operations:run_scheduler", "Run the timetable until stopped."),
    "jobs": Place("jobcenter.operations:jobs", "Jobs of the timetable."),
    "texts": Place("jobcenter.operations:show_texts", "Show texts that lack a translation."),
    "users": Place("jobcenter.operations:users", "Accounts from the command line."),
    "jobcenters": Place("jobcenter.operations:jobcenters", "The Jobcenters of the installation."),
    "verify-log": Place("jobcenter.operations:verify_log", "Check that no event of the audit log was changed."),
    "limits": Place("jobcenter.admin.commands:limits", "Print every limit of law in force on a day.", in_app_if_any),
    "check-earnings": Place("jobcenter.exchange.checking:check_earnings_command", "Check a person's limits from JSON."),
    "plan": Place("jobcenter.exchange.commands_plan:plan_command", "Plan who goes where from JSON."),
    "stats": Place("jobcenter.reports.commands:stats", "Print the figures of a time.", in_app),
    "demo": Place("jobcenter.demo.commands:demo", "Make a demo in an empty database.", in_app),
    "import": Place("jobcenter.exchange.commands:import_command", "Import the CSV files of a folder.", in_app),
    "export": Place("jobcenter.exchange.commands:export_command", "Write what is stored as CSV files.", in_app),
}


class Commands(click.Group):
    """The commands by name. Says a refusal in words."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        place = COMMANDS.get(name)
        return place and place.inside(pkgutil.resolve_name(place.path))

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(context)])

    def invoke(self, context: click.Context) -> object:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
        for chatty in ("apscheduler", "alembic.runtime.plugins"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        try:
            return super().invoke(context)
        except DomainError as error:
            raise click.ClickException(describe(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Jobcenter: a micro-job marketplace. Settings come from the environment."""


if __name__ == "__main__":
    main()
