"""Same input, same bytes: outputs of each layout again, elsewhere, in another process and order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from shipped import NAMES, ROOT, Shipped

from reports.briefs import load_workspace
from reports.fonts import cut_fonts

SURROUNDINGS = {
    "PYTHONHASHSEED": "1",
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "SOURCE_DATE_EPOCH": "86400",
}
# A memo, a report and a plain brief: between them each layout, theme and format, both languages.
TWICE = [name for name in NAMES if name.endswith(("leadership.nb", "executives.en", "public.en"))]
# Builds these editions, the last ones first.
BUILD = """
import sys
from pathlib import Path
from reports.briefs import load_workspace
from workspaces import build_anew

workspace = load_workspace(Path(sys.argv[1]))
editions = [each for each in workspace.editions() if each.name in sys.argv[3:]][::-1]
build_anew(workspace, editions, Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def again(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of another process, which makes them in the reverse order.

    It has a copy of the workspace with nothing built, and all surroundings are others: folder,
    home with other fonts, time zone, locale, hash seed.
    """
    out, folder = (tmp_path_factory.mktemp(name) for name in ("again", "elsewhere"))
    assert shipped.outputs  # built first, so that the fonts are cut
    for part in ("facts", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copytree(ROOT / ".cache/fonts", folder / ".cache/fonts")  # cut by another process
    install_decoys(folder / ".fonts")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, folder, out, *TWICE],
        cwd=folder,
        env={
            **os.environ,
            **SURROUNDINGS,
            "HOME": str(folder),
            "PYTHONPATH": f"{ROOT}:{ROOT}/tests",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout
    return out


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
    files = {name: f"{name}.{kind}" for name in TWICE}

    same = {
        name: (again / file).read_bytes() == (shipped.out / file).read_bytes()
        for name, file in files.items()
    }

    assert same == dict.fromkeys(TWICE, True)
