"""What a watch does when files are saved: a real one, on a workspace that is changed under it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread, Timer

import pytest
from workspaces import EN, NB, NB_TEXT, STORE, changed, make_workspace, run, write

from reports.lock import one_at_a_time
from reports.problems import Place, Problem
from reports.watch.known import KnownProblems
from reports.watch.news import Mended, Noticed
from reports.watch.saves import contents, saves

PATIENCE_S = 60.0  # a machine may have others to serve
SETTLED = "all outputs are up to date"


class Watch:
    """A running `watch`, and the lines that it tells, without their time."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        command = [sys.executable, "-m", "reports.cli", "watch", "--jobs", "1"]
        self.process = subprocess.Popen(
            [*command, "--workspace", str(workspace)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that all its processes can be found
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._lines.put(re.sub(r"^\d\d:\d\d:\d\d  ", "", line.rstrip("\n")))

    def until(self, last: str) -> list[str]:
        """The lines from here on, up to the first that holds `last`."""
        told: list[str] = []
        while not told or last not in told[-1]:
            try:
                told.append(self._lines.get(timeout=PATIENCE_S))
            except Empty:
                pytest.fail(f"no line with '{last}' after {told}")
        return told

    def read(self, name: str) -> bytes:
        """An output."""
        return (self.workspace / "out" / name).read_bytes()

    def save(self, name: str, text: str) -> None:
        """Save a file of the workspace."""
        write(self.workspace / name, text)

    @property
    def others(self) -> list[int]:
        """The processes that it has started and that are there still."""
        asked = ["ps", "-o", "pid=", "--sid", str(self.process.pid)]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        return [int(each) for each in found if int(each) != self.process.pid]

    def end(self) -> int:
        """Type Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE_S)
        self._reader.join()
        assert self.process.stderr
        self.process.stderr.close()
        return code


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """One watch for all tests, which leave its workspace as they found it; the last one ends it."""
    watch = Watch(make_workspace(tmp_path_factory.mktemp("watched")))
    try:
        watch.until(SETTLED)
        yield watch
    finally:
        if watch.process.poll() is None:
            watch.end()


@pytest.fixture
def watch(running: Watch) -> Iterator[Watch]:
    """That watch, all up to date; what a test changes is mended after it."""
    yield running
    make_workspace(running.workspace)
    running.save(NB, f"{NB_TEXT}\nDette er alt.\n")  # one more change, so that there is a last word
    running.until(SETTLED)
    running.save(NB, NB_TEXT)
    running.until(SETTLED)


def pdf_text(file: Path) -> str:
    """What a PDF says."""
    from pdfminer.high_level import extract_text

    return str(extract_text(file))


def without_times(lines: list[str]) -> list[str]:
    """The lines, with what took some time said to take that long."""
    return [re.sub(r"in \d+ ms$", "in … ms", line) for line in lines]


# ---------------------------------------------------------------- what is saved is seen


def test_a_saved_template_is_in_its_html_first_and_in_its_pdf_after(watch: Watch) -> None:
    watch.save(NB, NB_TEXT.replace("Foreldre", "Alle foreldre"))

    first = watch.until("public.nb.html")
    seen = watch.read("channels/public.nb.html")
    then = watch.until(SETTLED)

    assert without_times(first) == [f"saved {NB}", "channels/public.nb.html in … ms"]
    assert b"Alle foreldre" in seen
    assert then == ["channels/public.nb.pdf", "channels/public.nb.docx", SETTLED]
    assert "Alle foreldre" in pdf_text(watch.workspace / "out/channels/public.nb.pdf")
    assert watch.read("channels/public.nb.html") == seen  # a build says it in the same bytes


def test_a_changed_fact_is_in_the_edition_in_view_and_then_in_the_others(watch: Watch) -> None:
    watch.save("facts/havneby.yaml", changed(STORE, "value: 62", "value: 67"))

    first = watch.until("public.nb.html")
    seen = watch.read("channels/public.nb.html")
    then = watch.until(SETTLED)

    assert first[0] == "saved facts/havneby.yaml"
    assert "67" in seen.decode()
    assert [line for line in then if "public.en" in line] == [
        "channels/public.en.pdf",
        "channels/public.en.docx",
        "channels/public.en.html",
    ]
    assert "67" in watch.read("channels/public.en.html").decode()


def test_the_edition_whose_template_was_saved_comes_in_view(watch: Watch) -> None:
    watch.save(EN, (watch.workspace / EN).read_text("utf-8").replace("Parents", "All parents"))

    told = watch.until(SETTLED)

    assert without_times(told) == [
        f"saved {EN}",
        "channels/public.en.html in … ms",
        "channels/public.en.pdf",
        "channels/public.en.docx",
        SETTLED,
    ]


def test_a_comment_in_a_fact_file_builds_nothing(watch: Watch) -> None:
    watch.save("facts/havneby.yaml", f"# Havneby\n{STORE}")

    assert without_times(watch.until(SETTLED)) == [
        "saved facts/havneby.yaml",
        "channels/public.nb.html says what it said, in … ms",
        SETTLED,
    ]


def test_an_editor_that_saves_under_another_name_and_renames_is_understood(watch: Watch) -> None:
    beside = watch.workspace / "templates/channels/.public.nb.md.j2.swp"
    write(beside, NB_TEXT.replace("Foreldre", "Mange"))
    backup = watch.workspace / f"{NB}~"
    (watch.workspace / NB).rename(backup)
    beside.rename(watch.workspace / NB)
    backup.unlink()

    watch.until("public.nb.html")

    assert b"Mange" in watch.read("channels/public.nb.html")
    watch.until(SETTLED)


def test_a_save_is_seen_at_once_while_the_build_of_an_earlier_one_waits(watch: Watch) -> None:
    with one_at_a_time(watch.workspace / ".cache", "build", print):
        watch.save(NB, NB_TEXT.replace("Foreldre", "Tidlegare"))
        told = watch.until("waiting for")
        watch.save(NB, NB_TEXT.replace("Foreldre", "Seinare"))
        watch.until("public.nb.html in")
        seen = watch.read("channels/public.nb.html")
    then = watch.until(SETTLED)

    assert told[-1].startswith(f"waiting for process {os.getpid()}, since ")
    assert b"Seinare" in seen
    assert then.count("channels/public.nb.pdf") == 1  # none was made of the earlier one
    assert "Seinare" in pdf_text(watch.workspace / "out/channels/public.nb.pdf")


# ---------------------------------------------------------------- what is wrong is told, and mended


def test_a_broken_template_is_told_of_and_its_old_outputs_stay(watch: Watch) -> None:
    before = {kind: watch.read(f"channels/public.nb.{kind}") for kind in ("html", "pdf", "docx")}

    watch.save(NB, f'{NB_TEXT}\nOg {{{{ fact("havneby.web-shar") }}}}.\n')
    told = watch.until("1 problem left")
    after = {kind: watch.read(f"channels/public.nb.{kind}") for kind in ("html", "pdf", "docx")}
    watch.save(NB, NB_TEXT.replace("Foreldre", "Folk"))
    then = watch.until(SETTLED)

    problem = f"{NB}:5: unknown fact 'havneby.web-shar'"
    assert told == [
        f"saved {NB}",
        problem,
        "  hint: did you mean 'havneby.web-share'?",
        "1 problem left; what it stops is as it was",
    ]
    assert after == before
    assert without_times(then) == [
        f"saved {NB}",
        "channels/public.nb.html in … ms",
        f"mended: {problem}",
        "no problem is left",
        "channels/public.nb.pdf",
        "channels/public.nb.docx",
        SETTLED,
    ]


def test_a_deleted_template_and_its_return_are_survived(watch: Watch) -> None:
    (watch.workspace / NB).unlink()
    told = watch.until("1 problem left")
    watch.save(NB, NB_TEXT.replace("Foreldre", "Noen"))
    then = watch.until(SETTLED)

    assert told[1] == f"{NB}: template is missing"
    assert f"mended: {NB}: template is missing" in then
    assert b"Noen" in watch.read("channels/public.nb.html")


def test_a_folder_of_templates_that_goes_and_comes_back_is_watched_again(watch: Watch) -> None:
    folder, away = watch.workspace / "templates", watch.workspace / "away"
    folder.rename(away)
    told = watch.until("problems left")
    away.rename(folder)
    watch.until(SETTLED)
    watch.save(NB, NB_TEXT.replace("Foreldre", "Dei fleste"))
    watch.until("public.nb.html")

    assert told[1] == "templates: no brief found"
    assert b"Dei fleste" in watch.read("channels/public.nb.html")
    watch.until(SETTLED)


def test_many_files_that_change_at_once_are_built_a_few_times(watch: Watch) -> None:
    for number in range(200):
        watch.save(f"templates/shared/part-{number}.md.j2", f"Del {'x' * number}.\n")
    watch.save(NB, f'{NB_TEXT}\n{{% include "shared/part-7.md.j2" %}}\n')

    told = watch.until("public.nb.html in")
    while b"Del xxxxxxx." not in watch.read("channels/public.nb.html"):
        told += watch.until("public.nb.html in")

    assert 1 <= sum(line.startswith("saved") for line in told) < 10
    watch.until(SETTLED)
    shutil.rmtree(watch.workspace / "templates/shared")


def test_outputs_that_cannot_be_written_are_told_of_and_made_once_they_can(watch: Watch) -> None:
    out, away = watch.workspace / "out", watch.workspace / "kept"
    out.rename(away)
    out.write_text("no folder")
    watch.save(NB, NB_TEXT.replace("Foreldre", "Ingen"))
    told = watch.until("left; what")
    out.unlink()
    watch.save(NB, NB_TEXT.replace("Foreldre", "Tusen"))
    watch.until(SETTLED)

    assert told[1].startswith("out/channels/public.nb.html: can't be written: ")
    assert b"Tusen" in watch.read("channels/public.nb.html")
    assert sorted(each.name for each in (out / "channels").iterdir()) == sorted(
        each.name for each in (away / "channels").iterdir()
    )
    shutil.rmtree(away)


def test_a_build_process_that_is_killed_is_told_of_and_another_takes_over(watch: Watch) -> None:
    with one_at_a_time(watch.workspace / ".cache", "build", print):  # so it can't be faster
        watch.save(NB, NB_TEXT.replace("Foreldre", "Alle"))
        watch.until("waiting for")
        for each in watch.others:
            os.kill(each, signal.SIGKILL)
        then = watch.until("ended")
    watch.save(NB, NB_TEXT.replace("Foreldre", "Alle saman"))
    watch.until(SETTLED)

    assert then == ["the process that builds has ended (-9); the next save starts another"]
    assert "Alle saman" in pdf_text(watch.workspace / "out/channels/public.nb.pdf")


# ---------------------------------------------------------------- the parts


def test_what_an_editor_keeps_beside_a_file_is_no_file_of_the_author(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    before = contents(tmp_path)

    for name in (".public.nb.md.j2.swp", "public.nb.md.j2~", ".#public.nb.md.j2", ".DS_Store"):
        write(tmp_path / "templates/channels" / name, "x")
    write(tmp_path / "out/channels/public.nb.html", "x")
    write(tmp_path / ".cache/facts/x.json", "x")

    assert contents(tmp_path) == before


def test_a_file_that_is_touched_and_holds_what_it_held_is_not_saved(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    ended = Event()
    coming = saves(tmp_path, contents(tmp_path), ended)

    (tmp_path / NB).touch()
    write(tmp_path / NB, NB_TEXT)
    Timer(0.2, write, [tmp_path / EN, "new"]).start()
    after, files = next(coming)  # it waits for the second

    assert files == (tmp_path / EN,)
    assert after == contents(tmp_path)
    ended.set()


def test_a_check_that_is_made_again_in_one_process_finds_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = "{% block head %}{% endblock %}Det var 12.\n{% if audience == 'folk' %}x{% endif %}\n"
    own = "{% extends 'channels/base.md.j2' %}{% block haed %}{{ nobody }}{% endblock %}\n"
    make_workspace(tmp_path, {"templates/channels/base.md.j2": base, NB: own})

    first = run(tmp_path, capsys, "check")
    second = run(tmp_path, capsys, "check")
    write(tmp_path / "templates/channels/base.md.j2", base.replace("12", "13"))
    third = run(tmp_path, capsys, "check")

    for words in ("number '12'", "unknown audience 'folk'", "block 'haed'", "name 'nobody'"):
        assert words in first.err
    assert second == first  # the templates were parsed once
    assert third.err == first.err.replace("12", "13")


def test_a_problem_is_new_once_and_mended_once() -> None:
    known = KnownProblems()
    here = Problem(Place(Path("a.md.j2"), 3), "unknown fact 'x'")
    moved = Problem(Place(Path("a.md.j2"), 4), "unknown fact 'x'")
    other = Problem(Place(Path("b.md.j2"), 1), "a tab is not allowed")

    told = [
        list(known.now(finder, found))
        for finder, found in (
            ("view", [here]),
            ("all", [here, other]),
            ("view", [here]),
            ("view", [moved]),  # a line was put in above it
            ("view", []),
            ("all", []),
        )
    ]

    assert told == [
        [Noticed((here,))],
        [Noticed((other,))],
        [],
        [Noticed((moved,))],
        [Mended((moved,), 1)],
        [Mended((other,), 0)],
    ]


# ---------------------------------------------------------------- Ctrl-C


def test_ctrl_c_ends_it_in_the_midst_of_a_build_and_leaves_no_process(running: Watch) -> None:
    running.save(NB, NB_TEXT.replace("Foreldre", "Andre"))
    running.until("public.nb.html")  # the rest is being built

    code = running.end()

    assert code == 0
    assert running.others == []
    assert [each.name for each in (running.workspace / "out").rglob(".*")] == []
