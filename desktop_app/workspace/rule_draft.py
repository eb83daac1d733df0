"""A rule while it is written: everything the editor shows, gaps allowed, frozen; every change makes another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import Literal, TypeAlias, get_args

from pydantic import ValidationError

from desktop_app.domain.actions import (
    Action,
    Bands,
    Block,
    Cut,
    FixedAmount,
    IncomeMultiple,
    Matrix,
    PercentOfLimit,
    Raise,
    Refer,
    Target,
    WatchOnly,
)
from desktop_app.domain.policy import Cause, OnMissing, PolicySettings, Reason, Rule, Wording
from desktop_app.workspace.condition_draft import Branch, condition_of, draft_of, leaves, with_node
from desktop_app.workspace.matrix_draft import BandsDraft, MatrixDraft

ActionKind: TypeAlias = Literal["block", "refer", "cut", "watch", "raise"]
TargetKind: TypeAlias = Literal["percent", "amount", "income_multiple", "matrix"]
ACTION_KINDS: tuple[ActionKind, ...] = get_args(ActionKind)
TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
SIZED: frozenset[ActionKind] = frozenset({"cut", "raise"})


_NO_WORDS, _NO_CONDITION, _NO_MATRIX = Wording(), Branch(), MatrixDraft()


@dataclass(frozen=True)
class TargetDraft:
    """What a cut or raise aims at; the sizes of the other kinds are kept, for when the analyst comes back to them."""

    kind: TargetKind = "percent"
    percent: Decimal | None = Decimal(50)
    amount: Decimal | None = None
    multiple: Decimal | None = Decimal(3)
    matrix: MatrixDraft = _NO_MATRIX


_NO_TARGET = TargetDraft()


@dataclass(frozen=True)
class RuleDraft:
    """All of a rule.

    Attributes: settings are what the rule needs of the whole policy, taken over with it.
    """

    id: str
    name: Wording = _NO_WORDS
    enabled: bool = True
    code: str = ""
    cause: Cause = Cause.POLICY
    sentence: Wording = _NO_WORDS
    condition: Branch = _NO_CONDITION
    action: ActionKind = "block"
    target: TargetDraft = _NO_TARGET
    on_missing: OnMissing = OnMissing.SKIP
    note: str = ""
    settings: PolicySettings | None = None

    @classmethod
    def of(cls, rule: Rule, settings: PolicySettings | None = None) -> RuleDraft:
        """The rule as it is."""
        return cls(
            id=rule.id,
            name=rule.name,
            enabled=rule.enabled,
            code=rule.reason.code,
            cause=rule.reason.cause,
            sentence=rule.reason.sentence,
            condition=draft_of(rule.condition),
            action=rule.action.kind,
            target=_target_draft(rule.action),
            on_missing=rule.on_missing,
            note=rule.note,
            settings=settings,
        )

    def acting(self, kind: ActionKind) -> RuleDraft:
        """With another action; one that allows only to skip where something is missing skips."""
        skips = kind in ("watch", "raise")
        return replace(self, action=kind, on_missing=OnMissing.SKIP if skips else self.on_missing)

    def called(self, rule_id: str) -> RuleDraft:
        """With another id; its comparisons are named after it."""
        condition = self.condition
        for number, (path, leaf) in enumerate(leaves(condition), 1):
            condition = with_node(condition, path, replace(leaf, id=f"{rule_id}.{number}"))
        return replace(self, id=rule_id, condition=condition)

    def free_leaf_id(self) -> str:
        """An id for another comparison."""
        taken = {leaf.id for _, leaf in leaves(self.condition)}
        return next(name for number in count(1) if (name := f"{self.id}.{number}") not in taken)

    def rule(self) -> Rule | None:
        """The rule that is written; None while something is missing or wrong (`draft_faults` says what)."""
        condition, action = condition_of(self.condition), self._action()
        if condition is None or action is None:
            return None
        try:
            return Rule(
                id=self.id,
                name=self.name,
                enabled=self.enabled,
                reason=Reason(code=self.code, cause=self.cause, sentence=self.sentence),
                condition=condition,
                action=action,
                on_missing=self.on_missing,
                note=self.note,
            )
        except ValidationError:
            return None

    def _action(self) -> Action | None:
        match self.action:
            case "block":
                return Block()
            case "refer":
                return Refer()
            case "watch":
                return WatchOnly()
            case _:
                target = target_of(self.target)
                if target is None:
                    return None
                return Cut(target=target) if self.action == "cut" else Raise(target=target)


def target_of(draft: TargetDraft) -> Target | None:
    """The target that is written; None while its size is missing or cannot be."""
    try:
        match draft:
            case TargetDraft(kind="percent", percent=Decimal() as percent):
                return PercentOfLimit(percent=percent)
            case TargetDraft(kind="amount", amount=Decimal() as amount):
                return FixedAmount(amount=amount)
            case TargetDraft(kind="income_multiple", multiple=Decimal() as multiple):
                return IncomeMultiple(multiple=multiple)
            case TargetDraft(kind="matrix", matrix=matrix):
                return _matrix(matrix)
            case _:
                return None
    except ValidationError:
        return None


def _matrix(draft: MatrixDraft) -> Matrix | None:
    rows, columns = _bands(draft.rows), _bands(draft.columns) if draft.columns else None
    if rows is None or (draft.columns is not None and columns is None):
        return None
    return Matrix(rows=rows, columns=columns, cells_are=draft.cells_are, cells=draft.cells)


def _bands(draft: BandsDraft) -> Bands | None:
    edges = tuple(edge for edge in draft.edges if edge is not None)
    if not draft.field or len(edges) < len(draft.edges):
        return None
    return Bands(field=draft.field, edges=edges)


def _target_draft(action: Action) -> TargetDraft:
    target = action.target if isinstance(action, Cut | Raise) else None
    match target:
        case PercentOfLimit(percent=percent):
            return TargetDraft("percent", percent=percent)
        case FixedAmount(amount=amount):
            return TargetDraft("amount", amount=amount)
        case IncomeMultiple(multiple=multiple):
            return TargetDraft("income_multiple", multiple=multiple)
        case Matrix():
            return TargetDraft("matrix", matrix=_matrix_draft(target))
        case _:
            return TargetDraft()


def _matrix_draft(matrix: Matrix) -> MatrixDraft:
    columns = BandsDraft(matrix.columns.field, matrix.columns.edges) if matrix.columns else None
    return MatrixDraft(BandsDraft(matrix.rows.field, matrix.rows.edges), columns, matrix.cells_are, matrix.cells)
