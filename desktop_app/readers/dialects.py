"""Delimiter and quote of a CSV file, by how regular the table becomes under each pair.

The measure is that of G.J.J. van den Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row
and type patterns", 2019: patterns of width, weighed by how many cells look like values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from desktop_app.domain.mapping import ReadOptions
from desktop_app.domain.plans import CsvDialect
from desktop_app.readers.tokens import Record, split

DELIMITERS = (", ", ",", ";", "\t", "|", " ", "^", "~", ":")
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
_ESCAPES = ("\\", "\0")


def newline_of(text: str) -> str:
    """The line end of a text; "" where it mixes several."""
    pairs = text.count("\r\n")
    kinds = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    used = [kind for kind, times in kinds.items() if times]
    if len(used) > 1:
        return ""
    return used[0] if used else "\n"


def detect(lines: Sequence[str], encoding: str, newline: str, stated: ReadOptions) -> CsvDialect:
    """The dialect under which the lines make the most regular table; what the mapping states is taken as it is."""
    text = "".join(lines)
    best, best_score = CsvDialect(encoding, stated.delimiter or ",", newline=newline), 0.0
    for quote in [stated.quote] if stated.quote is not None else QUOTES:
        if quote == "'" and stated.quote is None and not _QUOTED.search(text):
            continue
        for delimiter in [stated.delimiter] if stated.delimiter else DELIMITERS:
            if delimiter[0] not in text or (delimiter == ", " and not _is_spaced(text)):
                continue
            escape = stated.escape if stated.escape is not None else _escape(text, quote)
            dialect = CsvDialect(encoding, delimiter, quote, escape, newline)
            score = _score(list(split(lines, dialect, guessing=True)))
            if score > best_score * (1 + 1e-9):
                best, best_score = dialect, score
    return best


def _is_spaced(text: str) -> bool:
    """Whether every comma of the heading has a space after it."""
    heading = text.lstrip().splitlines()[0] if text.strip() else ""
    return heading.count(", ") == heading.count(",") > 0


def _escape(text: str, quote: str) -> str:
    """The character that makes a quote inside quotes: the quote itself, unless another clearly does."""
    if not quote:
        return ""
    doubled = len(re.findall(f"(?<=[^,;\t|\r\n]){quote}{quote}(?=[^,;\t|\r\n])", text))
    for escape in _ESCAPES:
        if text.count(escape + quote) > doubled:
            return escape
    return quote


def _score(records: Sequence[Record]) -> float:
    widths = Counter(len(record.fields) for record in records if record.fields is not None)
    pattern = sum(times * (width - 1) / width for width, times in widths.items()) / max(len(widths), 1)
    refused = sum(record.fields is None for record in records)
    return pattern * _value_share(records) / (1 + refused)


def _value_share(records: Sequence[Record]) -> float:
    cells = [cell for record in records for cell in record.fields or ()]
    good = sum(not cell or _VALUE.fullmatch(cell) is not None for cell in cells)
    return max(good / max(len(cells), 1), _MIN_VALUE_SHARE)
