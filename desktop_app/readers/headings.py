"""Headings as names of columns: none empty, none twice."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.problems import Message, message


def unique(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """Names for the headings as found, and what had to be changed."""
    names: list[str] = []
    notes: list[Message] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        heading = " ".join(cell.split())
        name = _free(heading or f"column_{place}", taken)
        if not heading:
            notes.append(message('Column {place} has no heading; it is called "{name}".', place=place, name=name))
        elif name != heading:
            text = 'The heading "{heading}" stands more than once; column {place} is called "{name}".'
            notes.append(message(text, heading=heading, place=place, name=name))
        taken.add(name.casefold())
        names.append(name)
    return tuple(names), tuple(notes)


def _free(name: str, taken: set[str]) -> str:
    number = 1
    free = name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free
