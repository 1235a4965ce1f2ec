"""The crew of this machine: real workers, which finish, fail, and are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import crews
import psutil
import pytest
from workspaces import english, make_workspace

from reports.audiences import Format
from reports.build.crew import Begun, Crew, Lost
from reports.build.crew.cores import cores_granted, jobs_here
from reports.build.crew.pool import FORKED, FRESH, local_crew
from reports.build.task import Made, MadeFile, Task
from reports.problems import Place, Problem

FEWER = "free some memory or use fewer workers, such as --jobs 1, and build again"
PATIENCE_S = 20


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = english("People find it easier than paper, and it saves the staff much work.")
    return make_workspace(tmp_path_factory.mktemp("pool"), files)


@pytest.fixture(scope="module")
def tasks(root: Path) -> dict[str, Task]:
    return crews.tasks_of(root)


@pytest.fixture(scope="module")
def page(tasks: dict[str, Task]) -> Task:
    """A task that takes no time."""
    return replace(tasks["nb"], name="page", formats=(Format.HTML,))


@pytest.fixture(scope="module")
def mixed(tasks: dict[str, Task], page: Task) -> list[Task]:
    """Tasks of several weights, of which the middle one is the heaviest."""
    word = replace(tasks["nb"], name="word", formats=(Format.DOCX,))
    return [word, replace(page, weight=2), replace(tasks["en"], name="all", weight=3), page]


@pytest.fixture(scope="module")
def alone(mixed: list[Task], root: Path) -> list[Begun | Made | Lost]:
    """What one worker tells of them."""
    with local_crew(1, root) as crew:
        return list(crews.told(crew, mixed))


@pytest.fixture
def crew(root: Path) -> Iterator[Crew]:
    """A crew of one."""
    with local_crew(1, root) as crew:
        yield crew


def nurseries() -> list[psutil.Process]:
    """The nurseries that this process has now; other tests may have other children here."""
    own = psutil.Process().children()
    return [each for each in own if any("nursery.py" in word for word in each.cmdline())]


def workers() -> list[psutil.Process]:
    """The workers that this process has now, which are its nurseries'."""
    return [each for nursery in nurseries() for each in nursery.children()]


def shapes(found: Iterable[Begun | Made | Lost]) -> list[tuple[type, str]]:
    """What kinds of news there are of which tasks."""
    return [(type(each), each.name) for each in found]


def files(found: Iterable[Begun | Made | Lost]) -> dict[str, tuple[MadeFile, ...]]:
    return {each.name: each.files for each in found if isinstance(each, Made)}


def test_the_heaviest_goes_first_and_of_two_alike_the_earlier(
    alone: list[Begun | Made | Lost],
) -> None:
    order = ["all", "page", "word", "page"]
    assert shapes(alone) == [(kind, name) for name in order for kind in (Begun, Made)]


@pytest.mark.parametrize(("jobs", "way"), [(2, FRESH), (5, FORKED)])
def test_outputs_are_the_same_whatever_the_number_of_workers(
    jobs: int,
    way: str,
    mixed: list[Task],
    alone: list[Begun | Made | Lost],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")  # has every Python that starts now say much

    with local_crew(jobs, root, way) as crew:
        found = list(crews.told(crew, mixed))
        at_work = {each.pid for each in workers()}
        # As a worker starts one to draw a chart of the author's own.
        started = subprocess.Popen(["sleep", "100"], process_group=min(at_work))

    made = [each for each in found if isinstance(each, Made)]
    assert files(made) == files(alone)
    assert {each.worker for each in made} <= at_work
    assert len(at_work) == min(jobs, len(mixed))
    assert all(20 < each.peak_mb < 2000 for each in made)
    assert capfd.readouterr() == ("", "")
    assert started.wait(PATIENCE_S) == -signal.SIGKILL


def test_a_worker_that_dies_takes_its_own_task_with_it_and_no_other(
    crew: Crew, tasks: dict[str, Task], page: Task, root: Path
) -> None:
    slow = [replace(tasks["slow"], name=name) for name in ("killed", "crashed")]
    ends = {"killed": signal.SIGKILL, "crashed": signal.SIGSEGV}
    found: list[Begun | Made | Lost] = []

    for each in crews.told(crew, [*slow, page]):
        found.append(each)
        if isinstance(each, Begun) and each.name in ends:
            (worker,) = workers()
            worker.send_signal(ends[each.name])
    (worker,) = workers()
    worker.kill()  # while it has nothing to do
    found += crews.told(crew, [page])

    killed = "the process that wrote it was killed (signal 9); perhaps there was too little memory"
    crashed = "the process that wrote it crashed (signal 11, segmentation fault)"
    again = "build again; if that doesn't help, report it"
    assert found[:4] == [
        Begun("killed"),
        lost(slow[0], root, killed, FEWER),
        Begun("crashed"),
        lost(slow[1], root, crashed, again),
    ]
    assert shapes(found[4:]) == [(Begun, "page"), (Made, "page")] * 2


def lost(task: Task, root: Path, what: str, hint: str) -> Lost:
    """The news that nothing came of a task."""
    return Lost(task.name, Problem(Place(root / task.template), what, hint))


def test_a_nursery_that_is_killed_takes_the_tasks_at_work_with_it_and_no_others(
    crew: Crew, tasks: dict[str, Task], page: Task, root: Path
) -> None:
    found: list[Begun | Made | Lost] = []
    (nursery,) = nurseries()

    for each in crews.told(crew, [tasks["slow"], page]):
        found.append(each)
        if each == Begun("slow"):
            left = workers()
            threads = nursery.num_threads()
            nursery.kill()

    assert threads == 1  # what a process with threads forks may hang
    what = "the process that wrote it was killed"
    assert found[:2] == [Begun("slow"), lost(tasks["slow"], root, what, FEWER)]
    assert shapes(found[2:]) == [(Begun, "page"), (Made, "page")]
    assert psutil.wait_procs(left, PATIENCE_S)[1] == []


def test_a_worker_makes_room_for_another_before_it_has_grown_large(crew: Crew, page: Task) -> None:
    nothing = replace(page, formats=())

    found = list(crews.told(crew, [nothing] * 101))

    workers_of = [each.worker for each in found if isinstance(each, Made)]
    assert len(workers_of) == 101
    assert len(set(workers_of[:100])) == 1
    assert workers_of[100] != workers_of[0]


def test_other_workers_go_on_while_one_dies_and_another_fails(
    tasks: dict[str, Task], page: Task, root: Path
) -> None:
    broken = replace(page, name="broken", document=b"{", weight=2)
    pages = [replace(page, name=name) for name in ("one", "two")]

    found, faults = ends_of([tasks["slow"], broken, *pages], root)

    lines = faults.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    what = f"this program failed at it: {lines[-1]}"
    hint = "please report it, with the lines that follow at the end"
    assert found[0] == lost(broken, root, what, hint)
    assert shapes(found[1:]) == [(Made, "one"), (Made, "two"), (Lost, "slow")]
    assert nurseries() == []


def ends_of(tasks: Sequence[Task], root: Path) -> tuple[list[Made | Lost], str]:
    """How tasks end in a crew of two, and its faults; the first's worker is killed at the end."""
    found: list[Made | Lost] = []
    try:
        with local_crew(2, root) as crew:
            for each in crews.told(crew, tasks):
                found += [] if isinstance(each, Begun) else [each]
                if isinstance(each, Made) and each.name == tasks[-1].name:
                    (other,) = (worker for worker in workers() if worker.pid != each.worker)
                    other.kill()
    except RuntimeError as error:
        return found, str(error)
    return found, ""


def test_a_crew_that_has_nothing_to_tell_says_nothing(root: Path) -> None:
    with local_crew(2, root) as crew:
        found = [*crew.news(wait_s=0), *crew.news(wait_s=0.01)]
        children = nurseries()

    assert found == []
    assert crew.workers == 2
    assert not any(child.is_running() for child in children)


# Whatever ends the process that has the crew, no other is left

ENDS = {
    signal.SIGINT: (0, "stopped; left: []\n"),
    signal.SIGKILL: (-signal.SIGKILL, ""),
}


@pytest.fixture(scope="module")
def programs(root: Path) -> Iterator[dict[int, subprocess.Popen[str]]]:
    """Programs that each have a crew at work, one for each way to end it."""
    started = {number: crew_at_work(root) for number in ENDS}
    yield started
    for program in started.values():
        with program:
            program.kill()


def crew_at_work(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, crews.__file__, str(root)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment, stdout=pipe, stderr=pipe, text=True, process_group=0
    )


@pytest.mark.parametrize("number", ENDS)
def test_no_process_is_left(number: int, programs: dict[int, subprocess.Popen[str]]) -> None:
    program = programs[number]
    assert program.stdout
    assert program.stdout.readline() == "Begun slow\n"
    left = psutil.Process(program.pid).children(recursive=True)

    os.killpg(program.pid, number)  # as a terminal does
    out, err = program.communicate(timeout=PATIENCE_S)

    assert (program.returncode, out, err) == (*ENDS[signal.Signals(number)], "")
    assert len(left) == 2
    assert psutil.wait_procs(left, PATIENCE_S)[1] == []


# How many workers there are room for

GROUPS = {
    "0::/": 2.5,
    "0::/inner": 1.5,
    "0::/inner/most": 1.5,
    "0::/free": 2.5,
    "4:cpu,cpuacct:/docker\n2:memory:/": 0.5,
    "4:memory:/": float("inf"),
    "": float("inf"),
}


@pytest.mark.parametrize(("groups", "granted"), GROUPS.items())
def test_cores_are_those_that_the_control_group_grants(
    tmp_path: Path, groups: str, granted: float
) -> None:
    files = {
        "cpu.max": "250000 100000\n",
        "inner/cpu.max": "150000 100000\n",
        "inner/most/cpu.max": "max 100000\n",
        "cpu/cpu.cfs_quota_us": "-1\n",
        "cpu/cpu.cfs_period_us": "100000\n",
        "cpu/docker/cpu.cfs_quota_us": "50000\n",
        "cpu/docker/cpu.cfs_period_us": "100000\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    assert cores_granted(groups, tmp_path) == granted


def test_there_is_room_for_one_worker_a_core_at_most() -> None:
    assert 1 <= jobs_here() <= (os.cpu_count() or 1)
