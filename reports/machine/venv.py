"""The virtual environment: whether it holds what a lock asks for."""

from __future__ import annotations

import hashlib
from pathlib import Path

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
UNFINISHED = "unfinished"  # this file in .venv says that making or filling it was interrupted


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
    return f"{digest} {python_of(venv).resolve()}\n"


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"
