"""Finding the bundled files; the wheel test does the same for an installed Greyline."""

from __future__ import annotations

import pytest

from desktop_app.text.resources import bundled


def test_a_checkout_has_its_resources() -> None:
    assert bundled("resources", "text", "zh", "greyline.po").is_file()


def test_what_was_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="resources/no_such_file"):
        bundled("resources", "no_such_file")
