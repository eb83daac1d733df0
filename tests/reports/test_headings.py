"""Headings are a public contract: these lists may grow at the end and nowhere else."""

from __future__ import annotations

import pytest

from desktop_app.figures.catalogue import FIGURES
from desktop_app.reports import headings

CONTRACT = {
    "SUMMARY": "figure policy value unit kind date denominator coverage",
    "ACCOUNTS": "account_id user_id action outcome reason credit_limit balance new_limit undrawn in_default "
    "baseline_outcome",
    "REASONS": "policy rule name reason_code cause action outcome users accounts ead el",
    "GROUPS": "policy grouping group users accounts users_blocked users_referred users_reduced users_raised "
    "users_watched users_unchanged blocked_rate restricted_rate credit_limit_before credit_limit_after balance "
    "open_line_before open_line ead el el_avoided el_rate coverage thin "
    "reference unrestricted_ratio unrestricted_p blocked_ratio blocked_p flagged gap_rule",
    "RULES": "policy position rule name enabled available action cause reason_code any_hit_users any_hit_accounts "
    "first_reason_users first_reason_accounts sole_hit_users marginal_users unknown_users unknown_accounts "
    "evidence_date known_users bad_users bad_rate bad_rate_low bad_rate_high lift goods_per_bad few sole_known_users "
    "sole_bad_users sole_bad_rate known_users_untreated bad_rate_untreated lift_untreated el_delta margin_delta "
    "breakeven_pd",
    "TRANSITIONS": "baseline_outcome outcome swap users accounts ead_baseline ead el_baseline el margin_baseline "
    "margin",
    "RECORDED": "recorded_action baseline_outcome agrees accounts balance",
    "MOVEMENTS": "movement users accounts open_line_baseline open_line ead_baseline ead el_baseline el margin_baseline "
    "margin",
    "OVERLAP": "policy rule other_rule users accounts",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_headings_keep_their_names_and_places(name):
    promised = tuple(CONTRACT[name].split())
    assert getattr(headings, name)[: len(promised)] == promised


def test_figures_in_the_groups_file_are_of_the_catalogue():
    assert set(headings.GROUPS[3 : headings.GROUPS.index("thin")]) <= set(FIGURES)
