"""Policies as PostgreSQL text, run by a server of the test's own where PostgreSQL is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from desktop_app.engine.dialects import Dialect
from tests.engine.random_questions import Case, cases
from tests.engine.test_dialects import expected, own_table, text_of

_FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_TYPES = {
    pa.string(): "text",
    pa.date32(): "date",
    pa.int32(): "integer",
    pa.bool_(): "boolean",
}
_NONE = "\\N"

Ask = Callable[[str], str]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """What runs statements with psql and returns what it prints; the server listens to one socket alone."""
    programs = _FOUND[-1].parent
    # Neither root nor another user's folder will do for a server.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="greyline-postgres-") as name:
        folder = Path(name)
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")

        def run(*command: object, given: str | None = None) -> str:
            words = [*as_user, *map(str, command)]
            done = subprocess.run(words, input=given, capture_output=True, text=True, check=False, cwd=folder)
            assert done.returncode == 0, done.stderr
            return done.stdout

        data = folder / "data"
        run(programs / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            psql = ("psql", "-X", "-q", "--csv", "-t", "-P", f"null={_NONE}", "-v", "ON_ERROR_STOP=1", "-h", folder)
            yield lambda statements: run(*psql, "-d", "postgres", given=statements)
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def loaded(case: Case) -> str:
    """Statements that make the table `accounts` of the snapshot."""
    table = own_table(case)
    columns = ", ".join(f'"{field.name}" {_TYPES.get(field.type) or _decimal(field.type)}' for field in table.schema)
    rows = io.StringIO()
    writer = csv.writer(rows, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([[_NONE if value is None else value for value in row.values()] for row in table.to_pylist()])
    copied = f"COPY accounts FROM STDIN WITH (FORMAT csv, NULL '{_NONE}', FORCE_NULL ({_names(table)}));"
    return f"DROP TABLE IF EXISTS accounts; CREATE TABLE accounts ({columns});\n{copied}\n{rows.getvalue()}\\.\n"


def _names(table: pa.Table) -> str:
    return ", ".join(f'"{name}"' for name in table.column_names)


def _decimal(kind: pa.DataType) -> str:
    return f"numeric({kind.precision}, {kind.scale})"


def answered(text: str) -> list[tuple[str, str, str | None, Decimal]]:
    return [
        (account, outcome, None if reason == _NONE else reason, Decimal(limit))
        for account, outcome, reason, limit in csv.reader(io.StringIO(text))
    ]


if _FOUND and shutil.which("psql"):

    @pytest.mark.slow
    @pytest.mark.parametrize("start", range(700, 712, 3))
    def test_the_text_decides_as_the_engine_does(start: int, tmp_path: Path, ask: Ask) -> None:
        for case in cases(range(start, start + 3), tmp_path, pairs=3, most_rows=80, stressed=False):
            found = answered(ask(f"{loaded(case)}{text_of(case, Dialect.POSTGRES).rstrip()};\n"))
            assert sorted(found, key=lambda row: row[0].encode()) == sorted(
                expected(case), key=lambda row: row[0].encode()
            )
