"""Imports go down only: between features by pyproject.toml's contracts, between a feature's files by their names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import FILE_ORDER, PACKAGE, ROOT, Source, assert_clean, place_of, product, sample

LINTER = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
RANK = {kind: rank for rank, kinds in enumerate(FILE_ORDER) for kind in kinds}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts against the package in `folder`."""
    command = [sys.executable, "-c", LINTER, "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def upward_in_feature(source: Source) -> Iterator[str]:
    """Imports from a file of the same feature that stands beside or above this one in the order."""
    if not source.kind:
        return
    for statement, name in source.imports():
        feature, kind = place_of(name)
        if feature == source.feature and kind not in ("", source.kind) and RANK[kind] >= RANK[source.kind]:
            yield source.at(statement, f"{source.kind} imports {kind}: {name}")


def skeleton(folder: Path, imports: dict[str, str]) -> None:
    """An empty package with the layers of the real one, and the given imports in it."""
    packages = [path.parent.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("__init__.py")]
    modules = [Path("jobcenter") / path.name for path in PACKAGE.glob("*.py")]
    for path in [*(package / "__init__.py" for package in packages), *modules]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("")
    for path, text in imports.items():
        (folder / path).write_text(text)


def test_features_import_downwards_only():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_upward_import_is_caught(tmp_path: Path):
    skeleton(tmp_path, {"jobcenter/workers/domain.py": "import jobcenter.orders"})
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "jobcenter.workers is not allowed to import jobcenter.orders" in done.stdout


def test_an_import_between_siblings_is_caught(tmp_path: Path):
    skeleton(tmp_path, {"jobcenter/matching/domain.py": "import jobcenter.billing"})
    assert "jobcenter.matching is not allowed to import jobcenter.billing" in lint_imports(tmp_path).stdout


def test_an_upward_import_inside_orders_is_caught(tmp_path: Path):
    skeleton(tmp_path, {"jobcenter/orders/gigs/domain.py": "import jobcenter.orders.hours"})
    assert "jobcenter.orders.gigs is not allowed to import jobcenter.orders.hours" in lint_imports(tmp_path).stdout


def test_a_feature_without_a_layer_is_caught(tmp_path: Path):
    skeleton(tmp_path, {"jobcenter/utils.py": ""})
    assert lint_imports(tmp_path).returncode == 1


def test_an_empty_skeleton_keeps_the_contracts(tmp_path: Path):
    skeleton(tmp_path, {})
    done = lint_imports(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_of_a_feature_import_downwards_only():
    assert_clean(upward_in_feature, product())


def test_an_upward_import_inside_a_feature_is_caught():
    assert list(upward_in_feature(sample("from jobcenter.a import service", "jobcenter.a.queries")))
    assert list(upward_in_feature(sample("from jobcenter.a.views import bp", "jobcenter.a.service")))
    assert list(upward_in_feature(sample("from .models import Thing", "jobcenter.a.domain")))
    assert list(upward_in_feature(sample("from jobcenter.a import service_offers", "jobcenter.a.queries_lists")))
    assert list(upward_in_feature(sample("from jobcenter.a.views import x", "jobcenter.a.service.sending")))
    assert not list(upward_in_feature(sample("from jobcenter.a.models import Thing", "jobcenter.a.service")))
