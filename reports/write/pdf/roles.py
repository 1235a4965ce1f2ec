"""Elements of HTML to the standard structure types of a tagged PDF (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

import json
from typing import Any

FACT = "fact"  # the names of properties
FORM = "form"
SVG = "{http://www.w3.org/2000/svg}"

# "" where an element adds nothing that a reader would be told: its parent takes what it holds.
_ROLES = {
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dd": "LBody",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "Caption",
    "figure": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "img": "Figure",
    "ol": "L",
    "p": "P",
    "summary": "P",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    f"{SVG}svg": "Figure",
}
_NUMBERINGS = {"ul": "/Disc", "ol": "/Decimal"}


def roles(element: Any, parents: dict[Any, Any]) -> tuple[str, ...]:
    """The structure types that an element becomes, outermost first; empty for none."""
    parent = parents.get(element)
    match element.tag:
        case "a" if (element.get("href") or "").startswith("#"):
            return ("Reference", "Link")
        case "a":
            return ("Link",)
        case "ol" if _within_contents(element, parents):
            return ("TOC",)
        case "li" if _within_contents(element, parents):
            return ("TOCI",)
        case "li" if parent is not None and parent.get("class") == "notes":
            return ("LI", "LBody", "Note")
        case "li":
            return ("LI", "LBody")
        case "section" if "box" in (element.get("class") or ""):
            return ("Sect",)
        case "div" if element.get("class") == "entry":
            return ("LI",)
        case "footer" if parent is not None and parent.tag == "blockquote":
            return ("P",)
        case "span" if is_label(element, parents):
            return ("Lbl",)
        case "em" | "span" | "strong" if element.get("lang") or element.get("data-fact"):
            return ("Span",)
        case tag:
            return (_ROLES[tag],) if tag in _ROLES else ()


def is_label(element: Any, parents: dict[Any, Any]) -> bool:
    """Whether an element is the number of a note, or the letter of a source, in its list."""
    parent = parents.get(element)
    return element.get("class") == "no" and parent is not None and parent.tag == "li"


def _within_contents(element: Any, parents: dict[Any, Any]) -> bool:
    above = parents.get(element)
    while above is not None and above.tag in ("ol", "li"):
        above = parents.get(above)
    return above is not None and above.tag == "nav"


def attributes(element: Any, role: str) -> dict[str, str | int]:
    """What a reader is told of an element of that type beside its words; "O" is the owner."""
    match role:
        case "TH":
            scope = "/Row" if element.get("scope") == "row" else "/Column"
            return {"O": "/Table", "Scope": scope, **_spans(element)}
        case "TD":
            spans = _spans(element)
            return {"O": "/Table", **spans} if spans else {}
        case "L" if element.get("class") == "sources":
            return {"O": "/List", "ListNumbering": "/UpperAlpha"}
        case "L" if element.tag in _NUMBERINGS:
            return {"O": "/List", "ListNumbering": _NUMBERINGS[element.tag]}
        case _:
            return {}


def properties(element: Any) -> tuple[dict[str, str], ...]:
    """What programs are told of an element: the facts whose words it holds, and their forms.

    "N" is the name of a property and "V" its value (ISO 32000-1, table 328).  A note mark has
    the form "cite"; a chart tells of each of its facts, and as "F" the words that it draws.
    """
    if element.get("data-fact"):
        return _fact(element.get("data-fact"), element.get("data-form"))
    if element.tag == "a" and element.get("class") == "m":
        return _fact(element.get("href").removeprefix("#fact-"), "cite")
    drawn = json.loads(element.get("data-drawn", "[]"))
    return tuple({"N": FACT, "V": fact, "F": words} for fact, words in drawn)


def _fact(fact: str, form: str) -> tuple[dict[str, str], ...]:
    return ({"N": FACT, "V": fact}, {"N": FORM, "V": form})


def _spans(element: Any) -> dict[str, str | int]:
    found = (("ColSpan", element.get("colspan")), ("RowSpan", element.get("rowspan")))
    return {name: int(value) for name, value in found if value and int(value) > 1}


def alternative(element: Any) -> str:
    """The words for a picture: the title of an SVG, the alt text of an image."""
    if element.tag == f"{SVG}svg":
        return str(element.findtext(f"{SVG}title") or "")
    return str(element.get("alt") or "")
