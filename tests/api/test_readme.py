"""What the README shows of the notebook face runs as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from tests.reference import samples
from tests.small_projects import BOOK, TYPES, mapping_of

README = Path(__file__).parents[2] / "README.md"


def test_the_notebook_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    (tmp_path / "mapping.json").write_text(mapping_of(BOOK, types=TYPES).to_json(), encoding="utf-8")
    document = samples.policy(samples.rule("low", "block"))
    (tmp_path / "policy.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(snippet, names)
    summary = names["result"].summary
    assert isinstance(summary, pd.DataFrame)
    row = summary[(summary["figure"] == "users_blocked") & (summary["policy"] == "scenario")]
    assert row["value"].item() == 2
