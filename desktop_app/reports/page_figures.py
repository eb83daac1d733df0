"""The parts of a report that show figures: the first page, the charts, the table of figures, what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.analysis.charts import cause_bars, outcome_bars, reason_bars
from desktop_app.domain.chart_values import BarsValue
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Kind, Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.main import MAIN_FIGURES
from desktop_app.figures.types import Figure
from desktop_app.reports.export import Export, Picture
from desktop_app.reports.page_blocks import (
    BarLine,
    Bars,
    Block,
    Cell,
    Facts,
    Grid,
    Paragraph,
    Section,
    Tile,
    Tiles,
    image,
    number,
    widths,
)
from desktop_app.reports.table_words import SIDE_LABELS, heading_words
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import KIND_LABELS, OUTCOME_LABELS
from desktop_app.text.words import Words

# The six readings that a committee sees first.
_TILES = ("users_blocked", "restricted_rate", "open_line", "ead", "el_avoided", "el_rate")

# The colour of a bar that holds users of several outcomes.
_NEUTRAL = "neutral"

_KIND_SENTENCES = {
    Kind.OBSERVED: message("Observed: counted in the data."),
    Kind.MODELLED: message("Modelled: uses a probability of default or a loss given default."),
    Kind.ASSUMED: message("Assumed: depends on an assumption that is listed below."),
}


def summary(export: Export, words: Words) -> Section:
    """The headline, the first figures, and what could not be evaluated."""
    tiles = [_tile(export.readings[figure], words, export.book.currency) for figure in _TILES]
    blocks: list[Block] = [Paragraph(words.say(export.headline(words)), "lead"), Tiles(tiles)]
    blocks += [Paragraph(words.say(warning), "warning") for warning in export.warnings]
    return Section("summary", words.translate("In short"), blocks)


def charts(export: Export, words: Words, pictures: Sequence[Picture]) -> Section:
    """Users by reason, by cause and by outcome, then whatever pictures came along."""
    sides = (export.baseline, export.scenario)
    note = words.say(message("Filled: the scenario. Outlined: the baseline."))
    drawn = (
        _bars(reason_bars(export.evaluation, *sides, words), words, note, under=True),
        # A cause has users of several outcomes: its bars take the colour of none.
        _bars(cause_bars(export.evaluation, *sides, words), words, note, colour=_NEUTRAL),
        _bars(outcome_bars(export.readings, words), words, note),
    )
    nobody = Paragraph(words.say(message("Neither policy touches anyone.")))
    blocks: list[Block] = [bars for bars in drawn if bars.lines] or [nobody]
    blocks += [image(picture.title, picture.data) for picture in pictures]
    return Section("charts", words.translate("Who is restricted, and why"), blocks)


def figures(export: Export, words: Words) -> Section:
    """The main figures under both policies."""
    found = [export.readings[figure] for figure in MAIN_FIGURES]
    note = words.say(message("A dash stands where a figure cannot be computed; it never means zero."))
    return Section(
        "figures", words.translate("Main figures"), [_figure_grid(found, export, words, note), _kinds(words)]
    )


def appendix(export: Export, words: Words) -> Section:
    """Every figure of the catalogue, and how each is computed."""
    grid = _figure_grid(list(export.readings.values()), export, words, "")
    headings = [heading_words("figure", words), words.translate("Formula"), words.translate("Source")]
    rows = [[Cell(words.translate(text)) for text in _definition(FIGURES[figure])] for figure in export.readings]
    definitions = Grid([Cell(heading) for heading in headings], rows, title=words.translate("How each is computed"))
    return Section("appendix", words.translate("All figures"), [grid, definitions])


def direction(figure: Figure, delta: float | None) -> str:
    """Whether a change is better or worse; nothing where it is neither."""
    if not delta or figure.good == "neither":
        return ""
    return "better" if (delta > 0) == (figure.good == "more") else "worse"


def _definition(figure: Figure) -> tuple[str, str, str]:
    return figure.name, figure.formula, figure.source


def _tile(reading: Reading, words: Words, currency: str) -> Tile:
    figure = FIGURES[reading.figure]
    before = words.quantity(reading.baseline, reading.unit, currency)
    return Tile(
        name=words.translate(figure.name),
        value=words.quantity(reading.value, reading.unit, currency),
        change=words.change(reading.delta, reading.unit, currency),
        direction=direction(figure, reading.delta),
        notes=(
            words.say(message("Baseline: {value}", value=before)),
            f"{words.say(KIND_LABELS[reading.kind])} · {words.date(reading.day)}",
        ),
    )


def _figure_grid(found: Sequence[Reading], export: Export, words: Words, note: str) -> Grid:
    sides = [Cell(words.say(SIDE_LABELS[side]), "number") for side in ("baseline", "scenario", "delta")]
    rest = [Cell(heading_words(heading, words)) for heading in ("kind", "date", "denominator")]
    headings = [Cell(heading_words("figure", words)), *sides, *rest, Cell(heading_words("coverage", words), "number")]
    return Grid(headings, [_figure_row(reading, words) for reading in found], note)


def _figure_row(reading: Reading, words: Words) -> list[Cell]:
    figure = FIGURES[reading.figure]
    before, after = (words.quantity(value, reading.unit) for value in (reading.baseline, reading.value))
    change = words.change(reading.delta, reading.unit)
    divides = FIGURES.get(reading.denominator)
    return [
        Cell(words.translate(figure.name)),
        number(before),
        number(after, "strong"),
        number(change, direction(figure, reading.delta)),
        Cell(words.say(KIND_LABELS[reading.kind]), "short"),
        Cell(words.date(reading.day), "short"),
        Cell(words.translate(divides.name) if divides else ""),
        number("" if figure.coverage is None else words.share(reading.coverage)),
    ]


def _kinds(words: Words) -> Facts:
    return Facts([("", words.say(sentence)) for sentence in _KIND_SENTENCES.values()])


def _bars(bars: BarsValue, words: Words, note: str, *, under: bool = False, colour: str = "") -> Bars:
    """Bars in the colours of their outcomes, or all in one; under names each bar's outcome too."""
    lines = [
        BarLine(
            label=bar.label,
            under=words.say(OUTCOME_LABELS[bar.outcome]) if under else "",
            colour=colour or bar.outcome.value,
            width=width,
            ghost=ghost,
            value=words.integer(bar.value),
            change=words.integer(bar.value - bar.baseline, signed=True) if bar.value != bar.baseline else EM_DASH,
        )
        for bar, (width, ghost) in zip(bars.bars, widths(bars), strict=True)
    ]
    return Bars(bars.title, (bars.unit, words.say(SIDE_LABELS["delta"])), lines, note)
