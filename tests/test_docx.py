"""What a Word file holds: judged by its XML parts, read by our own small reader."""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from readers import number_headings

from reports.document import (
    Assessment,
    BarChart,
    Callout,
    CalloutKind,
    Caption,
    Cell,
    Code,
    Colophon,
    Column,
    Contents,
    ContentsEntry,
    Cover,
    DataTables,
    Definition,
    Definitions,
    Document,
    Emphasis,
    Event,
    FactOrigin,
    FactSpan,
    Figure,
    Foreign,
    Heading,
    Item,
    Items,
    Layout,
    LineBreak,
    Link,
    Mark,
    Note,
    Notes,
    Paragraph,
    Picture,
    Provenance,
    Quote,
    Reference,
    Slot,
    SourceEntry,
    SourceList,
    Strong,
    Table,
    Text,
    Timeline,
    running_case,
    running_title,
)
from reports.facts.wording import FORMS
from reports.problems import Place, Problem, ReportError
from reports.themes import load_theme
from reports.themes.found import BUILT_IN
from reports.write.docx import write_docx
from reports.write.docx.names import block_bookmark, fact_tag
from reports.write.docx.tables import Box, grid

THEME = load_theme(BUILT_IN / "default/tokens.yaml")
PLACE = Place(Path("templates/channels/public.nb.md.j2"), 7)
XSD = etree.XMLSchema(file=Path(__file__).parents[1] / "docs/provenance.xsd")
P = "{urn:kildefast:provenance:1}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\xcc" * width) * height
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


WEB = FactSpan("havneby.web-share", "number", "om lag 62\u202f%", 1, unbroken=True, place=PLACE)
POST = FactSpan("havneby.post", "words", "Brevene blir færre.", 2, unbroken=False, place=PLACE)
CITED = FactSpan("havneby.post", "cite", "", 2, unbroken=False, place=PLACE)


def heading(
    level: int, words: str, anchor: str, number: str = "", *, annex: bool = False
) -> Heading:
    return Heading(level, text(words), anchor, number, annex, PLACE)


def points(*words: str, ordered: bool = False, inner: Items | None = None) -> Items:
    items = tuple(Item(text(each), None) for each in words[:-1])
    return Items(ordered, (*items, Item(text(words[-1]), inner)), PLACE)


COVER = Cover(
    publisher="Havneby kommune",
    kind="Rapport til ledelsen",
    status="UTKAST",
    title=text("Flere søknader kommer på nett"),
    short_title="Søknader på nett",
    lead=text("Rapporten viser hva årsmeldingen sier om søknadene, og hva den ikke sier."),
    meta=(
        ("Mottaker", "Ledelsen"),
        ("Dato", "2. april 2031"),
        ("Status", "Utkast, ikke kvalitetssikret"),
        ("Saksnummer", "31/00042"),
        ("Fakta per", "1. april 2031"),
        ("Godkjent av", "Ikke oppgitt"),
    ),
    meta_label="Om dokumentet",
    case="Sak 31/00042",
    running="Ledelsen · 2. april 2031",
    page_of=("Side", "av"),
)

SUMMARY = Callout(
    CalloutKind.SUMMARY,
    "Kort sagt",
    (
        Items(
            ordered=False,
            items=(
                Item((Text("Av søknadene kommer "), WEB, Text(" på nett.")), None),
                Item(
                    text(
                        "Resten kommer på papir, og det er de som trenger mest tid, mest hjelp og flest mennesker."
                    ),
                    None,
                ),
                Item(text("Vi vet ikke hvem de er."), None),
            ),
            place=PLACE,
        ),
    ),
    PLACE,
)
DECISION = Callout(
    CalloutKind.DECISION,
    "Til beslutning",
    (
        Paragraph(text("Ledelsen bes ta stilling til to spørsmål:"), PLACE),
        points(
            "Skal skjemaene gjøres ferdige først?", "Skal hjelpen ved skranken bli?", ordered=True
        ),
    ),
    PLACE,
)
CAVEAT = Callout(
    CalloutKind.CAVEAT,
    "Slik leses tabellen",
    (
        Paragraph(
            text(
                "Tallene er fra ulike år. Tabellen viser hva kildene legger vekt på, ikke en måling av to byer."
            ),
            PLACE,
        ),
        Paragraph(text("Byene teller hver på sin måte."), PLACE),
        points("Havneby teller søknader.", "Fjordby teller søkere."),
    ),
    PLACE,
)
ASSESSMENT = Assessment(
    "Vår vurdering",
    (
        Paragraph((Text("Dette tåler å prøves. "), CITED), PLACE),
        points("Først i liten skala.", "Så for alle."),
    ),
    PLACE,
)
TABLE = Table(
    Caption(
        "Tabell 1",
        text("To byer, side om side"),
        (Text("Grunnlag: byenes egne ord. "), CITED),
        "Tabell-1",
    ),
    (
        Column(text("Tema"), 1, numeric=False, series="other"),
        Column(text("Danmark"), 1, numeric=False, series="denmark"),
        Column(text("Norge"), 1, numeric=False, series="norway"),
    ),
    (
        (
            Cell(text("Søknader på nett")),
            Cell((WEB, Text(" av søknadene i Fjordby, ifølge byen selv."))),
            Cell(text("Ikke omtalt"), missing=True),
        ),
        (
            Cell(text("Hvem som betaler")),
            Cell(text("Kommunen betaler selv.")),
            Cell(text("Staten betaler halve, kommunen resten.")),
        ),
    ),
    PLACE,
)
FIGURES = Table(
    Caption("Tabell 3", text("Søknader på nett"), (), "tabell-3"),
    (
        Column(text("År"), 2, numeric=True, series="other"),
        Column(text("Søknader"), 1, numeric=True, series="other"),
    ),
    (
        (Cell(text("2029")), Cell(text("1\u202f204"))),
        (Cell(text("2030")), Cell(text("1\u202f310"))),
    ),
    PLACE,
)
CHART = Figure(
    Caption(
        "Figur 1",
        text("Flere søker på nett"),
        text("Grunnlag: søknader om barnehageplass."),
        "figur-1",
    ),
    BarChart(
        (Mark("havneby.web-share", "Havneby", Decimal(62), "om lag 62\u202f%", "norway"),),
        Decimal(100),
    ),
    "Stolpe: Havneby, om lag 62 prosent.",
    PLACE,
)
TIMELINE = Timeline(
    Caption("Tabell 2", text("Slik gikk det til"), text("Grunnlag: årsmeldingen."), "tabell-2"),
    ("Dato", "Hendelse"),
    (
        Event("12. mars 2029", (Text("Skjemaet åpner. "), CITED), approximate=False),
        Event("våren 2030", text("De siste skjemaene følger etter."), approximate=True),
    ),
    PLACE,
)
BODY = (
    SUMMARY,
    Contents(
        "Innhold",
        (
            ContentsEntry("1", text("Søknadene flytter på nett"), "søknadene-flytter"),
            ContentsEntry("2", text("Tallene bak figurene"), "data"),
            ContentsEntry("3", text("Noter"), "noter"),
            ContentsEntry("4", text("Kilder"), "kilder"),
        ),
        PLACE,
    ),
    heading(2, "Søknadene flytter på nett", "søknadene-flytter", "1"),
    Paragraph(
        (
            Text("I Havneby kommer "),
            WEB,
            Text(" av søknadene på nett. "),
            POST,
            Text(" Det er "),
            Strong((Text("viktig"), Emphasis(text(" nå")))),
            Text(", og "),
            Emphasis(text("ikke")),
            Text(" nytt: se "),
            Reference("Tabell-1", "tabell 1"),
            Text(" og "),
            Reference("source-B", "Kilde B"),
            LineBreak(),
            Text("og "),
            Link((Text("årsmeldingen "), WEB), "https://havneby.example/arsmelding?a=1&b=2"),
            Text(", feltet "),
            Code("web_share"),
            Text("."),
        ),
        PLACE,
    ),
    points("Skjema først", "Skranke så", inner=points("For de eldste", "For de travle", ordered=True)),
    points("Først dette", "Så det", ordered=True),
    Paragraph(text("Og så videre."), PLACE),
    points("Først dette igjen", "Så det igjen", ordered=True),
    TABLE,
    CAVEAT,
    Paragraph(text("Teksten går videre etter ruten, og viser hvordan avstanden blir til det som står over."), PLACE),
    heading(3, "Hva som ble talt", "hva-som-ble-talt"),
    Definitions((Definition(text("Søknad"), text("Et skjema eller et brev med navn under.")),), figures=False, place=PLACE),
    Definitions(
        (
            Definition((WEB,), text("av søknadene kom på nett, sier kommunen. Resten kom i brev, over telefonen eller ved skranken.")),
            Definition((replace(WEB, text="1\u202f310"),), text("søknader i alt.")),
        ),
        figures=True,
        place=PLACE,
    ),
    CHART,
    Picture("skranke.png", png(400, 200), "Skranken på rådhuset.", PLACE),
    Quote(text("«Vi rekker ikke alt, og vi blir for få når alle kommer samtidig.»"), (Text("N. N., leder. "), CITED), PLACE),
    TIMELINE,
    DECISION,
    ASSESSMENT,
)  # fmt: skip

NOTES = Notes(
    heading(2, "Noter", "noter", "3", annex=True),
    ("Nr.", "Tall og grunnlag", "Hvem sier det", "Gjelder per", "Kilde"),
    (
        Note(1, "havneby.web-share", "om lag 62\u202f% av søknadene", "N. N., leder", "2030, antatt", "meldt av en part", "A", "avsnitt 12"),
        Note(2, "havneby.post", "Brevene blir færre.", "N. N., leder", "ikke oppgitt", "mening", "B", "avsnitt 3"),
        Note(3, "havneby.silent", "Bare i et diagram.", "Havneby", "2030", "fastslått", "A", "avsnitt 4"),
    ),
    ("Antatt: årsmeldingen dekker året før den kom.",),
    Caption("Tabell 4", text("Hvert tall, og hvor det står"), (), "notes-table"),
)  # fmt: skip
DATA = DataTables(heading(2, "Tallene bak figurene", "data", "2"), (FIGURES,))
PROVENANCE = Provenance(
    brief="channels",
    audience="management",
    subject="",
    date=date(2031, 4, 2),
    status="draft",
    recorded=date(2031, 4, 1),
    facts=(
        FactOrigin("havneby.web-share", date(2031, 4, 1), "reported", 12, ()),
        FactOrigin("havneby.post", date(2031, 3, 1), "opinion", 3, ()),
        FactOrigin("havneby.silent", date(2031, 2, 1), "established", 0, ("havneby.web-share",)),
    ),
)

DOCUMENT = Document(
    language="nb",
    layout=Layout.REPORT,
    cover=COVER,
    body=BODY,
    notes=NOTES,
    sources=SourceList(
        heading(2, "Kilder", "kilder", "4", annex=True),
        (
            SourceEntry("A", "Kilde A", (Text("Årsmelding for Havneby, kommunens egen."),)),
            SourceEntry("B", "Kilde B", (Text("Intervju i avisen."),)),
        ),
    ),
    colophon=Colophon("Slik er dokumentet laget", "Satt sammen 2. april 2031 av to kilder."),
    data=DATA,
    provenance=PROVENANCE,
)
PICTURES = {"figur-1": png(1984, 500)}


def unnumbered() -> Document:
    """The document without the numbers of sections, as other layouts than the report have it."""
    contents = replace(BODY[1], entries=tuple(replace(each, number="") for each in BODY[1].entries))
    blocks = (replace(each, number="") if isinstance(each, Heading) else each for each in BODY)
    notes, sources, data = (
        replace(part, heading=replace(part.heading, number=""))
        for part in (NOTES, DOCUMENT.sources, DATA)
    )
    text = tuple(contents if isinstance(each, Contents) else each for each in blocks)
    return replace(DOCUMENT, body=text, notes=notes, sources=sources, data=data)


def written(document: Document = DOCUMENT, **options: dict[str, int]) -> bytes:
    return write_docx(document, THEME, PICTURES, **options)


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return etree.fromstring(package.read(name))


def body(file: bytes) -> etree._Element:
    return part(file, "word/document.xml")


def first_header(file: bytes) -> etree._Element:
    rels = part(file, "word/_rels/document.xml.rels")
    targets = {rel.get("Id"): rel.get("Target") for rel in rels}
    references = body(file).iter(f"{W}headerReference")
    first = next(each for each in references if each.get(f"{W}type") == "first")
    return part(file, f"word/{targets[first.get(f'{R}id')]}")


def said(root: etree._Element) -> Iterator[str]:
    """All text in order, without the page numbers that a contents list adds."""
    page = False
    for element in root.iter():
        if element.tag == f"{W}instrText":
            page = element.text.strip().startswith("PAGEREF")
        elif element.get(f"{W}fldCharType") == "end":
            page = False
        elif element.tag in (f"{W}tab", f"{W}br", f"{W}p", f"{W}tc"):
            yield " "
        elif element.tag == f"{W}t" and not page:
            yield element.text or ""


def words(lines: str) -> str:
    return re.sub(r"\s+", " ", lines).strip()


def names(root: etree._Element, tag: str, attribute: str = "val") -> list[str]:
    return [each.get(f"{W}{attribute}") for each in root.iter(f"{W}{tag}")]


@pytest.mark.parametrize("layout", list(Layout))
def test_the_file_says_what_the_document_says(layout):
    document = replace(DOCUMENT if layout is Layout.REPORT else unnumbered(), layout=layout)

    file = written(document)

    text = body(file)
    number_headings(text, part(file, "word/styles.xml"))
    read = "".join((*said(first_header(file)), " ", *said(text)))
    assert words(read) == words(document.plain_text())


def test_two_writes_give_the_same_bytes():
    assert written() == written()


def test_every_table_repeats_its_head_and_keeps_rows_whole():
    tables = list(body(written()).iter(f"{W}tbl"))

    assert len(tables) == 5
    for table in tables:
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_tables_are_as_wide_as_the_text():
    grids = [
        [int(column.get(f"{W}w")) for column in grid]
        for grid in body(written()).iter(f"{W}tblGrid")
    ]

    assert {sum(widths) for widths in grids} == {9524}
    assert {widths[0] for widths in grids if len(widths) == 3} == {2494}


def test_two_tables_that_would_meet_are_a_fault_of_ours():
    bare = replace(FIGURES, caption=None)

    with pytest.raises(AssertionError, match="two tables meet"):
        written(replace(DOCUMENT, body=(bare, bare)))


def test_no_paragraph_is_empty():
    paragraphs = list(body(written()).iter(f"{W}p"))

    empty = [
        names(each, "pStyle")
        for each in paragraphs
        if not words("".join(said(each))) and each.find(f".//{W}drawing") is None
    ]
    assert empty == []


def test_a_country_colours_the_rule_under_its_head_by_the_style_of_its_table():
    file = written()

    used = names(body(file), "tblStyle")
    [style] = part(file, "word/styles.xml").iterfind(
        f"{W}style[@{W}styleId='KFTabellDanmarkNorge']"
    )
    rules = {
        corner.get(f"{W}type"): corner.find(f".//{W}bottom").get(f"{W}color")
        for corner in style.iter(f"{W}tblStylePr")
    }
    assert used == ["KFMeta", "KFTabellDanmarkNorge", "KFTabell", "KFTabell", "KFNoter"]
    assert rules == {
        "firstRow": THEME.colour("danmark")[1:],
        "neCell": THEME.colour("norge")[1:],
        "nwCell": THEME.colour("ink")[1:],
    }


def test_every_drawing_has_its_alternative_text():
    drawings = list(body(written()).iter(f"{WP}docPr"))

    assert [drawing.get("descr") for drawing in drawings] == [CHART.alt, "Skranken på rådhuset."]
    assert [drawing.get("id") for drawing in drawings] == ["1", "2"]


def test_a_figure_is_as_wide_as_the_text_and_a_picture_its_own_size():
    extents = [(each.get("cx"), each.get("cy")) for each in body(written()).iter(f"{WP}extent")]

    assert extents[0][0] == str(168 * 36000)
    assert extents[1] == (str(400 * 9525), str(200 * 9525))


@pytest.mark.parametrize(
    ("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("da", "da-DK"), ("en", "en-GB")]
)
def test_the_language_is_the_documents_everywhere(language, tag):
    file = written(replace(DOCUMENT, language=language))

    with zipfile.ZipFile(BytesIO(file)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert set(names(part(file, "word/styles.xml"), "lang")) == {tag}
    assert names(part(file, "word/settings.xml"), "themeFontLang") == [tag]
    assert part(file, "docProps/core.xml").xpath("string(//*[local-name()='language'])") == tag
    assert b"en-US" not in everything


def test_properties_are_the_documents_own():
    file = written()

    core, known = part(file, "docProps/core.xml"), part(file, "docProps/app.xml")
    assert {etree.QName(each).localname: each.text for each in core} == {
        "title": "Flere søknader kommer på nett",
        "subject": "Rapport til ledelsen",
        "creator": "Havneby kommune",
        "description": "Rapporten viser hva årsmeldingen sier om søknadene, og hva den ikke sier.",
        "language": "nb-NO",
        "identifier": "Sak 31/00042",
        "contentStatus": "UTKAST",
        "lastModifiedBy": "Havneby kommune",
        "created": "2031-04-02T00:00:00Z",
        "modified": "2031-04-02T00:00:00Z",
    }
    assert {etree.QName(each).localname: each.text for each in known} == {
        "Company": "Havneby kommune",
        "Application": "Kildefast",
    }


def test_nothing_of_the_template_is_left():
    with zipfile.ZipFile(BytesIO(written())) as package:
        parts = sorted(name for name in package.namelist() if not name.endswith(".rels"))
        times = {entry.date_time for entry in package.infolist()}

    assert parts == [
        "[Content_Types].xml",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/charts/chart1.xml",
        "word/document.xml",
        "word/embeddings/Microsoft_Excel_Worksheet1.xlsx",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/media/image1.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_bookmarks_are_unique_and_every_link_leads_to_one():
    root = body(written())

    bookmarks = names(root, "bookmarkStart", "name")
    numbers = names(root, "bookmarkStart", "id")
    links = [name for name in names(root, "hyperlink", "anchor") if name]
    assert len({name.lower() for name in bookmarks}) == len(bookmarks)
    assert len(set(numbers)) == len(numbers)
    assert sorted(names(root, "bookmarkEnd", "id")) == sorted(numbers)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in bookmarks)
    assert set(links) <= set(bookmarks)
    assert {"title", "lead", "source_A", "note_havneby__web_share"} <= set(bookmarks)


def test_each_heading_and_block_has_a_bookmark_named_by_its_section():
    found = names(body(written()), "bookmarkStart", "name")

    section = found.index("h_hva_som_ble_talt")
    parts = [name for name in found if name.startswith(("b_", "h_"))]
    assert parts[:2] == ["b_start_summary_1", "b_start_contents_1"]
    assert [name for name in found[section:] if name.startswith(("b_", "h_"))] == [
        "h_hva_som_ble_talt",
        "b_hva_som_ble_talt_terms_1",
        "b_hva_som_ble_talt_terms_2",
        "b_hva_som_ble_talt_figure_1",
        "b_hva_som_ble_talt_picture_1",
        "b_hva_som_ble_talt_quote_1",
        "b_hva_som_ble_talt_timeline_1",
        "b_hva_som_ble_talt_decision_1",
        "b_hva_som_ble_talt_assessment_1",
        "h_data",
        "b_data_table_1",
        "h_noter",
        "h_kilder",
    ]


def test_bookmarks_outlive_a_new_value_and_another_section():
    before = names(body(written()), "bookmarkStart", "name")
    added = (heading(2, "Helt nytt", "nytt"), Paragraph(text("Et avsnitt."), PLACE))
    first = BODY.index(next(each for each in BODY if isinstance(each, Heading)))
    changed = replace(WEB, text="om lag 64\u202f%")
    edited = (*BODY[:first], *added, Paragraph((changed,), PLACE), *BODY[first:])

    after = names(body(written(replace(DOCUMENT, body=edited))), "bookmarkStart", "name")

    assert sorted(set(after) - set(before)) == ["b_nytt_text_1", "b_nytt_text_2", "h_nytt"]
    assert set(before) <= set(after)


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("section-hva-som-ble-talt", "b_hva_som_ble_talt_text_1"),
        ("notes", "b_notes_text_1"),
        ("a.b", "b_a__b_text_1"),
        ("a-b@c", "b_a_b___c_text_1"),
        ("a_b", "b_a_b_1cb6a0a5_text_1"),
        ("A-b", "b_a_b_3c83f8c1_text_1"),
        ("x" * 30, "b_xxxxxxxxxxxxxx_04c2c0a2_text_1"),
    ],
)
def test_an_anchor_names_a_block_with_a_hash_only_where_letters_are_lost(anchor, name):
    found = block_bookmark(anchor, "text", 1)

    assert re.sub(r"_[0-9a-f]{8}_", "_#_", found) == re.sub(r"_[0-9a-f]{8}_", "_#_", name)
    assert len(block_bookmark(anchor, "assessment", 999)) <= 40


def test_every_style_used_is_declared_once():
    file = written()
    roots = [body(file), first_header(file), part(file, "word/numbering.xml")]

    declared = names(part(file, "word/styles.xml"), "style", "styleId")
    used = {
        name
        for root in roots
        for tag in ("pStyle", "rStyle", "tblStyle")
        for name in names(root, tag)
    }
    assert len(set(declared)) == len(declared)
    assert used <= set(declared)


def test_each_style_rules_a_side_once_and_in_the_schemas_order():
    order = ["top", "left", "bottom", "right", "between"]
    styles = part(written(), "word/styles.xml")

    rules = [[side.tag.removeprefix(W) for side in box] for box in styles.iter(f"{W}pBdr")]

    assert rules
    assert rules == [[side for side in order if side in box] for box in rules]


def test_paragraphs_and_runs_have_no_formatting_but_their_style():
    root = body(written())

    paragraphs = {each.tag for known in root.iter(f"{W}pPr") for each in known}
    letters = {each.tag for known in root.iter(f"{W}rPr") for each in known}
    cells = {each.tag for known in root.iter(f"{W}tcPr") for each in known}
    assert paragraphs == {f"{W}pStyle", f"{W}numPr"}
    assert letters == {f"{W}rStyle"}
    assert cells == {f"{W}tcW", f"{W}gridSpan"}


def test_each_printed_fact_is_a_content_control_with_its_id_and_form():
    root = body(written())

    controls = [each for each in root.iter(f"{W}sdt") if names(each, "tag")]
    first, cited = (
        controls[0],
        next(each for each in controls if names(each, "tag")[0].endswith(";cite")),
    )
    assert set(names(root, "tag")) == {
        "fact:havneby.web-share;number",
        "fact:havneby.web-share;note",
        "fact:havneby.post;words",
        "fact:havneby.post;cite",
        "fact:havneby.post;note",
        "fact:havneby.silent;note",
    }
    assert "".join(said(first)) == "om lag 62\u202f%[1]"
    assert names(first, "hyperlink", "anchor") == ["note_havneby__web_share"]
    assert "".join(said(cited)) == "[2]"


def test_content_controls_are_numbered_and_titled_by_their_note():
    known = [each for each in body(written()).iter(f"{W}sdtPr") if names(each, "tag")]

    assert [[child.tag for child in each] for each in known] == [
        [f"{W}alias", f"{W}tag", f"{W}id"]
    ] * len(known)
    assert [names(each, "id")[0] for each in known] == [str(n + 1) for n in range(len(known))]
    assert names(known[0], "alias") == ["[1] om lag 62\u202f% av søknadene"]


def test_a_long_title_of_a_content_control_ends_at_a_word():
    long = replace(NOTES.notes[0], what="Av søknadene kom " + "ganske " * 20 + "mange på nett")

    root = body(written(replace(DOCUMENT, notes=replace(NOTES, notes=(long, *NOTES.notes[1:])))))

    assert names(root, "alias")[0] == "[1] Av søknadene kom ganske ganske ganske ganske ganske …"


def test_the_longest_tag_is_within_words_limit():
    assert fact_tag("x" * 48, "with base") == f"fact:{'x' * 48};with-base"
    assert max(len(fact_tag("x" * 48, form)) for form in (*FORMS, "statement", "as of")) <= 64


def test_words_of_another_language_say_so():
    content = (Text("Et "), Foreign((Emphasis(text("white paper")),), "en"), Text(" kom."))

    root = body(written(replace(DOCUMENT, body=(Paragraph(content, PLACE),))))

    tagged = {
        "".join(said(run)): names(run, "lang") for run in root.iter(f"{W}r") if names(run, "lang")
    }
    assert tagged == {"white paper": ["en-GB"]}


def test_references_repeat_the_numbers_they_lead_to():
    root = body(written())

    fields = [each.text.strip() for each in root.iter(f"{W}instrText")]
    table = next(
        name for name in names(root, "bookmarkStart", "name") if name.startswith("no_tabell")
    )
    assert [field for field in fields if field.startswith("REF")] == [
        f"REF {table} \\h \\* MERGEFORMAT",
        "REF source_B \\h \\* MERGEFORMAT",
    ]


@pytest.mark.parametrize("layout", [Layout.REPORT, Layout.MEMO])
def test_notes_and_sources_lead_to_each_other(layout):
    root = body(written(replace(DOCUMENT, layout=layout)))

    links = [
        (link.get(f"{W}anchor"), "".join(said(link)))
        for link in root.iter(f"{W}hyperlink")
        if link.get(f"{W}anchor", "").startswith(("mark_", "source_", "note_"))
    ]
    start = links.index(("mark_havneby__web_share", "[1]"))
    assert links[start:] == [
        ("mark_havneby__web_share", "[1]"),
        ("source_A", "A"),
        ("mark_havneby__post", "[2]"),
        ("source_B", "B"),
        ("source_A", "A"),
        ("note_havneby__web_share", "Kilde A"),
        ("note_havneby__post", "Kilde B"),
    ]


def test_the_provenance_says_what_was_printed_and_from_where():
    item = part(written(), "customXml/item1.xml")

    XSD.assertValid(item)
    facts, sources, printed = (item.find(f"{P}{tag}") for tag in ("facts", "sources", "printed"))
    assert dict(item.find(f"{P}edition").attrib) == {
        "brief": "channels",
        "audience": "management",
        "language": "nb",
        "date": "2031-04-02",
        "status": "draft",
    }
    assert item.findtext(f"{P}state/{P}recorded") == "2031-04-01"
    assert [each.get("name") for each in item.iter(f"{P}program")] == [
        "kildefast",
        "python-docx",
        "lxml",
    ]
    assert etree.tostring(facts[2]).decode() == (
        '<fact xmlns="urn:kildefast:provenance:1" id="havneby.silent" note="3" '
        'standing="established" recorded="2031-02-01">'
        "<says>Bare i et diagram.</says><speaker>Havneby</speaker><as-of>2030</as-of>"
        '<from letter="A"/><computed-from fact="havneby.web-share"/></fact>'
    )
    assert [(each.get("letter"), each[0].text) for each in sources] == [
        ("A", "Årsmelding for Havneby, kommunens egen."),
        ("B", "Intervju i avisen."),
    ]
    assert [printed[0].attrib["form"], printed[0].text] == ["number", "om lag 62\u202f%[1]"]


def test_the_state_is_the_hash_of_facts_and_sources_alone():
    def state(document: Document) -> str:
        return part(written(document), "customXml/item1.xml").findtext(f"{P}state/{P}hash")

    shorter = replace(DOCUMENT, body=(Paragraph((WEB,), PLACE),))
    other = replace(NOTES.notes[0], what="om lag 64\u202f% av søknadene")
    changed = replace(DOCUMENT, notes=replace(NOTES, notes=(other, *NOTES.notes[1:])))
    item = part(written(), "customXml/item1.xml")

    parts = (
        etree.tostring(item.find(f"{P}{tag}"), encoding="unicode") for tag in ("facts", "sources")
    )
    told = "".join(etree.canonicalize(each) for each in parts).encode()
    assert state(DOCUMENT) == hashlib.sha256(told).hexdigest()
    assert state(DOCUMENT) == state(shorter) != state(changed)


def test_a_document_that_comes_from_no_store_has_no_provenance():
    with zipfile.ZipFile(BytesIO(written(replace(DOCUMENT, provenance=None)))) as package:
        assert [name for name in package.namelist() if "custom" in name] == []


def test_each_ordered_list_counts_from_one():
    file = written()

    lists = [
        number.get(f"{W}val")
        for paragraph in body(file).iter(f"{W}p")
        for number in paragraph.findall(f"{W}pPr/{W}numPr/{W}numId")
    ]
    starts = {
        number.get(f"{W}numId")
        for number in part(file, "word/numbering.xml").iter(f"{W}num")
        if names(number, "startOverride") == ["1"]
    }
    assert lists == [lists[0]] * 2  # the second list of its kind; the others have their style's
    assert set(lists) == starts


def test_no_box_splits_since_all_but_its_last_paragraph_keep_with_the_next():
    file = written()

    styles = part(file, "word/styles.xml")
    kept = {
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}keepNext") is not None
    }
    boxes = [name for name in names(body(file), "pStyle") if name.startswith("KFForbehold")]
    assert boxes == [
        "KFForbeholdtittel",
        "KFForbeholdtekstvidere",
        "KFForbeholdtekstvidere",
        "KFForbeholdpunktvidere",
        "KFForbeholdpunkt",
    ]
    assert [name in kept for name in boxes] == [True, True, True, True, False]


def test_how_it_was_made_stands_with_the_last_source():
    file = written()

    *_, source, made = names(body(file), "pStyle")
    [style] = part(file, "word/styles.xml").xpath(
        "w:style[@w:styleId = $id]", id=source, namespaces={"w": W[1:-1]}
    )
    assert (source, made) == ("KFKildevidere", "KFLaget")
    assert style.find(f"{W}pPr/{W}keepNext") is not None


def test_the_contents_are_a_block_of_words_own_gallery_numbered_after_the_facts():
    root = body(written())

    numbers = [int(known.find(f"{W}id").get(f"{W}val")) for known in root.iter(f"{W}sdtPr")]
    [contents] = [each for each in root.iter(f"{W}sdt") if names(each, "docPartGallery")]
    styles = names(contents, "pStyle")
    assert names(contents, "docPartGallery") == ["Table of Contents"]
    assert names(contents, "id")[0] == str(max(numbers))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert styles == ["TOCHeading", *["Toc1"] * (len(styles) - 1)]


def test_no_page_break_leaves_one_row_of_a_table_alone():
    rows = [Box("KF Tabell rad", ()), Box("KF Tabell tekst", ())]

    def kept(count: int, **short: int) -> list[bool]:
        table = grid("KF Tabell", (1, 1), [rows] * count, ("", ""), **short)
        styles = [names(row, "pStyle") for row in table.iter(f"{W}tr")]
        assert all(len({each.endswith("videre") for each in row}) == 1 for row in styles)
        return [row[0].endswith("videre") for row in styles]

    assert kept(3) == [False, True, False]
    assert kept(6) == [False, True, True, True, True, False]
    assert kept(8) == [False, True, False, False, False, False, True, False]
    assert kept(6, short=3) == [False, True, False, False, True, False]


def test_the_contents_show_the_pages_they_are_given():
    root = body(written(pages={"søknadene-flytter": 2, "noter": 5}))

    fields = [each.text.strip() for each in root.iter(f"{W}instrText")]
    entries = [each for each in root.iter(f"{W}p") if names(each, "pStyle") == ["Toc1"]]
    results = [[each.text for each in entry.iter(f"{W}t")][-1] for entry in entries]
    assert 'TOC \\o "1-1" \\h \\z \\u' in fields
    assert results == ["2", "1", "5", "1"]


def test_captions_count_in_sequence_fields():
    fields = [each.text.strip() for each in body(written()).iter(f"{W}instrText")]

    assert [field for field in fields if field.startswith("SEQ")] == [
        "SEQ Tabell \\* ARABIC",
        "SEQ Figur \\* ARABIC",
        "SEQ Tabell \\* ARABIC",
        "SEQ Tabell \\* ARABIC",
        "SEQ Tabell \\* ARABIC",
    ]


def test_headings_are_real_headings():
    root = body(written())

    headings = [
        (names(each, "pStyle")[0], words("".join(said(each))))
        for each in root.iter(f"{W}p")
        if names(each, "pStyle")[0].startswith("Heading")
    ]
    assert headings == [
        ("Heading1", "Søknadene flytter på nett"),
        ("Heading2", "Hva som ble talt"),
        ("Heading1", "Tallene bak figurene"),
        ("Heading1", "Noter"),
        ("Heading1", "Kilder"),
    ]


@pytest.mark.parametrize("layout", list(Layout))
def test_word_numbers_the_sections_of_a_report_alone(layout):
    file = written(replace(DOCUMENT, layout=layout))

    [style] = part(file, "word/styles.xml").iterfind(f"{W}style[@{W}styleId='Heading1']")
    levels = [
        level
        for level in part(file, "word/numbering.xml").iter(f"{W}lvl")
        if names(level, "pStyle") == ["Heading1"]
    ]
    assert bool(names(style, "numId")) == (layout is Layout.REPORT)
    assert [names(level, "lvlText") for level in levels] == [["%1"]]


def test_a_picture_that_word_cannot_show_is_a_problem_at_its_place():
    picture = Picture("kart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Kart.", PLACE)

    with pytest.raises(ReportError) as raised:
        written(replace(DOCUMENT, body=(picture,)))

    what = "picture 'kart.svg' is not PNG or JPEG, which Word needs"
    assert raised.value.problems == (Problem(PLACE, what, "save it as PNG at 300 dpi"),)


def test_an_unresolved_call_is_a_fault_of_ours():
    with pytest.raises(AssertionError, match="unresolved call 3"):
        written(replace(DOCUMENT, body=(Slot(3, PLACE),)))


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Søknader på nett", "Søknader på nett"),
        ("a" * 70, "a" * 70),
        (f"{'ord ' * 17}og, så mer enn en linje", f"{'ord ' * 17}…"),
    ],
)
def test_the_head_of_a_page_has_room_for_the_first_words_of_a_title(title: str, head: str) -> None:
    assert running_title(replace(COVER, short_title=title)) == head


@pytest.mark.parametrize(
    ("case", "foot"),
    [
        ("Sak 85.11.05-G01-3-26", "Sak 85.11.05-G01-3-26"),
        ("Sak 0f8fad5b-d9cb-469f-a165-70867728950e", ""),
    ],
)
def test_a_case_that_the_foot_of_a_page_has_no_room_for_stands_on_the_cover_alone(
    case: str, foot: str
) -> None:
    assert running_case(replace(COVER, case=case)) == foot
