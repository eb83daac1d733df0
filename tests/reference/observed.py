"""What became of users at the evidence date, person by person: goods, bads, and whom the policy stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.reference.evaluate import Account, Result, User

UserMeasure = Callable[[User], int]


def is_bad(user: User) -> bool:
    """Any performing account defaulted."""
    return any(_outcome(account) is True for account in user.accounts)


def is_good(user: User) -> bool:
    """Every account is known, and good, and performing."""
    return all(_outcome(account) is False for account in user.accounts)


def is_treated(user: User) -> bool:
    """The live system acted on an account."""
    return any(account.row.get("recorded_action") not in (None, "none") for account in user.accounts)


def falls(user: User) -> bool:
    """The open line is smaller than with no policy."""
    drawable = sum(account.decision.undrawn for account in user.accounts)
    return drawable < sum(account.untouched for account in user.accounts)


def _outcome(account: Account) -> bool | None:
    """Whether the account turned bad; None where that is unknown or it was in default already."""
    outcome: bool | None = account.row.get("default_12m")
    return None if account.risk.in_default else outcome


MEASURES: dict[str, UserMeasure] = {
    "observed_users": lambda user: 1,
    "goods": lambda user: int(is_good(user)),
    "bads": lambda user: int(is_bad(user)),
    "goods_hurt": lambda user: int(is_good(user) and falls(user)),
    "bads_stopped": lambda user: int(is_bad(user) and falls(user)),
    "goods_untreated": lambda user: int(is_good(user) and not is_treated(user)),
    "bads_untreated": lambda user: int(is_bad(user) and not is_treated(user)),
    "goods_hurt_untreated": lambda user: int(is_good(user) and falls(user) and not is_treated(user)),
    "bads_stopped_untreated": lambda user: int(is_bad(user) and falls(user) and not is_treated(user)),
}


@dataclass(frozen=True)
class Became:
    """Users by what became of them."""

    goods: int
    bads: int
    unknown: int


def became(users: Sequence[User]) -> Became:
    """How many of the users turned out good, bad, or neither is known."""
    goods, bads = sum(map(is_good, users)), sum(map(is_bad, users))
    return Became(goods, bads, len(users) - goods - bads)


def hit_by(result: Result, rule: str) -> list[User]:
    """The users on whom the rule fires."""
    return [user for user in result.users.values() if user.fires(rule)]


def hit_by_nothing_else(result: Result, rule: str) -> list[User]:
    """Those on whom no other rule does."""
    return [
        user for user in hit_by(result, rule) if not any(user.fires(other) for other in result.rules if other != rule)
    ]


def untreated(users: Sequence[User]) -> list[User]:
    """Those on whom the live system did not act."""
    return [user for user in users if not is_treated(user)]
