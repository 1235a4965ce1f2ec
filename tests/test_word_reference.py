"""An organisation's own Word file as the reference: what is kept, what is lent, what is refused.

The three files in `references` were made by python-docx, pandoc and LibreOffice; see `make.py`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import docx_integrity
import pypandoc
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from readers import W, letters, pdf_text
from shipped import Shipped
from workspaces import AUDIENCE, FILES, REPOSITORY, changed, make_workspace, run, write

from reports.document import (
    Contents,
    Document,
    Figure,
    Heading,
    Item,
    Items,
    Paragraph,
    Text,
    cover_lines,
    inline_text,
)
from reports.problems import Place, ReportError
from reports.themes import Layout, Theme, load_theme
from reports.themes.word import ROLES
from reports.write.docx import is_native, write_docx
from reports.write.docx.reference import reference_problems
from reports.write.docx.reference.lent import lent_characters, lent_paragraphs
from reports.write.docx.reference.places import PLACES
from reports.write.docx.reference.roles import DEMANDED, OURS
from reports.write.docx.sheet import Sheet

REFERENCES = REPOSITORY / "tests/references"
BUILT_IN = REPOSITORY / "reports/themes/built_in/default/tokens.yaml"
PAGE = (REPOSITORY / "docs/word-reference.md").read_text("utf-8")
TOKENS = "templates/themes/own/tokens.yaml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
REPORT, MEMO = (
    "digital-public-services/executives.nb",
    "digital-public-services/political-leadership.en",
)
NAMES = (REPORT, MEMO)
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'

Alter: TypeAlias = Callable[[dict[str, bytes]], None]

STYLES = {  # what each of the three maps
    "kommune": {"callout-caveat": "Faktaboks", "table": "Tabellrutenett"},
    "styrelse": {},
    "etat": {
        "title": "Hovedtittel",
        "body": "Brødtekst",
        "heading-1": "Overskrift 1",
        "caption": "Bildetekst",
        "callout-caveat": "Merk",
        "strong": "Uthevet",
    },
}
every_reference = pytest.mark.parametrize("reference", STYLES)
every_made = pytest.mark.parametrize(
    ("reference", "name"), [(each, name) for each in STYLES for name in NAMES]
)


def tokens(styles: Mapping[str, str]) -> str:
    """A theme that names the reference beside it, and these of its styles."""
    lines = [f"    {role}: {name}" for role, name in styles.items()]
    mapped = ["  styles:", *lines] if lines else []
    return "\n".join(["base: default", "word:", "  reference: house.docx", *mapped, ""])


def own_theme(folder: Path, data: bytes, styles: Mapping[str, str]) -> Theme:
    """A theme in that folder with that reference."""
    write(folder / TOKENS, tokens(styles))
    (folder / TOKENS).with_name("house.docx").write_bytes(data)
    return load_theme(folder / TOKENS)


def written(document: Document, theme: Theme) -> bytes:
    """The document on the theme's reference, with a blank picture for what Word can't draw."""
    figures = [block for block in document.body if isinstance(block, Figure)]
    blank = zipped_parts(REFERENCES / "kommune.docx")["word/media/image1.png"]
    pictures = {each.caption.anchor: blank for each in figures if not is_native(each.chart)}
    pages = {block.anchor: 1 for block in document.body if isinstance(block, Heading)}
    return write_docx(document, theme, pictures, pages=pages)


def zipped_parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


@dataclass(frozen=True)
class Made:
    """The two editions on each of the three references, as Word files and as LibreOffice's PDFs."""

    folder: Path

    def file(self, reference: str, name: str) -> Path:
        return self.folder / f"{reference}.{name.rpartition('/')[2]}.docx"

    def pdf(self, reference: str) -> Path:
        return self.file(reference, MEMO).with_suffix(".pdf")

    def root(self, reference: str, name: str, part: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(zipped_parts(self.file(reference, name))[part])


@pytest.fixture(scope="module")
def made(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = Made(tmp_path_factory.mktemp("made"))
    for reference, styles in STYLES.items():
        data = (REFERENCES / f"{reference}.docx").read_bytes()
        theme = own_theme(tmp_path_factory.mktemp(reference), data, styles)
        for name in NAMES:
            found.file(reference, name).write_bytes(written(shipped.documents[name], theme))
    return found


@pytest.fixture(scope="module")
def shown(made: Made, soffice: Path) -> Made:
    """The same, with the PDFs that LibreOffice makes of them in one start."""
    profile = f"-env:UserInstallation={(made.folder / 'profile').as_uri()}"
    command = (soffice, profile, "--headless", "--convert-to", TAGGED, "--outdir", made.folder)
    files = [made.file(reference, MEMO) for reference in STYLES]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return made


# ---------------------------------------------------------------- what is kept


@every_reference
def test_the_styles_of_the_reference_are_kept_as_they_are(made: Made, reference: str) -> None:
    original = etree.fromstring(zipped_parts(REFERENCES / f"{reference}.docx")["word/styles.xml"])
    kept = made.root(reference, REPORT, "word/styles.xml")

    before, after = styles_of(original), styles_of(kept)

    assert {key: after.get(key) for key in before} == before


def styles_of(root: etree._Element) -> dict[str, str]:
    """Each style as XML by its id, without language, and without links to styles that aren't there."""
    there = {each.get(f"{W}styleId") for each in root.iter(f"{W}style")}
    for language in list(root.iter(f"{W}lang")):
        language.getparent().remove(language)
    for link in list(root.iter(f"{W}basedOn", f"{W}next", f"{W}link")):
        if link.get(f"{W}val") not in there:
            link.getparent().remove(link)
    return {
        each.get(f"{W}styleId"): etree.tostring(each, method="c14n", exclusive=True).decode()
        for each in root.iter(f"{W}style")
    }


@every_made
def test_every_style_speaks_the_language_of_the_edition(
    made: Made, reference: str, name: str
) -> None:
    styles = made.root(reference, name, "word/styles.xml")

    spoken = [each.get(f"{W}val") for each in styles.iter(f"{W}lang")]

    assert spoken == ["nb-NO" if name.endswith(".nb") else "en-GB"]


KEPT = {  # heads, feet, theme and pictures, and what in them the edition fills
    "kommune": ("word/theme/theme1.xml", "word/fontTable.xml", "word/media/image1.png"),
    "styrelse": ("word/theme/theme1.xml", "word/fontTable.xml", "word/media/image1.png"),
    "etat": ("word/fontTable.xml", "word/media/image1.png"),
}


def test_a_line_kept_with_the_next_looks_as_the_reference_has_it(
    shipped: Shipped, tmp_path: Path
) -> None:
    data = (REFERENCES / "kommune.docx").read_bytes()
    theme = own_theme(tmp_path, data, {"source": "Faktaboks"})

    (tmp_path / "house.docx").write_bytes(written(shipped.documents[MEMO], theme))

    root = etree.fromstring(zipped_parts(tmp_path / "house.docx")["word/styles.xml"])
    known = {name.get(f"{W}val"): name.getparent() for name in root.iter(f"{W}name")}
    kept, theirs = known["KF Kilde videre"], known["Faktaboks"]
    assert kept.find(f"{W}basedOn").get(f"{W}val") == theirs.get(f"{W}styleId")
    assert [each.tag for each in kept.find(f"{W}pPr")] == [f"{W}keepNext"]
    assert kept.find(f"{W}rPr") is None


@every_reference
def test_theme_fonts_and_pictures_of_the_reference_are_kept(made: Made, reference: str) -> None:
    original = zipped_parts(REFERENCES / f"{reference}.docx")
    kept = zipped_parts(made.file(reference, REPORT))

    assert [plain_part(kept, part) for part in KEPT[reference]] == [
        plain_part(original, part) for part in KEPT[reference]
    ]


def plain_part(parts: Mapping[str, bytes], name: str) -> bytes:
    """A part without what depends on who wrote its XML."""
    if not name.endswith(".xml"):
        return parts[name]
    parser = etree.XMLParser(remove_blank_text=True)
    return etree.tostring(etree.fromstring(parts[name], parser), method="c14n")


@every_made
def test_heads_and_feet_are_the_references_own_with_their_places_filled(
    made: Made, reference: str, name: str
) -> None:
    parts = zipped_parts(made.file(reference, name))
    margins = [part for part in parts if re.fullmatch(r"word/(header|footer)\d+\.xml", part)]

    said = sorted(text_of(etree.fromstring(parts[part])) for part in margins)

    titles = {
        REPORT: "Danmark krevde gevinst, Norge fikk fart i krisen",
        MEMO: "The rules set the pace",
    }
    status, case = {REPORT: ("UTKAST", "Ikke tildelt"), MEMO: ("DRAFT", "Not assigned")}[name]
    assert (
        said
        == {
            "kommune": [
                "Fjellvik kommune",
                f"Fjellvik kommune · {titles[name]} · {status}",
                f"{case} · side 1 av 1",
                "Postboks 40, 9999 Fjellvik · telefon 99 00 00 00",
            ],
            "styrelse": ["Havnegade 1, 9990 Skagen · 1", "Styrelsen for Havne"],
            "etat": [
                " Etat for prøver",
                f"Etat for prøver · {titles[name]}",
                f"{case} · side 0 av 1",
                "Prøveveien 7, 0999 Oslo · org.nr. 999 999 999",
            ],
        }[reference]
    )


def text_of(root: etree._Element) -> str:
    return "".join(each.text or "" for each in root.iter(f"{W}t"))


@every_made
def test_page_size_margins_and_first_page_are_the_references_own(
    made: Made, reference: str, name: str
) -> None:
    original = etree.fromstring(zipped_parts(REFERENCES / f"{reference}.docx")["word/document.xml"])

    assert pages_of(made.root(reference, name)) == pages_of(original)


def pages_of(root: etree._Element) -> list[tuple[dict[str, str], dict[str, str], bool]]:
    return [
        (
            dict(section.find(f"{W}pgSz").attrib),
            dict(section.find(f"{W}pgMar").attrib),
            section.find(f"{W}titlePg") is not None,
        )
        for section in root.iter(f"{W}sectPr")
    ]


# ---------------------------------------------------------------- what a reader sees


@every_reference
def test_libreoffice_shows_the_cover_and_then_every_line_in_order(
    shown: Made, shipped: Shipped, reference: str
) -> None:
    document = shipped.documents[MEMO]
    said = letters(pdf_text(shown.pdf(reference)))
    cover = [letters(text) for text in cover_words(document)]
    lines = document.plain_text().splitlines()[len([*cover_lines(document.cover)]) :]

    lost, at = [each for each in cover if each not in said], 0
    for line in lines:
        found = said.find(letters(line), at)
        lost += [line] if found < 0 else []
        at = max(at, found)

    assert lost == []


def cover_words(document: Document) -> list[str]:
    """What each edition says before its text, wherever a reference has its place for it."""
    cover = document.cover
    return [
        inline_text(cover.title),
        inline_text(cover.lead),
        cover.kind,
        *(v for _, v in cover.meta),
    ]


FIRST_PAGES = {
    "kommune": (595, 842, "Fjellvik kommune", "Postboks 40, 9999 Fjellvik"),
    "styrelse": (612, 792, "Styrelsen for Havne", "Havnegade 1, 9990 Skagen"),
    "etat": (595, 842, "Etat for prøver", "org.nr. 999 999 999"),
}


@every_reference
def test_libreoffice_sets_the_first_page_with_letterhead_and_title_on_the_references_paper(
    shown: Made, shipped: Shipped, pdftotext: Path, reference: str
) -> None:
    pdf = shown.pdf(reference)
    command = [pdftotext, "-f", "1", "-l", "1", "-layout", pdf, "-"]
    first = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    about = subprocess.run(
        [pdftotext.with_name("pdfinfo"), pdf], check=True, capture_output=True, text=True
    )

    width, height, head, foot = FIRST_PAGES[reference]
    title = inline_text(shipped.documents[MEMO].cover.title)
    missing = [text for text in (head, title, foot) if letters(text) not in letters(first)]

    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", about.stdout)
    assert size is not None
    assert (round(float(size[1])), round(float(size[2]))) == (width, height)
    assert missing == []


def test_a_cover_stands_alone_on_its_page_before_the_text(shown: Made, pdftotext: Path) -> None:
    command = [pdftotext, "-f", "1", "-l", "1", shown.pdf("kommune"), "-"]

    first = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert letters(first) == letters(
        "Fjellvik kommune Memo to political leadership The rules set the pace We have read five "
        "Norwegian texts on digital services in Denmark, Norway and the pandemic. None is neutral, "
        "and none shows how things are today. Dato: 22 November 2026 "
        "Postboks 40, 9999 Fjellvik · telefon 99 00 00 00"
    )


# ---------------------------------------------------------------- roles and styles


def styles_used(root: etree._Element) -> set[str]:
    tags = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    return {each.get(f"{W}val") for each in root.iter(*tags)}


USED = {
    "kommune": {"Title", "Subtitle", "BodyText", "Heading1", "Heading2", "Caption", "Faktaboks",
                "TableGrid", "Strong", "TOCHeading", "Emphasis"},
    "styrelse": {"Title", "Subtitle", "BodyText", "Heading1", "Heading2", "Caption", "TOCHeading"},
    "etat": {"Hovedtittel", "Brdtekst", "Overskrift1", "Overskrift2", "Bildetekst", "Merk", "Uthevet"},
}  # fmt: skip


@every_reference
def test_roles_are_set_in_the_references_styles_and_the_rest_is_lent(
    made: Made, reference: str
) -> None:
    parts = zipped_parts(REFERENCES / f"{reference}.docx")
    theirs = styles_of(etree.fromstring(parts["word/styles.xml"])).keys()
    there = styles_of(made.root(reference, REPORT, "word/styles.xml")).keys()

    used = {style for name in NAMES for style in styles_used(made.root(reference, name))}

    assert used & theirs == USED[reference]
    assert styles_used(made.root(reference, REPORT)) <= there


@every_reference
def test_only_styles_that_the_text_needs_are_lent(made: Made, reference: str) -> None:
    parts = zipped_parts(REFERENCES / f"{reference}.docx")
    theirs = styles_of(etree.fromstring(parts["word/styles.xml"]))
    styles = made.root(reference, MEMO, "word/styles.xml")
    used = styles_used(made.root(reference, MEMO))
    based = {each.get(f"{W}val") for each in styles.iter(f"{W}basedOn")}

    lent = styles_of(styles).keys() - theirs.keys() - {"TableNormal"}

    assert lent - used - based == set()


def test_a_lent_style_takes_letters_and_their_colour_from_the_references_body(made: Made) -> None:
    styles = styles_of(made.root("etat", REPORT, "word/styles.xml"))
    lent = etree.fromstring(styles["KFSammendragpunkt"])

    assert lent.find(f"{W}basedOn").get(f"{W}val") == "Brdtekst"
    assert lent.find(f"{W}rPr") is None


@every_made
def test_headings_captions_and_their_blocks_stay_on_one_page(
    made: Made, reference: str, name: str
) -> None:
    styles = {
        each.get(f"{W}styleId"): each
        for each in made.root(reference, name, "word/styles.xml").iter(f"{W}style")
    }
    alone = [
        paragraph
        for paragraph in made.root(reference, name).iter(f"{W}p")
        if style_of(paragraph) in ("Caption", "Bildetekst", "Heading1", "Overskrift1")
        and paragraph.find(f"{W}pPr/{W}keepNext") is None
        and styles[style_of(paragraph)].find(f"{W}pPr/{W}keepNext") is None
    ]

    assert alone == []


def test_lists_count_as_in_the_reference_and_else_by_ours(shipped: Shipped, tmp_path: Path) -> None:
    place = Place(tmp_path)
    items = Items(ordered=True, items=(Item((Text("En ting"),), None),), place=place)
    text = Paragraph((Text("Mer."),), place)
    document = replace(shipped.documents[MEMO], body=(items, text, items), data=None)
    counted: dict[str, list[tuple[str, str, list[str]]]] = {}

    for reference in ("kommune", "styrelse", "etat"):
        mapped = {**STYLES[reference], **({"numbered-list": "Merk"} if reference == "etat" else {})}
        data = (REFERENCES / f"{reference}.docx").read_bytes()
        made = zipfile.ZipFile(BytesIO(written(document, own_theme(tmp_path, data, mapped))))
        root, styles, numbering = (
            etree.fromstring(made.read(f"word/{part}.xml"))
            for part in ("document", "styles", "numbering")
        )
        there = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
        linked = {each.get(f"{W}val") for each in numbering.iter(f"{W}pStyle")}
        lines = [each for each in root.iter(f"{W}p") if text_of(each) == "En ting"]
        counted[reference] = [list_of(line, styles, numbering) for line in lines]
        assert linked <= there

    assert counted == {
        "kommune": [("ListNumber", "%1.", []), ("ListNumber", "%1.", ["1"])],
        "styrelse": [("ListNumber", "%1.", []), ("ListNumber", "%1.", ["1"])],
        "etat": [("Merk", "%1.", []), ("Merk", "%1.", ["1"])],
    }


def list_of(
    line: etree._Element, styles: etree._Element, numbering: etree._Element
) -> tuple[str, str, list[str]]:
    """The style of a line in a list, how it is numbered, and where it starts afresh."""
    style = style_of(line)
    own = line.find(f"{W}pPr/{W}numPr/{W}numId")
    usual = styles.find(f"{W}style[@{W}styleId='{style}']/{W}pPr/{W}numPr/{W}numId")
    number = (usual if own is None else own).get(f"{W}val")
    instance = numbering.find(f"{W}num[@{W}numId='{number}']")
    definition = instance.find(f"{W}abstractNumId").get(f"{W}val")
    level = numbering.find(f"{W}abstractNum[@{W}abstractNumId='{definition}']/{W}lvl")
    starts = [each.get(f"{W}val") for each in instance.iter(f"{W}startOverride")]
    return style, level.find(f"{W}lvlText").get(f"{W}val"), starts


def test_a_list_of_the_reference_keeps_its_own_definition(shipped: Shipped, tmp_path: Path) -> None:
    items = Items(ordered=True, items=(Item((Text("En ting"),), None),), place=Place(tmp_path))
    document = replace(shipped.documents[MEMO], body=(items, items), data=None)
    data = (REFERENCES / "kommune.docx").read_bytes()
    made = zipfile.ZipFile(BytesIO(written(document, own_theme(tmp_path, data, STYLES["kommune"]))))
    numbering = etree.fromstring(made.read("word/numbering.xml"))
    original = etree.fromstring(zipped_parts(REFERENCES / "kommune.docx")["word/numbering.xml"])
    style = styles_of(etree.fromstring(made.read("word/styles.xml")))["ListNumber"]

    [usual] = re.findall(r'numId w:val="(\d+)"', style)
    afresh = [
        each for each in numbering.iter(f"{W}num") if each.find(f"{W}lvlOverride") is not None
    ]

    known = original.find(f"{W}num[@{W}numId='{usual}']/{W}abstractNumId").get(f"{W}val")
    assert [each.find(f"{W}abstractNumId").get(f"{W}val") for each in afresh][-1] == known


@every_reference
def test_headings_captions_and_boxes_start_at_the_left_edge_without_a_tab(
    made: Made, reference: str
) -> None:
    hung = [
        text_of(paragraph)
        for paragraph in made.root(reference, REPORT).iter(f"{W}p")
        if re.match(
            "Heading|Overskrift|Caption|Bildetekst|Faktaboks|Merk|KFVurd|KFLaget",
            style_of(paragraph),
        )
        and paragraph.find(f".//{W}r/{W}tab") is not None
    ]

    assert hung == []


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


@pytest.mark.parametrize("reference", ["kommune", "styrelse"])
def test_pandoc_reads_the_headings_with_their_levels(
    made: Made, shipped: Shipped, reference: str
) -> None:
    read = pypandoc.convert_file(
        str(made.file(reference, REPORT)), "markdown", "docx", ["--wrap=none"]
    )
    document = shipped.documents[REPORT]
    ends = (document.notes.heading, document.sources.heading)
    headings = [block for block in document.body if isinstance(block, Heading)]
    data = [document.data.heading] if document.data else []

    contents = next(block for block in document.body if isinstance(block, Contents))
    found = re.findall(r"^(#+) (.+?)(?: \{#.*)?$", read, re.MULTILINE)
    found.remove(("#", contents.title))  # in the reference's style, which is based on a heading's

    assert [(len(level), letters(text)) for level, text in found] == [
        (each.level - 1, letters(inline_text(each.content))) for each in (*headings, *data, *ends)
    ]


# ---------------------------------------------------------------- all that was promised before


@every_reference
def test_openxml_audit_and_docx_integrity_find_nothing(made: Made, reference: str) -> None:
    file = made.file(reference, REPORT)

    found = OpenXmlValidator(max_errors=100).validate(file).errors

    assert [f"{each.part_uri}: {each.description}" for each in found] == []
    assert [f"{each.code} {each.message}" for each in docx_integrity.check(str(file))] == []


@every_made
def test_facts_charts_heads_and_links_are_those_of_the_file_without_a_reference(
    made: Made, shipped: Shipped, reference: str, name: str
) -> None:
    plain = zipped_parts(shipped.file(name, "docx"))
    housed = zipped_parts(made.file(reference, name))

    assert promised(housed) == promised(plain)
    assert housed["docProps/core.xml"] == plain["docProps/core.xml"]


def promised(parts: Mapping[str, bytes]) -> dict[str, object]:
    """What does not hang on styles: facts with their tags, alternative texts, tables, links."""
    root = etree.fromstring(parts["word/document.xml"])
    origin = etree.fromstring(parts["customXml/item1.xml"])
    return {
        "facts": [each.get(f"{W}val") for each in root.iter(f"{W}tag")],
        "origin": [dict(each.attrib, number="") for each in origin.iter("{*}fact", "{*}control")],
        "alternatives": [
            each.get("descr") for each in root.iter("{*}docPr") if each.get("descr") is not None
        ],
        "heads": len([*root.iter(f"{W}tblHeader")]),
        "charts": sorted(part for part in parts if part.startswith("word/charts/chart")),
        "links": sorted(each.get(f"{W}anchor", "") for each in root.iter(f"{W}hyperlink")),
        "fields": [
            " ".join((each.text or "").split()[:2]) for each in root.iter(f"{W}instrText")
        ],
    }  # fmt: skip


@every_made
def test_every_link_leads_to_a_bookmark_that_is_there_once(
    made: Made, reference: str, name: str
) -> None:
    root = made.root(reference, name)
    marks = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    aims = {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")} - {None}

    assert aims - set(marks) == set()
    assert len(marks) == len(set(marks))


@every_reference
def test_charts_keep_the_colours_of_the_theme_whose_meaning_was_checked(
    made: Made, reference: str
) -> None:
    parts = zipped_parts(made.file(reference, REPORT))
    charts = [
        etree.fromstring(parts[part])
        for part in parts
        if "charts/chart" in part and "rels" not in part
    ]

    own = load_theme(BUILT_IN)
    by_slot = [each for chart in charts for each in chart.iter(f"{A}schemeClr")]
    colours = {each.get("val") for chart in charts for each in chart.iter(f"{A}srgbClr")}

    assert charts
    assert by_slot == []
    assert {own.colour(name)[1:] for name in ("norge", "danmark")} <= colours


def test_the_same_document_on_the_same_reference_has_the_same_bytes(
    made: Made, shipped: Shipped, tmp_path: Path
) -> None:
    theme = own_theme(tmp_path, (REFERENCES / "etat.docx").read_bytes(), STYLES["etat"])

    again = written(shipped.documents[MEMO], theme)

    assert again == made.file("etat", MEMO).read_bytes()


def test_the_pages_of_the_contents_list_are_marked_to_be_counted_anew(made: Made) -> None:
    fields = [
        each
        for each in made.root("styrelse", REPORT).iter(f"{W}fldChar")
        if each.get(f"{W}dirty") == "1"
    ]
    links = [*made.root("styrelse", REPORT).iter(f"{W}instrText")]

    assert len(fields) == len([each for each in links if "PAGEREF" in (each.text or "")]) > 5


# ---------------------------------------------------------------- places


def altered(alter: Alter, reference: str = "kommune") -> bytes:
    """A reference with its parts changed."""
    parts = zipped_parts(REFERENCES / f"{reference}.docx")
    alter(parts)
    return zipped(parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def swapped(old: str, new: str, part: str = "word/document.xml") -> Alter:
    """To put one piece of XML in the place of another, which stands there."""

    def swap(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return swap


def first_lines(data: bytes, document: Document, folder: Path, count: int) -> list[str]:
    made = zipfile.ZipFile(BytesIO(written(document, own_theme(folder, data, STYLES["kommune"]))))
    root = etree.fromstring(made.read("word/document.xml"))
    lines = (text_of(each) for each in root.iter(f"{W}p"))
    return [line for line in lines if line][:count]


KIND = "<w:r><w:t>{{ kind }}</w:t></w:r>"
PLACED = {
    "a content control by its tag": (
        f'<w:sdt><w:sdtPr><w:tag w:val="kind"/></w:sdtPr><w:sdtContent>{KIND}</w:sdtContent></w:sdt>',
        "Memo to political leadership",
    ),
    "a control of Word's own cover pages, by the property that it shows": (
        (
            '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:creator[1]" '
            'w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/></w:sdtPr><w:sdtContent>'
            "<w:r><w:t>Forfatter</w:t></w:r></w:sdtContent></w:sdt>"
        ),
        "Kildefast",
    ),
    "a field for a property": (
        '<w:fldSimple w:instr=" SUBJECT "><w:r><w:t>Emne</w:t></w:r></w:fldSimple>',
        "Memo to political leadership",
    ),
    "a place among words": (
        "<w:r><w:t>Til {{to}}, fra {{ from }}</w:t></w:r>",
        "Til City commissioner or minister, fra Policy adviser",
    ),
}


@pytest.mark.parametrize(("place", "said"), PLACED.values(), ids=PLACED.keys())
def test_a_place_is_filled_however_a_word_user_made_it(
    shipped: Shipped, tmp_path: Path, place: str, said: str
) -> None:
    found = first_lines(altered(swapped(KIND, place)), shipped.documents[MEMO], tmp_path, 2)

    assert found == [said, "The rules set the pace"]


def test_what_the_cover_has_no_place_for_stands_at_the_head_of_the_text(
    made: Made, shipped: Shipped
) -> None:
    cover = shipped.documents[MEMO].cover
    lines = [text_of(each) for each in made.root("styrelse", MEMO).iter(f"{W}p")]

    labels = [label for label, _ in cover.meta]
    assert lines[:3] == [
        "Kildefast · Memo to political leadershipDRAFT",
        inline_text(cover.title),
        inline_text(cover.lead),
    ]
    assert [line for line in lines[:20] if line in labels] == labels


def test_the_strip_leaves_out_what_the_cover_says_and_never_the_status(made: Made) -> None:
    table = next(made.root("etat", MEMO).iter(f"{W}tbl"))
    labels = [text_of(each) for each in table.iter(f"{W}p") if style_of(each) == "KFMetaetikett"]

    assert labels == ["To", "From", "Status", "Facts as of", "Oldest evidence", "Newest evidence"]


def test_a_template_of_word_is_as_good_as_a_document(shipped: Shipped, tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    template = altered(
        swapped(f"{kind}document.main+xml", f"{kind}template.main+xml", "[Content_Types].xml")
    )

    found = first_lines(template, shipped.documents[MEMO], tmp_path, 1)

    assert found == ["Memo to political leadership"]


# ---------------------------------------------------------------- what is refused


def told(folder: Path, data: bytes, styles: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with such a reference, as a person is told."""
    theme = own_theme(folder, data, styles or {})
    return [problem.shown(folder) for problem in reference_problems(theme, ["Skjema 2.0"])]


def paragraph(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def added(xml: str) -> Alter:
    """To put a paragraph or more before the first of the text."""
    return swapped("<w:body>", f"<w:body>{xml}")


def field_of(instruction: str) -> Alter:
    return added(
        f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    )


def related(kind: str, target: str, part: str = "word/_rels/document.xml.rels") -> Alter:
    """To refer to something outside the file."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def relate(parts: dict[str, bytes]) -> None:
        entry = f'<Relationship Id="rIdX" Type="{space}/{kind}" Target="{target}" TargetMode="External"/>'
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        whole = parts.get(part, empty.encode())
        parts[part] = whole.replace(b"</Relationships>", f"{entry}</Relationships>".encode())

    return relate


def part_added(name: str, data: bytes = b"x") -> Alter:
    return lambda parts: parts.update({name: data})


MANY = {f"word/many{number}.xml": b"<a/>" for number in range(600)}
FIELDS = (
    "allowed: AUTHOR, DOCPROPERTY, FILENAME, HYPERLINK, NUMPAGES, PAGE, SECTION, SECTIONPAGES, "
    "STYLEREF, SUBJECT, TITLE"
)
AGAIN = "open it in Word and save it once more as a Word document (.docx)"
DRAWN = (
    '<w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:inline><wp:docPr id="7" name="Logo"/></wp:inline></w:drawing>'
)
BODY = "<w:r><w:t>{{ body }}</w:t></w:r>"
REFUSED: dict[str, tuple[Alter, list[tuple[str, str]]]] = {
    "tracked changes": (
        added('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>ny</w:t></w:r></w:ins></w:p>'),
        [("has tracked changes", "in Word, Review › Accept › Accept All Changes")],
    ),
    "protection": (
        swapped("<w:zoom", '<w:documentProtection w:edit="readOnly"/><w:zoom', "word/settings.xml"),
        [("is protected against editing", "in Word, Review › Restrict Editing › Stop Protection, then save")],
    ),
    "comments": (
        added(paragraph('<w:commentReference w:id="0"/>')),
        [("holds comments", "delete them: Review › Delete All Comments")],
    ),
    "footnotes": (
        added(paragraph('<w:footnoteReference w:id="2"/>')),
        [("holds footnotes", "delete them")],
    ),
    "a document inside": (
        added("<w:altChunk/>"),
        [("holds another document inside", "delete it")],
    ),
    "an embedded object": (
        added(paragraph("<w:object/>")),
        [("holds an embedded object", "delete it, or make it a picture")],
    ),
    "macros": (
        part_added("word/vbaProject.bin"),
        [("holds macros", "save it as a Word document (.docx), which has none")],
    ),
    "ActiveX": (part_added("word/activeX/activeX1.xml"), [("holds ActiveX controls", "delete them")]),
    "a linked picture": (
        related("image", "https://example.com/x.png"),
        [(
            "holds a linked picture to 'https://example.com/x.png', outside the file",
            "in Word, File › Info › Edit Links to Files › Break Link",
        )],
    ),
    "an attached template": (
        related("attachedTemplate", "file:///C:/Maler/Hus.dotm", "word/_rels/settings.xml.rels"),
        [(
            "holds an attached template to 'file:///C:/Maler/Hus.dotm', outside the file",
            "in Word, Developer › Document Template: attach Normal.dotm",
        )],
    ),
    "a link to a file": (
        related("hyperlink", "file:///etc/passwd"),
        [(
            "holds a link to 'file:///etc/passwd', outside the file",
            "links may lead to the web, an e-mail or a telephone number",
        )],
    ),
    "a linked object": (
        related("oleObject", "file:///C:/tall.xlsx"),
        [("holds a linked object to 'file:///C:/tall.xlsx', outside the file", "delete it")],
    ),
    "something shown that is not kept": (
        added(paragraph('<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/>')),
        [("shows a 'customXml'", "of text, tables and pictures only; delete it")],
    ),
    "the day of reading": (
        field_of(r"DATE \@ &quot;d. MMMM&quot;"),
        [(
            "has a field 'DATE', which shows the day of reading",
            "write {{ date }} in its place: a document keeps its own date",
        )],
    ),
    "a field that fetches": (
        field_of("INCLUDEPICTURE https://example.com/x.png"),
        [("has a field 'INCLUDEPICTURE'", FIELDS)],
    ),
    "a picture without words": (
        added(paragraph(DRAWN)),
        [(
            "shows the picture 'Logo' without alternative text",
            "in Word, right-click it › View Alt Text, or mark it as decorative",
        )],
    ),
    "an unknown place": (
        swapped("{{ kind }}", "{{ titel }}"),
        [("has a place for 'titel', which no brief has", "did you mean 'title'?")],
    ),
    "two places for the text": (
        added(f"<w:p>{BODY}</w:p>"),
        [("has more than one place '{{ body }}'", "leave one of them")],
    ),
    "the text in a table": (
        swapped(f"<w:p>{BODY}</w:p>", f"<w:tbl><w:tblPr/><w:tr><w:tc><w:p>{BODY}</w:p></w:tc></w:tr></w:tbl><w:p/>"),
        [(
            "has '{{ body }}' where the text can't stand",
            "a table, box, head or foot can't hold a whole brief; give it a line of its own",
        )],
    ),
    "sample text and no place": (
        swapped("{{ body }}", "Skriv her"),
        [(
            "has text and no place for the brief's",
            "write {{ body }} on a line of its own where the text belongs, or delete the sample text",
        )],
    ),
    "columns": (
        lambda parts: parts.update({
            "word/document.xml": parts["word/document.xml"].replace(b"<w:cols ", b'<w:cols w:num="2" ')
        }),
        [("sets its text in columns", "Layout › Columns › One, where the text stands")],
    ),
    "a narrow page": (
        lambda parts: parts.update({
            "word/document.xml": re.sub(rb'w:w="\d+" w:h="', b'w:w="8000" w:h="', parts["word/document.xml"])
        }),
        [("leaves the text 81 mm; a brief needs 100", "narrow the margins")],
    ),
    "numbers without a source": (
        added(paragraph("<w:t>Skjema 2.0: 62 prosent</w:t>")),
        [(
            "says '62' in its text, which has no source",
            "move it to a head or foot, delete it, or list its name in names.yaml",
        )],
    ),
    "no styles": (
        lambda parts: parts.update({
            "word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(b"relationships/styles", b"relationships/stiler")
        }),
        [("has no styles", "save it once more in Word")],
    ),
    "Strict Open XML": (
        lambda parts: parts.update({
            "word/document.xml": parts["word/document.xml"].replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        }),
        [("is saved as Strict Open XML", AGAIN)],
    ),
    "another kind of Office file": (
        swapped("wordprocessingml.document.main", "spreadsheetml.sheet.main", "[Content_Types].xml"),
        [("is no Word document", AGAIN)],
    ),
    "a damaged part": (
        lambda parts: parts.update({"word/document.xml": parts["word/document.xml"][:-20]}),
        [("is damaged: 'word/document.xml' can't be read", AGAIN)],
    ),
    "entities": (
        lambda parts: parts.update({
            "word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + parts["word/document.xml"].split(b"?>", 1)[1].replace(b"{{ kind }}", b"&e;")
        }),
        [("holds a document type in 'word/document.xml'", AGAIN)],
    ),
    "entities that grow": (
        lambda parts: parts.update({
            "word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
            + parts["word/styles.xml"].split(b"?>", 1)[1]
        }),
        [("holds a document type in 'word/styles.xml'", AGAIN)],
    ),
    "too many files": (
        lambda parts: parts.update(MANY),
        [("holds 623 files; 500 is the most", "a Word template has some tens")],
    ),
    "a bomb": (
        lambda parts: parts.update({f"word/bomb{number}.xml": bytes(31_000_000) for number in (1, 2)}),
        [("unpacks to more than 60 MB", "make its pictures smaller")],
    ),
    "a way out of the folder": (
        part_added("../outside.xml"),
        [("holds files whose names Word doesn't write", AGAIN)],
    ),
    "a picture of another kind": (
        lambda parts: parts.update({
            "word/_rels/header1.xml.rels": parts["word/_rels/header1.xml.rels"].replace(b"image1.png", b"image1.svg"),
            "word/media/image1.svg": b"<svg/>",
        }),
        [("holds the picture 'image1.svg'", "save it as PNG, JPEG or EMF and insert it anew")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("alter", "faults"), REFUSED.values(), ids=REFUSED.keys())
def test_a_reference_is_refused_for(
    tmp_path: Path, alter: Alter, faults: Sequence[tuple[str, str]]
) -> None:
    found = told(tmp_path, altered(alter))

    assert found == [f"{TOKENS}:3:14: 'house.docx' {what}\n  hint: {hint}" for what, hint in faults]


RAW = {
    "no file of Office": (b"Kommunens mal", "is damaged, or no Word document", AGAIN),
    "nothing": (b"", "is damaged, or no Word document", AGAIN),
    "a file cut short": (
        (REFERENCES / "kommune.docx").read_bytes()[:-2000],
        "is damaged, or no Word document",
        AGAIN,
    ),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "is protected by a password, or saved as an old .doc file",
        "save it as a Word document (.docx) without a password",
    ),
}


@pytest.mark.parametrize(("data", "what", "hint"), RAW.values(), ids=RAW.keys())
def test_what_is_no_word_file_is_refused(tmp_path: Path, data: bytes, what: str, hint: str) -> None:
    assert told(tmp_path, data) == [f"{TOKENS}:3:14: 'house.docx' {what}\n  hint: {hint}"]


def test_an_unchanged_reference_has_no_fault(tmp_path: Path) -> None:
    found = {
        reference: told(
            tmp_path / reference, (REFERENCES / f"{reference}.docx").read_bytes(), styles
        )
        for reference, styles in STYLES.items()
    }

    assert found == {"kommune": [], "styrelse": [], "etat": []}


def test_each_style_that_is_missing_or_of_another_kind_is_told_at_its_line(tmp_path: Path) -> None:
    data = (REFERENCES / "etat.docx").read_bytes()

    found = told(
        tmp_path, data, {"heading-1": "Overskrit 1", "strong": "Merk", "body": "brødtekst"}
    )

    assert found == [
        f"{TOKENS}:{line}"
        for line in (
            "5:16: 'house.docx' has no paragraph style 'Overskrit 1'\n  hint: did you mean 'Overskrift 1'?",
            "6:13: 'Merk' is a paragraph style; 'strong' needs a character style\n  hint: known: Uthevet",
            "3:14: 'house.docx' has no style for 'title': 'Title' is missing\n  hint: name the style below 'styles', as in 'title: Name of the style'",
        )
    ]


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("{reference: house.docx, styles: {headng-1: x}}", "2:50: unknown role 'headng-1'\n  hint: did you mean 'heading-1'?"),
        ("{reference: hus.docx}", "2:19: no file 'hus.docx' in the theme's folder\n  hint: did you mean 'house.docx'?"),
        ("{reference: ../house.docx}", "2:19: 'word.reference' is '../house.docx'\n  hint: write the name of a .docx file that lies beside this one"),
        ("{styles: {title: Tittel}}", "2:24: 'word' names styles and no file\n  hint: add 'reference: house.docx' above 'styles'"),
        ("{referense: house.docx}", "2:19: unknown token 'word.referense'\n  hint: did you mean 'word.reference'?"),
    ],
)  # fmt: skip
def test_a_key_that_says_no_reference_is_told_at_its_line(
    tmp_path: Path, key: str, told: str
) -> None:
    write(tmp_path / TOKENS, f"base: default\nword: {key}\n")
    (tmp_path / TOKENS).with_name("house.docx").write_bytes(b"")

    with pytest.raises(ReportError) as caught:
        load_theme(tmp_path / TOKENS)

    assert [each.shown(tmp_path) for each in caught.value.problems] == [f"{TOKENS}:{told}"]


# ---------------------------------------------------------------- as an adviser meets it


def test_an_adviser_names_her_template_and_builds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = changed(FILES[AUDIENCE], "theme: default", "theme: own\nnotes: footnotes")
    mapped = tokens({"heading-1": "Kapittel"})
    workspace = make_workspace(tmp_path, {AUDIENCE: public, TOKENS: mapped})
    shutil.copy(REFERENCES / "etat.docx", (tmp_path / TOKENS).with_name("house.docx"))

    before = run(workspace, capsys, "check")
    write(tmp_path / TOKENS, tokens(STYLES["etat"]))
    after = run(workspace, capsys, "build", "--format", "docx", "--lang", "nb")

    assert before.code == 1
    assert f"{TOKENS}:5:16: 'house.docx' has no paragraph style 'Kapittel'" in before.err
    assert after.code == 0, after.err
    [file] = tmp_path.glob("out/channels/*.docx")
    parts = zipped_parts(file)
    used = {
        part: sorted(styles_used(etree.fromstring(parts[part])))
        for part in ("word/document.xml", "word/footnotes.xml")
    }
    assert {"Hovedtittel", "Brdtekst", "Overskrift1"} <= set(used["word/document.xml"])
    assert used["word/footnotes.xml"] == ["Footnotetext", "KFNotemerke"]
    assert [each.description for each in OpenXmlValidator().validate(file).errors] == []


@pytest.mark.parametrize("layout", Layout)
def test_every_style_that_the_writer_sets_text_in_can_be_had(layout: Layout) -> None:
    theme = load_theme(BUILT_IN)
    sheet = Sheet(theme, layout)
    set_in = {look.name for look in (*sheet.paragraphs(), *sheet.characters())}

    roles = {style for role in OURS.values() for style in role.ours}
    lent = {*lent_paragraphs(theme, own_tables=True), *lent_characters(theme)}

    in_heads_and_feet_only = {"Normal", "header", "footer"}
    assert set_in - roles - lent == in_heads_and_feet_only
    assert {style for role in OURS if role not in DEMANDED for style in OURS[role].ours} <= {
        *lent,
        *("KF Tabell", "KF Noter", "KF Meta"),
    }


# ---------------------------------------------------------------- the manual


def test_the_manual_names_every_role_and_place_and_which_roles_are_demanded() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    roles = [row for row in rows if "{{" not in row]
    places = set(re.findall(r"`\{\{ (\w+) \}\}`", "".join(row for row in rows if "{{" in row)))

    named = {role for row in roles for role in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])}
    demanded = {role for row in roles if row.endswith("demanded |")
                for role in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])}  # fmt: skip

    assert named == ROLES.keys() == OURS.keys()
    assert demanded == set(DEMANDED)
    assert places == set(PLACES)
