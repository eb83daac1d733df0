"""What mapped columns lack: texts that may stand for missing values, and columns that hold nothing at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from decimal import Decimal

from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.mapping import Expression, Mapping, Scale, Source
from desktop_app.domain.problems import Message, message
from desktop_app.readers.units import number_of

# Fewer of a text than this, or a smaller share, are rejects or oddities.
_FEW = 5
_LITTLE = Decimal("0.001")
# Spellings of a missing value, for columns whose own values may be words.
_WORD = re.compile(
    r"(?i)\(?(?:null|none|nil|nan|n/?a|#n/a|#value!|#div/0!|missing|unknown)\)?|\\N|[-—.?]+|无|空|缺失|未知"
)
# No digit in any script.
_NO_NUMBER = re.compile(r"\D+")
_BELOW_ALL = re.compile(r"-(?:1|9+)")
_ABOVE_ALL = re.compile(r"9{3,}")

_SEPARATOR = "; "


def doubts(columns: Dictionary[str, Sequence[str]], mapping: Mapping) -> tuple[Message, ...]:
    """One question about all texts that may be missing values, where the mapping does not say which are.

    `columns` has the sampled texts by heading.
    """
    if "missing" in mapping.read.model_fields_set:
        return ()
    found: dict[str, list[str]] = {}
    for name, how in mapping.columns.items():
        heading = _heading(how.value)
        if heading is None or not columns.get(heading) or STANDARD[name].required:
            continue
        if texts := list(_suspects(columns[heading], STANDARD[name].type, mapping)):
            found[heading] = texts
    if not found:
        return ()
    text = (
        "Some texts may stand for missing values ({found}). List those that do in"
        ' "read.missing"; an empty list says that none does.'
    )
    shown = _SEPARATOR.join(f"{heading}: {', '.join(texts)}" for heading, texts in found.items())
    every = dict.fromkeys(text for texts in found.values() for text in texts)
    return (message(text, found=shown, texts=_SEPARATOR.join(every)),)


def empty(columns: Dictionary[str, Sequence[str]], mapping: Mapping) -> tuple[Message, ...]:
    """A question about ids of users that are not there, since every row without one would be rejected.

    `columns` has the sampled texts by heading.
    """
    how = mapping.columns.get("user_id")
    heading = _heading(how.value) if how else None
    values = columns.get(heading, ()) if heading else ()
    if heading is None or len(values) < _FEW or any(value.strip() for value in values):
        return ()
    text = (
        '"{heading}" is empty in the first {count} rows. State another heading in "columns.user_id", or leave that out:'
        " each account is its own user then."
    )
    return (message(text, heading=heading, count=len(values)),)


def texts_of(doubt: Message) -> tuple[str, ...]:
    """The texts that such a question is about."""
    return tuple(str(dict(doubt.values)["texts"]).split(_SEPARATOR))


def _heading(value: Expression) -> str | None:
    """The heading that a column is, as it stands or times a factor."""
    match value:
        case str():
            return value
        case Source(column=heading):
            return heading
        case Scale(scale=inner):
            return _heading(inner)
        case _:
            return None


def _suspects(values: Sequence[str], kind: ColumnType, mapping: Mapping) -> Iterator[str]:
    counts = Counter(value for value in values if value.strip())
    often = [
        value
        for value, times in sorted(counts.items(), key=lambda item: -item[1])
        if times >= _FEW and times >= _LITTLE * counts.total() and _SEPARATOR not in value
    ]
    if kind is ColumnType.BOOLEAN:
        yield from (value for value in often if _WORD.fullmatch(value.strip()))
    if kind not in NUMERIC:
        return
    yield from (value for value in often if _NO_NUMBER.fullmatch(value))
    signals = {value for value in often if _BELOW_ALL.fullmatch(value) or _ABOVE_ALL.fullmatch(value)}
    others = [number for value in counts.keys() - signals if (number := number_of(value, mapping.read)) is not None]
    for value in often:
        if value in signals and others and _is_apart(value, others):
            yield value


def _is_apart(value: str, others: Sequence[Decimal]) -> bool:
    """Whether a negative number stands among none but positive ones, or one of nines above all."""
    return min(others) >= 0 if value.startswith("-") else max(others) < Decimal(value)
