"""The stand-in beside the demo, under one address with it, so that the demo needs nothing else."""

from __future__ import annotations

import hmac
from dataclasses import replace
from hashlib import sha256

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from jobcenter.config import Settings
from jobcenter.demo.cardhouse.house import House
from jobcenter.demo.cardhouse.store import Store
from jobcenter.demo.cardhouse.web import TEST_KEY, create_card_house

PLACE = "/card-house"
FILE = "card_house.sqlite3"


def put_beside(app: Flask, settings: Settings) -> Settings:
    """Serve the stand-in under the app's own address; the settings that let the app pay through it."""
    house = house_of(settings)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {PLACE: create_card_house(house)})
    return replace(
        settings,
        stripe_key=f"{TEST_KEY}demo",
        stripe_webhook_secret=house.secret,
        stripe_url=settings.base_url + PLACE,
    )


def house_of(settings: Settings) -> House:
    """The stand-in of an installation, with what it remembers."""
    secret = hmac.new(settings.secret_key.encode(), b"card house", sha256).hexdigest()
    return House(Store(settings.instance / FILE), secret, f"{settings.base_url}/webhooks/stripe")
