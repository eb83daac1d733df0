"""Exact arithmetic on a mapping's numbers, as SQL: whole numbers over a power of ten and a whole divisor.

Nothing is rounded before the end, where a number becomes whole units, half away from zero. What outgrows 128 bits
is an error of the database, which `guarded` turns into NULL; a value that is NULL though nothing is missing rejects
its row, so that no wrong number is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from desktop_app.engine.expressions import NULL, cast, choose, either, greatest, is_null, minus, plus, times, whole
from desktop_app.engine.load_texts import call

_COMPARISONS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "=": exp.EQ}


@dataclass(frozen=True)
class Exact:
    """The number top / (10^scale × bottom), NULL where it is missing.

    Attributes: top is a whole number; bottom is a positive one, None for 1; scale may be negative.
    """

    top: exp.Expr
    scale: int = 0
    bottom: exp.Expr | None = None


def literal(value: Decimal) -> Exact:
    """A number of the mapping."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    scale = max(-exponent, 0)
    return Exact(whole(int(value.scaleb(scale))), scale)


def guarded(value: exp.Expr) -> exp.Expr:
    """The value, NULL where computing it fails."""
    return call("try", value)


def total(parts: Sequence[Exact]) -> Exact:
    """The sum."""
    tops, scale, bottom = _common(parts)
    return Exact(plus(*map(_huge, tops)), scale, bottom)


def less(left: Exact, right: Exact) -> Exact:
    """The difference."""
    (first, second), scale, bottom = _common((left, right))
    return Exact(minus(_huge(first), _huge(second)), scale, bottom)


def product(parts: Sequence[Exact]) -> Exact:
    """The product."""
    first, *others = parts
    top, bottom = _huge(first.top), first.bottom
    for other in others:
        top = times(top, _huge(other.top))
        bottom = _multiplied(bottom, other.bottom)
    return Exact(top, sum(part.scale for part in parts), bottom)


def ratio(left: Exact, right: Exact) -> Exact:
    """The quotient, NULL where the divisor is zero."""
    divisor = call("nullif", _huge(right.top), whole(0))
    top = times(_huge(left.top), call("sign", divisor))
    if right.bottom is not None:
        top = times(top, _huge(right.bottom))
    return Exact(top, left.scale - right.scale, _multiplied(left.bottom, call("abs", divisor.copy())))


def largest(parts: Sequence[Exact]) -> Exact:
    """The largest, NULL where any is."""
    tops, scale, bottom = _common(parts)
    missing = either(is_null(top.copy()) for top in tops if not isinstance(top.unnest(), exp.Literal))
    return Exact(choose([(missing, NULL.copy())], greatest(*tops)), scale, bottom)


def chosen(cases: Sequence[tuple[exp.Expr, Exact]], otherwise: Exact) -> Exact:
    """The value of the first true condition; a value that is not chosen is not computed either."""
    values = [*(value for _, value in cases), otherwise]
    scale = max(value.scale for value in values)
    *tops, last = (_scaled(value.top, scale - value.scale) for value in values)
    conditions = [condition for condition, _ in cases]
    top = choose(zip(conditions, tops, strict=True), last)
    if all(value.bottom is None for value in values):
        return Exact(top, scale)
    *bottoms, final = (whole(1) if value.bottom is None else value.bottom.copy() for value in values)
    return Exact(top, scale, choose(zip([c.copy() for c in conditions], bottoms, strict=True), final))


def compared(number: Exact, operator: str, bound: Decimal) -> exp.Expr:
    """Whether the number compares so; NULL where it is missing."""
    (left, right), _, _ = _common((number, literal(bound)))
    return exp.paren(_COMPARISONS[operator](this=left, expression=right))


def in_units(number: Exact, decimals: int) -> exp.Expr:
    """The number in whole units of 10^-decimals, half away from zero."""
    top, bottom = _division(number, decimals)
    if bottom is None:
        return top
    whole_units, left_over = exp.paren(exp.IntDiv(this=top, expression=bottom)), _left_over(number, decimals)
    beyond = minus(bottom.copy(), call("abs", left_over))
    half = exp.GTE(this=call("abs", left_over.copy()), expression=beyond)
    return plus(whole_units, choose([(half, call("sign", top.copy()))], whole(0)))


def has_rest(number: Exact, decimals: int) -> exp.Expr:
    """Whether the number is changed when it becomes whole units."""
    return exp.paren(exp.NEQ(this=_left_over(number, decimals), expression=whole(0)))


def _left_over(number: Exact, decimals: int) -> exp.Expr:
    top, bottom = _division(number, decimals)
    return whole(0) if bottom is None else exp.paren(exp.Mod(this=top, expression=bottom))


def _division(number: Exact, decimals: int) -> tuple[exp.Expr, exp.Expr | None]:
    """The whole numbers whose quotient is the number in units."""
    shift = decimals - number.scale
    top = _scaled(number.top, max(shift, 0))
    if shift >= 0:
        return top, number.bottom.copy() if number.bottom is not None else None
    power = cast(whole(10**-shift), "HUGEINT")
    return top, _multiplied(number.bottom, power)


def _common(parts: Sequence[Exact]) -> tuple[list[exp.Expr], int, exp.Expr | None]:
    """The parts over one divisor: their tops, the scale and the divisor of all."""
    scale = max(part.scale for part in parts)
    bottoms: list[exp.Expr] = []
    for part in parts:
        if part.bottom is not None and part.bottom not in bottoms:
            bottoms.append(part.bottom)
    tops = []
    for part in parts:
        top = _scaled(part.top, scale - part.scale)
        for bottom in bottoms:
            if bottom != part.bottom:
                top = times(_huge(top), _huge(bottom))
        tops.append(top)
    whole_bottom: exp.Expr | None = None
    for bottom in bottoms:
        whole_bottom = _multiplied(whole_bottom, bottom)
    return tops, scale, whole_bottom


def _multiplied(left: exp.Expr | None, right: exp.Expr | None) -> exp.Expr | None:
    if left is None or right is None:
        known = left if right is None else right
        return None if known is None else known.copy()
    return times(_huge(left), _huge(right))


def _scaled(top: exp.Expr, power: int) -> exp.Expr:
    if not power:
        return top.copy()
    if isinstance(top, exp.Literal):
        return whole(int(top.this) * 10**power)
    return times(_huge(top), cast(whole(10**power), "HUGEINT"))


def _huge(value: exp.Expr) -> exp.Expr:
    return cast(value.copy(), "HUGEINT")
