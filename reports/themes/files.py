"""Files that lie beside a theme's tokens: logo, fonts, additions to the style sheets."""

from __future__ import annotations

from reports.files import read_limited
from reports.problems import Place, Problem, ReportError, suggest


def theme_file(name: str, place: Place, most: int) -> bytes:
    """What the file of that name in the folder of `place.file` holds, at most `most` bytes.

    Raises ReportError at `place`, the token that names it, if there is no such file, if it
    lies elsewhere and only a link is here, or if it is larger.
    """
    folder = place.file.parent
    file = folder / name
    if not file.is_file():
        like = [
            each.name for each in folder.iterdir() if each.suffix.lower() == file.suffix.lower()
        ]
        what = f"no file '{name}' in the theme's folder"
        raise ReportError(Problem(place, what, suggest(name, like)))
    if file.resolve().parent != folder.resolve():
        what = f"'{name}' is a link to a file outside the theme's folder"
        raise ReportError(Problem(place, what, "put the file itself there"))
    return read_limited(file, most, place)
