"""What each rule of the scenario in front does, which rules meet, and who may draw less: asked while looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.filters import EVERYTHING
from desktop_app.domain.movements import Movements, MovementsRequest
from desktop_app.domain.requests import EvaluateRequest, Evaluation, Request
from desktop_app.domain.rule_effects import RuleEffects, RuleEffectsRequest
from desktop_app.workspace.comparing import tab_question
from desktop_app.workspace.opened import Opened


class RuleView(StrEnum):
    """What is looked at."""

    RULES = "rules"
    OVERLAP = "overlap"
    MOVES = "moves"


@dataclass(frozen=True)
class RuleAnswers:
    """What is known of the scenario in front over the whole book; None for what is not counted yet.

    Attributes: request has both sides, the baseline under the scenario's assumptions and stress.
    """

    request: EvaluateRequest
    evaluation: Evaluation | None
    effects: RuleEffects | None
    moves: Movements | None


def rule_questions(view: RuleView, opened: Opened) -> Sequence[Request]:
    """What a view needs, in the order in which it is worth most."""
    asked = _asked(opened)
    match view:
        case RuleView.RULES:
            return [asked, _effects(asked)]
        case RuleView.OVERLAP:
            return [asked]
        case RuleView.MOVES:
            return [_moves(asked)]


def rule_answers(opened: Opened) -> RuleAnswers:
    """What is counted by now."""
    asked, answers = _asked(opened), opened.answers
    return RuleAnswers(
        asked,
        answers.find(asked.key, Evaluation),
        answers.find(_effects(asked).key, RuleEffects),
        answers.find(_moves(asked).key, Movements),
    )


def _asked(opened: Opened) -> EvaluateRequest:
    """The desk's own question where nothing is filtered, so that it is answered already."""
    desk = opened.desk
    return tab_question(opened.book, desk.baseline, desk.scenario, opened.view.grouping, EVERYTHING)


def _effects(asked: EvaluateRequest) -> RuleEffectsRequest:
    return RuleEffectsRequest(asked.data_hash, asked.as_of, asked.scenario)


def _moves(asked: EvaluateRequest) -> MovementsRequest:
    return MovementsRequest(asked.data_hash, asked.as_of, asked.baseline, asked.scenario)
