"""What is wrong with a row, and what parsing altered: looked for only in rows that are not plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.mapping import Constant, ReadOptions
from desktop_app.domain.problems import Message, message
from desktop_app.engine.expressions import NULL, both, cast, choose, either, is_null, text, whole
from desktop_app.engine.load_columns import Layout, LoadColumn
from desktop_app.engine.load_forms import GUESSED_FORMS, all_of, guessed_form, pattern_of
from desktop_app.engine.load_odd import plain_digits
from desktop_app.engine.load_texts import (
    FIRST_DAY,
    call,
    day_form,
    digits_beyond,
    matches,
    number_text,
    present,
)
from desktop_app.engine.load_values import Field, Places, Values

# At most this much of a value stands in a reason.
MAX_SHOWN = 80

TOO_FEW = message("The line has fewer fields than the heading.")
TOO_MANY = message("The line has more fields than the heading.")
MISSING = message("The value is missing; a book needs it in every row.")
NO_NUMBER = message('"{value}" is not a number.')
NOT_WHOLE = message('"{value}" is not a whole number.')
OUT_OF_RANGE = message('"{value}" is outside the valid range.')
NO_DATE = message('"{value}" is not a date.')
NO_TRUTH = message('"{value}" is neither true nor false.')
NOT_COMPUTED = message("The value that the mapping computes is outside the valid range.")
TWICE = message('The account "{value}" stands more than once for this date; the first row was kept.')


@dataclass(frozen=True)
class Check:
    """One way in which a row can be wrong.

    Attributes: column is the book's column, "" for the whole row; place is the field whose text the reason shows.
    """

    column: str
    reason: Message
    wrong: exp.Expr
    place: int | None = None


class Checks:
    """The checks of a layout, in the order of its columns."""

    def __init__(self, layout: Layout, places: Places, options: ReadOptions) -> None:
        self._columns = layout.columns
        self._places = places
        self._options = options

    def plain(self, field: Field, width: int) -> exp.Expr:
        """Whether a row needs no second look: complete, in range, and kept as it is written."""
        values = Values(field, self._places, self._options)
        texts: list[tuple[exp.Expr, str]] = []
        tests: list[exp.Expr] = [is_null(field(width)), exp.not_(is_null(field(width - 1)))]
        for column in self._columns:
            if column.place is None:
                texts.extend(self._forms(column, field))
                tests.extend(test for reading in column.readings for test in _is_day(reading, field, values))
                tests.append(_computed_plainly(column, values))
            elif pattern := pattern_of(column, self._options):
                texts.append((field(column.place), pattern))
                tests.extend(_is_day(column, field, values))
                if column.required:
                    # A word for a missing value may look like any other.
                    tests.append(exp.not_(is_null(values.stored(column))))
            elif column.required:
                tests.append(exp.NEQ(this=field(column.place), expression=text("")))
        return both([*tests, all_of(texts)])

    def faults(self, field: Field, width: int) -> tuple[Check, ...]:
        """Everything that can be wrong with a row, the whole row's faults first."""
        row = (
            Check("", TOO_FEW, is_null(field(width - 1))),
            Check("", TOO_MANY, exp.not_(is_null(field(width)))),
        )
        certain = (column for column in self._columns if not column.guessed)
        return (*row, *(check for column in certain for check in self._faults(column, field)))

    def misfit(self, column: LoadColumn, field: Field) -> exp.Expr:
        """Whether a guessed column's text does not look like its type, or does not fit it."""
        assert column.place is not None
        raw = field(column.place)
        known = number_text(raw, self._options) if column.type in NUMERIC else present(raw, self._options)
        unlike = exp.not_(exp.paren(matches(known, guessed_form(column.type, self._options))))
        stored = self._values(field).stored(column)
        return both([exp.not_(is_null(known.copy())), either([unlike, is_null(stored)])])

    def no_number(self, column: LoadColumn, field: Field) -> exp.Expr:
        """Whether a guessed column's text does not look like a number either."""
        assert column.place is not None
        known = number_text(field(column.place), self._options)
        return exp.not_(exp.paren(matches(known, GUESSED_FORMS[ColumnType.NUMBER])))

    def altered(self, column: LoadColumn, field: Field) -> exp.Expr:
        """Whether rounding to the unit changed a number."""
        return self._values(field).changed(column)

    def stored(self, column: LoadColumn, field: Field) -> exp.Expr:
        """The column's value, every digit of it looked at."""
        return self._values(field).stored(column)

    def _forms(self, column: LoadColumn, field: Field) -> list[tuple[exp.Expr, str]]:
        """The texts that an expression reads, with the patterns of those that need no second look."""
        forms = []
        for reading in column.readings:
            pattern = pattern_of(reading, self._options)
            if pattern and reading.place is not None:
                forms.append((field(reading.place), pattern))
        return forms

    def _faults(self, column: LoadColumn, field: Field) -> Iterator[Check]:
        if isinstance(column.value, Constant):
            return
        if column.place is None:
            yield from self._faults_of_expression(column, field)
            return
        raw = field(column.place)
        known = present(raw, ReadOptions() if column.is_words else self._options)
        blank = is_null(call("nullif", call("trim", known), text("")))
        if column.required:
            yield Check(column.name, MISSING, blank)
        if not column.is_words:
            for reason, wrong in self._misread(column, field):
                yield Check(column.name, reason, both([exp.not_(blank.copy()), wrong]), column.place)

    def _misread(self, column: LoadColumn, field: Field) -> Iterator[tuple[Message, exp.Expr]]:
        assert column.place is not None
        values = self._values(field)
        if column.type is ColumnType.DATE:
            shape = matches(present(field(column.place), self._options), day_form(self._options))
            stored, first = values.stored(column), cast(text(FIRST_DAY.isoformat()), "DATE")
            early = exp.LT(this=stored.copy(), expression=first)
            yield NO_DATE, either([is_null(stored), early, exp.not_(exp.paren(shape))])
        elif column.type is ColumnType.BOOLEAN:
            yield NO_TRUTH, is_null(values.stored(column))
        else:
            yield NO_NUMBER, is_null(plain_digits(column.place))
            if column.type is ColumnType.INTEGER:
                yield NOT_WHOLE, digits_beyond(plain_digits(column.place), 0)
            yield OUT_OF_RANGE, either([is_null(values.stored(column)), exp.not_(values.in_range(column))])

    def _faults_of_expression(self, column: LoadColumn, field: Field) -> Iterator[Check]:
        for reading in column.readings:
            if not reading.is_words:
                yield from self._faults(reading, field)
        values = self._values(field)
        missing = values.missing(column.value)
        if column.required:
            yield Check(column.name, MISSING, missing)
        outside = is_null(values.stored(column))
        if column.type in NUMERIC:
            outside = either([outside, exp.not_(values.in_range(column))])
        yield Check(column.name, NOT_COMPUTED, both([exp.not_(missing.copy()), outside]))

    def _values(self, field: Field) -> Values:
        """The values of odd rows, every digit looked at."""
        return Values(field, self._places, self._options, plain_digits)


def first_fault(checks: tuple[Check, ...]) -> exp.Expr:
    """The number of the first check that a row fails, NULL where it fails none."""
    return choose([(check.wrong, whole(number)) for number, check in enumerate(checks)], NULL.copy())


def shown_value(checks: tuple[Check, ...], field: Field, fault: exp.Expr) -> exp.Expr:
    """The text that the reason of a row's fault shows."""
    cases = [
        (exp.EQ(this=fault.copy(), expression=whole(number)), field(check.place))
        for number, check in enumerate(checks)
        if check.place is not None
    ]
    return call("left", choose(cases, text("")), whole(MAX_SHOWN))


def _computed_plainly(column: LoadColumn, values: Values) -> exp.Expr:
    if isinstance(column.value, Constant):
        return exp.true()
    kept = values.is_kept(column)
    return kept if column.required else either([values.missing(column.value), kept])


def _is_day(column: LoadColumn, field: Field, values: Values) -> list[exp.Expr]:
    if column.type is not ColumnType.DATE or column.place is None:
        return []
    empty = exp.EQ(this=field(column.place), expression=text(""))
    return [either([empty, exp.not_(is_null(values.stored(column)))])]
