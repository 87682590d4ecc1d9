"""The pages on import, plans and checking earnings say what the program does."""

import json
import re
from pathlib import Path

from click.testing import CliRunner

from jobcenter.exchange.checking import check_earnings_command
from jobcenter.exchange.commands_plan import plan_command
from jobcenter.exchange.formats import FORMATS

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_lists_every_file_and_column_and_which_are_required():
    text = (DOCS / "import.md").read_text(encoding="utf-8")
    for fmt in FORMATS:
        (line,) = re.findall(rf"^\| `{re.escape(fmt.file)}` \| (.*) \|$", text, flags=re.MULTILINE)
        bare = re.sub(r"\([^)]*\)", "", line)
        words = [word.strip() for word in bare.split(",")]
        expected = [f"**{column.name}**" if column.required else column.name for column in fmt.columns]
        assert words == expected, fmt.file


def test_the_instance_of_the_page_has_the_plan_of_the_page():
    given, told = _examples("plan.md")[:2]
    found = json.loads(CliRunner().invoke(plan_command, ["-"], input=given).output)
    assert told.pop("seconds") and found.pop("seconds") >= 0
    shown = {name: points for name, points in told.pop("objective").items() if name != "…"}
    assert shown.items() <= found.pop("objective").items()
    assert found == told


def test_the_case_of_the_page_has_the_answer_of_the_page():
    given, told = _examples("check-earnings.md")[:2]
    found = json.loads(CliRunner().invoke(check_earnings_command, ["-"], input=given).output)
    (assessment,) = told["assessments"]
    (same,) = [one for one in found["assessments"] if one["rule"] == assessment["rule"]]
    for name in ("source", "rows"):
        assert same.pop(name) and assessment.pop(name) is not None
    assert same == assessment


def _examples(page: str) -> list:
    """The JSON of a page: the first as it stands, the others read; what is left out there is empty."""
    first, *others = re.findall(r"```json\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [first, *(json.loads(one.replace("[…]", "[]")) for one in others)]
