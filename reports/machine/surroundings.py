"""What is around a run: where its user stands, whether it is on CI, and where it speaks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

STOOD_IN = "KILDEFAST_STOOD_IN"  # the folder that the user's own paths start from


def stood_in() -> Path:
    """The folder that the user typed a command in, which `build.py` leaves for the checkout."""
    return Path(os.environ.get(STOOD_IN, "")).absolute()


def on_ci() -> bool:
    """Whether this is a continuous integration run, where no judge may be missing."""
    return os.environ.get("CI", "").lower() in {"true", "1"}


def tell(line: str) -> None:
    """Tell a person on standard error."""
    sys.stderr.write(f"{line}\n")
