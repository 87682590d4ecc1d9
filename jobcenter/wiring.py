"""`create_app` puts the parts together."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import import_string

import jobcenter
from jobcenter import (
    BLUEPRINTS,
    CARD_HOUSE,
    DEMO_BLUEPRINTS,
    DEMO_CARD_HOUSE,
    PAGE_FRAME,
    SIGNED_MESSAGES,
)
from jobcenter.auth import session
from jobcenter.auth.doors import check_doors
from jobcenter.config import Settings
from jobcenter.core import errors, texts, web
from jobcenter.core.db import db
from jobcenter.core.processes import FACTORY

MIGRATIONS = Path(__file__).parent / "migrations"


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application, ready to serve. Raises RuntimeError if an endpoint declares no door."""
    settings = settings or Settings.from_env()
    app = Flask(jobcenter.__name__)
    app.config.from_mapping(flask_config(settings))
    app.extensions[FACTORY] = create_app
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    load_models()
    for module in load_all("messages"):
        errors.TEXTS.update(getattr(module, "ERRORS", {}))
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    csrf = CSRFProtect(app)
    for view in SIGNED_MESSAGES:
        csrf.exempt(view)
    texts.init_app(app)
    web.init_app(app)
    for path in (*BLUEPRINTS, *(DEMO_BLUEPRINTS if settings.demo else ())):
        app.register_blueprint(import_string(path))
    take_cards(app, settings)
    session.init_app(app)
    app.context_processor(import_string(PAGE_FRAME))
    check_doors(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)
    return app


def flask_config(settings: Settings) -> dict[str, object]:
    """Flask's own settings, and ours under JOBCENTER."""
    return {
        "JOBCENTER": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_NAME": "jobcenter",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": web.REMEMBERED_FOR,
        "MAX_CONTENT_LENGTH": web.LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": web.LARGEST_REQUEST,
        "SEND_FILE_MAX_AGE_DEFAULT": web.STATIC_KEPT_FOR,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def take_cards(app: Flask, settings: Settings) -> None:
    """Let orderers pay by card if there is a key for it; the demo has a card house of its own."""
    if settings.demo and not settings.takes_cards:
        settings = import_string(DEMO_CARD_HOUSE)(app, settings)
        app.config["JOBCENTER"] = settings
    if settings.takes_cards:
        house = import_string(CARD_HOUSE)
        app.extensions["card_house"] = house(
            settings.stripe_key, webhook_secret=settings.stripe_webhook_secret, url=settings.stripe_url
        )


def load_models() -> None:
    """Import every table, so that the metadata is whole."""
    load_all("audit", "runs", "todo", "models")


def load_all(*names: str) -> list[ModuleType]:
    """Import every module with one of these names in the package: what is written is known."""
    found = pkgutil.walk_packages(jobcenter.__path__, prefix=f"{jobcenter.__name__}.")
    return [importlib.import_module(module.name) for module in found if module.name.rpartition(".")[2] in names]
