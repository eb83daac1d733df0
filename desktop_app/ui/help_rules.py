"""What the help says of rules and policies: the commands of a rule, the editor's parts, the policy's menu."""

from __future__ import annotations

from desktop_app.domain.problems import Message, message
from desktop_app.ui.rule_editor.branch_box import JOIN_LABELS
from desktop_app.ui.rule_editor.leaf_row import NODE_LABELS, NodeCommand
from desktop_app.ui.rule_menu import LABELS, RuleCommand
from desktop_app.workspace.condition_draft import Join

_OF_RULE: dict[RuleCommand, Message] = {
    RuleCommand.EDIT: message("open it in the rule editor, a window beside the desk; also by a double click"),
    RuleCommand.RENAME: message("open it in the rule editor at its name"),
    RuleCommand.COPY: message("put a copy after it, with an id of its own"),
    RuleCommand.UP: message("one place up in the order, which decides who gives the reason; also by dragging the grip"),
    RuleCommand.DOWN: message("one place down in the order"),
    RuleCommand.SWITCH: message("take it out of the policy, or in again, and keep what it says"),
    RuleCommand.DELETE: message("take it out for good; undo brings it back"),
}
_OF_NODE: dict[NodeCommand, Message] = {
    NodeCommand.ADD: message("a new condition under this one"),
    NodeCommand.WRAP: message("a group of its own around it, for what holds together"),
    NodeCommand.NEGATE: message("the opposite: none instead of at least one, not all instead of all"),
    NodeCommand.DISSOLVE: message("its conditions take the place of the group"),
    NodeCommand.UP: message("one place up, or out of its group (Alt+↑)"),
    NodeCommand.DOWN: message("one place down, or out of its group (Alt+↓)"),
    NodeCommand.REMOVE: message("take it out; a group left empty goes with it"),
}
_OF_JOIN: dict[Join, Message] = {
    Join.ALL: message("every part is true"),
    Join.ANY: message("one part is enough"),
    Join.NOT_ALL: message("at least one part is false"),
    Join.NONE: message("every part is false"),
}

# Name and explanation, in the order of the page.
RULES: tuple[tuple[Message, Message], ...] = (
    *((LABELS[command], text) for command, text in _OF_RULE.items()),
    (message("Rule"), message("add an empty rule or a template; what the book lacks a column for is greyed")),
    (
        message("Settings of the policy…"),
        message("its name, how limits are rounded, the floor of cuts, sparing what is drawn"),
    ),
    (message("Save the policy as…"), message("a JSON file that the command line and other scenarios can open")),
    (
        message("Save the scenario as…"),
        message("the policy with its assumptions, stress and goals, a JSON file; opened as a policy is"),
    ),
    (message("Copy the policy in words"), message("every rule in sentences, to paste into a paper")),
    (
        message("Copy the policy as SQL"),
        message("the same decision for another database; its columns must have these names"),
    ),
)
EDITOR: tuple[tuple[Message, Message], ...] = (
    (message("If"), message("the condition, row by row: field, comparison, value; groups inside groups")),
    *((JOIN_LABELS[join], text) for join, text in _OF_JOIN.items()),
    *((NODE_LABELS[command], text) for command, text in _OF_NODE.items()),
    (
        message("Other values for some groups"),
        message("another value a group of one column; all others take the value above"),
    ),
    (
        message("Users by {field}", field="…"),
        message("drag a line and the number follows; tick a label and it is in the condition"),
    ),
    (
        message("Then"),
        message("the action, the new limit of a cut or raise, and what happens where something is missing"),
    ),
    (
        message("Matrix"),
        message("a new limit a band of one or two fields; an empty cell is a hole: nobody there has a target"),
    ),
    (message("Because"), message("name, cause, code, and what the user reads in each language")),
    (
        message("Hits as it is written"),
        message("users and accounts that it hits by itself, and what it adds within the policy"),
    ),
    (message("To settle"), message("what stops the rule comes first; a press leads to its field")),
    (message("Begin again"), message("the rule as the scenario has it; undo brings the draft back")),
    (message("Close"), message("what is written is kept and waits until its rule is opened again")),
    (message("Apply"), message("put the rule into its scenario, as one step (Ctrl+Enter)")),
)
