"""Policies and scenarios as files: what a saved policy is called and descends from, written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import ExportFailed, message
from desktop_app.domain.scenario import Scenario

SUFFIX = ".json"
_LONGEST_ID = 64


def saved_as(policy: Policy, path: Path) -> Policy:
    """The policy under the id of its file's name; where that is another id, it descends from the policy it was."""
    name = re.sub(r"[^A-Za-z0-9_.\-]+", "-", path.stem).strip("-")[:_LONGEST_ID] or policy.id
    return policy if name == policy.id else policy.model_copy(update={"id": name, "parent": policy.id})


def write_policy(policy: Policy, path: Path) -> None:
    """Write the policy as `saved_as` has it; raises ExportFailed, and then a file of that name is as it was."""
    _write(saved_as(policy, path).to_json(), path)


def write_scenario(scenario: Scenario, path: Path) -> None:
    """Write the scenario with its assumptions, stress and goals; raises ExportFailed as `write_policy` does."""
    _write(scenario.to_json(), path)


def _write(text: str, path: Path) -> None:
    part: Path | None = None
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            file.write(text)
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(message("{file} cannot be written: {reason}.", file=path.name, reason=reason)) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
