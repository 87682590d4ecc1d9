"""`jobcenter import` and `jobcenter export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from jobcenter.auth.domain import SYSTEM
from jobcenter.core import texts
from jobcenter.exchange.formats import FORMATS
from jobcenter.exchange.messages import in_words
from jobcenter.exchange.service import ImportReport, import_folder
from jobcenter.exchange.writing import export_folder

FAULTS_SHOWN = 200
FAULTY = 1


class Bars:
    """A progress bar for each file in turn, on standard error; silent where nobody watches."""

    def __init__(self) -> None:
        self.file = ""
        self.bar: Any = None

    def __call__(self, file: str, done: int, total: int) -> None:
        if file != self.file:
            self.close()
            self.file = file
            self.bar = click.progressbar(length=total, label=f"{file:20}", file=sys.stderr, show_pos=True)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def close(self) -> None:
        """End the line of the bar at hand."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@click.option("--language", default="en", type=click.Choice(list(texts.FALLBACKS)), help="Language of the messages.")
def import_command(folder: Path, dry_run: bool, language: str) -> None:
    """Import the CSV files of FOLDER: all of them, or nothing. The format is in docs/import.md."""
    bars = Bars()
    with texts.in_language(language):
        report = import_folder(SYSTEM, folder, dry_run=dry_run, progress=bars)
        bars.close()
        _say(report, dry_run)
    if report.faults:
        sys.exit(FAULTY)


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(folder: Path) -> None:
    """Write what is stored into FOLDER as CSV files that `import` reads."""

    def progress(file: str, count: int) -> None:
        if sys.stderr.isatty() and count % 1000 == 0:
            click.echo(f"\r{file:20} {count}", nl=False, err=True)

    for file, count in export_folder(folder, progress).items():
        click.echo(f"{file:20} {count:>8}")


def _say(report: ImportReport, dry_run: bool) -> None:
    for fault in report.faults[:FAULTS_SHOWN]:
        click.echo(in_words(fault), err=True)
    if report.faults:
        more = len(report.faults) - FAULTS_SHOWN
        if more > 0:
            click.echo(f"... {more} more", err=True)
        click.echo(f"Nothing was imported: {len(report.faults)} faults.", err=True)
        return
    for fault in report.differing[:FAULTS_SHOWN]:
        click.echo(in_words(fault), err=True)
    for fmt in FORMATS:
        added, known = report.added.get(fmt.file, 0), report.known.get(fmt.file, 0)
        if added or known:
            click.echo(f"{fmt.file:20} {added:>8} added {known:>8} known")
    click.echo("Nothing was stored: this was a dry run." if dry_run else "Imported.")
