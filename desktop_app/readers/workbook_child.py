"""The child's side of reading a workbook: `python -m desktop_app.readers.workbook_child FILE SHEET TARGET`.

It limits its own memory, writes the sheet as CSV, and answers with one JSON object on standard output.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import IO

import openpyxl

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

MEMORY = 3 << 30
# A sheet that is wider, or has a longer run of empty rows, is no table.
MAX_WIDTH = 4096
MAX_GAP = 100_000
# Numbers from here on lose digits in a double.
_LONG = 10**15
# A formula with no value beside it, at the end of its cell.
_UNCOMPUTED = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_BLOCK = 1 << 20


class Sparse(Exception):
    """A sheet with a few cells in a huge area."""


class Cells:
    """Cells as texts, with a count of what could not be kept.

    Attributes: long_numbers counts numbers of more than 15 digits; long_places has the rows of these by column.
    """

    def __init__(self) -> None:
        self.long_numbers = 0
        self.long_places: dict[int, list[int]] = {}
        self.breaks = 0

    def row(self, number: int, values: tuple[object, ...]) -> list[str]:
        """The texts of one row, counted from 1."""
        before = self.long_numbers
        texts = [self.text(value) for value in values]
        if self.long_numbers > before:
            for place, value in enumerate(values):
                if is_long(value):
                    self.long_places.setdefault(place, []).append(number)
        return texts

    def text(self, value: object) -> str:
        """The text that CSV would have; "#N/A" and its like are texts already."""
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case int() | float():
                return self._number(value)
            case datetime():
                return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
            case date() | time():
                return value.isoformat()
            case _:
                return self._words(str(value))

    def _number(self, value: float) -> str:
        if is_long(value):
            self.long_numbers += 1
        return str(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)

    def _words(self, value: str) -> str:
        if "\n" in value or "\r" in value:
            self.breaks += 1
            return " ".join(value.splitlines())
        return value


def is_long(value: object) -> bool:
    """Whether a cell is a number of more digits than a workbook keeps."""
    return isinstance(value, int | float) and abs(value) >= _LONG


def rows_of(values: Iterable[tuple[object, ...]], cells: Cells) -> Iterator[list[str]]:
    """The rows as texts, without the empty cells at their ends; Sparse where they are no table."""
    gap = 0
    for number, row in enumerate(values, 1):
        if len(row) > MAX_WIDTH:
            raise Sparse
        texts = cells.row(number, row)
        gap = 0 if any(texts) else gap + 1
        if gap > MAX_GAP:
            raise Sparse
        yield texts


def convert(path: str, sheet: str, target: str) -> dict[str, object]:
    """Write the sheet and say what was found; "refused" says why where it could not be."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    names = [found.title for found in book.worksheets if found.sheet_state == "visible"]
    answer: dict[str, object] = {"names": names, "refused": ""}
    if not names or (sheet and sheet not in names):
        return answer | {"refused": "sheet"}
    found = book[sheet or names[0]]
    # The size that a sheet states may be a lie.
    found.reset_dimensions()
    cells = Cells()
    try:
        written = _write(list_of_rows(found.iter_rows(values_only=True), cells), target)
    except Sparse:
        return answer | {"refused": "sparse"}
    with book._archive.open(found._worksheet_path) as part:
        formulas = uncomputed(part)
    long_numbers = sorted(cells.long_places.items())
    counts = {"rows": written, "long_numbers": long_numbers, "breaks": cells.breaks, "formulas": formulas}
    return answer | {"name": found.title, **counts}


def uncomputed(part: IO[bytes]) -> int:
    """How many formulas of a sheet have no value stored: they were never computed, and read as empty."""
    count, rest = 0, b""
    while block := part.read(_BLOCK):
        whole, mark, rest = (rest + block).rpartition(b"</c>")
        count += len(_UNCOMPUTED.findall(whole + mark))
    return count


def list_of_rows(values: Iterable[tuple[object, ...]], cells: Cells) -> Iterator[list[str]]:
    """The rows, each at least as wide as the widest before it (a row ends with its last cell)."""
    width = 0
    for row in rows_of(values, cells):
        if any(row):
            width = max(width, len(row))
            yield row + [""] * (width - len(row))
        else:
            yield []


def _write(rows: Iterable[list[str]], target: str) -> int:
    count = 0
    with open(target, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.writer(file, lineterminator="\n")
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    return count


def main() -> None:
    """Convert one sheet."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.stdout.write(json.dumps(convert(*sys.argv[1:4])))


if __name__ == "__main__":
    main()
