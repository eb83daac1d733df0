"""Every measure that is summed: what the engine adds up, exactly, for each outcome, reason and group."""

from __future__ import annotations

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.figures.amounts import rate_on_amount_sql
from desktop_app.figures.types import Day, Measure

_BEFORE = "greatest(credit_limit - balance, 0)"
_CUTTABLE = ", ".join(str(OUTCOMES.index(outcome)) for outcome in (Outcome.REFERRED, Outcome.REDUCED))

# What may still be drawn of an account in default is summed as open line, never as exposure or loss.
_PERFORMING = "CASE WHEN in_default THEN 0 ELSE {amount} END"
_PERFORMING_WITH_PD = "CASE WHEN has_pd AND NOT in_default THEN {amount} ELSE 0 END"
# An account earns when it performs and has both a PD and a contract rate.
_EARNING = "CASE WHEN earns THEN {amount} ELSE 0 END"

COUNTS: tuple[Measure, ...] = (
    Measure("users", "1", "users", per="user"),
    Measure("users_open", "CASE WHEN user_open > 0 THEN 1 ELSE 0 END", "users", per="user"),
    Measure("users_cut", "CASE WHEN any_cut THEN 1 ELSE 0 END", "users", per="user"),
    Measure("accounts", "1", "accounts"),
    Measure(
        "accounts_cut",
        f"CASE WHEN new_limit < credit_limit AND outcome IN ({_CUTTABLE}) THEN 1 ELSE 0 END",
        "accounts",
    ),
    Measure("accounts_pd_filled", "CASE WHEN pd_filled THEN 1 ELSE 0 END", "accounts"),
    Measure("accounts_earning", _EARNING.format(amount="1"), "accounts"),
)

AMOUNTS: tuple[Measure, ...] = (
    Measure("credit_limit", "credit_limit", "minor"),
    Measure("new_limit", "new_limit", "minor"),
    Measure("balance", "balance", "minor"),
    Measure("balance_performing", _PERFORMING.format(amount="balance"), "minor"),
    Measure("balance_with_pd", "CASE WHEN has_pd THEN balance ELSE 0 END", "minor"),
    Measure("undrawn", "undrawn", "minor"),
    Measure("undrawn_before", _BEFORE, "minor"),
    Measure("undrawn_performing", _PERFORMING.format(amount="undrawn"), "minor"),
    Measure("undrawn_before_performing", _PERFORMING.format(amount=_BEFORE), "minor"),
    Measure("undrawn_with_pd", _PERFORMING_WITH_PD.format(amount="undrawn"), "minor"),
    Measure("undrawn_before_with_pd", _PERFORMING_WITH_PD.format(amount=_BEFORE), "minor"),
    Measure("balance_earning", _EARNING.format(amount="balance"), "minor"),
    Measure("undrawn_earning", _EARNING.format(amount="undrawn"), "minor"),
    Measure("undrawn_before_earning", _EARNING.format(amount=_BEFORE), "minor"),
)

# pl and loss_balance are 0 where there is no PD, so these need no further test.
LOSSES: tuple[Measure, ...] = (
    Measure("loss_balance", "loss_balance", "loss"),
    Measure("loss_undrawn", _PERFORMING.format(amount=rate_on_amount_sql("pl", "undrawn")), "loss"),
    Measure("loss_undrawn_before", _PERFORMING.format(amount=rate_on_amount_sql("pl", _BEFORE)), "loss"),
    Measure("loss_balance_earning", _EARNING.format(amount="loss_balance"), "loss"),
    Measure("loss_undrawn_earning", _EARNING.format(amount=rate_on_amount_sql("pl", "undrawn")), "loss"),
    Measure("loss_undrawn_before_earning", _EARNING.format(amount=rate_on_amount_sql("pl", _BEFORE)), "loss"),
)

# pi is 0 where the account does not earn.
INCOMES: tuple[Measure, ...] = (
    Measure("income_balance", rate_on_amount_sql("pi", "balance"), "loss"),
    Measure("income_undrawn", rate_on_amount_sql("pi", "undrawn"), "loss"),
    Measure("income_undrawn_before", rate_on_amount_sql("pi", _BEFORE), "loss"),
)

# What an open line costs and brings is asked of performing accounts with a contract rate, whatever their PD.
_PRICED = "CASE WHEN priced THEN {amount} ELSE 0 END"
PRICES: tuple[Measure, ...] = (
    Measure("undrawn_before_priced", _PRICED.format(amount=_BEFORE), "minor"),
    Measure("rate_undrawn_before", rate_on_amount_sql("pr", _BEFORE), "loss"),
    Measure("lgd_undrawn_before", _PRICED.format(amount=rate_on_amount_sql("(lgd_ppm * 1000)", _BEFORE)), "loss"),
)

# pk and pq are 0 where there is no PD, pk in default as well.
CAPITAL: tuple[Measure, ...] = (
    Measure("capital_balance", rate_on_amount_sql("pk", "balance"), "loss"),
    Measure("capital_undrawn", rate_on_amount_sql("pk", "undrawn"), "loss"),
    Measure("capital_balance_earning", _EARNING.format(amount=rate_on_amount_sql("pk", "balance")), "loss"),
    Measure("capital_undrawn_earning", _EARNING.format(amount=rate_on_amount_sql("pk", "undrawn")), "loss"),
    Measure("bad_year_balance", rate_on_amount_sql("pq", "balance"), "loss"),
    Measure("bad_year_undrawn", _PERFORMING.format(amount=rate_on_amount_sql("pq", "undrawn")), "loss"),
)

_FALLS = "user_undrawn < user_open"
_ONE_WHERE = "CASE WHEN {test} THEN 1 ELSE 0 END"


def _observed(id_: str, test: str) -> Measure:
    return Measure(id_, _ONE_WHERE.format(test=test), "users", per="user", day="evidence")


# Users at the evidence date; a user whom the live system left alone is untreated.
OBSERVED: tuple[Measure, ...] = (
    Measure("observed_users", "1", "users", per="user", day="evidence"),
    _observed("goods", "user_good"),
    _observed("bads", "user_bad"),
    _observed("goods_hurt", f"user_good AND {_FALLS}"),
    _observed("bads_stopped", f"user_bad AND {_FALLS}"),
    _observed("goods_untreated", "user_good AND NOT user_treated"),
    _observed("bads_untreated", "user_bad AND NOT user_treated"),
    _observed("goods_hurt_untreated", f"user_good AND NOT user_treated AND {_FALLS}"),
    _observed("bads_stopped_untreated", f"user_bad AND NOT user_treated AND {_FALLS}"),
)

MEASURES: dict[str, Measure] = {
    measure.id: measure for measure in (*COUNTS, *AMOUNTS, *LOSSES, *INCOMES, *PRICES, *CAPITAL, *OBSERVED)
}


def measures_of(day: Day) -> tuple[Measure, ...]:
    """The measures that are summed over the accounts of that day."""
    return tuple(measure for measure in MEASURES.values() if measure.day == day)
