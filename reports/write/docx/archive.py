"""The package as a ZIP file: an empty one to start from, and the finished one with fixed bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from lxml import etree

from reports.write.docx.xml import MAIN, RELATIONS, Element, name, plain, serialised, w

_CLOCK = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP entry can bear
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DEFAULTS = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}  # by the end of a file's name
_PARTS = {  # what a text stands with: its type and relationship
    "styles.xml": (CT.WML_STYLES, RT.STYLES),
    "numbering.xml": (CT.WML_NUMBERING, RT.NUMBERING),
    "settings.xml": (CT.WML_SETTINGS, RT.SETTINGS),
}


@cache
def template() -> bytes:
    """An empty document with its parts in place."""
    types = {f"/word/{file}": kind for file, (kind, _) in _PARTS.items()}
    return zipped({
        "[Content_Types].xml": types_of({"/word/document.xml": CT.WML_DOCUMENT_MAIN, **types}),
        "_rels/.rels": _relations({"word/document.xml": RT.OFFICE_DOCUMENT}),
        "word/_rels/document.xml.rels": _relations({file: of for file, (_, of) in _PARTS.items()}),
        "word/document.xml": serialised(_empty_text()),
        "word/styles.xml": serialised(w("styles")),
        "word/numbering.xml": serialised(w("numbering")),
        "word/settings.xml": serialised(w("settings")),
    })  # fmt: skip


def _empty_text() -> Element:
    # Without a prefix of its own, what a relation is called hangs on what lxml met before.
    root = etree.Element(name("document"), nsmap={"w": MAIN, "r": RELATIONS})
    root.append(w("body", w("sectPr")))
    return root


def packed(package: OpcPackage) -> bytes:
    """The file of a package, the same bytes for the same parts, whatever the clock says."""
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    types = {str(part.partname): part.content_type for part in parts}
    entries = {CONTENT_TYPES_URI[1:]: types_of(types), PACKAGE_URI.rels_uri[1:]: package.rels.xml}
    for part in parts:
        entries[part.partname.membername] = part.blob
        if len(part.rels):
            entries[part.partname.rels_uri.membername] = part.rels.xml
    return zipped(entries)


def types_of(types: Mapping[str, str]) -> bytes:
    """The types of parts: by the end of the file's name, or by file where the end is "xml"."""
    ends = {file.rsplit(".", 1)[-1]: kind for file, kind in types.items()}
    root = plain(_TYPES, "Types")
    for end, kind in sorted({**ends, **_DEFAULTS}.items()):
        root.append(plain(_TYPES, "Default", Extension=end, ContentType=kind))
    for file, kind in sorted(types.items()):
        if file.endswith(".xml") and kind != CT.XML:
            root.append(plain(_TYPES, "Override", PartName=file, ContentType=kind))
    return serialised(root)


def _relations(targets: Mapping[str, str]) -> bytes:
    root = plain(_RELATIONS, "Relationships")
    for number, (target, kind) in enumerate(targets.items(), start=1):
        known = {"Id": f"rId{number}", "Type": kind, "Target": target}
        root.append(plain(_RELATIONS, "Relationship", **known))
    return serialised(root)


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """The entries as a ZIP file, in their order, with one and the same time."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for member, data in entries.items():
            entry = zipfile.ZipInfo(member, _CLOCK)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return file.getvalue()
