"""kill -9 in an import and in a scan: nothing committed is lost, nothing private stays."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.workspace.opening import import_project
from tests.faults.conftest import ALL_STEPS, steps_of
from tests.faults.processes import killed_together
from tests.small_projects import BOOK, ONE_THREAD, mapping_of

IMPORTING = """
    import sys, time
    from datetime import date
    from pathlib import Path
    from desktop_app.domain.watch import CancelWatch
    from desktop_app.workspace.opening import import_project
    class Watch(CancelWatch):
        def report(self, stage, done, total):
            print(stage, flush=True)
            time.sleep(60)
    folder = Path(sys.argv[1])
    import_project(folder / "book.csv", None, folder / "book.greyline", Watch(), date(2026, 1, 31))
    """
SCANNING = """
    import sys
    from pathlib import Path
    from desktop_app.engine.project import Project
    project = Project.open(Path(sys.argv[1]))
    for step in range(1, 21):
        project.write_entry(step, f'"step {step}"')
    cursor = project.cursor("interactive")
    cursor.execute("CREATE TABLE prepared.personal AS SELECT '13800000000' AS phone FROM range(1000)")
    print("scanning", flush=True)
    cursor.execute("SELECT count(*) FROM range(1000000000) a, range(1000) b, project.accounts WHERE a.range <> b.range")
    """


@pytest.fixture(scope="module")
def killed_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an import and a scan leave that were killed; copy it."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "import").mkdir()
    (folder / "scan").mkdir()
    (folder / "import" / "book.csv").write_text(BOOK, encoding="utf-8")
    scanned = shutil.copy(made, folder / "scan" / "book.greyline")
    killed_together((IMPORTING, folder / "import"), (SCANNING, scanned))
    return folder


@pytest.fixture
def left(killed_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed_once, tmp_path / "left"))


def test_a_killed_import_leaves_no_project(left: Path) -> None:
    assert not (left / "import" / "book.greyline").exists()


def test_a_killed_import_leaves_its_folder_closed_to_others(left: Path) -> None:
    (private,) = (left / "import").glob("book.greyline.importing-*")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_the_next_import_purges_what_a_killed_one_left(left: Path) -> None:
    folder = left / "import"
    import_project(folder / "book.csv", mapping_of(BOOK), folder / "book.greyline", CancelWatch()).close()
    assert {path.name for path in folder.iterdir()} == {"book.csv", "book.greyline"}


def test_a_kill_in_a_scan_loses_no_step(left: Path) -> None:
    assert steps_of(left / "scan" / "book.greyline") == ALL_STEPS


def test_what_a_killed_scan_left_is_purged_at_the_next_start(left: Path) -> None:
    files = ProjectFiles(left / "scan" / "book.greyline")
    assert list(files.private.glob("prepared*"))
    assert stat.S_IMODE(files.private.stat().st_mode) == 0o700
    project = Project.open(files.path, ONE_THREAD)
    tables = project.cursor("interactive").execute("SELECT table_name FROM duckdb_tables()").fetchall()
    project.close()
    assert ("personal",) not in tables
    assert not files.private.exists()
