"""How a book's columns are kept: storage types, and thresholds in stored units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import FORBIDDEN_IN_CONDITIONS, STANDARD, UNITS_PER_ONE, ColumnType
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import Message, PolicyInvalid, message
from desktop_app.domain.spelling import near_miss

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
        "pi",
        "pr",
        "priced",
        "pk",
        "pq",
        "earns",
        "has_pd",
        "loss_balance",
        "user_accounts",
        "user_open",
        "user_first",
        "user_good",
        "user_bad",
        "user_treated",
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
        """Raise PolicyInvalid where a rule reads the outcome or the recorded action."""
        for rule in policy.rules:
            for name in sorted(rule.fields & FORBIDDEN_IN_CONDITIONS):
                text = 'Rule "{rule}" reads "{column}", which is the outcome or the answer; no rule may read it.'
                raise PolicyInvalid(message(text, rule=rule.id, column=name))

    def warnings(self, policy: Policy) -> tuple[Message, ...]:
        """One sentence for each column that a rule which is switched on needs and the book lacks."""
        return tuple(self._lacking(rule.id, name) for rule in policy.enabled_rules for name in self.missing(rule))

    def _lacking(self, rule: str, name: str) -> Message:
        meant = None if name in STANDARD else near_miss(name, [*self.columns, *STANDARD])
        if meant is None:
            text = 'Rule "{rule}" was not evaluated: the book has no column "{column}".'
            return message(text, rule=rule, column=name)
        text = 'Rule "{rule}" was not evaluated: the book has no column "{column}"; did you mean "{meant}"?'
        return message(text, rule=rule, column=name, meant=meant)


def in_stored_units(value: Decimal, column_type: ColumnType) -> Decimal:
    """A number as the analyst writes it, in the column's stored unit; exact, so it may have decimals."""
    return value * UNITS_PER_ONE[column_type]


def own(name: str) -> str:
    """The prepared table's name of a risk column."""
    return f"{OWN_PREFIX}{name}"
