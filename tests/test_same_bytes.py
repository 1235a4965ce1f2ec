"""Same input, same bytes: every output again, elsewhere, in other processes, in another order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from shipped import NAMES, ROOT, Shipped

from reports.briefs import load_workspace
from reports.fonts import cut_fonts

SURROUNDINGS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "SOURCE_DATE_EPOCH": "86400"},
)
# Builds the editions that its arguments name, in that order, in one process.
BUILD = """
import sys
from pathlib import Path
from reports.briefs import load_workspace
from shipped import built

workspace = load_workspace(Path(sys.argv[1]))
editions = {edition.name: edition for edition in workspace.editions()}
built(workspace, Path(sys.argv[2]), *(editions[name] for name in sys.argv[3:]))
"""


@pytest.fixture(scope="module")
def again(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of two processes that share the editions, the last ones first.

    Each has a copy of the workspace in a folder of its own, with nothing built, and surroundings
    of its own: folder, home with other fonts, time zone, locale, hash seed.
    """
    out = tmp_path_factory.mktemp("again")
    shares = (NAMES[::-2], NAMES[-2::-2])
    assert shipped.outputs  # built first, so that the fonts are cut
    running = [
        start(tmp_path_factory.mktemp(f"elsewhere {number}"), out, names, around)
        for number, (names, around) in enumerate(zip(shares, SURROUNDINGS, strict=True))
    ]
    for process in running:
        told, _ = process.communicate(timeout=280)
        assert process.returncode == 0, told
    return out


def start(
    folder: Path, out: Path, names: Sequence[str], around: Mapping[str, str]
) -> subprocess.Popen[str]:
    for part in ("facts", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copytree(ROOT / ".cache/fonts", folder / ".cache/fonts")  # cut by another process
    install_decoys(folder / ".fonts")
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, folder, out, *names],
        cwd=folder,
        env={**os.environ, **around, "HOME": str(folder), "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def install_decoys(folder: Path) -> None:
    """Fonts named as the themes' own but twice as wide, where a machine keeps its user's."""
    folder.mkdir()
    for theme in load_workspace(ROOT).themes.values():
        for cut in cut_fonts(theme, ROOT / ".cache/fonts").values():
            font = TTFont(cut)
            widths = font["hmtx"].metrics
            widths.update({glyph: (2 * wide, left) for glyph, (wide, left) in widths.items()})
            font.save(folder / cut.name)


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_other_surroundings_write_the_same_bytes(shipped: Shipped, again: Path, kind: str) -> None:
    files = {name: f"{name}.{kind}" for name in NAMES}

    same = {
        name: (again / file).read_bytes() == (shipped.out / file).read_bytes()
        for name, file in files.items()
    }

    assert same == dict.fromkeys(NAMES, True)
