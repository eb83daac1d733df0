"""A disk that takes no more: at an import, a commit, a checkpoint, a backup, an export."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable, ExportFailed, ImportFailed, Problem
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_backups import list_backups
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.readers.inspect import inspect
from desktop_app.reports.export import Targets
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace import disk_space
from desktop_app.workspace.canonical import convert
from desktop_app.workspace.desk import BASELINE, Desk, no_policy, scenario_of
from desktop_app.workspace.exporting import Wanted, write_simulation
from desktop_app.workspace.import_report import write_import_report
from desktop_app.workspace.importing import import_inline
from desktop_app.workspace.opening import import_project
from desktop_app.workspace.simulation import Asked, simulate
from desktop_app.workspace.workspace import Workspace
from tests.faults.conftest import ALL_STEPS, steps_of, write_steps
from tests.faults.processes import no_file_grows_beyond, on_a_small_disk
from tests.small_projects import BOOK, ONE_THREAD, mapping_of, policy

LARGE = "x" * 100_000


def import_here(folder: Path) -> None:
    (folder / "book.csv").write_text(BOOK, encoding="utf-8")
    import_project(folder / "book.csv", mapping_of(BOOK), folder / "book.greyline", CancelWatch()).close()


def write_table(project: Project, folder: Path) -> None:
    """The book's own file as canonical CSV."""
    folder.mkdir(exist_ok=True)
    source = project.path.parent / "source.csv"
    if not source.exists():
        source.write_text(BOOK, encoding="utf-8")
    convert(inspect(source), folder / "book.csv", str, CancelWatch())


def write_report(project: Project, folder: Path) -> None:
    """The import report as CSV."""
    write_import_report(project, folder, str, CancelWatch())


def give_up(project: Project) -> None:
    """Have the database give the project up: a checkpoint that the disk refuses."""
    write_steps(project)
    for key in range(30):
        project.write_note(f"large {key}", LARGE + str(key))
    files = ProjectFiles(project.path)
    with no_file_grows_beyond(files.path.stat().st_size), pytest.raises(Exception, match="has been invalidated"):
        project.cursor("background").execute("CHECKPOINT project")


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportFailed, list[str]]:
    """What an import on a full disk said, and the files that it left."""
    folder = tmp_path_factory.mktemp("full")
    with no_file_grows_beyond(100_000), pytest.raises(ImportFailed) as raised:
        import_here(folder)
    return raised.value, [path.name for path in folder.iterdir()]


def test_a_full_disk_in_an_import_is_told_with_figures(refused: tuple[ImportFailed, list[str]]) -> None:
    assert re.search(r"takes about 16\.\d MB of disk, and .* free", str(refused[0]))


def test_a_full_disk_in_an_import_leaves_nothing(refused: tuple[ImportFailed, list[str]]) -> None:
    assert refused[1] == ["book.csv"]


def test_a_full_disk_while_the_project_is_made_leaves_nothing(tmp_path: Path) -> None:
    source, staging = tmp_path / "book.csv", tmp_path / "staging.duckdb"
    source.write_text(BOOK, encoding="utf-8")
    book, report = import_inline(source, mapping_of(BOOK), staging, CancelWatch())
    found = (book, report, mapping_of(BOOK))
    with no_file_grows_beyond(500_000), pytest.raises(Problem, match="nothing was imported"):
        Project.create(tmp_path / "book.greyline", staging, found, CancelWatch(), ONE_THREAD)
    assert {path.name for path in tmp_path.iterdir()} == {"book.csv", "staging.duckdb"}


def test_an_import_without_room_does_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_space, "_ALWAYS", 1 << 60)
    with pytest.raises(ImportFailed, match="Free disk space or import into another folder"):
        import_here(tmp_path)


def test_a_step_that_the_disk_refused_is_told(project: Project) -> None:
    write_steps(project)
    wal = ProjectFiles(project.path).wal.stat().st_size
    with no_file_grows_beyond(wal), pytest.raises(BookUnusable, match="The disk is full"):
        project.write_note("large", LARGE)


def test_the_session_goes_on_after_a_refused_step(project: Project) -> None:
    write_steps(project)
    wal = ProjectFiles(project.path).wal.stat().st_size
    with no_file_grows_beyond(wal), pytest.raises(BookUnusable):
        project.write_note("large", LARGE)
    project.write_note("small", "kept")
    assert (project.note("large"), project.note("small")) == (None, "kept")


def test_a_project_given_up_at_a_checkpoint_is_written_on(project: Project) -> None:
    give_up(project)
    project.write_note("after", "kept")
    assert project.note("after") == "kept"
    assert len(project.entries()) == len(ALL_STEPS)


def test_the_user_is_told_once_that_it_was_opened_again(project: Project) -> None:
    give_up(project)
    project.write_note("after", "kept")
    assert [str(notice) for notice in project.take_notices()] == [
        "The disk was full while the project was being written. It was opened again: nothing is lost."
    ]
    assert not project.take_notices()


def test_an_answer_that_met_a_project_given_up_is_asked_again(project: Project) -> None:
    first = scenario_of(policy(), "scenario")
    desk = Desk(scenario_of(policy(), BASELINE), (first,), first.id)
    workspace = Workspace(project, desk, Words(Language.ENGLISH))
    workspace.flush()
    give_up(project)
    request = workspace.question()
    assert workspace.job(request)(CancelWatch()).key == request.key
    workspace.close()


def test_a_crash_after_a_checkpoint_that_failed_loses_nothing(path: Path) -> None:
    project = Project.open(path, ONE_THREAD)
    give_up(project)
    project.close()
    assert ProjectFiles(path).wal.exists()
    assert steps_of(path) == ALL_STEPS


def test_a_backup_that_the_disk_refused_leaves_nothing(project: Project) -> None:
    write_steps(project)
    with no_file_grows_beyond(100_000), pytest.raises(BookUnusable):
        project.back_up(CancelWatch())
    files = ProjectFiles(project.path)
    assert not list_backups(files)
    assert not list(files.backups.glob("*"))
    assert len(project.entries()) == len(ALL_STEPS)


SMALL_DISK = """
    import os, shutil, sys
    from pathlib import Path
    from desktop_app.domain.problems import BookUnusable
    from desktop_app.engine.project import Project
    disk = Path(sys.argv[2])
    path, other = Path(shutil.copy(sys.argv[1], disk / "book.greyline")), disk / "other"
    other.write_bytes(bytes(3_000_000))
    project, written = Project.open(path), 0
    try:
        while written < 100:
            project.write_note(f"large {written}", os.urandom(100_000).hex())
            written += 1
    except BookUnusable as problem:
        print(problem)
    assert project.note(f"large {written - 1}") and project.note(f"large {written}") is None
    project.close()
    other.unlink()
    project = Project.open(path)
    assert project.note(f"large {written - 1}"), "lost"
    project.close()
    """
EXPORTS = """
    import os, resource, sys
    from pathlib import Path
    from desktop_app.domain.problems import ExportFailed
    from desktop_app.domain.watch import CancelWatch
    from desktop_app.engine.project import Project
    from desktop_app.reports.export import Targets
    from desktop_app.text.language import Language
    from desktop_app.text.words import Words
    from desktop_app.workspace.desk import no_policy
    from desktop_app.workspace.exporting import Wanted, write_simulation
    from desktop_app.workspace.simulation import Asked, simulate
    def files():
        return {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path != other}
    def fill():
        if not os.path.ismount(disk):
            return resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with other.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                file.truncate(file.tell() - 8192)
    project, disk = Project.open(Path(sys.argv[1])), Path(sys.argv[2])
    other = disk / "other"
    simulation = simulate(project, Asked(no_policy(), no_policy()), "background", CancelWatch())
    targets = Targets(disk / "out", disk / "out" / "impact.xlsx", disk / "reports" / "report.html")
    wanted = Wanted(targets, Words(Language.ENGLISH))
    write_simulation(project, simulation, wanted, CancelWatch())
    before = files()
    fill()
    try:
        write_simulation(project, simulation, wanted, CancelWatch())
    except ExportFailed as problem:
        print(problem)
    assert files() == before, "something was left or lost"
    os._exit(0)
    """


def test_a_real_disk_that_is_full_loses_nothing(made: Path, tmp_path: Path) -> None:
    said = on_a_small_disk(tmp_path / "disk", "9m", SMALL_DISK, made, tmp_path / "disk", blocks=6000)
    assert "The disk is full; nothing of this was written." in said or "opened again" in said


def test_an_export_to_a_real_disk_that_is_full_leaves_the_earlier_one(made: Path, tmp_path: Path) -> None:
    said = on_a_small_disk(tmp_path / "disk", "1m", EXPORTS, made, tmp_path / "disk", blocks=200_000)
    assert said == f"{tmp_path}/disk/out: there is not enough room on the disk; free some, or choose another folder.\n"


@pytest.mark.parametrize("target", ["folder", "workbook", "report"])
def test_an_export_on_a_full_disk_leaves_nothing(project: Project, tmp_path: Path, target: str) -> None:
    simulation = simulate(project, Asked(no_policy(), no_policy()), "background", CancelWatch())
    (tmp_path / "exports").mkdir()
    with no_file_grows_beyond(1_000), pytest.raises(ExportFailed, match="not enough room on the disk"):
        targets = Targets(**{target: tmp_path / "exports" / "out"})
        write_simulation(project, simulation, Wanted(targets, Words(Language.ENGLISH)), CancelWatch())
    assert list((tmp_path / "exports").iterdir()) == []


@pytest.mark.parametrize("write", [write_table, write_report])
def test_a_table_written_on_a_full_disk_leaves_the_earlier_one(
    project: Project, tmp_path: Path, write: Callable[[Project, Path], object]
) -> None:
    write(project, tmp_path / "written")
    before = {path.name: path.read_bytes() for path in (tmp_path / "written").iterdir()}
    with no_file_grows_beyond(10), pytest.raises(ExportFailed, match="not enough room on the disk"):
        write(project, tmp_path / "written")
    assert {path.name: path.read_bytes() for path in (tmp_path / "written").iterdir()} == before
