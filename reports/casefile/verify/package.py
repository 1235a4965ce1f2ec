"""A Word file as a package: whether it can be opened safely, and its parts.

What could harm a reader is refused before anything is unpacked: a package that swells, parts
outside it, macros and embedded programs, and anything fetched from elsewhere but by a click on a
link (ECMA-376 part 2; CVE-2021-40444 came through a relationship).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from reports.problems import Place, Problem, ReportError, raise_if_fatal

MOST_UNPACKED = 200_000_000  # bytes; the largest of our own has three
_MOST_PARTS = 5000
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "[Content_Types].xml"
_HYPERLINK = "/hyperlink"
_TAKEN_IN = ("/aFChunk", "/subDocument")  # files that Word shows in the midst of the text
_HARMFUL = ("vbaproject.bin", "vbadata.xml", "activex", "oleobject")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,  # a part with a password
    OSError,
    ValueError,
)


@dataclass(frozen=True)
class Package:
    """The parts of a package by their names, as the package calls them."""

    file: Path
    parts: dict[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, None where there is no such part.

        Raises ReportError at the file if the part isn't plain XML.
        """
        data = self.parts.get(name)
        return None if data is None else plain_xml(data, Place(self.file), f"'{name}'")


def open_package(file: Path) -> Package:
    """The package that the file holds, unpacked.

    Raises ReportError at the file with all that makes it unsafe, or with what is damaged in it.
    """
    place = Place(file)
    try:
        with zipfile.ZipFile(file) as archive:
            raise_if_fatal(_shape_problems(archive, place))
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except _DAMAGE as error:
        what = f"is no Word file, or a damaged one: {_short(error)}"
        raise ReportError(Problem(place, what)) from None
    package = Package(file, parts)
    raise_if_fatal(_content_problems(package))
    return package


def plain_xml(data: bytes, place: Place, what: str) -> etree._Element:
    """The root of a text in XML that declares no document type.

    Raises ReportError at `place` for anything else; `what` names the text.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReportError(Problem(place, f"{what} is no XML: {error.msg}")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReportError(Problem(place, f"{what} declares a document type, which isn't read"))
    return root


def _short(error: Exception) -> str:
    return str(error).lower() or type(error).__name__.lower()


def _shape_problems(archive: zipfile.ZipFile, place: Place) -> Iterator[Problem]:
    """What can be told from the list of parts, before any is unpacked."""
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS:
        yield Problem(place, f"has {len(infos)} parts; {_MOST_PARTS} are allowed")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED:
        what = f"would unpack to {unpacked // 10**6} MB; {MOST_UNPACKED // 10**6} MB are allowed"
        yield Problem(place, what, "such a file may be made to fill the reader's memory")
    names = [info.filename for info in infos]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(place, f"has the part '{name}' twice")
    for name in names:
        if _leaves(name):
            yield Problem(place, f"has the part '{name}', which lies outside of it")
        if any(word in name.lower() for word in _HARMFUL):
            yield Problem(place, f"has the part '{name}', a macro or an embedded program")


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts


def _content_problems(package: Package) -> Iterator[Problem]:
    place = Place(package.file)
    types = package.parts.get(_CONTENT_TYPES, b"")
    if "word/document.xml" not in package.parts or not types:
        yield Problem(place, "is no Word file: it has no text, or doesn't say what its parts are")
    if b"macroenabled" in types.lower():
        yield Problem(place, "is of a kind that may hold macros")
    for name in package.parts:
        if name.endswith(".rels"):
            yield from _fetched(package, name)


def _fetched(package: Package, name: str) -> Iterator[Problem]:
    """What one part has fetched from elsewhere, other than by a click."""
    root = package.xml(name)
    for each in () if root is None else root.iter(_RELATIONSHIPS):
        if each.get("Type", "").endswith(_TAKEN_IN):
            what = f"'{name}' takes the file '{each.get('Target', '')}' into the text"
            yield Problem(Place(package.file), what)
        external = each.get("TargetMode") == "External"
        if external and not each.get("Type", "").endswith(_HYPERLINK):
            kind = each.get("Type", "").rpartition("/")[2]
            what = f"'{name}' has the {kind} '{each.get('Target', '')}' fetched from elsewhere"
            yield Problem(Place(package.file), what)
