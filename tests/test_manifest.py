"""The manifest: what a build says of its outputs to other programs, and what it reads back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from shipped import ROOT, Shipped
from workspaces import BRIEF, EN, NB, STORE, changed, english, make_workspace, run, write

from reports.briefs import load_workspace
from reports.build.manifest import read_manifest
from reports.build.report.changes import Changes, FactChange, changes
from reports.cli import main
from reports.facts.reads import digest
from reports.problems import Place, Problem
from reports.versions import versions

N, S = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
SCHEMA = json.loads((ROOT / "docs/manifest.schema.json").read_text("utf-8"))
HTML = ("build", "--format", "html", "--jobs", "1")


def manifest_of(out: Path) -> Any:
    return json.loads((out / "manifest.json").read_bytes())


def hash_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def faults_in(value: object) -> list[str]:
    """What the schema has against it, by place."""
    found = Draft202012Validator(SCHEMA).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its English page built; copy it to change it."""
    root = make_workspace(tmp_path_factory.mktemp("built"))
    assert main([*HTML, "--lang", "en", "--workspace", str(root)]) == 0
    return root


# ---------------------------------------------------------------- what it says


def test_the_manifest_tells_of_each_output_what_it_rests_on(built: Path) -> None:
    output = built / "out/channels/public.en.html"

    told = manifest_of(built / "out")

    fact = digest(load_workspace(built).facts.facts["havneby.web-share"])
    (edition,) = told.pop("editions")
    (document,) = edition.pop("documents")
    assert told == {
        "format": "kildefast-manifest",
        "format_version": 1,
        "versions": versions(),
    }
    assert edition == {
        "name": "channels/public.en",
        "brief": "channels",
        "audience": "public",
        "language": "en",
        "subject": "",
        "title": "Applications come in on the web",
        "status": "draft",
        "state": sha256(fact.encode()).hexdigest(),
        "recorded": "2031-04-02",
        "templates": [{"path": EN, "sha256": hash_of(built / EN)}],
        "settings": [
            {"path": path, "sha256": hash_of(built / path)}
            for path in (
                "templates/audiences/council.yaml",
                "templates/audiences/public.yaml",
                "templates/channels/brief.yaml",
                "templates/names.yaml",
                "templates/workspace.yaml",
            )
        ],
    }
    assert len(document.pop("key")) == 64
    assert document == {
        "words": 13,
        "lix": 18,
        "facts": [
            {
                "id": "havneby.web-share",
                "texts": [f"about{S}62%"],
                "note": (
                    f"About{S}62%: share on the web; applications for a kindergarten place. "
                    "Ida Holm, head of digitalisation. 2030 (inferred). "
                    f"Reported by a party (para.{S}12)."
                ),
                "sources": ["havneby-2031"],
                "hash": fact,
            }
        ],
        "outputs": [
            {
                "file": "channels/public.en.html",
                "format": "html",
                "sha256": hash_of(output),
                "size": output.stat().st_size,
                "pages": 0,
                "body_pages": 0,
            }
        ],
    }


def test_the_manifest_has_every_shipped_output_as_its_schema_says(shipped: Shipped) -> None:
    Draft202012Validator.check_schema(SCHEMA)

    told = manifest_of(shipped.out)

    outputs = {
        output["file"]: (output["sha256"], output["size"], output["pages"], output["body_pages"])
        for edition in told["editions"]
        for document in edition["documents"]
        for output in document["outputs"]
    }
    assert faults_in(told) == []
    assert outputs == {
        each.file.relative_to(shipped.out).as_posix(): (
            hash_of(each.file),
            each.file.stat().st_size,
            each.pages,
            each.body_pages,
        )
        for each in shipped.outputs
    }


PLANTED: dict[str, tuple[Callable[[Any], object], str]] = {
    "a time": (lambda told: told.update(built="2031"), "$: Additional properties are not allowed"),
    "no versions": (lambda told: told.pop("versions"), "$: 'versions' is a required property"),
    "a folder of the machine": (
        lambda told: told["editions"][0]["templates"][0].update(path="/home/x"),
        "$.editions[0].templates[0].path: '/home/x' does not match",
    ),
    "no hash": (
        lambda told: told["editions"][0]["documents"][0]["outputs"][0].update(sha256="1"),
        "$.editions[0].documents[0].outputs[0].sha256: '1' does not match",
    ),
    "a fact from nowhere": (
        lambda told: told["editions"][0]["documents"][0]["facts"][0].update(sources=[]),
        "$.editions[0].documents[0].facts[0].sources: [] should be non-empty",
    ),
}


@pytest.mark.parametrize(("plant", "wanted"), PLANTED.values(), ids=list(PLANTED))
def test_the_schema_refuses_what_no_manifest_holds(
    shipped: Shipped, plant: Callable[[Any], object], wanted: str
) -> None:
    told = manifest_of(shipped.out)
    plant(told)

    (found,) = faults_in(told)

    assert found.startswith(wanted)


def test_the_same_input_gives_the_same_manifest_wherever_and_in_whatever_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = {"facts/havneby.yaml": changed(STORE, "value: 62", "value: 70")}
    here, there = make_workspace(tmp_path / "here"), make_workspace(tmp_path / "there", store)

    run(here, capsys, *HTML, "--lang", "nb")
    write(here / "facts/havneby.yaml", store["facts/havneby.yaml"])
    run(here, capsys, *HTML)
    run(there, capsys, *HTML, "--at", "2040-01-01", "--force")

    steps, at_once = (root / "out/manifest.json" for root in (here, there))
    assert steps.read_bytes() == at_once.read_bytes()


# ---------------------------------------------------------------- what is read back


def test_a_fact_that_says_something_else_is_found_with_what_it_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = "They wait.{{ cite('havneby.answer-time') }} {{ fact('havneby.web-share-before') }}"
    root = make_workspace(tmp_path, english(f"{kept} {{{{ fact('havneby.staff') }}}}."))
    run(root, capsys, *HTML)
    before, _ = read_manifest(root / "out/manifest.json")
    store = changed(STORE, "value: 62", "value: 70").replace(
        "figure: {value: 3,", "figure: {value: 4,"
    )
    write(root / "facts/havneby.yaml", store)
    write(root / EN, english(kept.replace("before')", "before', form='number')"))[EN])

    run(root, capsys, *HTML)

    now, _ = read_manifest(root / "out/manifest.json")
    assert before
    assert now
    web, en, nb = "havneby.web-share", ("channels/public.en",), ("channels/public.nb",)
    waiting = "time to answer; applications for a kindergarten place. Ida Holm. Date not stated. Reported by a party"
    assert changes(before, now) == Changes(
        (),
        (),
        (),
        (),
        (
            FactChange(
                "havneby.answer-time",
                "en",
                (f"3{S}weeks: {waiting} (para.{S}15).",),
                (f"4{S}weeks: {waiting} (para.{S}15).",),
                en,
            ),
            FactChange("havneby.staff", "en", ("4,200",), (), en),
            FactChange(web, "en", (f"about{S}62%",), (f"about{S}70%",), en),
            FactChange(web, "nb", (f"ca.{S}62{N}%",), (f"ca.{S}70{N}%",), nb),
            FactChange(f"{web}-before", "en", ("48%",), ("48",), en),
        ),
        (),
    )
    assert changes(now, now) == Changes((), (), (), (), (), ())


def test_editions_and_outputs_that_come_and_go_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    run(root, capsys, *HTML)
    before, _ = read_manifest(root / "out/manifest.json")
    more = changed(BRIEF, "[public]", "[public, council]").replace("[nb, en]", "[en]")
    write(root / "templates/channels/brief.yaml", more)
    write(root / "templates/channels/council.en.md.j2", (root / EN).read_text("utf-8"))
    (root / NB).unlink()

    run(root, capsys, "build", "--jobs", "1", "--format", "docx")

    now, _ = read_manifest(root / "out/manifest.json")
    assert before
    assert now
    found = changes(before, now)
    assert found.editions_new == ("channels/council.en",)
    assert found.editions_gone == ("channels/public.nb",)
    assert found.outputs_new == ("channels/public.en.docx",)
    assert found.outputs_gone == ()


HINT = "the report tells no changes this time"
DAMAGED: dict[str, tuple[Callable[[str], str], str]] = {
    "cut off": (lambda text: text[:40], "is no JSON: unterminated string starting at"),
    "of another kind": (
        lambda text: text.replace("kildefast-manifest", "kildefast-lock"),
        "is no kildefast-manifest file",
    ),
    "of a later version": (
        lambda text: text.replace('"format_version": 1', '"format_version": 2'),
        "is of format version 2; this program knows 1",
    ),
    "with a text for a number": (
        lambda text: text.replace('"pages": 0', '"pages": "0"', 1),
        "'editions[0].documents[0].outputs[0].pages' must be a whole number",
    ),
    "with something more": (
        lambda text: text.replace('"pages": 0', '"sheets": 0, "pages": 0', 1),
        "'editions[0].documents[0].outputs[0]' has unknown keys: sheets",
    ),
    "with a file outside": (
        lambda text: text.replace('"channels/public.en.html"', '"../public.en.html"'),
        "'../public.en.html' is the name of no output",
    ),
}


@pytest.mark.parametrize(("damage", "wanted"), DAMAGED.values(), ids=list(DAMAGED))
def test_a_damaged_manifest_counts_as_none_and_is_told_of(
    built: Path, tmp_path: Path, damage: Callable[[str], str], wanted: str
) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(damage((built / "out/manifest.json").read_text("utf-8")), "utf-8")

    found, problem = read_manifest(file)

    what = f"what the last build made is not known: {wanted}"
    assert found is None
    assert problem == Problem(Place(file), what, HINT, fatal=False)


def test_a_damaged_manifest_is_made_anew(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(built, tmp_path / "copy")
    file = root / "out/manifest.json"
    file.write_text("{}", "utf-8")

    told = run(root, capsys, *HTML, "--lang", "en")

    assert told.code == 0
    assert told.err.startswith(
        "out/manifest.json: warning: what the last build made is not known: "
        f"is no kildefast-manifest file\n  hint: {HINT}\n1 output in {root / 'out'} (all kept, "
    )
    assert file.read_bytes() == (built / "out/manifest.json").read_bytes()


def test_where_nothing_was_built_there_is_no_manifest_and_no_problem(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.json") == (None, None)
