"""The organisation's mark: a file beside the tokens, judged as it is read.

What an edition says is the document; a logo is look, so it belongs to the theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from reports.pictures import Shown, shown_picture
from reports.problems import Place, Problem, ReportError
from reports.themes.files import theme_file
from reports.yaml import Scalar

_MAX_BYTES = 500_000
_LEAST_PPI = 150  # pixels an inch, below which print is rough to the eye
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_ALT = "logo.alt"


@dataclass(frozen=True)
class Logo:
    """A picture of a media type, in the size in which it stands above the masthead.

    `alts` has its words by language, or under "" for all.  `place` is where they are set.
    """

    data: bytes
    kind: str
    width_mm: float
    height_mm: float
    alts: Mapping[str, str]
    place: Place

    @property
    def is_drawing(self) -> bool:
        """Whether it is an SVG, which Word gets as a picture."""
        return self.kind == _KINDS[".svg"]

    def alt(self, language: str) -> str:
        """The words for those who don't see it; `logo_problems` tells where there are none."""
        return self.alts.get(language, self.alts.get("", ""))


def read_logo(entries: Mapping[str, Scalar], widest_mm: float) -> Logo | None:
    """The logo that a theme's tokens name, None if they name none.

    Raises ReportError for a file that can't be shown in every format, or is wider than the text.
    """
    named = entries.get("logo.file")
    if named is None:
        return None
    height = float(entries["logo.height_mm"].text)
    kind = _KINDS[PurePath(named.text).suffix.lower()]
    data = theme_file(named.text, named.place, _MAX_BYTES)
    if kind == _KINDS[".svg"]:
        from reports.themes.drawing import safe_drawing  # with parsers that few themes need

        drawing = safe_drawing(data, named.file.parent / named.text, height)
        data, width = drawing.data, drawing.width_mm
    else:
        picture = shown_picture(data, named.text, "logo", named.place)
        _check_fineness(picture, named, height)
        data, width = picture.data, picture.width / picture.height * height
    if width > widest_mm:
        what = f"the logo would be {width:.0f} mm wide; the text is {widest_mm:g}"
        raise ReportError(Problem(entries["logo.height_mm"].place, what, "make it lower"))
    alts = {path[len(_ALT) + 1 :]: e.text for path, e in entries.items() if path.startswith(_ALT)}
    place = next(entry.place for path, entry in entries.items() if path.startswith(_ALT))
    return Logo(data, kind, round(width, 2), height, alts, place)


def _check_fineness(picture: Shown, named: Scalar, height_mm: float) -> None:
    """Raise ReportError for a picture that isn't fit for print."""
    ppi = picture.height / height_mm * 25.4
    if ppi < _LEAST_PPI:
        what = f"logo '{named.text}' has {ppi:.0f} pixels an inch; print needs {_LEAST_PPI}"
        raise ReportError(Problem(named.place, what, "take a larger one, or an SVG"))


def logo_problems(logo: Logo | None, language: str) -> Iterator[Problem]:
    """That a logo has no words in the language of an edition."""
    if logo and not logo.alt(language):
        what = f"'{_ALT}' has no '{language}'"
        hint = f"add '{language}: …': what the logo says to those who don't see it"
        yield Problem(logo.place, what, hint)
