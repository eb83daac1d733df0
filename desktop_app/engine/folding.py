"""Constant folding of measures: what is left of a text once a limit is known to stay or an account to be blocked.

Only for texts of whole numbers ≥ 0 that are never NULL, as measures are: there x × 0 is 0, and x < x is false.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify

# Two equal sides decide a comparison.
_SAME_SIDES: dict[type[exp.Expr], bool] = {
    exp.LT: False,
    exp.GT: False,
    exp.NEQ: False,
    exp.LTE: True,
    exp.GTE: True,
    exp.EQ: True,
}
_OF_NUMBERS: dict[type[exp.Expr], Callable[[int, int], int]] = {
    exp.Add: int.__add__,
    exp.Sub: int.__sub__,
    exp.Mul: int.__mul__,
    exp.IntDiv: int.__floordiv__,
    exp.Mod: int.__mod__,
}


def folded(tree: exp.Expr) -> exp.Expr:
    """The tree with everything computed that needs no column."""
    while True:
        before = tree.sql(dialect="duckdb")
        tree = simplify(tree.transform(_folded, copy=True), dialect="duckdb")
        if tree.sql(dialect="duckdb") == before:
            return tree


def is_number(tree: exp.Expr, value: int) -> bool:
    """Whether the tree is just that number."""
    return _number(tree) == value


def _folded(node: exp.Expr) -> exp.Expr:
    same = _SAME_SIDES.get(type(node))
    if same is not None and node.args["this"] == node.args["expression"]:
        return exp.Boolean(this=same)
    if isinstance(node, exp.Case):
        return _one_answer(node)
    if isinstance(node, exp.In):
        return _among(node)
    if type(node) in _OF_NUMBERS:
        return _computed(node)
    return node


def _computed(node: exp.Expr) -> exp.Expr:
    left, right = _number(node.args["this"]), _number(node.args["expression"])
    if left is not None and right is not None:
        return exp.Literal.number(_OF_NUMBERS[type(node)](left, right))
    if isinstance(node, exp.Mul) and 0 in (left, right):
        return exp.Literal.number(0)
    return node


def _among(node: exp.In) -> exp.Expr:
    """Whether a number is one of several."""
    value, numbers = _number(node.this), [_number(each) for each in node.expressions]
    return node if value is None or None in numbers else exp.Boolean(this=value in numbers)


def _one_answer(case: exp.Case) -> exp.Expr:
    """A CASE whose branches all say the same is that."""
    branches = [branch.args["true"] for branch in case.args["ifs"]]
    default = case.args.get("default")
    return default if default is not None and all(branch == default for branch in branches) else case


def _number(tree: exp.Expr) -> int | None:
    bare = tree.unnest()
    return int(bare.name) if isinstance(bare, exp.Literal) and not bare.is_string and bare.name.isdecimal() else None
