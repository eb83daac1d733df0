"""The first two sheets of a workbook: what it is about with the main figures, and the two main charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from desktop_app.analysis.charts import outcome_bars, reason_bars
from desktop_app.domain.chart_values import BarsValue
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.main import MAIN_FIGURES
from desktop_app.reports.export import Export, named
from desktop_app.reports.fields import count, day, quantity, share
from desktop_app.reports.manifest import inputs_hash
from desktop_app.reports.sheets import LAST_ROW, Sheets, widths_of
from desktop_app.reports.table_words import SIDE_LABELS, currency_words, heading_words
from desktop_app.text.words import Words

_FIRST, _OTHERS, _DENOMINATOR = 34, 17, 26
# Under each chart its numbers' next block, or nothing, may begin: a chart is this many rows high.
_CHART_ROWS: Final = 20
_CHART_SIZE: Final = {"width": 760, "height": 20 * _CHART_ROWS - 10}
_SCENARIO_COLOUR, _BASELINE_COLOUR = "#C4430D", "#9AA6B2"


def write_overview(sheets: Sheets, export: Export, *, left_out: bool) -> None:
    """What the workbook is about, and the main figures; left_out says that the accounts do not fit a sheet."""
    words = sheets.words
    sheet = sheets.add(words.translate("Overview"))
    sheet.set_column(0, 0, _FIRST)
    sheet.set_column(1, 7, _OTHERS)
    sheet.set_column(6, 6, _DENOMINATOR)
    sheets.text(sheet, 0, 0, words.say(message("Impact of a credit policy")), sheets.title)
    sheets.text(sheet, 1, 0, words.say(export.headline(words)))
    row = 3
    for label, text in facts(export, words):
        sheets.text(sheet, row, 0, words.say(label), sheets.strong)
        sheets.text(sheet, row, 1, text)
        row += 1
    for sentence in _notes(export, left_out=left_out):
        sheets.text(sheet, row, 0, words.say(sentence))
        row += 1
    _write_figures(sheets, sheet, row + 1, export)


def facts(export: Export, words: Words) -> Iterator[tuple[Message, str]]:
    """What an export is about, line by line."""
    book = export.book
    counts = {"accounts": book.accounts, "users": book.users}
    yield message("Book"), book.name
    yield message("As of"), words.date(book.as_of)
    yield message("Size"), words.say(message("{accounts} accounts, {users} users", **counts))
    yield message("Scenario"), named(export.scenario, words)
    yield message("Baseline"), named(export.baseline, words)
    yield message("Currency"), currency_words(book.currency)
    yield message("Program"), f"Greyline {export.version}"
    yield message("Hash of all inputs"), inputs_hash(export)


def _notes(export: Export, *, left_out: bool) -> Iterator[Message]:
    yield from export.warnings
    if left_out:
        text = "A sheet holds at most {rows} rows; the {accounts} accounts of the book are in accounts.csv alone."
        yield message(text, rows=LAST_ROW, accounts=export.book.accounts)
    if export.settings.masked:
        yield message("Ids of accounts and users are codes that only this project's key can make.")


def _write_figures(sheets: Sheets, sheet: Worksheet, row: int, export: Export) -> None:
    words = sheets.words
    sides = [words.say(SIDE_LABELS[side]) for side in ("baseline", "scenario", "delta")]
    named = [heading_words(heading, words) for heading in ("kind", "date", "denominator", "coverage")]
    sheets.text(sheet, row, 0, heading_words("figure", words), sheets.heading)
    for column, text in enumerate((*sides, *named), 1):
        form = sheets.heading if text in (named[0], named[2]) else sheets.number_heading
        sheets.text(sheet, row, column, text, form)
    for place, figure in enumerate(MAIN_FIGURES, row + 1):
        _write_figure(sheets, sheet, place, export.readings[figure])


def _write_figure(sheets: Sheets, sheet: Worksheet, row: int, reading: Reading) -> None:
    sheets.text(sheet, row, 0, sheets.words.translate(FIGURES[reading.figure].name))
    values = (reading.baseline, reading.value, reading.delta)
    cells = [("value", quantity(value, reading.unit)) for value in values]
    rest = (
        ("kind", reading.kind.value),
        ("date", day(reading.day)),
        ("denominator", reading.denominator),
        ("coverage", share(reading.coverage)),
    )
    for column, (heading, text) in enumerate((*cells, *rest), 1):
        sheets.cell(sheet, (row, column), sheets.shown(heading, text))


def write_charts(sheets: Sheets, export: Export) -> None:
    """Users by reason and by outcome, the baseline beside the scenario, as numbers with their charts."""
    words = sheets.words
    sides = (export.baseline, export.scenario)
    drawn = (reason_bars(export.evaluation, *sides, words), outcome_bars(export.readings, words))
    sheet = sheets.add(words.translate("Charts"))
    row = 0
    for bars in drawn:
        _write_bars(sheets, sheet, row, bars)
        row += max(len(bars.bars) + 2, _CHART_ROWS) + 2
    (width,) = widths_of([""], [(bar.label,) for bars in drawn for bar in bars.bars])
    sheet.set_column(0, 0, max(width, _OTHERS))
    sheet.set_column(1, 2, _OTHERS)


def _write_bars(sheets: Sheets, sheet: Worksheet, row: int, bars: BarsValue) -> None:
    words = sheets.words
    sides = [words.say(SIDE_LABELS[side]) for side in ("baseline", "scenario")]
    sheets.text(sheet, row, 0, bars.title, sheets.heading)
    for column, text in enumerate(sides, 1):
        sheets.text(sheet, row, column, text, sheets.number_heading)
    for place, bar in enumerate(bars.bars, row + 1):
        sheets.text(sheet, place, 0, bar.label)
        for column, value in enumerate((bar.baseline, bar.value), 1):
            sheets.cell(sheet, (place, column), count(value))
    if bars.bars:
        sheet.insert_chart(row, 4, _chart(sheets, sheet, row, bars, sides))


def _chart(sheets: Sheets, sheet: Worksheet, row: int, bars: BarsValue, sides: Sequence[str]) -> Chart:
    chart = sheets.book.add_chart({"type": "bar"})
    first, last = row + 1, row + len(bars.bars)
    values = ([bar.baseline for bar in bars.bars], [bar.value for bar in bars.bars])
    looks = zip(sides, values, (_BASELINE_COLOUR, _SCENARIO_COLOUR), strict=True)
    for column, (side, numbers, colour) in enumerate(looks, 1):
        chart.add_series(
            {
                "name": side,
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                # What is drawn before the numbers are looked up: rows already on the disk cannot be read back.
                "categories_data": [bar.label for bar in bars.bars],
                "values_data": numbers,
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": bars.title, "name_font": {"size": 13}, "overlay": False})
    grid = {"visible": True, "line": {"color": "#D3DAE1", "width": 0.75}}
    chart.set_x_axis({"name": bars.unit, "num_format": "#,##0", "major_gridlines": grid})
    # The longest bar on top, as in the numbers, and the axis at the bottom all the same.
    chart.set_y_axis({"reverse": True, "crossing": "max"})
    chart.set_legend({"position": "bottom"})
    chart.set_size(_CHART_SIZE)
    return chart
