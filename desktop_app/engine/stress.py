"""Stress: a book's fields after a shock, before the policy sees them (domain rules, section 4).

In the order of the rules: balances, incomes and the given dti, scores, then (once a missing PD is filled from the
stressed score) the odds of default, and LGD. All in integers, each rounded half away from zero to its own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.scenario import Stress
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import is_in_group
from desktop_app.engine.schema import Fields

# The loaded PD and score without stress, by which an account is in default or not, and has a PD or not.
UNSTRESSED_PD = "unstressed_pd"
UNSTRESSED_SCORE = "unstressed_score"
PPM = UNITS_PER_ONE[ColumnType.RATE]
_MOST = 2**63 - 1


def stressed_columns(stress: Stress, fields: Fields) -> Mapping[str, exp.Expr]:
    """The loaded columns that the stress moves, by name, each over the columns as they were."""
    moved = {
        "balance": _balance(stress.balance_growth),
        "income_monthly": _income(stress.income_fall),
        "dti": _dti(stress.income_fall),
        "score": _score(stress.score_fall),
        "pd": _pd(stress, fields),
        "lgd": _lgd(stress.lgd_rise),
    }
    given = {name for name, column in fields.columns.items() if not column.derived}
    return {name: tree for name, tree in moved.items() if tree is not None and name in given}


def check_groups(stress: Stress, fields: Fields) -> None:
    """Raise BookUnusable where the odds of groups are stressed and the book does not have that column."""
    if stress.group_odds is not None and stress.group_odds.column not in fields.columns:
        text = 'The stress multiplies the odds of default by groups of "{column}"; the book has no such column.'
        raise BookUnusable(message(text, column=stress.group_odds.column))


def with_odds(pd: exp.Expr, stress: Stress, fields: Fields) -> exp.Expr:
    """A PD in ppm at m times its odds, m the overall factor times that of the account's group; NULL stays."""
    overall, groups = Fraction(stress.pd_odds), stress.group_odds
    if groups is None:
        return _at(overall, pd)
    column = fields.columns[groups.column]
    cases = [
        (is_in_group(column, label), _at(overall * Fraction(factor), pd.copy()))
        for label, factor in groups.factors.items()
    ]
    return sql.bracketed(sql.choose(cases, _at(overall, pd)))


def _at(odds: Fraction, pd: exp.Expr) -> exp.Expr:
    """m·p ÷ (1 + (m − 1)·p)."""
    if odds == 1:
        return pd
    a, b = odds.numerator, odds.denominator
    # Beyond 64 bits for odds of many digits: the one row by itself, and back before anything is summed.
    wide = "bigint" if 2 * PPM * PPM * max(a, b) <= _MOST else "hugeint"
    p = sql.cast(pd, wide)
    certain = sql.times(p, sql.whole(a))
    whole = sql.plus(sql.times(sql.minus(sql.whole(PPM), p.copy()), sql.whole(b)), certain)
    half = sql.over(whole.copy(), sql.whole(2))
    return sql.cast(sql.over(sql.plus(sql.times(certain.copy(), sql.whole(PPM)), half), whole), "int")


def with_rise(lgd: exp.Expr, rise: Decimal) -> exp.Expr:
    """A known LGD in ppm with what is added, at most the whole."""
    return sql.cast(sql.least(sql.plus(lgd, sql.whole(int(rise * PPM))), sql.whole(PPM)), "int") if rise else lgd


def _balance(growth: Decimal) -> exp.Expr | None:
    """max(balance, min(balance·(1 + x), credit_limit))."""
    if not growth:
        return None
    balance = sql.column("balance")
    grown = _share_of(balance, int((1 + growth) * PPM))
    return sql.greatest(balance.copy(), sql.least(grown, sql.column("credit_limit")))


def _income(fall: Decimal) -> exp.Expr | None:
    return _share_of(sql.column("income_monthly"), int((1 - fall) * PPM)) if fall else None


def _dti(fall: Decimal) -> exp.Expr | None:
    """A ratio that the book gives, divided by what is left of the income; capped as every ratio."""
    if not fall:
        return None
    left = int((1 - fall) * PPM)
    dti = sql.times(sql.cast(sql.column("dti"), "bigint"), sql.whole(PPM))
    risen = sql.over(sql.plus(dti, sql.whole(left // 2)), sql.whole(left))
    cap = sql.whole(RATIO_CAP * UNITS_PER_ONE[ColumnType.RATIO])
    return sql.cast(_known("dti", sql.least(risen, cap)), "int")


def _score(fall: Decimal) -> exp.Expr | None:
    if not fall:
        return None
    points = sql.whole(int(fall * UNITS_PER_ONE[ColumnType.NUMBER]))
    return sql.minus(sql.cast(sql.column("score"), "bigint"), points)


def _pd(stress: Stress, fields: Fields) -> exp.Expr | None:
    return with_odds(sql.column("pd"), stress, fields) if stress.moves_odds else None


def _lgd(rise: Decimal) -> exp.Expr | None:
    return sql.cast(_known("lgd", with_rise(sql.column("lgd"), rise)), "int") if rise else None


def _known(name: str, tree: exp.Expr) -> exp.Expr:
    """The tree where the column is known: LEAST skips NULLs."""
    return sql.bracketed(sql.choose([(sql.is_null(sql.column(name)), sql.NULL.copy())], tree))


def _share_of(amount: exp.Expr, ppm: int) -> exp.Expr:
    """r(amount × ppm, 10⁶) without overflow: the millions apart from the rest."""
    millions = sql.times(sql.over(amount, sql.whole(PPM)), sql.whole(ppm))
    rest = sql.times(sql.remainder(amount.copy(), sql.whole(PPM)), sql.whole(ppm))
    return sql.plus(millions, sql.over(sql.plus(rest, sql.whole(PPM // 2)), sql.whole(PPM)))
