"""docs/import.md and the format say the same."""

import re
from pathlib import Path

from jobcenter.exchange.formats import FORMATS

PAGE = Path(__file__).parents[3] / "docs" / "import.md"


def test_the_page_lists_every_file_and_column_and_which_are_required():
    text = PAGE.read_text(encoding="utf-8")
    for fmt in FORMATS:
        (line,) = re.findall(rf"^\| `{re.escape(fmt.file)}` \| (.*) \|$", text, flags=re.MULTILINE)
        bare = re.sub(r"\([^)]*\)", "", line)
        words = [word.strip() for word in bare.split(",")]
        expected = [f"**{column.name}**" if column.required else column.name for column in fmt.columns]
        assert words == expected, fmt.file
