"""Writes the golden files anew, to be read before they are committed: `python -m tests.golden.update`."""

from __future__ import annotations

from tests.golden.cases import FOLDER, texts


def main() -> None:
    """Write every file, and remove those of cases that are gone."""
    for path in FOLDER.glob("*.sql"):
        path.unlink()
    for name, text in texts():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
