"""The README's pictures, taken anew from the demo: `.venv/bin/python -m tests.browser.pictures [--only NAME …]`.

Makes the demo in a folder that is thrown away, serves it, and photographs some of its pages in Finnish into
docs/pictures/: phone and desktop mixed. A picture larger than `LARGEST` is an error.
"""

from __future__ import annotations

import logging
import re
import socket
import tempfile
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

import jobcenter
from jobcenter.auth.domain import Role
from jobcenter.auth.models import RoleGrant, User
from jobcenter.config import Settings
from jobcenter.core.db import db
from jobcenter.demo.service import make_demo
from jobcenter.scheduler import watch
from tests.browser.conftest import DESKTOP, FLAGS, LONGEST_WAIT_MS, PHONE, chromium

FOLDER = Path("docs/pictures")
LARGEST = 150_000
LONGEST_PLAN_MS = 60_000
PHONE_HEIGHT, DESKTOP_HEIGHT = 844, 820
EFFECT = "Miten tämä keikka vaikuttaa rajoihini"
INVOICE = re.compile(r"Lasku \d")
PAY = re.compile("^Pay")
TO_THE_TOP = "it => { it.scrollIntoView(); scrollBy(0, -24); }"
WITHOUT_DEMO_STRIP = ".demo-strip { display: none }"


@dataclass(frozen=True)
class Picture:
    """A page of the demo: whose, the screen's width and height, the way to it from the reader's first page, its top.

    `who`: the reader's given name, where it is not the usual one of the role.
    """

    name: str
    role: Role | None
    size: tuple[int, int]
    way: Callable[[Page], None]
    from_heading: str = ""
    who: str = ""


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Go on by the first link with this name."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def offer(page: Page) -> None:
    follow(page, "Vastaa:")


def limits(page: Page) -> None:
    follow(page, "Rahani ja rajani")


def statement(page: Page) -> None:
    follow(page, "Omat tiedot")
    follow(page, "Etuus- ja velkaselvitys")
    with page.expect_navigation():
        page.get_by_role("button", name="Aloita").click()


def what_if(page: Page) -> None:
    limits(page)
    follow(page, "Mitä jos tekisin enemmän töitä?")
    follow(page, "Jos teen tietyn määrän tunteja kuukaudessa")
    page.get_by_label("Tunteja kuukaudessa").fill("12")
    with page.expect_navigation():
        page.get_by_role("button", name="Näytä, mitä minulla olisi").click()


def order_form(page: Page) -> None:
    page.goto("/order?jobcenter=tasmatyo")
    page.get_by_label("Tiskaus").check()
    page.mouse.move(0, 0)


def slot_list(page: Page) -> None:
    page.goto("/gigs?show=open")
    follow(page, "Lounaan astiat")
    follow(page, "Etsi tekijä")


def plan(page: Page) -> None:
    page.goto("/plans")
    follow(page, "Ehdota suunnitelmaa: Täsmätyön")
    page.get_by_label("Kaikki tulevat avoimet keikat").check()
    page.get_by_role("button", name="Laske suunnitelma").click()
    page.get_by_role("link", name="Lähetä tarjoukset").wait_for(timeout=LONGEST_PLAN_MS)


def invoice(page: Page) -> None:
    follow(page, "Laskut")
    follow(page, INVOICE)


def card_receipt(page: Page) -> None:
    follow(page, "Laskut")
    follow(page, INVOICE)
    page.get_by_role("button", name="Maksa kortilla").click()
    follow(page, "Siirry maksusivulle")
    page.get_by_role("button", name=PAY).click()
    page.get_by_role("heading", name="Kuitti").wait_for()


def pay_run(page: Page) -> None:
    follow(page, "Palkkiot")
    waiting = page.get_by_role("row").filter(has_text="Odottaa toista henkilöä")
    with page.expect_navigation():
        waiting.get_by_role("link").first.click()


def books(page: Page) -> None:
    follow(page, "Laskutus")
    follow(page, "Kirjanpito")
    follow(page, "Täsmätyön Jobcenter")


def first_page(page: Page) -> None:
    page.goto("/")


PICTURES = (
    Picture("worker-offer", Role.WORKER, (PHONE, PHONE_HEIGHT), offer, from_heading=EFFECT),
    Picture("worker-limits", Role.WORKER, (PHONE, PHONE_HEIGHT), limits, from_heading="Rahani ja rajani"),
    Picture("worker-statement", Role.WORKER, (PHONE, PHONE_HEIGHT), statement, from_heading="Mitä etuuksia saat?"),
    Picture("worker-what-if", Role.WORKER, (PHONE, PHONE_HEIGHT), what_if, from_heading="Jos teen tietyn"),
    Picture("order-form", None, (PHONE, PHONE_HEIGHT), order_form),
    Picture("slot-list", Role.COORDINATOR, (DESKTOP, 1150), slot_list, from_heading="Sopii ("),
    Picture("plan", Role.COORDINATOR, (DESKTOP, 1250), plan, from_heading="Suunnitelma"),
    Picture("invoice", Role.ORDERER, (DESKTOP, 1000), invoice, from_heading="Tehdyt tunnit"),
    Picture("card-receipt", Role.ORDERER, (PHONE, PHONE_HEIGHT), card_receipt, who="Åke"),
    Picture("pay-run", Role.COORDINATOR, (DESKTOP, DESKTOP_HEIGHT), pay_run),
    Picture("books", Role.COORDINATOR, (DESKTOP, DESKTOP_HEIGHT), books),
    Picture("coordinator-home", Role.COORDINATOR, (DESKTOP, DESKTOP_HEIGHT), first_page),
)
WHO = {Role.WORKER: "Veikko", Role.COORDINATOR: "Kaisa", Role.ORDERER: "Olli"}


def main(wanted: Collection[str]) -> None:
    """Make the demo and take the pictures: those with the names given, or all."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _served_demo(Path(folder)) as (app, url), _chromium() as browser:
        for picture in (picture for picture in PICTURES if picture.name in wanted or not wanted):
            size = take(picture, browser, app, url)
            print(f"{picture.name}.png  {size // 1000} kB")


def take(picture: Picture, browser: Browser, app: Flask, url: str) -> int:
    """Walk to the page and photograph what its screen shows; the size in bytes. Raises RuntimeError if too large."""
    screen = dict(zip(("width", "height"), picture.size, strict=True))
    context = browser.new_context(base_url=url, locale="fi-FI", viewport=screen, bypass_csp=True)
    context.set_default_timeout(LONGEST_WAIT_MS)
    page = context.new_page()
    page.goto("/")
    if picture.role:
        page.request.post(f"/become/{_user_id(app, picture)}", form={"csrf_token": _token(page)})
        page.goto("/")
    picture.way(page)
    page.add_style_tag(content=WITHOUT_DEMO_STRIP)
    if picture.from_heading:
        page.get_by_role("heading", name=picture.from_heading).first.evaluate(TO_THE_TOP)
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    if path.stat().st_size > LARGEST:
        raise RuntimeError(f"{path} has {path.stat().st_size} bytes; at most {LARGEST} are kept")
    return path.stat().st_size


def _token(page: Page) -> str:
    return page.locator("input[name=csrf_token]").first.input_value()


def _user_id(app: Flask, picture: Picture) -> int:
    name = picture.who or WHO[picture.role]
    with app.app_context():
        of_role = db.select(User.id).join(RoleGrant, RoleGrant.user_id == User.id).where(RoleGrant.role == picture.role)
        return db.session.scalars(of_role.where(User.given_name == name).limit(1)).one()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _served_demo(folder: Path) -> Iterator[tuple[Flask, str]]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    env = {"JOBCENTER_INSTANCE": str(folder), "JOBCENTER_DEMO": "1", "JOBCENTER_BASE_URL": url}
    app = jobcenter.create_app(Settings.from_env(env))
    with app.app_context():
        upgrade()
        make_demo(print)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    over = threading.Event()
    watching = threading.Thread(target=watch, args=(app, over), daemon=True)
    watching.start()
    yield app, url
    over.set()
    watching.join()
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        raise RuntimeError("no Chromium here: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, chromium_sandbox=False, args=FLAGS)
        yield launched
        launched.close()


def _names() -> list[str]:
    """The pictures that the command line names; none: all."""
    parser = ArgumentParser(prog="python -m tests.browser.pictures", description="Take the README's pictures anew.")
    names = [picture.name for picture in PICTURES]
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="NAME", help=", ".join(names))
    return parser.parse_args().only


if __name__ == "__main__":
    main(_names())
