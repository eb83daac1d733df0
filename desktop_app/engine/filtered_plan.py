"""A plan of which every scan sees only what a filter leaves: accounts at the account, users at the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from desktop_app.domain.filters import EVERYTHING, Filter
from desktop_app.domain.fingerprints import fingerprint, fingerprint_of
from desktop_app.domain.policy import Policy
from desktop_app.domain.sides import Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.filters import FIRST_HOLDS, account_holds, first_account_holds, user_holds
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared


@dataclass(frozen=True)
class FilteredPlan(Plan):
    """Two policies over those accounts and users of a prepared table for which a filter holds."""

    chosen: Filter = EVERYTHING

    @property
    def narrowed(self) -> str:
        """The filter, with the policies that it reads."""
        policies = map(fingerprint, self.policies.values()) if self.chosen.reads_policies else ()
        return fingerprint_of(self.chosen.key, *policies)

    def accounts(self) -> exp.Select:
        """The accounts for which the filter holds."""
        return super().accounts().where(account_holds(self.chosen, self), copy=False)

    def shared_users(self, carried: Mapping[str, exp.Expr]) -> exp.Select:
        """The users with several accounts for whom the filter holds."""
        users = super().shared_users({**carried, FIRST_HOLDS: first_account_holds(self.chosen, self)})
        return sql.select_from(users, [exp.Star()], "users").where(user_holds(self.chosen, self), copy=False)


def plan_for(prepared: Prepared, policies: Mapping[Side, Policy], chosen: Filter) -> Plan:
    """The plan of a request; raises PolicyInvalid, or BookUnusable where the filter names an absent column."""
    plan = Plan.of(prepared, policies)
    return FilteredPlan(prepared, plan.policies, plan.decisions, chosen=chosen) if chosen else plan
