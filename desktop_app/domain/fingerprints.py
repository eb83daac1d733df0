"""Fingerprints: of everything, for manifests; of effect alone, for the keys of answers and indices."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from desktop_app.domain.documents import Document
from desktop_app.domain.policy import Rule
from desktop_app.domain.scenario import Scenario
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
    policy = scenario.policy
    value = {
        "policy": {
            "round_to": str(policy.round_to.normalize()),
            "floor": str(policy.floor.normalize()),
            "protect_balance": policy.protect_balance,
            "rules": [_effect_of_rule(rule) for rule in policy.rules],
        },
        "assumptions": scenario.assumptions.model_dump(mode="json"),
        "stress": scenario.stress.model_dump(mode="json"),
    }
    return fingerprint_of(json.dumps(value, sort_keys=True, ensure_ascii=False))


def fingerprint_file(path: Path, watch: Watch) -> str:
    """SHA-256 of a file's bytes; cancels between blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            watch.check()
            digest.update(block)
    return digest.hexdigest()


def _effect_of_rule(rule: Rule) -> object:
    # Ids and causes stay in: the cubes of an answer are labelled by them.
    if not rule.enabled:
        return rule.id
    return {key: value for key, value in rule.model_dump(mode="json", by_alias=True).items() if key not in _WORDS}
