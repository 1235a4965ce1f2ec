"""The shipped brief, built once as anyone would get it, and read back by independent readers."""

import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import takewhile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from readers import (
    Element,
    W,
    contents_pages,
    difference,
    docx_text,
    html_text,
    letters,
    outside_addresses,
    page_fields,
    pdf_text,
    read_pdf,
    words,
)
from shipped import NAMES, ROOT, Shipped, built, every_edition

from reports.briefs import Edition, Workspace, load_workspace
from reports.build import resolve_all
from reports.document import (
    Contents,
    Cover,
    Document,
    FactSpan,
    Figure,
    Foreign,
    Heading,
    Mark,
    Note,
    Picture,
    inline_text,
    running_title,
)
from reports.facts.model import Standing
from reports.facts.wording import as_of_text
from reports.language import capitalised, load_language

FORMATS = ("pdf", "docx", "html")
READERS: Mapping[str, Callable[[Path], str]] = {
    "pdf": pdf_text,
    "docx": docx_text,
    "html": html_text,
}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
REGIONS = {"nb": "nb-NO", "en": "en-GB"}  # Word proofs in a language of a country

every_format = pytest.mark.parametrize("kind", FORMATS)


# ---------------------------------------------------------------- which files there are


def test_the_shipped_brief_has_eight_editions_of_three_formats(shipped):
    files = {
        path.relative_to(shipped.out).as_posix()
        for path in shipped.out.rglob("*")
        if path.is_file()
    }

    wanted = {f"{name}.{kind}" for name in NAMES for kind in FORMATS}
    assert [problem.shown(ROOT) for problem in shipped.problems if problem.fatal] == []
    assert files == {*wanted, "index.html", "manifest.json"}
    assert len(wanted) == len(shipped.outputs) == 24


# ---------------------------------------------------------------- what the outputs say


@every_format
@every_edition
def test_each_output_says_what_its_document_says(shipped, name, kind):
    said = READERS[kind](shipped.file(name, kind))

    wanted = shipped.documents[name].plain_text()
    assert difference(letters(wanted), letters(said)) == ""


@pytest.mark.parametrize("kind", ["docx", "html"])
@every_edition
def test_words_part_where_the_documents_words_part(shipped, name, kind):
    said = READERS[kind](shipped.file(name, kind))

    assert difference(words(shipped.documents[name].plain_text()), words(said)) == ""


@every_edition
def test_a_pdf_hides_nothing_from_its_tags_but_running_heads_and_feet(shipped, name):
    cover = shipped.documents[name].cover

    margins = [letters(margin) for margin in read_pdf(shipped.file(name, "pdf")).margins]

    assert margins == [letters(each) for each in running_text(cover, len(margins))]


def running_text(cover: Cover, pages: int) -> Iterator[str]:
    """The head and foot of each page; the first has no head, as the masthead says it."""
    page, of = cover.page_of
    for number in range(1, pages + 1):
        head = f"{cover.publisher} {running_title(cover)} {cover.status}" if number > 1 else ""
        yield f"{head} {cover.case} {cover.running} {page} {number} {of} {pages}"


@every_edition
def test_the_contents_list_names_the_page_of_each_section(shipped, name):
    file = shipped.file(name, "pdf")

    document = shipped.documents[name]
    starts = [str(each.page()) for each in sections(read_pdf(file).tree, document)]

    listed = contents_pages(file)
    assert listed == page_fields(shipped.file(name, "docx"))
    assert listed == (starts if listed else [])
    assert bool(listed) == bool(list(nodes(document, Contents)))


def sections(tree: Element, document: Document) -> list[Element]:
    """The headings of level 2 outside of boxes, the contents list's own left out."""
    boxes = [each for each in tree.walk() if each.type == "Sect"]
    inside = {id(each) for box in boxes for each in box.walk()}
    own = {letters(each.title) for each in nodes(document, Contents)}
    return [
        each
        for each in tree.walk()
        if each.type == "H2" and id(each) not in inside and letters(each.text()) not in own
    ]


# ---------------------------------------------------------------- the comparison can fail


def alter_html(file: Path) -> None:
    page = file.read_text("utf-8")
    file.write_text(page.replace("</h1>", "!</h1>"), "utf-8")


def alter_docx(file: Path) -> None:
    """Put another letter in place of the first one."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(r"(<w:t[^>]*>)[^<]", r"\1!", body, count=1).encode()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def alter_pdf(file: Path) -> None:
    """Take the last glyph, two bytes, out of the first text that is shown on page one."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        steps = pikepdf.parse_content_stream(pdf.pages[0])
        shown = next(operands[0] for operands, operator in steps if str(operator) == "TJ")
        last = max(i for i, each in enumerate(shown) if isinstance(each, pikepdf.String))
        shown[last] = pikepdf.String(bytes(shown[last])[:-2])
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))
        pdf.save(file)


def reorder_pdf(file: Path) -> None:
    """Swap the first two parts of the structure tree's document."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        parts = pdf.Root.StructTreeRoot.K[0].K
        parts[0], parts[1] = parts[1], parts[0]
        pdf.save(file)


@pytest.mark.parametrize("alter", [alter_html, alter_docx, alter_pdf, reorder_pdf])
def test_one_letter_or_order_changed_in_one_output_is_reported(shipped, tmp_path, alter):
    kind = alter.__name__.split("_")[1]
    altered = tmp_path / f"altered.{kind}"
    shutil.copy(shipped.file(NAMES[0], kind), altered)
    wanted = letters(shipped.documents[NAMES[0]].plain_text())

    alter(altered)

    said = letters(READERS[kind](altered))
    assert difference(wanted, said).startswith("they part after ")


def test_a_difference_is_shown_with_what_stands_around_it():
    shown = difference("Av søknadene kommer 62 % på nett.", "Av søknadene kommer 26 % på nett.")

    assert shown == (
        "they part after 20 characters, at «Av søknadene kommer »\n"
        "  the document goes on: «62 % på nett.»\n"
        "  the output goes on:   «26 % på nett.»"
    )


def test_a_text_that_ends_early_is_a_difference():
    assert difference("Noter og kilder", "Noter") == (
        "they part after 5 characters, at «Noter»\n"
        "  the document goes on: « og kilder»\n"
        "  the output goes on:   «»"
    )


# ---------------------------------------------------------------- what each format promises


@every_edition
def test_a_pdf_names_its_language_title_header_cells_and_pictures(shipped, name):
    document = shipped.documents[name]

    pdf = read_pdf(shipped.file(name, "pdf"))

    elements = list(pdf.tree.walk())
    scopes = [each.attributes["Scope"] for each in elements if each.type == "TH"]
    alts = [each.alt for each in elements if each.type == "Figure"]
    assert (pdf.language, pdf.title) == (document.language, document.cover.short_title)
    assert set(scopes) <= {"Column", "Row"}
    assert len(scopes) >= len(document.cover.meta)
    assert alts == pictures(document)


@every_edition
def test_a_word_file_names_its_language_title_and_pictures(shipped, name):
    document = shipped.documents[name]
    with zipfile.ZipFile(shipped.file(name, "docx")) as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        body = etree.fromstring(package.read("word/document.xml"))

    properties = {each.tag: each.text for each in core}
    languages = {each.get(f"{W}val") for each in styles.iter(f"{W}lang")}
    alts = [each.get("descr") for each in body.iter(f"{DRAWING}docPr")]
    assert properties[f"{DUBLIN}title"] == document.cover.short_title
    assert properties[f"{DUBLIN}creator"] == document.cover.publisher
    assert properties[f"{DUBLIN}language"] == REGIONS[document.language]
    assert languages == {REGIONS[document.language]}
    marked = {each.get(f"{W}val") for each in body.iter(f"{W}lang")}
    assert marked == {REGIONS[each.language] for each in nodes(document, Foreign)}
    assert alts == pictures(document)


@every_edition
def test_a_page_names_its_language_title_and_pictures_and_fetches_nothing(shipped, name):
    document = shipped.documents[name]
    file = shipped.file(name, "html")

    page = html.document_fromstring(file.read_bytes())

    alts = [each.get("alt") or each.findtext("title") for each in page.iter("svg", "img")]
    assert page.get("lang") == document.language
    assert page.findtext(".//title") == document.cover.short_title
    assert alts == pictures(document)
    assert list(outside_addresses(file)) == []


def test_an_address_outside_of_the_page_is_found(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        "<style>@import url(https://a.example/x.css); b { src: url(//b.example/f) }</style>"
        '<img src="https://c.example/i.png"><a href="https://d.example">link</a>'
        '<link rel="stylesheet" href="print.css"><img src="data:image/png;base64,AA//">'
        '<svg><use href="#mark"/><image href="http://e.example/i.svg"/></svg>'
        "<p style=\"background: url('//f.example')\">"
    )

    assert sorted(outside_addresses(file)) == [
        "//b.example/f", "//f.example", "http://e.example/i.svg", "https://a.example/x.css",
        "https://c.example/i.png", "print.css",
    ]  # fmt: skip


def pictures(document: Document) -> list[str]:
    """The alternative text of each chart and picture, in reading order."""
    return [each.alt for each in nodes(document, Figure, Picture)]


def nodes(node: object, *kinds: type) -> Iterator:
    """Every node of those classes in a document, in reading order."""
    if isinstance(node, kinds):
        yield node
    if isinstance(node, tuple):
        for each in node:
            yield from nodes(each, *kinds)
    elif is_dataclass(node):
        for each in fields(node):
            yield from nodes(getattr(node, each.name), *kinds)


# ---------------------------------------------------------------- length and age


@every_edition
def test_the_body_keeps_to_its_audiences_page_limit(shipped, name):
    output = shipped.pdf_output(name)
    pdf = read_pdf(shipped.file(name, "pdf"))

    body = body_pages(shipped.documents[name], pdf.tree)

    assert (output.body_pages, output.pages) == (body, len(pdf.margins))
    assert 0 < body <= output.edition.audience.budget.pages


def body_end(document: Document) -> Heading:
    """The first heading that isn't of the body: an annex's, the data's, or that of the notes."""
    annexes = (each for each in nodes(document.body, Heading) if each.annex)
    return next(annexes, (document.data or document.notes).heading)


def body_pages(document: Document, tree: Element) -> int:
    """The page of the last text before what ends the body."""
    heading = body_end(document)
    shown = letters(f"{heading.number}{inline_text(heading.content)}")
    end = next(each for each in sections(tree, document) if letters(each.text()) == shown)
    first = next(end.pieces())
    before = takewhile(lambda piece: piece is not first, tree.pieces())
    return max(piece.page for piece in before)


@every_edition
def test_how_it_was_made_never_stands_alone_on_a_page(shipped, name):
    made = shipped.documents[name].colophon

    pieces = list(read_pdf(shipped.file(name, "pdf")).tree.pieces())

    last = letters("".join(each.text for each in pieces if each.page == pieces[-1].page))
    before, alone, after = last.partition(letters(f"{made.label}{made.text}"))
    assert (bool(before), bool(alone), after) == (True, True, "")


@every_edition
def test_page_one_tells_the_date_of_the_newest_evidence(shipped, name):
    document = shipped.documents[name]
    label = load_language(document.language).say("meta-newest")

    page_one = letters(
        "".join(
            each.text
            for each in read_pdf(shipped.file(name, "pdf")).tree.pieces()
            if each.page == 1
        )
    )

    newest = newest_evidence(shipped.workspace, document)
    assert dict(document.cover.meta)[label] == newest
    assert letters(label) in page_one
    assert letters(newest) in page_one


def newest_evidence(workspace: Workspace, document: Document) -> str:
    """The latest date with a year among the facts in the notes; plans and forecasts aren't evidence."""
    facts = [workspace.facts.facts[note.fact] for note in document.notes.notes]
    dated = [
        fact
        for fact in facts
        if fact.as_of.when and fact.as_of.when.year
        and fact.standing not in (Standing.PLAN, Standing.FORECAST)
    ]  # fmt: skip
    newest = max(dated, key=lambda fact: fact.as_of.when.sort_key())
    return capitalised(as_of_text(newest.as_of, load_language(document.language)))


# ---------------------------------------------------------------- one value, everywhere

CHANGED = "cph.public-eid-share"
OLD, NEW = "70", "73"
CHANGED_NAMES = (
    "digital-public-services/political-leadership.nb",
    "digital-public-services/public.en",
)
WAYS = f"""
{{% block annex %}}
## More

{{{{ statement("{CHANGED}") }}}} {{{{ fact("{CHANGED}", form="with base") }}}} {{{{ fact("{CHANGED}") }}}}

{{{{ chart("bars", ["{CHANGED}"], caption="More") }}}}
{{% endblock %}}
"""


@dataclass(frozen=True)
class Change:
    """Two editions before and after one value changed; the outputs are those after."""

    before: Mapping[str, Document]
    after: Shipped


@pytest.fixture(scope="session")
def change(tmp_path_factory: pytest.TempPathFactory) -> Change:
    """Two editions of a copy of the workspace, made to print the fact in each way there is."""
    root = tmp_path_factory.mktemp("changed")
    for folder in ("facts", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    for name in CHANGED_NAMES:
        with (root / f"templates/{name}.md.j2").open("a", encoding="utf-8") as template:
            template.write(WAYS)
    lift_limits(root / "templates/audiences")
    old = load_workspace(root)
    before, _ = resolve_all(chosen(old), old)
    change_value(root / "facts", CHANGED)
    new = load_workspace(root)
    after = built(new, root / "out", *chosen(new))
    return Change({item.edition.name: item.document for item in before}, after)


def chosen(workspace: Workspace) -> tuple[Edition, ...]:
    return tuple(each for each in workspace.editions() if each.name in CHANGED_NAMES)


def lift_limits(audiences: Path) -> None:
    for file in audiences.glob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"^budget: .*\n", "", text, flags=re.MULTILINE), "utf-8")


def change_value(facts: Path, id_: str) -> None:
    """Write the new value over the old one, in the one place where the fact file has it."""
    entry = re.compile(rf"(\n  {re.escape(id_)}:\n(?:    .*\n)*?    figure: {{value: ){OLD}(,)")
    file = next(each for each in facts.glob("**/*.yaml") if entry.search(each.read_text("utf-8")))
    text, count = entry.subn(rf"\g<1>{NEW}\2", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


def ways(document: Document) -> set[str]:
    """How a document prints the fact: in which forms, and whether in a chart."""
    spans = {each.form for each in nodes(document, FactSpan) if each.fact == CHANGED and each.text}
    return spans | {"chart" for each in nodes(document, Mark) if each.fact == CHANGED}


def printed(document: Document) -> list[str]:
    """Every text that a document prints of the fact: in its text, its note and its charts."""
    spans = [each.text for each in nodes(document, FactSpan) if each.fact == CHANGED and each.text]
    notes = [each.what for each in nodes(document, Note) if each.fact == CHANGED]
    marks = [each.text for each in nodes(document, Mark) if each.fact == CHANGED]
    alts = [
        f"{mark.label}: {mark.text}"
        for figure in nodes(document, Figure)
        for mark in nodes(figure.chart, Mark)
        if mark.fact == CHANGED and f"{mark.label}: {mark.text}" in figure.alt
    ]
    assert len(alts) == len(marks)
    return [text for text in (*spans, *notes, *marks, *alts) if OLD in text or NEW in text]


def test_a_changed_value_changes_wherever_it_is_printed_and_nothing_else(change):
    for name, new in change.after.documents.items():
        old = change.before[name]

        before, after = old.plain_text().split(), new.plain_text().split()

        turned = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert ways(new) >= {"figure", "with base", "statement", "chart"}
        assert printed(new) == [text.replace(OLD, NEW) for text in printed(old)]
        assert len(turned) == len(re.findall(NEW, new.plain_text()))
        assert all(b == a.replace(OLD, NEW) for a, b in turned)


@every_format
def test_every_format_prints_the_changed_value(change, kind):
    for name, document in change.after.documents.items():
        said = letters(READERS[kind](change.after.file(name, kind)))

        assert difference(letters(document.plain_text()), said) == ""
        assert said.count(NEW) >= 4
        assert not any(OLD in text for text in printed(document))


def test_charts_and_their_alternative_texts_take_the_changed_value(change):
    for name, document in change.after.documents.items():
        with zipfile.ZipFile(change.after.file(name, "docx")) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        page = html.document_fromstring(change.after.file(name, "html").read_bytes())
        tree = read_pdf(change.after.file(name, "pdf")).tree

        charts = [each for each in tree.walk() if each.type == "Figure"]
        alts = {
            "pdf": [each.alt for each in charts],
            "docx": [each.get("descr") for each in body.iter(f"{DRAWING}docPr")],
            "html": [each.findtext("title") for each in page.iter("svg")],
        }
        drawn = letters("".join(each.text() for each in charts))
        shown = letters("".join(each.text_content() for each in page.iter("svg")))
        marks = [letters(each.text) for each in nodes(document, Mark) if each.fact == CHANGED]
        assert all(found == pictures(document) for found in alts.values())
        assert all(NEW in mark and mark in drawn and mark in shown for mark in marks)


def test_no_two_editions_print_different_values_for_one_fact(shipped):
    said = defaultdict(set)
    for document in shipped.documents.values():
        for span in nodes(document, FactSpan):
            said[document.language, span.fact, span.form].add(capitalised(span.text))
        for note in document.notes.notes:
            said[document.language, note.fact, "note"].add(f"{note.what} {note.as_of}")

    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_both_languages_print_the_same_numbers_for_one_fact(shipped):
    numbers = defaultdict(dict)
    for document in shipped.documents.values():
        for note in document.notes.notes:
            joined = re.sub(r"(?<=\d)[.,\s](?=\d)", "", note.what)  # 1,1 and 1.1; 400 000
            numbers[note.fact][document.language] = sorted(re.findall(r"\d+", joined))

    both = {fact: texts for fact, texts in numbers.items() if len(texts) == 2}
    assert both
    assert {fact: texts for fact, texts in both.items() if texts["nb"] != texts["en"]} == {}
