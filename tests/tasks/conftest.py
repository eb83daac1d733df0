"""What every test of lanes gets."""

from __future__ import annotations

from tests.qt_garbage import collects_on_the_main_thread

__all__ = ["collects_on_the_main_thread"]
