"""What each account risks and earns, as columns of the prepared table: default, PD, LGD, and the rates in 1e-9."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from duckdb.func import PythonUDFType
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.book import Book, PdCurve
from desktop_app.domain.columns import DEFAULT_DAYS_PAST_DUE, UNITS_PER_ONE, ColumnType
from desktop_app.domain.scenario import Assumptions, Stress
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import is_in_group
from desktop_app.engine.connection import Connection
from desktop_app.engine.schema import Fields, own
from desktop_app.engine.stress import PPM, UNSTRESSED_PD, UNSTRESSED_SCORE, with_odds
from desktop_app.figures.amounts import rate_on_amount_sql
from desktop_app.figures.tails import LGD_FLOORS, QRRE_MOST, RATE_BITS, RateClass, RateTable

# Columns to add, by the name that measures know them by.
Named: TypeAlias = list[tuple[str, exp.Expr]]


@dataclass(frozen=True)
class Lookup:
    """A function of SQL from a place in a RateTable to the rates there, as `RateTable.both` has them.

    Attributes: floors says whether the regulatory floors apply; about is the same where the rates are.
    """

    name: str
    floors: bool
    about: str


_MINOR_PER_UNIT = 100
_NANO_PER_PPM = 1000
_CONSUMER = "consumer"
_NO_ACTION = "none"


def standing(fields: Fields, pd: str = "pd") -> Named:
    """Default, and each account as its user's only one; `pd` is the column of the PD that no stress has moved."""
    late = exp.GT(this=sql.column("days_past_due"), expression=sql.whole(DEFAULT_DAYS_PAST_DUE))
    certain = exp.EQ(this=sql.column(pd), expression=sql.whole(PPM))
    tests = [(late, "days_past_due"), (certain, "pd")]
    in_default = sql.either(sql.known_or(test, sql.FALSE.copy()) for test, name in tests if name in fields.columns)
    open_line = sql.greatest(exp.Sub(this=sql.column("credit_limit"), expression=sql.column("balance")), sql.whole(0))
    return [
        ("in_default", in_default),
        ("user_accounts", sql.cast(sql.whole(1), "int")),
        ("user_open", open_line),
        ("user_first", sql.TRUE.copy()),
    ]


def before_rates(fields: Fields, assumptions: Assumptions, stress: Stress) -> Named:
    """LGD, assumed where none is loaded, and the PD that is loaded; both as the stress leaves them."""
    assumed_lgd = sql.whole(min(int((assumptions.lgd + stress.lgd_rise) * PPM), PPM))
    lgd = sql.known_or(sql.column("lgd"), assumed_lgd) if "lgd" in fields.columns else assumed_lgd
    loaded_pd = sql.column("pd") if "pd" in fields.columns else sql.NULL.copy()
    return [("lgd_ppm", sql.cast(lgd, "int")), ("loaded_pd", sql.cast(loaded_pd, "int"))]


def outcomes(fields: Fields) -> Named:
    """Whether the account turned out good or bad, and whether the live system acted on it; never unknown."""
    observed = fields.columns.get("default_12m")
    performing = exp.Not(this=sql.column(own("in_default")))
    turned: exp.Expr = sql.column("default_12m") if observed else sql.NULL.copy()
    bad = sql.both([performing, sql.known_or(turned, sql.FALSE.copy())])
    good = sql.both([performing.copy(), exp.Not(this=sql.known_or(turned.copy(), sql.TRUE.copy()))])
    acted: exp.Expr = sql.FALSE.copy()
    if "recorded_action" in fields.columns:
        action = sql.cast(sql.column("recorded_action"), "varchar")
        acted = sql.known_or(exp.NEQ(this=action, expression=sql.text(_NO_ACTION)), sql.FALSE.copy())
    return [("user_good", good), ("user_bad", bad), ("user_treated", acted)]


def default_chances(book: Book, fields: Fields, stress: Stress) -> Named:
    """PD: certain in default, else the loaded one, else the curve's; which accounts took it from there, and have one.

    The loaded one has its stressed odds already; the curve's, read from the stressed score, takes them here.
    """
    in_default = sql.column(own("in_default"))
    pd: exp.Expr = sql.column(own("loaded_pd"))
    # A stress moves values and makes none known, so that these rest on what was loaded.
    unknown = sql.is_null(sql.column(own(UNSTRESSED_PD))) if "pd" in fields.columns else sql.TRUE.copy()
    filled: exp.Expr = sql.FALSE.copy()
    if book.pd_curve is not None and "score" in fields.columns:
        pd = sql.known_or(pd, with_odds(_pd_of_score(book.pd_curve), stress, fields))
        scored = sql.not_null(sql.column(own(UNSTRESSED_SCORE)))
        filled = sql.both([exp.Not(this=in_default.copy()), unknown.copy(), scored])
    chosen = sql.choose([(in_default, sql.whole(PPM))], pd)
    known = sql.either([in_default.copy(), exp.Not(this=unknown), filled.copy()])
    return [("pd_ppm", sql.cast(sql.bracketed(chosen), "int")), ("pd_filled", filled), ("has_pd", known)]


def looked_up(fields: Fields, lookup: Lookup) -> Named:
    """What the function of rates says of the account, both rates in one number: it is called once for all."""
    return [("looked_up", _looked_up(fields, lookup))]


def rates(fields: Fields, lookup: Lookup) -> Named:
    """Loss, income, capital and bad-year rates, and the loss on the balance; over what was looked up."""
    found = sql.column(own("looked_up"))
    pk, pq = _capital_rate(fields, lookup, found), _bad_year_rate(found)
    return [*_losses(), *_incomes(fields), ("pk", pk), ("pq", pq)]


def capital_rate(fields: Fields, lookup: Lookup) -> exp.Expr:
    """The capital rate by itself, with a look-up of its own."""
    return _capital_rate(fields, lookup, _looked_up(fields, lookup))


def _capital_rate(fields: Fields, lookup: Lookup, found: exp.Expr) -> exp.Expr:
    """The capital rate pk = r(K ÷ LGD × LGD, 10⁶) in 1e-9, 0 in default and without a PD."""
    rate = sql.bracketed(exp.BitwiseAnd(this=found, expression=sql.whole((1 << RATE_BITS) - 1)))
    lgd = sql.column(own("lgd_ppm"))
    kinds = [(_performing_with_pd(), RateClass.OTHER_RETAIL)]
    if "customer_type" in fields.columns:
        kinds.insert(0, (sql.both([_performing_with_pd(), _is_revolving(fields)]), RateClass.QRRE))
    least = {kind: [sql.whole(LGD_FLOORS[kind])] if lookup.floors else [] for _, kind in kinds}
    cases = [(test, _times_lgd(rate.copy(), sql.greatest(lgd.copy(), *least[kind]))) for test, kind in kinds]
    return sql.cast(sql.bracketed(sql.choose(cases, sql.whole(0))), "bigint")


def _is_revolving(fields: Fields) -> exp.Expr:
    """Whether the account is QRRE, never unknown: a known consumer's small lines, by all limits of the user."""
    consumer = sql.known_or(is_in_group(fields.columns["customer_type"], _CONSUMER), sql.FALSE.copy())
    most = sql.whole(QRRE_MOST * _MINOR_PER_UNIT)
    return sql.both([consumer, exp.LTE(this=sql.column("user_limit"), expression=most)])


@contextmanager
def rate_lookup(cursor: Connection, key: str, assumptions: Assumptions) -> Iterator[Lookup]:
    """An SQL function for the rates that a table has; it is gone at the end."""
    table = RateTable(assumptions)
    name = f"greyline_rate_{key[:16]}"

    def at(places: pa.ChunkedArray | pa.Array) -> pa.Array:
        chunks = places.chunks if isinstance(places, pa.ChunkedArray) else [places]
        found = table.both(np.concatenate([_numbers(chunk) for chunk in chunks]))
        return pa.Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(found)])

    cursor.create_function(name, at, ["INTEGER"], "BIGINT", type=PythonUDFType.ARROW)
    try:
        yield Lookup(name, assumptions.capital_floors, _about(assumptions))
    finally:
        cursor.remove_function(name)


def _about(assumptions: Assumptions) -> str:
    numbers = (assumptions.asset_correlation, assumptions.loss_quantile)
    return f"rates {' '.join(str(number.normalize()) for number in numbers)} {assumptions.capital_floors}"


def _numbers(places: pa.Array) -> NDArray[np.int32]:
    """The numbers of a column without NULL as they lie in memory: Arrow's own ways of saying so import pandas."""
    _, values = places.buffers()
    return np.frombuffer(values, dtype=np.int32, count=len(places), offset=4 * places.offset)


def _pd_of_score(curve: PdCurve) -> exp.Expr:
    """The curve's PD in ppm, half away from zero; each row by itself, so no sum ever sees a double."""
    odds = (
        f"exp(-({curve.intercept!r} + {curve.slope!r} * (CAST(score AS DOUBLE) / {UNITS_PER_ONE[ColumnType.NUMBER]})))"
    )
    return sql.parsed(f"CAST(floor({PPM} / (1 + {odds}) + 0.5) AS INTEGER)")


def _losses() -> Named:
    """The loss rate pl = r(PD × LGD, 1000) in 1e-9, 0 without a PD, and the loss on the balance."""
    pd, lgd = sql.column(own("pd_ppm")), sql.column(own("lgd_ppm"))
    rate = sql.known_or(_rounded(sql.times(sql.cast(pd, "bigint"), lgd), 1000), sql.whole(0))
    loss = sql.parsed(rate_on_amount_sql(sql.to_sql(rate), '"balance"'))
    return [
        ("pl", sql.cast(rate.copy(), "bigint")),
        ("loss_balance", sql.cast(sql.bracketed(loss), "bigint")),
    ]


def _incomes(fields: Fields) -> Named:
    """Whether the account has a margin, and the income rate pi = r(rate × (1 − PD), 1000) in 1e-9, 0 where not.

    And whether it performs at a contract rate, PD or not, with that rate in 1e-9, 0 where not.
    """
    if "apr" not in fields.columns:
        nothing = sql.cast(sql.whole(0), "bigint")
        return [("earns", sql.FALSE.copy()), ("priced", sql.FALSE.copy()), ("pi", nothing), ("pr", nothing.copy())]
    pd, apr = sql.column(own("pd_ppm")), sql.column("apr")
    earns = sql.both([_performing_with_pd(), exp.Not(this=sql.is_null(apr.copy()))])
    rate = _rounded(sql.times(sql.cast(apr, "bigint"), sql.minus(sql.whole(PPM), pd)), 1000)
    income = sql.choose([(earns.copy(), rate)], sql.whole(0))
    priced = sql.both([exp.Not(this=sql.column(own("in_default"))), exp.Not(this=sql.is_null(apr.copy()))])
    price = sql.choose(
        [(priced.copy(), sql.times(sql.cast(apr.copy(), "bigint"), sql.whole(_NANO_PER_PPM)))], sql.whole(0)
    )
    return [
        ("earns", earns),
        ("priced", priced),
        ("pi", sql.cast(sql.bracketed(income), "bigint")),
        ("pr", sql.cast(sql.bracketed(price), "bigint")),
    ]


def _bad_year_rate(found: exp.Expr) -> exp.Expr:
    """The bad-year rate pq = r(PD of a bad year × LGD, 10⁶) in 1e-9, 0 without a PD; in default the whole LGD."""
    rate = sql.bracketed(exp.BitwiseRightShift(this=found, expression=sql.whole(RATE_BITS)))
    cases = [(sql.column(own("has_pd")), _times_lgd(rate, sql.column(own("lgd_ppm"))))]
    return sql.cast(sql.bracketed(sql.choose(cases, sql.whole(0))), "bigint")


def _performing_with_pd() -> exp.Expr:
    return sql.both([exp.Not(this=sql.column(own("in_default"))), sql.column(own("has_pd"))])


def _looked_up(fields: Fields, lookup: Lookup) -> exp.Expr:
    other = sql.whole(RateTable.place(RateClass.OTHER_RETAIL))
    place: exp.Expr = other
    if "customer_type" in fields.columns:
        revolving = sql.whole(RateTable.place(RateClass.QRRE))
        place = sql.bracketed(sql.choose([(_is_revolving(fields), revolving)], other.copy()))
    # A function is given no NULL, which it would have to tell from a place.
    pd = sql.known_or(sql.column(own("pd_ppm")), sql.whole(0))
    return exp.Anonymous(this=lookup.name, expressions=[sql.plus(place, pd)])


def _times_lgd(rate: exp.Expr, lgd: exp.Expr) -> exp.Expr:
    return _rounded(sql.times(sql.cast(rate, "bigint"), lgd), PPM)


def _rounded(n: exp.Expr, d: int) -> exp.Expr:
    """r(n, d), the only rounding of a measure."""
    return sql.over(sql.plus(n, sql.whole(d // 2)), sql.whole(d))
