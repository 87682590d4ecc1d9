"""The way out of the house: SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Protocol

from jobcenter.config import Settings
from jobcenter.core import clock
from jobcenter.notifications.domain import DeliveryFailed, Letter

TIMEOUT_SECONDS = 20


class Sender(Protocol):
    """Something that delivers a letter, or raises DeliveryFailed."""

    def send(self, letter: Letter) -> None: ...


class SmtpSender:
    """Sends over one SMTP connection. `connected` opens and closes it."""

    def __init__(self, connection: smtplib.SMTP, mail_from: str) -> None:
        self._connection = connection
        self._mail_from = mail_from

    def send(self, letter: Letter) -> None:
        try:
            self._connection.send_message(as_message(letter, self._mail_from))
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise DeliveryFailed(f"{code} {_readable(reason)}", lasting=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            reason = f"{error.smtp_code} {_readable(error.smtp_error)}"
            raise DeliveryFailed(reason, lasting=500 <= error.smtp_code < 600) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryFailed(str(error), lasting=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryFailed(f"{type(error).__name__}: {error}", lasting=False) from error


@contextmanager
def connected(settings: Settings) -> Iterator[SmtpSender]:
    """A connection to the mail server of the settings. Raises DeliveryFailed if there is none to be had."""
    try:
        connection = _connect(settings)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise DeliveryFailed(f"{type(error).__name__}: {error}", lasting=False) from error
    try:
        yield SmtpSender(connection, settings.mail_from)
    finally:
        connection.close()


def as_message(letter: Letter, mail_from: str) -> EmailMessage:
    """The letter as a MIME message; its Message-ID is its own, so that a mail sent twice shows as one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = mail_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.local(clock.now()))
    message["Message-ID"] = make_msgid(
        idstring=f"jobcenter-{letter.id}", domain=mail_from.rpartition("@")[2].strip(">")
    )
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="quoted-printable")
    message["Content-Language"] = letter.language.partition("@")[0]
    return message


def _connect(settings: Settings) -> smtplib.SMTP:
    connection = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    try:
        if settings.smtp_starttls:
            connection.starttls(context=ssl.create_default_context(cafile=settings.smtp_ca_file or None))
        if settings.smtp_user:
            connection.login(settings.smtp_user, settings.smtp_password)
    except BaseException:
        connection.close()
        raise
    return connection


def _readable(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
