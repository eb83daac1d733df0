"""A policy as SQL text for other databases, over columns in their own units; integers and decimals alone.

The policy is compiled as for Greyline's own scans. Around it stands what turns money, rates and ratios into the
integers that those compare, and the tree is then written as each database wants it: sqlglot alone would divide
through DOUBLE in some of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from sqlglot import exp

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import PolicyInvalid, message
from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.schema import OWN_PREFIX, Fields

TABLE = "accounts"
# What the decision's own columns are called, since some databases allow no other letters.
_OWN = "greyline_"
_PLAIN = re.compile(r"^[a-z_][a-z0-9_]*$")
# Snowflake's reserved words: a column of such a name was made in quotes, and so as it is spelled.
_SNOWFLAKE_RESERVED = """
all alter and any as between by case cast check column connect constraint create cross current current_date
current_time current_timestamp current_user delete distinct drop else exists false following for from full grant
group having ilike in increment inner insert intersect into is join lateral left like localtime localtimestamp
minus natural not null of on or order qualify regexp revoke right rlike row rows sample select set some start table
tablesample then to trigger true try_cast union unique update using values when whenever where with
"""

# The type that a column is read as, before it becomes an integer.
_READ_AS: dict[ColumnType, str] = {
    ColumnType.MONEY: "decimal(18, 2)",
    ColumnType.RATE: "decimal(9, 6)",
    ColumnType.RATIO: "decimal(18, 4)",
    ColumnType.NUMBER: "decimal(18, 6)",
}
_SUMMED = {"user_limit": "credit_limit", "user_balance": "balance"}
_PARTS = {
    "utilisation": {"balance", "credit_limit"},
    "dti": {"debt_service_monthly", "income_monthly"},
    "user_limit": {"credit_limit", "user_id"},
    "user_balance": {"balance", "user_id"},
}
_ALWAYS = frozenset({"account_id", "credit_limit", "balance"})


class Dialect(StrEnum):
    """The databases that a policy can be written for, by sqlglot's names."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"
    TRINO = "trino"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"
    HIVE = "hive"


def policy_text(policy: Policy, fields: Fields, dialect: Dialect) -> str:
    """One query over the table `accounts`, one row an account of one snapshot: account_id, outcome, reason, new_limit.

    Columns are those of `fields` in their own units: money DECIMAL(18, 2), rates DECIMAL(9, 6) in 0–1, other
    decimals DECIMAL(18, 6). reason is the rule's code, NULL where nothing applies; new_limit is money. Rules that
    are switched off or need columns which `fields` lacks take no part, and without user_id every account is a person
    of its own; raises PolicyInvalid on a misfit value.
    """
    # Another table may have categories that this book lacks.
    open_fields = Fields({name: Column(name, kept.type, derived=kept.derived) for name, kept in fields.columns.items()})
    decision = Decision(policy, open_fields)
    read = _ALWAYS.union(*(columns.rule.fields for columns in decision.rules))
    decided = decision.slotted(_derived(read, open_fields))
    query = sql.select_from(decided, _results(decision, policy))
    written = _rewritten(query, _writer(dialect))
    if dialect is Dialect.POSTGRES:
        _fence(written)
    return written.sql(dialect=dialect.value, pretty=True) + "\n"


def lenders_fields(book: Book, mapping: Mapping) -> Fields:
    """The fields of a book as the lender's table has them: a mapping without people leaves out `user_id`."""
    fields = Fields.of(book)
    if "user_id" in mapping.columns:
        return fields
    return Fields({name: column for name, column in fields.columns.items() if name != "user_id"})


def check_columns(policy: Policy, fields: Fields) -> None:
    """Raise PolicyInvalid where a rule that is switched on needs a column that `fields` lacks."""
    for rule in policy.enabled_rules:
        for name in fields.missing(rule):
            text = 'Rule "{rule}" reads "{column}", which is no standard column; name a book that has it with --book.'
            raise PolicyInvalid(message(text, rule=rule.id, column=name))


def _derived(read: frozenset[str], fields: Fields) -> exp.Select:
    """The columns that the rules read, in stored units."""
    derived = {name for name in read if fields.columns[name].derived}
    loaded = (read - derived).union(*(_PARTS[name] for name in derived))
    trees = derived_trees(Fields({name: fields.columns[name] for name in sorted(derived)}))
    # Without people, a person's sum is the account's own amount.
    for name in _SUMMED.keys() & derived if "user_id" in fields.columns else ():
        trees[name] = _summed_by_user(_SUMMED[name])
    columns = [_stored(name, fields) for name in fields.columns if name in loaded]
    source = exp.select(*columns).from_(exp.to_table(TABLE, dialect="duckdb"))
    added = [sql.named(tree, name) for name, tree in trees.items()]
    return sql.select_from(source, [exp.Star(), *added]) if added else source


def _summed_by_user(name: str) -> exp.Expr:
    window = exp.Window(this=exp.Sum(this=sql.column(name)), partition_by=[sql.column("user_id")])
    return sql.cast(window, "bigint")


def _stored(name: str, fields: Fields) -> exp.Expr:
    """A column in its own unit as the integer that the conditions compare."""
    if name == "user_id":
        person = sql.known_or(sql.column(name), sql.column("account_id"))
        return sql.named(person, name)
    kind = fields.columns[name].type
    if kind is ColumnType.INTEGER:
        return sql.named(sql.cast(sql.column(name), "bigint"), name)
    if kind not in _READ_AS:
        return sql.column(name)
    read = sql.cast(sql.column(name), _READ_AS[kind])
    whole = sql.cast(sql.times(read, sql.whole(UNITS_PER_ONE[kind])), "bigint")
    if kind is ColumnType.RATIO:
        cap = sql.whole(RATIO_CAP * UNITS_PER_ONE[kind])
        beyond = exp.GT(this=sql.column(name), expression=sql.whole(RATIO_CAP))
        whole = sql.bracketed(sql.choose([(beyond, cap)], whole))
    return sql.named(whole, name)


def _results(decision: Decision, policy: Policy) -> list[exp.Expr]:
    codes = [None if slot.rule is None else policy.rules[slot.rule].reason.code for slot in decision.slots]
    hundredth = sql.cast(sql.text("0.01"), "decimal(3, 2)")
    money = sql.times(sql.cast(decision.column("new_limit"), "decimal(18, 0)"), hundredth)
    columns = {
        "outcome": _label(decision, [slot.outcome.value for slot in decision.slots]),
        "reason": _label(decision, codes),
        "new_limit": sql.cast(money, "decimal(18, 2)"),
    }
    named = [sql.named(tree, name) for name, tree in columns.items()]
    return [sql.column("account_id"), *named]


def _label(decision: Decision, labels: Sequence[str | None]) -> exp.Expr:
    """labels[slot] as text, NULL for none."""
    cases = [
        (exp.EQ(this=decision.column("slot"), expression=sql.whole(number)), sql.text(label))
        for number, label in enumerate(labels)
        if label is not None
    ]
    return sql.choose(cases, sql.cast(sql.NULL.copy(), "varchar"))


def _rewritten(query: exp.Select, written: Callable[[exp.Expr], exp.Expr]) -> exp.Select:
    """The tree with every node written anew, the innermost first: a quotient may stand inside another."""
    for node in reversed(list(query.bfs())):
        new = written(node)
        if new is not node:
            node.replace(new)
    return query


def _fence(query: exp.Select) -> None:
    """Keep each step of the query by itself: merged, every column is written out wherever it is read.

    PostgreSQL merges subqueries, and a policy of a dozen rules would grow until memory ends.
    """
    for step in query.find_all(exp.Subquery):
        if isinstance(step.this, exp.Select):
            step.this.offset(0, copy=False)


def _writer(dialect: Dialect) -> Callable[[exp.Expr], exp.Expr]:
    """What turns each node of the tree into what the database understands."""

    def written(node: exp.Expr) -> exp.Expr:
        match node:
            case exp.Identifier():
                return _identifier(node, dialect)
            case exp.IntDiv():
                return _quotient(node, dialect)
            case exp.Paren(this=exp.Paren() | exp.Column() | exp.Boolean()):
                inner: exp.Expr = node.this
                return inner
            case exp.DataType() if node.this is exp.DataType.Type.UTINYINT:
                return exp.DataType.build("smallint")
            case exp.Least() | exp.Greatest() if dialect is Dialect.SNOWFLAKE:
                # No part is ever NULL, and this spelling is the older one.
                node.set("ignore_nulls", False)
                return node
            case _:
                return node

    return written


def _identifier(node: exp.Identifier, dialect: Dialect) -> exp.Identifier:
    name = node.name
    if name.startswith(OWN_PREFIX):
        name = _OWN + name.removeprefix(OWN_PREFIX).split(".", 1)[-1]
    # Snowflake keeps the names of most tables in capitals, which quoted small letters would miss.
    plain = _PLAIN.match(name) and name not in _SNOWFLAKE_RESERVED.split()
    quoted = node.args.get("quoted") and not (dialect is Dialect.SNOWFLAKE and plain)
    return exp.to_identifier(name, quoted=bool(quoted))


def _quotient(node: exp.IntDiv, dialect: Dialect) -> exp.Expr:
    """The whole quotient of two numbers of which neither is negative, without a decimal or a DOUBLE on the way."""
    left, right = node.this, node.expression
    match dialect:
        case Dialect.POSTGRES | Dialect.TRINO:
            # Between integers their division is whole.
            return exp.Div(this=left, expression=right, typed=True)
        case Dialect.SNOWFLAKE:
            # Its division is decimal and rounds: what is divided must divide without remainder.
            even = sql.minus(left, sql.remainder(left.copy(), right.copy()))
            return sql.cast(exp.Div(this=even, expression=right), "bigint")
        case _:
            return node
