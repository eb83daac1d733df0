"""The report: one file that needs nothing else, safe, whole in both languages, the same for the same inputs."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from desktop_app.domain.plans import ImportReport
from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.main import MAIN_FIGURES
from desktop_app.reports import page_tables
from desktop_app.reports.export import Export, Picture
from desktop_app.reports.manifest import inputs_hash
from desktop_app.reports.page import report_html
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.analysis import answers
from tests.analysis.answers import by_reason, rule, scenario
from tests.reports.exports import BASELINE, EVALUATION, SCENARIO, export

ENGLISH, CHINESE = Words(Language.ENGLISH), Words(Language.CHINESE)
IMPORTED = ImportReport("book.csv", 10, "0" * 64, 103, 101, 2, missing=(("score", 7),))
HOSTILE = "<script>alert('x')</script>"


class Page(HTMLParser):
    """What a reader sees, and what a browser would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "img", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(text for text in self.texts if text)

    def sections(self) -> list[str]:
        return [attributes["id"] or "" for tag, attributes in self.tags if tag == "section"]


def page(words: Words = ENGLISH, pictures: tuple[Picture, ...] = (), **given: object) -> Page:
    return Page(report_html(export(imported=IMPORTED, **given), words, pictures))


def test_every_part_is_there_in_order() -> None:
    assert page().sections() == [
        "summary",
        "charts",
        "changes",
        "figures",
        "policy",
        "rules",
        "reasons",
        "groups",
        "transitions",
        "assumptions",
        "data",
        "fingerprints",
        "appendix",
    ]


def test_without_a_grouping_there_is_no_part_for_it() -> None:
    assert "groups" not in page(grouping=None).sections()


def test_it_begins_with_what_the_scenario_does() -> None:
    words = export().headline(ENGLISH)
    assert ENGLISH.say(words) in page().text


def test_rows_of_the_file_are_accounted_for() -> None:
    assert "103 rows in the file = 101 loaded + 2 rejected." in page().text


def test_the_hash_of_all_inputs_is_that_of_the_manifest() -> None:
    assert inputs_hash(export()) in page().text


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_stands_with_its_formula(figure: str) -> None:
    found = page().text
    assert FIGURES[figure].name in found
    assert " ".join(FIGURES[figure].formula.split()) in found


def test_main_figures_carry_kind_date_and_denominator() -> None:
    text = report_html(export(imported=IMPORTED), ENGLISH)
    table = text[text.index('<section id="figures">') : text.index('<section id="policy">')]
    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in table.split("<tr>")[2:]]
    assert [row[0] for row in rows] == [FIGURES[figure].name for figure in MAIN_FIGURES]
    assert next(row for row in rows if row[0] == "Restricted rate")[4:7] == ["observed", "Jun 30, 2026", "Users"]


def test_the_policy_is_said_rule_by_rule() -> None:
    found = page().text
    assert "Low score (low_score) " in found
    assert "Score below 640" in found
    assert "switched off" in found


def test_what_changed_is_said() -> None:
    assert "Changed: Low score (low_score) Score below: 600 → 640" in page().text


def test_a_matrix_is_shown_whole() -> None:
    target = {
        "kind": "matrix",
        "rows": {"field": "score", "edges": [0, 600, 900]},
        "cells_are": "percent",
        "cells": [[50], [None]],
    }
    changed = scenario(
        rule("low_score", action={"kind": "cut", "target": target}), rule("new_line"), rule("idle", enabled=False)
    )
    given = Export.of(EVALUATION, BASELINE, changed, answers.book(), grouping=None, version="1")
    found = Page(report_html(given, ENGLISH)).text
    assert "0 to below 600 50 % 600 to below 900 —" in found


def test_a_rule_that_was_not_evaluated_is_said() -> None:
    assert "Rule x was left out." in page(warnings=(message("Rule x was left out."),)).text


def hostile(words: Words) -> Page:
    rules = tuple(one.model_copy(update={"name": Wording(en=HOSTILE, zh=HOSTILE)}) for one in SCENARIO.policy.rules)
    policy = SCENARIO.policy.model_copy(update={"rules": rules, "note": Wording(en=HOSTILE, zh=HOSTILE)})
    changed = SCENARIO.model_copy(update={"policy": policy, "name": Wording(en=HOSTILE, zh=HOSTILE)})
    given = Export.of(EVALUATION, BASELINE, changed, answers.book(), grouping="region", version="1")
    return Page(report_html(given, words, [Picture(HOSTILE, b"<svg onload='alert(1)'/>")]))


@pytest.mark.parametrize("words", [ENGLISH, CHINESE])
def test_nothing_in_it_can_run_or_load(words: Words) -> None:
    found = hostile(words)
    assert not {"script", "iframe", "object", "link"} & {tag for tag, _ in found.tags}
    attributes = [(name, value or "") for _, all_of_it in found.tags for name, value in all_of_it.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("data:image/") for name, value in attributes if name == "src")
    assert all(value.startswith("#") for name, value in attributes if name == "href")
    assert HOSTILE in found.text


def test_pictures_are_held_whole() -> None:
    pictures = (Picture("Score", b"<svg/>"), Picture("Trade-off", b"\x89PNG\r\n"))
    sources = [attributes["src"] for tag, attributes in page(pictures=pictures).tags if tag == "img"]
    assert sources == ["data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,iVBORw0K"]


def test_chinese_leaves_no_english_sentence() -> None:
    found = page(CHINESE)
    assert dict(found.tags)["html"]["lang"] == "zh-CN"
    english = [text for text in found.texts if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", text)]
    # The curve's own names, and what the policy says in English alone.
    assert not english


def test_the_same_inputs_give_the_same_text() -> None:
    assert report_html(export(), ENGLISH) == report_html(export(), ENGLISH)


def test_a_policy_that_touches_nobody_is_said_to() -> None:
    still = by_reason(("unchanged", "", "west", {"users": 5, "accounts": 5}))
    quiet = answers.evaluation(still)
    quiet = replace(quiet, rules=EVALUATION.rules)
    given = Export.of(quiet, BASELINE, SCENARIO, answers.book(), grouping=None, version="1")
    assert Page(report_html(given, ENGLISH)).text.count("Neither policy touches anyone.") == 2


def test_a_book_without_a_currency_has_a_dash() -> None:
    given = Export.of(
        EVALUATION, BASELINE, SCENARIO, replace(answers.book(), currency="XXX"), grouping=None, version="1"
    )
    found = Page(report_html(given, ENGLISH)).text
    assert "amounts in —" in found
    assert "¤" not in found


def test_groups_of_few_users_are_marked() -> None:
    assert "east (few) 15" in page(grouping="region").text


def test_more_groups_than_anyone_reads_are_left_to_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tables, "_MOST_GROUPS", 1)
    assert "The other 1 are in groups.csv." in page(grouping="region").text
