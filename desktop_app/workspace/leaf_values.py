"""What a comparison being built may be: operators that fit a column, labels to choose from, values to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.book import MAX_CODES, Book, Column
from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.conditions import ORDERED, Operator, Scalar, Value
from desktop_app.workspace.condition_draft import GroupValues, Leaf

_WITH_ORDER = NUMERIC | {ColumnType.DATE}
_PLAIN = (Operator.EQUAL, Operator.IN, Operator.MISSING)
# Keys that single out accounts: a rule may read them, but hardly wants to.
_KEYS = ("account_id", "user_id", "snapshot_date")


def operators_for(column: Column | None) -> tuple[Operator, ...]:
    """The operators that a column takes, the likeliest first; all for a column that the book lacks."""
    if column is None or column.type in _WITH_ORDER:
        return tuple(Operator)
    return (Operator.EQUAL, Operator.MISSING) if column.type is ColumnType.BOOLEAN else _PLAIN


def offered_columns(columns: Mapping[str, Column]) -> tuple[Column, ...]:
    """The columns to choose from: those that Greyline knows in their usual order, then the others, then the keys."""
    order = [name for name in STANDARD if name not in _KEYS]
    order += [name for name in columns if name not in STANDARD]
    return tuple(columns[name] for name in (*order, *_KEYS) if name in columns)


def labels_of(column: Column) -> tuple[Scalar, ...]:
    """The values to choose from: the categories, the codes where they are few, yes and no; none for the rest."""
    match column.type:
        case ColumnType.CATEGORY:
            return column.domain
        case ColumnType.BOOLEAN:
            return True, False
        case ColumnType.INTEGER if column.is_grouping:
            low, high = column.minimum, column.maximum
            if isinstance(low, Decimal) and isinstance(high, Decimal) and high - low < MAX_CODES:
                return tuple(Decimal(code) for code in range(int(low), int(high) + 1))
            return ()
        case _:
            return ()


def label_text(value: Scalar) -> str:
    """A label as documents name a group: "true" and "false" for yes and no, a code's digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def group_labels(book: Book, column: str) -> tuple[str, ...]:
    """The groups of a grouping column; none for a column that groups nothing."""
    found = next((one for one in book.groupings() if one.name == column), None)
    return tuple(map(label_text, labels_of(found))) if found else ()


def on_field(leaf: Leaf, column: Column) -> Leaf:
    """The comparison on another column: what fits it stays, else it begins anew."""
    if leaf.field == column.name:
        return leaf
    allowed = operators_for(column)
    operator = leaf.operator if leaf.field and leaf.operator in allowed else allowed[0]
    by = GroupValues(leaf.by.column) if leaf.by else None
    return replace(leaf, field=column.name, operator=operator, value=first_value(column, operator), by=by)


def operated(leaf: Leaf, operator: Operator, column: Column | None) -> Leaf:
    """The comparison with another operator; a value becomes a list of one, and a list its first value."""

    def turned(value: Value | None) -> Value | None:
        if operator is Operator.MISSING or value is None:
            return None if column is None else first_value(column, operator)
        if operator is Operator.IN:
            return value if isinstance(value, tuple) else (value,)
        if isinstance(value, tuple):
            return value[0] if value else None
        return value

    by = leaf.by
    if by is not None:
        by = replace(by, values=tuple((group, turned(value)) for group, value in by.values))
    return replace(leaf, operator=operator, value=turned(leaf.value), by=None if operator is Operator.MISSING else by)


def chosen_labels(leaf: Leaf) -> tuple[Scalar, ...]:
    """The labels that the comparison names."""
    if isinstance(leaf.value, tuple):
        return leaf.value
    return () if leaf.value is None or leaf.operator is not Operator.EQUAL else (leaf.value,)


def choosing(leaf: Leaf, labels: tuple[Scalar, ...] | None) -> Leaf:
    """The comparison with these labels: one is compared, several are listed; values of single groups follow."""
    if labels is not None and len(labels) == 1 and leaf.operator is Operator.EQUAL:
        return replace(leaf, value=labels[0])
    listed = operated(leaf, Operator.IN, None) if leaf.operator is not Operator.IN else leaf
    return replace(listed, value=labels)


def first_value(column: Column, operator: Operator) -> Value | None:
    """A value to begin with: the middle of the range, the first label; None where there is nothing to guess."""
    if operator is Operator.MISSING:
        return None
    if operator is Operator.IN:
        labels = labels_of(column)
        return labels[:1] or None
    if column.type in NUMERIC:
        return _middle(column) if operator in ORDERED else _lowest(column)
    if column.type is ColumnType.BOOLEAN:
        return False
    if column.type is ColumnType.DATE:
        return column.maximum.isoformat() if isinstance(column.maximum, date) else None
    return column.domain[0] if column.domain else None


def _middle(column: Column) -> Decimal | None:
    if not isinstance(column.minimum, Decimal):
        return None
    grid = steps_of(column)
    return ((grid.minimum + grid.maximum) / 2 / grid.step).to_integral_value(rounding=ROUND_HALF_UP) * grid.step


def _lowest(column: Column) -> Decimal | None:
    return column.minimum if isinstance(column.minimum, Decimal) else None
