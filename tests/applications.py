"""The application as tests use it: on a database of theirs, with a client that looks at every page."""

from __future__ import annotations

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

import jobcenter
from jobcenter.config import Settings
from tests.client import PageClient


class Compiled(BytecodeCache):
    """What one application of this process compiled of its templates, for the others to use."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = Compiled()


def made(settings: Settings) -> Flask:
    """An application with these settings."""
    app = jobcenter.create_app(settings)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = _compiled
    return app
