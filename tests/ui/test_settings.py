"""What the window remembers."""

from pathlib import Path

import pytest

from desktop_app.text.language import Language
from desktop_app.ui.settings import PINNED, Settings, SettingsFile
from desktop_app.ui.theme import Theme


def test_settings_come_back(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "deep" / "window.json").change(language=Language.CHINESE, theme=Theme.DARK)
    settings = SettingsFile(tmp_path / "deep" / "window.json").settings
    assert (settings.language, settings.theme) == (Language.CHINESE, Theme.DARK)


def test_first_start_has_the_usual_figures(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "window.json").settings.pinned == PINNED


@pytest.mark.parametrize("content", [b"", b"{", b'{"theme": "pink"}', b"\xff\xfe", b'{"pinned": ["el"]}'])
def test_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "window.json").write_bytes(content)
    assert SettingsFile(tmp_path / "window.json").settings == Settings()


def test_unwritable_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = SettingsFile(tmp_path / "file" / "window.json")
    file.change(theme=Theme.DARK)
    assert file.settings.theme is Theme.DARK
