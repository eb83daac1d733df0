"""The journal: every step written to the project as it happens, so that a crash loses nothing.

One thread writes, in order; the window never waits for the disk. A line holds only what its step changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from pydantic import TypeAdapter

from desktop_app.domain.problems import BookUnusable, DocumentInvalid, Message, message
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.project import Project
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.history import History, Step

_CURSOR = "undo_cursor"
_FIRST = "first_desk"
_LABEL: TypeAdapter[Message] = TypeAdapter(Message)

# What reading steps raises that are none: a stranger's project may hold anything.
UNREADABLE = (DocumentInvalid, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


class Journal:
    """The serial writer of a project's history."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._last: Future[None] | None = None
        # Every step written has a number of its own, those that replace others too.
        self._serial = 0

    def begin(self, first: Desk) -> History:
        """The history as it was left, or a new one that starts from `first`; BookUnusable where it cannot be read."""
        kept = self._project.note(_FIRST)
        if kept is None:
            self._project.write_note(_FIRST, json.dumps(_changed(first, None), ensure_ascii=False))
            return History(first)
        try:
            return self._read(kept)
        except UNREADABLE as error:
            text = "{file}: its steps cannot be read; restore a backup with `greyline project restore {file}`."
            reason = message("{reason}", reason=str(error).splitlines()[0])
            raise BookUnusable(message(text, file=self._project.path.name), (reason,)) from error

    def _read(self, kept: str) -> History:
        start = _desk(json.loads(kept), None)
        texts = [entry.text for entry in self._project.entries()]
        self._serial = json.loads(texts[-1])["serial"] if texts else 0
        cursor, serial = json.loads(self._project.note(_CURSOR) or "[null, null]")
        # A later step has overtaken the note: it is in force.
        return History(start, tuple(_steps(start, texts)), cursor if serial == self._serial else None)

    def write(self, history: History, number: int) -> None:
        """Keep step `number` of the history, and forget the steps that it replaced."""
        step = history.step(number)
        self._serial += 1
        value = {
            "serial": self._serial,
            "label": _LABEL.dump_python(step.label, mode="json"),
            **_changed(step.desk, history.before(number)),
        }
        text = json.dumps(value, ensure_ascii=False)
        self._submit(lambda: self._project.write_entry(number, text))

    def move(self, cursor: int) -> None:
        """Keep where undo stands, until another step is written."""
        text = json.dumps([cursor, self._serial])
        self._submit(lambda: self._project.write_note(_CURSOR, text))

    def flush(self) -> None:
        """Wait until everything is written; raises what the writing raised."""
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Write what is left and end the thread."""
        self._writer.shutdown(wait=True)
        self.flush()

    def _submit(self, write: Callable[[], None]) -> None:
        earlier = self._last

        def in_order() -> None:
            # A failure stays the result of everything after it: the journal never has a hole.
            if earlier is not None:
                earlier.result()
            write()

        if earlier is not None and earlier.done() and earlier.exception() is not None:
            text = message("The last changes could not be written to the project; free disk space and open it again.")
            raise BookUnusable(text, (message("{reason}", reason=str(earlier.exception())),))
        self._last = self._writer.submit(in_order)


def read_history(notes: Mapping[str, str], texts: Sequence[str]) -> Sequence[Step]:
    """The steps of a closed project's notes and journal; one of UNREADABLE where they make none.

    A project that no window has opened yet has no steps.
    """
    kept = notes.get(_FIRST)
    return _steps(_desk(json.loads(kept), None), texts) if kept is not None else ()


def _changed(desk: Desk, before: Desk | None) -> dict[str, Any]:
    """What is new in `desk`, as JSON; everything where there is no `before`."""
    known = {one.id: one for one in before.scenarios} if before else {}
    value: dict[str, Any] = {
        "active": desk.active,
        "order": [one.id for one in desk.scenarios],
        "scenarios": [json.loads(one.to_json()) for one in desk.scenarios if known.get(one.id) != one],
    }
    if before is None or before.baseline != desk.baseline:
        value["baseline"] = json.loads(desk.baseline.to_json())
    return value


def _desk(value: dict[str, Any], before: Desk | None) -> Desk:
    """The inverse of `_changed`."""
    known = {one.id: one for one in before.scenarios} if before else {}
    known |= {one.id: one for one in map(_scenario, value["scenarios"])}
    if "baseline" in value:
        baseline = _scenario(value["baseline"])
    elif before is not None:
        baseline = before.baseline
    else:
        raise ValueError("a first desk without a baseline")
    return Desk(baseline, tuple(known[name] for name in value["order"]), value["active"])


def _steps(first: Desk, texts: Sequence[str]) -> list[Step]:
    steps: list[Step] = []
    for text in texts:
        value = json.loads(text)
        before = steps[-1].desk if steps else first
        steps.append(Step(_desk(value, before), _LABEL.validate_python(value["label"])))
    return steps


def _scenario(value: object) -> Scenario:
    return Scenario.from_json(json.dumps(value, ensure_ascii=False), "journal")
