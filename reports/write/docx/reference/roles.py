"""Our roles to styles: what each is called by Word, and by us where we lend one.

A demanded role must be in the reference, by its name there or by Word's own.  All others are
lent where they are missing: styles of ours, on the reference's own body text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEMANDED = ("title", "heading-1", "heading-2", "body")


@dataclass(frozen=True)
class Role:
    """The styles that the writer sets a role in, and Word's names for it, the likeliest first."""

    ours: tuple[str, ...]
    words: tuple[str, ...] = ()


def _kf(*styles: str) -> Role:
    return Role(tuple(f"KF {style}" for style in styles))


OURS: Mapping[str, Role] = MappingProxyType({
    "title": Role(("Title",), ("Title",)),
    "lead": Role(("Subtitle",), ("Subtitle",)),
    "heading-1": Role(("heading 1",), ("heading 1",)),
    "heading-2": Role(("heading 2",), ("heading 2",)),
    "body": Role(("Body Text",), ("Body Text", "Normal")),
    "quote": Role(("Quote",), ("Quote",)),
    "quote-source": _kf("Sitat kilde"),
    "caption": Role(("caption",), ("caption",)),
    "caption-base": _kf("Grunnlag"),
    "figure": _kf("Figur"),
    "picture": _kf("Bilde"),
    **{
        f"{role}{level}": Role((f"{style}{level.replace('-', ' ')}",), (f"{style}{level.replace('-', ' ')}".lower(),))
        for role, style in (("bullet-list", "List Bullet"), ("numbered-list", "List Number"))
        for level in ("", "-2", "-3")
    },
    "definition": _kf("Definisjon"),
    "key-figure": _kf("Nøkkeltall", "Nøkkeltall etter ramme"),
    "callout-summary": _kf("Sammendrag tekst"),
    "callout-decision": _kf("Beslutning tekst"),
    "callout-caveat": _kf("Forbehold tekst"),
    "assessment": _kf("Vurdering tekst"),
    "table-text": _kf("Tabell tekst", "Tabell mangler"),
    "table-head": _kf("Tabell hode", "Tabell tallhode"),
    "table-number": _kf("Tabell tall"),
    "contents-title": Role(("TOC Heading",), ("TOC Heading",)),
    "contents": Role(("toc 1",), ("toc 1",)),
    "note": _kf("Note"),
    "remark": _kf("Merknad"),
    "source": _kf("Kilde"),
    "colophon": _kf("Laget"),
    "footnote": Role(("footnote text",), ("footnote text",)),
    "footnote-mark": Role(("footnote reference",), ("footnote reference",)),
    "bibliography": Role(("Bibliography",), ("Bibliography",)),
    "kind": _kf("Dokumenttype"),
    "strong": Role(("Strong",), ("Strong",)),
    "emphasis": Role(("Emphasis",), ("Emphasis",)),
    "strong-emphasis": Role(("Intense Emphasis",)),
    "link": Role(("Hyperlink",), ("Hyperlink",)),
    "code": _kf("Kode"),
    "term": _kf("Begrep"),
    "label": _kf("Etikett", "Boksetikett"),
    "note-mark": _kf("Notemerke"),
    "source-mark": _kf("Kildemerke"),
    "table": _kf("Tabell"),
    "notes-table": _kf("Noter"),
    "meta-table": _kf("Meta"),
})  # fmt: skip
