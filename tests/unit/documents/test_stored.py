"""A document kept as JSON comes back the same."""

import json
from dataclasses import replace

import pytest

from jobcenter.documents.domain import Bars, Fact, Payment
from jobcenter.documents.rendering import render
from jobcenter.documents.stored import from_plain, to_plain
from tests.unit.documents import samples

BARS = Bars(widths=(2, 1, 1), digits="12", alt="Bars")
PAID = replace(samples.invoice(), payment=Payment(heading="Pay", facts=(Fact(label="a", value="b"),), bars=BARS))


@pytest.mark.parametrize("document", [*samples.each(), PAID], ids=lambda document: document.template)
def test_round_trip_through_json(document):
    kept = json.loads(json.dumps(to_plain(document)))
    restored = from_plain(type(document), kept)
    assert restored == document
    assert render(restored) == render(document)


def test_data_of_another_kind_are_refused():
    with pytest.raises((KeyError, TypeError)):
        from_plain(type(samples.cv()), to_plain(samples.invoice()))
