"""A reading in words: which accounts it is about, and how sure it is."""

from datetime import date

import pytest

from desktop_app.domain.readings import Kind, Reading, Unit
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.reading_words import Pinned, explained, kind_words

AS_OF, KNOWN = date(2026, 6, 30), date(2025, 6, 30)


def pinned(figure: str, day: date, evidence: date | None = KNOWN) -> Pinned:
    unit = FIGURES[figure].unit
    interval = (0.021, 0.034) if unit is Unit.SHARE else None
    reading = Reading(figure, unit, Kind.OBSERVED, day, 0.027, 0.025, interval=interval)
    return Pinned(FIGURES[figure], reading, Words(Language.ENGLISH), "CNY", True, evidence)


def test_an_observed_figure_prints_the_date_of_its_outcomes() -> None:
    assert kind_words(pinned("goods_hurt", KNOWN)) == "observed · Jun 30, 2025"
    assert "Observed: the accounts of Jun 30, 2025, whose outcomes are known" in explained(pinned("goods_hurt", KNOWN))


@pytest.mark.parametrize(("figure", "evidence"), [("users_blocked", KNOWN), ("goods_hurt", None)])
def test_any_other_is_about_the_date_looked_at(figure: str, evidence: date | None) -> None:
    one = pinned(figure, AS_OF, evidence)
    assert kind_words(one) == "observed"
    assert "Current: the accounts of Jun 30, 2026" in explained(one)


def test_a_rate_says_how_sure_it_is() -> None:
    assert "95 % interval: 2.1% to 3.4%" in explained(pinned("bad_rate_blocked", KNOWN))
