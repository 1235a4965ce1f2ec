"""The wheel: it carries what the command needs, templates and themes included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from workspaces import REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    shutil.copytree(REPOSITORY / "reports", checkout / "reports")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, checkout / name)
    command = ["pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, checkout]
    subprocess.run([sys.executable, "-m", *map(str, command)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


def kildefast(installed: Path, *words: str | Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    code = "import reports, sys; from reports.cli import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", code, *map(str, words)]
    done = subprocess.run(
        command, cwd=installed, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_workspace_is_made_and_built_from_the_wheel_alone(
    installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "briefs"

    kildefast(installed, "new", "workspace", folder, "--lang", "nn")
    kildefast(installed, "new", "theme", "own", "--workspace", folder)
    kildefast(installed, "new", "audience", "press", "--from", "leadership", "--workspace", folder)
    kildefast(installed, "build", "--audience", "press", "--format", "pdf", "--workspace", folder)

    made = {file.name for file in (folder / "out/applications").iterdir()}
    assert made == {"press.nn.pdf"}


def test_every_file_beside_the_code_is_in_the_wheel(installed: Path) -> None:
    code = REPOSITORY / "reports"
    kept = {
        file.relative_to(REPOSITORY).as_posix()
        for file in code.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert {name for name in kept if not (installed / name).is_file()} == set()
