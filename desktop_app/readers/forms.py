"""How dates and numbers are written in the columns that a mapping reads, and what that leaves in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.mapping import Mapping, headings_of
from desktop_app.domain.problems import Message, message

_DAY = re.compile(r"\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})\s*")
_PACKED = re.compile(r"\s*(?:[0-9]{8}|[0-9]{4}[.年][0-9]{1,2}[.月][0-9]{1,2}日?)\s*")
_PLAIN = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")

_MONTHS = 12
# Fewer odd values than this are rejects, whatever their share.
_FEW = 5
# Conventions that only a stated rule may settle, with the keys that state them.
_SIGN = "[$¥￥€£₩₹元円]"
_CONVENTIONS = (
    (re.compile(rf"\s*\(?[+-]?\s*(?:{_SIGN}[^%]*[0-9][^%]*|[^%]*[0-9][^%]*{_SIGN})\s*"), '"read.currency_sign"'),
    (re.compile(r"\s*\([0-9.,]+\)\s*"), '"read.parentheses"'),
    (re.compile(r"\s*[+-]?[0-9.,]+\s*%\s*"), '"read.percent"'),
    (re.compile(r"[^０-９]*[０-９].*"), '"read.full_width"'),
    (re.compile(r"\s*[+-]?[0-9]{1,3}(?:[., '][0-9]{3})*(?:[.,][0-9]+)?\s*"), '"read.thousands" and "read.decimal"'),
)


Order: TypeAlias = Literal["", "ymd", "dmy", "mdy"]


@dataclass(frozen=True)
class Forms:
    """What the sampled values say: date_order is "" where every date has its year first, or none is there."""

    date_order: Order = ""
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


def look(headings: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping) -> Forms:
    """The forms of the mapped dates and numbers in some rows."""
    places = {heading: place for place, heading in enumerate(headings)}
    order: Order = mapping.read.date_order or ""
    notes: list[Message] = []
    doubts: list[Message] = []
    for name, how in mapping.columns.items():
        for heading in sorted(headings_of(how.value) & places.keys()):
            values = [row[places[heading]] for row in rows if len(row) == len(headings)]
            known = [value for value in values if value.strip() and value not in mapping.read.missing]
            if STANDARD[name].type is ColumnType.DATE and not order:
                order, note, doubt = _order_of(heading, known)
                notes.extend(note)
                doubts.extend(doubt)
            elif STANDARD[name].type in NUMERIC:
                doubts.extend(_number_doubts(heading, known, mapping))
    return Forms(order, tuple(notes), tuple(doubts))


def _order_of(heading: str, values: Sequence[str]) -> tuple[Order, list[Message], list[Message]]:
    if any(_PACKED.fullmatch(value) for value in values):
        return "ymd", [], []
    parts = [match for value in values if (match := _DAY.fullmatch(value))]
    if not parts:
        return "", [], []
    day_first = sum(int(match[1]) > _MONTHS for match in parts)
    month_first = sum(int(match[2]) > _MONTHS for match in parts)
    # A date or two that fit no month are rejects; they put no order in doubt.
    if day_first > _FEW * month_first:
        return "dmy", [message('"{heading}" is read as day, month, year.', heading=heading)], []
    if month_first > _FEW * day_first:
        return "mdy", [message('"{heading}" is read as month, day, year.', heading=heading)], []
    text = '"{heading}" holds dates such as {value}, which may be day first or month first; state "read.date_order".'
    return "", [], [message(text, heading=heading, value=parts[0][0].strip())]


def _number_doubts(heading: str, values: Sequence[str], mapping: Mapping) -> list[Message]:
    odd = [value for value in (_bare(value, mapping) for value in values) if not _PLAIN.fullmatch(value)]
    # A few odd values are rejects; a column full of them is a convention.
    if len(odd) < _FEW or len(odd) * 10 < len(values):
        return []
    for form, key in _CONVENTIONS:
        if form.fullmatch(odd[0]) and not _stated(key, mapping):
            text = '"{heading}" writes numbers such as {value}; state {key}, or these rows are rejected.'
            return [message(text, heading=heading, value=odd[0].strip(), key=key)]
    return []


def _bare(value: str, mapping: Mapping) -> str:
    """The value without signs and parentheses that may stand there: below them other conventions show."""
    without_sign = re.sub(_SIGN, "", value) if mapping.read.currency_sign else value
    return re.sub(r"^\s*\((.*)\)\s*$", r"\1", without_sign) if mapping.read.parentheses else without_sign


def _stated(key: str, mapping: Mapping) -> bool:
    """Whether the mapping states any of the keys that a doubt would name."""
    return any(f'"read.{name}"' in key for name in mapping.read.model_fields_set)
