"""Carriers: the same promises kept by a folder and by a real SFTP server, whose key must be the one that is known."""

import asyncio
from contextlib import contextmanager
from dataclasses import replace

import pytest

from jobcenter.billing.einvoices import carriers
from jobcenter.billing.einvoices.carriers import CarrierFailed
from jobcenter.config import EInvoiceRoute
from tests.sftp import ANOTHER_KEY, PASSWORD, USER, SftpServer, sftp_server

NAME, CONTENT = "003720000024_1.xml", "<Finvoice>ä</Finvoice>".encode()


def to_server(server: SftpServer, **changes) -> EInvoiceRoute:
    route = EInvoiceRoute(
        sftp_host="127.0.0.1",
        sftp_port=server.port,
        sftp_user=USER,
        sftp_password=PASSWORD,
        sftp_known_hosts=str(server.known_hosts),
    )
    return replace(route, **changes)


@pytest.fixture(autouse=True)
def thread_without_a_loop():
    """Browser tests in the same process leave Playwright's loop running in this thread, where a route runs its own."""
    playwrights = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(playwrights)


@contextmanager
def by_folder(tmp_path):
    with carriers.opened(EInvoiceRoute(folder=str(tmp_path))) as carrier:
        yield carrier, tmp_path


@contextmanager
def by_sftp(tmp_path):
    with sftp_server(tmp_path) as server:
        (server.folder / "out").mkdir()
        (server.folder / "in").mkdir()
        with carriers.opened(to_server(server)) as carrier:
            yield carrier, server.folder


@pytest.fixture(params=[by_folder, by_sftp], ids=["folder", "sftp"])
def carried(request, tmp_path):
    with request.param(tmp_path) as made:
        yield made


def test_a_file_has_its_name_only_when_it_is_whole(carried):
    carrier, folder = carried
    carrier.stage(NAME, b"half")
    carrier.stage(NAME, CONTENT)
    assert carrier.is_staged(NAME)
    assert not (folder / "out" / NAME).exists()
    carrier.publish(NAME)
    assert not carrier.is_staged(NAME)
    assert (folder / "out" / NAME).read_bytes() == CONTENT
    assert [path.name for path in (folder / "out").iterdir()] == [NAME]


def test_a_file_that_is_there_is_not_written_over(carried):
    carrier, folder = carried
    (folder / "out" / NAME).write_bytes(b"first")
    carrier.stage(NAME, CONTENT)
    with pytest.raises(CarrierFailed):
        carrier.publish(NAME)
    assert (folder / "out" / NAME).read_bytes() == b"first"


def test_receipts_are_read_and_put_away(carried):
    carrier, folder = carried
    for name in ("b.xml", "a.csv", ".hidden", "half.part"):
        (folder / "in" / name).write_bytes(name.encode())
    (folder / "in" / "folder").mkdir()
    assert carrier.receipts() == ["a.csv", "b.xml"]
    assert carrier.read("b.xml") == b"b.xml"
    carrier.file_away("b.xml", carriers.READ)
    carrier.file_away("a.csv", carriers.UNREAD)
    assert carrier.receipts() == []
    assert (folder / "in" / "read" / "b.xml").exists() and (folder / "in" / "unread" / "a.csv").exists()


def test_a_receipt_that_is_gone_is_said(carried):
    carrier, _folder = carried
    with pytest.raises(CarrierFailed):
        carrier.read("gone.xml")


def test_an_unknown_server_gets_nothing(tmp_path):
    with sftp_server(tmp_path, known_key=ANOTHER_KEY) as server:
        with pytest.raises(CarrierFailed, match="key is not the one that is known"), carriers.opened(to_server(server)):
            pass
        assert list(server.folder.iterdir()) == []


@pytest.mark.parametrize("change", [{"sftp_password": "wrong"}, {"sftp_key_file": "/nowhere"}, {"outgoing": "none"}])
def test_what_a_server_refuses_is_said(tmp_path, change):
    with sftp_server(tmp_path) as server:
        route = to_server(server, **change)
        with pytest.raises(CarrierFailed), carriers.opened(route) as carrier:
            carrier.stage(NAME, CONTENT)


def test_a_server_that_is_not_there_is_said(tmp_path):
    with sftp_server(tmp_path) as server:
        route = to_server(server)
    with pytest.raises(CarrierFailed), carriers.opened(route):
        pass


def test_without_a_route_there_is_no_carrier():
    with carriers.opened(EInvoiceRoute()) as carrier:
        assert carrier is None


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"EINVOICE_FOLDER": "/a", "EINVOICE_SFTP_HOST": "b"}, "EINVOICE_FOLDER"),
        ({"EINVOICE_SFTP_HOST": "b"}, "EINVOICE_SFTP_KNOWN_HOSTS"),
        ({"EINVOICE_SFTP_PORT": "x"}, "EINVOICE_SFTP_PORT"),
    ],
)
def test_a_route_that_cannot_be_stops_the_start(env, named):
    with pytest.raises(ValueError, match=named):
        EInvoiceRoute.from_env(env)
