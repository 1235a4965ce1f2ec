"""The page on building, followed as its reader would: docs/building.md."""

from __future__ import annotations

import re
import shutil

import pytest
from test_tutorial import FENCE, replaced, said
from workspaces import REPOSITORY

PAGE = REPOSITORY / "docs" / "building.md"
SECONDS = re.compile(r"\d+\.\d s\b")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Pairs of what the page says was said, and what was."""
    root = tmp_path_factory.mktemp("reader")
    shutil.copytree(REPOSITORY / "docs/series-example", root / "towns")
    pairs, last = [], ""
    for found in FENCE.finditer(PAGE.read_text("utf-8")):
        kind, text = found[1], found[2]
        if kind == "sh":
            last = SECONDS.sub("…", said(text, root).replace(str(root), "…"))
        elif kind == "text":
            pairs.append((text, last))
        elif kind == "diff":
            replaced(root, text)
    return pairs


def in_any_order(told: str) -> list[str]:
    """The lines, those of progress without their numbers: what takes long is begun first."""
    return sorted(re.sub(r"^\[\d/3\]", "[…]", line) for line in told.splitlines())


def test_each_build_says_what_the_page_says(followed: list[tuple[str, str]]) -> None:
    happened = [in_any_order(said) for _, said in followed]
    assert happened == [in_any_order(told) for told, _ in followed]
    assert len(followed) == 5
