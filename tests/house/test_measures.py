"""The measures of the house: short files, short functions, classes that are no drawers, names that say something."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.house.sentences import CHECKOUT

PACKAGE = CHECKOUT / "desktop_app"
FILE_LINES = 400
FUNCTION_LINES = 60
# The goal is 25; beyond these a class holds two things.
METHODS = 30
METHODS_OF_WIDGETS = 35
WITH_QT = {"ui", "charts", "tasks"}
DRAWERS = {"utils", "misc", "common", "helpers", "manager", "core"}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def functions() -> list[ast.FunctionDef]:
    return [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def lines(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def methods(path: Path) -> dict[str, int]:
    """How many methods each class of a file has."""
    classes = (node for node in ast.walk(trees()[path]) if isinstance(node, ast.ClassDef))
    return {node.name: sum(isinstance(item, ast.FunctionDef) for item in node.body) for node in classes}


def test_files_are_short() -> None:
    assert not [path for path in trees() if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES]


def test_no_function_is_long() -> None:
    assert not [node.name for node in functions() if lines(node) > FUNCTION_LINES]


def test_most_functions_are_short() -> None:
    assert sum(lines(node) <= 30 for node in functions()) >= 0.9 * len(functions())


def test_no_class_does_everything() -> None:
    large = [
        f"{name}: {count}"
        for path in trees()
        for name, count in methods(path).items()
        if count > (METHODS_OF_WIDGETS if WITH_QT & set(path.parts) else METHODS)
    ]
    assert not large


def test_no_module_is_a_drawer() -> None:
    assert not [path for path in trees() if DRAWERS & {part.removesuffix(".py") for part in path.parts[-2:]}]
