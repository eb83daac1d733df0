"""A matrix of targets while it is written: its bands, its cells, and what changes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.book import Column

CellsAre: TypeAlias = Literal["percent", "amount"]
Axis: TypeAlias = Literal["rows", "columns"]
Cells: TypeAlias = tuple[tuple[Decimal | None, ...], ...]

# How many bands a field starts with.
_FIRST_BANDS = 3


@dataclass(frozen=True)
class BandsDraft:
    """The edges of one banded field; None for an edge that is no number."""

    field: str = ""
    edges: tuple[Decimal | None, ...] = (None, None)

    @property
    def count(self) -> int:
        """How many bands the edges make."""
        return len(self.edges) - 1

    def with_edge(self, place: int, value: Decimal | None) -> BandsDraft:
        """With one edge elsewhere."""
        return replace(self, edges=(*self.edges[:place], value, *self.edges[place + 1 :]))


_ONE_BAND = BandsDraft()


@dataclass(frozen=True)
class MatrixDraft:
    """Cells over one or two banded fields; None is a hole."""

    rows: BandsDraft = _ONE_BAND
    columns: BandsDraft | None = None
    cells_are: CellsAre = "percent"
    cells: Cells = ((None,),)

    def bands(self, axis: Axis) -> BandsDraft | None:
        """The bands along one side."""
        return self.rows if axis == "rows" else self.columns

    def with_cell(self, row: int, column: int, value: Decimal | None) -> MatrixDraft:
        """With another value in one cell."""
        line = self.cells[row]
        changed = (*line[:column], value, *line[column + 1 :])
        return replace(self, cells=(*self.cells[:row], changed, *self.cells[row + 1 :]))

    def with_edge(self, axis: Axis, place: int, value: Decimal | None) -> MatrixDraft:
        """With one edge of one side elsewhere."""
        return self._with_bands(axis, self._banded(axis).with_edge(place, value), self.cells)

    def with_band_split(self, axis: Axis, band: int) -> MatrixDraft:
        """With one band cut in the middle; both halves have its cells."""
        bands = self._banded(axis)
        low, high = bands.edges[band], bands.edges[band + 1]
        middle = None if low is None or high is None else (low + high) / 2
        edges = (*bands.edges[: band + 1], middle, *bands.edges[band + 1 :])
        lines = self._lines(axis)
        return self._with_bands(
            axis, replace(bands, edges=edges), self._cells(axis, (*lines[: band + 1], *lines[band:]))
        )

    def without_band(self, axis: Axis, band: int) -> MatrixDraft:
        """Without one band, which its neighbour takes in; the last one stays."""
        bands = self._banded(axis)
        if bands.count == 1:
            return self
        edge = band or 1
        edges = (*bands.edges[:edge], *bands.edges[edge + 1 :])
        lines = self._lines(axis)
        return self._with_bands(
            axis, replace(bands, edges=edges), self._cells(axis, (*lines[:band], *lines[band + 1 :]))
        )

    def over(self, axis: Axis, bands: BandsDraft | None) -> MatrixDraft:
        """Over other bands along one side; the first cells of what was there stay, columns may go."""
        lines = self._lines(axis)
        count = bands.count if bands else 1
        kept = (*lines[:count], *([lines[-1]] * (count - len(lines))))
        return self._with_bands(axis, bands, self._cells(axis, kept))

    def _banded(self, axis: Axis) -> BandsDraft:
        bands = self.bands(axis)
        if bands is None:
            raise KeyError(axis)
        return bands

    def _lines(self, axis: Axis) -> Cells:
        return self.cells if axis == "rows" else tuple(zip(*self.cells, strict=True))

    def _cells(self, axis: Axis, lines: Cells) -> Cells:
        return lines if axis == "rows" else tuple(zip(*lines, strict=True))

    def _with_bands(self, axis: Axis, bands: BandsDraft | None, cells: Cells) -> MatrixDraft:
        if axis == "rows":
            return replace(self, rows=bands or _ONE_BAND, cells=cells)
        return replace(self, columns=bands, cells=cells)


def first_bands(column: Column) -> BandsDraft:
    """A few bands of about the same width that take in every value of a column."""
    grid = steps_of(column)
    width = (grid.maximum - grid.minimum) / _FIRST_BANDS
    inner = [_on_grid(grid.minimum + width * place, grid.step) for place in range(1, _FIRST_BANDS)]
    edges = sorted({grid.minimum, *inner, grid.maximum})
    return BandsDraft(column.name, tuple(edges) if len(edges) > 1 else (grid.minimum, grid.minimum + grid.step))


def first_matrix(column: Column, size: Decimal | None) -> MatrixDraft:
    """A matrix over the first bands of a column, every cell of one size."""
    bands = first_bands(column)
    return MatrixDraft(rows=bands, cells=((size,),) * bands.count)


def _on_grid(value: Decimal, step: Decimal) -> Decimal:
    """The nearest two-digit number on the grid: people band by round numbers."""
    rough = Decimal(10) ** max(value.adjusted() - 1, step.adjusted())
    return (value / rough).to_integral_value() * rough
