"""The numbers of the demo book, plausible from general knowledge and fitted to no lender's data."""

from __future__ import annotations

import math
from datetime import date
from typing import Final

# Two dates whose twelve months are over when the third comes; the third has no outcomes yet.
SNAPSHOT_DATES: Final = (date(2024, 6, 30), date(2025, 6, 30), date(2026, 6, 30))
MONTHS_BETWEEN: Final = 12

SCORE_MEAN: Final = 655.0
SCORE_DEVIATION: Final = 55.0
SCORE_RANGE: Final = (350, 950)
# How much of a latent number survives a year.
SCORE_MEMORY: Final = 0.85
USAGE_MEMORY: Final = 0.70
BURDEN_MEMORY: Final = 0.90
# Of the year's news about the score with the luck that decides the default.
LUCK_IN_SCORE: Final = 0.60

LIMIT_MEDIAN: Final = 12_000.0
LIMIT_SIGMA: Final = 1.11
LIMIT_RANGE: Final = (500, 200_000)
# Limits up to here go in steps of 500, above in steps of 1,000.
LIMIT_FINE_UP_TO: Final = 20_000
# A yearly review moves a limit only where the new one differs by more than this, in logarithms.
LIMIT_INERTIA: Final = 0.22
INCOME_MEDIAN: Final = 6_500.0
INCOME_SIGMA: Final = 0.55
INCOME_RANGE: Final = (1_000, 90_000)
INCOME_STEP: Final = 50
DTI_MEDIAN: Final = 0.28
# Puts 13 % above 0.55.
DTI_SIGMA: Final = math.log(0.55 / 0.28) / 1.126391
DEBT_SERVICE_STEP: Final = 10
LGD_MEAN: Final = 0.75
LGD_DEVIATION: Final = 0.08
LGD_RANGE: Final = (0.40, 1.00)
# In 0.001 % a day; apr is 365 times that.
DAILY_RATE_MEDIAN: Final = 40.0
DAILY_RATE_DEVIATION: Final = 9.0
DAILY_RATE_RANGE: Final = (20, 60)
PPM_OF_DAILY_STEP: Final = 365 * 10

LIMIT_WITH_SCORE: Final = 0.50
INCOME_WITH_SCORE: Final = 0.35
RATE_WITH_SCORE: Final = -0.70
DTI_WITH_SCORE: Final = -0.20
DELINQUENCIES_WITH_SCORE: Final = -0.35
SEGMENT_WITH_SCORE: Final = -0.30
BEHAVIOUR_WITH_SCORE: Final = -0.10
# Of the parts of limit and income that the score does not explain.
LIMIT_WITH_INCOME: Final = 0.40
INQUIRIES_WITH_APPLICATIONS: Final = 0.40
# Utilisation falls as the score rises, in two ways: fewer lines are drawn at all, and those less.
IDLE_WITH_SCORE: Final = 0.32
USAGE_WITH_SCORE: Final = -0.42

# Before those who are late and cannot be idle: 42 % in the end.
IDLE_SHARE: Final = 0.434
# Quantiles of utilisation; among drawn lines, whose scores are lower, the mean is 0.50 and 0.5 % lie above the limit.
USAGE_QUANTILES: Final = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 0.9957, 1.0)
USAGE_VALUES: Final = (0.004, 0.06, 0.18, 0.455, 0.75, 0.92, 1.0, 1.15)

INCOME_MISSING: Final = 0.35
SCORE_MISSING: Final = 0.015
PD_MISSING: Final = 0.08
KYC_COMPLETE: Final = 0.982
IDENTITY_MATCH: Final = 0.991
IDENTITY_MATCH_WITHOUT_KYC: Final = 0.95
# Neither missing, kyc_complete, identity_match, both: one of them is missing in 3 %.
CHECKS_MISSING: Final = (0.970, 0.015, 0.012, 0.003)
# How many of these facts are looked at anew within a year.
FACTS_RENEWED: Final = 0.15
BUSINESS_OWNER: Final = 0.12
# Of the users.
SECOND_ACCOUNT: Final = 0.03

APPLICATIONS: Final = (0.71, 0.17, 0.065, 0.027, 0.013, 0.008, 0.004, 0.002, 0.001)
DEVICES: Final = (0.25, 0.695, 0.044, 0.0075, 0.0022, 0.0009, 0.0004)
INQUIRIES: Final = (0.306, 0.275, 0.18, 0.108, 0.062, 0.033, 0.018, 0.010, 0.005, 0.002, 0.001)

SEGMENTS: Final = {"affluent": 0.12, "mass": 0.56, "gig_worker": 0.12, "thin_file": 0.09, "new_to_credit": 0.11}
REGIONS: Final = {
    "east": 0.29,
    "south": 0.19,
    "north": 0.14,
    "central": 0.15,
    "southwest": 0.11,
    "northwest": 0.06,
    "northeast": 0.06,
}
INDUSTRIES: Final = {
    "services": 0.22,
    "manufacturing": 0.18,
    "retail": 0.15,
    "technology": 0.10,
    "transport": 0.09,
    "catering": 0.08,
    "public_sector": 0.08,
    "construction": 0.06,
    "real_estate": 0.025,
    "student": 0.015,
}
AGE_BANDS: Final = {"18-24": 0.14, "25-34": 0.37, "35-44": 0.27, "45-54": 0.14, "55+": 0.08}
CHANNELS: Final = {"app_home": 0.46, "checkout": 0.31, "mini_program": 0.15, "partner": 0.08}
CONSUMER_PRODUCTS: Final = {"cash_line": 0.72, "instalment_line": 0.28}
MERCHANT_PRODUCT: Final = "merchant_line"
CUSTOMER_TYPES: Final = ("consumer", "business_owner")

# Twelve-month default by score band, and the lower edges of the bands.
DEFAULT_BANDS: Final = (0, 550, 600, 650, 700, 750)
DEFAULT_RATES: Final = (0.15, 0.08, 0.045, 0.021, 0.010, 0.005)
# 1–30, 31–60, 61–90 days past due.
DEFAULT_FROM_ARREARS: Final = (0.20, 0.45, 0.70)
ODDS_PER_APPLICATION: Final = 1.35
ODDS_PER_EXTRA_DEVICE: Final = 1.60
ODDS_OF_MISSING_INCOME: Final = 1.15

# The default probability of an account in no arrears, with one device, no request and a known income, at these
# scores: found by search, so that the bands above come out with arrears and multipliers.
BASE_SCORES: Final = (500, 535, 575, 625, 675, 725, 775, 850)
BASE_RATES: Final = (0.131, 0.0778, 0.0471, 0.0283, 0.0116, 0.0058, 0.0031, 0.0015)
# Days past due 1–30, 31–60, 61–90 at the mean score, and how they fall with a deviation of score: found by search
# too, since the shares that are asked for are shares of balance.
ARREARS_RATES: Final = (0.0198, 0.0049, 0.0033)
ARREARS_WITH_SCORE: Final = 0.80

# Of accounts that went bad in the year before: written off and gone, more than 90 days late, the rest cured.
FATE_OF_NEW_BAD: Final = (0.38, 0.315)
FATE_OF_OLD_BAD: Final = (0.75, 0.15)
# Of the drawn lines in the year that is not written.
LATE_AT_START: Final = 0.025
# Good accounts that close within a year: drawn ones, idle ones; and those of them whose outcome stays unknown.
LEAVES_DRAWN: Final = 0.04
LEAVES_IDLE: Final = 0.12
UNSEEN_AMONG_LEAVERS: Final = 0.25

# delinquencies_12m 0, 1, 2, 3, … of accounts with no trouble in the year, and of the others.
DELINQUENCIES_CALM: Final = (0.8825, 0.080, 0.0255, 0.008, 0.003, 0.001)
DELINQUENCIES_TROUBLED: Final = (0.0, 0.45, 0.28, 0.15, 0.08, 0.04)
# Accounts without a delinquency in the year that have had an older one.
OLD_DELINQUENCY: Final = 0.20

# The modelled pd: the noise of its logarithmic odds; what the multipliers above add to them on average.
PD_NOISE: Final = 0.35
PD_SHIFT: Final = 0.30
