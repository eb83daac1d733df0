"""How dates and numbers are written in the columns that a mapping reads or keeps, and what that leaves in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.mapping import Mapping, headings_of
from desktop_app.domain.problems import Message, message

_DAY = re.compile(r"\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})\s*")
_PACKED = re.compile(r"\s*(?:[0-9]{8}|[0-9]{4}[.年][0-9]{1,2}[.月][0-9]{1,2}日?)\s*")
# The numbers that spreadsheets keep for the days from 1927 to 2173.
_SERIAL = re.compile(r"\s*[1-9][0-9]{4}\s*")
_DAY_0 = date(1899, 12, 30)
_YEAR_FIRST = re.compile(r"\s*[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?\s*")
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


Order: TypeAlias = Literal["", "ymd", "dmy", "mdy", "serial"]


@dataclass(frozen=True)
class Forms:
    """What the sampled values say: date_order is "" where every date has its year first, or none is there."""

    date_order: Order = ""
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


def look(columns: Dictionary[str, Sequence[str]], mapping: Mapping) -> Forms:
    """The forms of dates and numbers in some rows; `columns` has their texts by heading."""
    known = {
        heading: [value for value in values if value.strip() and value not in mapping.read.missing]
        for heading, values in columns.items()
    }
    doubts = [
        doubt
        for name, how in mapping.columns.items()
        if STANDARD[name].type in NUMERIC
        for heading in sorted(headings_of(how.value) & known.keys())
        for doubt in _number_doubts(heading, known[heading], mapping)
    ]
    if mapping.read.date_order:
        return Forms(mapping.read.date_order, (), tuple(doubts))
    return _dated([(heading, known[heading]) for heading in _dates(known, mapping)], doubts)


def _dates(known: Dictionary[str, Sequence[str]], mapping: Mapping) -> Iterator[str]:
    """The headings that are dates: mapped as such, stated so, or kept and holding nothing else."""
    used = {name: headings_of(how.value) for name, how in mapping.columns.items()}
    for name, headings in used.items():
        if STANDARD[name].type is ColumnType.DATE:
            yield from sorted(headings & known.keys())
    taken = frozenset[str]().union(*used.values())
    for heading, values in known.items():
        kept = heading in mapping.keep if isinstance(mapping.keep, tuple) else mapping.keep == "all"
        if heading in taken or not kept:
            continue
        stated = mapping.types.get(heading)
        if stated is ColumnType.DATE or (
            stated is None and values and all(_DAY.fullmatch(value) or _YEAR_FIRST.fullmatch(value) for value in values)
        ):
            yield heading


def _dated(columns: Sequence[tuple[str, Sequence[str]]], doubts: Sequence[Message]) -> Forms:
    """The order that the columns of dates settle; a doubt of one is settled by another."""
    found = [_order_of(heading, values) for heading, values in columns]
    orders = [order for order, _, _ in found if order not in ("", "serial")]
    # With either of these, dates that have the year first are read as well.
    order: Order = next((order for order in orders if order != "ymd"), orders[0] if orders else "")
    notes = [note for own, told, _ in found if own == order for note in told]
    asked = [doubt for own, _, open_ in found for doubt in open_ if own or order not in ("dmy", "mdy")]
    return Forms(order, tuple(notes), (*asked, *doubts))


def _order_of(heading: str, values: Sequence[str]) -> tuple[Order, list[Message], list[Message]]:
    if any(_PACKED.fullmatch(value) for value in values):
        return "ymd", [], []
    if values and all(_SERIAL.fullmatch(value) for value in values):
        return "serial", [], [_serial(heading, values[0].strip())]
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


def _serial(heading: str, value: str) -> Message:
    day = (_DAY_0 + timedelta(days=int(value))).isoformat()
    text = (
        '"{heading}" holds numbers such as {value}, for which a spreadsheet shows {day}; '
        'state "read.date_order": "serial".'
    )
    return message(text, heading=heading, value=value, day=day)


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
