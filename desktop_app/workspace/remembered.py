"""Mappings that the user confirmed, proposed again for the same headings.

One JSON file in the user's data folder; a mapping is found by the headings that it was confirmed for, written alike
whatever their case, width and spaces.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from desktop_app.domain.mapping import Mapping, headings_of
from desktop_app.domain.problems import DocumentInvalid
from desktop_app.readers.suggest import suggest_mapping
from desktop_app.text.aliases import plain

FILE = "mappings.json"
# The oldest are forgotten.
KEPT = 50
# Share of all headings, the file's and the remembered ones, that must stand in both.
_LIKE = 0.6

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Confirmed:
    headings: frozenset[str]
    mapping: Mapping


class Remembered:
    """The mappings in one file; a damaged one counts as empty and is written anew."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def of_user(cls) -> Self:
        """Those of the user of this machine."""
        return cls(user_data_path("greyline", appauthor=False) / FILE)

    def recall(self, headings: Sequence[str]) -> Mapping | None:
        """The mapping confirmed last for the headings most like these, None where none is like or fits.

        It fits where every heading that it reads stands in the file.
        """
        wanted, there = _key(headings), set(headings)
        best, likeness = None, _LIKE
        for confirmed in self._read():
            alike = len(wanted & confirmed.headings) / max(len(wanted | confirmed.headings), 1)
            if alike >= likeness and _read_by(confirmed.mapping) <= there:
                best, likeness = confirmed.mapping, alike
        return best

    def proposed(self, headings: Sequence[str]) -> Mapping:
        """What is recalled, else what the headings say by themselves."""
        return self.recall(headings) or suggest_mapping(headings)

    def keep(self, headings: Sequence[str], mapping: Mapping) -> None:
        """Remember that this mapping was confirmed for these headings, in place of an earlier one."""
        key = _key(headings)
        others = [confirmed for confirmed in self._read() if confirmed.headings != key]
        kept = [*others, _Confirmed(key, mapping)][-KEPT:]
        document = [{"headings": sorted(c.headings), "mapping": json.loads(c.mapping.to_json())} for c in kept]
        part = self._file.with_name(self._file.name + ".part")
        # What cannot be remembered is asked again: no reason to fail an import that went well.
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self._file)
        except OSError as error:
            _log.warning("mappings are not remembered: %s", error)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _read(self) -> list[_Confirmed]:
        """All of them, the latest last."""
        try:
            document = json.loads(self._file.read_text(encoding="utf-8"))
            return [_confirmed(entry, self._file.name) for entry in document]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError, RecursionError, DocumentInvalid) as error:
            _log.warning("remembered mappings cannot be read: %s", error)
            return []


def _confirmed(entry: dict[str, object], where: str) -> _Confirmed:
    headings = entry["headings"]
    if not isinstance(headings, list):
        raise TypeError("headings must be a list")
    return _Confirmed(frozenset(map(str, headings)), Mapping.from_json(json.dumps(entry["mapping"]), where))


def _key(headings: Sequence[str]) -> frozenset[str]:
    return frozenset(plain(heading) for heading in headings)


def _read_by(mapping: Mapping) -> set[str]:
    """The headings that the mapping reads."""
    return set().union(*(headings_of(how.value) for how in mapping.columns.values()))
