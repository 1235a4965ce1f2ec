"""A file to all that it holds: packages and streams unpacked, however deep, and texts decoded.

Made for looking for what must not be there, so it takes a file apart by its bytes and trusts no
list of what a file says that it holds: parts that nothing refers to count as well.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_FILE = "its bytes"
_DEEPEST = 8  # packages in packages
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_STRING = re.compile(rb"\((?P<text>(?:[^()\\]|\\.)*)\)|<(?P<hex>[0-9A-Fa-f\s]{8,})>", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\n": b"", b"\r": b"", b"\r\n": b""}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_JSON_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_TAG = re.compile(r"<[^>]*>")


class UnreadableError(Exception):
    """A file, or something in it, that can't be taken apart."""


@dataclass(frozen=True)
class Layer:
    """Some bytes of a file, and where they were found; `text` is "" where they are no text.

    A text holds, one after the other, each way in which it can be read: as it stands, without
    tags, with entities and other escapes resolved.
    """

    where: str
    data: bytes
    text: str


def layers(data: bytes) -> Iterator[Layer]:
    """All layers of a file, the file itself among them.

    Raises UnreadableError for what can't be taken apart and might hide anything.
    """
    yield from _layers(data, _FILE, 0)


def _layers(data: bytes, where: str, depth: int) -> Iterator[Layer]:
    if depth > _DEEPEST:
        raise UnreadableError(f"{where} holds packages more than {_DEEPEST} deep")
    if data.startswith(b"PK\x03\x04"):
        yield Layer(where, data, "")
        yield from _of_zip(data, where, depth)
    elif b"%PDF-" in data[:1024]:
        yield from _of_pdf(data, where, depth)
    elif data.startswith(b"\x89PNG\r\n"):
        yield Layer(where, data, "")
        yield from _of_png(data, where, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from _layers(_gunzipped(data), where, depth + 1)
    elif (text := _decoded(data)) is not None:
        yield from _of_text(text, where, depth)
    else:
        yield Layer(where, data, "")


def _inside(what: str, where: str) -> str:
    """The name of a layer in another."""
    return what if where == _FILE else f"{what} of {where}"


def _gunzipped(data: bytes) -> bytes:
    """What the bytes unpack to; or they themselves, where they only begin like gzip."""
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return data[1:]  # without its first byte, so as not to be tried again


# ---------------------------------------------------------------- text


def _decoded(data: bytes) -> str | None:
    """The bytes as text, None where they are none."""
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
    return None


def _of_text(text: str, where: str, depth: int) -> Iterator[Layer]:
    whole = "\n".join(dict.fromkeys(_readings(text)))
    yield Layer(where, whole.encode(), whole)
    for found in _BASE64.finditer(text):
        try:
            held = base64.b64decode(found[0], validate=True)
        except (binascii.Error, ValueError):
            continue
        yield from _layers(held, _inside("base64", where), depth + 1)


def _readings(text: str) -> Iterator[str]:
    yield text
    if "<" in text:  # tags may part a word, and hold texts of their own
        yield html.unescape(_TAG.sub("", text))
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield urllib.parse.unquote(text)
    if "\\u" in text:
        yield _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


# ---------------------------------------------------------------- packages and pictures


def _of_zip(data: bytes, where: str, depth: int) -> Iterator[Layer]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield _named(_inside("its comment", where), package.comment)
            for part in package.infolist():
                inside = _inside(part.filename, where)
                about = part.filename.encode() + b"\n" + part.comment + b"\n" + part.extra
                yield _named(f"the name of {inside}", about)
                yield from _layers(package.read(part), inside, depth + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise UnreadableError(f"{where} is a damaged package") from None


def _named(where: str, data: bytes) -> Layer:
    return Layer(where, data, data.decode("utf-8", "replace"))


def _of_png(data: bytes, where: str, depth: int) -> Iterator[Layer]:
    """The texts that a picture holds in packed form; those as they are stand in its bytes."""
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            start = chunk.find(b"\x78")  # where zlib begins
            yield from _layers(_inflated(chunk[start:]), _inside("a text", where), depth + 1)
        at += 12 + size


# ---------------------------------------------------------------- PDF (ISO 32000-1, 7.3 and 7.5)


def _of_pdf(data: bytes, where: str, depth: int) -> Iterator[Layer]:
    """Its pages first: where people see a text is the best place to name."""
    for number, text in enumerate(_pages(data, where), start=1):
        yield Layer(_inside(f"page {number}", where), text.encode(), text)
    yield Layer(where, data, "")
    yield from _strings(_STREAM.sub(b"", data), where)
    for found in _STREAM.finditer(data):
        held = _inflated(found[1])
        if held:
            yield from _layers(held, _inside("a stream", where), depth + 1)
            yield from _strings(held, _inside("a stream", where))


def _inflated(data: bytes) -> bytes:
    """What zlib unpacks of the bytes, as far as it gets; b"" where they aren't packed by it."""
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


def _strings(data: bytes, where: str) -> Iterator[Layer]:
    """The strings and names of PDF objects, decoded, in one text."""
    texts = [_string(found) for found in _STRING.finditer(data)]
    names = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if names != data:
        texts.append(names.decode("latin-1"))
    if texts:
        whole = "\n".join(texts)
        yield Layer(_inside("a string", where), whole.encode(), whole)


def _string(found: re.Match[bytes]) -> str:
    if found["hex"] is not None:
        digits = b"".join(found["hex"].split()).decode()
        held = bytes.fromhex(digits + "0" * (len(digits) % 2))
    else:
        held = _ESCAPE.sub(_unescaped, found["text"])
    if held.startswith((b"\xfe\xff", b"\xff\xfe")):
        return held.decode("utf-16", "replace")
    return held.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) % 256])
    return _SIGNS.get(found[2], found[2])


def _pages(data: bytes, where: str) -> tuple[str, ...]:
    """What each page shows: glyphs are letters only by what their fonts say of them."""
    from reports.casefile.verify.pdf_letters import page_texts

    try:
        return page_texts(data)
    except Exception:  # noqa: BLE001 - a damaged file trips the parser anywhere
        raise UnreadableError(f"the pages of {where} can't be read") from None
