"""The layers hold, in the source and at run time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sentences import CHECKOUT

PACKAGE = CHECKOUT / "desktop_app"
WITH_QT = {"ui", "charts", "tasks"}


def modules() -> list[str]:
    """Every module of the package that must do without Qt."""
    paths = [path.relative_to(CHECKOUT).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))]
    named = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    return [name for name in named if not WITH_QT & set(name.split("."))]


def test_the_import_contracts_hold() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_everything_but_the_window_loads_without_qt() -> None:
    code = (
        "import importlib, sys\n"
        f"for name in {modules()!r}: importlib.import_module(name)\n"
        "print(sorted({'PySide6', 'shiboken6', 'pyqtgraph'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.stdout == "[]\n", run.stderr


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_stand_at_the_top(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    deferred = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not deferred
