"""The parts of a report about what stands behind it: assumptions, the data, the hashes."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.book import Book, PdCurve
from desktop_app.domain.fingerprints import fingerprint
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import message
from desktop_app.reports.export import Export
from desktop_app.reports.manifest import inputs_hash
from desktop_app.reports.page_blocks import Block, Cell, Facts, Grid, Paragraph, Section, number
from desktop_app.reports.table_words import currency_words, heading_words
from desktop_app.text.assumption_words import assumption_lines, stress_lines
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words


def assumptions(export: Export, words: Words) -> Section:
    """What the figures suppose; the same for both policies."""
    currency = export.book.currency
    lines = [(words.say(label), text) for label, text in assumption_lines(export.scenario.assumptions, words, currency)]
    stress = [(words.say(label), text) for label, text in stress_lines(export.scenario.stress, words, currency)]
    same = Paragraph(words.say(message("Both policies are computed under the same assumptions.")), "note")
    blocks: list[Block] = [same, Facts(lines)]
    if stress:
        blocks.append(Facts(stress, words.translate("Stress, applied to both policies")))
    return Section("assumptions", words.translate("Assumptions"), blocks)


def data(export: Export, words: Words) -> Section:
    """Where the figures come from: rows in = rows loaded + rows rejected, always."""
    blocks: list[Block] = []
    if export.imported is not None:
        blocks += [Paragraph(_rows(export.imported, words), "strong")]
    blocks += [Facts(list(_book_facts(export.book, words))), _snapshots(export.book, words)]
    if export.imported is not None and export.imported.missing:
        blocks.append(_missing(export.imported, words))
    return Section("data", words.translate("Data"), blocks)


def fingerprints(export: Export, words: Words) -> Section:
    """What this report can be held against."""
    said = message("Two reports with the same hash of all inputs show the same figures; the manifest repeats it.")
    lines = [
        (words.translate("Hash of all inputs"), inputs_hash(export)),
        (words.translate("Data"), export.book.data_hash),
        (words.translate("Baseline policy"), fingerprint(export.baseline.policy)),
        (words.translate("Scenario policy"), fingerprint(export.scenario.policy)),
        (words.translate("Assumptions"), fingerprint(export.scenario.assumptions)),
        (words.translate("Program"), f"Greyline {export.version}"),
    ]
    title = words.translate("How to check this report")
    return Section("fingerprints", title, [Paragraph(words.say(said), "note"), Facts(lines)])


def _rows(imported: ImportReport, words: Words) -> str:
    text = "{rows} rows in the file = {loaded} loaded + {rejected} rejected."
    counts = {"rows": imported.rows_in, "loaded": imported.rows_loaded, "rejected": imported.rows_rejected}
    return words.say(message(text, **counts))


def _book_facts(book: Book, words: Words) -> Iterator[tuple[str, str]]:
    yield words.translate("Book"), book.name
    yield words.translate("File"), book.source
    counts = {"accounts": book.accounts, "users": book.users}
    yield words.translate("As of"), words.date(book.as_of)
    yield words.translate("Size"), words.say(message("{accounts} accounts, {users} users", **counts))
    yield words.translate("Currency"), currency_words(book.currency)
    yield words.translate("Outcomes known up to"), words.date(book.evidence)
    if book.outcome is not None:
        yield words.translate("Outcome"), words.wording(book.outcome.definition)
    if book.pd_curve is not None:
        yield words.translate("Missing PD"), _curve(book.pd_curve, words)
    if words.wording(book.as_of_note):
        yield words.translate("Note"), words.wording(book.as_of_note)


def _curve(curve: PdCurve, words: Words) -> str:
    if not curve.fitted:
        return words.say(message("read from the score by a stated curve (assumed)"))
    fitted = "read from the score by a curve fitted to {accounts} accounts, {bads} of them bad, {treated} treated"
    counts = {"accounts": curve.accounts, "bads": curve.bads, "treated": curve.treated}
    return words.say(message(fitted, **counts))


def _snapshots(book: Book, words: Words) -> Grid:
    headings = [Cell(heading_words("date", words))]
    headings += [Cell(heading_words(name, words), "number") for name in ("accounts", "users")]
    rows = [
        [
            Cell(words.date(snapshot.day), "strong" if snapshot.day == book.as_of else ""),
            number(words.integer(snapshot.accounts)),
            number(words.integer(snapshot.users)),
        ]
        for snapshot in book.snapshots
    ]
    return Grid(headings, rows, title=words.translate("Dates in the book"))


def _missing(imported: ImportReport, words: Words) -> Grid:
    headings = [Cell(words.translate("Column")), Cell(words.translate("Missing values"), "number")]
    headings.append(Cell(words.translate("Share of rows"), "number"))
    loaded = imported.rows_loaded
    rows = [
        [
            Cell(words.say(column_label(column))),
            number(words.integer(count)),
            number(words.share(count / loaded) if loaded else EM_DASH),
        ]
        for column, count in imported.missing
    ]
    return Grid(headings, rows, title=words.translate("Missing values"))
