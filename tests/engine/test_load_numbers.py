"""Texts of numbers are loaded exactly or rejected: never a third thing."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.domain.columns import STANDARD, UNITS_PER_ONE, ColumnType
from tests.engine.loading import Loaded, book_csv, mapping

AMOUNTS = {
    "1.005": 101,
    "0.0049999999999999999999": 0,
    "-0": 0,
    ".5": 50,
    "5.": 500,
    "1e2": 10_000,
    "+7": 700,
    " 8 ": 800,
    "00012": 1200,
    "999999999999.99": 99_999_999_999_999,
    "1_0": "rejected",
    "-0.01": "rejected",
    "5 6": "rejected",
    ".": "rejected",
    "--1": "rejected",
    "1e400": "rejected",
    "": None,
}
RATES = {
    "0.0234567": 23_457,
    "0.99999949": 999_999,
    "2e-2": 20_000,
    "1.0000000": 1_000_000,
    "1e-30": 0,
    "1.0000001": "rejected",
    "-0.000001": "rejected",
    "12%": "rejected",
}


def loaded_values(folder, texts, name):
    lines = [f'{number},1,1,"{text}"' for number, text in enumerate(texts)]
    loaded = Loaded(folder, book_csv(*lines, heading="id,limit,balance,x"), mapping({name: "x"}))
    found = {int(key): value for key, value in loaded.rows(f'account_id, "{name}"')}
    return {text: found.get(number, "rejected") for number, text in enumerate(texts)}


def test_amounts(tmp_path):
    assert loaded_values(tmp_path, list(AMOUNTS), "income_monthly") == AMOUNTS


def test_rates(tmp_path):
    assert loaded_values(tmp_path, list(RATES), "pd") == RATES


RULES = {"thousands": ",", "percent": True, "parentheses": True, "full_width": True}
COMMA = {"decimal": ",", "thousands": "."}
NAMES = ("income_monthly", "pd", "dti", "days_past_due", "score")
LIMITS = {"income_monthly": 10**15, "pd": 10**9, "dti": 10**13, "days_past_due": 10**18, "score": 10**18}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％（）　", "0123456789.,-+%() ")

DIGITS = st.text("0123456789", max_size=4) | st.text("049", min_size=10, max_size=45)
POWERS = st.sampled_from(["", "e0", "E2", "e-2", "e-9", "e+5", "e17", "e-17", "e400", "E-400", "e99999999999", "e"])
SPELLINGS = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["", "", " ", "\t"]),
    st.sampled_from(["", "", "-", "+", "--"]),
    DIGITS,
    st.just("") | DIGITS.map(".{}".format),
    POWERS,
    st.sampled_from(["", "", " ", "%", " %", "\u00a0"]),
)
GROUPED = st.integers(-(10**13), 10**13).map("{:,}".format)
ODD = st.sampled_from(
    ["nan", "inf", "0x10", "1_000", "１２", "１２．５％", "(1.00)", "(-1)", "1,23", "1,234.56", "1.234,56", ".", ""]
)
TEXTS = SPELLINGS | GROUPED | ODD | SPELLINGS.map("({})".format)


def meant(text, rules):
    """The number that a text stands for by stated rule; None for one that is none, "" for a missing one."""
    if text.strip(" ") == "":
        return ""
    number = text.translate(FULL_WIDTH) if rules.get("full_width") else text
    if rules.get("parentheses") and (inner := re.fullmatch(r"\s*\(([^()-]*)\)\s*", number)):
        number = "-" + inner[1]
    mark, point = rules.get("thousands", ""), rules.get("decimal", ".")
    grouped = rf"\s*[+-]?[0-9]{{1,3}}({re.escape(mark)}[0-9]{{3}})+({re.escape(point)}[0-9]*)?\s*%?\s*"
    if mark and re.fullmatch(grouped, number, re.ASCII):
        number = number.replace(mark, "")
    if point == ",":
        number = number.translate(str.maketrans(",.", ".?"))
    share = 1
    if rules.get("percent") and (hundredths := re.fullmatch(r"([^%eE]*[0-9.])\s*%\s*", number, re.ASCII)):
        number, share = hundredths[1], 100
    form = r"\s*([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?\s*"
    parts = re.fullmatch(form, number, re.ASCII)
    if not parts or not (parts[2] or parts[3]):
        return None
    size = int(parts[2] + (parts[3] or "") or "0")
    power = max(-2000, min(2000, int(parts[4] or "0"))) - len(parts[3] or "")
    value = Fraction(size * 10 ** max(power, 0), 10 ** max(-power, 0)) / share
    return -value if parts[1] == "-" else value


def expected_units(name, value):
    """The stored units and whether digits were lost; "rejected" where the column cannot hold the number."""
    column = STANDARD[name]
    unit = UNITS_PER_ONE[column.type]
    scaled = abs(value) * unit
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    outside = (column.minimum is not None and value < column.minimum) or (
        column.maximum is not None and value > column.maximum
    )
    whole = column.type is not ColumnType.INTEGER or value.denominator == 1
    if outside or not whole or units >= LIMITS[name]:
        return "rejected", False
    kept = min(units, 10 * unit) if column.type is ColumnType.RATIO else units
    return (kept if value >= 0 else -kept), scaled.denominator != 1


@pytest.mark.parametrize("rules", [{"decimal": "."}, RULES, COMMA], ids=["plain", "rules", "comma"])
@settings(max_examples=6, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=100, max_size=300), name=st.sampled_from(NAMES))
def test_every_spelling_is_exact_or_rejected(tmp_path, rules, texts, name):
    content = book_csv(*(f'{n},1,1,"{text}"' for n, text in enumerate(texts)), heading="id,limit,balance,x")
    how = mapping({name: "x"}, read={**rules, "delimiter": ",", "quote": '"'})
    loaded = Loaded(tmp_path, content, how, as_it_stands=True)
    stored = {int(key): value for key, value in loaded.rows(f'account_id, "{name}"')}
    wrong, lost = [], 0
    for number, text in enumerate(texts):
        value = meant(text, rules)
        units, changed = (None if value == "" else "rejected"), False
        if isinstance(value, Fraction):
            units, changed = expected_units(name, value)
        found = stored.get(number, "rejected")
        found = int(found * 10**6) if isinstance(found, Decimal) else found
        lost += changed
        if found != units:
            wrong.append((text, found, units))
    assert wrong == []
    assert dict(loaded.report.changed).get(name, 0) == lost
