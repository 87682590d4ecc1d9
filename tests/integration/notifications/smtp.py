"""A real SMTP server on a free port of this machine, which keeps what it is given."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

USER, PASSWORD = b"jobcenter", b"a password of the tests"


class Postman:
    """Takes every mail; answers an address in `answers` as told there, once."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.users: list[str | None] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if address in self.answers:
            return self.answers.pop(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Any, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.users.append(session.auth_data.login.decode() if session.auth_data else None)
        return "250 OK"


@contextmanager
def post_office(**options: Any) -> Iterator[tuple[Postman, Controller]]:
    """A running server; `options` go to aiosmtpd."""
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=_free_port(), enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield postman, controller
    finally:
        controller.stop()


def port_of(controller: Controller) -> int:
    """The port that the server listens on."""
    return controller.port


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def guarded(folder: Path) -> dict[str, Any]:
    """Options of a server that wants STARTTLS, with a certificate made now, and a login."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate of the mail server under test, and is not installed")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    key_kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    made = ["-x509", *key_kind, "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, "req", *made, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": _authenticate}


def _authenticate(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
    """Whether it is our login; where not, the server itself says so (`handled=False`), instead of nothing at all."""
    return AuthResult(success=(data.login, data.password) == (USER, PASSWORD), handled=False, auth_data=data)
