"""To make a machine able to build and test: native libraries, then `.venv` as the lock says.

Standard library only, and nothing of `reports`: this runs under the system's own Python before
`.venv` exists.  What a build needs is installed; the judges of the tests are only looked for.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# For pytest-xdist: one process more than cores, as each waits at times for a judge to start.
ON_ALL_CORES = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile")
STOOD_IN = "KILDEFAST_STOOD_IN"  # the folder that the user's own paths start from
UNFINISHED = "unfinished"  # this file in .venv says that making or filling it was interrupted

WINDOWS = "use WSL: type 'wsl --install', then in its Ubuntu window the same commands as on Ubuntu"
MACOS = "brew install pango harfbuzz"
MACOS_PATH = 'export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib"'
ELSEWHERE = {  # by package manager, untried; Alpine's names are those of WeasyPrint's manual
    "dnf": "dnf install pango harfbuzz",
    "pacman": "pacman -S pango harfbuzz",
    "apk": "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
}


class Library(NamedTuple):
    """A native library that WeasyPrint loads, and the Debian package that brings it."""

    title: str
    stem: str
    package: str


class Judge(NamedTuple):
    """A program that only tests need, and the package that brings it: Debian's, or npm's."""

    title: str
    command: str
    package: str
    from_npm: bool = False


class Item(NamedTuple):
    """One line of `doctor`: what it is, whether it is there, and what to type if not."""

    title: str
    present: bool
    mend: str


LIBRARIES = (
    Library("Pango", "pango-1.0", "libpango-1.0-0"),
    Library("Pango for FreeType", "pangoft2-1.0", "libpangoft2-1.0-0"),
    # Without it WeasyPrint subsets in Python: half as slow again, and the bytes carry the clock.
    Library("HarfBuzz subset", "harfbuzz-subset", "libharfbuzz-subset0"),
)
JUDGES = (
    Judge("LibreOffice", "soffice", "libreoffice-writer-nogui"),
    Judge("Java", "javac", "default-jdk-headless"),
    Judge("Chromium", "chromium", "chromium"),
    Judge("poppler", "pdftotext", "poppler-utils"),
    Judge("Apache", "apache2", "apache2-bin"),  # a server to deliver to, not installed as one
    Judge(
        "YAML language server",
        "yaml-language-server",
        "yaml-language-server@1.25.0",  # 2.0 needs Node.js 22, and Debian 12 has 18
        from_npm=True,
    ),
    Judge("axe-core, Nu HTML checker", "vnu", "axe-core@4.14.1 vnu-jar@26.9.27", from_npm=True),
)


class NotReadyError(Exception):
    """What this machine lacks and what to type about it, as text for a person."""


def main(root: Path, arguments: Sequence[str]) -> int:
    """Run the command line of the checkout in `root`; the exit code, if that returns at all."""
    match arguments:
        case ["doctor"]:
            return doctor(root)
        case ["test", *given]:
            return run_tests(root, given)
        case _:
            os.environ[STOOD_IN] = str(Path.cwd())
            return _run(root, LOCK, ["reports.cli", *arguments])


def run_tests(root: Path, arguments: Sequence[str]) -> int:
    """Become pytest with `arguments`; returns, with an exit code, only if that can't be.

    Packages from PyPI are installed first, judges never: outside CI the missing ones are named,
    on CI the tests that need them fail.
    """
    if not (root / TEST_LOCK).exists():
        _say(f"{root} holds no {TEST_LOCK}\n  hint: 'test' is for a checkout of Kildefast")
        return 2
    absent = [judge.title for judge in JUDGES if not shutil.which(judge.command)]
    if absent and not on_ci():
        _say(f"judges left out: {', '.join(absent)}\n  hint: type 'python3 build.py doctor'")
    return _run(root, TEST_LOCK, ["pytest", *ON_ALL_CORES, *arguments])


def stood_in() -> Path:
    """The folder that the user typed a command in, which `build.py` leaves for the checkout."""
    return Path(os.environ.get(STOOD_IN, "")).absolute()


def on_ci() -> bool:
    """Whether this is a continuous integration run, where no judge may be missing."""
    return os.environ.get("CI", "").lower() in {"true", "1"}


def _run(root: Path, lock: str, arguments: Sequence[str]) -> int:
    """Become `python -m ARGUMENTS` of a ready `.venv`, in `root`; or say what it takes."""
    try:
        python = prepare(root, lock)
    except NotReadyError as missing:
        _say(str(missing))
        return 1
    except OSError as error:  # a folder that may not be written to, say
        _say(f"{error.filename}: {error.strerror}")
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(root)
    return os.execv(python, [str(python), "-m", *arguments])  # so exit code and signals pass


# The native libraries and the system's package manager


def prepare(root: Path, lock: str) -> Path:
    """Return the interpreter of `.venv` in `root`, with the packages of `lock` in it.

    A machine that is ready is left alone.  Raises NotReadyError with what to type where
    something is missing that can't be installed from here.
    """
    if sys.platform == "win32":
        raise NotReadyError(f"Windows itself is not supported\n  hint: {WINDOWS} (untried)")
    venv = root / ".venv"
    current = is_current(venv, root / lock)
    usable = current or _has_pip(venv)
    packages = [library.package for library in LIBRARIES if not loads(library)]
    if not usable and not _can_make_venv():
        packages.append(_venv_package())
    if packages:
        install_packages(packages)
    if not usable:
        _make(venv)
    if not current:
        _fill(venv, root / lock)
    return _python(venv)


def loads(library: Library) -> bool:
    """Whether the dynamic loader finds the library, which takes about a millisecond."""
    form = "lib{}.0.dylib" if sys.platform == "darwin" else "lib{}.so.0"
    try:
        ctypes.CDLL(form.format(library.stem))
    except OSError:
        return False
    return True


def _can_make_venv() -> bool:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    return importlib.util.find_spec("ensurepip") is not None


def _venv_package() -> str:
    # Debian and Ubuntu split ensurepip off into a package for each Python version.
    return f"python3.{sys.version_info.minor}-venv"


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, as root or with sudo after a yes on the terminal.

    Raises NotReadyError with the command to type where that is not possible or fails.
    """
    names = " ".join(packages)
    if not shutil.which("apt-get") or not (os.geteuid() == 0 or _may_use_sudo(names)):
        raise NotReadyError(f"this machine lacks {names}; type\n  {install_command(packages)}")
    _say(f"installing {names} with apt-get")
    install = ("install", "-y", "--no-install-recommends", *packages)
    done = _apt_get(*install)
    if done.returncode != 0:  # as on a new machine, whose package lists are empty
        _apt_get("update")
        done = _apt_get(*install)
    if done.returncode != 0:
        raise NotReadyError(
            f"apt-get could not install {names}:\n{done.stderr.strip()}\n"
            f"when that is mended, type\n  {install_command(packages)}"
        )


def install_command(packages: Sequence[str]) -> str:
    """The command that a person types to install Debian packages, or their like elsewhere."""
    if sys.platform == "darwin":
        return f"{MACOS} && {MACOS_PATH}   (untried)"
    if not shutil.which("apt-get"):
        known = [command for manager, command in ELSEWHERE.items() if shutil.which(manager)]
        return f"{' or '.join(known or ELSEWHERE.values())}   (as root; untried)"
    sudo = "sudo " if os.geteuid() != 0 and shutil.which("sudo") else ""
    command = f"{sudo}apt-get update && {sudo}apt-get install -y {' '.join(packages)}"
    return command if sudo or os.geteuid() == 0 else f"su - -c '{command}'"


def judge_command(judge: Judge) -> str:
    """What a person types to install a judge; only its name in Debian or npm is known."""
    if judge.from_npm and shutil.which("npm"):
        return f"npm install --global {judge.package}"
    if judge.from_npm:
        return f"install Node.js, then type: npm install --global {judge.package}"
    if shutil.which("apt-get"):
        return install_command([judge.package])
    return f"install {judge.title} as this system does it (untried)"


def _may_use_sudo(names: str) -> bool:
    if not (shutil.which("sudo") and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"install {names} with sudo apt-get? [Y/n] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    agreed = answer.lower() in {"\n", "y\n", "yes\n", "j\n", "ja\n"}  # the end of input is a no
    return agreed and subprocess.run(["sudo", "-v"], check=False).returncode == 0


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    sudo = () if os.geteuid() == 0 else ("sudo",)
    options = ("-qq", "-o", "DPkg::Lock::Timeout=120")  # a new Ubuntu updates itself meanwhile
    command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *arguments]
    nothing = subprocess.DEVNULL
    return subprocess.run(command, stdin=nothing, capture_output=True, text=True, check=False)


# The virtual environment


def is_current(venv: Path, lock: Path) -> bool:
    """Whether `venv` was filled from this very lock and its Python is still the same one."""
    file = _stamp_file(venv, lock)
    whole = file.exists() and not (venv / UNFINISHED).exists()
    return whole and file.read_text("utf-8") == _stamp_text(venv, lock)


def stamp(venv: Path, lock: Path) -> None:
    """Let `venv` say that it holds what `lock` asks for, and any lock that asks for less."""
    held = _pins(lock)
    for other in lock.parent.glob("requirements*.lock"):
        if other == lock or (_pins(other) and _pins(other) <= held):
            _stamp_file(venv, other).write_text(_stamp_text(venv, other), "utf-8")


def _pins(lock: Path) -> set[str]:
    """The packages of a lock with their versions, such as "jinja2==3.1.6"."""
    lines = lock.read_text("utf-8").splitlines()
    return {line.split()[0] for line in lines if "==" in line.partition(" ")[0]}


def _stamp_file(venv: Path, lock: Path) -> Path:
    return venv / f"installed-{lock.name}"


def _stamp_text(venv: Path, lock: Path) -> str:
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{digest} {_python(venv).resolve()}\n"


def _python(venv: Path) -> Path:
    return venv / "bin" / "python"


def _has_pip(venv: Path) -> bool:
    """Whether `venv` can be installed into: whole, and its Python not replaced by another."""
    if (venv / UNFINISHED).exists() or not _python(venv).exists():
        return False
    command = [str(_python(venv)), "-I", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fill(venv: Path, lock: Path) -> None:
    _say(f"installing the packages of {lock.name}")
    (venv / UNFINISHED).touch()
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    command = [str(_python(venv)), "-I", "-m", "pip", "install", *options, "-r", str(lock)]
    environment = {**os.environ, "PIP_USER": "0"}  # a user's pip.conf may say otherwise
    code = subprocess.run(command, env=environment, check=False).returncode
    if code >= 0:  # pip undoes what it can't finish, unless a signal ends it
        (venv / UNFINISHED).unlink()
    if code != 0:
        again = "is there a network? what was fetched is kept for the next try"
        raise NotReadyError(f"pip could not install the packages of {lock.name}\n  hint: {again}")
    stamp(venv, lock)


def _make(venv: Path) -> None:
    _say("making .venv")
    place = venv.resolve()  # it may be a link to a larger disk
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / UNFINISHED).touch()
    command = [sys.executable, "-I", "-m", "venv", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(place, ignore_errors=True)
        raise NotReadyError(f"python could not make .venv:\n{(done.stdout + done.stderr).strip()}")


# The doctor


def doctor(root: Path) -> int:
    """Print what is there, what is missing and what to type; 0 if a build has what it needs."""
    build = list(_build_items(root))
    lines = ["to build", *_table(build), "to test", *_table(_test_items(root))]
    lines += ["elsewhere (untried)", f"  Windows: {WINDOWS}", f"  macOS: {MACOS} && {MACOS_PATH}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(item.present for item in build) else 1


def _build_items(root: Path) -> Iterator[Item]:
    yield Item(f"Python 3.{sys.version_info.minor}", present=True, mend="")
    venv = root / ".venv"
    current = (root / LOCK).exists() and is_current(venv, root / LOCK)
    yield Item("venv module", current or _can_make_venv(), install_command([_venv_package()]))
    for library in LIBRARIES:
        yield Item(library.title, loads(library), install_command([library.package]))
    if (root / LOCK).exists():
        faces = any(venv.glob("lib/python3*/site-packages/fontpkg_source_*"))
        yield Item(".venv, up to date", current, "python3 build.py")
        yield Item("typefaces in .venv", faces, "python3 build.py")
    else:  # a workspace, worked on with the installed command
        there = all(importlib.util.find_spec(name) for name in ("weasyprint", "fontpkg"))
        yield Item("packages", there, "pip install .   (in a checkout of Kildefast)")


def _test_items(root: Path) -> Iterator[Item]:
    if (root / TEST_LOCK).exists():
        current = is_current(root / ".venv", root / TEST_LOCK)
        yield Item(".venv, up to date for tests", current, "python3 build.py test")
    for judge in JUDGES:
        there = shutil.which(judge.command) is not None
        yield Item(judge.title, there, judge_command(judge))


def _table(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        state = "ok" if item.present else f"missing   {item.mend}"
        yield f"  {item.title:<28}{state}"


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
