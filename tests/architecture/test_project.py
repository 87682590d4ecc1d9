"""The project's own files: each dependency has its why, the locks are theirs, and nothing tells of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest

from jobcenter.config import Settings
from tests.architecture.source import ROOT, Source, assert_clean, dotted, product, sample, suite, tree_files

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = {"requirements.lock": ("install", "test"), "requirements-run.lock": ("install",)}
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
REQUIREMENT = re.compile(r'^\s+"([A-Za-z0-9_.-]+)')
# A registry's address, or a folder of one machine. Written so that this file does not hold them itself.
PRIVATE = re.compile(
    "|".join(
        (
            r"pypi\.or" r"g", r"pythonhosted\.or" r"g", r"registry\.npmjs", r"/simpl" r"e/", r"artifactor" r"y",
            r"(?<![\w.])/wor" r"k/", r"(?<![\w.])/roo" r"t/", r"(?<![\w.])/hom" r"e/\w", r"(?<![\w.])/tm" r"p/\w",
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
PICTURES = {".png", ".jpg", ".ico", ".pdf", ".woff2"}
UNEXPLAINED_SKIP = {"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.xfail"}
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
APP_FIXTURES = {"app", "client", "as_user", "session", "database", "module_app"}


def dependencies_without_why(text: str) -> Iterator[str]:
    """Requirements of pyproject.toml that no comment right above them explains."""
    before = ""
    for line in text.splitlines():
        found = REQUIREMENT.match(line)
        if found and re.search(r"[<>=~]", line) and not before.strip().startswith("#"):
            yield found[1]
        before = line


def pins(name: str) -> dict[str, str]:
    """The versions of a lock file, by package."""
    return dict(PIN.findall((ROOT / name).read_text(encoding="utf-8")))


def wanted(groups: tuple[str, ...]) -> set[str]:
    """The packages that pyproject.toml asks for, as the locks spell them."""
    project = tomllib.loads(PYPROJECT)["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][group] for group in groups)]
    return {re.split(r"[\[<>=~; ]", line)[0].lower().replace("_", "-") for group in lists for line in group}


def private_words(text: str) -> set[str]:
    return {found[0] for found in PRIVATE.finditer(text)}


def unexplained_skips(source: Source) -> Iterator[str]:
    for node in source.nodes:
        name = dotted(node.func if isinstance(node, ast.Call) else node)
        if isinstance(node, ast.Call) and name in UNEXPLAINED_SKIP:
            said = {keyword.arg for keyword in node.keywords} | ({"reason"} if node.args else set())
            if "reason" not in said or (name.endswith("skipif") and "reason" not in {k.arg for k in node.keywords}):
                yield source.at(node, f"{name} without a reason")
    for function in source.functions():
        for mark in function.decorator_list:
            if dotted(mark) in UNEXPLAINED_SKIP:
                yield source.at(mark, f"{dotted(mark)} without a reason")


def silenced_warnings(source: Source) -> Iterator[str]:
    """Filters that hide more than one named warning (`ignore:its words:its category`)."""
    for call in source.calls():
        if dotted(call.func) in {"warnings.simplefilter", "warnings.filterwarnings", "pytest.mark.filterwarnings"}:
            rule = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
            if str(rule).count(":") < 2:
                yield source.at(call, f"{dotted(call.func)} hides warnings")


def app_in_unit_tests(source: Source) -> Iterator[str]:
    """Unit tests need neither the application nor a database."""
    if not source.module.startswith("tests.unit"):
        return
    for function in source.functions():
        for argument in [*function.args.args, *function.args.kwonlyargs]:
            if argument.arg in APP_FIXTURES and function.name.startswith("test"):
                yield source.at(function, f"{function.name} uses the fixture {argument.arg}")


def test_each_dependency_says_why():
    assert not list(dependencies_without_why(PYPROJECT))
    assert list(dependencies_without_why('dependencies = [\n    "flask>=3",\n]')) == ["flask"]


@pytest.mark.parametrize(("lock", "groups"), LOCKS.items())
def test_a_lock_pins_what_the_project_asks_for(lock: str, groups: tuple[str, ...]):
    assert wanted(groups) <= set(pins(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_running_and_testing_use_the_same_versions():
    tested = pins("requirements.lock")
    assert {name: tested.get(name) for name in pins("requirements-run.lock")} == pins("requirements-run.lock")


def test_no_file_tells_of_a_machine_or_a_registry():
    files = [path for path in tree_files() if path.suffix not in PICTURES]
    found = {str(path.relative_to(ROOT)): words for path in files if (words := private_words(path.read_text("utf-8")))}
    assert not found


@pytest.mark.parametrize("folder", ["/ho" "me/me/x", "see /wor" "k/x", "https://py" "pi.or" "g/x"])  # fmt: skip
def test_a_private_word_is_caught(folder: str):
    assert private_words(folder)


@pytest.mark.parametrize("asked", [("check",), ("format", "--check")])
def test_ruff_finds_nothing(asked: tuple[str, ...]):
    ran = subprocess.run([sys.executable, "-m", "ruff", *asked, "."], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_warnings_are_errors():
    assert tomllib.loads(PYPROJECT)["tool"]["pytest"]["ini_options"]["filterwarnings"] == ["error"]


CHECKS = [
    (unexplained_skips, "import pytest\n@pytest.mark.skip\ndef test_x(): ...", "tests.unit.test_x"),
    (unexplained_skips, "import pytest\n@pytest.mark.skipif(True)\ndef test_x(): ...", "tests.unit.test_x"),
    (unexplained_skips, "import pytest\npytest.skip()", "tests.unit.test_x"),
    (silenced_warnings, "import warnings\nwarnings.simplefilter('ignore')", "jobcenter.sample"),
    (app_in_unit_tests, "def test_x(client): ...", "tests.unit.test_x"),
]


@pytest.mark.parametrize("check", dict.fromkeys(check for check, _bad, _module in CHECKS))
def test_tests_are_honest(check):
    assert_clean(check, [*product(), *suite()])


@pytest.mark.parametrize(("check", "bad", "module"), CHECKS)
def test_a_bad_sample_is_caught(check, bad, module):
    assert list(check(sample(bad, module)))


class Asked(dict[str, str]):
    """An environment that remembers which variables were asked for."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:
        self.names.add(name)
        return super().get(name, default)


def test_the_table_of_settings_has_a_row_for_each_variable(tmp_path):
    environment = Asked(JOBCENTER_INSTANCE=str(tmp_path))
    Settings.from_env(environment)
    table = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert environment.names <= set(ROW.findall(table))
    assert set(ROW.findall(table)) - environment.names <= {"JOBCENTER_PORT", "JOBCENTER_WORKERS", "JOBCENTER_PYTHON"}


def test_the_start_of_run_finds_what_it_names():
    command = [sys.executable, "scripts/start.py", "--help"]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
