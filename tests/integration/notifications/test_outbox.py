"""The outbox and its way out, against a real SMTP server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications import jobs, queries, service
from jobcenter.notifications.domain import Mail
from tests import factories
from tests.factories_doors import changed
from tests.integration.notifications import smtp
from tests.integration.notifications.smtp import Postman, guarded, port_of, post_office
from tests.threads import in_threads

NOW = factories.NOW
MINUTE = timedelta(minutes=1)
LETTER = Mail("Kirje Åkelle 😀", "Hei Åke,\n\nhttps://jobcenter.example/enter/abc\n.\nÅ Ä Ö Š 😀\n")


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def postman() -> Iterator[Postman]:
    with post_office() as (postman, controller):
        postman.port = port_of(controller)
        yield postman


@pytest.fixture
def send(app: Flask, session: Session, postman: Postman) -> Callable[..., JobReport]:
    """Runs the job against the server, at an instant."""
    settings = {"smtp_host": "127.0.0.1", "smtp_port": postman.port, "smtp_starttls": False}

    def run(now=NOW) -> JobReport:
        with changed(app, **settings, mail_from="Jobcenter <posti@jobcenter.example>"), app.app_context():
            return jobs.send_outbox(now)

    return run


def _queue(to: str = "ake@example.fi", key: str = "k1", mail: Mail = LETTER) -> bool:
    with unit_of_work():
        return service.queue(mail, to=to, language="fi@easy", dedupe_key=key, kind="greeting", jobcenter_id=3)


def test_a_mail_goes_out_as_written(send, session: Session, postman: Postman) -> None:
    _queue()
    assert send() == JobReport(done=1)
    (mail,) = postman.mails
    assert (mail["To"], mail["From"]) == ("ake@example.fi", "Jobcenter <posti@jobcenter.example>")
    assert (mail["Subject"], mail["Content-Language"], mail["Auto-Submitted"]) == (
        LETTER.subject,
        "fi",
        "auto-generated",
    )
    assert mail["Message-ID"].endswith("@jobcenter.example>") and mail["Date"]
    assert mail.get_content().replace("\r\n", "\n") == LETTER.body
    session.rollback()
    (row,) = queries.newest(5)
    assert (row.sent_at, row.next_try_at, row.body, row.attempts) == (NOW, None, "", 1)
    assert send() == JobReport() and len(postman.mails) == 1


def test_the_same_thing_is_told_once(session: Session) -> None:
    assert [_queue(), _queue(), _queue(key="k2")] == [True, False, True]
    assert queries.waiting_count() == 2


def test_what_is_undone_is_not_told(session: Session) -> None:
    with pytest.raises(KeyError), unit_of_work():
        service.queue(LETTER, to="a@example.fi", language="fi", dedupe_key="k", kind="greeting")
        raise KeyError
    assert queries.waiting_count() == 0


def test_a_subject_is_one_line(session: Session) -> None:
    _queue(mail=Mail("Hei\r\nBcc: all@example.fi " + "x" * 300, "x"))
    (row,) = queries.newest(1)
    assert "\n" not in row.subject and len(row.subject) == 250


def test_a_busy_server_is_tried_again_and_again_later(send, session: Session, postman: Postman) -> None:
    _queue()
    now = NOW
    for minutes in (1, 2):
        postman.answers["ake@example.fi"] = "451 later"
        assert send(now).failed == 1
        assert send(now + minutes * MINUTE - timedelta(seconds=1)) == JobReport()
        now += minutes * MINUTE
    session.rollback()
    (row,) = queries.newest(1)
    assert row.error == "451 later" and row.attempts == 2 and row.body
    assert send(now).done == 1
    session.rollback()
    assert queries.newest(1)[0].error == ""


def test_an_address_that_nobody_has_is_given_up(send, session: Session, postman: Postman) -> None:
    _queue("gone@example.fi")
    _queue("ake@example.fi", key="k2")
    postman.answers["gone@example.fi"] = "550 no such user"
    report = send()
    assert (report.done, report.failed) == (1, 1) and "no such user" in report.remark
    session.rollback()
    (row,) = queries.given_up([3], NOW, 5)
    assert (row.to, row.next_try_at, row.body) == ("gone@example.fi", None, "")


def test_after_three_days_it_is_given_up(send, session: Session, postman: Postman) -> None:
    _queue()
    postman.answers["ake@example.fi"] = "451 later"
    assert send(NOW + timedelta(days=3)).failed == 1
    session.rollback()
    assert queries.waiting_count() == 0 and len(queries.given_up([3], NOW, 5)) == 1


def test_letters_of_an_address_may_be_any(send, session: Session, postman: Postman) -> None:
    _queue("åke.öhman@example.fi")
    assert send().done == 1 and postman.mails[0]["To"] == "åke.öhman@example.fi"


def test_without_a_server_mails_wait(app: Flask, session: Session, send, postman: Postman) -> None:
    _queue()
    assert jobs.send_outbox(NOW).remark == "no mail server is set"
    with changed(app, smtp_host="127.0.0.1", smtp_port=1, smtp_starttls=False), app.app_context():
        assert jobs.send_outbox(NOW).failed == 1
    assert send().done == 1


def test_two_processes_send_each_mail_once(app: Flask, session: Session, postman: Postman) -> None:
    for number in range(20):
        _queue(f"user{number}@example.fi", key=f"k{number}")
    with changed(app, smtp_host="127.0.0.1", smtp_port=postman.port, smtp_starttls=False):
        in_threads(app, [_send_now] * 3)
    assert sorted(mail["To"] for mail in postman.mails) == sorted(f"user{n}@example.fi" for n in range(20))


def test_a_claim_that_is_never_finished_lapses(send, session: Session, postman: Postman) -> None:
    _queue()
    with unit_of_work():
        assert service.claim(queries.newest(1)[0].id, NOW) is not None
    assert send(NOW + 4 * MINUTE) == JobReport()
    assert send(NOW + 5 * MINUTE).done == 1


def test_starttls_and_login(app: Flask, session: Session, tmp_path: Path) -> None:
    options = guarded(tmp_path)
    _queue()
    with post_office(**options) as (postman, controller):
        settings = _guarded_settings(controller, tmp_path)
        for password, reason in (("wrong", "535"), ("väärä", "UnicodeEncodeError")):
            with changed(app, **{**settings, "smtp_password": password}), app.app_context():
                report = jobs.send_outbox(NOW)
                assert report.failed == 1 and reason in report.remark
        with changed(app, **{**settings, "smtp_ca_file": ""}), app.app_context():
            assert "CERTIFICATE_VERIFY_FAILED" in jobs.send_outbox(NOW).remark
        with changed(app, **settings), app.app_context():
            assert jobs.send_outbox(NOW).done == 1
    assert postman.users == ["jobcenter"]


def _guarded_settings(controller: Controller, folder: Path) -> dict[str, object]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": port_of(controller),
        "smtp_user": smtp.USER.decode(),
        "smtp_password": smtp.PASSWORD.decode(),
        "smtp_ca_file": str(folder / "certificate.pem"),
    }


def _send_now() -> None:
    with clock.frozen(NOW):
        jobs.send_outbox(NOW)
