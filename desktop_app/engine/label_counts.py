"""How many users have each label of a category, each code of few, or say yes or no."""

from __future__ import annotations

from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import LabelCounts, LabelCountsRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import own

_LABELLED = (ColumnType.CATEGORY, ColumnType.BOOLEAN)


def label_counts(cursor: Connection, prepared: Prepared, request: LabelCountsRequest, watch: Watch) -> LabelCounts:
    """Users a label; a user stands where their first account does. BookUnusable for a column without labels."""
    column = prepared.fields.columns.get(request.field)
    if column is None or (column.type not in _LABELLED and not column.is_grouping):
        raise BookUnusable(message('"{column}" has no labels in this book.', column=request.field))
    label = sql.cast(sql.column(request.field), "varchar")
    source = exp.to_table(prepared.table, dialect="duckdb")
    query = sql.select_from(source, [label, exp.Count(this=exp.Star())])
    query = query.where(sql.column(own("user_first"))).group_by(sql.whole(1), copy=False)
    with interruptible(cursor, watch):
        return LabelCounts(request.key, request.field, dict(cursor.execute(sql.to_sql(query)).fetchall()))
