"""Actions of rules and the targets of cuts and raises (domain rules, section 3)."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictStr, model_validator

from desktop_app.domain.document_faults import Refused
from desktop_app.domain.documents import Document, Number
from desktop_app.domain.problems import message

# Percentages are kept to 1/10,000 of a percent, that is, in whole parts per million.
Percent = Annotated[Number, Field(ge=0, le=1000, decimal_places=4)]
CutPercent = Annotated[Number, Field(ge=0, le=100, decimal_places=4)]
Money = Annotated[Number, Field(ge=0, decimal_places=2)]
Multiple = Annotated[Number, Field(ge=0, le=1000, decimal_places=6)]


class PercentOfLimit(Document):
    """A share of the account's current limit, in percent; `limit × ppm // 10⁶` minor units."""

    kind: Literal["percent"] = "percent"
    percent: Percent


class FixedAmount(Document):
    """The same limit for everyone, in currency units."""

    kind: Literal["amount"] = "amount"
    amount: Money


class IncomeMultiple(Document):
    """A multiple of monthly income; unknown where the income is missing."""

    kind: Literal["income_multiple"] = "income_multiple"
    multiple: Multiple


class Bands(Document):
    """One banded field: the bands are [edge, next edge), in the field's unit; outside them nothing is covered."""

    field: StrictStr
    edges: Annotated[tuple[Number, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _edges_rise(self) -> Bands:
        if any(low >= high for low, high in pairwise(self.edges)):
            raise Refused(message("the edges of bands must rise"))
        return self


class Matrix(Document):
    """Cells over one or two banded fields; an account outside every band or in an empty cell is unknown.

    Attributes: cells has one row per band of `rows` and one entry per band of `columns` (one entry where there
    is no second field); None is a hole; cells_are says whether a cell is a percentage or an amount.
    """

    kind: Literal["matrix"] = "matrix"
    rows: Bands
    columns: Bands | None = None
    cells_are: Literal["percent", "amount"]
    cells: tuple[tuple[Money | None, ...], ...]

    @model_validator(mode="after")
    def _cells_fit_bands(self) -> Matrix:
        height = len(self.rows.edges) - 1
        width = len(self.columns.edges) - 1 if self.columns else 1
        if len(self.cells) != height or any(len(row) != width for row in self.cells):
            raise Refused(message("the bands make {height} × {width} cells", height=height, width=width))
        return self


Target: TypeAlias = Annotated[PercentOfLimit | FixedAmount | IncomeMultiple | Matrix, Field(discriminator="kind")]


class Block(Document):
    """No further drawing."""

    kind: Literal["block"] = "block"


class Refer(Document):
    """Send to manual review."""

    kind: Literal["refer"] = "refer"


class Cut(Document):
    """Lower the limit to a target, never raise it."""

    kind: Literal["cut"] = "cut"
    target: Target


class WatchOnly(Document):
    """Flag the account and change nothing."""

    kind: Literal["watch"] = "watch"


class Raise(Document):
    """Lift the limit to a target, where no rule of another kind fires."""

    kind: Literal["raise"] = "raise"
    target: Target


Action: TypeAlias = Annotated[Block | Refer | Cut | WatchOnly | Raise, Field(discriminator="kind")]


def fields_of_action(action: Action) -> frozenset[str]:
    """The columns that the action's target reads, beside limit and balance."""
    match action:
        case Cut(target=target) | Raise(target=target):
            return _fields_of_target(target)
        case _:
            return frozenset()


def _fields_of_target(target: Target) -> frozenset[str]:
    match target:
        case IncomeMultiple():
            return frozenset({"income_monthly"})
        case Matrix(rows=rows, columns=columns):
            return frozenset({rows.field} | ({columns.field} if columns else set()))
        case _:
            return frozenset()
