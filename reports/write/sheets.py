"""Style sheets of a page: the theme's tokens filled in, fonts as files or inside the page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reports.fonts import Face, latin_cut
from reports.themes import Theme

_FOLDER = Path(__file__).parent


def page_style(theme: Theme, fonts: Mapping[Face, Path]) -> str:
    """The sheets of a printed page; its fonts are `font:` addresses of files by name."""
    faces = "".join(_face(face, f"font:{file.name}", "truetype") for face, file in fonts.items())
    return f"<style>{faces}{_sheet('print', theme)}{_sheet('pages', theme)}</style>"


def screen_style(theme: Theme, fonts: Mapping[Face, Path]) -> str:
    """The sheets of a page on the web, fonts within; screen rules stand in a sheet apart."""
    faces = "".join(_face(face, _embedded(file), "woff2") for face, file in fonts.items())
    return (
        f"<style>{faces}{_sheet('print', theme)}</style>"
        f'<style media="screen">{_sheet("screen", theme)}</style>'
    )


def _sheet(name: str, theme: Theme) -> str:
    return theme.fill((_FOLDER / f"{name}.css").read_text(encoding="utf-8"))


def _face(face: Face, address: str, kind: str) -> str:
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {style}; src: url({address}) format('{kind}') }}\n"
    )


@cache
def _embedded(file: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(latin_cut(file)).decode()}"
