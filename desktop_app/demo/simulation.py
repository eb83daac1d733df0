"""One block of accounts through the years: a first year that is not written, then the three snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desktop_app.demo import marginals as m
from desktop_app.demo.conduct import Conduct, Fates, conduct_of, fates_of, no_history
from desktop_app.demo.draws import Draws
from desktop_app.demo.lines import Lines, drawn_lines, first_lines, lines_a_year_later, opened_lines
from desktop_app.demo.people import People, new_people, people_a_year_later
from desktop_app.demo.slots import Integers, Mask, choose, gather


@dataclass(frozen=True)
class Year:
    """The accounts of a block at one date, and how the year after it ends.

    Attributes: owner is, for each slot, the slot whose user holds the account.
    """

    people: People
    lines: Lines
    conduct: Conduct
    fates: Fates
    owner: Integers


def years(seed: int, block: int, size: int) -> Iterator[Year]:
    """The snapshots of one block of `size` accounts, oldest first."""
    draws = Draws(seed, block, size)
    year = _first_year(draws)
    for _ in m.SNAPSHOT_DATES:
        year = _next_year(year, draws)
        yield year


def _first_year(draws: Draws) -> Year:
    owner = _owners(draws)
    people = gather(new_people(draws.normal(), draws), owner)
    nobody = np.zeros(draws.size, np.bool_)
    lines = drawn_lines(first_lines(people, draws), people, late=nobody)
    late = draws.chance(m.LATE_AT_START) & (lines.balance > 0)
    start = Fates(written_off=nobody, late=late, cured=nobody, leavers=nobody, unseen=nobody)
    conduct = conduct_of(people, lines, start, no_history(draws), draws)
    return Year(people, lines, conduct, fates_of(conduct, lines, _may_close(owner), draws), owner)


def _next_year(before: Year, draws: Draws) -> Year:
    """The block twelve months on, with new accounts where one closed."""
    fates = before.fates
    later = people_a_year_later(before.people, before.conduct.luck, draws)
    # Whoever follows stands where the one before would: so the scores of the book keep their distribution.
    people = gather(choose(fates.closed, new_people(later.standing, draws), later), before.owner)
    opened = opened_lines(before.lines, people, draws)
    lines = choose(fates.closed, opened, lines_a_year_later(before.lines, people, draws))
    lines = drawn_lines(lines, people, fates.late)
    conduct = conduct_of(people, lines, fates, before.conduct, draws)
    return Year(people, lines, conduct, fates_of(conduct, lines, _may_close(before.owner), draws), before.owner)


def _owners(draws: Draws) -> Integers:
    """Whose account each slot holds: its own user's, or, for the later of two, that of the earlier slot."""
    seconds = round(draws.size * m.SECOND_ACCOUNT / (1 + m.SECOND_ACCOUNT))
    order = draws.order()
    one, other = order[:seconds], order[seconds : 2 * seconds]
    owner = np.arange(draws.size)
    owner[np.maximum(one, other)] = np.minimum(one, other)
    return owner


def _may_close(owner: Integers) -> Mask:
    """The first account of a user with two stays open, so that the user does."""
    slots = np.arange(len(owner))
    may_close = np.ones(len(owner), np.bool_)
    may_close[owner[owner != slots]] = False
    return may_close
