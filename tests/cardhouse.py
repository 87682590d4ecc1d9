"""The stand-in of the card house, over real HTTP on a free port, with the time that tests play at."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from jobcenter.billing.card.stripe_house import StripeHouse
from jobcenter.core import clock
from jobcenter.demo.cardhouse.house import House
from jobcenter.demo.cardhouse.store import Store
from jobcenter.demo.cardhouse.web import TEST_KEY, create_card_house

SECRET = "whsec_for_tests"
CARD, DECLINED = "4242 4242 4242 4242", "4000 0000 0000 0002"


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object) -> None:
        """Say nothing of each request."""


class CardHouse:
    """A running stand-in. `messages(...)` gives what it sent since it was last asked, signed."""

    def __init__(self, house: House, url: str) -> None:
        self.house, self.url = house, url
        self.stripe = StripeHouse(f"{TEST_KEY}1", webhook_secret=SECRET, url=url)
        self._told = 0

    def pay(self, page_url: str, card: str = CARD) -> int:
        """Type a card on a page; the status of the answer."""
        form = urllib.parse.urlencode({"card": card}).encode()
        try:
            with urllib.request.build_opener(_Stay).open(page_url, data=form) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def messages(self, at: int | None = None) -> list[tuple[bytes, str]]:
        """The messages since last time, the oldest first, each with the header that signs it."""
        found = self.house.store.messages()[self._told :]
        self._told += len(found)
        at = int(time.time()) if at is None else at
        return [self.house.signed(message, at) for message in found]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


@contextmanager
def card_house(folder: Path) -> Iterator[CardHouse]:
    """A stand-in of its own, for as long as the block lasts."""
    begun = clock.now().timestamp()
    house = House(Store(folder / "house.sqlite3"), SECRET, now=lambda: begun)
    server = make_server("127.0.0.1", 0, create_card_house(house), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield CardHouse(house, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def long_ago() -> int:
    """An hour before now on this machine's clock: a message signed then is not believed any more."""
    return int(time.time()) - 3600
