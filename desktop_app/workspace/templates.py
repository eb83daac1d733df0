"""The rule templates that come with Greyline, and how one becomes a rule of a policy."""

from __future__ import annotations

import re
from functools import cache

from desktop_app.domain.book import Book
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.conditions import ByGroup, Comparison, comparisons, replace_comparison
from desktop_app.domain.policy import Cause, Policy, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.domain.templates import RuleTemplate
from desktop_app.engine.schema import Fields
from desktop_app.text.resources import bundled
from desktop_app.text.words import Words
from desktop_app.workspace.rule_edits import free_id, rules_of, without_ids

# The first letter of a reason's code says its cause.
_LETTERS = {
    Cause.CREDIT_STANDING: "C",
    Cause.BEHAVIOUR: "B",
    Cause.INFORMATION: "I",
    Cause.POLICY: "P",
    Cause.REGULATION: "R",
}


@cache
def rule_templates() -> tuple[RuleTemplate, ...]:
    """All templates in the order in which they are offered."""
    files = bundled("resources", "templates").glob("*.json")
    found = [RuleTemplate.from_json(file.read_text(encoding="utf-8"), file.name) for file in files]
    causes = list(Cause)
    return tuple(sorted(found, key=lambda one: (causes.index(one.rule.reason.cause), one.order, one.id)))


def missing_columns(template: RuleTemplate, book: Book) -> tuple[str, ...]:
    """The columns that the rule cannot do without and the book lacks; a grouping is no such column."""
    return Fields.of(book).missing(_fitted(template.rule, book))


def rule_of(template: RuleTemplate, policy: Policy, book: Book, words: Words) -> Rule:
    """The template as a rule that `policy` does not have yet: id and code of its own, groups that the book has."""
    rule = _fitted(template.rule, book)
    changed = {
        "id": free_id(rule.id, rules_of(policy)),
        "reason": rule.reason.model_copy(update={"code": free_code(rule.reason.cause, policy, rule.reason.code)}),
        "condition": without_ids(rule.condition),
        "note": words.say(source_words(template, words)) if template.source else rule.note,
    }
    return Rule.model_validate(rule.model_copy(update=changed).__dict__)


def source_words(template: RuleTemplate, words: Words) -> Message:
    """Where a legal template comes from."""
    if template.source is None:
        return Message("")
    title = words.wording(template.source.title)
    return message("Source: {title}, {day}. Confirm with counsel.", title=title, day=template.source.date)


def free_code(cause: Cause, policy: Policy, wanted: str = "") -> str:
    """`wanted`, or the first code of the cause that no rule of the policy has: C01, C02, …"""
    taken = {rule.reason.code for rule in policy.rules}
    if wanted and wanted not in taken:
        return wanted
    letter = _LETTERS[cause]
    numbers = [int(code[1:]) for code in taken if re.fullmatch(rf"{letter}\d{{1,4}}", code)]
    return f"{letter}{max(numbers, default=0) + 1:02}"


def _fitted(rule: Rule, book: Book) -> Rule:
    """The rule with values only for groups that the book has."""
    condition = rule.condition
    for comparison in comparisons(rule.condition):
        if comparison.by is not None:
            condition = replace_comparison(condition, _with_known_groups(comparison, comparison.by, book))
    return rule.model_copy(update={"condition": condition})


def _with_known_groups(comparison: Comparison, by: ByGroup, book: Book) -> Comparison:
    column = next((one for one in book.groupings() if one.name == by.column), None)
    if column is None:
        return comparison.model_copy(update={"by": None})
    known = column.domain if column.type is ColumnType.CATEGORY else tuple(by.values)
    values = {label: value for label, value in by.values.items() if label in known}
    return comparison.model_copy(update={"by": ByGroup(column=by.column, values=values)})
