"""The tutorial of a new audience, step by step as a newcomer would: docs/audiences.md."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import docx
import pdfplumber
import pikepdf
import pytest
from lxml import html
from pdfminer.high_level import extract_text
from workspaces import REPOSITORY, changed

from reports.cli import main

PAGE = REPOSITORY / "docs" / "audiences.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUT = "out/digital-public-services/journalists.da"


def steps() -> Iterator[tuple[str, str]]:
    """The fenced blocks of the page: commands, files, changes, and what a command said."""
    for found in FENCE.finditer(PAGE.read_text("utf-8")):
        yield found[1], found[2]


def written(root: Path, text: str) -> None:
    """Write the block as the file that its first line names."""
    name = re.match(r"(?:# |\{# )([\w./-]+)(?: #\})?\n", text)
    assert name, text
    (root / name[1]).parent.mkdir(parents=True, exist_ok=True)
    (root / name[1]).write_text(text, "utf-8")


def replaced(root: Path, text: str) -> None:
    """Make the change in the file that the block's first line names."""
    name, *lines = text.splitlines()
    file = root / name
    old = "\n".join(line[1:] for line in lines if line.startswith("-"))
    new = "\n".join(line[1:] for line in lines if line.startswith("+"))
    file.write_text(changed(file.read_text("utf-8"), old, new), "utf-8")


def said(command: str, root: Path) -> str:
    """What a command prints: its answer, then what goes to standard error."""
    answer, problems = StringIO(), StringIO()
    words = shlex.split(command.removeprefix("python3 build.py"))
    with pytest.MonkeyPatch.context() as patch, chdir(root):
        patch.setattr("sys.argv", ["reports/cli/__main__.py"])  # as build.py runs it
        with redirect_stdout(answer), redirect_stderr(problems):
            main(words)
    return answer.getvalue() + problems.getvalue()


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """The workspace after all steps, and pairs of what the page says was said and what was."""
    root = tmp_path_factory.mktemp("newcomer")
    for folder in ("facts", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    pairs, last = [], ""
    for kind, text in steps():
        match kind:
            case "sh":
                last = said(text, root)
            case "text":
                pairs.append((text, last))
            case "diff":
                replaced(root, text)
            case _:
                written(root, text)
    return root, pairs


def test_each_command_says_what_the_page_says(followed: tuple[Path, list[tuple[str, str]]]) -> None:
    _, pairs = followed

    assert [happened for _, happened in pairs] == [told for told, _ in pairs]
    assert len(pairs) == 4


def test_the_new_audience_is_danish_in_every_format(
    followed: tuple[Path, list[tuple[str, str]]],
) -> None:
    root, _ = followed

    page = html.fromstring((root / f"{OUT}.html").read_bytes())
    with pikepdf.open(root / f"{OUT}.pdf") as pdf:
        spoken, pages = str(pdf.Root.Lang), len(pdf.pages)
    word = docx.Document(str(root / f"{OUT}.docx"))

    assert page.get("lang") == "da"
    assert (spoken, pages) == ("da", 3)
    assert word.core_properties.language == "da-DK"
    for text in (page.text_content(), extract_text(str(root / f"{OUT}.pdf"))):
        assert "Før du citerer" in text
        assert "Foråret 2012 (udledt)" in text.replace("\u00a0", " ")
        assert "Redaktioner i Danmark" in text


def test_the_new_audience_has_its_own_look_and_keeps_its_budget(
    followed: tuple[Path, list[tuple[str, str]]],
) -> None:
    root, _ = followed

    page = (root / f"{OUT}.html").read_text("utf-8").lower()
    index = html.parse(str(root / "out/index.html"))

    assert "#7a1f3d" in page
    assert "IBM-Plex-Sans" in fonts_of(root / f"{OUT}.pdf")
    assert "journalists" in index.getroot().text_content()


def fonts_of(file: Path) -> str:
    with pdfplumber.open(file) as pdf:
        return " ".join({letter["fontname"] for letter in pdf.pages[0].chars})
