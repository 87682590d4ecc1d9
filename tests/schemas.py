"""The official schemas that may lie beside the project; nothing of them is copied into it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sepaxml
from lxml import etree

# The schema of payment files, which a test dependency ships.
PAIN = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
FOLDER = Path(__file__).parents[2] / "shared" / "schemas"


def official(*path: str) -> Path:
    """A schema beside the project; the test is skipped where there are none."""
    found = FOLDER.joinpath(*path)
    if not found.exists():
        pytest.skip("no schemas here")
    return found


def assert_valid(xml: bytes, schema: Path) -> None:
    """Hold XML to a schema, without network. Raises what is wrong with the line of it."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    etree.XMLSchema(etree.parse(str(schema), parser)).assertValid(etree.fromstring(xml, parser))
