"""The slider with its number field."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSlider
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import ThresholdHandle
from desktop_app.ui.value_slider import ValueSlider
from desktop_app.workspace.showing import RuleHandle

HANDLE = ThresholdHandle("late", "late.1")


def number(value: str, step: str = "1", low: str = "0", high: str = "100", rest: str = "") -> RuleHandle:
    numbers = (Decimal(text) for text in (value, low, high, step))
    return RuleHandle(HANDLE, *numbers, "days_past_due", Decimal(rest or step))


@pytest.fixture
def slider(qtbot: QtBot) -> ValueSlider:
    slider = ValueSlider(number("30"))
    qtbot.addWidget(slider)
    slider.show()
    return slider


def test_shows_the_number(slider: ValueSlider) -> None:
    assert (slider.slider.value(), slider.field.value()) == (30, 30.0)


def test_drag_previews(qtbot: QtBot, slider: ValueSlider) -> None:
    slider.slider.setSliderDown(True)
    with qtbot.wait_signal(slider.moved) as caught, qtbot.assert_not_emitted(slider.set):
        slider.slider.setSliderPosition(42)
    assert caught.args == [Decimal(42)]
    assert slider.field.value() == 42.0


def test_release_sets(qtbot: QtBot, slider: ValueSlider) -> None:
    slider.slider.setSliderDown(True)
    slider.slider.setSliderPosition(42)
    with qtbot.wait_signal(slider.set) as caught:
        slider.slider.setSliderDown(False)
    assert caught.args == [Decimal(42)]


def test_release_at_the_start_gives_up(qtbot: QtBot, slider: ValueSlider) -> None:
    slider.slider.setSliderDown(True)
    with qtbot.wait_signal(slider.returned), qtbot.assert_not_emitted(slider.set):
        slider.slider.setSliderDown(False)


def test_arrow_key_sets(qtbot: QtBot, slider: ValueSlider) -> None:
    with qtbot.wait_signal(slider.set) as caught:
        slider.slider.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)
    assert caught.args == [Decimal(31)]


def test_typed_number_sets_when_it_is_finished(qtbot: QtBot, slider: ValueSlider) -> None:
    slider.field.selectAll()
    with qtbot.assert_not_emitted(slider.set):
        qtbot.keyClicks(slider.field, "55")
    with qtbot.wait_signal(slider.set) as caught:
        qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert caught.args == [Decimal(55)]


def test_decimals_stay_exact(qtbot: QtBot, slider: ValueSlider) -> None:
    slider.show_handle(number("0.95", "0.01", "0", "10"))
    with qtbot.wait_signal(slider.set) as caught:
        slider.field.stepUp()
    assert caught.args == [Decimal("0.96")]


def test_slider_in_the_hand_is_left_alone(slider: ValueSlider) -> None:
    slider.slider.setSliderDown(True)
    slider.slider.setSliderPosition(80)
    slider.show_handle(number("10"))
    assert slider.slider.value() == 80


def test_showing_a_number_sets_nothing(qtbot: QtBot, slider: ValueSlider) -> None:
    with qtbot.assert_not_emitted(slider.set):
        slider.show_handle(number("77"))


def test_wide_range_keeps_a_slider_that_can_be_held(slider: ValueSlider) -> None:
    slider.show_handle(number("50000", "0.01", "0", "1000000", rest="1000"))
    assert slider.slider.maximum() <= 2000
    assert slider.field.value() == 50000.0
