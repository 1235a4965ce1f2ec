"""Numbers in the XML of a file that others wrote: what is no number counts as not said."""

from __future__ import annotations

from reports.write.docx.xml import Element, name


def whole(element: Element | None, key: str = "val", usual: int = 0) -> int:
    """The whole number in an attribute."""
    return round(number(element, key, usual))


def number(element: Element | None, key: str = "val", usual: float = 0) -> float:
    """The number in an attribute, `usual` where there is none within reason."""
    said = element.get(name(key), "") if element is not None else ""
    try:
        found = float(said)
    except ValueError:
        return usual
    return found if abs(found) < 1e8 else usual
