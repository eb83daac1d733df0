"""Finds every sentence that can reach the analyst: the arguments of `message` and `translate`, and figures' texts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.figures.catalogue import FIGURES

CHECKOUT = Path(__file__).resolve().parents[2]
# `say` is what a module that translates much calls `words.translate`.
_CALLS = {"message", "translate", "say"}
_FIGURES_FILE = "desktop_app/figures/catalogue.py"


@dataclass
class Sentences:
    """What was found: the files that say each sentence, and the places where `message` is given something else."""

    files: dict[str, set[str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def add(self, sentence: str, file: str) -> None:
        self.files.setdefault(sentence, set()).add(file)


def find_sentences() -> Sentences:
    """Every sentence of the package."""
    found = Sentences()
    for path in sorted((CHECKOUT / "desktop_app").rglob("*.py")):
        name = path.relative_to(CHECKOUT).as_posix()
        _Finder(found, name).visit(ast.parse(path.read_text(encoding="utf-8")))
    for figure in FIGURES.values():
        for text in (figure.name, figure.formula, figure.source, figure.help):
            found.add(text, _FIGURES_FILE)
    return found


def sentences_in(source: str) -> Sentences:
    """The sentences of one module's source."""
    found = Sentences()
    _Finder(found, "source.py").visit(ast.parse(source))
    return found


class _Finder(ast.NodeVisitor):
    def __init__(self, found: Sentences, file: str) -> None:
        self._found = found
        self._file = file
        self._scopes: list[ast.AST] = []

    def visit_Module(self, node: ast.Module) -> None:
        self._inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node)

    def visit_Call(self, node: ast.Call) -> None:
        if node.args and _called(node.func) in _CALLS:
            self._take(node, node.args[0])
        self.generic_visit(node)

    def _inside(self, node: ast.AST) -> None:
        self._scopes.append(node)
        self.generic_visit(node)
        self._scopes.pop()

    def _take(self, call: ast.Call, argument: ast.expr) -> None:
        texts = list(_constants([argument])) or self._assigned(argument)
        for text in texts:
            self._found.add(text, self._file)
        # The text of another message or of a figure was found where that one is made.
        if not texts and _called(call.func) == "message" and not isinstance(argument, ast.Attribute):
            self._found.unreadable.append(f"{self._file}:{call.lineno}")

    def _assigned(self, argument: ast.expr) -> list[str]:
        """The texts that were assigned to the name `argument`, in the innermost scope that assigns it."""
        if not isinstance(argument, ast.Name):
            return []
        for scope in reversed(self._scopes):
            values = [
                node.value
                for node in ast.walk(scope)
                if isinstance(node, ast.Assign)
                and any(isinstance(target, ast.Name) and target.id == argument.id for target in node.targets)
            ]
            if texts := list(_constants(values)):
                return texts
        return []


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _constants(values: Iterable[ast.expr]) -> Iterator[str]:
    for value in values:
        match value:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from _constants([body, orelse])
            case _:
                pass
