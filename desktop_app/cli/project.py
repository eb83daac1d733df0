"""`greyline project`: check a project file, compact it, list its backups, restore one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from desktop_app.cli.parsing import Commands, examples
from desktop_app.cli.terminal import Terminal, TerminalWatch
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine.project_backups import Backup, list_backups, newest_good, restore
from desktop_app.engine.project_compact import compact
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.text.words import Words
from desktop_app.workspace.checking import check
from desktop_app.workspace.disk_space import shown_bytes

FAULTY = 1
_Result = TypeVar("_Result")
_SHOWN_TIME = "%Y-%m-%d %H:%M UTC"


def add_to(commands: Commands, words: Words) -> None:
    """Declare the command and its own commands."""
    say = words.translate
    text = say("check, compact or restore a project file")
    project = commands.add_parser("project", help=text, description=text)
    own = project.add_subparsers(metavar="ACTION", required=True)
    _add(own, words, "check", _check, say("read every block of a project and add up what should add up"))
    command = _add(own, words, "compact", _compact, say("write a project anew, so that nothing deleted is left in it"))
    command.add_argument("--forget-backups", action="store_true", help=say("delete its backups too"))
    _add(own, words, "backups", _backups, say("list a project's backups"))
    command = _add(own, words, "restore", _restore, say("put a project together from its newest good backup"))
    command.add_argument("--backup", metavar="NAME", help=say("the backup to take, by its file name"))
    command.add_argument("--to", metavar="FILE", type=Path, help=say("the file to write; it may not exist"))


def _add(
    own: Commands, words: Words, name: str, run: Callable[[argparse.Namespace, Terminal], int], text: str
) -> argparse.ArgumentParser:
    epilog = examples(words, f"greyline project {name} tape.greyline")
    command = own.add_parser(name, help=text, description=text, epilog=epilog)
    command.add_argument("file", metavar="FILE", type=Path, help=words.translate("the project (.greyline)"))
    command.set_defaults(run=run)
    return command


def _check(chosen: argparse.Namespace, terminal: Terminal) -> int:
    report = _watched(terminal, lambda watch: check(chosen.file, watch))
    for table, rows in report.rows.items():
        terminal.say(message("{table}: {rows} rows read.", table=table, rows=rows))
    for fault in report.faults:
        terminal.say(fault)
    if report.faults:
        return FAULTY
    terminal.say(message("{file}: all is well.", file=chosen.file.name))
    return 0


def _compact(chosen: argparse.Namespace, terminal: Terminal) -> int:
    done = _watched(terminal, lambda watch: compact(chosen.file, watch, forget=chosen.forget_backups))
    terminal.say(
        message(
            "{file}: written anew, {before} before, {after} now.",
            file=chosen.file.name,
            before=shown_bytes(done.before),
            after=shown_bytes(done.after),
        )
    )
    files = ProjectFiles(chosen.file)
    if files.backups.exists():
        text = "{folder} still has what was deleted; --forget-backups deletes it."
        terminal.say(message(text, folder=files.backups.name))
    return 0


def _backups(chosen: argparse.Namespace, terminal: Terminal) -> int:
    found = list_backups(ProjectFiles(chosen.file))
    for backup in found:
        text = "{time}, after {commits} changes: {file}"
        terminal.say(message(text, time=backup.at.strftime(_SHOWN_TIME), commits=backup.commits, file=backup.path.name))
    if not found:
        terminal.say(message("{file}: there is no backup.", file=chosen.file.name))
    return 0


def _restore(chosen: argparse.Namespace, terminal: Terminal) -> int:
    backup = _chosen_backup(chosen.file, chosen.backup)
    target: Path = chosen.to or _beside(chosen.file)
    _watched(terminal, lambda watch: restore(backup, target, watch))
    text = "The backup of {time} is now {target}; {file} is as it was."
    terminal.say(message(text, time=backup.at.strftime(_SHOWN_TIME), target=str(target), file=chosen.file.name))
    return 0


def _chosen_backup(file: Path, name: str | None) -> Backup:
    files = ProjectFiles(file)
    found: Sequence[Backup | None] = (
        [newest_good(files)] if name is None else [one for one in list_backups(files) if one.path.name == name]
    )
    if not found or found[0] is None:
        raise BookUnusable(message("{file}: there is no such backup.", file=file.name))
    return found[0]


def _beside(file: Path) -> Path:
    """A name for the restored project that nothing has yet."""
    names = [f"{file.stem}.restored{file.suffix}", *(f"{file.stem}.restored-{n}{file.suffix}" for n in range(2, 100))]
    return next(path for name in names if not (path := file.with_name(name)).exists())


def _watched(terminal: Terminal, work: Callable[[TerminalWatch], _Result]) -> _Result:
    with terminal.working() as watch:
        return work(watch)
