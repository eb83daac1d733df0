"""The manifest of an export: what it was made from and how to check it; the same inputs give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop_app.domain.fingerprints import fingerprint, fingerprint_of
from desktop_app.domain.scenario import Scenario
from desktop_app.reports.export import Export, WrittenFile

FORMAT_VERSION = 1


def manifest(export: Export, files: Sequence[WrittenFile]) -> str:
    """The manifest as JSON, without a clock: nothing in it changes from one run to the next.

    Hashes are SHA-256: of the data with its mapping, of each document with everything in it, of all inputs together
    (`inputs_hash`), of each file's bytes. Files that lie elsewhere stand there by their name.
    """
    value = {
        "greyline": "export",
        "version": FORMAT_VERSION,
        **_inputs(export),
        "inputs_hash": inputs_hash(export),
        "csv": {
            "encoding": "UTF-8 with byte order mark",
            "line_end": "CRLF",
            "formulas_neutralised": export.settings.neutralise,
            "ids_masked": export.settings.masked,
        },
        "files": [_file(file) for file in files],
    }
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def inputs_hash(export: Export) -> str:
    """The hash of everything that figures were made from: two exports with the same have the same figures."""
    return fingerprint_of(json.dumps(_inputs(export), sort_keys=True, ensure_ascii=False))


def _inputs(export: Export) -> dict[str, Any]:
    return {
        "program": {"name": "Greyline", "version": export.version},
        "data": _data(export),
        "baseline": _scenario(export.baseline),
        "scenario": _scenario(export.scenario),
        "grouping": export.grouping,
    }


def _data(export: Export) -> dict[str, Any]:
    book = export.book
    return {
        "name": book.name,
        "source": book.source,
        "hash": book.data_hash,
        "as_of": book.as_of.isoformat(),
        "currency": book.currency,
        "accounts": book.accounts,
        "users": book.users,
    }


def _scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "name": scenario.name.model_dump(mode="json"),
        "policy": {"id": scenario.policy.id, "hash": fingerprint(scenario.policy)},
        "assumptions": {
            "hash": fingerprint(scenario.assumptions),
            "values": scenario.assumptions.model_dump(mode="json"),
        },
        "stress": {"hash": fingerprint(scenario.stress), "values": scenario.stress.model_dump(mode="json")},
    }


def _file(file: WrittenFile) -> dict[str, Any]:
    rows = {} if file.rows is None else {"rows": file.rows}
    return {"name": file.name, **rows, "bytes": file.bytes, "sha256": file.sha256}
