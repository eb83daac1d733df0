"""The help of every command: examples, the terminal's language, lines that fit; wrong calls say what is meant."""

from __future__ import annotations

import argparse
import re
import unicodedata

import pytest

from desktop_app.cli.commands import _parser, main
from desktop_app.text.language import Language
from desktop_app.text.words import Words

WIDTH = 100
# Names, values and what is typed: the same in every language.
_SAME = re.compile(
    r"greyline|Greyline|Excel|Parquet|JSON|SQL|CSV|[A-Z_]{2,}|--[a-z-]+|[a-z_]+\.[a-z]+|\{[^}]*\}|\[[^\]]*\]|\(\.greyline\)"
)


def parsers(words: Words) -> dict[str, argparse.ArgumentParser]:
    """Every command's parser by its call."""
    found: dict[str, argparse.ArgumentParser] = {}

    def walk(parser: argparse.ArgumentParser) -> None:
        found[parser.prog] = parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for below in action.choices.values():
                    walk(below)

    walk(_parser(words))
    return found


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


CALLS = [call for call, parser in parsers(Words(Language.ENGLISH)).items() if parser.get_default("run")]


@pytest.mark.parametrize("call", CALLS)
def test_every_command_has_an_example_that_calls_it(call: str) -> None:
    text = parsers(Words(Language.ENGLISH))[call].format_help()
    assert re.search(rf"Examples:\n  {call} ?", text)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("call", CALLS)
def test_lines_of_help_fit_the_terminal(call: str, language: Language) -> None:
    lines = parsers(Words(language))[call].format_help().splitlines()
    assert [line for line in lines if columns(line) > WIDTH and "greyline" not in line] == []


@pytest.mark.parametrize("call", CALLS)
def test_help_in_chinese_is_chinese(call: str) -> None:
    usage, _, text = parsers(Words(Language.CHINESE))[call].format_help().split("示例：")[0].partition("\n\n")
    assert usage.startswith("用法：")
    assert re.findall(r"[a-z]{3,} [a-z]{3,}", _SAME.sub("", text)) == []


def wrong(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The last line that a wrong call says."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()[-1]


def test_a_wrong_command_says_what_may_be_meant(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert wrong(capsys, "simulat").endswith('"simulat" is unknown; did you mean "simulate"?')
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "simulate" in wrong(capsys, "simulat")
    assert wrong(capsys, "simulate", "book.csv").startswith("greyline simulate：错误：缺少必需的参数")


def test_help_ends_well_and_on_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["simulate", "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("usage: greyline simulate")
    assert said.err == ""


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("greyline ")
