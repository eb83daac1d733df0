"""One policy with every kind of part, as each database's text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop_app.domain.policy import Policy
from desktop_app.engine.dialects import Dialect, policy_text
from desktop_app.engine.fitting import standard_fields
from tests.reference.samples import cut, policy, raised, rule

POLICY = Policy.model_validate(
    policy(
        rule(
            "low",
            "block",
            {"field": "score", "operator": "<", "value": 600, "by": {"column": "segment", "values": {"o'brien": 640}}},
        ),
        rule("unsure", "refer", {"field": "kyc_complete", "operator": "=", "value": False}, on_missing="refer"),
        rule("burden", cut(percent=60), {"field": "dti", "operator": ">", "value": 0.7}),
        rule(
            "person", cut(multiple=1.5), {"field": "user_limit", "operator": ">", "value": 200_000}, on_missing="fire"
        ),
        rule("good", raised(amount=20_000), {"not": {"field": "pd", "operator": ">=", "value": 0.02}}),
        protect_balance=True,
    )
)
TEXTS = {f"{dialect}.sql": partial(policy_text, POLICY, standard_fields(), dialect) for dialect in Dialect}


def update() -> None:
    """To be read before it is committed: `python -m tests.golden.dialects.cases` writes every text anew."""
    for name, text in TEXTS.items():
        (Path(__file__).parent / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    update()
