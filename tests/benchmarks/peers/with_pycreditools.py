"""pycreditools: the same rules as filters that an account must pass; it knows first failures and no amounts."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

import pandas as pd
from pycreditools import CreditPolicy

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.requests import Evaluation
from tests.benchmarks.peers.accounts import Accounts
from tests.benchmarks.peers.arrays import Arrays, columns_of
from tests.benchmarks.peers.rules import holds

_KEY = "account"


class PyCreditTools:
    """The accounts, at most so many, as its simulation wants them; a policy must consist of blocks."""

    def __init__(self, accounts: Accounts, most: int | None = None) -> None:
        self._accounts = accounts
        columns = columns_of(accounts.table.select(list(accounts.fields)).slice(0, most))
        self._frame = pd.DataFrame(columns, copy=False)
        self.rows = len(self._frame)
        self._frame.insert(0, _KEY, range(self.rows))

    def reasons(self, policy: Policy) -> dict[str, int]:
        """How many accounts each rule stops first, by the rule's id; "" for those that none stops."""
        simulated = CreditPolicy(applicant_id_col=_KEY, score_cols=("score",))
        labels = {"Approved": ""}
        for place, rule in enumerate(policy.rules):
            simulated = simulated.filter(rule.id, self._passes(rule))
            labels[f"{place + 1}: {rule.id}"] = rule.id
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = simulated.simulate(self._frame)
        counts = result.data["reason"].value_counts()
        return {labels[str(reason)]: int(count) for reason, count in counts.items()}

    def _passes(self, rule: Rule) -> Callable[[pd.DataFrame], pd.Series]:
        def passes(frame: pd.DataFrame) -> pd.Series:
            columns: Mapping[str, object] = {name: frame[name].to_numpy() for name in rule.fields}
            fires = holds(rule.condition, self._accounts.fields, Arrays(columns))
            return pd.Series(~fires, index=frame.index)

        return passes


def reasons_of(evaluation: Evaluation, policy: Policy) -> dict[str, int]:
    """Greyline's answer in the same form."""
    accounts = evaluation.by_reason["scenario"].onto("outcome", "reason").sums["accounts"]
    found = {rule.id: accounts[OUTCOMES.index(Outcome.BLOCKED), place + 1] for place, rule in enumerate(policy.rules)}
    found[""] = accounts[OUTCOMES.index(Outcome.UNCHANGED), 0]
    return {reason: int(count) for reason, count in found.items() if count}
