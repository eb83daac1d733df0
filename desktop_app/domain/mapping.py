"""Mappings: how the columns of a lender's file become the columns of a book."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictStr, Tag, model_validator

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.documents import Document, Number, near_miss
from desktop_app.domain.policy import Wording


class Source(Document):
    """A column of the file, by its heading."""

    column: StrictStr


class Constant(Document):
    """The same value in every row: a number, a text or an ISO date."""

    constant: Number | StrictStr


class Scale(Document):
    """A number times a factor."""

    scale: Expression
    by: Number


class Maximum(Document):
    """The largest of several numbers; missing where any of them is."""

    maximum: Annotated[tuple[Expression | Number, ...], Field(min_length=2)]


class CountWhere(Document):
    """In how many of several columns the value compares so; missing where any of them is."""

    count: Annotated[tuple[Expression, ...], Field(min_length=1)]
    operator: Literal["<", "<=", ">", ">=", "="]
    value: Number


class TableRow(Document):
    """One row of a value table: numbers below `below` (None: all the rest) take `value`."""

    below: Number | None = None
    value: Number


class ValueTable(Document):
    """A value read from a table of rising bounds; missing where its argument is."""

    table: Expression
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _bounds_rise(self) -> ValueTable:
        bounds = [row.below for row in self.rows]
        if None in bounds[:-1]:
            raise ValueError("only the last row of a table may leave out its bound")
        known = [bound for bound in bounds if bound is not None]
        if any(low >= high for low, high in pairwise(known)):
            raise ValueError("the bounds of a table must rise")
        return self


_SHAPES = {"constant": Constant, "scale": Scale, "maximum": Maximum, "count": CountWhere, "table": ValueTable}


def _shape(value: object) -> str:
    """Which kind of expression a parsed JSON object, or a model, is; a bare text is a heading."""
    for key, model in _SHAPES.items():
        if isinstance(value, model) or (isinstance(value, dict) and key in value):
            return key
    return "heading" if isinstance(value, str) else "column"


Expression = Annotated[
    Annotated[StrictStr, Tag("heading")]
    | Annotated[Source, Tag("column")]
    | Annotated[Constant, Tag("constant")]
    | Annotated[Scale, Tag("scale")]
    | Annotated[Maximum, Tag("maximum")]
    | Annotated[CountWhere, Tag("count")]
    | Annotated[ValueTable, Tag("table")],
    Discriminator(_shape),
]

for _model in (Scale, Maximum, CountWhere, ValueTable):
    _model.model_rebuild()


class MappedColumn(Document):
    """How one column of the book is made.

    Attributes: value is the expression (a bare text is a heading of the file); assumed marks what was made up;
    note is shown wherever the column is.
    """

    value: Expression
    assumed: bool = False
    note: Wording = Wording()


class AsOf(Document):
    """The date of a book that has no dates; invented marks a date that stands in the place of an unknown one."""

    date: date
    invented: bool = False
    note: Wording = Wording()


class OutcomeMeaning(Document):
    """What `default_12m` means here (see `book.OutcomeDefinition`)."""

    definition: Wording
    months: Annotated[int, Field(ge=1)]
    days_past_due: int | None = None


class Mapping(Document):
    """The whole mapping of one kind of file.

    Attributes: columns maps the book's column names to how they are made; keep says whether headings that are
    not used are kept under their own names; source is an attribution, shown with the book.
    """

    greyline: Literal["mapping"] = "mapping"
    version: Literal[1] = 1
    name: Wording = Wording()
    source: Wording = Wording()
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$")]
    as_of: AsOf | None = None
    columns: dict[StrictStr, MappedColumn]
    outcome: OutcomeMeaning | None = None
    keep: Literal["all", "none"] | tuple[StrictStr, ...] = "all"

    @model_validator(mode="after")
    def _columns_are_known(self) -> Mapping:
        for name in self.columns:
            if name not in STANDARD:
                meant = near_miss(name, list(STANDARD))
                raise ValueError(f'"{name}" is no column of a book' + (f'; did you mean "{meant}"?' if meant else ""))
            if not STANDARD[name].loadable:
                raise ValueError(f'"{name}" is computed and cannot be mapped')
        return self
