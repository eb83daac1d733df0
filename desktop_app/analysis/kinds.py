"""Whether a figure is observed, modelled or assumed in one book, under one pair of policies."""

from __future__ import annotations

from desktop_app.domain.actions import Cut, Raise
from desktop_app.domain.book import Book
from desktop_app.domain.policy import Policy
from desktop_app.domain.readings import Kind
from desktop_app.figures.types import Figure

# What the engine derives, and from what, where a book does not load it.
_DERIVED_FROM: dict[str, frozenset[str]] = {
    "dti": frozenset({"income_monthly", "debt_service_monthly"}),
    "utilisation": frozenset({"balance", "credit_limit"}),
    "user_limit": frozenset({"user_id", "credit_limit"}),
    "user_balance": frozenset({"user_id", "balance"}),
}


def kind_in(figure: Figure, book: Book, *policies: Policy) -> Kind:
    """The figure's kind, assumed where anything it rests on was made up.

    A figure rests on its own columns and, where a policy can move it, on what the enabled rules read. A book
    without LGD takes it from the assumptions.
    """
    columns = set(figure.columns)
    if figure.by_policy:
        columns |= {name for policy in policies for name in _read_by(policy)}
    names = book.names
    if "lgd" in figure.columns and "lgd" not in names:
        return Kind.ASSUMED
    assumed = {column.name for column in book.columns if column.assumed}
    return Kind.ASSUMED if assumed & _with_origins(columns, book) else figure.kind


def _read_by(policy: Policy) -> set[str]:
    read: set[str] = set()
    for rule in policy.enabled_rules:
        read |= rule.fields
        if isinstance(rule.action, Cut | Raise):
            read.add("credit_limit")
    return read


def _with_origins(columns: set[str], book: Book) -> set[str]:
    loaded = {column.name for column in book.columns if not column.derived}
    derived = [_DERIVED_FROM[name] for name in columns if name in _DERIVED_FROM and name not in loaded]
    return columns.union(*derived)
