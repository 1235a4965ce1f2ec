"""Whatever is edited, a build that keeps what it can gives what one from nothing gives.

Every run takes the first steps of the same walk through the states of `random_edits`.
`KILDEFAST_CASES=5 pytest tests/test_incremental.py` takes five whole walks, about a minute each.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from random_edits import State, files, set_files, walk
from workspaces import BRIEF, STORE, changed, contents, english, make_workspace, run

from reports.briefs import Format, load_workspace
from reports.build import resolve_edition
from reports.build.perform import perform
from reports.build.tasks import Tasks
from reports.cache import write_entry
from reports.cli import main
from reports.problems import Place, Problem

ROOT = Path(__file__).resolve().parent.parent
WALKS = int(os.environ.get("KILDEFAST_CASES", "0"))
STEPS = None if WALKS else 24


@dataclass(frozen=True)
class Built:
    """What came of a build: its exit code, what it told, and its outputs with the manifest."""

    code: int
    told: str
    out: Mapping[str, bytes]


class Town:
    """A workspace on disk that can be put into any state, and built from nothing or not."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        self._from_nothing: dict[tuple[tuple[str, bytes], ...], Built] = {}
        if (ROOT / ".cache/fonts").is_dir():  # cut already
            shutil.copytree(ROOT / ".cache/fonts", root / ".cache/fonts")

    def build(self, state: State, *words: str) -> Built:
        set_files(self.root, files(state))
        return self.built(*words)

    def from_nothing(self, state: State, *words: str) -> Built:
        """What a build with nothing kept gives; the same state isn't built twice."""
        wanted = files(state)
        key = tuple(sorted(wanted.items()))
        if key not in self._from_nothing:
            self.forget()
            set_files(self.root, wanted)
            self._from_nothing[key] = self.built(*words)
        return self._from_nothing[key]

    def forget(self) -> None:
        """Take away all outputs and all that is kept, but the fonts."""
        shutil.rmtree(self.root / "out", ignore_errors=True)
        for entry in (self.root / ".cache").iterdir():
            if entry.is_dir() and entry.name != "fonts":
                shutil.rmtree(entry)
            elif entry.is_file():
                entry.unlink()

    def built(self, *words: str) -> Built:
        self._capsys.readouterr()
        code = main(["build", "--quiet", "--jobs", "1", "--workspace", str(self.root), *words])
        told = self._capsys.readouterr().err
        return Built(code, told, outputs(self.root / "out"))


def outputs(out: Path) -> dict[str, bytes]:
    """All files of that folder but the report, which tells times."""
    return {name: data for name, data in contents(out).items() if name != "index.html"}


@pytest.mark.parametrize("seed", range(1, WALKS + 1) if WALKS else [0])
def test_after_any_edit_a_build_gives_what_one_from_nothing_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    kept = Town(tmp_path / "kept", capsys)
    fresh = Town(tmp_path / "fresh", capsys)
    done: list[str] = []
    before = kept.build({})

    for edit, state in islice(walk(Random(seed)), STEPS):  # noqa: S311 - edits, not secrets
        done.append(edit)
        found = kept.build(state)
        expected = fresh.from_nothing(state)

        assert (found.code, found.told) == (expected.code, expected.told), done
        if not expected.out:  # a problem before anything was written
            assert found.out == before.out, done
            continue
        assert found.out.keys() >= expected.out.keys(), done
        differing = [name for name, data in expected.out.items() if found.out[name] != data]
        assert differing == [], done
        before = found


NB = {"channels/public.nb.docx", "channels/public.nb.html"}
EN = {"channels/public.en.docx", "channels/public.en.html"}
COUNCIL = {"channels/council.en.html"}
STAFF = {"staff/council.en.html"}
CHANNELS = NB | EN | COUNCIL
ALL = CHANNELS | STAFF

# What is edited, one after the other: what that builds anew, and the first reason that is told.
EDITS = [
    ("value", CHANNELS, "fact havneby.web-share changed"),
    ("compared value", EN | COUNCIL | STAFF, "fact havneby.staff changed"),
    ("internal statement", COUNCIL, "fact havneby.plan changed"),
    ("cell", NB, "fact towns.staff@havneby changed"),
    ("unused statement", set(), ""),
    ("unused day", set(), ""),
    ("unused person", set(), ""),
    ("matching fact", EN, "query(theme=channels, standing=reported) gives havneby.matching too"),
    ("other fact", set(), ""),
    ("comment in facts", set(), ""),
    ("order of facts", set(), ""),
    ("keys in another order", set(), ""),
    ("person's name", CHANNELS, "person digital-head changed"),
    ("role", EN | COUNCIL, "person digital-head changed"),
    ("measure's name", EN | COUNCIL, "measure web-share changed"),
    ("population", EN | COUNCIL, "population applications changed"),
    ("inference", EN | COUNCIL, "inference year-before changed"),
    ("title of a source", ALL, "source havneby-2031 changed"),
    ("comment in a template", set(), ""),
    ("own text", COUNCIL, "templates/channels/council.en.md.j2 changed"),
    ("words", NB, "templates/channels/public.nb.md.j2 changed"),
    ("missing include", EN | COUNCIL, "templates/shared/notice.md.j2 is new"),
    ("first of includes", EN | COUNCIL, "templates/shared/own.md.j2 is new"),
    ("last of includes", set(), ""),
    ("macro", EN | COUNCIL, "templates/shared/wording.en.md.j2 changed"),
    ("unused template", set(), ""),
    (
        "format asked for",
        {"channels/public.nb.docx"},
        "templates/channels/public.nb.md.j2 changed",
    ),
    ("picture", NB, "templates/channels/house.png changed"),
    ("title", set(), ""),
    ("sender", EN | COUNCIL, "templates/channels/brief.yaml changed"),
    ("audience's name", EN, "templates/audiences/public.yaml changed"),
    ("drawing", set(), ""),
    ("colour", NB | EN, "templates/themes/town/tokens.yaml changed"),
    ("logo", NB | EN, "templates/themes/town/tokens.yaml changed"),
    ("organisation", ALL, "templates/workspace.yaml changed"),
]


def written(told: str) -> dict[str, str]:
    """The outputs that a build wrote anew, with why, from its events."""
    events = [json.loads(line) for line in told.splitlines()]
    outputs = [event for event in events if event["event"] == "written"]
    return {each["file"]: each["reason"] for each in outputs if not each["kept"]}


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Which file stands under each name, and since when."""
    found = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*.*")}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def test_an_edit_builds_what_shows_it_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path, capsys)
    state: dict[str, int] = {}
    town.build(state)
    found, moved, expected = {}, {}, {}

    for edit, outputs_, reason in EDITS:
        state[edit] = 1
        before = stamps(tmp_path / "out")
        set_files(tmp_path, files(state))
        capsys.readouterr()
        assert main(["build", "--json", "--jobs", "1", "--workspace", str(tmp_path)]) == 0, edit
        told = written(capsys.readouterr().out)
        after = stamps(tmp_path / "out")
        found[edit] = set(told), {why.partition("; ")[0] for why in told.values()}
        moved[edit] = {name for name in ALL if after[name] != before[name]}
        expected[edit] = outputs_, {reason} if outputs_ else set()

    assert found == expected
    assert moved == {edit: outputs_ for edit, outputs_, _ in EDITS}


def test_a_change_behind_a_link_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = Town(tmp_path, capsys)
    set_files(tmp_path, files({}))
    (tmp_path / "templates/shared").rename(tmp_path / "templates/common")
    (tmp_path / "templates/shared").symlink_to("common")
    town.built()

    (tmp_path / "templates/common/common.md.j2").write_text("This is another method.\n", "utf-8")
    found = town.built()

    assert found.code == 0
    assert b"This is another method." in found.out["channels/council.en.html"]


def test_what_another_version_knew_of_an_edition_is_done_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path, capsys)
    expected = town.build({})
    entries = sorted((tmp_path / ".cache/editions").rglob("*.json"))
    for number, entry in enumerate(entries):
        other = [{}, [], "a text", {"state": {"name": 1}}][number % 4]
        write_entry(entry.parent, entry.stem, other)
    (tmp_path / "out" / "index.html").unlink()

    found = town.built()

    assert len(entries) == 4
    assert found == expected


# What a build was asked for changes nothing of what the next one gives.
ASKED = [
    ("--lang", "nb"),
    ("--format", "html"),
    ("--audience", "council"),
    ("--brief", "staff"),
    ("--at", "2020-12-31"),
    ("--force",),
    ("--out", "elsewhere"),
]


def test_after_builds_of_parts_a_whole_one_gives_what_one_from_nothing_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Town(tmp_path / "kept", capsys)
    fresh = Town(tmp_path / "fresh", capsys)
    kept.build({})
    state = {}

    for place, words in zip(
        ("value", "cell", "role", "compared value"), batched(ASKED), strict=True
    ):
        state[place] = 1
        for asked in words:
            given = [str(tmp_path / word) if word == "elsewhere" else word for word in asked]
            assert kept.build(state, *given).code == 0, asked

        assert kept.built() == fresh.from_nothing(state), words

    elsewhere = outputs(tmp_path / "elsewhere")
    assert elsewhere == fresh.from_nothing(state).out


def test_what_is_forced_for_one_format_leaves_the_others_in_the_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path, capsys)
    before = town.build({})

    assert town.built("--force", "--format", "html") == before


@pytest.mark.parametrize("folder", ["facts", "templates"])
def test_a_file_that_nothing_can_name_is_no_obstacle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    town = Town(tmp_path, capsys)
    before = town.build({})
    other = os.fsencode(tmp_path / folder) + b"/\xe5rsmelding.txt"  # as an old archive names it
    Path(os.fsdecode(other)).write_text("Not for us.\n", "utf-8")

    found = town.built()
    capsys.readouterr()
    code = main(["build", "--workspace", str(tmp_path)])

    assert found == before
    assert code == 0
    assert "(all kept, " in capsys.readouterr().err


def batched(words: list[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """The words two at a time."""
    return [words[at : at + 2] for at in range(0, len(words), 2)]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace as it is to begin with, built."""
    root = tmp_path_factory.mktemp("prepared")
    set_files(root, files({}))
    assert main(["build", "--quiet", "--jobs", "1", "--workspace", str(root)]) == 0
    return root


HEAVY = {
    *("PIL", "babel", "cattrs", "docx", "fontTools", "jinja2", "lxml", "markdown"),
    *(
        "distributed",
        "multiprocessing",
        "rich",
        "tinycss2",
        "uharfbuzz",
        "vl_convert",
        "watchfiles",
        "weasyprint",
        "yaml",
    ),
}
IMPORTS = "import sys; from reports.cli import main; code = main(); print(*sys.modules); exit(code)"


def test_a_build_with_nothing_to_do_imports_and_writes_nothing_and_warns_as_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(tmp_path, capsys)
    first = town.build({})
    before = stamps(tmp_path / "out"), stamps(tmp_path / ".cache")

    command = [sys.executable, "-c", IMPORTS, "build", "--quiet", "--workspace", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (first.code, first.told)
    assert "was to be reviewed by" in done.stderr
    modules = {name.partition(".")[0] for name in done.stdout.split()}
    assert "reports" in modules
    assert modules & HEAVY == set()
    assert (stamps(tmp_path / "out"), stamps(tmp_path / ".cache")) == before


def test_of_very_many_warnings_a_build_with_nothing_to_do_tells_as_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = STORE[STORE.index("  havneby.one-way-in:") : STORE.index("  havneby.secret-plan:")]
    entry = entry.replace("2031", "2020").replace("havneby-2020", "havneby-2031")
    late = "".join(
        entry.replace("one-way-in", f"way-{number}") + "    review_by: 2021-04-02\n"
        for number in range(501)
    )
    body = '{% for id in query(standing="opinion") %}\n- {{ statement(id) }}\n{% endfor %}'
    settings = changed(changed(BRIEF, "[nb, en]", "[en]"), "[pdf, docx, html]", "[html]")
    files_ = {"facts/late.yaml": f"facts:\n{late}", "templates/channels/brief.yaml": settings}
    root = make_workspace(tmp_path, {**english(body), **files_})

    first = run(root, capsys, "build", "--quiet", "--jobs", "1")
    again = run(root, capsys, "build", "--quiet", "--jobs", "1")

    assert first.code == 0, first.err
    assert first.err.endswith("… and 1 more\n")
    assert again == first


class Meddler(io.StringIO):
    """Standard output that writes over a file as soon as it is told that the build is over.

    `before` is what the file held.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self.before = b""

    def write(self, text: str) -> int:
        if '"event": "finished"' in text:
            self.before = self._file.read_bytes()
            self._file.write_bytes(b"another program's")
        return super().write(text)


def test_a_file_written_over_before_a_build_has_ended_is_put_back_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(tmp_path, capsys)
    set_files(tmp_path, files({}))
    file = tmp_path / "out/channels/public.nb.html"
    meddler = Meddler(file)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", meddler)
        assert main(["build", "--json", "--jobs", "1", "--workspace", str(tmp_path)]) == 0
    assert file.read_bytes() == b"another program's"

    found = town.built()

    assert found.code == 0
    assert found.out["channels/public.nb.html"] == meddler.before


def test_what_a_word_file_was_changed_under_is_not_kept_as_what_it_was_to_be(
    tmp_path: Path,
) -> None:
    set_files(tmp_path, files({"word": 1}))
    workspace = load_workspace(tmp_path)
    (edition,) = (each for each in workspace.editions() if each.name == "channels/public.en")
    (item,) = resolve_edition(edition, workspace)
    task = Tasks(workspace, {}).task(item, [Format.DOCX], 1)

    before = perform(task, tmp_path)
    set_files(tmp_path, files({"word": 1, "Word file": 1}))
    after = perform(task, tmp_path)

    file = tmp_path / "templates/themes/town/house.docx"
    assert [each.format for each in before.files] == [Format.DOCX]
    assert after.files == ()
    assert after.problems == (Problem(Place(file), "was changed during the build", "build again"),)


WRONG = [["--jobs", "banana"], ["--jobs", "0"], ["--jobs="], ["--lang", "--quiet"], ["--out"]]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_is_one_though_there_is_nothing_to_do(
    prepared: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    build = ["build", "--workspace", str(prepared)]
    assert main(build) == 0

    with pytest.raises(SystemExit) as ended:
        main([*build, *words])

    assert ended.value.code == 2
    assert f"argument {words[0].rstrip('=')}: " in capsys.readouterr().err


def test_what_is_past_its_day_is_told_on_that_day_though_no_file_has_changed(
    prepared: Path,
) -> None:
    facts = prepared / "facts/havneby.yaml"
    today = datetime.now(UTC).date()
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("review_by: 2021-04-02", f"review_by: {today}"), "utf-8")
    words = ["build", "--quiet", "--jobs", "1", "--workspace", str(prepared)]
    told = []
    for zone in ("UTC", "LATER-23:59", "UTC"):  # a day ahead it is tomorrow
        done = subprocess.run(
            [sys.executable, "-m", "reports.cli", *words],
            cwd=ROOT,
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=False,
        )
        told.append((done.returncode, done.stderr, stamps(prepared / "out")["manifest.json"]))

    late = f"warning: fact 'havneby.paper-share' was to be reviewed by {today}"
    hint = "check it, then move 'review_by' or record a new version"
    assert [each[:2] for each in told] == [
        (0, ""),
        (0, f"facts/havneby.yaml:27:5: {late}\n  hint: {hint}\n"),
        (0, ""),
    ]
