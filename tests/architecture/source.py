"""The product's source as syntax trees, for the fences to look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "jobcenter"
MIGRATION_VERSIONS = PACKAGE / "migrations" / "versions"
# What the files of a feature are called, from the lowest to the highest; each imports only from those before it.
FILE_ORDER = (("domain",), ("models",), ("policy", "messages"), ("queries",), ("forms", "service"), ("views", "jobs"))
KINDS = tuple(kind for kinds in FILE_ORDER for kind in kinds)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its module's name as imports say it, and its syntax tree."""

    path: str
    module: str
    text: str
    tree: ast.Module

    @property
    def feature(self) -> str:
        return place_of(self.module)[0]

    @property
    def kind(self) -> str:
        return place_of(self.module)[1]

    def at(self, node: ast.AST, what: str) -> str:
        """A finding: file, line and what is wrong there."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree, as `ast.walk` finds them; many checks look at them all."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes if isinstance(node, Function))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Every import as (statement, full name): `from a.b import c` gives `a.b.c`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node, f"{self._origin(node)}.{alias.name}") for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parents = self.module.split(".")[: -node.level]
        return ".".join([*parents, node.module] if node.module else parents)


def place_of(module: str) -> tuple[str, str]:
    """The feature that a module belongs to, and what kind of file it is there; the kind is empty for others.

    A feature that outgrows a file has a folder of its name (`service/sending.py`) or a second one (`domain_times.py`).
    """
    parts = module.split(".")
    for depth, part in enumerate(parts):
        found = next((kind for kind in KINDS if part == kind or part.startswith(f"{kind}_")), None)
        if found and depth:
            return ".".join(parts[:depth]), found
    return ".".join(parts[:-1]), ""


def sample(text: str, module: str = "jobcenter.sample.service") -> Source:
    """A piece of bad source, as if it stood in `module`."""
    return Source(module.replace(".", "/") + ".py", module, text, ast.parse(text))


@cache
def product() -> tuple[Source, ...]:
    """Every module of the package but the migrations' versions, which are written once and never read as code."""
    return tuple(_read(path) for path in _python_files(PACKAGE) if MIGRATION_VERSIONS not in path.parents)


@cache
def suite() -> tuple[Source, ...]:
    """Every module of the tests."""
    return tuple(_read(path) for path in _python_files(ROOT / "tests"))


@cache
def tree_files() -> tuple[Path, ...]:
    """The files that are or would be committed; those of a plain folder, where there is no git."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in sorted(listed) if name and (path := ROOT / name).is_file())


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else node.attr
    return ""


def assert_clean(check: Callable[[Source], Iterable[str]], sources: Iterable[Source]) -> None:
    """Fail with every finding of the check in these sources, one a line."""
    findings = [finding for source in sources for finding in check(source)]
    assert not findings, f"{len(findings)} found:\n" + "\n".join(findings)


def _python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(str(path.relative_to(ROOT)), module, text, ast.parse(text))
