"""Where the table is among the records of a file: titles above it, its headings, totals below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.problems import Message, message
from desktop_app.readers.tokens import Record

# How deep below titles a heading may stand, in records.
_DEEPEST_HEADING = 30
_MOST_HEADING_ROWS = 3
# Share of a column's cells that must look like values for the column to tell headings from rows.
_TYPED_SHARE = 0.8

VALUE = re.compile(
    r"\s*(?:"
    r"[+-]?[$€£¥￥]?\s*[0-9][0-9.,' ]*%?|\([0-9][0-9.,]*\)"  # numbers and amounts
    r"|[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?(?:[ T][0-9:.]+)?"  # dates
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|true|false|TRUE|FALSE|True|False"
    r")\s*"
)
TOTALS = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总数|grand\s+total|sub-?total|totals?|sum|summe|gesamt)\b\s*[:：]?.*", re.I
)


@dataclass(frozen=True)
class Shape:
    """Where a table lies.

    Attributes: headings are the raw cells, () for a table without them; heading_line is their first physical line,
    0 where there are none; first_line is that of the first row; width is the number of columns.
    """

    headings: tuple[str, ...]
    heading_line: int
    first_line: int
    width: int
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


def find(records: Sequence[Record], header_row: int | None = None, header_rows: int | None = None) -> Shape:
    """The shape of the table in the first records of a file, of which there is at least one.

    What the mapping states (`header_row`, a physical line or 0; `header_rows`) is taken as it is.
    """
    width = usual_width(records)
    if header_row == 0:
        return Shape((), 0, records[0].line, width)
    typed = _typed_columns(records, width)
    if header_row is not None:
        top = next((n for n, record in enumerate(records) if record.line >= header_row), 0)
    else:
        found = _first_heading(records, width, typed)
        if found is None:
            return _without_heading(records, width)
        top = found
    count = header_rows or _heading_rows(records, top, width, typed)
    return _with_heading(records, top, count, width, stated=header_row is not None)


def usual_width(records: Sequence[Record]) -> int:
    """The commonest number of fields, of several equally common the first; lone cells do not count beside tables."""
    widths = Counter(len(record.fields) for record in records if record.fields is not None and _filled(record))
    if not widths:
        return 1
    tables = {width: times for width, times in widths.items() if width > 1} or dict(widths)
    return max(tables, key=lambda width: tables[width])


def footer_lines(records: Sequence[Record], width: int, last_line: int) -> int:
    """How many physical lines from the first total at the end of the file on; 0 where there is none."""
    tail = list(records)[-10:]
    for record in tail:
        cells = [cell for cell in (record.fields or [record.raw]) if cell.strip()]
        sparse = len(cells) < max(width, 2) or len(record.fields or ()) != width
        if cells and sparse and TOTALS.fullmatch(cells[0]):
            return last_line - record.line + 1
    return 0


def _filled(record: Record) -> bool:
    return any(cell.strip() for cell in record.fields or ())


def _typed_columns(records: Sequence[Record], width: int) -> tuple[int, ...]:
    """The places whose cells are numbers, dates or times in nearly every row."""
    rows = [record.fields for record in records if record.fields is not None and len(record.fields) == width]
    # Of few rows, the later half: the first may all be headings.
    body = rows[min(_MOST_HEADING_ROWS, len(rows) // 2) :]
    typed = []
    for place in range(width):
        cells = [row[place] for row in body if row[place].strip()]
        values = sum(VALUE.fullmatch(cell) is not None for cell in cells)
        if cells and values >= _TYPED_SHARE * len(cells):
            typed.append(place)
    return tuple(typed)


def _first_heading(records: Sequence[Record], width: int, typed: Sequence[int]) -> int | None:
    for number, record in enumerate(records[:_DEEPEST_HEADING]):
        cells = _cells(record, width)
        if len(cells) == width and _mostly_filled(cells):
            if _looks_like_heading(cells, typed):
                return number
            before = records[number - 1] if number else None
            return number - 1 if before is not None and _is_near_heading(before, width) else None
    # Nothing but titles, or headings with holes: the first record of the table's width.
    for number, record in enumerate(records):
        if len(_cells(record, width)) == width:
            return number
    return 0


def _is_near_heading(record: Record, width: int) -> bool:
    """Whether a record of another width, right above the rows, must be a spoilt heading."""
    cells = _cells(record, width)
    near = abs(len(cells) - width) <= 1 and len(cells) > 1
    return near and not any(VALUE.fullmatch(cell) for cell in cells if cell.strip())


def _mostly_filled(cells: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) > len(cells) / 2


def _looks_like_heading(cells: Sequence[str], typed: Sequence[int]) -> bool:
    values = sum(VALUE.fullmatch(cells[place]) is not None for place in typed if cells[place].strip())
    return values == 0 or (values < len(typed) / 2 and values < 3)


def _heading_rows(records: Sequence[Record], top: int, width: int, typed: Sequence[int]) -> int:
    """How many records from `top` on are headings: further ones have words where the rows have values."""
    count = 1
    while typed and count < _MOST_HEADING_ROWS and top + count + 1 < len(records):
        cells = _cells(records[top + count], width)
        words = [place for place in typed if len(cells) == width and cells[place].strip()]
        if len(words) < len(typed) or not _looks_like_heading(cells, typed):
            break
        if any(VALUE.fullmatch(cells[place]) for place in typed):
            break
        count += 1
    return count


def _with_heading(records: Sequence[Record], top: int, count: int, width: int, *, stated: bool) -> Shape:
    rows = [_cells(record, width) for record in records[top : top + count]]
    notes: list[Message] = []
    doubts: list[Message] = []
    for row, record in zip(rows, records[top : top + count], strict=True):
        if len(row) != width:
            certain = stated or _is_aligned(row, records[top + count :], width)
            (notes if certain else doubts).append(_of_another_width(record.line, len(row), width, certain=certain))
    line = records[top].line
    if line > 1 and top:
        several = message("The {count} lines above the heading are titles and are left out.", count=line - 1)
        notes.append(several if line > 2 else message("The line above the heading is a title and is left out."))
    if count > 1:
        notes.append(message("The heading takes {count} rows, from line {line} on.", count=count, line=line))
    last = records[top + count - 1]
    headings = _joined([_fitted(row, width) for row in rows])
    return Shape(headings, line, last.line + last.lines, width, tuple(notes), tuple(doubts))


def _of_another_width(line: int, found: int, width: int, *, certain: bool) -> Message:
    if certain:
        text = "The heading in line {line} has {found} fields, the rows have {width}; check the names."
    else:
        text = (
            "The heading in line {line} has {found} fields, the rows have {width}: names may stand above the wrong"
            ' columns. Repair the line, or state "read.header_row": {line} where the names are right as shown.'
        )
    return message(text, line=line, found=found, width=width)


def _is_aligned(row: Sequence[str], rows: Sequence[Record], width: int) -> bool:
    """Whether a heading of another width has its names above the right columns: what it lacks or has more is empty."""
    if len(row) > width:
        return not any(cell.strip() for cell in row[width:])
    whole = [record.fields for record in rows if record.fields is not None and len(record.fields) == width]
    return not any(cell.strip() for fields in whole for cell in fields[len(row) :])


def _without_heading(records: Sequence[Record], width: int) -> Shape:
    first = next((record.line for record in records if len(record.fields or ()) == width), records[0].line)
    text = 'The file seems to have no heading: line {line} holds values. State "read.header_row" (0: none).'
    return Shape((), 0, first, width, doubts=(message(text, line=first),))


def _cells(record: Record, width: int) -> list[str]:
    return record.fields if record.fields is not None else record.loose(width)


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    """A heading of another width than the rows, brought to theirs: a surplus empty cell goes, a missing one comes."""
    fitted = list(cells)
    while len(fitted) > width and "" in fitted:
        fitted.remove("")
    return (fitted + [""] * width)[:width]


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Headings over several rows as one: an upper cell that is empty takes the one to its left (merged cells)."""
    upper = []
    for row in rows[:-1]:
        filled: list[str] = []
        for cell in row:
            filled.append(cell if cell.strip() or not filled else filled[-1])
        upper.append(filled)
    stacked = zip(*upper, rows[-1], strict=True)
    return tuple(" ".join(part.strip() for part in parts if part.strip()) for parts in stacked)
