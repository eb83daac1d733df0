"""Fingerprints: of everything, for manifests; of effect alone, for the keys of answers and indices."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from desktop_app.domain.by_identity import ByIdentity
from desktop_app.domain.documents import Document
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.scenario import MEASURED_ASSUMPTIONS, Scenario
from desktop_app.domain.watch import Watch

_BLOCK = 1 << 20
# What a rule says to people and never to an account.
_WORDS = {"name", "note", "sentence", "parent"}


def fingerprint_of(*parts: str) -> str:
    """One hash of several texts, each fenced from the next."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def fingerprint(document: Document) -> str:
    """The hash of everything in a document, names and sentences included."""
    value = document.model_dump(mode="json", by_alias=True)
    return fingerprint_of(json.dumps(value, sort_keys=True, ensure_ascii=False))


def effect_fingerprint(scenario: Scenario) -> str:
    """The hash of what can move a figure: switched-off rules, names, sentences and notes do not."""
    return _SCENARIOS.of(scenario)


def sums_fingerprint(scenario: Scenario) -> str:
    """The hash of what can move a sum: of `effect_fingerprint`'s without the assumptions that only figures read."""
    return _SUMS.of(scenario)


def policy_fingerprint(policy: Policy) -> str:
    """The hash of what a policy does, whatever is assumed."""
    return _POLICIES.of(policy)


def fingerprint_file(path: Path, watch: Watch) -> str:
    """SHA-256 of a file's bytes; cancels between blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            watch.check()
            digest.update(block)
    return digest.hexdigest()


def _effect_of_scenario(scenario: Scenario) -> str:
    return fingerprint_of(_object(**_moving_sums(scenario), assumptions=_WHOLE.of(scenario.assumptions)))


def _sums_of_scenario(scenario: Scenario) -> str:
    return fingerprint_of(_object(**_moving_sums(scenario)))


def _moving_sums(scenario: Scenario) -> dict[str, str]:
    return {
        "policy": _effect_of_policy(scenario.policy),
        "measured": _json([str(getattr(scenario.assumptions, name)) for name in MEASURED_ASSUMPTIONS]),
        "stress": _WHOLE.of(scenario.stress),
    }


def _effect_of_policy(policy: Policy) -> str:
    return _object(
        round_to=_json(str(policy.round_to.normalize())),
        floor=_json(str(policy.floor.normalize())),
        protect_balance=_json(policy.protect_balance),
        rules=f"[{', '.join(map(_RULES.of, policy.rules))}]",
    )


def _whole(document: Document) -> str:
    return _json(document.model_dump(mode="json"))


def _effect_of_rule(rule: Rule) -> str:
    # Ids and causes stay in: the cubes of an answer are labelled by them.
    if not rule.enabled:
        return _json(rule.id)
    moving = {key: value for key, value in rule.model_dump(mode="json", by_alias=True).items() if key not in _WORDS}
    return _json(moving)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _object(**parts: str) -> str:
    """What `_json` writes of an object, of the texts of its parts."""
    return f"{{{', '.join(f'{_json(name)}: {parts[name]}' for name in sorted(parts))}}}"


# A drag makes one new rule a frame; all others, and what is supposed, are the ones of the frame before.
_RULES = ByIdentity(_effect_of_rule)
_WHOLE = ByIdentity(_whole)
_SCENARIOS = ByIdentity(_effect_of_scenario)
_SUMS = ByIdentity(_sums_of_scenario)
_POLICIES: ByIdentity[Policy, str] = ByIdentity(lambda policy: fingerprint_of(_effect_of_policy(policy)))
