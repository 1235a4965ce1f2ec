"""To make a machine able to build and test: native libraries, then `.venv` as the lock says.

What a build needs is installed; the judges of the tests are only looked for.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from reports.machine.parts import LIBRARIES, Judge, Library, loader_name
from reports.machine.surroundings import tell
from reports.machine.venv import UNFINISHED, is_current, python_of, stamp

WINDOWS = "use WSL: type 'wsl --install', then in its Ubuntu window the same commands as on Ubuntu"
MACOS = "brew install pango harfbuzz"
MACOS_PATH = 'export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib"'
ELSEWHERE = {  # by package manager, untried; Alpine's names are those of WeasyPrint's manual
    "dnf": "dnf install pango harfbuzz",
    "pacman": "pacman -S pango harfbuzz",
    "apk": "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
}


class NotReadyError(Exception):
    """What this machine lacks and what to type about it, as text for a person."""


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
    if not usable and not can_make_venv():
        packages.append(venv_package())
    if packages:
        install_packages(packages)
    if not usable:
        _make(venv)
    if not current:
        _fill(venv, root / lock)
    return python_of(venv)


def loads(library: Library) -> bool:
    """Whether the dynamic loader finds the library, which takes about a millisecond."""
    try:
        ctypes.CDLL(loader_name(library))
    except OSError:
        return False
    return True


def can_make_venv() -> bool:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    return importlib.util.find_spec("ensurepip") is not None


def venv_package() -> str:
    # Debian and Ubuntu split ensurepip off into a package for each Python version.
    return f"python3.{sys.version_info.minor}-venv"


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, as root or with sudo after a yes on the terminal.

    Raises NotReadyError with the command to type where that is not possible or fails.
    """
    names = " ".join(packages)
    if not shutil.which("apt-get") or not (os.geteuid() == 0 or _may_use_sudo(names)):
        raise NotReadyError(f"this machine lacks {names}; type\n  {install_command(packages)}")
    tell(f"installing {names} with apt-get")
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


def _has_pip(venv: Path) -> bool:
    """Whether `venv` can be installed into: whole, and its Python not replaced by another."""
    if (venv / UNFINISHED).exists() or not python_of(venv).exists():
        return False
    command = [str(python_of(venv)), "-I", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fill(venv: Path, lock: Path) -> None:
    tell(f"installing the packages of {lock.name}")
    (venv / UNFINISHED).touch()
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    command = [str(python_of(venv)), "-I", "-m", "pip", "install", *options, "-r", str(lock)]
    environment = {**os.environ, "PIP_USER": "0"}  # a user's pip.conf may say otherwise
    code = subprocess.run(command, env=environment, check=False).returncode
    if code >= 0:  # pip undoes what it can't finish, unless a signal ends it
        (venv / UNFINISHED).unlink()
    if code != 0:
        again = "is there a network? what was fetched is kept for the next try"
        raise NotReadyError(f"pip could not install the packages of {lock.name}\n  hint: {again}")
    stamp(venv, lock)


def _make(venv: Path) -> None:
    tell("making .venv")
    place = venv.resolve()  # it may be a link to a larger disk
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / UNFINISHED).touch()
    command = [sys.executable, "-I", "-m", "venv", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(place, ignore_errors=True)
        raise NotReadyError(f"python could not make .venv:\n{(done.stdout + done.stderr).strip()}")
