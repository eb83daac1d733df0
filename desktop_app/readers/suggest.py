"""A first mapping for a file that comes without one: headings that name a standard column."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.mapping import MappedColumn, Mapping

# ISO 4217: no currency.
NO_CURRENCY = "XXX"

_ALIASES: dict[str, tuple[str, ...]] = {
    "account_id": ("account", "account_no", "account_number", "id", "loan_id", "账户", "账号", "账户号", "借据号"),
    "user_id": ("user", "customer_id", "client_id", "用户", "用户号", "客户号", "客户编号"),
    "snapshot_date": ("snapshot", "as_of", "as_of_date", "date", "观察日期", "快照日期", "日期"),
    "credit_limit": ("limit", "limit_bal", "line", "额度", "授信额度"),
    "balance": ("outstanding", "principal", "余额", "本金余额", "贷款余额"),
    "score": ("credit_score", "评分", "信用分"),
    "days_past_due": ("dpd", "逾期天数"),
    "apr": ("rate", "interest_rate", "年利率"),
}


def suggest_mapping(headings: Sequence[str]) -> Mapping:
    """Every heading that is, but for case and spaces, a standard column's name or a usual word for it."""
    known = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
    known |= {name: name for name, column in STANDARD.items() if column.loadable}
    columns: dict[str, MappedColumn] = {}
    exact_first = sorted(headings, key=lambda heading: _plain(heading) not in STANDARD)
    for heading in exact_first:
        name = known.get(_plain(heading))
        if name and name not in columns:
            columns[name] = MappedColumn(value=heading)
    return Mapping(currency=NO_CURRENCY, columns=columns)


def _plain(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_").replace("-", "_")
