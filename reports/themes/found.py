"""The themes of a workspace by name: its own, and those that come with the tool."""

from __future__ import annotations

from pathlib import Path

BUILT_IN = Path(__file__).parent / "built_in"


def theme_files(folder: Path) -> dict[str, Path]:
    """The token files of the themes in a folder and of the built-in ones, by name.

    A theme of the folder stands for a built-in one of the same name.
    """
    files = [*BUILT_IN.glob("*/tokens.yaml"), *folder.glob("*/tokens.yaml")]  # the last one counts
    found = {file.parent.name: file for file in files}
    return dict(sorted(found.items()))


def base_files(folder: Path, above: tuple[Path, ...]) -> dict[str, Path]:
    """The themes that one can build on; one that stands for a built-in theme can build on that."""
    built_in = {file.parent.name: file for file in BUILT_IN.glob("*/tokens.yaml")}
    own = theme_files(folder)
    return {name: built_in.get(name, file) if file in above else file for name, file in own.items()}
