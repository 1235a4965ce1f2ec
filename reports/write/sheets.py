"""Style sheets of a page: the theme's tokens filled in, fonts as files or inside the page.

A page on the web has one for the browser's own printing, two for screens, and one for screens
that ask for a dark page.  They share the look of `print.css`.  What a theme adds comes last: all
of it on paper and wide screens, its colours alone on narrow ones, both as `dark` on dark ones.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from reports.fonts import Face, latin_cut
from reports.themes import LAYOUTS, Theme

_FOLDER = Path(__file__).parent
_LENGTH = re.compile(r"(?<![\w#.-])(-?\d*\.?\d+)(pt|mm)\b")
# On screens a point is a tenth of the text size that the reader has chosen, so the body is a
# little larger than that, and the smallest notes are still legible.
_REM = {"pt": 0.1, "mm": 0.1 * 72 / 25.4}
_COLOUR = re.compile(r"token\((colours\.[a-z0-9_]+)\)")
_COLOURED, _RULED = "(background-)?color", "border"  # names of CSS
_WIDE, _NARROW = "screen and (min-width: 44.01rem)", "screen and (max-width: 44rem)"
_DARK = "(prefers-color-scheme: dark)"
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
    added = theme.fill(_added(theme))
    look = f"{_paper(theme)}{_sheet('pages', theme)}{added}"
    return f"<style>{faces}</style><style>{look}</style>"


def screen_style(theme: Theme, fonts: Mapping[Face, Path]) -> str:
    """The sheets of a page on the web and its script, fonts within.

    The browser is told to fetch nothing and to run no other script.
    """
    faces = "".join(_face(face, _embedded(file), "woff2") for face, file in fonts.items())
    script = (_FOLDER / "screen.js").read_text(encoding="utf-8")
    # A hash in the policy would do, but the Nu checker hashes the end of a long script only.
    nonce = sha256(script.encode()).hexdigest()[:16]
    policy = "; ".join((*_ALLOWED, f"script-src 'nonce-{nonce}'"))
    paper, added = _paper(theme), theme.fill(_added(theme))
    colours, rules = (
        theme.fill(_darkened(_added(theme, each), theme)) for each in (_COLOURED, _RULED)
    )
    sheets = {
        "all": faces,
        "print": paper + _sheet("paper", theme) + added,
        "screen": _in_rem(paper + _sheet("screen", theme)),
        _WIDE: _in_rem(added),
        _NARROW: theme.fill(_added(theme, _COLOURED)),
        f"screen and {_DARK}": _sheet("dark", theme) + colours,
        f"{_WIDE} and {_DARK}": _in_rem(rules),
    }
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="color-scheme" content="light dark">'
        + "".join(
            f'<style media="{media}">{sheet}</style>' for media, sheet in sheets.items() if sheet
        )
        + f'<script type="module" nonce="{nonce}">{script}</script>'
    )


def _paper(theme: Theme) -> str:
    return _sheet("print", theme) + (_sheet("logo", theme) if theme.logo else "")


def _added(theme: Theme, names: str = "") -> str:
    """The rules that a theme adds; where a pattern of names is given, only what they set.

    The root in each selector makes it count for more than the rule of ours that it changes.
    """
    rules = []
    for look in theme.looks:
        sets = [f"{name}: {value}" for name, value in look.sets if re.match(names, name)]
        if sets:
            rules.append(f"{', '.join(map(_rooted, look.selectors))} {{ {'; '.join(sets)} }}\n")
    return "".join(rules)


def _rooted(selector: str) -> str:
    start = ":root body" if selector.startswith(LAYOUTS) else ":root body "
    return start + selector


def _darkened(sheet: str, theme: Theme) -> str:
    """The same looks in the colours that stand for theirs on a dark page."""
    twins = {"colours.hair": "dark.rule"}
    twins |= {f"colours.{name}": f"dark.{name}" for name in theme.below("dark")}
    return _COLOUR.sub(lambda found: f"token({twins.get(found[1], found[1])})", sheet)


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
