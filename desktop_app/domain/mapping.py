"""Mappings: how the columns of a lender's file become the columns of a book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictStr, Tag, model_validator

from desktop_app.domain.columns import STANDARD, ColumnType
from desktop_app.domain.conditions import Condition, fields_of
from desktop_app.domain.document_faults import Refused
from desktop_app.domain.documents import Document, Number
from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import message
from desktop_app.domain.spelling import near_miss


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


class Sum(Document):
    """Several numbers added; missing where any of them is."""

    sum: Annotated[tuple[Expression | Number, ...], Field(min_length=2)]


class Difference(Document):
    """The first number less the second; missing where either is."""

    difference: tuple[Expression | Number, Expression | Number]


class Product(Document):
    """Several numbers multiplied; missing where any of them is."""

    product: Annotated[tuple[Expression | Number, ...], Field(min_length=2)]


class Quotient(Document):
    """The first number divided by the second; missing where either is, and where the second is zero."""

    quotient: tuple[Expression | Number, Expression | Number]


class When(Document):
    """One of two values, chosen by a condition over headings; missing where the condition cannot be told.

    Attributes: when is a condition as in policies, its fields being headings of the file (see
    `engine.load_when`); without `otherwise` ("else"), the value is missing where the condition is false.
    """

    when: Condition
    then: Expression | Number
    otherwise: Expression | Number | None = Field(default=None, alias="else")


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
            raise Refused(message("only the last row of a table may leave out its bound"))
        known = [bound for bound in bounds if bound is not None]
        if any(low >= high for low, high in pairwise(known)):
            raise Refused(message("the bounds of a table must rise"))
        return self


_SHAPES: dict[str, type[Document]] = {
    "constant": Constant,
    "scale": Scale,
    "sum": Sum,
    "difference": Difference,
    "product": Product,
    "quotient": Quotient,
    "maximum": Maximum,
    "count": CountWhere,
    "table": ValueTable,
    "when": When,
}


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
    | Annotated[Sum, Tag("sum")]
    | Annotated[Difference, Tag("difference")]
    | Annotated[Product, Tag("product")]
    | Annotated[Quotient, Tag("quotient")]
    | Annotated[Maximum, Tag("maximum")]
    | Annotated[CountWhere, Tag("count")]
    | Annotated[ValueTable, Tag("table")]
    | Annotated[When, Tag("when")],
    Discriminator(_shape),
]

for _model in (Scale, Sum, Difference, Product, Quotient, Maximum, CountWhere, ValueTable, When):
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


class ReadOptions(Document):
    """How the file is to be read, where its bytes leave a doubt or another convention is meant; None: as found.

    Attributes: encoding is "utf-8", "utf-16", "gb18030" or "latin-1"; quote is "" for a file that quotes nothing;
    header_row is the physical line of the headings, counted from 1, 0 for a file that has none, and header_rows
    how many lines they take; skip_footer is how many lines at the end are totals and notes; sheet names the
    worksheet of a workbook, and rounded_ids says what becomes of rows whose id is a number of more than 15 digits,
    which a workbook rounds. date_order settles 03/04/2026, and "serial" reads 46203, the number that a spreadsheet
    keeps for 2026-06-30. decimal and thousands are how numbers are written;
    percent reads 12.5% as 0.125, parentheses reads (1.00) as -1.00, full_width reads １２ as 12 and currency_sign
    reads $12 and 12 元 as 12; without these such texts are rejected. missing lists texts that stand for a missing
    value, such as "N/A", "-1" or "999".
    """

    encoding: Literal["utf-8", "utf-16", "gb18030", "latin-1"] | None = None
    delimiter: Annotated[StrictStr, Field(min_length=1, max_length=4)] | None = None
    quote: Annotated[StrictStr, Field(max_length=1)] | None = None
    escape: Annotated[StrictStr, Field(max_length=1)] | None = None
    header_row: Annotated[int, Field(ge=0)] | None = None
    header_rows: Annotated[int, Field(ge=1, le=4)] | None = None
    skip_footer: Annotated[int, Field(ge=0)] | None = None
    sheet: StrictStr | None = None
    rounded_ids: Literal["keep", "reject"] | None = None
    date_order: Literal["ymd", "dmy", "mdy", "serial"] | None = None
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""
    percent: bool = False
    parentheses: bool = False
    full_width: bool = False
    currency_sign: bool = False
    missing: tuple[StrictStr, ...] = ()

    @model_validator(mode="after")
    def _separators_differ(self) -> ReadOptions:
        if self.decimal == self.thousands:
            raise Refused(message("decimal and thousands must differ"))
        return self


class Mapping(Document):
    """The whole mapping of one kind of file.

    Attributes: columns maps the book's column names to how they are made; keep says whether headings that are
    not used are kept under their own names; types states what a kept column is where its looks mislead (codes
    that are categories); source is an attribution, shown with the book; read says how the file is written.
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
    types: dict[StrictStr, ColumnType] = Field(default_factory=dict)
    read: ReadOptions = ReadOptions()

    @model_validator(mode="after")
    def _columns_are_known(self) -> Mapping:
        for name in self.columns:
            if name not in STANDARD:
                meant = near_miss(name, list(STANDARD))
                if meant is None:
                    raise Refused(message('"{name}" is no column of a book', name=name))
                text = '"{name}" is no column of a book; did you mean "{meant}"?'
                raise Refused(message(text, name=name, meant=meant))
            if not STANDARD[name].loadable:
                raise Refused(message('"{name}" is computed and cannot be mapped', name=name))
        return self


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that an expression is made of, numbers left out."""
    match expression:
        case Scale(scale=inner) | ValueTable(table=inner):
            return (inner,)
        case CountWhere(count=counted):
            return counted
        case Sum(sum=parts) | Product(product=parts) | Maximum(maximum=parts):
            return tuple(part for part in parts if not isinstance(part, Decimal))
        case Difference(difference=pair) | Quotient(quotient=pair):
            return tuple(part for part in pair if not isinstance(part, Decimal))
        case When(then=then, otherwise=otherwise):
            return tuple(part for part in (then, otherwise) if part is not None and not isinstance(part, Decimal))
        case _:
            return ()


def computes_numbers(expression: Expression) -> bool:
    """Whether an expression holds arithmetic, whose results may outgrow any width."""
    if isinstance(expression, Scale | Sum | Difference | Product | Quotient):
        return True
    return any(map(computes_numbers, parts_of(expression)))


def headings_of(expression: Expression) -> frozenset[str]:
    """The headings of the file that an expression reads."""
    match expression:
        case str():
            return frozenset({expression})
        case Source(column=column):
            return frozenset({column})
        case When(when=condition):
            return fields_of(condition).union(*map(headings_of, parts_of(expression)))
        case _:
            return frozenset[str]().union(*map(headings_of, parts_of(expression)))
