"""The arguments and options that several commands take, each said once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app.domain.problems import message
from desktop_app.text.words import Words


def add_book(command: argparse.ArgumentParser, words: Words) -> None:
    """The book, in first place."""
    text = words.translate("a CSV, Parquet or Excel file, or a project (.greyline)")
    command.add_argument("book", metavar="BOOK", type=Path, help=text)


def add_book_option(command: argparse.ArgumentParser, words: Words) -> None:
    """A book that may be left out, with its mapping."""
    text = words.translate("a CSV, Parquet or Excel file, or a project (.greyline)")
    command.add_argument("--book", metavar="BOOK", type=Path, help=text)
    add_mapping(command, words)


def add_policy(command: argparse.ArgumentParser, words: Words) -> None:
    """The policy, by an option that must be given."""
    text = words.translate("the policy, a JSON file")
    command.add_argument("--policy", metavar="P", type=Path, required=True, help=text)


def add_mapping(command: argparse.ArgumentParser, words: Words) -> None:
    """How a file's columns become a book's."""
    text = words.translate("how the file's columns become a book's, a JSON file")
    command.add_argument("--mapping", metavar="M", type=Path, help=text)


def add_as_of(command: argparse.ArgumentParser, words: Words) -> None:
    """Which snapshot of the book."""
    text = words.translate("the snapshot to take, such as 2026-06-30; the latest without it")
    command.add_argument("--as-of", metavar="DATE", type=_dates(words), help=text)


def add_out_folder(command: argparse.ArgumentParser, words: Words, default: Path | None = None) -> None:
    """The folder for CSV files."""
    text = words.translate("the folder for the CSV files, made where it is missing")
    command.add_argument("--out", metavar="DIR", type=Path, default=default, help=text)


def with_suffix(words: Words, suffix: str) -> Callable[[str], Path]:
    """The path of a file of one kind, for argparse: another suffix is a wrong call."""

    def path(text: str) -> Path:
        found = Path(text)
        if found.suffix.lower() != suffix:
            said = message("{file}: name a file that ends in {suffix}", file=text, suffix=suffix)
            raise argparse.ArgumentTypeError(words.say(said))
        return found

    return path


def names_of(words: Words, known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """Some of the known names with commas between them, for argparse."""

    def names(text: str) -> tuple[str, ...]:
        found = tuple(name.strip() for name in text.split(","))
        for name in found:
            if name not in known:
                said = message('"{name}" is none of: {names}', name=name, names=", ".join(known))
                raise argparse.ArgumentTypeError(words.say(said))
        return found

    return names


def whole_number(words: Words) -> Callable[[str], int]:
    """A whole number from 1 on, for argparse."""

    def number(text: str) -> int:
        if not text.isdecimal() or not int(text):
            raise argparse.ArgumentTypeError(words.say(message('"{given}" is no whole number from 1 on', given=text)))
        return int(text)

    return number


def _dates(words: Words) -> Callable[[str], date]:
    def day(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            said = words.say(message('"{given}" is no date such as 2026-06-30', given=text))
            raise argparse.ArgumentTypeError(said) from error

    return day
