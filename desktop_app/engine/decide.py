"""A policy as SQL: what it does to each account. The only evaluator in the product (domain rules, section 3).

Every rule becomes up to three columns: whether it fires with its own action, whether it fires as a referral
because something was missing, and whether it could not be decided. From these come the new limit and one small
integer, the slot: an outcome together with the rule that gives the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from sqlglot import exp

from desktop_app.domain.actions import Block, Cut, Raise, Refer
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import ConditionCompiler, ForcedComparison
from desktop_app.engine.firing import RuleColumns, columns_of, firing, rounded
from desktop_app.engine.schema import OWN_PREFIX, Fields
from desktop_app.engine.slots import Slot, fires, slot_tests
from desktop_app.engine.targets import target_tree

# Columns by name, which read those of the layers before.
Layer: TypeAlias = list[tuple[str, exp.Expr]]

# The column that gives the size of an action where many sizes are tried at once.
SIZE = f"{OWN_PREFIX}size"

# One bit a rule: which fire; which would restrict by themselves, of those that do not wherever they fire; which could
# not be decided.
MASKS = ("fires", "bites", "unknown")
_ALWAYS_RESTRICTING = (Block, Refer)
# The narrowest type for the masks of so many rules.
_MASK_TYPES = ((8, "utinyint"), (16, "usmallint"), (32, "uinteger"), (63, "bigint"))


class Decision:
    """The SQL of one policy over the prepared accounts.

    Attributes: slots lists every way to be decided, in the order of their numbers; rules are those that can be
    evaluated. `side` keeps two policies in one query apart; `forced` decides some comparisons beforehand;
    `sized` is a rule whose action takes its size from the column SIZE.
    """

    def __init__(
        self,
        policy: Policy,
        fields: Fields,
        side: str = "scenario",
        *,
        forced: Sequence[ForcedComparison] = (),
        sized: str | None = None,
    ) -> None:
        fields.check(policy)
        self._sized = sized
        self._forced = forced
        self._policy = policy
        self._fields = fields
        self._compiler = ConditionCompiler(fields)
        self._side = side
        self.rules = tuple(columns_of(place, rule) for place, rule in fields.available(policy))
        self._slot_tests = slot_tests(self.rules, self.column)
        self.slots = (*(slot for slot, _ in self._slot_tests), Slot(Outcome.UNCHANGED, None))

    def select(self, source: exp.Select | exp.Table) -> exp.Select:
        """`source`'s columns with the decision's added, among them new_limit, slot, outcome, undrawn and cut."""
        return layered(source, self.layers())

    def slotted(self, source: exp.Select | exp.Table) -> exp.Select:
        """`source`'s columns with those that decide alone: new_limit and slot, and what they are made of."""
        return layered(source, self.layers()[:-1])

    def layers(self) -> list[Layer]:
        """The decision's columns, innermost first: each layer reads those before it; the last are its results."""
        return [self._tests(), self._raws(), self._targets(), self._limits(), self._slots(), self._results()]

    def column(self, name: str) -> exp.Expr:
        """One of the decision's columns, by its short name."""
        return sql.column(self.name(name))

    def name(self, short: str) -> str:
        """The full name of one of the decision's columns, which no column of a book has."""
        return f"{OWN_PREFIX}{self._side}.{short}"

    def restricts(self, rule: RuleColumns) -> exp.Expr:
        """Whether the rule by itself would block, refer or reduce the account: a cut must bite to count."""
        tests = [self.column(rule.referral)] if rule.referral else []
        match rule.rule.action:
            case Block() | Refer():
                tests.append(self.column(rule.own))
            case Cut():
                bites = exp.LT(this=self._target(rule), expression=sql.column("credit_limit"))
                tests.append(sql.both([self.column(rule.own), bites]))
            case _:
                pass
        return sql.either(tests)

    # The layers of the query, innermost first. Each sees the columns of those before it.

    def _tests(self) -> Layer:
        """Conditions."""
        return [(self.name(f"if{columns.place}"), self._condition(columns)) for columns in self.rules]

    def _condition(self, columns: RuleColumns) -> exp.Expr:
        forced = tuple(one for one in self._forced if one.handle.rule == columns.rule.id)
        return self._compiler.tree(columns.rule.condition, forced)

    def _raws(self) -> Layer:
        """Raw targets, computed only where the condition does not hold them off: their divisions are dear."""
        added = []
        for columns in self.rules:
            action = columns.rule.action
            if isinstance(action, Cut | Raise):
                size = sql.column(SIZE) if columns.rule.id == self._sized else None
                raw = target_tree(action.target, self._fields, columns.rule.id, size)
                asked = sql.known_or(self.column(f"if{columns.place}"), sql.TRUE.copy())
                added.append((self.name(f"raw{columns.place}"), sql.choose([(asked, raw)], sql.NULL.copy())))
        return added

    def _targets(self) -> Layer:
        """Whether each rule fires, and the rounded target of a cut or raise."""
        added = []
        for columns in self.rules:
            own, referral, unknown = firing(columns, self.column)
            added.append((self.name(columns.own), own))
            added.append((self.name(columns.unknown), unknown))
            if columns.referral:
                added.append((self.name(columns.referral), referral))
            if columns.target:
                added.append((self.name(columns.target), rounded(columns, self._policy, self.column)))
        return added

    def _limits(self) -> Layer:
        limit = sql.column("credit_limit")
        cut = self._lowest(Cut)
        raised = self._lowest(Raise)
        others = [fires(columns, self.column) for columns in self.rules if not isinstance(columns.rule.action, Raise)]
        if raised is None:
            return [(self.name("new_limit"), cut if cut is not None else limit)]
        cut = cut if cut is not None else limit
        return [(self.name("new_limit"), sql.bracketed(sql.choose([(sql.either(others), cut)], raised)))]

    def _lowest(self, kind: type[Cut] | type[Raise]) -> exp.Expr | None:
        """The lowest target over the fired rules of that kind, the credit limit where none fires."""
        of_kind = [columns for columns in self.rules if isinstance(columns.rule.action, kind)]
        if not of_kind:
            return None
        if kind is Cut:
            neutral: exp.Expr = sql.column("credit_limit")
            return sql.least(*(self._if_own(columns, neutral.copy()) for columns in of_kind))
        # A raise is never below the limit, so the limit would win every minimum: unfired ones must be out of reach.
        far = sql.whole(2**62)
        fired = sql.either(self.column(columns.own) for columns in of_kind)
        lowest = sql.least(*(self._if_own(columns, far.copy()) for columns in of_kind))
        return sql.bracketed(sql.choose([(fired, lowest)], sql.column("credit_limit")))

    def _if_own(self, columns: RuleColumns, otherwise: exp.Expr) -> exp.Expr:
        return sql.bracketed(sql.choose([(self.column(columns.own), self._target(columns))], otherwise))

    def _target(self, columns: RuleColumns) -> exp.Expr:
        if columns.target is None:
            raise TypeError("a rule without a target")
        return self.column(columns.target)

    def _slots(self) -> Layer:
        last = sql.whole(len(self.slots) - 1)
        cases = [(test.copy(), sql.whole(number)) for number, (_, test) in enumerate(self._slot_tests)]
        return [(self.name("slot"), sql.cast(sql.bracketed(sql.choose(cases, last)), "utinyint"))]

    def _results(self) -> Layer:
        undrawn = sql.greatest(exp.Sub(this=self.column("new_limit"), expression=sql.column("balance")), sql.whole(0))
        # Slots of referred and reduced accounts follow those of blocked ones.
        cuttable = sql.both([exp.Not(this=self.is_blocked()), self.slot_below(Outcome.REDUCED)])
        lowered = exp.LT(this=self.column("new_limit"), expression=sql.column("credit_limit"))
        return [
            (self.name("cut"), sql.both([cuttable, lowered])),
            (self.name("outcome"), self.outcome_of_slot()),
            (self.name("fires"), self._mask(lambda columns: fires(columns, self.column))),
            (self.name("restricts"), self._mask(self.restricts)),
            (self.name("bites"), self._mask(self.restricts, but=_ALWAYS_RESTRICTING)),
            (self.name("unknown"), self._mask(lambda columns: self.column(columns.unknown))),
            (self.name("undrawn"), self._if_open(undrawn)),
            # As if the account were its user's only one.
            (self.name("user_undrawn"), self._if_open(undrawn.copy())),
        ]

    def _if_open(self, amount: exp.Expr) -> exp.Expr:
        return sql.bracketed(sql.choose([(self.is_blocked(), sql.whole(0))], amount))

    def outcome_of_slot(self) -> exp.Expr:
        """The outcome's place in OUTCOMES, from the slot."""
        return self.by_slot(lambda slot: OUTCOMES.index(slot.outcome))

    def _mask(
        self, test: Callable[[RuleColumns], exp.Expr], but: tuple[type[Block] | type[Refer], ...] = ()
    ) -> exp.Expr:
        """One bit a rule, at its place in the policy, but for those with such actions."""
        places = max((columns.place + 1 for columns in self.rules), default=1)
        kind = next(name for bits, name in _MASK_TYPES if places <= bits)
        nothing = sql.cast(sql.whole(0), kind)
        cases = [
            (test(columns), sql.cast(sql.whole(1 << columns.place), kind))
            for columns in self.rules
            if not isinstance(columns.rule.action, but)
        ]
        bits = [sql.bracketed(sql.choose([case], nothing.copy())) for case in cases]
        return sql.bits_of(*bits) if bits else nothing

    @property
    def restricting(self) -> int:
        """The bits of those rules that restrict wherever they fire."""
        found = [columns for columns in self.rules if isinstance(columns.rule.action, _ALWAYS_RESTRICTING)]
        return sum(1 << columns.place for columns in found)

    def is_blocked(self) -> exp.Expr:
        """Whether the account is blocked: those slots come first."""
        return self.slot_below(Outcome.BLOCKED)

    @property
    def can_move_limit(self) -> bool:
        """Whether any rule that can be evaluated cuts or raises."""
        return any(columns.target for columns in self.rules)

    @cached_property
    def limit_key(self) -> str:
        """What the new limit rests on: decisions with the same key move every limit alike."""
        sized = [columns for columns in self.rules if isinstance(columns.rule.action, Cut | Raise)]
        # A raise holds only where nothing else fires.
        asked = self.rules if any(isinstance(columns.rule.action, Raise) for columns in sized) else sized
        rules = [columns.rule.model_dump_json(include={"condition", "action", "on_missing"}) for columns in asked]
        forced = [repr(one) for one in self._forced if one.handle.rule in {columns.rule.id for columns in asked}]
        policy = self._policy
        return repr((rules, forced, policy.round_to, policy.floor, policy.protect_balance, self._sized))

    def moves_limit(self) -> exp.Expr:
        """Whether the account's new limit differs from the old one."""
        return sql.bracketed(exp.NEQ(this=self.column("new_limit"), expression=sql.column("credit_limit")))

    def slot_below(self, outcome: Outcome) -> exp.Expr:
        """Whether the account's outcome is that one or one that comes before it."""
        last = OUTCOMES.index(outcome)
        count = sum(OUTCOMES.index(slot.outcome) <= last for slot in self.slots)
        return sql.bracketed(exp.LT(this=self.column("slot"), expression=sql.whole(count)))

    def by_slot(self, value: Callable[[Slot], int]) -> exp.Expr:
        """A number looked up from the slot; runs of equal numbers cost one comparison."""
        return _stepwise(self.column("slot"), [value(slot) for slot in self.slots])


def layered(source: exp.Select | exp.Table, *decisions: list[Layer]) -> exp.Select:
    """`source`'s columns with the layers of some decisions added, each layer of all of them in one step.

    What two decisions have in common is named alike before it is asked for, so that the database computes it once.
    """
    found, alike = source, _Alike()
    for layers in zip(*decisions, strict=True):
        columns = [alike.named(name, tree) for name, tree in chain(*layers)]
        if columns or found is source:
            found = sql.select_from(found, [exp.Star(), *columns])
    if not isinstance(found, exp.Select):
        raise TypeError("no layers")
    return found


class _Alike:
    """Columns that say the same, by the name of the first."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._by_tree: dict[exp.Expr, str] = {}

    def named(self, name: str, tree: exp.Expr) -> exp.Expr:
        """The column to ask for."""
        for column in tree.find_all(exp.Column):
            if column.name in self._first:
                column.set("this", exp.to_identifier(self._first[column.name], quoted=True))
        first = self._by_tree.setdefault(tree, name)
        if first != name:
            self._first[name] = first
        return sql.named(tree, name)


def _stepwise(key: exp.Expr, values: Sequence[int]) -> exp.Expr:
    """values[key] as CASE WHEN key < end THEN value …, one case a run."""
    cases = []
    for place in range(1, len(values)):
        if values[place] != values[place - 1]:
            end = exp.LT(this=key.copy(), expression=sql.whole(place))
            cases.append((end, sql.whole(values[place - 1])))
    return sql.cast(sql.bracketed(sql.choose(cases, sql.whole(values[-1]))), "utinyint")
