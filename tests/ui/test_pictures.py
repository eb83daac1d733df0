"""Pictures of the window."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.text.language import Language
from desktop_app.ui.pictures import take_pictures
from desktop_app.ui.theme import Theme
from desktop_app.workspace.workspace import Workspace


def test_every_view_is_taken_at_its_size(qapp: QApplication, workspace: Workspace, tmp_path: Path) -> None:
    views = (
        "desk",
        "trade_off",
        "rules",
        "risk",
        "accounts",
        "compare",
        "data",
        "changes",
        "suppositions",
        "export",
        "rule",
        "rule-action",
        "rule-reason",
        "baseline",
        "import",
    )
    taken = take_pictures(workspace, tmp_path, [Language.CHINESE], [Theme.DARK])
    assert [path.stem for path in taken] == [f"{view}-zh-dark" for view in views]
    windows = [path for path in taken if not path.stem.startswith("export")]
    assert all((QImage(str(path)).width(), QImage(str(path)).height()) == (1280, 800) for path in windows)
    assert workspace.words.language is Language.ENGLISH
    assert workspace.desk.active == "scenario-1"
