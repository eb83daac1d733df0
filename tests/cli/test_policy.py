"""`greyline policy`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import greyline
from tests.reference.samples import policy, rule


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def written(folder: Path, name: str, document: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_two_policies_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    two = written(tmp_path, "b.json", policy(rule("low", "refer")))
    assert greyline("policy", "diff", one, two) == 0
    assert capsys.readouterr().out == "Changed: low\n  action: Block → Refer to manual review\n"


def test_a_policy_is_compared_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    assert greyline("policy", "diff", one, one) == 0
    assert capsys.readouterr().out == "The two policies decide the same, in the same words.\n"
