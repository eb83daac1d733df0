"""A rate on an amount in integers: the one formula behind every loss-like measure, in SQL and in Python.

Domain rules, section 2: r(n, d) = (n + d // 2) // d, and a rate p (in 1e-9) on an amount x in minor units is
p × (x // 10⁷) + r(p × (x % 10⁷), 10⁷), in 1/10,000 of a currency unit. Split so, nothing overflows 64 bits below
9·10¹³ units; all operands are ≥ 0.
"""

from __future__ import annotations

SPLIT = 10_000_000


def rounded_quotient(n: int, d: int) -> int:
    """r(n, d): n ÷ d rounded half up, for n ≥ 0 and d > 0; the only rounding of a measure."""
    return (n + d // 2) // d


def rate_on_amount(p: int, x: int) -> int:
    """A rate `p` in 1e-9 on an amount `x` in minor units, in 1/10,000 of a currency unit."""
    return p * (x // SPLIT) + rounded_quotient(p * (x % SPLIT), SPLIT)


def rate_on_amount_sql(p: str, x: str) -> str:
    """DuckDB text of `rate_on_amount`; `p` and `x` are names of columns or expressions in brackets, integers ≥ 0.

    The rate is widened first: two INTEGER operands would overflow at 2³¹.
    """
    rate = f"CAST({p} AS BIGINT)"
    return f"{rate} * ({x} // {SPLIT}) + ({rate} * ({x} % {SPLIT}) + {SPLIT // 2}) // {SPLIT}"
