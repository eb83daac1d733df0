"""The parser of the command line: its help in the terminal's language, with examples, and lines that fit."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, TypeAlias

from desktop_app.domain.problems import Message, message
from desktop_app.domain.spelling import near_miss
from desktop_app.text.words import Words

# One command of the parser's; argparse has no public name for what holds them.
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"

# What argparse itself says; named here so that it is translated with everything else.
_ARGPARSE: Final = (
    message("usage: "),
    message("positional arguments"),
    message("options"),
    message("show this help message and exit"),
    message("show program's version number and exit"),
    message("%(prog)s: error: %(message)s\n"),
    message("argument %(argument_name)s: %(message)s"),
    message("the following arguments are required: %s"),
    message("not allowed with argument %s"),
    message("unrecognized arguments: %s"),
    message("expected one argument"),
    message("invalid choice: %(value)r (choose from %(choices)s)"),
    message("invalid %(type)s value: %(value)r"),
    message("ambiguous option: %(option)s could match %(matches)s"),
)
_HELP_COLUMN: Final = 26
# Where a line may be broken: at a space, or beside a Chinese character, but not before what closes a phrase.
_PIECE: Final = re.compile(r"\s+|[^\s“\u2e80-\uffef][^\s“\u2e80-\uffef]*|[（“《]*[\u2e80-\uffef][，。；：、）！？”》]*")


class Parser(argparse.ArgumentParser):
    """A parser that speaks the terminal's language; its commands' parsers are of the same kind."""

    def __init__(self, **settings: object) -> None:
        super().__init__(formatter_class=_Formatter, **settings)  # type: ignore[arg-type]

    def _check_value(self, action: argparse.Action, value: object) -> None:
        known = [str(choice) for choice in action.choices or ()]
        meant = near_miss(str(value), known)
        if known and str(value) not in known and meant:
            said = message('"{given}" is unknown; did you mean "{meant}"?', given=str(value), meant=meant)
            raise argparse.ArgumentError(action, _translated(said))
        super()._check_value(action, value)


def speak(words: Words) -> None:
    """Have argparse say its own words in this language from now on: it has no other way to be told."""
    vars(argparse)["_"] = words.translate


def _translated(sentence: Message) -> str:
    """A sentence in the language that argparse was told to speak."""
    return str(Message(vars(argparse)["_"](sentence.text), sentence.values))


def examples(words: Words, *calls: str) -> str:
    """The end of a command's help: calls to copy."""
    return "\n".join([words.translate("Examples:"), *(f"  {call}" for call in calls)])


class _Formatter(argparse.HelpFormatter):
    """Lays help out by the columns of a terminal, of which a Chinese character takes two; examples stay as they are."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_HELP_COLUMN)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_wrapped(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = text.split("\n")
        lines = paragraphs if len(paragraphs) > 1 else _wrapped(text, width)
        return "\n".join(indent + line for line in lines)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns."""
    line, room = "", width
    for piece in _PIECE.findall(text):
        columns = _columns(piece)
        if columns > room and line:
            yield line.rstrip()
            line, room = "", width
        if line or piece.strip():
            line, room = line + piece, room - columns
    if line:
        yield line.rstrip()


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
