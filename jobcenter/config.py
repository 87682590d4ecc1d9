"""Settings: read once from the environment, frozen afterwards. `docs/running.md` has the table."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SQLITE_FILE = "jobcenter.sqlite3"


# Where the demo's e-invoices go, in its own folder of things that are kept.
DEMO_EINVOICES = "einvoices"


@dataclass(frozen=True)
class EInvoiceRoute:
    """Where e-invoices go and receipts come from: a folder of this machine, or an operator's SFTP server; or nowhere.

    `outgoing` and `receipts` are folders in that folder, or on that server.
    """

    folder: str = ""
    sftp_host: str = ""
    sftp_port: int = 22
    sftp_user: str = ""
    sftp_password: str = ""
    sftp_key_file: str = ""
    sftp_known_hosts: str = ""
    outgoing: str = "out"
    receipts: str = "in"

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, demo_folder: str = "") -> EInvoiceRoute:
        """The route named by the environment, the demo's own folder where none is.

        Raises ValueError for two routes, or a server that cannot be known.
        """
        route = cls(
            folder=env.get("EINVOICE_FOLDER", "") or ("" if env.get("EINVOICE_SFTP_HOST") else demo_folder),
            sftp_host=env.get("EINVOICE_SFTP_HOST", ""),
            sftp_port=whole_number(env, "EINVOICE_SFTP_PORT", cls.sftp_port),
            sftp_user=env.get("EINVOICE_SFTP_USER", ""),
            sftp_password=env.get("EINVOICE_SFTP_PASSWORD", ""),
            sftp_key_file=env.get("EINVOICE_SFTP_KEY_FILE", ""),
            sftp_known_hosts=env.get("EINVOICE_SFTP_KNOWN_HOSTS", ""),
            outgoing=env.get("EINVOICE_OUTGOING") or cls.outgoing,
            receipts=env.get("EINVOICE_RECEIPTS") or cls.receipts,
        )
        if route.folder and route.sftp_host:
            raise ValueError("EINVOICE_FOLDER and EINVOICE_SFTP_HOST cannot both be set")
        if route.sftp_host and not route.sftp_known_hosts:
            raise ValueError("EINVOICE_SFTP_KNOWN_HOSTS must name a file with the server's key")
        return route


@dataclass(frozen=True)
class Settings:
    """What an installation decides for itself. Each default is right for a first local start."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    secure_cookies: bool = False
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True
    smtp_ca_file: str = ""
    mail_from: str = "jobcenter@localhost"
    trusted_proxies: int = 0
    processes: int = 0
    einvoices: EInvoiceRoute = field(default_factory=EInvoiceRoute)
    stripe_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_url: str = ""
    testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Settings from the environment (or a given mapping). Raises ValueError naming a variable that is wrong."""
        env = os.environ if env is None else env
        instance = Path(env.get("JOBCENTER_INSTANCE") or "instance").resolve()
        instance.mkdir(parents=True, exist_ok=True)
        demo = flag(env, "JOBCENTER_DEMO", False)
        base_url = env.get("JOBCENTER_BASE_URL", cls.base_url).rstrip("/")
        return cls(
            instance=instance,
            database_url=database_url(env.get("DATABASE_URL", ""), instance),
            secret_key=env.get("JOBCENTER_SECRET_KEY") or kept_secret(instance),
            base_url=base_url,
            demo=demo,
            secure_cookies=flag(env, "JOBCENTER_SECURE_COOKIES", base_url.startswith("https://")),
            smtp_host=env.get("SMTP_HOST", ""),
            smtp_port=whole_number(env, "SMTP_PORT", cls.smtp_port),
            smtp_user=env.get("SMTP_USER", ""),
            smtp_password=env.get("SMTP_PASSWORD", ""),
            smtp_starttls=flag(env, "SMTP_STARTTLS", True),
            trusted_proxies=whole_number(env, "JOBCENTER_TRUSTED_PROXIES", 0),
            processes=whole_number(env, "JOBCENTER_PROCESSES", 0),
            smtp_ca_file=env.get("SMTP_CA_FILE", ""),
            mail_from=env.get("MAIL_FROM", cls.mail_from),
            einvoices=EInvoiceRoute.from_env(env, demo_folder=str(instance / DEMO_EINVOICES) if demo else ""),
            stripe_key=env.get("STRIPE_API_KEY", ""),
            stripe_webhook_secret=env.get("STRIPE_WEBHOOK_SECRET", ""),
        )

    @property
    def takes_cards(self) -> bool:
        """Whether orderers can pay by card here: not without the secret that tells true messages from forged ones."""
        return bool(self.stripe_key and self.stripe_webhook_secret)


def database_url(given: str, instance: Path) -> str:
    """The SQLAlchemy address: the instance's SQLite file unless one is given; PostgreSQL always by psycopg 3."""
    if not given:
        return f"sqlite:///{instance / SQLITE_FILE}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def has_database(env: Mapping[str, str] | None = None) -> bool:
    """Whether a database is named or has been made here; looks only, and makes nothing."""
    env = os.environ if env is None else env
    instance = Path(env.get("JOBCENTER_INSTANCE") or "instance")
    return bool(env.get("DATABASE_URL")) or (instance / SQLITE_FILE).exists()


def kept_secret(instance: Path) -> str:
    """The installation's own signing key: made at the first start, kept in the instance, readable by its owner."""
    path = instance / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    """A yes/no variable: 1, true, yes or 0, false, no."""
    text = env.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes"}:
        return True
    if text in {"0", "false", "no"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {text!r}")


def whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    """A whole-number variable."""
    text = env.get(name, "").strip()
    if text and not text.isdigit():
        raise ValueError(f"{name} must be a whole number, not {text!r}")
    return int(text) if text else default
