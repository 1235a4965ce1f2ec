"""Case bundles of the tiny workspace, made by the command as anyone would: a draft and a final."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workspaces import BRIEF, STORE, changed, make_workspace

from reports.cli import main

APPROVER = "Ida Holm"
FINISHED = "2021-04-12"
RECIPIENT = "974760673"


@dataclass(frozen=True)
class Bundles:
    """A workspace, and bundles of its public edition in Norwegian; copy one before changing it.

    `draft` is in case 2026/1234, `final` in case 2026/1235 and also goes to another agency.
    """

    workspace: Path
    draft: Path
    final: Path


def made_bundles(root: Path) -> Bundles:
    """Both bundles, packed in a new workspace in `root`."""
    # Nothing can be finished before its facts were recorded, or in days to come.
    store = STORE.replace("recorded: 2031", "recorded: 2021")
    brief = changed(BRIEF, "2031-04-10", "2021-04-10")
    files = {"facts/havneby.yaml": store, "templates/channels/brief.yaml": brief}
    workspace = make_workspace(root, files)
    _attach(workspace, "--case", "2026/1234")
    finish = ("--final", "--approved-by", APPROVER, "--date", FINISHED)
    agency = ("--to", RECIPIENT, "--to-name", "Sørvik kommune")
    _attach(workspace, "--case", "2026/1235", *finish, *agency)
    cases = workspace / "out/cases"
    name = "channels.public.nb.v1"
    return Bundles(workspace, cases / "2026-1234" / name, cases / "2026-1235" / name)


def _attach(workspace: Path, *words: str) -> None:
    edition = ("--audience", "public", "--lang", "nb")
    assert main(["attach", "channels", *edition, *words, "--workspace", str(workspace)]) == 0


def copied(bundle: Path, folder: Path) -> Path:
    """A copy of the bundle in that folder, under its own name, for a test to break."""
    return Path(shutil.copytree(bundle, folder / bundle.name))


def repacked(bundle: Path) -> None:
    """Write checksums and counts anew over what lies there, as a careful forger would."""
    payload = sorted(path for path in (bundle / "data").rglob("*") if path.is_file())
    (bundle / "manifest-sha256.txt").write_text(_manifest(payload, bundle), "utf-8")
    count = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    info = bundle / "bag-info.txt"
    lines = info.read_text("utf-8").splitlines()
    kept = [f"Payload-Oxum: {count}" if line.startswith("Payload-Oxum") else line for line in lines]
    info.write_text("\n".join(kept) + "\n", "utf-8")
    own = [bundle / name for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")]
    (bundle / "tagmanifest-sha256.txt").write_text(_manifest(own, bundle), "utf-8")


def _manifest(files: list[Path], bundle: Path) -> str:
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(bundle).as_posix()}\n"
        for file in files
    )


def edited_record(bundle: Path, edit: Callable[[Any], None]) -> None:
    """Change case.json, and the checksums with it."""
    file = bundle / "data/case.json"
    value = json.loads(file.read_text("utf-8"))
    edit(value)
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
    repacked(bundle)
