"""What a report is made of: blocks that a template knows how to draw, with every text already in its language."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from desktop_app.domain.chart_values import BarsValue

_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Cell:
    """One cell of a grid; role says how it is set: number, short, strong, total, same, faint, better, worse."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with headings; note stands under it."""

    block: ClassVar = "grid"
    headings: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    title: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One sentence or more; role says how it is set: lead, note, warning."""

    block: ClassVar = "paragraph"
    text: str
    role: str = ""


@dataclass(frozen=True)
class Facts:
    """Names with their values."""

    block: ClassVar = "facts"
    lines: Sequence[tuple[str, str]]
    title: str = ""


@dataclass(frozen=True)
class Tile:
    """One large figure with its change; direction is better, worse or nothing."""

    name: str
    value: str
    change: str
    direction: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Tiles:
    """A row of figures."""

    block: ClassVar = "tiles"
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class BarLine:
    """One bar: widths in per cent of the longest, its numbers in words; colour is an outcome's name, or neutral."""

    label: str
    under: str
    colour: str
    width: float
    ghost: float
    value: str
    change: str


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, the baseline in outline."""

    block: ClassVar = "bars"
    title: str
    heading: Sequence[str]
    lines: Sequence[BarLine]
    note: str = ""


@dataclass(frozen=True)
class Image:
    """A picture as an address that holds all its bytes."""

    block: ClassVar = "image"
    title: str
    address: str


@dataclass(frozen=True)
class Change:
    """What differs in one rule."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class ChangeList:
    """What differs between two policies."""

    block: ClassVar = "changes"
    changes: Sequence[Change]


@dataclass(frozen=True)
class RuleCard:
    """One rule in words."""

    number: int
    title: str
    action: str
    enabled: bool
    badge: str
    lines: Sequence[tuple[str, str]]
    matrix: Grid | None = None
    warning: str = ""


@dataclass(frozen=True)
class RuleCards:
    """A policy, rule by rule."""

    block: ClassVar = "rules"
    rules: Sequence[RuleCard]


Block: TypeAlias = "Paragraph | Grid | Facts | Tiles | Bars | Image | ChangeList | RuleCards"


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading; its key names it in links."""

    key: str
    title: str
    blocks: Sequence[Block]


def number(text: str, role: str = "") -> Cell:
    """A cell of digits."""
    return Cell(text, f"number {role}".strip())


def numbers(texts: Iterable[str]) -> list[Cell]:
    """Cells of digits."""
    return [number(text) for text in texts]


def image(title: str, data: bytes) -> Image:
    """A picture of an SVG or PNG file's bytes; shown as a picture, nothing in it can run."""
    kind = "png" if data.startswith(_PNG) else "svg+xml"
    return Image(title, f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}")


def widths(bars: BarsValue) -> list[tuple[float, float]]:
    """Each bar and its ghost in per cent of the longest."""
    longest = max((max(bar.value, bar.baseline) for bar in bars.bars), default=0) or 1
    return [(round(100 * bar.value / longest, 2), round(100 * bar.baseline / longest, 2)) for bar in bars.bars]
