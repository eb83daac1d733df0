"""The rows that an import left out, as the project keeps them: all of them, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator

from desktop_app.domain.plans import Reject
from desktop_app.domain.problems import Message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible

_BATCH = 10_000
_QUERY = 'SELECT line, "column", reason, reason_values, raw FROM project.rejects ORDER BY rowid'


def stored_rejects(cursor: Connection, watch: Watch) -> Iterator[Reject]:
    """Every reject in the order of the file; raises BookUnusable or Cancelled."""
    with interruptible(cursor, watch):
        cursor.execute(_QUERY)
        while rows := cursor.fetchmany(_BATCH):
            for line, column, reason, values, raw in rows:
                yield Reject(line, column, Message(reason, tuple(json.loads(values or "{}").items())), raw)
