"""Conduct: arrears, delinquencies, defaults, and what becomes of the bad accounts a year later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from desktop_app.demo import marginals as m
from desktop_app.demo.draws import Draws, codes_of, odds_times
from desktop_app.demo.lines import Lines
from desktop_app.demo.people import People
from desktop_app.demo.slots import Codes, Floats, Integers, Mask

IN_DEFAULT = 90
NEVER = -1


@dataclass(frozen=True)
class Conduct:
    """How the accounts of a block behave at one date and in the year after.

    Attributes: days_past_due; delinquencies in the year before; months_since the last one, NEVER where there was
    none; luck, standard normal, low where the coming year goes badly; bad says whether the account is in default
    or defaults within twelve months.
    """

    days_past_due: Integers
    delinquencies: Codes
    months_since: Integers
    luck: Floats
    bad: Mask


@dataclass(frozen=True)
class Fates:
    """What the year made of each account: masks; an account with none of them goes on in good standing.

    Attributes: written_off accounts were bad and are gone, late ones are more than 90 days past due, cured ones
    were bad and pay again; leavers were good and closed; unseen leavers closed before their outcome was known.
    """

    written_off: Mask
    late: Mask
    cured: Mask
    leavers: Mask
    unseen: Mask

    @property
    def closed(self) -> Mask:
        """Slots whose account is gone, so that another one opens there."""
        return self.written_off | self.leavers


def fates_of(conduct: Conduct, lines: Lines, may_close: Mask, draws: Draws) -> Fates:
    """What becomes of the accounts within a year."""
    turn = draws.uniform()
    old = conduct.days_past_due > IN_DEFAULT
    gone = np.where(old, m.FATE_OF_OLD_BAD[0], m.FATE_OF_NEW_BAD[0])
    stuck = gone + np.where(old, m.FATE_OF_OLD_BAD[1], m.FATE_OF_NEW_BAD[1])
    leaves = np.where(lines.balance > 0, m.LEAVES_DRAWN, m.LEAVES_IDLE)
    settled = ~conduct.bad & (conduct.days_past_due == 0)
    leavers = settled & may_close & (turn < leaves)
    written_off = conduct.bad & may_close & (turn < gone)
    late = conduct.bad & ~written_off & (turn < stuck)
    unseen = leavers & draws.chance(m.UNSEEN_AMONG_LEAVERS)
    return Fates(written_off, late, conduct.bad & ~written_off & ~late, leavers, unseen)


def no_history(draws: Draws) -> Conduct:
    """A year without arrears, before any other."""
    none = np.zeros(draws.size, np.int64)
    return Conduct(none, none.astype(np.int8), _old_delinquency(draws), np.zeros(draws.size), none > 0)


def conduct_of(people: People, lines: Lines, fates: Fates, before: Conduct, draws: Draws) -> Conduct:
    """Arrears and delinquencies at a date, after `fates` and the conduct a year before, and the coming outcome."""
    days = _days_past_due(people, lines, fates, before, draws)
    troubled = (days > 0) | fates.cured
    spirit = draws.tied(people.standing, m.DELINQUENCIES_WITH_SCORE)
    delinquencies = np.where(
        troubled, codes_of(spirit, m.DELINQUENCIES_TROUBLED), codes_of(spirit, m.DELINQUENCIES_CALM)
    )
    luck = draws.normal()
    return Conduct(
        days_past_due=days,
        delinquencies=delinquencies,
        months_since=_months_since(days, delinquencies, fates, before, draws),
        luck=luck,
        bad=(ndtr(luck) < default_probability(people, days)) | (days > IN_DEFAULT),
    )


def base_probability(score: Floats) -> Floats:
    """Twelve-month default of an account in no arrears, with nothing that multiplies its odds."""
    rates = np.asarray(m.BASE_RATES)
    logit = np.interp(score, m.BASE_SCORES, np.log(rates / (1 - rates)))
    return np.asarray(1 / (1 + np.exp(-logit)))


def default_probability(people: People, days_past_due: Integers) -> Floats:
    """Twelve-month default of each account, from score, behaviour and arrears."""
    odds = m.ODDS_PER_APPLICATION ** people.applications.astype(np.float64)
    odds *= m.ODDS_PER_EXTRA_DEVICE ** np.maximum(people.devices - 1.0, 0.0)
    odds *= np.where(people.income_known, 1.0, m.ODDS_OF_MISSING_INCOME)
    current = odds_times(base_probability(people.score), odds)
    return np.where(days_past_due > 0, arrears_default(days_past_due), current)


def arrears_default(days_past_due: Integers) -> Floats:
    """Default from 1–30, 31–60, 61–90 days past due; 1 above 90."""
    bucket = np.clip((days_past_due - 1) // 30, 0, 3)
    return np.asarray((*m.DEFAULT_FROM_ARREARS, 1.0))[bucket]


def _days_past_due(people: People, lines: Lines, fates: Fates, before: Conduct, draws: Draws) -> Integers:
    """Days past due: those still late move on by a year, fresh arrears are likelier with a low score."""
    share, within = draws.uniform(), draws.uniform()
    tilt = np.exp(-m.ARREARS_WITH_SCORE * people.standing)
    # Written as thresholds on one uniform: 61–90 days lowest, then 31–60, then 1–30.
    bucket = np.zeros(draws.size, np.int64)
    for number, edge in enumerate(np.cumsum(m.ARREARS_RATES[::-1])[::-1], start=1):
        bucket[share < np.minimum(edge * tilt, 0.9)] = number
    fresh = np.where(bucket > 0, 30 * (bucket - 1) + 1 + np.floor(30 * within).astype(np.int64), 0)
    fresh[(lines.balance == 0) | (lines.months == 0)] = 0
    entered = IN_DEFAULT + 1 + np.floor(270 * within).astype(np.int64)
    older = np.where(before.days_past_due > IN_DEFAULT, before.days_past_due + 365, entered)
    return np.where(fates.late, older, fresh)


def _months_since(days: Integers, delinquencies: Codes, fates: Fates, before: Conduct, draws: Draws) -> Integers:
    """Months since the last: 0 while in arrears, 0–11 with one in the year, else a year more than before."""
    recent = np.floor(12 * draws.uniform()).astype(np.int64)
    last = np.where(fates.closed, _old_delinquency(draws), before.months_since)
    old = np.where(last == NEVER, NEVER, last + m.MONTHS_BETWEEN)
    since = np.where(delinquencies > 0, recent, old)
    return np.where(days > 0, 0, since)


def _old_delinquency(draws: Draws) -> Integers:
    """Months since the last delinquency of accounts that are new to the book, counted a year before."""
    months = np.floor(48 * draws.uniform()).astype(np.int64)
    return np.where(draws.chance(m.OLD_DELINQUENCY), months, NEVER)
