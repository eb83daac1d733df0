"""What must be settled before a file is loaded, each with the answers that settle it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.plans import ReadPlan
from desktop_app.domain.problems import Message, message
from desktop_app.readers.absent import texts_of
from desktop_app.workspace.import_choices import NOTHING, ChoiceKind, ColumnChoice

_KEY = re.compile(r'"read\.(\w+)"')
_COLUMN = re.compile(r'"columns\.(\w+)"')
_REJECT = message("Reject such values")
# What to say and to state, by the option that settles a doubt; those that depend on the doubt are in `_answers`.
_ANSWERS: dict[str, tuple[tuple[Message, object], ...]] = {
    "date_order": ((message("Day first"), "dmy"), (message("Month first"), "mdy")),
    "rounded_ids": ((message("Keep such ids"), "keep"), (message("Reject such rows"), "reject")),
    "parentheses": ((message("(1.00) is −1.00"), True), (_REJECT, False)),
    "percent": ((message("12.5% is 0.125"), True), (_REJECT, False)),
    "currency_sign": ((message("$12 is 12"), True), (_REJECT, False)),
    "full_width": ((message("１２ is 12"), True), (_REJECT, False)),
}


@dataclass(frozen=True)
class DoubtAnswer:
    """One way to settle a doubt: the options of `ReadOptions` that it states, or how it has a column made."""

    label: Message
    options: tuple[tuple[str, Any], ...] = ()
    column: str = ""
    choice: ColumnChoice = NOTHING


@dataclass(frozen=True)
class Doubt:
    """A sentence of the plan with its answers."""

    sentence: Message
    answers: tuple[DoubtAnswer, ...]


def doubts_of(plan: ReadPlan) -> tuple[Doubt, ...]:
    """The doubts of a plan."""
    return tuple(Doubt(sentence, _answers(sentence)) for sentence in plan.doubts)


def _answers(doubt: Message) -> tuple[DoubtAnswer, ...]:
    if column := _COLUMN.search(str(doubt)):
        return _scales(doubt, column[1])
    found = _KEY.search(str(doubt))
    values = dict(doubt.values)
    key = found[1] if found else ""
    match key:
        case "header_row":
            line = values["line"]
            return (
                _answer(message("No heading"), header_row=0),
                _answer(message("Line {line} is the heading", line=line), header_row=line),
            )
        case "encoding":
            names = {"latin-1": "Latin-1", "gb18030": "GB18030", "utf-16": "UTF-16"}
            return tuple(_answer(Message(name), encoding=name_of) for name_of, name in names.items())
        case "sheet":
            return tuple(_answer(_as_is(name), sheet=name) for name in str(values["names"]).split(", "))
        case "date_order" if "day" in values:
            shown = {"value": values["value"], "day": values["day"]}
            return (_answer(message("{value} is {day}", **shown), date_order="serial"),)
        case "missing":
            return (
                _answer(message("They are missing"), missing=texts_of(doubt)),
                _answer(message("They are values"), missing=()),
            )
        case "thousands":
            return tuple(
                _answer(Message(shown), decimal=decimal, thousands=thousands)
                for shown, decimal, thousands in NUMBER_STYLES[1:]
            )
        case _:
            return tuple(_answer(label, **{key: value}) for label, value in _ANSWERS.get(key, ()))


def _scales(doubt: Message, column: str) -> tuple[DoubtAnswer, ...]:
    """The factor that a doubt about a unit offers, and 1; for any other doubt of a column, to leave it out."""
    values = dict(doubt.values)
    if "factor" not in values:
        return (DoubtAnswer(message("Leave it out"), column=column, choice=NOTHING),)
    heading, factor = str(values["heading"]), str(values["factor"])
    ways = ((message("Times {factor}", factor=factor), factor), (message("As they stand"), "1"))
    return tuple(
        DoubtAnswer(label, column=column, choice=ColumnChoice(ChoiceKind.SCALE, heading, by)) for label, by in ways
    )


# How numbers may be written: an example, the decimal mark, the mark between thousands.
NUMBER_STYLES: tuple[tuple[str, str, str], ...] = (
    ("1234.56", ".", ""),
    ("1,234.56", ".", ","),
    ("1.234,56", ",", "."),
    ("1 234,56", ",", " "),
    ("1234,56", ",", ""),
    ("1'234.56", ".", "'"),
)


def _answer(label: Message, **options: Any) -> DoubtAnswer:  # noqa: ANN401
    return DoubtAnswer(label, tuple(options.items()))


def _as_is(text: str) -> Message:
    return Message("{name}", (("name", text),))
