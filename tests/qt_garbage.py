"""Tests of widgets collect garbage as the program does: on the main thread only."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collects_on_the_main_thread() -> Iterator[None]:
    """No thread of a test frees a widget, nor does a later test's find one left to free."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
