"""A pinned figure in words: its change, better or worse, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.analysis.charts import adds_up
from desktop_app.analysis.goals import Standing, goal_words, sign
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Figure
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import KIND_LABELS
from desktop_app.text.words import Words

_UP, _DOWN = "▲", "▼"


@dataclass(frozen=True)
class Pinned:
    """What a tile shows.

    Attributes: reading None is an em dash; fresh False dims it; evidence is the date of known outcomes; lens says
    that the charts show this figure; standing is that of its goal, None where it has none; whole is the reading of the
    whole book where a filter leaves only a part of it.
    """

    figure: Figure
    reading: Reading | None
    words: Words
    currency: str
    fresh: bool
    evidence: date | None = None
    lens: bool = False
    standing: Standing | None = None
    whole: Reading | None = None

    def written(self, value: float | None) -> str:
        """A value of the figure in its unit."""
        return self.words.quantity(value, self.figure.unit, self.currency)


def change_words(pinned: Pinned) -> tuple[str, str]:
    """The change in words with its arrow, and whether it is "better", "worse" or neither, ""."""
    delta = pinned.reading.delta if pinned.reading else None
    if delta == 0:
        return pinned.words.translate("as the baseline"), ""
    return moved_words(pinned, delta)


def moved_words(pinned: Pinned, delta: float | None) -> tuple[str, str]:
    """A change of the figure as in `change_words`; "" for none."""
    figure, words = pinned.figure, pinned.words
    if not delta:
        return "", ""
    written = f"{_UP if delta > 0 else _DOWN} {words.change(delta, figure.unit, pinned.currency)}"
    if figure.good == "neither":
        return written, ""
    better = (delta > 0) == (figure.good == "more")
    judged = message("better") if better else message("worse")
    return f"{written} · {words.say(judged)}", "better" if better else "worse"


def whole_words(pinned: Pinned) -> str:
    """The figure of the whole book with its change, "" where nothing is filtered."""
    if pinned.whole is None:
        return ""
    value = pinned.written(pinned.whole.value)
    delta = pinned.whole.delta
    if not delta:
        return pinned.words.say(message("Whole book: {value}", value=value))
    change = pinned.words.change(delta, pinned.figure.unit, pinned.currency)
    return pinned.words.say(message("Whole book: {value} ({change})", value=value, change=change))


def is_of_evidence(pinned: Pinned) -> bool:
    """Whether the figure is about the date whose outcomes are known, not about the one that is looked at."""
    return pinned.figure.day == "evidence" and pinned.evidence is not None


def kind_words(pinned: Pinned) -> str:
    """The kind of figure, with its date where that is another than the one looked at."""
    said = pinned.words.say(KIND_LABELS[pinned.reading.kind if pinned.reading else pinned.figure.kind])
    return f"{said} · {pinned.words.date(pinned.evidence)}" if is_of_evidence(pinned) else said


def goal_mark(pinned: Pinned) -> tuple[str, str]:
    """The goal with a tick, a cross or a dash, and what that means in words; "" and "" without a goal."""
    standing = pinned.standing
    if standing is None:
        return "", ""
    marks = {True: ("✓", message("goal met")), False: ("✗", message("goal missed")), None: (EM_DASH, Message(""))}
    mark, said = marks[standing.met]
    # The value above names the currency already: room is short.
    bound = pinned.words.quantity(standing.goal.value, pinned.figure.unit)
    return f"{mark} {sign(standing.goal)} {bound}", pinned.words.say(said) if said.text else ""


def explained(pinned: Pinned) -> str:
    """What the figure is and what it rests on, a line each."""
    figure, words = pinned.figure, pinned.words
    lines = [words.translate(figure.help), words.translate(figure.formula)]
    if pinned.lens and not adds_up(figure):
        lines.append(words.say(message("Reasons and causes go on showing users: this figure is no sum over them")))
    if pinned.reading is not None:
        lines += map(words.say, _rests_on(pinned, pinned.reading))
    return "\n".join(lines)


def _rests_on(pinned: Pinned, reading: Reading) -> list[Message]:
    if is_of_evidence(pinned):
        lines = [message("Observed: the accounts of {day}, whose outcomes are known", day=reading.day)]
    else:
        lines = [message("Current: the accounts of {day}", day=reading.day)]
    if reading.interval is not None:
        low, high = (pinned.written(end) for end in reading.interval)
        lines.append(message("95 % interval: {low} to {high}", low=low, high=high))
    if reading.baseline is not None:
        lines.append(message("Baseline: {value}", value=pinned.written(reading.baseline)))
    if pinned.standing is not None:
        lines.append(message("Goal: {goal}", goal=goal_words(pinned.standing.goal, pinned.currency)))
    if reading.denominator in FIGURES:
        lines.append(message("Divided by: {figure}", figure=Message(FIGURES[reading.denominator].name)))
    if reading.coverage is not None:
        lines.append(message("Covers {share} of EAD", share=pinned.words.share(reading.coverage)))
    if reading.thin:
        lines.append(message("Thin: too few cases to rely on"))
    return lines
