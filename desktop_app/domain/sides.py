"""The two policies that every answer is about: the baseline's, and the scenario's beside it."""

from __future__ import annotations

from typing import Literal, TypeAlias

Side: TypeAlias = Literal["baseline", "scenario"]
SIDES: tuple[Side, ...] = ("baseline", "scenario")
