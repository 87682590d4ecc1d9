"""The certificate and the CV in the person's Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from jobcenter.core import clock
from tests import factories
from tests.integration.workers.conftest import make_world

MAY = clock.at(date(2026, 5, 4), time(9))


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.frozen(factories.NOW):
        yield


def test_certificate_and_cv(client, session):
    world = make_world()
    cafe = factories.organisation(world.jobcenter, name="Kahvila Å Oy")
    order = factories.order(world.jobcenter, cafe, coordinator_id=world.coordinator.id)
    entry = factories.done_gig(order, world.veikko, MAY)
    world.veikko.language = "sv"
    session.commit()
    client.sign_in_as(world.veikko_user)
    papers = {
        f"/certificates/{entry.id}.pdf": ("Arbetsintyg över ett gigg", "Diskning", "mån 4.5.2026 kl. 9.00–12.00"),
        f"/people/{world.veikko.id}/cv.pdf": ("Arbetserfarenhet", "Diskning", "1 gigg, 3 h"),
    }
    for path, words in papers.items():
        read = PdfReader(BytesIO(client.get(path).data))
        text = "\n".join(page.extract_text() for page in read.pages).replace("\N{NO-BREAK SPACE}", " ")
        assert [word for word in words if word not in text] == []
        assert read.trailer["/Root"]["/Lang"] == "sv-FI"
