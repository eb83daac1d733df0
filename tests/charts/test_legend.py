"""The legend: every name whole at every width."""

from pytestqt.qtbot import QtBot

from desktop_app.charts.ink import ink_for
from desktop_app.charts.legend import Legend
from desktop_app.domain.outcomes import OUTCOMES


def test_a_narrow_legend_wraps_and_drops_nothing(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.set_entries(tuple((outcome, outcome.value) for outcome in OUTCOMES), "Baseline", ink_for(legend.palette()))
    lines = [line for _, line in legend.places(220)]
    assert len(lines) == len(OUTCOMES) + 1
    assert lines[-1] >= 1
    assert legend.heightForWidth(220) == (lines[-1] + 1) * legend.heightForWidth(5_000)
