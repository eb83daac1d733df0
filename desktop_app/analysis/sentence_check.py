"""Whether what a rule says to the user gives away a threshold or a count (domain rules, section 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain.policy import Rule
from desktop_app.domain.problems import Message, message

# Digits of any width, percentages, and the number words that counts are said with. "One" is too often a pronoun.
_SHOWN = re.compile(
    r"\d(?:[\d.,，]*\d)?(?:\s*[%％])?|[%％]|百分之"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|twice)\b"
    r"|[一二两三四五六七八九十百千]+\s*(?:次|台|天|日|周|个月|分|笔|万|元|岁)",
    re.IGNORECASE,
)


def number_shown(sentence: str) -> str | None:
    """The first threshold or count that a sentence shows, as it stands there; None where it shows none."""
    found = _SHOWN.search(sentence)
    return found[0].strip() if found else None


def sentence_doubts(rule: Rule) -> Iterator[Message]:
    """One sentence for each language whose sentence for the user shows a number."""
    for sentence in (rule.reason.sentence.en, rule.reason.sentence.zh):
        shown = number_shown(sentence)
        if shown is not None:
            text = 'Rule "{rule}": its sentence for the user shows "{number}"; thresholds and counts stay in house.'
            yield message(text, rule=rule.id, number=shown)
