"""People: what belongs to the user, whatever the number of accounts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.demo import marginals as m
from desktop_app.demo.draws import Draws, codes_of
from desktop_app.demo.slots import Codes, Floats, Mask


@dataclass(frozen=True)
class People:
    """The users of a block at one date.

    Attributes: standing is the latent score, standard normal; earning and burden the latent parts of income and of
    debt service; the rest are codes into the lists of `marginals`, counts and masks.
    """

    standing: Floats
    earning: Floats
    burden: Floats
    segment: Codes
    region: Codes
    industry: Codes
    age_band: Codes
    business: Mask
    kyc: Mask
    identity: Mask
    kyc_known: Mask
    identity_known: Mask
    score_known: Mask
    income_known: Mask
    pd_known: Mask
    applications: Codes
    devices: Codes
    inquiries: Codes

    @property
    def score(self) -> Floats:
        """The score, a whole number, also where the lender does not know it."""
        score: Floats = np.rint(m.SCORE_MEAN + m.SCORE_DEVIATION * self.standing)
        return score.clip(*m.SCORE_RANGE)

    @property
    def income(self) -> Floats:
        """Monthly income in currency units."""
        latent = self.with_standing(m.INCOME_WITH_SCORE, self.earning)
        steps: Floats = np.rint(m.INCOME_MEDIAN * np.exp(m.INCOME_SIGMA * latent) / m.INCOME_STEP)
        return (steps * m.INCOME_STEP).clip(*m.INCOME_RANGE)

    @property
    def debt_service(self) -> Floats:
        """Monthly debt service in currency units."""
        latent = self.with_standing(m.DTI_WITH_SCORE, self.burden)
        steps: Floats = np.rint(m.DTI_MEDIAN * np.exp(m.DTI_SIGMA * latent) * self.income / m.DEBT_SERVICE_STEP)
        return steps * m.DEBT_SERVICE_STEP

    def with_standing(self, correlation: float, rest: Floats) -> Floats:
        """Standard normals that have this correlation with the score and otherwise follow `rest`."""
        return correlation * self.standing + math.sqrt(1 - correlation**2) * rest


def new_people(standing: Floats, draws: Draws) -> People:
    """New users of this latent score, one a slot."""
    applications, inquiries = _interest(draws, standing)
    missing = draws.codes(m.CHECKS_MISSING)
    kyc = draws.chance(m.KYC_COMPLETE)
    return People(
        standing=standing,
        earning=draws.normal(),
        burden=draws.normal(),
        segment=codes_of(draws.tied(standing, m.SEGMENT_WITH_SCORE), tuple(m.SEGMENTS.values())),
        region=draws.codes(tuple(m.REGIONS.values())),
        industry=draws.codes(tuple(m.INDUSTRIES.values())),
        age_band=draws.codes(tuple(m.AGE_BANDS.values())),
        business=draws.chance(m.BUSINESS_OWNER),
        kyc=kyc,
        identity=draws.chance(_identity_match(kyc)),
        kyc_known=(missing == 0) | (missing == 2),
        identity_known=missing <= 1,
        score_known=draws.chance(1 - m.SCORE_MISSING),
        income_known=draws.chance(1 - m.INCOME_MISSING),
        pd_known=draws.chance(1 - m.PD_MISSING),
        applications=applications,
        devices=draws.codes(m.DEVICES),
        inquiries=inquiries,
    )


def people_a_year_later(before: People, luck: Floats, draws: Draws) -> People:
    """The same users twelve months on: scores drift with the year's `luck`, and all keep their distribution."""
    news = draws.tied(luck, m.LUCK_IN_SCORE)
    standing = _drifted(before.standing, m.SCORE_MEMORY, news)
    applications, inquiries = _interest(draws, standing)
    return replace(
        _with_facts_renewed(before, draws),
        standing=standing,
        burden=_drifted(before.burden, m.BURDEN_MEMORY, draws.normal()),
        applications=applications,
        devices=draws.codes(m.DEVICES),
        inquiries=inquiries,
    )


def _with_facts_renewed(before: People, draws: Draws) -> People:
    renewed = draws.chance(m.FACTS_RENEWED)
    missing = draws.codes(m.CHECKS_MISSING)
    kyc = np.where(renewed, draws.chance(m.KYC_COMPLETE), before.kyc)
    return replace(
        before,
        kyc=kyc,
        identity=np.where(renewed, draws.chance(_identity_match(kyc)), before.identity),
        kyc_known=np.where(renewed, (missing == 0) | (missing == 2), before.kyc_known),
        identity_known=np.where(renewed, missing <= 1, before.identity_known),
        score_known=np.where(renewed, draws.chance(1 - m.SCORE_MISSING), before.score_known),
        income_known=np.where(renewed, draws.chance(1 - m.INCOME_MISSING), before.income_known),
    )


def _interest(draws: Draws, standing: Floats) -> tuple[Codes, Codes]:
    """Borrowing requests in seven days and bureau inquiries in three months, which rise together."""
    appetite = draws.tied(standing, m.BEHAVIOUR_WITH_SCORE)
    inquiring = draws.tied(appetite, m.INQUIRIES_WITH_APPLICATIONS)
    return codes_of(appetite, m.APPLICATIONS), codes_of(inquiring, m.INQUIRIES)


def _identity_match(kyc: Mask) -> Floats:
    incomplete = 1 - m.KYC_COMPLETE
    among_complete = (m.IDENTITY_MATCH - incomplete * m.IDENTITY_MATCH_WITHOUT_KYC) / m.KYC_COMPLETE
    return np.where(kyc, among_complete, m.IDENTITY_MATCH_WITHOUT_KYC)


def _drifted(before: Floats, memory: float, news: Floats) -> Floats:
    return memory * before + math.sqrt(1 - memory**2) * news
