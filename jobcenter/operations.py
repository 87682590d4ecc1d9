"""The commands that run an installation and look after it."""

from __future__ import annotations

import os
import sys

import click
import flask_migrate

from jobcenter import create_app, scheduler
from jobcenter.auth import service
from jobcenter.auth.domain import SYSTEM, JobcenterKind, NewJobcenter, NewUser, Role
from jobcenter.auth.queries import jobcenter_by_slug, user_by_email
from jobcenter.core import audit, clock, texts
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake.service import ensure_terms
from jobcenter.orders.rates.service import load_defaults

SERVER = (
    *("gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--reuse-port", "--no-control-socket", "--bind"),
)
APPLICATION = "jobcenter:create_app()"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=int)
def serve(host: str, port: int) -> None:
    """Serve the application by gunicorn, in this process's place."""
    os.execv(sys.executable, [sys.executable, "-m", *SERVER, f"{host}:{port}", APPLICATION])


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema, with the dated rates that the product knows."""
    with create_app().app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            load_defaults()


@click.command("scheduler")
def run_scheduler() -> None:
    """Run the timetable until stopped."""
    scheduler.run(create_app())


@click.group()
def jobs() -> None:
    """Jobs of the timetable."""


@jobs.command("list")
def list_jobs() -> None:
    """Show the timetable."""
    for entry in scheduler.TIMETABLE:
        click.echo(f"{entry.name:32} {entry.trigger}")
    for job in scheduler.WATCHED:
        click.echo(f"{job.__name__:32} every {scheduler.WATCH_SECONDS} seconds")


@jobs.command("run-once")
@click.argument("name")
def run_once(name: str) -> None:
    """Run a job now, as the scheduler would."""
    try:
        job = scheduler.job_named(name)
    except KeyError:
        raise click.UsageError(f"no job is called {name}; see `jobcenter jobs list`") from None
    with create_app().app_context():
        report = job(clock.now())
    click.echo(f"{name}: {report.done} done, {report.failed} failed {report.remark}".rstrip())
    sys.exit(1 if report.failed else 0)


@click.command("texts")
@click.option("--language", default=texts.DEFAULT, show_default=True, type=click.Choice(list(texts.FALLBACKS)))
def show_texts(language: str) -> None:
    """Show texts that lack a translation, and translations with wrong placeholders."""
    missing, broken = texts.missing_texts(language), texts.broken_texts()
    for line in (*missing, *broken):
        click.echo(line)
    click.echo(f"{len(missing)} missing, {len(broken)} broken")
    sys.exit(1 if missing or broken else 0)


@click.group()
def users() -> None:
    """Accounts from the command line."""


@users.command("add")
@click.argument("email")
@click.option("--given-name", required=True)
@click.option("--family-name", required=True)
@click.option("--role", "role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--jobcenter", "slug", required=True, help="The Jobcenter's short name.")
@click.password_option(help="At least 10 characters; leave it out to be asked.")
def add_user(email: str, given_name: str, family_name: str, role: str, slug: str, password: str) -> None:
    """Make an account with a role and a password; an existing account gets the role."""
    with create_app().app_context(), unit_of_work():
        is_new = user_by_email(email) is None
        user = service.ensure_user(SYSTEM, NewUser(email, given_name, family_name))
        service.ensure_role(SYSTEM, user.id, jobcenter_by_slug(slug).id, Role(role))
        if is_new:
            service.preset_password(SYSTEM, user.id, password)
    click.echo(f"{email} is {role} at {slug}")


@click.group()
def jobcenters() -> None:
    """The Jobcenters of the installation."""


@jobcenters.command("add")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in JobcenterKind]))
@click.option("--email", required=True)
def add_jobcenter(slug: str, name: str, kind: str, email: str) -> None:
    """Open a Jobcenter with the product's own order terms; its administrator fills in the rest."""
    with create_app().app_context(), unit_of_work():
        opened = service.add_jobcenter(SYSTEM, NewJobcenter(slug, name, JobcenterKind(kind), email))
        ensure_terms(opened.id, clock.today())
    click.echo(f"{name} is open")


@click.command("verify-log")
def verify_log() -> None:
    """Check that no event of the audit log was changed or removed."""
    with create_app().app_context():
        report = audit.verify_chain()
    click.echo(f"{report.checked} events, {len(report.broken)} broken {list(report.broken[:10]) or ''}".rstrip())
    sys.exit(0 if report.whole else 1)
