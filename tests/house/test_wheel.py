"""What is installed is whole: the program starts, and finds its resources and samples, outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.house.sentences import CHECKOUT


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=CHECKOUT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment with the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent


def test_the_installed_command_says_its_version(installed: Path) -> None:
    assert run(installed / "greyline", "--version", cwd=installed) == "greyline 0.1.0\n"


@pytest.mark.parametrize(
    "parts",
    [
        ("resources", "text", "zh", "greyline.po"),
        ("resources", "templates", "low_score.json"),
        ("sample_data", "uci_taiwan"),
    ],
)
def test_an_installation_has_its_bundled_files(installed: Path, parts: tuple[str, ...]) -> None:
    code = f"from desktop_app.text.resources import bundled; print(bundled(*{parts!r}))"
    found = Path(run(installed / "python", "-c", code, cwd=installed).strip())
    assert found == next(installed.parent.glob("lib/python*/site-packages")).joinpath("desktop_app", *parts)


def test_an_installation_simulates_its_sample(installed: Path, tmp_path: Path) -> None:
    sample = next(installed.parent.glob("lib/python*/site-packages/desktop_app/sample_data/uci_taiwan"))
    said = run(
        *(installed / "greyline", "simulate", sample / "book.csv"),
        *("--mapping", sample / "mapping.json", "--policy", sample / "policy.json", "--out", tmp_path / "out"),
        cwd=tmp_path,
    )
    assert "30,000" in said
    assert (tmp_path / "out" / "summary.csv").is_file()


@pytest.mark.slow
def test_the_wheel_brings_its_dependencies(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "fresh", with_pip=True)
    scripts = tmp_path / "fresh" / "bin"
    run(scripts / "pip", "install", "--quiet", "-c", CHECKOUT / "constraints.txt", wheel, cwd=tmp_path)
    run(scripts / "pip", "check", cwd=tmp_path)
    assert run(scripts / "greyline", "--version", cwd=tmp_path) == "greyline 0.1.0\n"
