"""Whether a policy fits a book, or any book of standard columns, without looking at a row."""

from __future__ import annotations

from sqlglot import exp

from desktop_app.domain.actions import Cut, Raise
from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import STANDARD_COLUMNS
from desktop_app.domain.policy import Policy, Rule
from desktop_app.engine.conditions import ConditionCompiler
from desktop_app.engine.decide import Decision
from desktop_app.engine.schema import Fields
from desktop_app.engine.targets import target_tree


def standard_fields() -> Fields:
    """Every column that Greyline knows by name."""
    return Fields(
        {column.name: Column(column.name, column.type, derived=column.derived) for column in STANDARD_COLUMNS}
    )


def check_fit(policy: Policy, book: Book | None) -> None:
    """Raise PolicyInvalid for a forbidden column or a misfit value, in rules that are switched off as well.

    Rules that read columns which neither the book nor, without one, the standard has are not looked into.
    """
    rules = tuple(rule.model_copy(update={"enabled": True}) for rule in policy.rules)
    fields = standard_fields() if book is None else Fields.of(book)
    Decision(policy.with_rules(rules), fields).select(exp.to_table("accounts"))


def check_rule(rule: Rule, book: Book) -> None:
    """Raise PolicyInvalid as `check_fit` does, of one rule and at little cost: it is asked with every key."""
    fields = Fields.of(book)
    fields.check(Policy(id="rule", rules=(rule,)))
    if fields.missing(rule):
        return
    ConditionCompiler(fields).tree(rule.condition)
    if isinstance(rule.action, Cut | Raise):
        target_tree(rule.action.target, fields, rule.id)
