"""Small pieces of SQL as sqlglot trees: identifiers quoted and integers exact, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce

import sqlglot
from sqlglot import exp

TRUE = exp.true()
FALSE = exp.false()
NULL = exp.null()


def column(name: str) -> exp.Expr:
    """A column by its exact name."""
    return exp.column(name, quoted=True)


def whole(value: int) -> exp.Expr:
    """An integer literal."""
    return exp.Literal.number(value) if value >= 0 else exp.Paren(this=exp.Neg(this=exp.Literal.number(-value)))


def text(value: str) -> exp.Expr:
    """A text literal."""
    return exp.Literal.string(value)


def cast(part: exp.Expr, to: str) -> exp.Expr:
    """The part as a DuckDB type, by that type's name."""
    return exp.Cast(this=part, to=_type(to).copy())


def plus(*parts: exp.Expr) -> exp.Expr:
    """The sum of the parts."""
    return exp.Paren(this=reduce(lambda left, right: exp.Add(this=left, expression=right), parts))


def minus(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """The left less the right."""
    return exp.Paren(this=exp.Sub(this=left, expression=right))


def times(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """The product of two numbers."""
    return exp.Paren(this=exp.Mul(this=left, expression=right))


def bits_of(first: exp.Expr, *others: exp.Expr) -> exp.Expr:
    """The bits that any of the masks has."""
    return exp.Paren(this=reduce(lambda left, right: exp.BitwiseOr(this=left, expression=right), others, first))


def over(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """The whole quotient of two numbers of which neither is negative."""
    return exp.Paren(this=exp.IntDiv(this=left, expression=right))


def remainder(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """What `over` leaves."""
    return exp.Paren(this=exp.Mod(this=left, expression=right))


def least(first: exp.Expr, *others: exp.Expr) -> exp.Expr:
    """The smallest; no part may be NULL (dialects differ there)."""
    return exp.Least(this=first, expressions=list(others), ignore_nulls=True) if others else first


def greatest(first: exp.Expr, *others: exp.Expr) -> exp.Expr:
    """The largest; no part may be NULL, as in `least`."""
    return exp.Greatest(this=first, expressions=list(others), ignore_nulls=True) if others else first


def bracketed(part: exp.Expr) -> exp.Expr:
    """The part in brackets; takes the tree as it is, as everything here does: copies are dear."""
    return exp.Paren(this=part)


def named(part: exp.Expr, name: str) -> exp.Expr:
    """The part under an exact name, for SELECT."""
    return exp.Alias(this=part, alias=exp.to_identifier(name, quoted=True))


def both(parts: Iterable[exp.Expr]) -> exp.Expr:
    """AND over the parts; true where there are none."""
    wrapped = [exp.Paren(this=part) for part in parts]
    return exp.Paren(this=exp.and_(*wrapped, copy=False)) if wrapped else TRUE.copy()


def either(parts: Iterable[exp.Expr]) -> exp.Expr:
    """OR over the parts; false where there are none."""
    wrapped = [exp.Paren(this=part) for part in parts]
    return exp.Paren(this=exp.or_(*wrapped, copy=False)) if wrapped else FALSE.copy()


def is_null(part: exp.Expr) -> exp.Expr:
    """Whether the part is missing or unknown; never unknown itself."""
    return exp.Paren(this=exp.Is(this=exp.Paren(this=part), expression=NULL.copy()))


def not_null(part: exp.Expr) -> exp.Expr:
    """Whether the part is known; never unknown itself."""
    return exp.Paren(this=exp.Not(this=is_null(part)))


def known_or(part: exp.Expr, otherwise: exp.Expr) -> exp.Expr:
    """The part, or `otherwise` where it is NULL."""
    return exp.Coalesce(this=part, expressions=[otherwise])


def choose(cases: Iterable[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
    """CASE: the value of the first true condition."""
    result = exp.Case(ifs=[exp.If(this=condition, true=value) for condition, value in cases], default=otherwise)
    return result if result.args["ifs"] else otherwise


def share_of(amount: exp.Expr, ppm: exp.Expr) -> exp.Expr:
    """Amount × ppm // 10⁶ without overflow: the millions apart from the rest (domain rules, section 2)."""
    million = whole(1_000_000)
    millions = times(over(amount, million), ppm)
    return plus(millions, over(times(remainder(amount.copy(), million.copy()), ppm.copy()), million.copy()))


def summed(tree: exp.Expr) -> exp.Expr:
    """The sum of a measure as BIGINT: numpy would receive the 128-bit one as doubles."""
    bare = tree.unnest()
    if isinstance(bare, exp.Literal):
        return times(exp.Count(this=exp.Star()), bare.copy())
    return cast(exp.Sum(this=tree), "bigint")


def parsed(sql: str) -> exp.Expr:
    """A measure's text as a tree of its own."""
    return _parsed(sql).copy()


@lru_cache(maxsize=64)
def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name, dialect="duckdb")


@lru_cache(maxsize=256)
def _parsed(sql: str) -> exp.Expr:
    return sqlglot.parse_one(sql, dialect="duckdb")


def relation(text: str) -> exp.Select | exp.Table:
    """A table by its name as DuckDB writes it, or a query in brackets."""
    if not text.startswith("("):
        return exp.to_table(text, dialect="duckdb")
    return exp.select(exp.Star()).from_(
        exp.Subquery(this=parsed(text[1:-1]), alias=exp.TableAlias(this=exp.to_identifier("rows")))
    )


def select_from(source: exp.Select | exp.Table, columns: Sequence[exp.Expr], alias: str = "source") -> exp.Select:
    """SELECT `columns` FROM `source`; takes the trees as they are, since copying deep queries is slow."""
    inner = source if isinstance(source, exp.Table) else source.subquery(alias, copy=False)
    return exp.select(*columns, copy=False).from_(inner, copy=False)


def to_sql(tree: exp.Expr) -> str:
    """The tree as DuckDB text."""
    return tree.sql(dialect="duckdb")


def last_sql(tree: exp.Expr) -> str:
    """The tree as DuckDB text; the tree is spent, which spares a copy of it.

    What it was made of is let go here: left to the collector, which looks for it on the window's own thread, so many
    parts that know their parents stop the window for a quarter of a second.
    """
    text = tree.sql(dialect="duckdb", copy=False)
    for part in tree.walk():
        part.parent = None
    return text
