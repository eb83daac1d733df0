"""Lines: what belongs to one account."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from desktop_app.demo import marginals as m
from desktop_app.demo.draws import Draws
from desktop_app.demo.people import People
from desktop_app.demo.slots import Codes, Floats, Mask

# Of the year that is not written; three more fit into a byte.
_OLDEST_LINE = 84


@dataclass(frozen=True)
class Lines:
    """The accounts of a block at one date.

    Attributes: months is months on book; generation counts the accounts that the slot had before; generosity,
    pricing, restraint and usage are latent parts, standard normal, of limit, rate, whether the line is drawn and
    how far; limit and balance are in minor units; lgd is in percent; rate is the daily rate in 0.001 %.
    """

    months: Codes
    generation: Codes
    product: Codes
    channel: Codes
    generosity: Floats
    pricing: Floats
    restraint: Floats
    usage: Floats
    limit: Floats
    balance: Floats
    lgd: Codes
    rate: Codes


def first_lines(people: People, draws: Draws) -> Lines:
    """One line for each user, some of them old."""
    age = draws.uniform()
    lgd = np.rint(100 * np.clip(m.LGD_MEAN + m.LGD_DEVIATION * draws.normal(), *m.LGD_RANGE))
    generosity = draws.tied(people.earning, m.LIMIT_WITH_INCOME)
    blank = np.zeros(draws.size)
    lines = Lines(
        months=np.floor(_OLDEST_LINE * (1 - np.sqrt(1 - age))).astype(np.int8),
        generation=np.zeros(draws.size, np.int8),
        product=_product(people, draws),
        channel=draws.codes(tuple(m.CHANNELS.values())),
        generosity=generosity,
        pricing=draws.normal(),
        restraint=draws.normal(),
        usage=draws.normal(),
        limit=_limit(people, generosity),
        balance=blank,
        lgd=lgd.astype(np.int8),
        rate=blank.astype(np.int8),
    )
    return replace(lines, rate=_rate(people, lines))


def opened_lines(before: Lines, people: People, draws: Draws) -> Lines:
    """The lines that follow those that closed during the year."""
    months = np.floor(draws.uniform() * m.MONTHS_BETWEEN).astype(np.int8)
    return replace(first_lines(people, draws), months=months, generation=before.generation + np.int8(1))


def lines_a_year_later(before: Lines, people: People, draws: Draws) -> Lines:
    """The same lines twelve months on: older, reviewed against the new score, drawn anew."""
    kept = math.sqrt(1 - m.USAGE_MEMORY**2)
    wanted = _limit(people, before.generosity)
    moved = np.abs(np.log(wanted / before.limit)) > m.LIMIT_INERTIA
    older = replace(
        before,
        months=before.months + np.int8(m.MONTHS_BETWEEN),
        limit=np.where(moved, wanted, before.limit),
        restraint=m.USAGE_MEMORY * before.restraint + kept * draws.normal(),
        usage=m.USAGE_MEMORY * before.usage + kept * draws.normal(),
    )
    return replace(older, rate=_rate(people, older))


def drawn_lines(lines: Lines, people: People, late: Mask) -> Lines:
    """The lines with their balances; those more than 90 days late cannot be idle."""
    calm = people.with_standing(m.IDLE_WITH_SCORE, lines.restraint)
    idle = (calm > -ndtri(m.IDLE_SHARE)) & ~late
    share = ndtr(people.with_standing(m.USAGE_WITH_SCORE, lines.usage))
    utilisation = np.interp(share, m.USAGE_QUANTILES, m.USAGE_VALUES)
    return replace(lines, balance=np.where(idle, 0.0, np.maximum(np.rint(utilisation * lines.limit), 1.0)))


def _product(people: People, draws: Draws) -> Codes:
    consumer = draws.codes(tuple(m.CONSUMER_PRODUCTS.values()))
    merchant = draws.chance(0.80) & people.business
    return np.where(merchant, len(m.CONSUMER_PRODUCTS), consumer).astype(np.int8)


def _limit(people: People, generosity: Floats) -> Floats:
    latent = people.with_standing(m.LIMIT_WITH_SCORE, generosity)
    amount = m.LIMIT_MEDIAN * np.exp(m.LIMIT_SIGMA * latent)
    step = np.where(amount <= m.LIMIT_FINE_UP_TO, 500.0, 1000.0)
    rounded: Floats = np.rint(amount / step) * step
    return 100 * rounded.clip(*m.LIMIT_RANGE)


def _rate(people: People, lines: Lines) -> Codes:
    latent = people.with_standing(m.RATE_WITH_SCORE, lines.pricing)
    rate = np.rint(m.DAILY_RATE_MEDIAN + m.DAILY_RATE_DEVIATION * latent)
    return np.clip(rate, *m.DAILY_RATE_RANGE).astype(np.int8)
