"""Whether a figure is observed, modelled or assumed in one book, under one pair of policies."""

from __future__ import annotations

from desktop_app.domain.actions import Cut, Raise
from desktop_app.domain.book import Book
from desktop_app.domain.policy import Policy
from desktop_app.domain.readings import Kind
from desktop_app.domain.scenario import Stress
from desktop_app.figures.types import Figure

# What the engine derives, and from what, where a book does not load it.
_DERIVED_FROM: dict[str, frozenset[str]] = {
    "dti": frozenset({"income_monthly", "debt_service_monthly"}),
    "utilisation": frozenset({"balance", "credit_limit"}),
    "user_limit": frozenset({"user_id", "credit_limit"}),
    "user_balance": frozenset({"user_id", "balance"}),
}


class Kinds:
    """What each figure is in one book, under some policies: its own kind, or assumed.

    A figure is assumed where anything it rests on was made up: its own columns and, where a policy can move it, what
    the enabled rules read. A book without LGD takes it from the assumptions, and one whose missing PDs come from the
    stated curve takes those from there. What a stress moves is made up as well, but not at the evidence date.
    """

    def __init__(self, book: Book, *policies: Policy, stress: Stress | None = None) -> None:
        self._loaded = {column.name for column in book.columns if not column.derived}
        self._assumed = {column.name for column in book.columns if column.assumed}
        pds = [column for column in book.columns if column.name == "pd"]
        lacking = any(column.missing for column in pds) or not pds
        if lacking and book.pd_curve is not None and not book.pd_curve.fitted:
            self._assumed.add("pd")
        self._moved = _moved_by(stress or Stress(), filled=lacking)
        self._read = {name for policy in policies for name in _read_by(policy)}

    def of(self, figure: Figure) -> Kind:
        """The figure's kind here."""
        if "lgd" in figure.columns and "lgd" not in self._loaded:
            return Kind.ASSUMED
        columns = set(figure.columns) | (self._read if figure.by_policy else set())
        assumed = self._assumed | self._moved if figure.day == "as_of" else self._assumed
        return Kind.ASSUMED if assumed & self._with_origins(columns) else figure.kind

    def _with_origins(self, columns: set[str]) -> set[str]:
        derived = [_DERIVED_FROM[name] for name in columns - self._loaded if name in _DERIVED_FROM]
        return columns.union(*derived)


def _read_by(policy: Policy) -> set[str]:
    read: set[str] = set()
    for rule in policy.enabled_rules:
        read |= rule.fields
        if isinstance(rule.action, Cut | Raise):
            read.add("credit_limit")
    return read


def _moved_by(stress: Stress, *, filled: bool) -> set[str]:
    """The columns that a stress moves; a fallen score moves a PD that is filled from it, and no loaded one."""
    moved = {
        "balance": stress.balance_growth > 0,
        "income_monthly": stress.income_fall > 0,
        "dti": stress.income_fall > 0,
        "score": stress.score_fall > 0,
        "pd": stress.moves_odds or (filled and stress.score_fall > 0),
        "lgd": stress.lgd_rise > 0,
    }
    return {name for name, whether in moved.items() if whether}
