"""The first rows of a staging database, as they are stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import duckdb

from desktop_app.engine.connection import OFF

StoredValue: TypeAlias = "str | int | bool | Decimal | date | None"


def stored_rows(staging: Path, count: int) -> tuple[tuple[str, ...], tuple[tuple[StoredValue, ...], ...]]:
    """The columns' names and the first rows: money in minor units, rates in millionths, ratios in ten-thousandths."""
    connection = duckdb.connect(str(staging), read_only=True, config=dict.fromkeys(OFF, "false"))
    try:
        found = connection.execute("SELECT * FROM accounts ORDER BY rowid LIMIT ?", [count])
        names = tuple(str(item[0]) for item in found.description or ())
        return names, tuple(found.fetchall())
    finally:
        connection.close()
