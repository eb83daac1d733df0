"""Attaching a project: inspected as a stranger's file first, and every failure told in one sentence."""

from __future__ import annotations

import re
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from desktop_app.domain.problems import BookUnusable, Message, Problem, ProjectDamaged, ProjectInUse, message
from desktop_app.engine.connection import Connection, is_damage, translated
from desktop_app.engine.project_files import ProjectFiles

TABLES = frozenset({"accounts", "rejects", "journal", "meta"})
_WAL_SUFFIX = ".wal"
_WALS_KEPT = 3
# How long lanes that are still reading may keep a file that is to be attached anew.
_SECONDS_TO_LEAVE = 60.0
_SECONDS_BETWEEN = 0.01

# What a stranger's file can hold that runs, or changes what our questions mean.
_FOREIGN = """
SELECT 'macro' AS kind, function_name AS name FROM duckdb_functions() WHERE database_name = 'project' AND NOT internal
UNION ALL
SELECT 'view', view_name FROM duckdb_views() WHERE database_name = 'project' AND NOT internal
UNION ALL
SELECT 'trigger', trigger_name FROM duckdb_triggers() WHERE database_name = 'project'
UNION ALL
SELECT 'constraint', table_name FROM duckdb_constraints()
WHERE database_name = 'project' AND constraint_type <> 'NOT NULL'
UNION ALL
SELECT 'computed column', column_name FROM duckdb_columns()
WHERE database_name = 'project' AND NOT internal AND (is_generated OR column_default IS NOT NULL)
ORDER BY ALL LIMIT 1
"""
_TABLES_OF = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'project' AND schema_name = 'main'"


def attach_project(cursor: Connection, files: ProjectFiles) -> tuple[Message, ...]:
    """Attach `files.path` as "project" for writing; returns what the user should know.

    Raises ProjectInUse, ProjectDamaged, or BookUnusable where it is no project of ours or holds what could run.
    """
    kept = keep_wal(files)
    try:
        _inspected(cursor, files.path)
        return ()
    except duckdb.Error as error:
        if kept is None or not _is_trouble_of_wal(error):
            raise problem_of(error, files.path) from error
    # The file itself is as of its last checkpoint, and our own log has the commits since.
    files.wal.unlink()
    try:
        _inspected(cursor, files.path)
    except duckdb.Error as error:
        raise problem_of(error, files.path) from error
    text = "The database's own log of {file} was damaged or not its own; it was set aside as {kept}."
    return (message(text, file=files.path.name, kept=f"{files.backups.name}/{kept.name}"),)


def attach_again(cursor: Connection, files: ProjectFiles) -> None:
    """Detach an invalidated project and attach it anew, once other cursors have left it."""
    try:
        cursor.execute("DETACH DATABASE IF EXISTS project")
    except duckdb.IOException as error:
        # On a full disk it is detached without a checkpoint; the log has what the file has not.
        if "Detached database" not in str(error):
            raise problem_of(error, files.path) from error
    patience = time.monotonic() + _SECONDS_TO_LEAVE
    while True:
        try:
            cursor.execute(f"ATTACH {quoted(files.path)} AS project")
            return
        except duckdb.ResourceInUseException as error:
            if time.monotonic() > patience:
                raise problem_of(error, files.path) from error
            time.sleep(_SECONDS_BETWEEN)
        except duckdb.Error as error:
            raise problem_of(error, files.path) from error


def is_attached(cursor: Connection) -> bool:
    """Whether "project" can be read: the database may have given it up, or another file instead."""
    try:
        cursor.execute("SELECT count(*) FROM project.meta").fetchall()
    except duckdb.Error:
        return False
    return True


def keep_wal(files: ProjectFiles) -> Path | None:
    """Copy the log that a crash left aside, since opening deletes it; the last few are kept."""
    if not files.wal.is_file() or not files.wal.stat().st_size:
        return None
    files.backups.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = files.backups / f"{stamp}{_WAL_SUFFIX}"
    try:
        shutil.copyfile(files.wal, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        text = message(
            "{file}: the log that a crash left cannot be copied aside ({reason}); free disk space and open it again.",
            file=files.path.name,
            reason=str(error),
        )
        raise BookUnusable(text) from error
    for old in sorted(files.backups.glob(f"*{_WAL_SUFFIX}"))[:-_WALS_KEPT]:
        old.unlink()
    return target


def problem_of(error: duckdb.Error, path: Path) -> Problem:
    """Why a project cannot be attached."""
    details, words = translated(error).details, str(error)
    if "Could not set lock" in words:
        return _locked(words, path, details)
    if is_damage(error):
        text = message("{file}: the file is damaged; it is left as it is.", file=path.name)
        return ProjectDamaged(text, details)
    if "not a valid DuckDB database file" in words or isinstance(error, duckdb.CatalogException):
        return BookUnusable(message("{file}: this is no Greyline project.", file=path.name), details)
    if "newer version" in words or "version number" in words:
        text = message("{file}: made by a newer version of Greyline; open it with that one.", file=path.name)
        return BookUnusable(text, details)
    return BookUnusable(message("{file}: the project cannot be opened; the details say why.", file=path.name), details)


def quoted(path: Path) -> str:
    """A path as an SQL text; ATTACH takes no parameters."""
    return "'" + str(path).replace("'", "''") + "'"


def _inspected(cursor: Connection, path: Path) -> None:
    """Attach read-only, look for what could run, and only then attach for writing."""
    cursor.execute(f"ATTACH {quoted(path)} AS project (READ_ONLY)")
    try:
        refuse_foreign(cursor, path)
    finally:
        cursor.execute("DETACH project")
    cursor.execute(f"ATTACH {quoted(path)} AS project")


def refuse_foreign(cursor: Connection, path: Path) -> None:
    """Raise BookUnusable where the file attached as "project" holds anything but our tables' rows."""
    found = cursor.execute(_FOREIGN).fetchall()
    if found:
        kind, name = found[0]
        text = (
            '{file}: holds a macro, view or trigger that no Greyline project does (the {kind} "{name}") and that could '
            "run or falsify figures; it was not opened. Ask its sender for the book itself."
            if kind in _RUNS
            else '{file}: holds the {kind} "{name}" that no Greyline project does and that could falsify figures; it '
            "was not opened. Ask its sender for the book itself."
        )
        raise BookUnusable(message(text, file=path.name, kind=_KINDS[kind], name=name))
    # Further tables and schemas are harmless: every name of ours is said in full.
    if not {row[0] for row in cursor.execute(_TABLES_OF).fetchall()} >= TABLES:
        raise BookUnusable(message("{file}: this is no Greyline project.", file=path.name))


_RUNS = {"macro", "view", "trigger"}
_KINDS = {
    "macro": message("macro"),
    "view": message("view"),
    "trigger": message("trigger"),
    "constraint": message("constraint on the table"),
    "computed column": message("computed column"),
}


def _locked(words: str, path: Path, details: tuple[Message, ...]) -> Problem:
    found = re.search(r"\(PID (\d+)\)", words)
    if found is None:
        text = message("{file}: open in another program; close it there, or open a read-only copy.", file=path.name)
        return ProjectInUse(text, details)
    text = message(
        "{file}: open in another program (process {pid}); close it there, or open a read-only copy.",
        file=path.name,
        pid=int(found[1]),
    )
    return ProjectInUse(text, details)


def _is_trouble_of_wal(error: duckdb.Error) -> bool:
    return "WAL" in str(error)
