"""Titles and case references to names of files and folders that every system takes.

What isn't a letter, a figure or a sign that all of Linux, macOS and Windows allow gives way; what
people write, such as æøå and emoji, stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from reports.cases.reference import CaseNumber, CaseReference, ExternalKey, SystemId

# The files that tell what a bundle holds; all others below data/ are documents.
RECORD_FILE = "case.json"
FILING_FILE = "filing.html"
FIKS_FILE = "arkivmelding.xml"
EFORMIDLING_FILE = "eformidling-arkivmelding.xml"
METADATA = (RECORD_FILE, FIKS_FILE, EFORMIDLING_FILE, FILING_FILE)

_MOST_CHARACTERS = 120  # Windows allows 260 for a whole path
_MOST_BYTES = 200  # Linux allows 255, and a program that copies may add some
_NAMELESS = "document"
_HYPHENS = str.maketrans(dict.fromkeys("/\\|", "-"))
_FORBIDDEN = re.compile(r'[<>"?*]')  # on Windows
_COLON = re.compile(r"\s*:(?=\s)\s*")
_RESERVED = re.compile(r"CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]", re.IGNORECASE)
# A joiner between two pictures makes one of them; elsewhere nobody can see it.
_LONE_JOINER = re.compile("(?<![\u2190-\U0010ffff])\u200d|\u200d(?![\u2190-\U0010ffff])")
_JOINER = "\u200d"
_UNSEEN = ("Cc", "Cf", "Cs", "Co")  # controls, bidi marks and the like, halves, private signs

_WITH_SLASH = re.compile(r"([0-9]{2,4})/([1-9][0-9]{0,6})")  # 2026/1234, 26/1234
_WITH_HYPHEN = re.compile(r"[0-9]{2,4}-[1-9][0-9]{0,6}")
_PLAIN = re.compile(r"[0-9](?:[0-9A-Z.-]{0,28}[0-9A-Z])?")


def shown_name(title: str, extension: str) -> str:
    """The name of a file for people, made from the document's title; `extension` has no dot.

    It is in NFC, has at most 120 characters and 200 bytes of UTF-8, and is cut at a word.  A
    title without a sign that can stay becomes "document".
    """
    stem = _first_words(_safe(title), extension) or _NAMELESS
    if _RESERVED.fullmatch(stem.partition(".")[0].rstrip()):
        stem = f"_{stem}"
    return f"{stem}.{extension}"


def _safe(title: str) -> str:
    """The title without what some system forbids, hides or takes for a path."""
    text = _COLON.sub(" - ", unicodedata.normalize("NFC", title))
    text = _FORBIDDEN.sub("", text.translate(_HYPHENS).replace(":", "-"))
    return unicodedata.normalize("NFC", _trimmed(" ".join(seen(text).split())))


def seen(text: str) -> str:
    """The text without the signs that nobody sees, spaces and the joiners in emoji apart."""
    kept = "".join(char for char in text if char.isspace() or _is_seen(char))
    return _LONE_JOINER.sub("", kept)


def _is_seen(char: str) -> bool:
    nothing = 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE  # no characters ever
    return char == _JOINER or not (nothing or unicodedata.category(char) in _UNSEEN)


def _trimmed(text: str) -> str:
    """Without what hides a file, stands for a home or reads as an option; Windows drops the end."""
    return text.lstrip(" .-~").rstrip(" .-")


def _first_words(text: str, extension: str) -> str:
    """As many whole words as fit before the extension; of one overlong word, its beginning."""
    fitting = ""
    for cluster in _clusters(text):
        longer = f"{fitting}{cluster}.{extension}"
        # One character is kept for the mark on a reserved name.
        if len(longer) >= _MOST_CHARACTERS or len(longer.encode()) >= _MOST_BYTES:
            cut = fitting if cluster == " " else fitting.rpartition(" ")[0] or fitting
            return _trimmed(cut)
        fitting += cluster
    return fitting


def _clusters(text: str) -> Iterator[str]:
    """What a reader takes for one sign: a letter with its marks, joined pictures, a flag."""
    held = ""
    for char in text:
        if held and not _continues(held, char):
            yield held
            held = ""
        held += char
    if held:
        yield held


def _continues(held: str, char: str) -> bool:
    """Whether the character belongs to the sign before it (in short, UAX 29)."""
    joined = char == _JOINER or held[-1] == _JOINER
    flag = len(held) == 1 and all("\U0001f1e6" <= each <= "\U0001f1ff" for each in (held, char))
    skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    return joined or flag or skin or unicodedata.category(char).startswith("M")


def case_slug(case: CaseReference) -> str:
    """The name of a case's folder: of 2026/1234 it is "2026-1234"; two cases never share one.

    What can't stand as it is written, or would read like another, ends in a hash of the whole.
    """
    match case:
        case CaseNumber(written):
            return _number_slug(written)
        case ExternalKey(system, key):
            return _hashed(f"{system}={key}")  # neither holds the sign between them
        case SystemId(id_):
            return id_


def _number_slug(written: str) -> str:
    if found := _WITH_SLASH.fullmatch(written):
        return f"{found[1]}-{found[2]}"
    taken = _WITH_HYPHEN.fullmatch(written)  # by the number with a slash
    return written if _PLAIN.fullmatch(written) and not taken else _hashed(written)


def _hashed(text: str) -> str:
    """The text in small letters and figures, for the eye, and its hash; no other slug has a "_"."""
    words = re.sub(r"[^0-9a-z]+", "-", text.lower())[:40].strip("-")
    return f"{words or 'case'}_{sha256(text.encode()).hexdigest()[:10]}"
