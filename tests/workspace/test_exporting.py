"""From the lender's file to accounts.csv: keys leave as they came."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app.domain.watch import CancelWatch
from desktop_app.reports.export import Targets
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import no_policy
from desktop_app.workspace.exporting import Wanted, write_simulation
from desktop_app.workspace.simulation import Asked, simulate
from tests.small_projects import make_project

LIKE_NUMBERS = ["00123", "622202000001234567", "1E5", "0x10", "1.0", "+8613800000000", "-1"]
KEYS = [*LIKE_NUMBERS, "11010119900101123X", "T", " a ", "三"]


def test_keys_leave_byte_for_byte_as_they_came(tmp_path: Path) -> None:
    rows = "".join(f"{key},100,50\n" for key in KEYS)
    project = make_project(tmp_path, f"account_id,credit_limit,balance\n{rows}")
    simulation = simulate(project, Asked(no_policy(), no_policy()), "background", CancelWatch())
    wanted = Wanted(Targets(folder=tmp_path / "out"), Words(Language.ENGLISH))
    write_simulation(project, simulation, wanted, CancelWatch())
    project.close()
    with (tmp_path / "out" / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["account_id"] for row in csv.DictReader(file)] == KEYS
