"""The page on case files, followed as its reader would: docs/case-files.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_tutorial import FENCE, replaced, said
from workspaces import REPOSITORY

PAGE = REPOSITORY / "docs" / "case-files.md"
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")  # of bytes that follow from the versions of libraries


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """The workspace after all steps, and pairs of what the page says was said and what was."""
    root = tmp_path_factory.mktemp("newcomer")
    for folder in ("facts", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    pairs, last = [], ""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KILDEFAST_SCHEMAS", raising=False)  # a reader of the page has none
        for found in FENCE.finditer(PAGE.read_text("utf-8")):
            kind, text = found[1], found[2]
            if kind == "sh":
                last = said(text, root)
            elif kind == "text":
                pairs.append((text, last))
            elif kind == "diff":
                replaced(root, text)
    return root, pairs


def test_each_command_says_what_the_page_says(followed: tuple[Path, list[tuple[str, str]]]) -> None:
    _, pairs = followed

    assert [DIGEST.sub("…", happened) for _, happened in pairs] == [told for told, _ in pairs]
    assert len(pairs) == 4


def test_the_reader_ends_with_three_versions_of_which_the_last_tells_what_changed(
    followed: tuple[Path, list[tuple[str, str]]],
) -> None:
    root, _ = followed

    name = "digital-public-services.political-leadership.nb"
    bundles = sorted((root / "out/cases/2026-1234").iterdir())
    assert [folder.name for folder in bundles] == [f"{name}.v{number}" for number in (1, 2, 3)]
    assert sorted(file.name for file in (root / "issued/2026-1234").iterdir()) == [
        f"{name}.v{number}.json" for number in (1, 2, 3)
    ]
    assert (bundles[2] / "data/political-leadership.nb.changes.pdf").is_file()
