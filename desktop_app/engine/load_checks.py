"""What is wrong with a row, and what parsing altered: looked for only in rows that are not plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import Constant, ReadOptions
from desktop_app.domain.problems import Message, message
from desktop_app.engine.expressions import NULL, both, choose, either, is_null, text, whole
from desktop_app.engine.load_columns import Layout, LoadColumn
from desktop_app.engine.load_values import (
    GUESSED_FORMS,
    NUMBER_FORM,
    PLAIN_NUMBER,
    Field,
    Places,
    Values,
    all_of,
    call,
    day_form,
    in_range,
    localised,
    matches,
    number_text,
    pattern_of,
    present,
)

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
                number = localised(PLAIN_NUMBER, self._options)
                texts.extend((field(place), number) for place in column.inputs)
                tests.extend(_computed_plainly(column, values))
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
        known = number_text(field(column.place), self._options)
        unlike = exp.not_(exp.paren(matches(known, GUESSED_FORMS[column.type])))
        stored = Values(field, self._places, self._options).stored(column)
        return both([exp.not_(is_null(known.copy())), either([unlike, is_null(stored)])])

    def no_number(self, column: LoadColumn, field: Field) -> exp.Expr:
        """Whether a guessed column's text does not look like a number either."""
        assert column.place is not None
        known = number_text(field(column.place), self._options)
        return exp.not_(exp.paren(matches(known, GUESSED_FORMS[ColumnType.NUMBER])))

    def altered(self, column: LoadColumn, field: Field) -> exp.Expr:
        """Whether rounding to the unit changed a number."""
        values = Values(field, self._places, self._options)
        return exp.paren(exp.NEQ(this=values.exact(column), expression=values.rounded(column)))

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
        values = Values(field, self._places, self._options)
        if column.type is ColumnType.DATE:
            shape = matches(present(field(column.place), self._options), day_form(self._options))
            yield NO_DATE, either([is_null(values.stored(column)), exp.not_(exp.paren(shape))])
        elif column.type is ColumnType.BOOLEAN:
            yield NO_TRUTH, is_null(values.stored(column))
        else:
            yield NO_NUMBER, self._no_number(field(column.place))
            exact = values.exact(column)
            if column.type is ColumnType.INTEGER:
                yield NOT_WHOLE, exp.NEQ(this=exact, expression=call("trunc", exact.copy()))
            yield OUT_OF_RANGE, either([is_null(values.stored(column)), exp.not_(in_range(exact.copy(), column))])

    def _faults_of_expression(self, column: LoadColumn, field: Field) -> Iterator[Check]:
        missing = []
        for place in column.inputs:
            known = call("nullif", call("trim", present(field(place), self._options)), text(""))
            missing.append(is_null(known))
            wrong = both([exp.not_(is_null(known.copy())), self._no_number(field(place))])
            yield Check(column.name, NO_NUMBER, wrong, place)
        if column.required:
            yield Check(column.name, MISSING, either(missing))
        values = Values(field, self._places, self._options)
        outside = either([is_null(values.stored(column)), exp.not_(in_range(values.exact(column), column))])
        yield Check(column.name, NOT_COMPUTED, both([exp.not_(either(each.copy() for each in missing)), outside]))

    def _no_number(self, raw: exp.Expr) -> exp.Expr:
        # The form is tested too, since the database also takes 1_000.
        return exp.not_(exp.paren(matches(number_text(raw, self._options), NUMBER_FORM)))


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


def _computed_plainly(column: LoadColumn, values: Values) -> list[exp.Expr]:
    if isinstance(column.value, Constant):
        return []
    number = values.number(column.value)
    kept = exp.EQ(this=number.copy(), expression=values.rounded(column))
    return [exp.not_(is_null(number)), kept, in_range(number.copy(), column)]


def _is_day(column: LoadColumn, field: Field, values: Values) -> list[exp.Expr]:
    if column.type is not ColumnType.DATE or column.place is None:
        return []
    empty = exp.EQ(this=field(column.place), expression=text(""))
    return [either([empty, exp.not_(is_null(values.stored(column)))])]
