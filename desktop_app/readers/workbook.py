"""Workbooks (.xlsx) as CSV: unpacked by a child process with limits, since hostile ones hang or abort their reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.domain.mapping import Mapping, headings_of
from desktop_app.domain.plans import CsvDialect, ReadPlan
from desktop_app.domain.problems import ImportFailed, Message, message

# The dialect of the CSV that a sheet becomes: one line a row, so that line numbers are row numbers.
DIALECT = CsvDialect()

MAX_SECONDS = 300
_MAX_PARTS = 10_000
_MAX_BYTES = 2 << 30
_FREE_BYTES = 64 << 20
_MAX_EXPANSION = 200
_IDS = ("account_id", "user_id")
_MAIN_PART = "xl/workbook.xml"


@dataclass(frozen=True)
class Sheet:
    """What the child found.

    Attributes: long_numbers has, by the place of their column, the rows of numbers of more than 15 digits, which a
    workbook cannot keep exactly; breaks counts cells with line ends, which became spaces; formulas counts those
    without a stored value, read as empty.
    """

    name: str
    names: tuple[str, ...]
    rows: int
    long_numbers: dict[int, tuple[int, ...]]
    breaks: int
    formulas: int = 0

    @property
    def notes(self) -> tuple[Message, ...]:
        """What the analyst should know."""
        notes = []
        if count := sum(map(len, self.long_numbers.values())):
            text = "{count} numbers have more than 15 digits, which a workbook rounds; keep such identifiers as text."
            notes.append(message(text, count=count))
        if self.breaks:
            notes.append(message("{count} cells held line ends, which became spaces.", count=self.breaks))
        if self.formulas:
            text = "{count} formulas were never computed and are read as empty; save the file in a spreadsheet first."
            notes.append(message(text, count=self.formulas))
        return tuple(notes)


def sheet_in(folder: Path, path: Path, sheet: str) -> tuple[Sheet, Path]:
    """A worksheet ("": the first) as CSV in `folder`; one that was written there before is not written again.

    Raises ImportFailed where it is damaged, hostile or not there.
    """
    copy, told = folder / "sheet.csv", folder / "sheet.json"
    origin = [str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns]
    if told.exists():
        before = json.loads(told.read_bytes())
        found = _answer(before["answer"], path, sheet)
        if before["origin"] == origin and sheet in (found.name, before["asked"]):
            return found, copy
    answer = _sheet_to_csv(path, sheet, copy)
    told.write_text(json.dumps({"origin": origin, "asked": sheet, "answer": answer}), encoding="utf-8")
    return _answer(answer, path, sheet), copy


def _sheet_to_csv(path: Path, sheet: str, target: Path) -> dict[str, Any]:
    _check_archive(path)
    command = [sys.executable, "-m", "desktop_app.readers.workbook_child", str(path), sheet, str(target)]
    package = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=MAX_SECONDS, env={**os.environ, "PYTHONPATH": paths}, check=False
        )
    except subprocess.TimeoutExpired as error:
        text = "{file} took longer than {seconds} seconds to unpack; save the sheet as CSV."
        raise ImportFailed(message(text, file=path.name, seconds=MAX_SECONDS)) from error
    if done.returncode:
        text = "{file} could not be unpacked: it is damaged, or needs more memory than a sheet may take."
        raise ImportFailed(message(text, file=path.name))
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _answer(answer: dict[str, Any], path: Path, sheet: str) -> Sheet:
    names = tuple(answer["names"])
    match answer["refused"]:
        case "sheet":
            text = '{file} has no sheet "{sheet}"; it has {names}.'
            raise ImportFailed(message(text, file=path.name, sheet=sheet, names=", ".join(names)))
        case "sparse":
            text = "{file} spreads a few cells over a huge area; it was not read. Save the table as CSV."
            raise ImportFailed(message(text, file=path.name))
    long_numbers = {place: tuple(rows) for place, rows in answer["long_numbers"]}
    return Sheet(answer["name"], names, answer["rows"], long_numbers, answer["breaks"], answer["formulas"])


def sheet_doubts(found: Sheet, stated: str | None) -> Sequence[Message]:
    """Which sheet is meant, where there are several and none is stated."""
    if stated or len(found.names) < 2:
        return ()
    text = 'The workbook has the sheets {names}; state which is meant in "read.sheet".'
    return (message(text, names=", ".join(found.names)),)


def rounded_ids(found: Sheet, plan: ReadPlan, mapping: Mapping) -> tuple[tuple[int, str], ...]:
    """The lines of the table, with the heading, where an id is a number that the workbook cannot keep exactly."""
    ids = {how.value for name in _IDS if (how := mapping.columns.get(name))}
    headings = frozenset[str]().union(*map(headings_of, ids))
    rounded = {
        line: heading
        for place, heading in enumerate(plan.headings)
        if heading in headings
        for line in found.long_numbers.get(place, ())
        if plan.first_data_line <= line <= found.rows - plan.footer
    }
    return tuple(sorted(rounded.items()))


def rounding_doubts(rounded: Sequence[tuple[int, str]]) -> Sequence[Message]:
    """What becomes of ids that the workbook rounded."""
    if not rounded:
        return ()
    line, heading = rounded[0]
    text = (
        '{count} numbers of "{heading}", the first in row {line}, have more than 15 digits, which a workbook rounds. '
        'Keep ids as text, or state "read.rounded_ids": "keep" or "reject".'
    )
    return (message(text, count=len(rounded), heading=heading, line=line),)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportFailed(message("{file} is a damaged archive.", file=path.name)) from error
    if not any(part.filename == _MAIN_PART for part in parts):
        text = "{file} is an archive but no .xlsx workbook; unpack it, or save it as .xlsx or CSV."
        raise ImportFailed(message(text, file=path.name))
    size = sum(part.file_size for part in parts)
    limit = min(_MAX_BYTES, max(_FREE_BYTES, _MAX_EXPANSION * path.stat().st_size))
    if size > limit or len(parts) > _MAX_PARTS:
        text = "{file} unpacks to {size} bytes in {parts} parts, far more than such files do; it was not read."
        raise ImportFailed(message(text, file=path.name, size=size, parts=len(parts)))
