"""Pages ask beside the desk while they are open, once for each question."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.recorded import RecordedCheck, RecordedRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.beside import Beside
from tests.small_projects import policy

QUESTION = RecordedRequest("book", date(2026, 6, 30), Scenario(id="b", policy=policy()))
ANSWER = RecordedCheck(QUESTION.key, (), 1.0)


def test_an_open_page_is_answered_once() -> None:
    beside, answers = Beside(), AnswerCache()
    beside.look("data", lambda: [QUESTION])
    assert beside.wanted(answers) == [QUESTION]
    assert beside.awaits(ANSWER)
    answers.keep(ANSWER)
    assert beside.wanted(answers) == []


def test_a_page_that_was_left_asks_nothing() -> None:
    beside = Beside()
    beside.look("data", lambda: [QUESTION])
    beside.look("data", None)
    assert beside.wanted(AnswerCache()) == []
    assert not beside.awaits(ANSWER)
