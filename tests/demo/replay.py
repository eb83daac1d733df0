"""A small evaluator of policies over a frame of the demo book: enough for the two policies that come with it."""

import numpy as np
import pyarrow as pa

from desktop_app.domain.actions import Block, Cut, Refer, WatchOnly
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison
from desktop_app.domain.outcomes import OUTCOMES, Outcome

_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
}
_DECIMALS = ("credit_limit", "balance", "pd", "lgd", "apr", "income_monthly", "debt_service_monthly")


def frame_of(table):
    """The book as a frame with doubles, NaN for missing, and the derived columns."""
    quick = dict.fromkeys(_DECIMALS, pa.float64()) | {"snapshot_date": pa.timestamp("s")}
    types = [pa.field(field.name, quick.get(field.name, field.type)) for field in table.schema]
    frame = table.cast(pa.schema(types)).to_pandas()
    for name in ("kyc_complete", "identity_match", "default_12m"):
        frame[name] = frame[name].astype(float)
    frame["dti"] = _ratio(frame.debt_service_monthly, frame.income_monthly)
    frame["utilisation"] = _ratio(frame.balance, frame.credit_limit)
    frame["user_limit"] = frame.groupby(["snapshot_date", "user_id"]).credit_limit.transform("sum")
    return frame


def _ratio(part, whole):
    """A ratio in steps of 1e-4, half up, at most 10; amounts have at most two decimals and no whole is zero."""
    a, b = np.rint(part * 100), np.rint(whole * 100)
    return np.minimum((2e4 * a + b) // (2 * b) / 1e4, 10)


def outcomes_of(policy, frame):
    """The position in OUTCOMES of each row's outcome."""
    return combined(policy, fired_rules(policy, frame), frame)


def fired_rules(policy, frame):
    """Where each rule fires, by its id."""
    return {rule.id: _holds(rule.condition, frame) for rule in policy.enabled_rules}


def combined(policy, fired, frame):
    """The position in OUTCOMES of each row's outcome, from the rules that fire."""
    by_kind = {kind: np.zeros(len(frame), bool) for kind in (Block, Refer, WatchOnly)}
    limit = frame.credit_limit.to_numpy()
    new_limit = limit.copy()
    for rule in policy.enabled_rules:
        if isinstance(rule.action, Cut):
            target = _rounded(_target(rule.action.target, limit), policy, limit)
            new_limit = np.where(fired[rule.id], np.minimum(new_limit, target), new_limit)
        else:
            by_kind[type(rule.action)] |= fired[rule.id]
    found = np.select(
        [by_kind[Block], by_kind[Refer], new_limit < limit, by_kind[WatchOnly]],
        [OUTCOMES.index(o) for o in (Outcome.BLOCKED, Outcome.REFERRED, Outcome.REDUCED, Outcome.WATCHED)],
        OUTCOMES.index(Outcome.UNCHANGED),
    )
    return found.astype(np.int8)


def shares_of_actions(outcomes):
    """The shares of none, cut, block and refer."""
    share = {o: float(np.mean(outcomes == OUTCOMES.index(o))) for o in OUTCOMES}
    blocked, referred, cut = share[Outcome.BLOCKED], share[Outcome.REFERRED], share[Outcome.REDUCED]
    return {"none": 1 - blocked - referred - cut, "cut": cut, "block": blocked, "refer": referred}


def _holds(condition, frame):
    match condition:
        case AllOf(all=parts):
            return np.logical_and.reduce([_holds(part, frame) for part in parts])
        case AnyOf(any=parts):
            return np.logical_or.reduce([_holds(part, frame) for part in parts])
        case Comparison():
            return _compares(condition, frame)
        case _:
            raise NotImplementedError(type(condition))


def _compares(comparison, frame):
    if comparison.operator == "in":
        return frame[comparison.field].isin(comparison.value).to_numpy()
    if isinstance(comparison.value, str):
        return (frame[comparison.field] == comparison.value).to_numpy(bool)
    value = np.full(len(frame), float(comparison.value))
    if comparison.by:
        for group, own in comparison.by.values.items():
            value[(frame[comparison.by.column] == group).to_numpy(bool)] = float(own)
    # NaN compares false, which is right where nothing is negated and on_missing is skip.
    return _COMPARE[comparison.operator](frame[comparison.field].to_numpy(), value)


def _target(target, limit):
    match target.kind:
        case "percent":
            return limit * float(target.percent) / 100
        case "amount":
            return np.full(len(limit), float(target.amount))
        case _:
            raise NotImplementedError(target.kind)


def _rounded(target, policy, limit):
    step = float(policy.round_to)
    return np.minimum(np.maximum(np.floor(target / step + 1e-9) * step, float(policy.floor)), limit)
