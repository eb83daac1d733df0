"""Two policies over one prepared table: the relations that scans read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from sqlglot import exp

from desktop_app.domain.book import Book
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.outcomes import USER_SEVERITY
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import ForcedComparison
from desktop_app.engine.decide import MASKS, Decision, layered
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import Fields, own

# What the decided accounts are called inside a query: all of them, and those of users with several.
_DECIDED, _SHARED = "decided", "decided_shared"


@dataclass(frozen=True)
class Plan:
    """Some policies' decisions over one prepared table, by side: the baseline's and the scenario's, as a rule."""

    prepared: Prepared
    policies: Mapping[str, Policy]
    decisions: Mapping[str, Decision]
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, prepared: Prepared, policies: Mapping[Side, Policy]) -> Plan:
        """Compile the policies; raises PolicyInvalid where one does not fit the book."""
        named: dict[str, Policy] = dict(policies.items())
        return cls(prepared, named, {side: Decision(named[side], prepared.fields, side) for side in named})

    @classmethod
    def switched(cls, prepared: Prepared, policy: Policy, *handles: ThresholdHandle) -> Plan:
        """One policy with the comparison of each handle false ("off") and true ("on"): "off-on" for two of them.

        That is so for every account whose answer depends on the handle's value; all others decide as they are.
        """
        decisions = {}
        for answers in product((False, True), repeat=len(handles)):
            side = "-".join("on" if answer else "off" for answer in answers)
            forced = [ForcedComparison(*pair) for pair in zip(handles, answers, strict=True)]
            decisions[side] = Decision(policy, prepared.fields, side, forced=forced)
        return cls(prepared, dict.fromkeys(decisions, policy), decisions)

    @property
    def narrowed(self) -> str:
        """What the accounts are that are seen, for the keys of what is counted; "" for all of them."""
        return ""

    def accounts(self) -> exp.Select:
        """Every account with all decisions, in the book's row order; for `text`."""
        return exp.select(exp.Star()).from_(_DECIDED)

    def text(self, query: exp.Select) -> str:
        """The DuckDB text of a query over `accounts` or `shared_users`.

        The query is spent. The decisions are written out once and shared by all queries of the plan: they are most of
        the text.
        """
        outer = sql.last_sql(query)
        name, table = (_SHARED, self.prepared.shared) if _SHARED in outer else (_DECIDED, self.prepared.table)
        return f"WITH {name} AS NOT MATERIALIZED ({self._decided(table or '')}) {outer}"

    def shared_accounts(self) -> exp.Select:
        """The accounts of users with several, with all decisions; for `text`."""
        return exp.select(exp.Star()).from_(_SHARED)

    def shared_users(self, carried: Mapping[str, exp.Expr]) -> exp.Select:
        """One row for each user with several accounts, under the names that an account's row has.

        `carried` are columns taken from the user's first account, by the name they get.
        """
        if self.prepared.shared is None:
            raise TypeError("a book without users that have several accounts")
        first = sql.column(own("user_first"))
        columns = [
            sql.named(exp.Max(this=sql.choose([(first.copy(), tree)], sql.NULL.copy())), name)
            for name, tree in carried.items()
        ]
        columns += [sql.named(exp.Max(this=sql.column(own(name))), own(name)) for name in self.prepared.user_columns]
        for decision in self.decisions.values():
            columns += _user_columns(decision)
        per_user = sql.select_from(exp.to_table(_SHARED), columns)
        per_user = per_user.group_by(sql.column(own("user")), copy=False)
        slots = [sql.named(slot_of_worst(decision), decision.name("slot")) for decision in self.decisions.values()]
        with_slots = sql.select_from(per_user, [exp.Star(), *slots])
        outcomes = [
            sql.named(decision.outcome_of_slot(), decision.name("outcome")) for decision in self.decisions.values()
        ]
        return sql.select_from(with_slots, [exp.Star(), *outcomes])

    def _decided(self, table: str) -> str:
        if table not in self._texts:
            layers = [decision.layers() for decision in self.decisions.values()]
            self._texts[table] = sql.last_sql(layered(sql.relation(table), *layers))
        return self._texts[table]


def check_policy(book: Book, policy: Policy) -> None:
    """Raise PolicyInvalid where a policy does not fit the book: an unknown or forbidden column, a misfit value."""
    Decision(policy, Fields.of(book)).select(exp.to_table("accounts"))


# The most severe account of a user is the one with the smallest number: severity, then its place by id, then its slot.
_SEVERITY_BITS, _PLACE_BITS = 48, 8


def worst_account(decision: Decision) -> exp.Expr:
    """A number for each account of a user with several, the smaller the more severe; its slot is in it."""
    severity = sql.cast(decision.by_slot(lambda slot: USER_SEVERITY.index(slot.outcome)), "bigint")
    place = sql.cast(sql.column(own("place")), "bigint")
    return sql.plus(
        sql.times(severity, sql.whole(1 << _SEVERITY_BITS)),
        sql.times(place, sql.whole(1 << _PLACE_BITS)),
        decision.column("slot"),
    )


def slot_of_worst(decision: Decision) -> exp.Expr:
    """The slot of the user's most severe account."""
    return sql.cast(sql.remainder(decision.column("worst"), sql.whole(1 << _PLACE_BITS)), "utinyint")


def _user_columns(decision: Decision) -> list[exp.Expr]:
    """The user's most severe account, whether any account is cut, and the masks of all accounts merged."""
    columns = [
        sql.named(exp.Min(this=worst_account(decision)), decision.name("worst")),
        sql.named(exp.LogicalOr(this=decision.column("cut")), decision.name("cut")),
        sql.named(sql.summed(decision.column("undrawn")), decision.name("user_undrawn")),
    ]
    for name in MASKS:
        merged = exp.BitwiseOrAgg(this=decision.column(name))
        columns.append(sql.named(merged, decision.name(name)))
    return columns
