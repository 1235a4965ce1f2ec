"""Bytes of a .docx to its entries: nothing unpacks further than the limits, whatever it says.

A ZIP tells sizes of its own, which may lie; so each entry is read up to what is left, and one
byte more.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from reports.write.docx.reference.faults import Fault, UnusableError

LARGEST_OPEN = 60_000_000  # bytes of all that it unpacks to
MOST_ENTRIES = 500
_PLAIN_NAME = re.compile(r"[\w\[\]. %()-]+(/[\w\[\]. %()-]+)*")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
)
_AGAIN = "open it in Word and save it once more as a Word document (.docx)"


def unpacked(data: bytes) -> dict[str, bytes]:
    """The entries of the file by name, folders left out.

    Raises UnusableError for what is no ZIP file, is damaged, encrypted, or larger than the limit.
    """
    if data.startswith(_OLD_OFFICE):
        what = "is protected by a password, or saved as an old .doc file"
        raise UnusableError(Fault(what, "save it as a Word document (.docx) without a password"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            return _entries(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise UnusableError(Fault("is damaged, or no Word document", _AGAIN)) from None


def _entries(file: zipfile.ZipFile) -> dict[str, bytes]:
    listed = [entry for entry in file.infolist() if not entry.is_dir()]
    if len(listed) > MOST_ENTRIES:
        what = f"holds {len(listed)} files; {MOST_ENTRIES} is the most"
        raise UnusableError(Fault(what, "a Word template has some tens"))
    names = [entry.filename for entry in listed]
    if len({name.lower() for name in names}) < len(names) or not all(map(_is_plain, names)):
        raise UnusableError(Fault("holds files whose names Word doesn't write", _AGAIN))
    if any(entry.flag_bits & 1 for entry in listed):
        raise UnusableError(Fault("holds encrypted files", "save it without a password"))
    found: dict[str, bytes] = {}
    left = LARGEST_OPEN
    for entry in listed:
        with file.open(entry) as opened:
            content = opened.read(left + 1)
        left -= len(content)
        if left < 0:
            what = f"unpacks to more than {LARGEST_OPEN // 1_000_000} MB"
            raise UnusableError(Fault(what, "make its pictures smaller"))
        found[entry.filename] = content
    return found


def _is_plain(name: str) -> bool:
    return _PLAIN_NAME.fullmatch(name) is not None and ".." not in name.split("/")


def parsed(name: str, data: bytes) -> etree._Element:
    """The XML of an entry, without entities and comments.

    Raises UnusableError for what is no XML, and for a document type, which Word never writes.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        raise UnusableError(Fault(f"is damaged: '{name}' can't be read", _AGAIN)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnusableError(Fault(f"holds a document type in '{name}'", _AGAIN))
    return root
