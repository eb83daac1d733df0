"""The views of the editor that pictures are taken of."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.conditions import comparisons
from desktop_app.ui.rule_editor.opening import RuleOpening
from desktop_app.ui.rule_editor.window import RuleEditor
from desktop_app.workspace.templates import missing_columns, rule_templates
from desktop_app.workspace.workspace import Workspace

_MATRIX = "burden_matrix"


def rule_views(opening: RuleOpening, workspace: Workspace, size: tuple[int, int]) -> Iterator[tuple[str, RuleEditor]]:
    """Each view by its name with the editor showing it: a rule with values by group, a template's action and reason."""
    rules = workspace.desk.scenario.policy.rules
    by_group = [rule.id for rule in rules if any(part.by for part in comparisons(rule.condition))]
    editor = opening.editor
    editor.resize(*size)
    if rules:
        opening.edit(by_group[0] if by_group else rules[0].id)
        yield "rule", editor
    usable = [template for template in rule_templates() if not missing_columns(template, workspace.book)]
    # The matrix where the book has what it needs, else another one.
    usable.sort(key=lambda template: template.id != _MATRIX)
    opening.add(usable[0] if usable else None)
    for place, name in ((1, "rule-action"), (2, "rule-reason")):
        editor.tabs.setCurrentIndex(place)
        yield name, editor
    editor.close()
