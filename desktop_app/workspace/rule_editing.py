"""Editing whole rules: put, copied, removed, each one step."""

from __future__ import annotations

from desktop_app.domain.changes import Changes
from desktop_app.domain.policy import Policy, PolicySettings, Rule
from desktop_app.domain.problems import message
from desktop_app.engine.plan import check_policy
from desktop_app.workspace.editing import Editing
from desktop_app.workspace.rule_edits import rules_of, with_copy, with_rule_put, without_rule


class RuleEditing(Editing):
    """An open project's desk whose rules can be written."""

    def put_rule(self, rule: Rule, settings: PolicySettings | None = None) -> Changes:
        """Replace the rule of that id, or add it as the last one, with the settings that it needs of the policy.

        Raises PolicyInvalid where it does not fit the book, even if it is switched off, or the policy is full.
        """
        self._check(rule)
        known = rule.id in rules_of(self.desk.scenario.policy)
        name = self.words.wording(rule.name) or rule.id
        label = message("Change {rule}", rule=name) if known else message("Add {rule}", rule=name)

        def put(policy: Policy) -> Policy:
            changed = with_rule_put(policy, rule)
            return changed.with_settings(settings) if settings else changed

        return self._edit(self.desk.with_policy(put), label)

    def copy_rule(self, rule: str) -> Changes:
        """Put a copy of a rule after it; raises PolicyInvalid where the policy is full."""
        label = message("Duplicate {rule}", rule=self._rule_name(rule))
        return self._edit(self.desk.with_policy(lambda policy: with_copy(policy, rule)), label)

    def remove_rule(self, rule: str) -> Changes:
        """Take a rule out of the policy; undo brings it back."""
        label = message("Delete {rule}", rule=self._rule_name(rule))
        return self._edit(self.desk.with_policy(lambda policy: without_rule(policy, rule)), label)

    def describe_policy(self, described: Policy) -> Changes:
        """Take name, note and settings from another policy; the rules stay."""
        label = message("Change the settings of the policy")
        kept = ("name", "note", "round_to", "floor", "protect_balance")
        changed = {name: getattr(described, name) for name in kept}
        return self._edit(self.desk.with_policy(lambda policy: policy.model_copy(update=changed)), label)

    def _check(self, rule: Rule) -> None:
        alone = Policy(id="rule", rules=(rule.model_copy(update={"enabled": True}),))
        check_policy(self.book, alone)
