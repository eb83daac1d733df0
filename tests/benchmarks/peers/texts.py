"""A measure's text in any algebra."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import sqlglot
from sqlglot import exp

from tests.benchmarks.peers.algebra import Algebra, T

_BINARY: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.IntDiv: "//",
    exp.Mod: "%",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.EQ: "=",
    exp.NEQ: "<>",
}


def computed(text: str, algebra: Algebra[T], column: Callable[[str], T]) -> T:
    """The measure over columns that `column` finds by the names the text uses."""
    return _value(sqlglot.parse_one(text, dialect="duckdb"), algebra, column)


def names_in(text: str) -> set[str]:
    """The columns that a measure's text reads."""
    return {column.name for column in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Column)}


def _value(node: exp.Expr, algebra: Algebra[T], column: Callable[[str], T]) -> T:
    def of(part: exp.Expr) -> T:
        return _value(part, algebra, column)

    match node:
        case exp.Column():
            return column(node.name)
        case exp.Literal():
            return algebra.whole(int(node.name))
        case exp.Paren() | exp.Cast():
            return of(node.this)
        case exp.Case():
            cases = [(of(branch.this), of(branch.args["true"])) for branch in node.args["ifs"]]
            return algebra.choose(cases, of(node.args["default"]))
        case exp.And() | exp.Or():
            join = algebra.both if isinstance(node, exp.And) else algebra.either
            return join([of(node.this), of(node.expression)])
        case exp.Not():
            return algebra.negated(of(node.this))
        case exp.In():
            return algebra.either([algebra.binary("=", of(node.this), of(each)) for each in node.expressions])
        case exp.Greatest() | exp.Least():
            join = algebra.larger if isinstance(node, exp.Greatest) else algebra.smaller
            return reduce(join, [of(part) for part in (node.this, *node.expressions)])
        case _ if type(node) in _BINARY:
            return algebra.binary(_BINARY[type(node)], of(node.this), of(node.expression))
    raise NotImplementedError(f"the peers do not know {type(node).__name__}: {node.sql(dialect='duckdb')}")
