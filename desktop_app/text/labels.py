"""What the field's terms are called on screen and in files: columns, outcomes, causes, actions, units, assumptions."""

from __future__ import annotations

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.conditions import Operator
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Cause, OnMissing
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Kind, Unit

COLUMN_LABELS: dict[str, Message] = {
    "account_id": message("Account"),
    "user_id": message("User"),
    "snapshot_date": message("Snapshot date"),
    "credit_limit": message("Credit limit"),
    "balance": message("Balance"),
    "score": message("Score"),
    "pd": message("PD"),
    "lgd": message("LGD"),
    "apr": message("Annual rate"),
    "days_past_due": message("Days past due"),
    "delinquencies_12m": message("Delinquencies, 12 months"),
    "months_since_delinquency": message("Months since delinquency"),
    "months_on_book": message("Months on book"),
    "income_monthly": message("Monthly income"),
    "debt_service_monthly": message("Monthly debt service"),
    "dti": message("Debt service to income"),
    "applications_7d": message("Applications, 7 days"),
    "devices_7d": message("Devices, 7 days"),
    "inquiries_3m": message("Bureau inquiries, 3 months"),
    "kyc_complete": message("Identity complete"),
    "identity_match": message("Identity matches bureau"),
    "segment": message("Segment"),
    "product": message("Product"),
    "industry": message("Industry"),
    "region": message("Region"),
    "channel": message("Channel"),
    "customer_type": message("Customer type"),
    "age_band": message("Age band"),
    "default_12m": message("Default within 12 months"),
    "recorded_action": message("Recorded action"),
    "utilisation": message("Utilisation"),
    "user_limit": message("Limit of the user"),
    "user_balance": message("Balance of the user"),
}

TYPE_LABELS: dict[ColumnType, Message] = {
    ColumnType.TEXT: message("Text"),
    ColumnType.DATE: message("Date"),
    ColumnType.MONEY: message("Money"),
    ColumnType.RATE: message("Rate"),
    ColumnType.RATIO: message("Ratio"),
    ColumnType.INTEGER: message("Whole number"),
    ColumnType.NUMBER: message("Number"),
    ColumnType.BOOLEAN: message("Yes or no"),
    ColumnType.CATEGORY: message("Category"),
}

OUTCOME_LABELS: dict[Outcome, Message] = {
    Outcome.BLOCKED: message("Blocked"),
    Outcome.REFERRED: message("Referred"),
    Outcome.REDUCED: message("Limit-reduced"),
    Outcome.RAISED: message("Limit raised"),
    Outcome.WATCHED: message("Watched"),
    Outcome.UNCHANGED: message("Unchanged"),
}

CAUSE_LABELS: dict[Cause, Message] = {
    Cause.CREDIT_STANDING: message("Credit standing"),
    Cause.BEHAVIOUR: message("Behaviour"),
    Cause.INFORMATION: message("Information"),
    Cause.POLICY: message("Lender's policy"),
    Cause.REGULATION: message("Regulation"),
}

# By the `kind` of an action or target; recorded actions use the same words.
ACTION_LABELS: dict[str, Message] = {
    "block": message("Block"),
    "refer": message("Refer to manual review"),
    "cut": message("Cut the limit"),
    "watch": message("Watch"),
    "raise": message("Raise the limit"),
    "none": message("None"),
}

# How the check of recorded actions is made: its formula, its source and its use.
RECORDED_HELP = message(
    "Mismatches ÷ accounts with a recorded action of none, refer, cut or block, at the as-of date and without stress."
    " Blocked is compared with block, referred with refer, reduced with cut, any other outcome with none. Greyline's"
    " definition. A baseline that does otherwise is not the policy that was in force: its figures are no record."
)

TARGET_LABELS: dict[str, Message] = {
    "percent": message("Percentage of the limit"),
    "amount": message("Fixed amount"),
    "income_multiple": message("Multiple of monthly income"),
    "matrix": message("Matrix"),
}

ON_MISSING_LABELS: dict[OnMissing, Message] = {
    OnMissing.SKIP: message("Skip the rule"),
    OnMissing.FIRE: message("Fire the rule"),
    OnMissing.REFER: message("Refer the account"),
}

OPERATOR_LABELS: dict[Operator, Message] = {
    Operator.LESS: message("below"),
    Operator.AT_MOST: message("at most"),
    Operator.MORE: message("above"),
    Operator.AT_LEAST: message("at least"),
    Operator.EQUAL: message("is"),
    Operator.IN: message("is one of"),
    Operator.MISSING: message("is missing"),
}

UNIT_LABELS: dict[Unit, Message] = {
    Unit.USERS: message("Users"),
    Unit.ACCOUNTS: message("Accounts"),
    Unit.MONEY: message("Money"),
    Unit.SHARE: message("Share"),
    Unit.RATIO: message("Ratio"),
}

KIND_LABELS: dict[Kind, Message] = {
    Kind.OBSERVED: message("observed"),
    Kind.MODELLED: message("modelled"),
    Kind.ASSUMED: message("assumed"),
}

# By the field's name in `Assumptions`.
ASSUMPTION_LABELS: dict[str, Message] = {
    "ccf": message("Credit conversion factor (CCF)"),
    "lgd": message("LGD where the account has none"),
    "funding_cost": message("Funding cost a year"),
    "draw_rate": message("Share of the open line drawn"),
    "opex": message("Operating cost of an account a year"),
    "review_decline": message("Share declined in review"),
    "review_cost": message("Cost of a review"),
    "review_capacity": message("Reviews a month"),
    "capital_method": message("Capital method"),
    "capital_floors": message("Regulatory floors"),
    "asset_correlation": message("Asset correlation"),
    "loss_quantile": message("Loss quantile"),
}

CAPITAL_METHOD_LABELS: dict[str, Message] = {
    "standardised": message("Standardised approach"),
    "irb_retail": message("IRB, retail"),
}

# By the field's name in `Stress`.
STRESS_LABELS: dict[str, Message] = {
    "balance_growth": message("Balances grow by"),
    "income_fall": message("Incomes fall by"),
    "score_fall": message("Scores fall by"),
    "pd_odds": message("Odds of default times"),
    "group_odds": message("Odds of default by group"),
    "lgd_rise": message("LGD rises by"),
}


def column_label(name: str) -> Message:
    """What a column is called; a column that Greyline does not know keeps the name of the file."""
    return COLUMN_LABELS.get(name) or Message(name)
