"""Charts of a document on a reference: in the colours of our theme, whose meaning was checked.

A chart names colours by their slots in the document's theme (20.1.6.2).  That of a reference has
others, which neither mean countries nor were held against paper; so here each is written out.
"""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from reports.write.docx.charts.drawing import SPACES
from reports.write.docx.package import Draft
from reports.write.docx.theme import COLOURS
from reports.write.docx.xml import serialised

_A = f"{{{SPACES['a']}}}"


def recolour(draft: Draft) -> None:
    """Write the colours and the font of each chart out."""
    face = draft.theme.text("type.chart.word")
    for relation in draft.word.part.rels.values():
        if relation.reltype != RT.CHART:
            continue
        root = etree.fromstring(relation.target_part.blob)
        for colour in root.iter(f"{_A}schemeClr"):
            slot = colour.get("val", "")
            colour.tag = f"{_A}srgbClr"
            colour.set("val", draft.theme.text(COLOURS[slot])[1:])
        for letters in root.iter(f"{_A}latin", f"{_A}cs"):
            letters.set("typeface", face)
        relation.target_part._blob = serialised(root)  # noqa: SLF001 - a part has no other way in
