"""Broken templates, each with all that a person is told of it: text in, text out.

A file of `cases/broken` holds cases under headings.  Each gives files of a workspace in fences
that are named after them; what it says nothing of is as in `workspaces.py`.  The last fence is
what is told on stderr.  Letters and pages are counted in a build, all else in a check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from workspaces import make_workspace, run

FOLDER = Path(__file__).parent / "cases/broken"
BUILT = ("letters", "pages")
PROGRESS = re.compile(r"^(\[.*|\d+ outputs? in .*)\n", flags=re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """The files that make a workspace broken, and what is told of it."""

    files: dict[str, str]
    told: str
    built: bool


def cases(file: Path) -> dict[str, Case]:
    """The cases of a file by their headings."""
    found: dict[str, dict[str, list[str]]] = {}
    files: dict[str, list[str]] = {}
    fence: list[str] | None = None
    for line in file.read_text("utf-8").splitlines(keepends=True):
        if fence is not None:
            fence = fence if line != "~~~\n" else None
            if fence is not None:
                fence.append(line)
        elif line.startswith("~~~ "):
            fence = files.setdefault(line[4:].strip(), [])
        elif line.startswith("## "):
            files = found.setdefault(f"{file.stem}: {line[3:].strip()}", {})
            assert not files, f"two cases are called {line[3:].strip()!r}"
    return {heading: _case(files, built=file.stem in BUILT) for heading, files in found.items()}


def _case(files: dict[str, list[str]], *, built: bool) -> Case:
    texts = {name: "".join(lines) for name, lines in files.items()}
    told = texts.pop("told")
    return Case(texts, told, built)


CASES = {
    heading: case for file in sorted(FOLDER.glob("*.md")) for heading, case in cases(file).items()
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all builds, so that fonts are cut once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_broken_template_is_told_with_the_line_that_wrote_the_fault(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], case: Case
) -> None:
    workspace = make_workspace(tmp_path, case.files)
    Image.new("RGB", (40, 30)).save(workspace / "templates/channels/town.png")
    (workspace / ".cache").symlink_to(cache)
    words = ("build", "--format", "pdf") if case.built else ("check",)

    told = run(workspace, capsys, *words, "--lang", "en")

    assert PROGRESS.sub("", told.err) == case.told


def test_there_are_sixty_cases_and_more_than_half_stand_in_other_files_or_macros() -> None:
    parts = re.compile(r"\{% (extends|include|import|from|macro|call|set \w+ %|filter)")

    apart = [case for case in CASES.values() if any(map(parts.search, case.files.values()))]

    assert len(CASES) >= 60
    assert len(apart) > len(CASES) / 2
