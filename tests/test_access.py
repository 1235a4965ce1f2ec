"""That no byte of what an audience may not see is in what it gets.

Every field of the facts at each level holds a word that stands nowhere else, and each output is
taken apart down to its last stream to look for the words of the levels above its audience's.
`out/index.html`, the cache and what the commands print are internal to the workspace.
"""

from __future__ import annotations

import base64
import html
import re
import shutil
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pdfminer.high_level import extract_text
from workspaces import make_workspace, run, write

from reports.cli import main

LEVELS = ("public", "internal", "restricted")
AUDIENCE = {"press": "public", "staff": "internal", "board": "restricted"}
# A word of a level begins with its mark and ends in the name of its field.
MARKS = {"public": "wqpzvaj", "internal": "wqizvoj", "restricted": "wqrzvuj"}
NUMBERS = {"public": "5141735", "internal": "6252846", "restricted": "7363957"}
DAYS = {
    "public": ("2033-08-11", "2034-09-13"),
    "internal": ("2047-08-19", "2048-09-23"),
    "restricted": ("2057-08-17", "2058-09-29"),
}

# The fields of which an edition prints something, and those that none prints.
PRINTED = {
    *("first", "second", "chart", "event", "derived", "number"),
    *("statement", "sum", "measure", "population", "place", "inference", "rank", "because"),
    *("name", "role", "organisation"),
    *("title", "given", "family", "publisher", "container", "nature", "interest"),
}
TO_THE_BOARD = {"clash", "openrank", "why"}  # of restricted facts that stand in an open file
SILENT = {
    *("printed", "excused", "url", "file", "facts", "theme", "newer", "lowered"),
    *("idmeasure", "idpopulation", "idplace", "idtheme", "idinference", "idsource", "idspeaker"),
}
FIELDS = sorted(PRINTED | TO_THE_BOARD | SILENT)

# ---------------------------------------------------------------- a workspace full of marks


def facts_of(level: str) -> str:
    """A fact file in which every field is marked: two facts in conflict and what rests on them."""
    mark, number, (review, until) = MARKS[level], NUMBERS[level], DAYS[level]

    def texts(field: str) -> str:
        return f"{{nb: {mark}{field}nb, en: {mark}{field}en}}"

    def fact(name: str, measure: str, among: str, theme: str, last: str, more: str = "") -> str:
        return f"""\
  {mark}{name}:
    theme: {theme}
    place: {mark}idplace
    statement: {{nb: "{{figure}} {mark}statementnb.", en: "{{figure}} {mark}statementen."}}
    figure: {{value: {number}{last}, measure: {measure}, among: {among}}}
    as_of: {{date: 2036-05, inferred: {mark}idinference}}
    said_by: {mark}idspeaker
    standing: hearsay
    source: {mark}idsource
    at: {{paragraph: 7, printed: {mark}printed, excused: {{number: {mark}excused}}}}
    recorded: 2032-01-02
    review_by: {review}
    valid_until: {until}
    access: {level}
{more}"""

    own = f"{mark}idmeasure", f"{mark}idpopulation", f"{mark}idtheme"
    ranked = f"""\
    outranks: {{{mark}second: {texts("rank")}}}
    contradicts: [{mark}second]
"""
    return f"""\
themes:
  {mark}idtheme: {texts("theme")}
places:
  {mark}idplace: {{name: {texts("place")}, in: norway}}
inferences:
  {mark}idinference: {texts("inference")}
measures:
  {mark}idmeasure: {{unit: count, name: {texts("measure")}}}
populations:
  {mark}idpopulation: {texts("population")}
sources:
  {mark}idsource:
    type: report
    title: {mark}title
    author: [{{family: {mark}family, given: {mark}given}}]
    publisher: {mark}publisher
    container-title: {mark}container
    URL: "https://example.org/{mark}url"
    issued: {{date: 2036, inferred: {mark}idinference}}
    nature: {texts("nature")}
    interest: {texts("interest")}
    text: {mark}file.txt
people:
  {mark}idspeaker:
    name: {mark}name
    role: {texts("role")}
    organisation: {mark}organisation
facts:
{fact("first", *own, "1", ranked)}
{fact("second", *own, "2")}
{fact("chart", "common", "everyone", "shared", "3")}
{fact("event", own[0], own[1], "events", "4").replace("date: 2036-05", "date: 2036-06")}
  {mark}derived:
    derived: {{difference: [{mark}second, {mark}first], because: {texts("because")}}}
    statement: {{nb: "{{figure}} {mark}sumnb.", en: "{{figure}} {mark}sumen."}}
    recorded: 2032-01-03
"""


SHARED = f"""\
themes:
  shared: {{nb: felles, en: shared}}
  events: {{nb: hendelser, en: events}}
places:
  norway: {{name: {{nb: Norge, en: Norway}}}}
measures:
  common: {{unit: count, name: {{nb: antall saker, en: number of cases}}}}
  factor: {{unit: times, name: {{nb: forholdstall, en: ratio}}}}
populations:
  everyone: {{nb: alle, en: everyone}}
sources:
  open:
    type: report
    title: Åpen kilde
    nature: {{nb: rapport, en: report}}
    interest: {{nb: ingens, en: "nobody's"}}
people:
  office: {{name: Kontoret}}
facts:
  open.clash:
    theme: shared
    place: norway
    statement: {{nb: "Det var {{figure}} saker.", en: "There were {{figure}} cases."}}
    figure: {{value: 12, measure: common, among: everyone}}
    as_of: 2036
    said_by: office
    standing: reported
    source: open
    at: {{paragraph: 1, printed: 12 saker}}
    recorded: 2031-04-02
    contradicts: [{MARKS["restricted"]}clash, {MARKS["internal"]}first]
    outranks:
      {MARKS["restricted"]}clash:
        nb: {MARKS["restricted"]}openranknb
        en: {MARKS["restricted"]}openranken
  {MARKS["restricted"]}clash:
    theme: shared
    place: norway
    statement: {{nb: "Det var {{figure}} saker.", en: "There were {{figure}} cases."}}
    figure: {{value: {NUMBERS["restricted"]}5, measure: common, among: everyone}}
    as_of: 2036
    said_by: {MARKS["restricted"]}idspeaker
    standing: reported
    source: {MARKS["restricted"]}idsource
    at: {{paragraph: 1, printed: {MARKS["restricted"]}printed}}
    recorded: 2031-04-02
    access: restricted
  open.outdated:
    theme: events
    place: norway
    statement: {{nb: Det ble endret., en: It was changed.}}
    as_of: 2035-03
    said_by: office
    standing: reported
    source: open
    at: {{paragraph: 2}}
    recorded: 2031-04-02
  {MARKS["internal"]}newer:
    theme: events
    place: norway
    statement: {{nb: {MARKS["internal"]}newernb., en: {MARKS["internal"]}neweren.}}
    as_of: 2035-03
    said_by: office
    standing: reported
    source: open
    at: {{paragraph: 3}}
    supersedes: open.outdated
    access: internal
    recorded: 2031-05-02
  open.lowered:
    derived:
      ratio: [{MARKS["restricted"]}second, {MARKS["internal"]}chart]
      measure: factor
      among: everyone
      round: 0.1
      because: {{nb: {MARKS["restricted"]}whynb, en: {MARKS["restricted"]}whyen}}
    theme: shared
    place: norway
    source: open
    access: {{level: public, because: {MARKS["restricted"]}lowered}}
    recorded: 2032-01-02
  open.above:
    derived: {{ratio: [open.lowered, open.other], measure: factor, round: 0.1, because: {{nb: de hører sammen, en: they belong together}}}}
    recorded: 2032-01-03
  open.other:
    derived: {{ratio: [open.clash, open.clash-before], measure: factor, among: everyone, round: 0.1}}
    recorded: 2032-01-03
  open.clash-before:
    theme: shared
    place: norway
    statement: {{nb: "Det var {{figure}} saker før.", en: "There were {{figure}} cases before."}}
    figure: {{value: 5, measure: common, among: everyone}}
    as_of: 2034
    said_by: office
    standing: reported
    source: open
    at: {{paragraph: 1, printed: 5 saker}}
    recorded: 2031-04-02
"""  # fmt: skip

AUDIENCES = {
    f"templates/audiences/{id_}.yaml": (
        f"name: {{nb: {id_}, en: {id_}}}\nkind: {{nb: Notat, en: Memo}}\n"
        f"to: {{nb: {id_}, en: {id_}}}\naccess: {level}\ntheme: default\nlayout: memo\n"
    )
    for id_, level in AUDIENCE.items()
}
BRIEF = """\
title: {nb: Saker, en: Cases}
from: {nb: Rådgiver, en: Adviser}
date: 2038-04-10
audiences: [press, staff, board]
"""
OWN = "".join(
    f'{{% for id in query(theme="{mark}idtheme", place="{mark}idplace", speaker="{mark}idspeaker") %}}'
    f"\n- {{{{ statement(id) }}}} {{{{ fact(id, form='with base') }}}} {{{{ speaker(id) }}}}"
    f"\n{{% endfor %}}\n\n"
    for mark in MARKS.values()
)
DERIVED = "".join(
    f"{{% if audience in {[id_ for id_, own in AUDIENCE.items() if own in LEVELS[at:]]} %}}\n"
    f'{{{{ statement("{MARKS[level]}derived") }}}}\n{{% endif %}}\n\n'
    for at, level in enumerate(LEVELS)
)
TEMPLATE = f"""\
# Saker og cases

{{{{ statement("open.clash") }}}}

{OWN}
{DERIVED}
{{{{ fact("open.lowered", start=True) }}}}, {{{{ compare("open.lowered") }}}} in {{{{ as_of("open.lowered") }}}}
by {{{{ speaker("open.lowered") }}}}; {{{{ fact("open.above") }}}} by {{{{ speaker("open.above") }}}}.

{{{{ statement("open.outdated") }}}}

{{{{ table(query(theme="shared", place="norway"), caption="Alt", columns=["figure", "statement", "speaker",
          "as of", "source", "standing"]) }}}}

{{{{ chart("bars", query(theme="shared"), caption="Tegnet") }}}}

{{{{ timeline(query(standing="hearsay"), caption="Når") }}}}

{{{{ comparison([["Saker", query(place="norway", standing="hearsay")]], caption="Side om side",
               places=["norway"]) }}}}
"""
FILES = {
    **{f"facts/{mark}facts.yaml": facts_of(level) for level, mark in MARKS.items()},
    "facts/shared.yaml": SHARED,
    **AUDIENCES,
    "templates/cases/brief.yaml": f"{BRIEF}languages: [en]\nformats: [pdf, docx, html]\n",
    "templates/saker/brief.yaml": f"{BRIEF}languages: [nb]\nformats: [html]\n",
    **{f"templates/cases/{id_}.en.md.j2": TEMPLATE for id_ in AUDIENCE},
    **{f"templates/saker/{id_}.nb.md.j2": TEMPLATE for id_ in AUDIENCE},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked workspace, built."""
    root = marked(tmp_path_factory.mktemp("marked"))
    assert main(["build", "--workspace", str(root)]) == 0
    return root


def marked(root: Path, **changed: str) -> Path:
    make_workspace(root, FILES)
    for name in ("facts/havneby.yaml", "templates/channels"):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in changed.items():
        write(root / name, text)
    return root


# ---------------------------------------------------------------- taking files apart


def layers(blob: bytes) -> Iterator[bytes]:
    """The bytes and all that can be unpacked from them, however deep."""
    yield blob
    if blob.startswith(b"PK\x03\x04"):
        yield from _in_zip(blob)
    elif blob.startswith(b"%PDF-"):
        yield from _in_pdf(blob)
    elif blob.startswith(b"\x89PNG\r\n"):
        yield from _in_png(blob)
    elif blob.startswith(b"wOF2"):
        yield _loose(blob)
    elif _is_text(blob):
        yield from _in_text(blob.decode())


@cache
def _loose(font: bytes) -> bytes:
    loose, packed = BytesIO(), TTFont(BytesIO(font))
    packed.flavor = None
    packed.save(loose)
    return loose.getvalue()


def _is_text(blob: bytes) -> bool:
    try:
        blob.decode()
    except UnicodeDecodeError:
        return False
    return True


def _in_text(text: str) -> Iterator[bytes]:
    """The text with its escapes resolved, without its tags, and what its data addresses hold."""
    for read in (html.unescape(text), urllib.parse.unquote(text), re.sub(r"<[^>]*>", "", text)):
        yield _joined(read)
    for address in re.findall(r"data:([^\"')\s>]+)", html.unescape(text)):
        head, _, data = address.partition(",")
        plain = urllib.parse.unquote_to_bytes(data)
        yield from layers(base64.b64decode(plain) if head.endswith(";base64") else plain)


def _joined(text: str) -> bytes:
    """The text without what may part a word at the end of a line."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text).encode()


def _in_zip(blob: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(blob)) as package:
        yield package.comment
        for part in package.infolist():
            yield from (part.filename.encode(), part.comment, part.extra)
            yield from layers(package.read(part))


def _in_png(blob: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(blob):
        size, kind = int.from_bytes(blob[at : at + 4]), blob[at + 4 : at + 8]
        data = blob[at + 8 : at + 8 + size]
        if kind in {b"zTXt", b"iTXt"} and b"\x78" in data:
            yield zlib.decompressobj().decompress(data[data.index(b"\x78") :])
        elif kind[:1].islower():  # an ancillary chunk: text, time, profile
            yield data
        at += 12 + size


def _in_pdf(blob: bytes) -> Iterator[bytes]:
    yield _joined(extract_text(BytesIO(blob)))
    with pikepdf.open(BytesIO(blob)) as pdf:
        for each in pdf.objects:
            yield from _in_object(each)
        yield from _in_object(pdf.trailer)


def _in_object(held: object) -> Iterator[bytes]:
    """A stream unpacked, and the strings, names and keys of an object itself."""
    match held:
        case pikepdf.Stream():
            try:
                yield from layers(held.read_bytes())
            except pikepdf.PdfError:  # a picture
                yield from layers(held.read_raw_bytes())
            yield from _in_object(held.stream_dict)
        case pikepdf.Dictionary():
            for key, value in held.items():
                yield key.encode()
                yield from _in_direct(value)
        case pikepdf.Array():
            for value in held:
                yield from _in_direct(value)
        case pikepdf.String():
            yield from (bytes(held), _joined(str(held)))
        case pikepdf.Name():
            yield str(held).encode()


def _in_direct(value: object) -> Iterator[bytes]:
    """What stands in another object itself; what it refers to has its own turn."""
    if not (isinstance(value, pikepdf.Object) and value.is_indirect):
        yield from _in_object(value)


# ---------------------------------------------------------------- looking for a level's words


def unpacked(file: Path) -> bytes:
    """All that is in a file and its name, in one row."""
    return b"\n\0".join((file.name.encode(), *layers(file.read_bytes())))


def found(level: str, row: bytes) -> set[str]:
    """What the bytes hold of a level: the fields of its words, "number", "day" and "encoded"."""
    mark, low = MARKS[level][1:], row.lower()  # its first letter may be a capital
    words = {field for field in FIELDS if f"{mark}{field}".encode() in low}
    if mark.encode() in low and not words:
        words.add("unknown field")
    if any(way in low for way in _written_otherwise(mark)):
        words.add("encoded")
    if any(way in row for way in _in_base64(mark.encode())):
        words.add("encoded")
    if re.search(_grouped(NUMBERS[level]), row):
        words.add("number")
    if any(day in low for name in DAYS[level] for day in _days(name)):
        words.add("day")
    return words


def _grouped(digits: str) -> bytes:
    """The digits with or without any sign between thousands; one more digit follows them."""
    number = f"{digits[:2]}G?{digits[2:5]}G?{digits[5:]}"
    return number.replace("G", "(?:,|\\.|\\s|\u202f|\u00a0)").encode()


def _days(day: str) -> Iterator[bytes]:
    year, month, number = day.split("-")
    name = {"08": "august", "09": "september"}[month]  # the same in both languages
    yield from (each.encode() for each in (day, year + month + number, f"{name}{year}"))


def _written_otherwise(word: str) -> Iterator[bytes]:
    """The word in the ways that a format may write text other than as it is, in small letters."""
    wide = word.encode("utf-16-be")
    yield from (wide, word.encode("utf-16-le"))
    yield from (word.encode().hex().encode(), wide.hex().encode())
    yield "".join(f"\\000{letter}" for letter in word).encode()
    yield "".join(f"\\{ord(letter):03o}" for letter in word).encode()
    yield "".join(f"&#{ord(letter)};" for letter in word).encode()
    yield "".join(f"&#x{ord(letter):x};" for letter in word).encode()
    yield "".join(f"%{ord(letter):x}" for letter in word).encode()
    yield "".join(f"\\u{ord(letter):04x}" for letter in word).encode()


def _in_base64(word: bytes) -> Iterator[bytes]:
    """The word in base64, at each of the three places at which it may begin."""
    for shift, start in enumerate((0, 2, 3)):  # letters before and after belong to its neighbours
        bits = 8 * (shift + len(word))
        yield base64.b64encode(b"\0" * shift + word)[start : bits // 6]


def above(level: str) -> tuple[str, ...]:
    return LEVELS[LEVELS.index(level) + 1 :]


def outputs(root: Path, audience: str) -> list[Path]:
    """The four files of an audience."""
    return sorted((root / "out").glob(f"*/{audience}.*"))


# ---------------------------------------------------------------- what each audience gets


@pytest.mark.parametrize("audience", AUDIENCE)
def test_no_output_holds_anything_of_a_level_above_its_audience(built: Path, audience: str) -> None:
    files = outputs(built, audience)

    leaks = {
        (file.name, level): fields
        for file in files
        for level in above(AUDIENCE[audience])
        if (fields := found(level, row_of(file)))
    }

    assert leaks == {}
    assert [file.suffix for file in files] == [".docx", ".html", ".pdf", ".html"]


@pytest.mark.parametrize("audience", AUDIENCE)
def test_every_output_holds_what_its_audience_may_see(built: Path, audience: str) -> None:
    seen = {
        (file.name, level): found(level, row_of(file)) - {"encoded"}
        for file in outputs(built, audience)
        for level in LEVELS
        if level not in above(AUDIENCE[audience])
    }

    wanted = {
        (file, level): PRINTED | (TO_THE_BOARD if level == "restricted" else set())
        for file, level in seen
    }
    assert seen == wanted


def test_no_file_or_folder_of_the_outputs_is_named_after_a_fact(built: Path) -> None:
    names = "\n".join(path.as_posix() for path in (built / "out").rglob("*")).encode()

    assert [found(level, names) for level in LEVELS] == [set(), set(), set()]


@cache
def row_of(file: Path) -> bytes:
    return unpacked(file)


# ---------------------------------------------------------------- the search can fail

LEAK = f"{MARKS['restricted']}name"


def in_part(name: str, data: bytes) -> Callable[[bytes], bytes]:
    """A plant that adds a part to a Word file."""

    def plant(blob: bytes) -> bytes:
        package = BytesIO(blob)
        with zipfile.ZipFile(package, "a") as parts:
            parts.writestr(name, data)
        return package.getvalue()

    return plant


def in_page(text: str) -> Callable[[bytes], bytes]:
    """A plant that adds a text to a web page."""
    return lambda blob: blob.replace(b"</body>", f"{text}</body>".encode())


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    """A plant that changes the first page of a PDF, whose streams stay packed."""

    def plant(blob: bytes) -> bytes:
        changed = BytesIO()
        with pikepdf.open(BytesIO(blob)) as pdf:
            del pdf.pages[1:]  # what is planted is not on a page; reading one takes long
            change(pdf)
            pdf.save(changed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return changed.getvalue()

    return plant


def zipped(name: str, data: bytes) -> bytes:
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, data)
    return package.getvalue()


def picture(text: str) -> bytes:
    """The head of a PNG, with a packed text."""
    data = b"Comment\0\0" + zlib.compress(text.encode())
    sums = zlib.crc32(b"zTXt" + data).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + len(data).to_bytes(4) + b"zTXt" + data + sums


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["table.csv"] = LEAK.encode()


def name_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = f"{LEAK} ø"  # which makes it UTF-16


def describe(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:source"] = LEAK


def list_in_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(LEAK, 0))


def read_aloud(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot["/Alt"] = pikepdf.String(LEAK)


def name_a_target(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Dests"] = pdf.make_indirect(pikepdf.Dictionary({f"/fact-{LEAK}": pdf.pages[0].obj}))


def coded(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


SVG = f"<svg xmlns='http://www.w3.org/2000/svg'><desc>{LEAK}</desc></svg>"
PLANTS = {
    "docx: a part": ("docx", in_part("customXml/item9.xml", f"<a>{LEAK}</a>".encode())),
    "docx: the name of a part": ("docx", in_part(f"word/{LEAK}.xml", b"<a/>")),
    "docx: a part in UTF-16": ("docx", in_part("a.xml", LEAK.encode("utf-16"))),
    "docx: words in several runs": (
        "docx",
        in_part("a.xml", f"<w:t>{LEAK[:4]}</w:t><w:t>{LEAK[4:]}</w:t>".encode()),
    ),
    "docx: a workbook": (
        "docx",
        in_part("word/embeddings/a.xlsx", zipped("xl/sharedStrings.xml", LEAK.encode())),
    ),
    "docx: a picture": ("docx", in_part("word/media/a.png", picture(LEAK))),
    "docx: a number": ("docx", in_part("a.xml", b"<v>73639571</v>")),
    "docx: a day": ("docx", in_part("a.xml", b"<v>17 August 2057</v>")),
    "html: a comment": ("html", in_page(f"<!-- {LEAK} -->")),
    "html: an attribute": ("html", in_page(f"<a data-fact='{LEAK}'></a>")),
    "html: entities": ("html", in_page(coded(LEAK))),
    "html: escaped in an address": ("html", in_page("<a href='?%77%71%72%7a%76%75%6a%6e'></a>")),
    "html: parted by a hyphen": ("html", in_page(f"<p>{LEAK[:4]}\u00ad{LEAK[4:]}</p>")),
    "html: a picture in base64": (
        "html",
        in_page(f"<img src='data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}'>"),
    ),
    "html: a picture in the address": (
        "html",
        in_page(f'<img src="data:image/svg+xml,{urllib.parse.quote(SVG)}">'),
    ),
    "html: base64 of its own": (
        "html",
        in_page(f"<p>{base64.b64encode(f'.{LEAK}.'.encode()).decode()}</p>"),
    ),
    "html: a number in groups": ("html", in_page("<p>73\u202f639\u202f571</p>")),
    "pdf: an attachment": ("pdf", in_pdf(attach)),
    "pdf: the author": ("pdf", in_pdf(name_author)),
    "pdf: the description": ("pdf", in_pdf(describe)),
    "pdf: the outline": ("pdf", in_pdf(list_in_outline)),
    "pdf: read aloud": ("pdf", in_pdf(read_aloud)),
    "pdf: the name of a target": ("pdf", in_pdf(name_a_target)),
}


@pytest.mark.parametrize(("kind", "plant"), PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_leak_is_found(
    built: Path, tmp_path: Path, kind: str, plant: Callable[[bytes], bytes]
) -> None:
    leaking = tmp_path / f"leaking.{kind}"
    leaking.write_bytes(plant((built / f"out/cases/press.en.{kind}").read_bytes()))

    assert found("restricted", unpacked(leaking)) != set()
    assert found("internal", unpacked(leaking)) == set()


def test_a_leak_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / f"{LEAK}.html"
    file.write_text("", "utf-8")

    assert found("restricted", unpacked(file)) == {"name"}


# ---------------------------------------------------------------- what is asked for by name


@pytest.mark.parametrize(
    "call",
    [
        'fact("{}first")',
        'statement("{}first")',
        'cite("{}first")',
        'speaker("{}first")',
        'as_of("{}first")',
        'source("{}first")',
        'trend("open.clash", "{}chart")',
        'compare("{}first", "{}second")',
        'fact("{}derived")',
        'table(["{}first"], caption="Alt")',
        'chart("bars", ["{}chart"], caption="Alt")',
        'timeline(["{}event"], caption="Alt")',
        '"ja" if facts["{}first"].value > 2',
    ],
)
def test_no_call_reaches_a_fact_above_the_audience(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: str
) -> None:
    root = marked(tmp_path)
    named = call.replace("{}", MARKS["internal"])
    write(root / "templates/cases/press.en.md.j2", f"# Cases\n\n{{{{ {named} }}}}\n")

    told = run(root, capsys, "check", "--audience", "press", "--lang", "en")

    line = re.escape("templates/cases/press.en.md.j2:3: fact 'wqizvoj")
    refused = rf"^{line}[a-z]+' is internal; the audience 'press' may not see it$"
    assert told.code == 1
    assert re.search(refused, told.err, re.MULTILINE)


# ---------------------------------------------------------------- what does not come from the text


def test_the_fonts_of_a_page_do_not_depend_on_what_it_says(built: Path) -> None:
    """They are cut for the language, so that their glyphs tell nothing of any text."""
    pages = [(built / f"out/cases/{audience}.en.html").read_text("utf-8") for audience in AUDIENCE]

    fonts = [re.findall(r"font/woff2;base64,([^\"')]+)", page) for page in pages]

    assert fonts[0]
    assert fonts[0] == fonts[1] == fonts[2]


def test_the_fonts_of_a_pdf_hold_the_letters_of_its_own_text_alone(built: Path) -> None:
    """They are cut to what the edition prints, which is what its audience may see."""
    with pikepdf.open(built / "out/cases/press.en.pdf") as pdf:
        maps = [
            each.ToUnicode.read_bytes()
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each
        ]
    drawn = {
        chr(int(code, 16)) for each in maps for code in re.findall(rb"> <([0-9a-fA-F]{4})>", each)
    }

    said = set(extract_text(built / "out/cases/press.en.pdf"))
    assert len(drawn) > 20
    assert drawn - said <= {"\uffff"}  # what a font draws for letters that it doesn't have


# ---------------------------------------------------------------- what leaves the store

EXPORTS = [(kind, level) for kind in ("json", "csv", "csl") for level in LEVELS]


@pytest.mark.parametrize(("kind", "level"), EXPORTS)
def test_an_export_holds_nothing_of_a_level_above_its_own(
    built: Path, tmp_path: Path, kind: str, level: str
) -> None:
    file = tmp_path / f"store.{kind}"
    words = ["facts", "export", "--format", kind, "--access", level, "--out", str(file)]

    assert main([*words, "--workspace", str(built)]) == 0

    row = unpacked(file)
    assert {higher: found(higher, row) for higher in above(level)} == {
        higher: set() for higher in above(level)
    }
    assert {"title", "publisher"} <= found(level, row) or kind == "csv"
    assert "statement" in found(level, row) or kind == "csl"
