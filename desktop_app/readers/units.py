"""The unit that a mapped column's file is in, by its heading, the lines above it and its values.

Only a heading that is mapped as it stands is in doubt: a "scale" of it, by 1 too, says what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from decimal import Decimal, InvalidOperation

from desktop_app.domain.columns import STANDARD, ColumnType
from desktop_app.domain.mapping import Expression, Mapping, ReadOptions, Source
from desktop_app.domain.problems import Message, message

# Units of amounts as headings write them, with how many units of the currency one is; larger ones first, since
# 百万元 ends in 万元.
_AMOUNTS = (
    (r"亿元|億[元円圓]|\(亿\)|\(億\)", "100000000"),
    (r"百[万萬][元円圓]|\(百[万萬]\)|\bmillions?\b|\bmn\b|\bmio\b|\((?:[a-z]{3} ?|[$€£¥])?m[mn]?\)", "1000000"),
    (r"[万萬][元円圓]|\([万萬]\)|\bwan\b", "10000"),
    (r"[千仟][元円圓]|\([千仟]\)|\bthousands?\b|\((?:[a-z]{3} ?|[$€£¥])?000s?\)|['’]000s?\b|\b000s\b", "1000"),
    (r"\((?:[a-z]{3} ?|[$€£¥])?(?:k|th|tsd)\)", "1000"),
    (r"\(分\)|\bcents?\b|\bfen\b|\bminor units?\b", "0.01"),
    (r"\([元円圓]\)", "1"),
)
# Units of shares; "annual percentage rate" is a name and no unit.
_SHARES = (
    (r"\bbps?\b|\bbasis points?\b|基点|万分", "0.0001"),
    (r"‰|\bper mill?e\b|千分", "0.001"),
    (r"%|\bpercent\b|\bpct\b|百分", "0.01"),
)
# What a line above the heading says where it states the unit of all amounts.
_STATED = re.compile(
    r"[单單]位\s*:?.*|\bin (?:[a-z]{3} )?(?:thousands|millions)\b.*|['’]000s?\b.*|\([a-z]{3} ?000s?\).*"
)
_ROUND = str.maketrans("[]", "()")

# Fewer values than this above 1 are rejects, and so is less than this share of them.
_FEW = 5
_LITTLE = Decimal("0.01")
# A ratio may well be above 1; as a share of 1, half of them are not above this.
_HIGH_RATIO, _HALF = 2, Decimal("0.5")


def doubts(
    columns: Dictionary[str, Sequence[str]], mapping: Mapping, titles: Sequence[str] = ()
) -> tuple[Message, ...]:
    """What the headings and values of mapped columns, and the titles above them, leave in doubt about units.

    `columns` has the sampled texts by heading.
    """
    found: list[Message] = []
    for name, how in mapping.columns.items():
        heading = _bare(how.value)
        if heading is None or heading not in columns:
            continue
        match STANDARD[name].type:
            case ColumnType.MONEY:
                found.extend(_amounts(name, heading, titles))
            case ColumnType.RATE | ColumnType.RATIO as kind:
                found.extend(_shares(name, heading, columns[heading], kind, mapping.read))
    return tuple(found)


def _bare(value: Expression) -> str | None:
    """The heading that a column is, where it is nothing else."""
    match value:
        case str():
            return value
        case Source(column=heading):
            return heading
        case _:
            return None


def _amounts(name: str, heading: str, titles: Sequence[str]) -> Iterator[Message]:
    if unit := _unit(heading, _AMOUNTS):
        if unit[1] != "1":
            yield _by_heading(name, heading, *unit)
        return
    stated = (match[0] for title in titles if (match := _STATED.search(_plain(title))))
    if unit := next(filter(None, (_unit(text, _AMOUNTS) for text in stated)), None):
        text = (
            'A line above the heading speaks of {unit}. State "scale" of "{heading}" in "columns.{column}": '
            "by {factor}, or by 1 where the values are right as they stand."
        )
        yield message(text, unit=unit[0], heading=heading, column=name, factor=unit[1])


def _shares(name: str, heading: str, values: Sequence[str], kind: ColumnType, read: ReadOptions) -> Iterator[Message]:
    numbers = [number for value in values if (number := number_of(value, read)) is not None]
    if sum("%" in unicodedata.normalize("NFKC", value) for value in values) > len(numbers):
        # The signs say it, and whether they are read is another question.
        return
    if unit := _unit(heading, _SHARES):
        yield _by_heading(name, heading, *unit)
        return
    high = [number for number in numbers if (1 if kind is ColumnType.RATE else _HIGH_RATIO) < number <= 10_000]
    least = _LITTLE if kind is ColumnType.RATE else _HALF
    if len(high) >= _FEW and len(high) >= least * len(numbers):
        factor = "0.01" if 2 * sum(number <= 100 for number in high) > len(high) else "0.0001"
        text = (
            '"{heading}" holds values such as {value}, but {column} is a share of 1 (12 % is 0.12). State "scale" of '
            '"{heading}" in "columns.{column}": by {factor}, or by 1 where the values are right as they stand.'
        )
        yield message(text, heading=heading, value=f"{high[0]:f}", column=name, factor=factor)


def _by_heading(name: str, heading: str, unit: str, factor: str) -> Message:
    text = (
        '"{heading}" seems to be in {unit}. State "scale" of it in "columns.{column}": '
        "by {factor}, or by 1 where the values are right as they stand."
    )
    return message(text, heading=heading, unit=unit, column=name, factor=factor)


def _unit(text: str, units: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The unit that a text names, as it writes it, and its factor."""
    plain = _plain(text)
    for pattern, factor in units:
        if match := re.search(pattern, plain):
            return match[0].strip("()"), factor
    return None


def _plain(text: str) -> str:
    """Half-width, lower case, words apart, brackets round and without blanks inside."""
    spaced = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())
    return spaced.translate(_ROUND).replace("( ", "(").replace(" )", ")")


def number_of(text: str, read: ReadOptions) -> Decimal | None:
    """A number by the mapping's conventions; None for anything else, percent too."""
    if text in read.missing:
        return None
    plain = text.strip().replace(read.thousands, "") if read.thousands else text.strip()
    try:
        number = Decimal(plain.replace(",", ".") if read.decimal == "," else plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
