"""The files around the code: present, connected, and free of one machine's paths."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.sentences import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOLDERS = ("desktop_app", "resources", "tests", ".ci")
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".po", ".qss", ".svg", ".cfg", ""}
# The pattern does not match itself.
MACHINE_PATHS = re.compile("/(work/(main|shared)|root/|home/[a-z]+/|tmp/(v|brief|pytest))")


def text_files() -> list[Path]:
    """Every text file of the project, in the folders and at the top."""
    inside = [path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*")]
    top = [path for path in CHECKOUT.iterdir() if path.name != ".git"]
    return [path for path in (*inside, *top) if path.is_file() and path.suffix in TEXT]


def normalised(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_.\-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "Makefile", "constraints.txt"])
def test_the_file_is_there(name: str) -> None:
    assert (CHECKOUT / name).read_text(encoding="utf-8").strip()


def test_the_changelog_has_the_version_or_what_is_to_come() -> None:
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in changes or f"## {PROJECT['version']}" in changes


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in CHECKOUT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (CHECKOUT / target).exists(), f"{document.name} links to {target}"


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [path for path in text_files() if MACHINE_PATHS.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert not found


def test_every_dependency_has_an_exact_version() -> None:
    pinned = {normalised(line) for line in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    wanted = {normalised(name) for name in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])}
    assert not wanted - pinned


def test_exact_versions_come_without_addresses() -> None:
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.\-]+==[\w.\-+]+", line) for line in lines)


def imported() -> set[str]:
    """The top-level names of everything that the package imports from outside the standard library."""
    names: set[str] = set()
    for path in (CHECKOUT / "desktop_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.split(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module)):
                    names.add(module.split(".")[0])
                case _:
                    pass
    return names - sys.stdlib_module_names - {"desktop_app"}


def test_dependencies_are_what_is_imported() -> None:
    providers = packages_distributions()
    wanted = {normalised(name) for name in PROJECT["dependencies"]}
    # pydantic brings its core in the one version that fits.
    names = imported() - {"pydantic_core"}
    used = {normalised(providers[name][0]) for name in names if name in providers}
    # The environment without Qt cannot say which distribution brings it.
    without_qt = {"pyside6-essentials", "pyqtgraph"} if names - providers.keys() == {"PySide6", "pyqtgraph"} else set()
    assert used | without_qt == wanted
