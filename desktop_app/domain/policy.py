"""Policies: an ordered list of rules, immutable once saved (domain rules, section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictStr, model_validator

from desktop_app.domain.actions import Action, Money, Raise, WatchOnly, fields_of_action
from desktop_app.domain.by_identity import ByIdentity
from desktop_app.domain.conditions import Condition, comparisons, fields_of, with_ids
from desktop_app.domain.document_faults import Refused
from desktop_app.domain.documents import Document
from desktop_app.domain.problems import Message, message

# Which rules fire is kept as a bitmask in one signed 64-bit integer.
MAX_RULES = 60

Identifier = Annotated[StrictStr, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.\-]+$")]

_RULE_TWICE = message('the rule id "{name}" stands {times} times')
_COMPARISON_TWICE = message('the comparison id "{name}" stands {times} times')


class Cause(StrEnum):
    """The family that a reason belongs to (domain rules, section 1)."""

    CREDIT_STANDING = "credit_standing"
    BEHAVIOUR = "behaviour"
    INFORMATION = "information"
    POLICY = "policy"
    REGULATION = "regulation"


class OnMissing(StrEnum):
    """What a rule does where its whole condition is unknown."""

    SKIP = "skip"
    FIRE = "fire"
    REFER = "refer"


class Wording(Document):
    """One text in the two languages; Chinese falls back to English."""

    en: StrictStr = ""
    zh: StrictStr = ""


class Reason(Document):
    """Why a rule acts.

    Attributes: code is short and stable; sentence is shown to the user and names neither a threshold nor a count.
    """

    code: Identifier
    cause: Cause
    sentence: Wording = Wording()


class Rule(Document):
    """One condition with one action.

    Attributes: id is unique in the policy; note is for the analyst alone.
    """

    id: Identifier
    name: Wording = Wording()
    enabled: bool = True
    reason: Reason
    condition: Condition
    action: Action
    on_missing: OnMissing = OnMissing.SKIP
    note: StrictStr = ""

    @model_validator(mode="after")
    def _complete(self) -> Rule:
        if isinstance(self.action, WatchOnly | Raise) and self.on_missing is not OnMissing.SKIP:
            raise Refused(message("a {kind} rule allows only on_missing = skip", kind=self.action.kind))
        # The model is frozen for everyone else; here it is still being made.
        self.__dict__["condition"] = with_ids(self.condition, self.id)
        return self

    @property
    def fields(self) -> frozenset[str]:
        """The columns that the rule reads, beside limit and balance."""
        return _FIELDS.of(self)


# In each frame of a drag they are asked for of every rule.
_FIELDS: ByIdentity[Rule, frozenset[str]] = ByIdentity(
    lambda rule: fields_of(rule.condition) | fields_of_action(rule.action)
)


class PolicySettings(Document):
    """How a policy's limits are to be rounded and bounded; None leaves what the policy has."""

    round_to: Annotated[Money, Field(gt=0)] | None = None
    floor: Money | None = None
    protect_balance: bool | None = None


class Policy(Document):
    """What the analyst owns: rules in order, and how limits are rounded.

    Attributes: parent is the id of the version this one was made from; round_to and floor are in currency units.
    """

    greyline: Literal["policy"] = "policy"
    version: Literal[1] = 1
    id: Identifier
    parent: StrictStr | None = None
    name: Wording = Wording()
    note: Wording = Wording()
    round_to: Annotated[Money, Field(gt=0)] = Decimal(100)
    floor: Money = Decimal(500)
    protect_balance: bool = False
    rules: Annotated[tuple[Rule, ...], Field(max_length=MAX_RULES)] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Policy:
        _refuse_twice(_RULE_TWICE, (rule.id for rule in self.rules))
        _refuse_twice(_COMPARISON_TWICE, (part.id for rule in self.rules for part in comparisons(rule.condition)))
        return self

    @property
    def enabled_rules(self) -> tuple[Rule, ...]:
        """The rules that are switched on, in order."""
        return tuple(rule for rule in self.rules if rule.enabled)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError where there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def with_rule(self, new: Rule) -> Policy:
        """This policy with the rule of `new`'s id replaced; validated anew unless only values of it are others."""
        rules = tuple(new if rule.id == new.id else rule for rule in self.rules)
        if any(rule.id == new.id and _same_but_values(rule, new) for rule in self.rules):
            return self.model_copy(update={"rules": rules})
        return self.with_rules(rules)

    def with_rules(self, rules: tuple[Rule, ...]) -> Policy:
        """This policy with other rules, validated anew."""
        return Policy.model_validate(self.model_copy(update={"rules": rules}).__dict__)

    def with_settings(self, settings: PolicySettings) -> Policy:
        """This policy with what `settings` gives, validated anew."""
        given = {name: value for name, value in settings.__dict__.items() if value is not None}
        return Policy.model_validate(self.model_copy(update=given).__dict__)


def _same_but_values(old: Rule, new: Rule) -> bool:
    """Whether a rule differs from another in the values of its comparisons at most, as in every frame of a drag."""
    if (old.action, old.on_missing) != (new.action, new.on_missing):
        return False
    return [part.id for part in comparisons(old.condition)] == [part.id for part in comparisons(new.condition)]


def _refuse_twice(reason: Message, ids: Iterable[str]) -> None:
    for name, times in Counter(ids).items():
        if times > 1:
            raise Refused(message(reason.text, name=name, times=times))
