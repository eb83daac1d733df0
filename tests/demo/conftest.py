"""One seeded book for the tests that only look at it."""

import pyarrow.parquet as pq
import pytest

from desktop_app.demo.writing import generate
from desktop_app.domain.watch import CancelWatch
from tests.demo.replay import frame_of


@pytest.fixture(scope="package")
def book(tmp_path_factory):
    """200,000 rows of seed 7, as a frame."""
    path = tmp_path_factory.mktemp("demo") / "book.parquet"
    generate(200_000, 7, path, CancelWatch())
    return frame_of(pq.read_table(path))


@pytest.fixture(scope="package")
def seen(book):
    """The performing accounts with a known outcome."""
    return book[(book.days_past_due <= 90) & book.default_12m.notna()]
