"""What the window remembers: language, theme, size, pinned figures; a small JSON file in the user's folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path
from pydantic import Field, StrictBool, StrictStr

from desktop_app.domain.documents import Document
from desktop_app.domain.problems import DocumentInvalid
from desktop_app.text.language import Language
from desktop_app.ui.theme import Theme

PINNED: tuple[str, ...] = ("users_blocked", "users_restricted", "restricted_rate", "ead", "el", "el_avoided")

_log = logging.getLogger(__name__)


class Settings(Document):
    """The window's memory; language None follows the system.

    Attributes: geometry and the splits (a splitter's name, its state) are Qt's own, in base 64; page is the one under
    the desk; drawer is the panel that is open at the right, "" for none; lens is a figure, "" for none;
    account_columns are those of the table of accounts, none for the usual ones, and masked says whether its ids are
    codes; compared are the figures of the page Compare, none for the usual ones; export_folder is where the last
    export went, "" for nowhere yet.
    """

    greyline: Literal["settings"] = "settings"
    version: Literal[1] = 1
    language: Language | None = None
    theme: Theme = Theme.SYSTEM
    geometry: StrictStr = ""
    splits: tuple[tuple[StrictStr, StrictStr], ...] = ()
    page: StrictStr = "groups"
    drawer: StrictStr = ""
    lens: StrictStr = ""
    account_columns: tuple[StrictStr, ...] = ()
    masked: StrictBool = False
    compared: tuple[StrictStr, ...] = ()
    export_folder: StrictStr = ""
    pinned: Annotated[tuple[StrictStr, ...], Field(min_length=6, max_length=6)] = PINNED


class SettingsFile:
    """Where the settings are kept; a file that cannot be read or written never stops the program."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_config_path("greyline", appauthor=False) / "window.json"
        self.settings = self._read()

    def change(self, **values: object) -> None:
        """Keep other values, and write the file at once."""
        self.settings = Settings.model_validate({**self.settings.__dict__, **values})
        temporary = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(self.settings.to_json(), encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            _log.warning("settings not kept: %s", error)

    def _read(self) -> Settings:
        try:
            return Settings.from_json(self._path.read_text(encoding="utf-8"), self._path.name)
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError, DocumentInvalid) as error:
            _log.warning("settings not read: %s", error)
            return Settings()
