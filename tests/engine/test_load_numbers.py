"""Texts of numbers are loaded exactly or rejected: never a third thing."""

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
