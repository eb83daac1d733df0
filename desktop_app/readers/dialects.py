"""Delimiter and quote of a CSV file, by how regular the table becomes under each pair.

The measure is that of G.J.J. van den Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row
and type patterns", 2019: patterns of width, weighed by how many cells look like values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from desktop_app.domain.plans import CsvDialect
from desktop_app.readers.tokens import Record, split

DELIMITERS = (",", ";", "\t", "|", " ", "^", "~", ":")
QUOTES = ('"', "'")

_VALUE = re.compile(
    r"\s*(?:"
    r"[+-]?[0-9][0-9.,' ]*%?"  # numbers
    r"|[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?(?:[ T][0-9:.]+)?"  # dates
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[\w.+-]+@[\w.-]+"
    r"|[^\W\d][\w &.()/-]*"  # words
    r")\s*"
)
# An apostrophe quotes only where it stands at both ends of a field.
_QUOTED = re.compile(r"(?m)(?:^|[,;\t| ])'[^'\r\n]*'(?:[,;\t| ]|$)")
_MIN_VALUE_SHARE = 0.001


def newline_of(text: str) -> str:
    """The line end of a text; "" where it mixes several."""
    pairs = text.count("\r\n")
    kinds = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    used = [kind for kind, times in kinds.items() if times]
    if len(used) > 1:
        return ""
    return used[0] if used else "\n"


def detect(lines: Sequence[str], encoding: str, newline: str) -> CsvDialect:
    """The dialect under which the lines make the most regular table."""
    best, best_score = CsvDialect(encoding, newline=newline), 0.0
    text = "".join(lines)
    for quote in QUOTES:
        if quote == "'" and not _QUOTED.search(text):
            continue
        for delimiter in DELIMITERS:
            if delimiter not in text:
                continue
            dialect = CsvDialect(encoding, delimiter, quote, quote, newline)
            score = _score(list(split(lines, dialect)))
            if score > best_score * (1 + 1e-9):
                best, best_score = dialect, score
    return best


def _score(records: Sequence[Record]) -> float:
    widths = Counter(len(record.fields) for record in records if record.fields is not None)
    pattern = sum(times * (width - 1) / width for width, times in widths.items()) / max(len(widths), 1)
    refused = sum(record.fields is None for record in records)
    return pattern * _value_share(records) / (1 + refused)


def _value_share(records: Sequence[Record]) -> float:
    cells = [cell for record in records for cell in record.fields or ()]
    good = sum(not cell or _VALUE.fullmatch(cell) is not None for cell in cells)
    return max(good / max(len(cells), 1), _MIN_VALUE_SHARE)
