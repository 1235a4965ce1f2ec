"""Files written whole: a reader sees the old one or the new one, never a part."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reports.problems import Place, Problem, ReportError


def replace_file(file: Path, data: bytes) -> None:
    """Write the file whole: a reader sees the old one or the new one, never a part.

    Raises ReportError at the file if it can't be written.
    """
    new: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        new = Path(name)
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        new.chmod(0o644)
        new.replace(file)
    except OSError as error:
        if new:
            new.unlink(missing_ok=True)
        what = f"can't be written: {(error.strerror or str(error)).lower()}"
        hint = "close the program that holds it open, or choose another folder with --out"
        raise ReportError(Problem(Place(file), what, hint)) from None
