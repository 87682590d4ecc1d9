"""The place where the desk is tested, on its day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobcenter.core import clock
from tests.factories import NOW
from tests.factories_gigs import Place


@pytest.fixture
def place(session) -> Iterator[Place]:
    with clock.frozen(NOW):
        yield Place()
