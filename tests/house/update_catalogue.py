"""Merges new sentences into every catalogue, with an empty translation to fill in; drops those nobody says.

Run it from the checkout: `python -m tests.house.update_catalogue`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.house.sentences import CHECKOUT, find_sentences

CATALOGUES = CHECKOUT / "resources" / "text"


def template() -> Catalog:
    """All sentences of the package, with the files that say them, without translations."""
    catalogue = Catalog(project="greyline", charset="utf-8")
    for sentence, files in sorted(find_sentences().files.items(), key=lambda item: (min(item[1]), item[0])):
        catalogue.add(sentence, locations=[(file, 0) for file in sorted(files)])
    return catalogue


def update(path: Path) -> int:
    """Merge the template into one catalogue; returns how many sentences lack a translation."""
    with path.open("rb") as file:
        old = read_po(file, locale="zh_CN")
    new = template()
    for entry in new:
        if entry.id:
            known = old.get(entry.id)
            entry.string = known.string if known and not known.fuzzy else ""
    new.locale = old.locale
    with path.open("wb") as file:
        file.write(_HEADER)
        write_po(file, new, width=110, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return sum(1 for entry in new if entry.id and not entry.string)


# Without the dates that gettext tools put here, so that an update changes nothing but sentences.
_HEADER = b"""# Simplified Chinese sentences of Greyline.
msgid ""
msgstr ""
"Project-Id-Version: greyline\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    for path in sorted(CATALOGUES.glob("*/greyline.po")):
        missing = update(path)
        sys.stdout.write(f"{path.relative_to(CHECKOUT)}: {missing} sentences to translate\n")


if __name__ == "__main__":
    main()
