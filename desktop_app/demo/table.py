"""Snapshots as Arrow tables: the names, units and types in which the book is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desktop_app.demo import marginals as m
from desktop_app.demo.conduct import IN_DEFAULT, NEVER, Conduct, arrears_default, base_probability
from desktop_app.demo.draws import odds_times
from desktop_app.demo.people import People
from desktop_app.demo.simulation import Year
from desktop_app.demo.slots import Codes, Floats, Integers, Mask

MONEY = pa.decimal128(18, 2)
RATE = pa.decimal128(9, 6)

# More than the accounts that one slot can hold over the years.
_GENERATIONS = 8
_FIRST_ACCOUNT = 3_100_000_000_000_000
_FIRST_USER = 7_000_000_000
_PRODUCTS = (*m.CONSUMER_PRODUCTS, m.MERCHANT_PRODUCT)


def table_of(year: Year, number: int, first_slot: int, noise: Floats) -> pa.Table:
    """The accounts of one snapshot as a table without recorded_action.

    `number` counts the snapshots from 0; `first_slot` is the block's first slot in the whole book; `noise` is the
    error of the modelled pd, standard normal.
    """
    columns = {
        **_keys(year, number, first_slot),
        **_amounts(year),
        **_risk(year, noise),
        **_conduct(year.conduct),
        **_person(year.people),
        **_categories(year),
        "default_12m": _outcome(year, number),
    }
    return pa.table(columns)


def _keys(year: Year, number: int, first_slot: int) -> dict[str, Any]:
    slots = np.arange(first_slot, first_slot + len(year.owner))
    own = year.owner + first_slot == slots
    accounts = slots * _GENERATIONS + year.lines.generation
    users = (year.owner + first_slot) * _GENERATIONS + np.where(own, year.lines.generation, 0)
    # Two check digits after the serial number, as on a bank's account.
    keys = pc.cast(pa.array(_FIRST_ACCOUNT + accounts * 100 + accounts * 37 % 97), pa.string())
    people = pc.cast(pa.array(_FIRST_USER + users), pa.string())
    return {
        "account_id": pc.utf8_lpad(keys, 18, "0"),
        "user_id": pc.binary_join_element_wise("U", people, ""),
        "snapshot_date": pa.repeat(pa.scalar(m.SNAPSHOT_DATES[number]), len(slots)),
    }


def _amounts(year: Year) -> dict[str, Any]:
    return {
        "credit_limit": decimals(year.lines.limit, MONEY),
        "balance": decimals(year.lines.balance, MONEY),
    }


def _risk(year: Year, noise: Floats) -> dict[str, Any]:
    known = year.people.score_known
    return {
        "score": _integers(year.people.score, known),
        "pd": decimals(modelled_pd(year, noise) * 1e6, RATE, known & year.people.pd_known),
        "lgd": decimals(year.lines.lgd * np.float64(1e4), RATE),
        "apr": decimals(year.lines.rate * np.float64(m.PPM_OF_DAILY_STEP), RATE),
    }


def _conduct(conduct: Conduct) -> dict[str, Any]:
    return {
        "days_past_due": _integers(conduct.days_past_due),
        "delinquencies_12m": _integers(conduct.delinquencies),
        "months_since_delinquency": _integers(conduct.months_since, conduct.months_since != NEVER),
    }


def _person(people: People) -> dict[str, Any]:
    return {
        "income_monthly": decimals(people.income * 100, MONEY, people.income_known),
        "debt_service_monthly": decimals(people.debt_service * 100, MONEY),
        "applications_7d": _integers(people.applications),
        "devices_7d": _integers(people.devices),
        "inquiries_3m": _integers(people.inquiries),
        "kyc_complete": pa.array(people.kyc, mask=~people.kyc_known),
        "identity_match": pa.array(people.identity, mask=~people.identity_known),
    }


def _categories(year: Year) -> dict[str, Any]:
    people, lines = year.people, year.lines
    return {
        "months_on_book": _integers(lines.months),
        "segment": _labels(people.segment, tuple(m.SEGMENTS)),
        "product": _labels(lines.product, _PRODUCTS),
        "industry": _labels(people.industry, tuple(m.INDUSTRIES)),
        "region": _labels(people.region, tuple(m.REGIONS)),
        "channel": _labels(lines.channel, tuple(m.CHANNELS)),
        "customer_type": _labels(people.business.astype(np.int8), m.CUSTOMER_TYPES),
        "age_band": _labels(people.age_band, tuple(m.AGE_BANDS)),
    }


def _outcome(year: Year, number: int) -> pa.Array:
    if number == len(m.SNAPSHOT_DATES) - 1:
        return pa.nulls(len(year.owner), pa.bool_())
    return pa.array(year.conduct.bad, mask=year.fates.unseen)


def modelled_pd(year: Year, noise: Floats) -> Floats:
    """What a scorecard model would say, to two significant digits; 1 in default.

    It knows score and arrears and misses requests and devices, so that rules on these find what it does not.
    """
    days = year.conduct.days_past_due
    known = np.where(days > 0, arrears_default(days), base_probability(year.people.score))
    # Noise on the logarithm of the odds lifts their mean by half its variance.
    factor = np.exp(m.PD_NOISE * noise - m.PD_NOISE**2 / 2 + np.where(days > 0, 0.0, m.PD_SHIFT))
    pd = np.clip(odds_times(known, factor), 0.0001, 0.99)
    step = 10.0 ** (np.floor(np.log10(pd)) - 1)
    return np.where(days > IN_DEFAULT, 1.0, np.rint(pd / step) * step)


def decimals(units: Floats, kind: pa.DataType, known: Mask | None = None) -> pa.Array:
    """Whole numbers of the last decimal place, as decimals; missing where not `known`."""
    words = np.zeros((len(units), 2), np.int64)
    words[:, 0] = np.rint(units)
    valid = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(kind, len(units), [valid, pa.py_buffer(words)])


def _integers(values: Floats | Integers | Codes, known: Mask | None = None) -> pa.Array:
    return pa.array(values.astype(np.int32), mask=None if known is None else ~known)


def _labels(codes: Codes, labels: Sequence[str]) -> pa.Array:
    found: NDArray[np.object_] = np.array(labels, dtype=object)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(found))
