"""What other programs leave untidy in a Word file, put right: Word forgives it, a check does not.

LibreOffice writes levels of lists out of order and no theme, pandoc bases a style on one that it
left out, python-docx names styles that a template lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.write.docx.xml import RELATIONS, Element, name

_LEVEL = {
    name(tag): place
    for place, tag in enumerate(
        [
            "start",
            "numFmt",
            "lvlRestart",
            "pStyle",
            "isLgl",
            "suff",
            "lvlText",
            "lvlPicBulletId",
            "legacy",
            "lvlJc",
            "pPr",
            "rPr",
        ]
    )
}
_LINKS = ("basedOn", "next", "link")


def mend_styles(styles: Element) -> frozenset[str]:
    """Drop what names a style that isn't there; the ids of those that are."""
    there = frozenset(style.get(name("styleId"), "") for style in styles.iterfind(name("style")))
    links = [link for tag in _LINKS for link in styles.iter(name(tag))]
    _drop(link for link in links if link.get(name("val")) not in there)
    return there


def mend_text(root: Element, there: frozenset[str]) -> None:
    """Leave paragraphs, runs and tables without the style that their file lacks."""
    uses = list(root.iter(name("pStyle"), name("rStyle"), name("tblStyle")))
    _drop(use for use in uses if use.get(name("val")) not in there)


def mend_numbering(numbering: Element, there: frozenset[str]) -> None:
    """Bring the parts of each level into the schema's order (17.9.6)."""
    _drop([link for link in numbering.iter(name("pStyle")) if link.get(name("val")) not in there])
    for level in numbering.iter(name("lvl")):
        level[:] = sorted(level, key=lambda child: _LEVEL.get(str(child.tag), len(_LEVEL)))


def used_keys(root: Element) -> frozenset[str]:
    """The keys of all relations that a part names in its text."""
    return frozenset(
        str(value)
        for element in root.iter("{*}*")
        for key, value in _attributes(element).items()
        if key.startswith(f"{{{RELATIONS}}}")
    )


def _attributes(element: Element) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _drop(elements: Iterable[Element]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
