"""Garbage is collected on the main thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.tasks.collecting import MainThreadCollector, collect_what_is_due, set_aside, set_aside_anew


class Cycle:
    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[MainThreadCollector]:
    enabled = gc.isenabled()
    gc.enable()
    owner = QObject()
    made = MainThreadCollector(owner)
    yield made
    made.stop()
    if not enabled:
        gc.disable()


def test_a_worker_never_collects(collector: MainThreadCollector) -> None:
    collected_by: list[str] = []
    gc.callbacks.append(lambda phase, _: collected_by.append(threading.current_thread().name))
    try:
        worker = threading.Thread(target=lambda: [Cycle() for _ in range(5000)], name="worker")
        worker.start()
        worker.join()
    finally:
        gc.callbacks.pop()
    assert "worker" not in collected_by


def test_cycles_go_in_the_end(qtbot: QtBot, collector: MainThreadCollector) -> None:
    first = weakref.ref(Cycle())
    kept = [Cycle() for _ in range(5000)]
    qtbot.waitUntil(lambda: first() is None)
    assert kept


def test_nothing_is_collected_before_it_is_due(collector: MainThreadCollector) -> None:
    gc.collect()
    assert collect_what_is_due() == -1


def test_stopping_gives_the_work_back(collector: MainThreadCollector) -> None:
    collector.stop()
    assert gc.isenabled()


def test_what_was_set_aside_is_left_alone_until_it_is_looked_through_anew(collector: MainThreadCollector) -> None:
    lost = weakref.ref(Cycle())
    set_aside()
    gc.collect()
    assert lost() is not None
    set_aside_anew()
    assert lost() is None


def test_nothing_is_set_aside_once_the_collector_is_stopped(collector: MainThreadCollector) -> None:
    set_aside()
    assert gc.get_freeze_count()
    collector.stop()
    assert not gc.get_freeze_count()
