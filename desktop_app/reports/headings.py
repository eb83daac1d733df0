"""The headings of every CSV file: a public contract. Columns keep name, place and meaning; new ones go to the end.

All files: UTF-8 with a byte order mark, comma, RFC 4180 quoting, CRLF, one heading line. Ids, outcomes and causes are
language-neutral; `name` is English where the policy says it in English. An empty field is a figure that cannot be
computed, never zero. Counts are integers, money has 2 decimals, shares, rates and ratios have 6, dates are ISO, flags
are true or false. `policy` is baseline or scenario (or delta, scenario − baseline, in the summary).
"""

from __future__ import annotations

from typing import TypeAlias

Headings: TypeAlias = tuple[str, ...]

# One row a figure and policy, in the catalogue's order; date is the day the figure is about, denominator the id of
# the figure that a share or ratio divides by, coverage the share of EAD with what the figure needs.
SUMMARY: Headings = ("figure", "policy", "value", "unit", "kind", "date", "denominator", "coverage")

# One row an account, in the book's order; all but baseline_outcome under the scenario. reason is the code of the
# reason, empty for none.
ACCOUNTS: Headings = (
    "account_id",
    "user_id",
    "action",
    "outcome",
    "reason",
    "credit_limit",
    "balance",
    "new_limit",
    "undrawn",
    "in_default",
    "baseline_outcome",
)

# One row a policy, rule and outcome that occurs: those for whom the rule gives the reason. The row without a rule
# holds those without a reason, so that each policy adds up to the book.
REASONS: Headings = (
    "policy",
    "rule",
    "name",
    "reason_code",
    "cause",
    "action",
    "outcome",
    "users",
    "accounts",
    "ead",
    "el",
)

# One row a policy and group of the grouping (no rows without one); the empty group is that of missing values.
# thin marks groups of fewer than 30 users. From reference on: the group is set against the largest one that is known.
# The ratios divide the shares of users who are not restricted and who are blocked, p is of the pooled two-sided z test;
# flagged is an unrestricted ratio below 0.80 or a blocked ratio above 1.25 with p < 0.05 and enough cases; gap_rule
# restricts the group's users most in excess of the reference's.
GROUPS: Headings = (
    "policy",
    "grouping",
    "group",
    "users",
    "accounts",
    "users_blocked",
    "users_referred",
    "users_reduced",
    "users_raised",
    "users_watched",
    "users_unchanged",
    "blocked_rate",
    "restricted_rate",
    "credit_limit_before",
    "credit_limit_after",
    "balance",
    "open_line_before",
    "open_line",
    "ead",
    "el",
    "el_avoided",
    "el_rate",
    "coverage",
    "thin",
    "reference",
    "unrestricted_ratio",
    "unrestricted_p",
    "blocked_ratio",
    "blocked_p",
    "flagged",
    "gap_rule",
)

# One row a policy and rule, in policy order from 1; counts are empty where the rule is off or unavailable. From
# evidence_date on: what became of the users whom the rule hits at that date, of those whom no other rule hits (sole),
# and of those on whom the live system did not act (untreated); low and high are Wilson's 95 % interval, lift is over
# the book's bad rate, few marks fewer than 30 known users, or fewer than 5 good or bad ones. el_delta and
# margin_delta are the policy's less those of the policy without the rule; breakeven_pd is that of the lines of the
# accounts that it hits.
RULES: Headings = (
    "policy",
    "position",
    "rule",
    "name",
    "enabled",
    "available",
    "action",
    "cause",
    "reason_code",
    "any_hit_users",
    "any_hit_accounts",
    "first_reason_users",
    "first_reason_accounts",
    "sole_hit_users",
    "marginal_users",
    "unknown_users",
    "unknown_accounts",
    "evidence_date",
    "known_users",
    "bad_users",
    "bad_rate",
    "bad_rate_low",
    "bad_rate_high",
    "lift",
    "goods_per_bad",
    "few",
    "sole_known_users",
    "sole_bad_users",
    "sole_bad_rate",
    "known_users_untreated",
    "bad_rate_untreated",
    "lift_untreated",
    "el_delta",
    "margin_delta",
    "breakeven_pd",
)

# One row a policy and pair of its rules that are switched on and can be evaluated, the one that comes first in the
# policy first: the users and accounts that both hit. A rule hits a user where it fires on any of the user's accounts.
OVERLAP: Headings = ("policy", "rule", "other_rule", "users", "accounts")

# One row for each of the 36 pairs of outcomes; swap is swap_out, swap_in, blocked_by_both or blocked_by_neither. The
# money of the same accounts stands under either policy.
TRANSITIONS: Headings = (
    "baseline_outcome",
    "outcome",
    "swap",
    "users",
    "accounts",
    "ead_baseline",
    "ead",
    "el_baseline",
    "el",
    "margin_baseline",
    "margin",
)

# One row a movement: tightened, loosened and same by the sign of the change of what is undrawn against the baseline;
# referred are those whom either policy refers. A user moves by the sum over the user's accounts, money by accounts.
MOVEMENTS: Headings = (
    "movement",
    "users",
    "accounts",
    "open_line_baseline",
    "open_line",
    "ead_baseline",
    "ead",
    "el_baseline",
    "el",
    "margin_baseline",
    "margin",
)

# One row for each recorded action and outcome under the baseline's policy that occurs, without stress; no rows for a
# book without recorded actions. agrees is empty where what was recorded is none of none, refer, cut and block; false
# marks the mismatches. The empty recorded action is that of missing values.
RECORDED: Headings = ("recorded_action", "baseline_outcome", "agrees", "accounts", "balance")
