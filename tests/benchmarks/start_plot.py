"""The least that a program of this kind could do: load its libraries and show an empty plot; says when."""

from __future__ import annotations

import sys

import duckdb
import pyqtgraph
from PySide6.QtWidgets import QApplication

from tests.benchmarks.painting import FirstPaint, say

if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    connection = duckdb.connect()
    plot = pyqtgraph.PlotWidget()
    # A plot paints into its viewport.
    painted = FirstPaint(plot.viewport(), app.quit)
    plot.show()
    app.exec()
    connection.close()
    say(painted=painted.wall, cpu=painted.cpu)
