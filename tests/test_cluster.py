"""Builds on a Dask cluster: real schedulers and workers on loopback, some of them killed.

What takes its time to be told, since it is waited for, is asked for before all else.
"""

from __future__ import annotations

import os
import shutil
import signal
import site
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from errno import ENOSPC
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import orjson
import pytest
from clusters import Cluster, at_work, looking_at, names, running, until
from distributed import Client
from workspaces import REPOSITORY, Told, contents, make_workspace, run

import reports
from reports.audiences import Format
from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.build.cluster import cluster_crew
from reports.build.cluster.outcomes import failure, fault, is_whole
from reports.build.cluster.worker import _lay_out
from reports.build.crew import Begun, Crew, Lost
from reports.build.task import Asset, Made, MadeFile, Task
from reports.build.tasks import Tasks
from reports.problems import Place, Problem
from reports.versions import versions

SAME = "  hint: install the same on all machines; one container image for all is the simplest way\n"
NB, EN = "channels/public.nb", "channels/public.en"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler as it comes."""
    with running(tmp_path_factory.mktemp("cluster") / "dask") as started:
        yield started


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler that gives up a task with the first worker that it loses at it."""
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with running(tmp_path_factory.mktemp("strict") / "dask", **settings) as started:
        yield started


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with this package, which has a comment more there."""
    copy = tmp_path_factory.mktemp("odd") / "reports"
    package = Path(reports.__file__).parent
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "charts/__init__.py").open("a") as module:
        module.write("# changed\n")
    return str(copy.parent)


@pytest.fixture(scope="module")
def silence() -> Iterator[str]:
    """The address of a port that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(scope="module", autouse=True)
def waited_for(
    strict: Cluster, silence: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Builds that begin at once on a scheduler without workers, and where nothing is said."""
    root = tmp_path_factory.mktemp("waited_for")
    with ExitStack() as stack:
        builds = {}
        for name, address in (("unmanned", strict.address), ("silent", silence)):
            workspace = make_workspace(root / name)
            builds[name] = stack.enter_context(started_build(workspace, address))
        yield builds
        for build in builds.values():
            build.kill()


def test_a_cluster_writes_what_this_machine_does_though_a_worker_is_killed_at_work(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = make_workspace(tmp_path / "here"), make_workspace(tmp_path / "there")
    cluster.staff("ada", "bo")
    run(here, capsys, "build", "--quiet", "--jobs", "1")

    with looking_at(cluster) as client:
        ada = until(lambda: where(client).get("ada"))
        told = while_at_work(
            client,
            "ada",
            lambda: cluster.end("ada"),
            lambda: run(there, capsys, "build", "--quiet", "--cluster", cluster.address),
        )
        ended = [event for _, event in client.get_events("all") if event.get("worker") == ada]

    assert told == Told(0, "", "")
    assert built(there) == built(here)
    assert [len(event["processing-tasks"]) for event in ended if "processing-tasks" in event] == [1]


def test_ctrl_c_ends_the_build_and_leaves_the_cluster_with_nothing_to_do(
    cluster: Cluster, tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path)
    cluster.staff("bo")

    with looking_at(cluster) as client, started_build(workspace, cluster.address) as build:
        until(lambda: at_work(client))
        build.send_signal(signal.SIGINT)
        out, err = build.communicate(timeout=10)
        until(lambda: not client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.tasks))
        left = names(client)

    assert (build.returncode, out, err) == (130, "", "stopped\n")
    assert left == {"bo"}
    assert not (workspace / "out/channels").exists()


def test_a_fault_of_the_program_is_told_with_its_traceback_and_the_rest_is_made(
    cluster: Cluster, tmp_path: Path
) -> None:
    root = make_workspace(tmp_path)
    good, bad = tasks_of(root)
    cluster.staff("bo")

    with (
        pytest.raises(RuntimeError, match=r"(?s)Traceback.*in perform.*JSONDecodeError"),
        cluster_crew(cluster.address, 1, root) as crew,
    ):
        outcomes = all_news(crew, [good, replace(bad, document=b"?")])

    with pytest.raises(orjson.JSONDecodeError) as met:
        orjson.loads(b"?")
    (lost,) = (news.problem for news in outcomes if isinstance(news, Lost))
    assert {type(news) for news in outcomes} == {Made, Lost}
    assert lost.shown(root) == (
        "templates/channels/public.en.md.j2: this program failed at it: "
        f"orjson.JSONDecodeError: {met.value}\n"
        "  hint: please report it, with the lines that follow at the end"
    )


def test_a_worker_that_joins_late_works_too_unless_it_differs(
    cluster: Cluster, odd: str, tmp_path: Path
) -> None:
    root = make_workspace(tmp_path)
    tasks = [replace(task, name=f"{task.name} {n}") for n in range(8) for task in tasks_of(root)]
    cluster.staff("bo")

    with looking_at(cluster) as client, cluster_crew(cluster.address, 1, root) as crew:
        cluster.staff("ada")
        cluster.start("odd", {"PYTHONPATH": odd})
        until(lambda: names(client) == {"ada", "bo", "odd"})
        at = where(client)
        made = [news for news in all_news(crew, tasks) if isinstance(news, Made)]

    told = {problem for each in made for problem in each.problems}
    assert len(made) == len(tasks)
    assert {each.worker for each in made} == {cluster.workers[name].pid for name in ("ada", "bo")}
    assert [f"{problem.shown(root)}\n" for problem in told] == [
        f"--cluster: warning: {other_code(odd)} at {at['odd']}\n{SAME}"
    ]


def test_workers_that_differ_are_refused_with_every_difference(
    cluster: Cluster, odd: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    if "odd" not in cluster.workers:
        cluster.start("odd", {"PYTHONPATH": odd})
    cluster.start("older", {"PYTHONPATH": older_library(tmp_path)})
    cluster.start("bare", {"PYTHONPATH": site.getsitepackages()[0]}, "-S")
    cluster.start("mute", {"LD_LIBRARY_PATH": broken_pango(tmp_path)})

    with looking_at(cluster) as client:
        until(lambda: names(client) >= {"odd", "older", "bare", "mute"})
        at = where(client)
        told = run(workspace, capsys, "build", "--quiet", "--cluster", cluster.address)

    differences = (
        f"distributed is {version('distributed')} here and 2025.1.0 at {at['older']}",
        f"{other_code(odd)} at {at['odd']}",
        f"kildefast is installed here and missing at {at['bare']}",
        f"pango is {versions()['pango']} here and none that can be loaded at {at['mute']}",
    )
    problems = [f"--cluster: {difference}\n{SAME}" for difference in differences]
    assert told == Told(1, "", "".join(problems))
    assert not (workspace / "out/channels").exists()


def test_what_a_lost_worker_wrote_is_told_and_the_rest_is_built(
    strict: Cluster,
    waited_for: dict[str, subprocess.Popen[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace = make_workspace(tmp_path)
    waited_for["unmanned"].wait(30)  # it would take these workers
    strict.staff("di", "eva")

    with looking_at(strict) as client:
        until(lambda: names(client) == {"di", "eva"})
        told = while_at_work(
            client,
            "di",
            lambda: strict.end("di"),
            lambda: run(workspace, capsys, "build", "--quiet", "--cluster", strict.address),
        )

    written = {name for name in (NB, EN) if (workspace / f"out/{name}.pdf").exists()}
    (lost,) = {NB, EN} - written
    problem = (
        f"templates/{lost}.md.j2: the worker that wrote it ended\n"
        "  hint: killed, or out of memory: see the logs of the cluster\n"
    )
    assert told == Told(1, "", problem)


def test_a_scheduler_that_ends_is_told_of_and_earlier_outputs_stay(
    strict: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    run(workspace, capsys, "build", "--quiet", "--jobs", "1", "--format", "html")
    before = built(workspace)
    strict.staff("eva")

    with looking_at(strict) as client:
        told = while_at_work(
            client,
            "eva",
            strict.scheduler.kill,
            lambda: run(workspace, capsys, "build", "--quiet", "--cluster", strict.address),
        )

    problem = (
        f"--cluster: the scheduler at {strict.address} has ended, or can't be reached any more\n"
        "  hint: build again when it is back: what was made is kept\n"
    )
    assert told == Told(1, "", problem)
    assert built(workspace) == before


def test_a_cluster_of_this_machine_writes_the_same_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = make_workspace(tmp_path / "here"), make_workspace(tmp_path / "there")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    asked = ("build", "--quiet", "--lang", "en", "--format", "html")
    run(here, capsys, *asked, "--jobs", "1")
    children = children_of(os.getpid())

    told = run(there, capsys, *asked, "--cluster", "local")

    assert told == Told(0, "", "")
    assert built(there) == built(here)
    assert children_of(os.getpid()) == children
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "tcp://127.0.0.1:1",
            """\
--cluster: nothing answers at tcp://127.0.0.1:1: connection refused
  hint: start one there with 'dask scheduler', and see that no firewall is between
""",
        ),
        (
            "scheduler:8786",
            """\
--cluster: 'scheduler:8786' is no address of a scheduler
  hint: write it as tcp://host:8786 or tls://host:8786; 'local' starts one here
""",
        ),
    ],
)
def test_an_address_without_a_scheduler_is_told_at_once(
    address: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    assert run(workspace, capsys, "build", "--quiet", "--cluster", address) == Told(1, "", told)


def test_without_dask_it_is_told_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)  # what Python takes for not installed

    assert run(workspace, capsys, "build", "--quiet", "--cluster", "local") == Told(
        1,
        "",
        "--cluster: what builds on a cluster is not installed\n"
        "  hint: type: pip install 'kildefast[cluster]'\n",
    )


def test_an_answer_with_other_bytes_or_for_another_task_is_not_taken() -> None:
    task = Task("a", "en", b"", b"", "a.j2", (), (Format.PDF, Format.HTML), 1.0)
    file = MadeFile(Format.PDF, b"pages", sha256(b"pages").hexdigest())
    made = Made("a", (file,), 1, 1, (), (), 0.1, 100, 7)
    answers = {
        "as asked": made,
        "other bytes": replace(made, files=(replace(file, data=b"page"),)),
        "another task": replace(made, name="b"),
        "a format that was not asked for": replace(
            made, files=(replace(file, format=Format.DOCX),)
        ),
        "one format twice": replace(made, files=(file, file)),
    }

    assert [name for name, answer in answers.items() if is_whole(answer, task)] == ["as asked"]


@pytest.mark.parametrize("path", ["../font.ttf", "fonts/../../font.ttf", "{outside}/font.ttf"])
def test_a_worker_lays_no_file_outside_its_own_folder(tmp_path: Path, path: str) -> None:
    asset = Asset(path.format(outside=tmp_path), sha256(b"font").hexdigest())
    task = Task("a", "en", b"", b"", "a.j2", (asset,), (Format.PDF,), 1.0)
    folder = tmp_path / "worker" / "kildefast"

    with pytest.raises(ValueError, match="leads out of the folder for the files of tasks"):
        _lay_out(task, [b"font"], folder)

    assert contents(tmp_path) == {}


def test_a_worker_lays_a_file_that_came_with_other_bytes_nowhere(tmp_path: Path) -> None:
    asset = Asset("fonts/font.ttf", sha256(b"font").hexdigest())
    task = Task("a", "en", b"", b"", "a.j2", (asset,), (Format.PDF,), 1.0)

    with pytest.raises(ValueError, match=r"fonts/font\.ttf came damaged"):
        _lay_out(task, [b"fond"], tmp_path)
    _lay_out(task, [b"font"], tmp_path)

    assert contents(tmp_path) == {"fonts/font.ttf": b"font"}


def test_a_full_disk_of_a_worker_is_no_fault_of_the_program(tmp_path: Path) -> None:
    task = Task("a", "en", b"", b"", "templates/a.j2", (), (Format.PDF,), 1.0)
    full = OSError(ENOSPC, "No space left on device")

    what = "there was too little room on its worker's disk"
    place = Place(tmp_path / "templates/a.j2")
    assert failure(task, full, tmp_path) == Problem(place, what, "free some space there")
    assert fault(full) == ""
    assert fault(OSError("something else")).endswith("OSError: something else\n")


def test_a_scheduler_that_says_nothing_or_has_no_workers_is_told_of_in_time(
    waited_for: dict[str, subprocess.Popen[str]], strict: Cluster, silence: str
) -> None:
    told = {name: build.communicate(timeout=30)[1] for name, build in waited_for.items()}

    assert told == {
        "unmanned": f"--cluster: no worker is connected to the scheduler at {strict.address}\n"
        "  hint: start some on each machine: dask worker ADDRESS --nthreads 1\n",
        "silent": f"--cluster: what listens at {silence} can't be talked to: it says nothing\n"
        "  hint: see that it is a Dask scheduler, and that the address says tcp or tls as it does\n",
    }
    assert {build.returncode for build in waited_for.values()} == {1}


def started_build(workspace: Path, address: str) -> subprocess.Popen[str]:
    """A build of the workspace on that cluster, which goes on beside the test."""
    words = ["build", "--quiet", "--workspace", str(workspace), "--cluster", address]
    return subprocess.Popen(
        [sys.executable, "-m", "reports.cli", *words],
        cwd=workspace,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def while_at_work(
    client: Client, name: str, act: Callable[[], None], work: Callable[[], Told]
) -> Told:
    """What comes of `work` when `act` is done while the worker of that name is at it."""
    with ThreadPoolExecutor() as threads:
        acted = threads.submit(lambda: (until(lambda: name in at_work(client)), act()))
        told = work()
        acted.result()
    return told


def where(client: Client) -> dict[str, str]:
    """The addresses of the workers by their names."""
    workers = client.scheduler_info()["workers"]
    return {worker["name"]: address for address, worker in workers.items()}


def built(workspace: Path) -> dict[str, bytes]:
    """All that was built, but for the report, which tells of times."""
    found = contents(workspace / "out")
    del found["index.html"]
    return found


def tasks_of(root: Path) -> list[Task]:
    """A task for the PDF of each edition."""
    workspace = load_workspace(root)
    tasks = Tasks(workspace, versions())
    items = (item for each in workspace.editions() for item in resolve_edition(each, workspace))
    return [tasks.task(item, (Format.PDF,), 1.0) for item in items]


def all_news(crew: Crew, tasks: list[Task]) -> list[Made | Lost]:
    """What comes of the tasks, within a minute."""
    for task in tasks:
        crew.submit(task)
    found: list[Made | Lost] = []
    end = time.monotonic() + 60
    while len(found) < len(tasks):
        assert time.monotonic() < end
        found += [news for news in crew.news(1.0) if not isinstance(news, Begun)]
    return found


def other_code(folder: str) -> str:
    """How the package in that folder differs, as its own Python tells it."""
    asked = "from reports.versions import versions; print(versions()['kildefast'])"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": folder},
        capture_output=True,
        text=True,
        check=True,
    )
    return f"kildefast is {versions()['kildefast']} here and {told.stdout.strip()}"


def older_library(folder: Path) -> str:
    """A folder that makes Python find an older version of Dask's library installed."""
    found = folder / "older" / "distributed-2025.1.0.dist-info"
    found.mkdir(parents=True)
    (found / "METADATA").write_text("Metadata-Version: 2.1\nName: distributed\nVersion: 2025.1.0\n")
    return str(found.parent)


def broken_pango(folder: Path) -> str:
    """A folder with a file that Linux's linker takes for Pango, and can't load."""
    found = folder / "broken"
    found.mkdir()
    (found / "libpango-1.0.so.0").touch()
    return str(found)


def children_of(process: int) -> set[str]:
    """The processes that this one started and that are still there.

    One that Python keeps for itself as long as it runs isn't counted.
    """
    tasks = Path(f"/proc/{process}/task").iterdir()
    found = {child for task in tasks for child in (task / "children").read_text().split()}
    return {child for child in found if "resource_tracker" not in command(child)}


def command(process: str) -> str:
    return Path(f"/proc/{process}/cmdline").read_text()
