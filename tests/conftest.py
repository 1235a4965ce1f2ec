"""What tests may ask of their surroundings: judges and folders that are not in the repository.

On CI a missing one fails its tests.  Elsewhere they are left out, and the summary says so.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from shipped import ROOT, Shipped, built

from reports.briefs import load_workspace
from reports.machine import JUDGES, judge_command, on_ci

LEFT_OUT: dict[str, str] = {}


def needs(name: str, found: Path | None, mend: str) -> Path:
    """Return `found`; if there is none, fail the test on CI and leave it out elsewhere."""
    if found:
        return found
    if on_ci():
        pytest.fail(f"{name} is missing; {mend}", pytrace=False)
    LEFT_OUT[name] = mend
    pytest.skip(f"{name} is missing")


def judge(title: str) -> Path:
    """The program of that judge in `reports.machine`."""
    wanted = next(judge for judge in JUDGES if judge.title == title)
    found = shutil.which(wanted.command)
    return needs(title, Path(found) if found else None, judge_command(wanted))


def folder(variable: str) -> Path:
    """The folder that the environment variable names."""
    named = Path(os.environ.get(variable, ""))
    found = named if os.environ.get(variable) and named.is_dir() else None
    return needs(variable, found, f"set {variable} to the folder")


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice, which opens and converts what Word would."""
    return judge("LibreOffice")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that opens what readers would."""
    return judge("Chromium")


@pytest.fixture(scope="session")
def java() -> Path:
    """Java with its compiler beside it, for veraPDF; a runtime alone can't start a source file."""
    return judge("Java").with_name("java")


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
    """Every edition of the repository's brief in every format, built once."""
    return built(load_workspace(ROOT), tmp_path_factory.mktemp("out"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, mend in sorted(LEFT_OUT.items()):
        terminalreporter.write_line(f"left out: tests that need {name} ({mend})")
