"""Which outcomes are known, and the curve that fills a missing PD (domain rules, sections 2 and 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from desktop_app.domain.book import Book, PdCurve
from desktop_app.domain.columns import DEFAULT_DAYS_PAST_DUE, UNITS_PER_ONE, ColumnType
from desktop_app.engine.connection import Connection, first_row
from desktop_app.figures.pd_fit import STATED_INTERCEPT, STATED_RANGE, STATED_SLOPE, fit_logistic

# A snapshot is evidence when this share of its performing accounts has an outcome.
_KNOWN_SHARE = 0.9


def describe_evidence(cursor: Connection, book: Book) -> Book:
    """The book with its evidence date and its PD curve."""
    evidence = _evidence_date(cursor, book)
    return replace(book, evidence=evidence, pd_curve=_curve(cursor, book, evidence))


def _performing(book: Book) -> str:
    """The condition that an account is not in default, never unknown."""
    tests = []
    if "days_past_due" in book.names:
        tests.append(f"coalesce(days_past_due, 0) <= {DEFAULT_DAYS_PAST_DUE}")
    if "pd" in book.names:
        tests.append(f"coalesce(pd, 0) < {UNITS_PER_ONE[ColumnType.RATE]}")
    return " AND ".join(tests) or "true"


def _evidence_date(cursor: Connection, book: Book) -> date | None:
    if "default_12m" not in book.names:
        return None
    query = f"""
        SELECT snapshot_date FROM project.accounts WHERE {_performing(book)} GROUP BY snapshot_date
        HAVING count(default_12m) >= {_KNOWN_SHARE} * count(*) AND count(default_12m) > 0
        ORDER BY snapshot_date DESC LIMIT 1
    """
    found = first_row(cursor, query)
    return found[0] if found else None


def _curve(cursor: Connection, book: Book, evidence: date | None) -> PdCurve | None:
    if "score" not in book.names:
        return None
    standard = book.outcome is None or book.outcome.is_standard
    fitted = _fitted(cursor, book, evidence) if evidence is not None and standard else None
    return fitted or _stated(cursor)


def _stated(cursor: Connection) -> PdCurve | None:
    """The stated curve, for books whose scores all lie within its range."""
    low, high = first_row(cursor, "SELECT min(score), max(score) FROM project.accounts")
    if low is None or high is None or low < STATED_RANGE[0] or high > STATED_RANGE[1]:
        return None
    return PdCurve(STATED_INTERCEPT, STATED_SLOPE, fitted=False)


def _fitted(cursor: Connection, book: Book, evidence: date) -> PdCurve | None:
    treated = (
        "recorded_action IS NOT NULL AND recorded_action <> 'none'" if "recorded_action" in book.names else "false"
    )
    query = f"""
        SELECT CAST(score AS DOUBLE) AS score, CAST(count_if(NOT default_12m) AS BIGINT) AS goods,
            CAST(count_if(default_12m) AS BIGINT) AS bads, CAST(count_if({treated}) AS BIGINT) AS treated
        FROM project.accounts
        WHERE snapshot_date = ? AND {_performing(book)} AND default_12m IS NOT NULL AND score IS NOT NULL
        GROUP BY score ORDER BY score
    """
    found = {name: np.asarray(values) for name, values in cursor.execute(query, [evidence]).fetchnumpy().items()}
    line = fit_logistic(found["score"], found["goods"], found["bads"])
    if line is None:
        return None
    bads = int(found["bads"].sum())
    return PdCurve(*line, True, int(found["goods"].sum()) + bads, bads, int(found["treated"].sum()))
