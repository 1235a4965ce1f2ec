"""Setting a machine up: what `build.py` makes, refuses, asks and says."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reports.machine.doctor import doctor
from reports.machine.parts import JUDGES
from reports.machine.testing import run_tests
from reports.machine.venv import LOCK, TEST_LOCK, UNFINISHED, is_current, stamp

ROOT = Path(__file__).resolve().parent.parent
CLI = """import sys
print("cli", *sys.argv[1:])
sys.exit(7)
"""

Outcome: TypeAlias = tuple[int, list[str], list[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose locks are empty and whose `reports.cli` prints its arguments and exits 7."""
    return small_checkout(tmp_path / "blå mappe")


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Such a checkout after `build.py check --x`, and how that went.

    An earlier run was interrupted while it filled `.venv`.
    """
    elsewhere = tmp_path_factory.mktemp("first")
    root = small_checkout(elsewhere / "blå mappe")
    venv = stamped_venv(root, root / LOCK)
    (venv / UNFINISHED).touch()
    (venv / "left over").touch()
    return root, run(root / "build.py", "check", "--x", cwd=elsewhere)


def small_checkout(root: Path) -> Path:
    (root / "reports").mkdir(parents=True)
    for name in ("build.py", "reports/__init__.py"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "reports/machine", root / "reports/machine")
    (root / "reports/cli.py").write_text(CLI, "utf-8")
    for lock in (LOCK, TEST_LOCK):
        (root / lock).write_text("# nothing\n", "utf-8")
    return root


def run(
    *command: str | Path, cwd: Path, path: Path | None = None, env: Mapping[str, str] | None = None
) -> Outcome:
    """Exit code and lines of both outputs of Python; `path` is all it finds programs in."""
    environment = {**os.environ, "CI": "", "PATH": str(path or cwd), **(env or {})}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def programs(folder: Path, **scripts: str) -> Path:
    """A folder with shell scripts by these names (`_` for `-`), and `env` and `sh` beside them."""
    folder.mkdir()
    for name in ("env", "sh"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, script in scripts.items():
        file = folder / name.replace("_", "-")
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)
    return folder


# build.py


def test_the_first_run_makes_venv_even_over_a_half_made_one(
    first_run: tuple[Path, Outcome],
) -> None:
    root, outcome = first_run

    steps = ["making .venv", "installing the packages of requirements.lock"]
    assert outcome == (7, ["cli check --x"], steps)
    assert not (root / ".venv/left over").exists()


def test_the_second_run_goes_straight_to_the_build(
    first_run: tuple[Path, Outcome], tmp_path: Path
) -> None:
    root, _ = first_run

    second = run(root / "build.py", cwd=tmp_path)

    assert second == (7, ["cli"], [])


def test_test_hands_its_arguments_to_pytest(
    first_run: tuple[Path, Outcome], tmp_path: Path
) -> None:
    root, _ = first_run
    found = programs(tmp_path / "bin", **{judge.command: "" for judge in JUDGES})
    (found / "javac").unlink()
    (root / "pytest.py").write_text(CLI, "utf-8")

    code, lines, errors = run(root / "build.py", "test", "-x", cwd=tmp_path, path=found)

    processes = (os.cpu_count() or 1) + 1
    assert (code, lines) == (7, [f"cli -n {processes} --dist loadfile -x"])
    assert errors == [
        "judges left out: Java",
        "  hint: type 'python3 build.py doctor'",
        "installing the packages of requirements-test.lock",
    ]


def test_build_py_parses_on_pythons_that_it_refuses() -> None:
    ast.parse((ROOT / "build.py").read_text("ascii"), feature_version=(3, 4))


def test_an_old_python_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))

    with pytest.raises(SystemExit) as refusal:
        runpy.run_path(str(ROOT / "build.py"), run_name="__main__")

    assert refusal.value.code == (
        "Kildefast needs Python 3.11 or newer; this is Python 3.9\n"
        "  hint: call it with a newer one that is installed, such as 'python3.11 build.py'"
    )


def test_test_is_for_a_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run_tests(tmp_path, [])

    says = f"{tmp_path} holds no requirements-test.lock\n  hint: 'test' is for a checkout of Kildefast\n"
    assert (code, capsys.readouterr().err) == (2, says)


# The doctor


def test_doctor_names_what_is_missing_and_changes_nothing(checkout: Path, tmp_path: Path) -> None:
    before = sorted(checkout.rglob("*"))
    found = programs(tmp_path / "bin", apt_get="", sudo="", soffice="")

    code, lines, errors = run("-B", checkout / "build.py", "doctor", cwd=tmp_path, path=found)

    sudo = "" if os.geteuid() == 0 else "sudo "
    install = f"{sudo}apt-get update && {sudo}apt-get install -y"
    assert (code, errors) == (1, [])
    assert "  .venv, up to date           missing   python3 build.py" in lines
    assert "  .venv, up to date for tests missing   python3 build.py test" in lines
    assert "  LibreOffice                 ok" in lines
    assert f"  poppler                     missing   {install} poppler-utils" in lines
    assert lines[-3:] == [
        "elsewhere (untried)",
        "  Windows: use WSL: type 'wsl --install', then in its Ubuntu window the same commands as on Ubuntu",
        '  macOS: brew install pango harfbuzz && export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib"',
    ]
    assert sorted(checkout.rglob("*")) == before


def test_doctor_is_content_with_what_this_test_runs_on(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = checkout / LOCK
    venv = stamped_venv(checkout, lock)
    (venv / "lib/python3.11/site-packages/fontpkg_source_sans_3").mkdir(parents=True)

    code = doctor(checkout)

    build = capsys.readouterr().out.partition("to test")[0].splitlines()[1:]
    assert (code, [line.split()[-1] for line in build]) == (0, ["ok"] * 7)


@pytest.mark.parametrize(
    ("there", "mend"),
    [
        (("npm",), "npm install --global yaml-language-server@1.25.0"),
        (
            ("apt_get",),
            "install Node.js, then type: npm install --global yaml-language-server@1.25.0",
        ),
    ],
)
def test_doctor_says_how_a_judge_from_npm_is_installed(
    checkout: Path, tmp_path: Path, there: Sequence[str], mend: str
) -> None:
    found = programs(tmp_path / "bin", **dict.fromkeys(there, ""))

    _, lines, _ = run("-B", checkout / "build.py", "doctor", cwd=tmp_path, path=found)

    assert f"  YAML language server        missing   {mend}" in lines


# Packages of the system


INSTALL = """
import os, sys
os.geteuid = lambda: int(sys.argv[1])
from reports.machine.setting_up import NotReadyError, install_packages
try:
    install_packages(["liba", "libb"])
except NotReadyError as missing:
    print(missing)
"""


def install_as(uid: int, path: Path) -> list[str]:
    code, lines, errors = run("-c", INSTALL, str(uid), cwd=ROOT, path=path)
    assert code == 0, errors
    return [*errors, *lines]


def test_root_installs_after_an_update_of_the_lists_where_needed(tmp_path: Path) -> None:
    log, lists = tmp_path / "log", tmp_path / "lists"
    script = f"""echo "$DEBIAN_FRONTEND $*" >>"{log}"
case "$*" in *update*) : >"{lists}" ;; esac
[ -e "{lists}" ]"""
    path = programs(tmp_path / "bin", apt_get=script)

    said = install_as(0, path)

    options = "noninteractive -qq -o DPkg::Lock::Timeout=120"
    install = f"{options} install -y --no-install-recommends liba libb"
    assert said == ["installing liba libb with apt-get"]
    assert log.read_text("utf-8").splitlines() == [install, f"{options} update", install]


def test_a_failure_of_apt_get_is_shown_with_the_command(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", apt_get='echo "E: no such package" >&2; exit 100')

    assert install_as(0, path) == [
        "installing liba libb with apt-get",
        "apt-get could not install liba libb:",
        "E: no such package",
        "when that is mended, type",
        "  apt-get update && apt-get install -y liba libb",
    ]


@pytest.mark.parametrize(
    ("there", "command"),
    [
        (("apt_get", "sudo"), "sudo apt-get update && sudo apt-get install -y liba libb"),
        (("apt_get",), "su - -c 'apt-get update && apt-get install -y liba libb'"),
        (("dnf", "sudo"), "dnf install pango harfbuzz   (as root; untried)"),
        (("pacman",), "pacman -S pango harfbuzz   (as root; untried)"),
    ],
)
def test_without_root_or_a_terminal_the_command_to_type_is_said(
    tmp_path: Path, there: Sequence[str], command: str
) -> None:
    path = programs(tmp_path / "bin", **dict.fromkeys(there, "exit 1"))

    assert install_as(1000, path) == ["this machine lacks liba libb; type", f"  {command}"]


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (b"\n", ["-v", "env DEBIAN_FRONTEND=noninteractive apt-get"]),
        (b"ja\n", ["-v", "env DEBIAN_FRONTEND=noninteractive apt-get"]),
        (b"n\n", []),
        (b"\x04", []),
    ],
    ids=["enter", "ja", "n", "end of input"],
)
def test_on_a_terminal_sudo_is_used_after_a_yes(
    tmp_path: Path, answer: bytes, calls: Sequence[str]
) -> None:
    log = tmp_path / "log"
    log.touch()
    path = programs(tmp_path / "bin", apt_get="", sudo=f'echo "$1 $2 $3" >>"{log}"')
    keyboard, terminal = os.openpty()

    os.write(keyboard, answer)
    done = subprocess.run(
        [sys.executable, "-c", INSTALL, "1000"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(path)},
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        check=False,
    )
    said = os.read(keyboard, 1000).decode()
    os.close(keyboard)
    os.close(terminal)

    assert done.returncode == 0
    assert "install liba libb with sudo apt-get? [Y/n]" in said
    assert [line.strip() for line in log.read_text("utf-8").splitlines()] == calls


# .venv and its stamp


def stamped_venv(root: Path, lock: Path) -> Path:
    """A virtual environment without pip that claims to be filled from `lock`."""
    venv = root / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    stamp(venv, lock)
    return venv


def test_a_venv_is_current_until_its_lock_changes(tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    lock.write_text("a==1\n", "utf-8")

    venv = stamped_venv(tmp_path, lock)
    before = is_current(venv, lock)
    lock.write_text("a==2\n", "utf-8")

    assert (before, is_current(venv, lock)) == (True, False)


def test_a_venv_is_not_current_once_its_python_is_another(tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    lock.write_text("a==1\n", "utf-8")

    venv = stamped_venv(tmp_path, lock)
    (venv / "bin/python").unlink()
    (venv / "bin/python").symlink_to("/bin/sh")

    assert not is_current(venv, lock)


def test_a_package_without_a_hash_in_the_lock_is_refused(
    first_run: tuple[Path, Outcome], tmp_path: Path
) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(first_run[0], root, symlinks=True)
    wheel = tmp_path / "wheels/a-1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    (root / LOCK).write_text("a==1\n", "utf-8")

    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent)}
    code, lines, errors = run(root / "build.py", cwd=tmp_path, env=offline)

    assert (code, lines) == (1, [])
    assert errors[0] == "installing the packages of requirements.lock"
    assert any("Hashes are required in --require-hashes mode" in line for line in errors)
    assert errors[-2:] == [
        "pip could not install the packages of requirements.lock",
        "  hint: is there a network? what was fetched is kept for the next try",
    ]
    assert not is_current(root / ".venv", root / LOCK)


# The locks


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {
        LOCK: project["dependencies"],
        TEST_LOCK: project["dependencies"] + project["optional-dependencies"]["test"],
    }

    unmet = [
        f"{lock}: {wanted}"
        for lock, lines in asked.items()
        for wanted in map(Requirement, lines)
        if pins(lock).get(canonicalize_name(wanted.name), "0") not in wanted.specifier
    ]

    assert unmet == []


def test_tests_run_on_the_versions_that_build() -> None:
    assert pins(LOCK).items() <= pins(TEST_LOCK).items()


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK])
def test_a_lock_says_how_it_was_made_and_names_no_machine(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    extra = "--extra test " if lock == TEST_LOCK else ""
    command = f"uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes {extra}-o {lock}"
    assert text.splitlines()[1] == f"#    {command}"
    assert re.findall(r"https?://|--index|--find-links|^.*(?<!\\) /\S+", text) == []


# Judges that are not there


NEEDY = """
def test_one(pdftotext, soffice): pass
def test_two(sources): pass
def test_three(): pass
"""


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_missing_judge_fails_on_ci_and_is_named_elsewhere(tmp_path: Path, ci: str) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "test_needy.py").write_text(NEEDY, "utf-8")
    path = programs(tmp_path / "bin", apt_get="", sudo="")
    environment = {"CI": ci, "KILDEFAST_SOURCES": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}

    options = ("-p", "no:cacheprovider", "--rootdir", str(tmp_path))
    code, lines, _ = run("-m", "pytest", *options, cwd=tmp_path, path=path, env=environment)

    named = [line for line in lines if line.startswith("left out")]
    sudo = "" if os.geteuid() == 0 else "sudo "
    install = f"{sudo}apt-get update && {sudo}apt-get install -y poppler-utils"
    if ci:
        assert (code, named) == (1, [])
        assert "1 passed, 2 errors" in lines[-1]
        assert f"poppler is missing; {install}" in lines
    else:
        assert code == 0
        assert "1 passed, 2 skipped" in lines[-1]
        assert named == [
            "left out: tests that need KILDEFAST_SOURCES (set KILDEFAST_SOURCES to the folder)",
            f"left out: tests that need poppler ({install})",
        ]
