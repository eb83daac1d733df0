"""The few figures that are shown first where there is no room for all: a terminal, the top of a report."""

from __future__ import annotations

from typing import Final

MAIN_FIGURES: Final = (
    "users_blocked",
    "users_referred",
    "users_reduced",
    "users_restricted",
    "restricted_rate",
    "open_line",
    "ead",
    "el",
    "el_avoided",
    "el_remaining",
    "el_rate",
    "margin",
    "goods_hurt",
    "bads_stopped",
    "goods_per_bad",
)
