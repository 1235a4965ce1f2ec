"""Documents and themes as JSON, for workers that have nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from shipped import NAMES, Shipped
from workspaces import english, make_workspace, write

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.build.kept import KeptOutput, keep_output, read_output
from reports.document.stored import document_from_json, document_key, document_to_json
from reports.themes.stored import theme_from_json, theme_key, theme_to_json
from reports.versions import LIBRARIES, differences, versions

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", NAMES)
def test_a_document_comes_back_as_it_was(shipped: Shipped, name: str) -> None:
    document, root = shipped.documents[name], shipped.workspace.root

    data = document_to_json(document, root)

    assert document_from_json(data, root) == document
    assert str(root).encode() not in data


def test_a_document_seen_from_elsewhere_has_its_places_there(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "here", english("The town answers."))
    document = resolve_edition(load_workspace(root).editions()[1], load_workspace(root))[0].document

    moved = document_from_json(document_to_json(document, root), tmp_path / "there")

    template = "templates/channels/public.en.md.j2"
    assert document.body[0].place.file == root / template
    assert moved.body[0].place.file == tmp_path / "there" / template
    assert document_key(moved) == document_key(document)


def test_the_key_of_a_document_is_what_it_says_and_not_where(tmp_path: Path) -> None:
    keys = []
    texts = ["The town answers.", "{# moved down #}\n\nThe town answers.", "The town replies."]
    for number, text in enumerate(texts):
        root = make_workspace(tmp_path / str(number), english(text))
        workspace = load_workspace(root)
        keys.append(document_key(resolve_edition(workspace.editions()[1], workspace)[0].document))

    assert keys[0] == keys[1] != keys[2]


def test_a_theme_comes_back_as_it_was(shipped: Shipped) -> None:
    root = shipped.workspace.root
    for theme in shipped.workspace.themes.values():
        assert theme_from_json(theme_to_json(theme, root), root) == theme


def test_the_key_of_a_theme_is_what_it_sets(tmp_path: Path) -> None:
    keys = []
    for number, size in enumerate(("10", "10", "11")):
        root = make_workspace(tmp_path / str(number))
        base = "base: default\n" if number != 1 else "# the same\nbase: default\n"
        write(
            root / "templates/themes/own/tokens.yaml",
            f"{base}type: {{body: {{size: {size}}}}}\n",
        )
        write(
            root / "templates/audiences/public.yaml",
            (root / "templates/audiences/public.yaml").read_text("utf-8").replace("default", "own"),
        )
        keys.append(theme_key(load_workspace(root).themes["own"]))

    assert keys[0] == keys[1] != keys[2]


def test_an_output_that_is_kept_with_any_byte_damaged_counts_as_none(tmp_path: Path) -> None:
    data = b"an output"
    output = KeptOutput(data, sha256(data).hexdigest(), pages=3, body_pages=2)
    keep_output(tmp_path, "key", output)
    file = tmp_path / "key"
    whole = file.read_bytes()

    found = read_output(tmp_path, "key")
    damaged = []
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        damaged.append(read_output(tmp_path, "key"))

    assert found == output
    assert damaged == [None] * len(whole)


def test_the_versions_name_every_library_and_every_font_that_is_installed() -> None:
    found = versions()

    pinned = {
        line.partition("==")[0]
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if "==" in line.partition(" ")[0]
    }
    assert pinned >= LIBRARIES
    assert LIBRARIES | {"kildefast", "python", "pango", "harfbuzz-subset"} <= found.keys()
    assert {name for name in pinned if name.startswith("fontpkg")} <= found.keys()
    assert all(found.values())


KEYS = """\
from datetime import date
from pathlib import Path
from reports.build.pages import pages_key
from reports.cli.finished import done_key
from reports.cli.verdict import verdict_key
print(pages_key("<p>A page</p>", Path("fonts")))
print(done_key("here", "out", "2031-04-02", []), verdict_key(Path("here"), date(2031, 4, 2), []))
"""


def test_with_another_library_of_the_system_nothing_that_is_kept_is_found(tmp_path: Path) -> None:
    other = tmp_path / "libpango-1.0.so.0"
    other.symlink_to("libpango-1.0.so.0.9999.0")

    keys = [
        subprocess.run(
            [sys.executable, "-c", KEYS],
            cwd=ROOT,
            env={**os.environ, "LD_LIBRARY_PATH": folder},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for folder in ("", str(tmp_path))
    ]

    assert len(keys[0]) == 3
    assert set(keys[0]) & set(keys[1]) == set()


def test_a_difference_of_versions_is_told_by_name() -> None:
    here, there = {"pango": "1.50", "python": "3.11.7"}, {"python": "3.12.1", "lxml": "6.1"}

    assert differences(here, here) == ()
    assert differences(here, there) == (
        "lxml is missing here and 6.1",
        "pango is 1.50 here and missing",
        "python is 3.11.7 here and 3.12.1",
    )
