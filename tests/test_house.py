"""The house itself: imports go down only, no file grows without end, the counter is small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import detente

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "detente").rglob("*.py"))


def test_imports_go_down_only() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_has_more_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_counter_offers_at_most_thirty_names_in_order() -> None:
    assert sorted(detente.__all__) == detente.__all__
    assert len(detente.__all__) <= 30
    assert all(hasattr(detente, name) for name in detente.__all__)


def test_only_the_command_line_prints() -> None:
    for path in SOURCES:
        if "cli" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            n.func.id
            for n in ast.walk(tree)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        }
        assert not called & {"print", "input", "eval", "exec"}, path


def test_importing_the_package_loads_no_library_of_the_extras_and_none_that_can_wait() -> None:
    heavy = "pandas polars scipy matplotlib trafilatura rapidfuzz vl_convert edtf"
    heavy += " jinja2 markupsafe rich cyclopts"
    code = f"import sys, detente; print([m for m in {heavy.split()} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_no_figures_tables_or_pages() -> None:
    rooms = tuple(f"detente.report.{room}" for room in ("figures", "listing", "notebook", "page"))
    code = f"import sys, detente.cli.app; print([m for m in sys.modules if m.startswith({rooms})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
