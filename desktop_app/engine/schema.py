"""How a book's columns are kept: storage types, and thresholds in stored units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import FORBIDDEN_IN_CONDITIONS, STANDARD, UNITS_PER_ONE, ColumnType
from desktop_app.domain.documents import near_miss
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import PolicyInvalid, message

STORAGE: dict[ColumnType, str] = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.MONEY: "BIGINT",
    ColumnType.RATE: "INTEGER",
    ColumnType.RATIO: "INTEGER",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DECIMAL(18,6)",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.CATEGORY: "VARCHAR",
}

# Columns that the engine adds to a book's own begin so; a heading that does is renamed at import.
OWN_PREFIX = "~"

# Columns of the prepared table that measures name plainly and that no heading of a lender can hide.
OWN_COLUMNS = frozenset(
    (
        "in_default",
        "pd_ppm",
        "lgd_ppm",
        "pl",
        "has_pd",
        "loss_balance",
        "user_accounts",
        "user_open",
        "user_first",
        "pd_filled",
    )
)

# The derived columns and what each is made of.
_DERIVED_FROM: dict[str, frozenset[str]] = {
    "utilisation": frozenset({"balance", "credit_limit"}),
    "dti": frozenset({"debt_service_monthly", "income_monthly"}),
    "user_limit": frozenset({"credit_limit"}),
    "user_balance": frozenset({"balance"}),
}


@dataclass(frozen=True)
class Fields:
    """The columns that rules may read, by name, loaded and derived alike."""

    columns: Mapping[str, Column]

    @classmethod
    def of(cls, book: Book) -> Fields:
        """The fields of a book, derived columns added where their parts are there."""
        found = {column.name: column for column in book.columns}
        for name, parts in _DERIVED_FROM.items():
            if name not in found and parts <= found.keys():
                found[name] = Column(name, STANDARD[name].type, derived=True)
        return cls(found)

    def missing(self, rule: Rule) -> tuple[str, ...]:
        """The columns that the rule needs and the book lacks; the rule is unavailable when there are any."""
        return tuple(sorted(rule.fields - self.columns.keys()))

    def available(self, policy: Policy) -> tuple[tuple[int, Rule], ...]:
        """The rules that are switched on and can be evaluated, each with its place in the policy."""
        return tuple(
            (place, rule) for place, rule in enumerate(policy.rules) if rule.enabled and not self.missing(rule)
        )

    def check(self, policy: Policy) -> None:
        """Raise PolicyInvalid where a rule reads a forbidden column, or one that nobody knows."""
        for rule in policy.rules:
            for name in sorted(rule.fields):
                self._check_name(rule.id, name)

    def _check_name(self, rule: str, name: str) -> None:
        if name in FORBIDDEN_IN_CONDITIONS:
            text = message(
                'Rule "{rule}" reads "{column}", which is the outcome or the answer; no rule may read it.',
                rule=rule,
                column=name,
            )
            raise PolicyInvalid(text)
        if name not in self.columns and name not in STANDARD:
            meant = near_miss(name, [*self.columns, *STANDARD])
            if meant:
                asked = 'Rule "{rule}" reads "{column}", which no book has; did you mean "{meant}"?'
                raise PolicyInvalid(message(asked, rule=rule, column=name, meant=meant))
            raise PolicyInvalid(message('Rule "{rule}" reads "{column}", which no book has.', rule=rule, column=name))


def in_stored_units(value: Decimal, column_type: ColumnType) -> Decimal:
    """A number as the analyst writes it, in the column's stored unit; exact, so it may have decimals."""
    return value * UNITS_PER_ONE[column_type]


def own(name: str) -> str:
    """The prepared table's name of a risk column."""
    return f"{OWN_PREFIX}{name}"
