"""Each column's value as SQL: its text parsed, or its expression computed exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from sqlglot import exp

from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.domain.mapping import (
    Constant,
    CountWhere,
    Difference,
    Expression,
    Maximum,
    Product,
    Quotient,
    ReadOptions,
    Scale,
    Source,
    Sum,
    ValueTable,
    When,
    parts_of,
)
from desktop_app.engine.expressions import (
    FALSE,
    NULL,
    both,
    cast,
    choose,
    either,
    is_null,
    known_or,
    least,
    plus,
    text,
    whole,
)
from desktop_app.engine.load_arithmetic import (
    Exact,
    chosen,
    compared,
    guarded,
    has_rest,
    in_units,
    largest,
    less,
    literal,
    product,
    ratio,
    total,
)
from desktop_app.engine.load_columns import DECIMALS, WIDTHS, WORDS, LoadColumn
from desktop_app.engine.load_texts import as_type, call, day, digits_beyond, number_text, present, truth
from desktop_app.engine.load_when import Conditions
from desktop_app.engine.schema import STORAGE

# A field's raw text by its place: a column of the source, or an entry of the list kept of an odd row.
Field: TypeAlias = Callable[[int], exp.Expr]
# The place of a heading in the file.
Places: TypeAlias = dict[str, int]

_PARSED: dict[ColumnType, str] = {kind: f"DECIMAL({WIDTHS[kind]},{DECIMALS[kind]})" for kind in WIDTHS}
# Types that are kept as whole units of their last decimal.
KEPT_IN_UNITS = frozenset({ColumnType.MONEY, ColumnType.RATE})
# What a heading inside an expression is read with.
_READ_DECIMALS = 6
_COMPARED_DECIMALS = 18


def to_storage(value: exp.Expr, column_type: ColumnType) -> exp.Expr:
    """A number's text in the column's storage type, rounded half away from zero."""
    rounded = as_type(value, _PARSED[column_type])
    if column_type is ColumnType.NUMBER:
        return rounded
    if column_type is ColumnType.RATIO:
        rounded = least_or_null(rounded, exp.cast(text(str(RATIO_CAP)), _PARSED[column_type]))
    unit = UNITS_PER_ONE[column_type]
    units = rounded if unit == 1 else exp.Mul(this=rounded, expression=exp.Literal.number(unit))
    # A ratio far below 0 fits the decimal and not its unit's integer: such rows are read again, and rejected.
    return guarded(exp.cast(exp.paren(units), STORAGE[column_type]))


def least_or_null(value: exp.Expr, bound: exp.Expr) -> exp.Expr:
    """The smaller of both, NULL where the value is (DuckDB's least skips NULL)."""
    return choose([(is_null(value), NULL.copy())], least(value.copy(), bound))


class Values:
    """The SQL of every column's value over one way to reach the fields.

    Without `digits`, which give the plain text of a number, numbers with an exponent may come out wrong: that is
    quicker, and good for plain rows only. The fields at the places `ready` are values of their column's type already,
    KEPT_IN_UNITS as so many units.
    """

    def __init__(
        self,
        field: Field,
        places: Places,
        options: ReadOptions,
        digits: Field | None = None,
        ready: frozenset[int] = frozenset(),
    ) -> None:
        self._field = field
        self._places = places
        self._options = options
        self._ready = ready
        self._digits = digits or (lambda place: number_text(field(place), options))
        self._conditions = Conditions(self.number, self._word)

    def stored(self, column: LoadColumn) -> exp.Expr:
        """The column's value in its storage type; NULL where it is missing or cannot be read."""
        if isinstance(column.value, Constant):
            return _constant(column)
        if column.place is None:
            return self._chosen(column, column.value) if column.type in WORDS else self._computed(column)
        raw = self._field(column.place)
        if column.place in self._ready:
            if column.type in KEPT_IN_UNITS:
                return cast(raw, STORAGE[column.type])
            return to_storage(raw, column.type) if column.type is ColumnType.RATIO else raw
        if column.is_words:
            return present(raw, self._words(column))
        if column.type is ColumnType.DATE:
            return day(raw, self._options)
        if column.type is ColumnType.BOOLEAN:
            return truth(raw, self._options)
        return to_storage(self._digits(column.place), column.type)

    def changed(self, column: LoadColumn) -> exp.Expr:
        """Whether rounding changed a number, or one of those that it is computed from; for odd rows."""
        if column.place is not None:
            return digits_beyond(self._digits(column.place), DECIMALS[column.type])
        inputs = [r.place for r in column.readings if r.place is not None and r.type is ColumnType.NUMBER]
        cut = [known_or(digits_beyond(self._digits(place), _READ_DECIMALS), FALSE.copy()) for place in inputs]
        rest = guarded(has_rest(self.number(column.value), DECIMALS[column.type]))
        return either([*cut, known_or(rest, FALSE.copy())])

    def in_range(self, column: LoadColumn) -> exp.Expr:
        """Whether a number, before any rounding, is inside the column's valid range."""
        bounds = ((">=", column.minimum), ("<=", column.maximum))
        tests = [self._within(column, operator, bound) for operator, bound in bounds if bound is not None]
        return both(tests)

    def is_kept(self, column: LoadColumn) -> exp.Expr:
        """Whether a computed value is there, in range, and kept without rounding."""
        there = exp.not_(is_null(self.stored(column)))
        if column.type in WORDS:
            return there
        rest = has_rest(self.number(column.value), DECIMALS[column.type])
        return both([there, exp.not_(guarded(rest)), self.in_range(column)])

    def number(self, value: Expression | Decimal) -> Exact:
        """An expression of the mapping; NULL where a part of it is."""
        match value:
            case str():
                read = as_type(self._digits(self._places[value]), "DECIMAL(18,6)")
                return Exact(cast(exp.paren(exp.Mul(this=read, expression=whole(10**6))), "BIGINT"), _READ_DECIMALS)
            case Source(column=heading):
                return self.number(heading)
            case Decimal():
                return literal(value)
            case Constant(constant=constant):
                return literal(Decimal(constant))
            case When(when=condition, then=then, otherwise=otherwise):
                told = self._conditions.tree(condition)
                last = Exact(NULL.copy()) if otherwise is None else self.number(otherwise)
                return chosen([(told, self.number(then)), (exp.not_(told.copy()), last)], Exact(NULL.copy()))
            case CountWhere(count=parts, operator=operator, value=bound):
                hits = [cast(compared(self.number(part), operator, bound), "INTEGER") for part in parts]
                return Exact(plus(*hits))
            case ValueTable():
                return self._from_table(value)
            case _:
                return self._arithmetic(value)

    def missing(self, value: Expression | Decimal | None) -> exp.Expr:
        """Whether an expression has no value since a part of it has none, or since it divides by zero."""
        match value:
            case str():
                return self._is_blank(self._field(self._places[value]))
            case Source(column=heading):
                return self.missing(heading)
            case When(when=condition, then=then, otherwise=otherwise):
                told = self._conditions.tree(condition)
                cases = [(told, self.missing(then)), (exp.not_(told.copy()), self.missing(otherwise))]
                return exp.paren(choose(cases, exp.true()))
            case Quotient(quotient=(_, divisor)):
                zero = guarded(compared(self.number(divisor), "=", Decimal(0)))
                return either(
                    [*map(self.missing, parts_of(value)), exp.Coalesce(this=zero, expressions=[FALSE.copy()])]
                )
            case ValueTable(table=inner, rows=rows) if (bound := rows[-1].below) is not None:
                beyond = known_or(guarded(compared(self.number(inner), ">=", bound)), FALSE.copy())
                return either([self.missing(inner), beyond])
            case None:
                return exp.true()
            case Decimal():
                return exp.false()
            case _:
                return either(map(self.missing, parts_of(value)))

    def _arithmetic(self, value: Expression) -> Exact:
        match value:
            case Scale(scale=inner, by=factor):
                return product([self.number(inner), literal(factor)])
            case Sum(sum=parts):
                return total([self.number(part) for part in parts])
            case Difference(difference=(first, second)):
                return less(self.number(first), self.number(second))
            case Product(product=parts):
                return product([self.number(part) for part in parts])
            case Quotient(quotient=(first, second)):
                return ratio(self.number(first), self.number(second))
            case Maximum(maximum=parts):
                return largest([self.number(part) for part in parts])
            case _:
                raise TypeError(f"unknown expression {value!r}")

    def _from_table(self, table: ValueTable) -> Exact:
        argument = self.number(table.table)
        cases = [(is_null(argument.top.copy()), Exact(NULL.copy()))]
        otherwise = Exact(NULL.copy())
        for row in table.rows:
            if row.below is None:
                otherwise = literal(row.value)
            else:
                cases.append((compared(argument, "<", row.below), literal(row.value)))
        return chosen(cases, otherwise)

    def _computed(self, column: LoadColumn) -> exp.Expr:
        units = guarded(in_units(self.number(column.value), DECIMALS[column.type]))
        limit = 10 ** WIDTHS[column.type]
        # The cast is of what is inside the limits only, since the others' would fail.
        inside = exp.Between(this=units, low=whole(1 - limit), high=whole(limit - 1))
        kept = choose([(inside, units.copy())], NULL.copy())
        if column.type is ColumnType.RATIO:
            kept = least_or_null(kept, whole(RATIO_CAP * UNITS_PER_ONE[column.type]))
        if column.type is ColumnType.NUMBER:
            unit = cast(text("0.000001"), "DECIMAL(7,6)")
            kept = exp.paren(exp.Mul(this=cast(kept, "DECIMAL(18,0)"), expression=unit))
        return cast(kept, STORAGE[column.type])

    def _chosen(self, column: LoadColumn, value: Expression | Decimal | None) -> exp.Expr:
        """A text, date or truth, straight from a heading or constant or chosen among such."""
        match value:
            case When(when=condition, then=then, otherwise=otherwise):
                told = self._conditions.tree(condition)
                last = (exp.not_(told.copy()), self._chosen(column, otherwise))
                return choose([(told, self._chosen(column, then)), last], NULL.copy())
            case str() | Source():
                heading = value if isinstance(value, str) else value.column
                return self.stored(replace(column, value=heading, place=self._places[heading]))
            case Decimal():
                return self.stored(replace(column, value=Constant(constant=value)))
            case None:
                return NULL.copy()
            case _:
                return self.stored(replace(column, value=value))

    def _within(self, column: LoadColumn, operator: str, bound: int) -> exp.Expr:
        if column.place is None:
            return guarded(compared(self.number(column.value), operator, Decimal(bound)))
        plain = self._digits(column.place)
        kept = call("regexp_extract", plain, text(rf"^[+-]?[0-9]*(\.[0-9]{{0,{_COMPARED_DECIMALS}}})?"))
        number = as_type(kept, f"DECIMAL(38,{_COMPARED_DECIMALS})")
        inside = (exp.GT if operator == ">=" else exp.LT)(this=number, expression=whole(bound))
        # Digits beyond those compared lead away from zero, which matters at the bound itself.
        outward = matches_sign(plain.copy(), negative=operator == ">=")
        over = both([outward, digits_beyond(plain.copy(), _COMPARED_DECIMALS)])
        at_bound = both([exp.EQ(this=number.copy(), expression=whole(bound)), exp.not_(over)])
        return either([inside, at_bound])

    def _word(self, heading: str, kind: ColumnType) -> exp.Expr:
        raw = self._field(self._places[heading])
        if kind is ColumnType.TEXT:
            return choose([(self._is_blank(raw), NULL.copy())], raw.copy())
        return self.stored(LoadColumn("", kind, heading, place=self._places[heading]))

    def _is_blank(self, raw: exp.Expr) -> exp.Expr:
        return is_null(call("nullif", call("trim", present(raw, self._options)), text("")))

    def _words(self, column: LoadColumn) -> ReadOptions:
        # An account whose id reads "999" is an account.
        return ReadOptions() if column.name in ("account_id", "user_id") else self._options


def matches_sign(plain: exp.Expr, *, negative: bool) -> exp.Expr:
    """Whether a plain text begins with a minus, or does not."""
    minus = call("starts_with", plain, text("-"))
    return minus if negative else exp.not_(minus)


def _constant(column: LoadColumn) -> exp.Expr:
    assert isinstance(column.value, Constant)
    value = text(str(column.value.constant))
    if column.type in _PARSED:
        return to_storage(value, column.type)
    return as_type(value, STORAGE[column.type])
