"""Style sheets of a page: the theme's tokens filled in, fonts as files or inside the page.

A page on the web has four: one for the browser's own printing, two for screens, and one for
screens that ask for a dark page.  They share the look of `print.css`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from reports.fonts import Face, latin_cut
from reports.themes import Theme

_FOLDER = Path(__file__).parent
_LENGTH = re.compile(r"(?<![\w#.-])(-?\d*\.?\d+)(pt|mm)\b")
# On screens a point is a tenth of the text size that the reader has chosen, so the body is a
# little larger than that, and the smallest notes are still legible.
_REM = {"pt": 0.1, "mm": 0.1 * 72 / 25.4}
_ALLOWED = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "font-src data:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)


def page_style(theme: Theme, fonts: Mapping[Face, Path]) -> str:
    """The sheets of a printed page; its fonts are `font:` addresses of files by name."""
    faces = "".join(_face(face, f"font:{file.name}", "truetype") for face, file in fonts.items())
    return f"<style>{faces}{_sheet('print', theme)}{_sheet('pages', theme)}</style>"


def screen_style(theme: Theme, fonts: Mapping[Face, Path]) -> str:
    """The sheets of a page on the web and its script, fonts within.

    The browser is told to fetch nothing and to run no other script.
    """
    faces = "".join(_face(face, _embedded(file), "woff2") for face, file in fonts.items())
    script = (_FOLDER / "screen.js").read_text(encoding="utf-8")
    # A hash in the policy would do, but the Nu checker hashes the end of a long script only.
    nonce = sha256(script.encode()).hexdigest()[:16]
    policy = "; ".join((*_ALLOWED, f"script-src 'nonce-{nonce}'"))
    paper = _sheet("print", theme)
    sheets = {
        "all": faces,
        "print": paper + _sheet("paper", theme),
        "screen": _in_rem(paper + _sheet("screen", theme)),
        "screen and (prefers-color-scheme: dark)": _sheet("dark", theme),
    }
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="color-scheme" content="light dark">'
        + "".join(f'<style media="{media}">{sheet}</style>' for media, sheet in sheets.items())
        + f'<script type="module" nonce="{nonce}">{script}</script>'
    )


def _in_rem(sheet: str) -> str:
    """The sheet with its lengths on paper as lengths that follow the reader's text size."""
    return _LENGTH.sub(lambda found: f"{float(found[1]) * _REM[found[2]]:.4g}rem", sheet)


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
