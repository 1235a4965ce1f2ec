"""Every figure of an issued document is the fact that its facts file has: found, and told apart."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from shipped import Shipped, every_edition
from stores import plain
from workspaces import AUDIENCE, STORE, changed, english, make_workspace

from reports.briefs import Workspace, load_workspace
from reports.build import resolve_all, resolve_edition
from reports.build.outputs import Resolved
from reports.casefile.facts_csv import facts_csv
from reports.casefile.verify.facts_table import FactRow, FactsTable, facts_table
from reports.casefile.verify.figures import (
    edited_since,
    figure_findings,
    printed_in,
    typed_in,
    unprinted,
)
from reports.casefile.verify.printed import PrintedFigure, letters
from reports.casefile.verify.store_since import changed_since
from reports.document import Document, Figure, drawn_facts
from reports.facts.quantities import Number, Part, Qualifier, Range, Value, When
from reports.language import languages, load_language
from reports.problems import Place, ReportError
from reports.trace.lines import lines
from reports.trace.uses import uses
from reports.write.docx.charts import is_native

PUBLIC = "digital-public-services/public.en"  # a memo, with a chart that Word has as a picture
REPORT = "digital-public-services/executives.en"  # with charts that Word draws
FOUR = Path(__file__).parent / "four_languages"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Printed = tuple[str, str, str]  # fact, form, and words without spaces


@pytest.fixture(scope="module")
def one(shipped: Shipped) -> Resolved:
    """An edition as it is resolved, for what documents alone don't tell."""
    (edition,) = (each for each in shipped.workspace.editions() if each.name == PUBLIC)
    return resolve_edition(edition, shipped.workspace)[0]


def rows_of(shipped: Shipped, one: Resolved, name: str) -> bytes:
    """The facts file of a shipped edition."""
    (edition,) = (each for each in shipped.workspace.editions() if each.name == name)
    item = replace(one, edition=edition, document=shipped.documents[name])
    return facts_csv([item], shipped.workspace.facts)


@pytest.fixture(scope="module")
def public(shipped: Shipped) -> tuple[PrintedFigure, ...]:
    """What the smallest edition's PDF prints."""
    return printed_in(shipped.file(PUBLIC, "pdf"))


def table_of(shipped: Shipped, one: Resolved, name: str) -> FactsTable:
    return facts_table(rows_of(shipped, one, name), Path("facts.csv"))


def counted(figures: tuple[PrintedFigure, ...]) -> Counter[Printed]:
    return Counter((each.fact, each.form, letters(each.text).rstrip(".")) for each in figures)


def wanted(document: Document) -> Counter[Printed]:
    """What a document prints of its facts: in its lines, its charts and its notes."""
    spans = [each.span for line in lines(document) for each in line.printed]
    found = [(span.fact, span.form, letters(span.text).rstrip(".")) for span in spans]
    notes = [(n.fact, "note", letters(n.what).rstrip(".")) for n in document.notes.notes]
    return Counter((*found, *notes))


def pictures(document: Document) -> Counter[Printed]:
    """What stands in the charts that Word has as pictures."""
    charts = [each.chart for each in document.body if isinstance(each, Figure)]
    drawn = [each for chart in charts if not is_native(chart) for each in drawn_facts(chart)]
    return Counter((fact, "chart", letters(words).rstrip(".")) for fact, words in drawn)


# ---------------------------------------------------------------- documents as they were made


@every_edition
def test_each_fact_that_an_edition_prints_is_found_in_its_pdf_and_agrees_with_its_facts_file(
    shipped: Shipped, one: Resolved, name: str
) -> None:
    file, table = shipped.file(name, "pdf"), table_of(shipped, one, name)

    found = printed_in(file)

    assert counted(found) == wanted(shipped.documents[name])
    assert figure_findings(found, file, table, name[-2:]) == ()
    assert unprinted(found, table) == ()
    assert len(found) > 50


@every_edition
def test_each_fact_that_an_edition_prints_is_found_in_its_word_file_and_agrees_with_its_facts_file(
    shipped: Shipped, one: Resolved, name: str
) -> None:
    file, table = shipped.file(name, "docx"), table_of(shipped, one, name)

    found = printed_in(file)

    document = shipped.documents[name]
    assert counted(found) == wanted(document) - pictures(document)
    assert [each for each in found if each.written != each.text] == []
    assert figure_findings(found, file, table, name[-2:]) == ()
    assert unprinted(found, table) == ()
    assert typed_in(file) == ()


@dataclass(frozen=True)
class Told:
    """An edition as a reader of its file would find it, and its facts file."""

    code: str
    figures: tuple[PrintedFigure, ...]
    table: FactsTable


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, ...]:
    """An edition with every function and every kind of chart of ours, in all four languages."""
    named = "{nb: Bystyret, nn: Bystyret, da: Byrådet, en: The council}"
    text = (FOUR / "everything.md.j2").read_text("utf-8")
    drawn_apart = re.compile(r'\{\{ chart\("vega".*')
    files = {
        "facts/havneby.yaml": (FOUR / "facts.yaml").read_text("utf-8"),
        AUDIENCE: f"name: {named}\nkind: {named}\nto: {named}\n"
        "access: public\ntheme: default\nlayout: memo\n",
        "templates/channels/brief.yaml": "date: 2031-04-10\n"
        "title: {nb: A, nn: A, da: A, en: A}\nfrom: {nb: B, nn: B, da: B, en: B}\n"
        "audiences: [public]\nlanguages: [nb, nn, da, en]\nformats: [pdf]\n",
        **{
            f"templates/channels/public.{code}.md.j2": f"# A\n\n{drawn_apart.sub('', text)}"
            for code in languages()
        },
    }
    workspace = load_workspace(make_workspace(tmp_path_factory.mktemp("four"), files))
    resolved, _ = resolve_all(workspace.editions(), workspace)
    return tuple(told(item, workspace) for item in resolved)


def told(item: Resolved, workspace: Workspace) -> Told:
    notes = item.document.notes.notes
    figures = (
        *(PrintedFigure(use.fact, use.form, use.text, "page 1") for use in uses([item])),
        *(PrintedFigure(note.fact, "note", note.what, "page 2") for note in notes),
    )
    table = facts_table(facts_csv([item], workspace.facts), Path("facts.csv"))
    return Told(item.edition.language, figures, table)


def test_words_for_figures_agree_with_their_values_in_all_four_languages(
    four: tuple[Told, ...],
) -> None:
    found = {
        each.code: figure_findings(each.figures, Path("a.pdf"), each.table, each.code)
        for each in four
    }

    assert found == dict.fromkeys(languages(), ())


def moved(row: FactRow) -> FactRow:
    """The row with another value, which its words don't tell."""
    assert row.figure
    value: Value
    match row.figure.value:
        case Number(number, million):
            value = Number(number + 1, million)
        case Range(low, high):
            value = Range(low, Number(high.value + 1, high.million))
        case Part(count, whole):
            value = Part(count, whole + 1)
        case When(year, month, day):
            value = When(year, month, (day or 1) % 28 + 1)
    return replace(row, figure=replace(row.figure, value=value))


def hedged_otherwise(row: FactRow) -> FactRow:
    """The row with another hedge; a date has none."""
    assert row.figure
    if isinstance(row.figure.value, When):
        return moved(row)
    other = Qualifier.ABOUT if row.figure.qualifier is not Qualifier.ABOUT else Qualifier.EXACT
    return replace(row, figure=replace(row.figure, qualifier=other))


@pytest.mark.parametrize("change", [moved, hedged_otherwise])
def test_another_value_or_hedge_is_told_of_every_figure_in_all_four_languages(
    four: tuple[Told, ...], change: Callable[[FactRow], FactRow]
) -> None:
    missed, tried = [], 0

    for each in four:
        for figure in each.figures:
            row = each.table.rows[figure.fact]
            if row.figure and figure.form in ("figure", "words", "number", "with base", "note"):
                other = FactsTable(each.table.file, {row.id: change(row)})
                tried += 1
                if not figure_findings([figure], Path("a.pdf"), other, each.code):
                    missed.append((each.code, figure.text))

    assert missed == []
    assert tried > 100


# ---------------------------------------------------------------- Word files, tampered with

Roots = dict[str, etree._Element]
SHARE = "fact:no.public-eid-share;figure"  # "about 10%", as the Word file tags it


def control(root: etree._Element, tag: str) -> etree._Element:
    """The first content control with that tag."""
    return next(
        each
        for each in root.iter(f"{W}sdt")
        if each.find(f".//{W}tag[@{W}val='{tag}']") is not None
    )


def reworded(tag: str, old: str, new: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        texts = control(root, tag).iter(f"{W}t")
        (text,) = (each for each in texts if plain(each.text or "") == old)
        text.text = new

    return change


def removed(root: etree._Element) -> None:
    taken = control(root, SHARE)
    above = taken.getparent()
    assert above is not None
    above.remove(taken)


def unlabelled(root: etree._Element) -> None:
    labels = [each for each in root.iter(f"{A}t") if each.text == "91%"]
    labels[0].text = "19%"


def invented(root: etree._Element) -> None:
    for tag in control(root, SHARE).iter(f"{W}tag"):
        tag.set(f"{W}val", "fact:no.such-fact;figure")


def altered(file: Path, folder: Path, part: str, change: Callable[[etree._Element], None]) -> Path:
    """A copy of a Word file with one part of it changed."""
    copy = folder / "copy.docx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root)
            new.writestr(name, data)
    return copy


DOCUMENT, CHART = "word/document.xml", "word/charts/chart2.xml"
OFFICES = "fact:cph.citizen-centres-before;words"  # "six"
IN_SHARE = "paragraph 24 ('An ID is a digital key that shows you …')"
IN_OFFICES = "paragraph 29 ('Then you are not alone. Some cannot …')"


@pytest.mark.parametrize(
    ("name", "part", "change", "told"),
    [
        (
            PUBLIC,
            DOCUMENT,
            reworded(SHARE, "about 10%", "about 15%"),
            (
                f"{IN_SHARE} prints 'about 15%' for no.public-eid-share; it was written as 'about 10%'; "
                "the facts file has 'about 10%'; its value in the facts file is 10 percent (about)"
            ),
        ),
        (
            PUBLIC,
            DOCUMENT,
            reworded(SHARE, "about 10%", "10%"),
            (
                f"{IN_SHARE} prints '10%' for no.public-eid-share; it was written as 'about 10%'; "
                "the facts file has 'about 10%'; its value in the facts file is 10 percent (about)"
            ),
        ),
        (
            PUBLIC,
            DOCUMENT,
            reworded(OFFICES, "six", "five"),
            (
                f"{IN_OFFICES} prints 'five' for cph.citizen-centres-before; it was written as 'six'; "
                "the facts file has 'six'; its value in the facts file is 6"
            ),
        ),
        (
            PUBLIC,
            DOCUMENT,
            reworded(OFFICES, "six", ""),
            f"{IN_OFFICES} prints nothing for cph.citizen-centres-before, where it was 'six'",
        ),
        (PUBLIC, DOCUMENT, removed, "no longer has 'about 10%' for no.public-eid-share"),
        (
            PUBLIC,
            DOCUMENT,
            invented,
            f"{IN_SHARE} prints 'about 10%' for no.such-fact, which isn't in the facts file",
        ),
        (
            REPORT,
            CHART,
            unlabelled,
            "Figure 2 doesn't show '91%' for itp.municipal-potential, as it says that it does",
        ),
    ],
)
def test_what_is_changed_in_a_word_file_is_told_with_what_was_written(
    shipped: Shipped,
    one: Resolved,
    tmp_path: Path,
    name: str,
    part: str,
    change: Callable[[etree._Element], None],
    told: str,
) -> None:
    copy = altered(shipped.file(name, "docx"), tmp_path, part, change)

    found = figure_findings(printed_in(copy), copy, table_of(shipped, one, name), "en")

    assert told in [plain(problem.what) for problem in found]
    assert len(found) == 1 + (change is invented)  # which shows as lost, too


def typed(root: etree._Element) -> None:
    """A sentence with a figure, after the one that holds the share."""
    held = next(control(root, SHARE).iterancestors(f"{W}p"))
    run = etree.SubElement(etree.SubElement(held, f"{W}r"), f"{W}t")
    run.text = " It will be 65 soon."


def test_a_number_that_is_typed_into_a_word_file_is_told_with_its_paragraph(
    shipped: Shipped, tmp_path: Path
) -> None:
    file = shipped.file(PUBLIC, "docx")
    copy = altered(file, tmp_path, DOCUMENT, typed)

    found = [problem.what for problem in typed_in(copy)]

    assert found == [f"{IN_SHARE} has '65', which is no fact's and wasn't written there"]
    assert typed_in(file) == ()
    assert typed_in(shipped.file(PUBLIC, "pdf")) == ()


def test_a_word_file_alone_tells_what_was_changed_in_it(shipped: Shipped, tmp_path: Path) -> None:
    file = shipped.file(PUBLIC, "docx")
    other = altered(file, tmp_path, DOCUMENT, reworded(OFFICES, "six", "five"))
    told = edited_since(printed_in(other), other)
    less = altered(file, tmp_path, DOCUMENT, removed)

    found = [problem.what for problem in (*told, *edited_since(printed_in(less), less))]

    assert [plain(what) for what in found] == [
        f"{IN_OFFICES} prints 'five' for cph.citizen-centres-before; it was written as 'six'",
        "no longer has 'about 10%' for no.public-eid-share",
    ]
    assert edited_since(printed_in(file), file) == ()


def untagged(root: etree._Element) -> None:
    """What LibreOffice leaves of controls where it saves a Word file."""
    for properties in root.iter(f"{W}sdtPr"):
        properties.clear()


def test_a_word_file_whose_controls_lost_their_tags_is_refused(
    shipped: Shipped, tmp_path: Path
) -> None:
    copy = altered(shipped.file(PUBLIC, "docx"), tmp_path, DOCUMENT, untagged)

    assert refusal(partial(printed_in, copy)) == ["no longer says which of its words are facts"]


# ---------------------------------------------------------------- PDFs, tampered with


def redrawn(file: Path, folder: Path, old: str, new: str) -> Path:
    """A copy of a PDF in which the first operator that shows `old` shows `new` in that font."""
    copy = folder / "copy.pdf"
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            operations = list(pikepdf.parse_content_stream(page))
            if redraw(page, operations, old, new):
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operations))
                pdf.save(copy)
                return copy
    raise AssertionError(old)


def redraw(page: pikepdf.Page, operations: list[Any], old: str, new: str) -> bool:
    glyphs: dict[str, bytes] = {}
    for number, (given, operator) in enumerate(operations):
        if str(operator) == "Tf":
            font = page.Resources.Font[str(given[0])]
            glyphs = glyphs_of(font.ToUnicode.read_bytes())
        if str(operator) == "TJ":
            shown = b"".join(bytes(each) for each in given[0] if isinstance(each, pikepdf.String))
            if glyphs and shown == b"".join(glyphs.get(letter, b"?") for letter in old):
                drawn = pikepdf.String(b"".join(glyphs[letter] for letter in new))
                operations[number] = ([pikepdf.Array([drawn])], operator)
                return True
    return False


def glyphs_of(table: bytes) -> dict[str, bytes]:
    """The glyph of each letter, by a font's own table (ISO 32000-1, 9.10.3)."""
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", table)
    return {chr(int(letter, 16)): bytes.fromhex(glyph.decode()) for glyph, letter in pairs}


@pytest.mark.parametrize("new", ["about 70%", "10%"])
def test_glyphs_that_are_changed_in_a_pdf_are_told_with_their_page(
    shipped: Shipped, one: Resolved, tmp_path: Path, new: str
) -> None:
    old, drawn = (text.replace(" ", "\N{NO-BREAK SPACE}") for text in ("about 10%", new))
    copy = redrawn(shipped.file(PUBLIC, "pdf"), tmp_path, old, drawn)

    found = figure_findings(printed_in(copy), copy, table_of(shipped, one, PUBLIC), "en")

    assert [plain(problem.what) for problem in found] == [
        (
            f"page 1 prints '{new}' for no.public-eid-share; the facts file has 'about 10%'; "
            "its value in the facts file is 10 percent (about)"
        )
    ]


def told_by(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """What the nodes of a kind say of themselves to programs."""
    nodes = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    for node in nodes:
        if node.get("/S") == kind and "/P" in node:
            said: Any = node.get("/A", pikepdf.Array())
            told = list(said) if isinstance(said, pikepdf.Array) else [said]
            yield from (each for each in told if each.O == "/UserProperties")


def other_label(pdf: pikepdf.Pdf) -> None:
    next(told_by(pdf, "/Figure")).P[0].F = pikepdf.String("about 99%")


def other_fact(pdf: pikepdf.Pdf) -> None:
    own = [p for p in told_by(pdf, "/Span") if str(p.P[0].V) == "cph.customer-centre-staff"]
    own[0].P[0].V = pikepdf.String("cph.citizen-centres-now")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            other_label,
            "page 1 doesn't show 'about 99%' for no.public-eid-share, as it says that it does",
        ),
        (
            other_fact,
            (
                "page 2 prints '80' for cph.citizen-centres-now; the facts file has nothing as figure; "
                "its value in the facts file is 3"
            ),
        ),
    ],
)
def test_tags_that_say_what_the_page_does_not_are_told(
    shipped: Shipped,
    one: Resolved,
    tmp_path: Path,
    change: Callable[[pikepdf.Pdf], None],
    told: str,
) -> None:
    copy = tmp_path / "copy.pdf"
    with pikepdf.open(shipped.file(PUBLIC, "pdf")) as pdf:
        change(pdf)
        pdf.save(copy)

    found = figure_findings(printed_in(copy), copy, table_of(shipped, one, PUBLIC), "en")

    assert told in [plain(problem.what) for problem in found]


def unmarked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo["/UserProperties"]


def test_a_pdf_that_names_no_facts_and_one_that_is_damaged_are_refused(
    shipped: Shipped, tmp_path: Path
) -> None:
    plain_copy, damaged = tmp_path / "plain.pdf", tmp_path / "damaged.pdf"
    with pikepdf.open(shipped.file(PUBLIC, "pdf")) as pdf:
        unmarked(pdf)
        pdf.save(plain_copy)
    damaged.write_bytes(shipped.file(PUBLIC, "pdf").read_bytes()[:9000])

    told = {file.name: refusal(partial(printed_in, file)) for file in (plain_copy, damaged)}

    assert told == {
        "plain.pdf": ["doesn't say which of its words are facts"],
        "damaged.pdf": ["can't be read as a PDF"],
    }


def refusal(act: Callable[[], object]) -> list[str]:
    """What is told where an act is refused."""
    with pytest.raises(ReportError) as error:
        act()
    return [problem.what for problem in error.value.problems]


# ---------------------------------------------------------------- facts files


def edited(data: bytes, change: Callable[[dict[str, dict[str, str]]], None]) -> bytes:
    """A facts file with its rows, by the ids of their facts, changed."""
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    rows = {row["id"]: row for row in table}
    change(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table.fieldnames or ()))
    writer.writeheader()
    writer.writerows(rows.values())
    return out.getvalue().encode()


def cell(fact: str, column: str, text: str) -> Callable[[dict[str, dict[str, str]]], None]:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows[fact][column] = text

    return change


EID = "no.public-eid-share"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (cell(EID, "value", "12"), "value in the facts file is 12 percent (about)"),
        (cell(EID, "value_high", "12"), "value in the facts file is [10, 12] percent (about)"),
        (cell(EID, "qualifier", "exact"), "value in the facts file is 10 percent"),
        (cell(EID, "unit", "week"), "value in the facts file is 10 week (about)"),
        (
            cell("covid.balance-speed", "as_of", "2020-08-21"),
            "date in the facts file is 2020-08-21",
        ),
        (cell("cph.citizen-centres-now", "what", "Two"), "the facts file has 'Two'"),
        (
            lambda rows: rows.pop(EID),
            f"prints 'about 10%' for {EID}, which isn't in the facts file",
        ),
        (lambda rows: rows.pop("no.login-failed"), "cites no.login-failed, which isn't in"),
    ],
)
def test_a_facts_file_that_says_otherwise_is_told(
    shipped: Shipped,
    one: Resolved,
    public: tuple[PrintedFigure, ...],
    change: Callable[[dict[str, dict[str, str]]], None],
    told: str,
) -> None:
    data = edited(rows_of(shipped, one, PUBLIC), change)

    found = figure_findings(public, Path("a.pdf"), facts_table(data, Path("facts.csv")), "en")

    assert any(told in plain(problem.what) for problem in found)


def test_a_fact_that_no_document_prints_is_told_at_its_row(
    shipped: Shipped, one: Resolved, public: tuple[PrintedFigure, ...]
) -> None:
    table = table_of(shipped, one, PUBLIC)
    there = [each for each in public if each.fact != EID]

    (told,) = unprinted(there, table)

    assert told.what == f"no document prints '{EID}', which is said here"
    assert told.place == Place(Path("facts.csv"), table.rows[EID].line)


HEAD = "id,printed,printed_as,what,value,value_high,value_of,unit,qualifier,as_of,since"
FAULTY = {
    "": [
        (
            "is no facts file: the head lacks id, printed, printed_as, what, value, value_high, "
            "value_of, unit, qualifier, as_of, since"
        )
    ],
    "id,printed\na,no": [
        (
            "is no facts file: the head lacks printed_as, what, value, value_high, "
            "value_of, unit, qualifier, as_of, since"
        )
    ],
    f"{HEAD}\na,no": ["has 2 cells, the head 11"],
    f'{HEAD}\na,no,,w,"1': ["is no CSV: unexpected end of data"],
    f"{HEAD}\na,no,,w,,,,,,,\na,no,,w,,,,,,,": ["column 'id': 'a' is there twice"],
    f"{HEAD}\n,yes,,w,x,,,furlong,sure,soon,2031-13": [
        "column 'id': '' is no id",
        "column 'printed': 'yes' and 'printed_as' don't agree",
        "column 'unit': 'furlong' is no unit",
        "column 'qualifier': 'sure' is no hedge",
        "column 'value': 'x' is no number",
        "column 'as_of': 'soon' is no date",
        "column 'since': '2031-13' is no date",
    ],
    f"{HEAD}\na,no,,w,9,8,,count,exact,,": [
        "column 'value': '9' makes no figure with those beside it"
    ],
    f"{HEAD}\na,no,,w,9,,,count,,,": ["column 'value': '9' stands without the rest of its figure"],
}


@pytest.mark.parametrize(("text", "told"), FAULTY.items())
def test_a_damaged_facts_file_is_refused_with_all_that_is_wrong(text: str, told: list[str]) -> None:
    assert refusal(lambda: facts_table(text.encode(), Path("facts.csv"))) == told


def test_a_facts_file_in_another_encoding_is_refused() -> None:
    data = "søknad".encode("latin-1")

    assert refusal(lambda: facts_table(data, Path("facts.csv"))) == ["is no text in UTF-8"]


# ---------------------------------------------------------------- the store since

NEWER = """\
  havneby.web-share-new:
    theme: channels
    place: havneby
    statement: {nb: "{figure} i {as_of}.", en: "{figure} in {as_of}."}
    figure: {value: 71, measure: web-share, among: applications}
    as_of: 2031
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 19, printed: 71 prosent}
    recorded: 2031-05-02
    supersedes: havneby.web-share
"""
BODY = """\
{{ fact("havneby.web-share-before") }}, {{ fact("havneby.paper-share") }},
{{ statement("havneby.staff") }} {{ as_of("havneby.answer-time") }}{{ cite("havneby.opened") }}
{{ cite("havneby.one-way-in") }}
"""


def test_what_has_changed_in_the_store_since_is_told_fact_by_fact(tmp_path: Path) -> None:
    before = load_workspace(make_workspace(tmp_path, english(BODY)))
    (edition,) = (each for each in before.editions() if each.language == "en")
    table = facts_table(facts_csv(resolve_edition(edition, before), before.facts), Path("f.csv"))
    store = changed(STORE, "value: 48,", "value: 49,")
    store = changed(store, "qualifier: nearly", "qualifier: about")
    store = changed(store, "value: 4200", "value: 4300")
    store = changed(store, "    as_of: not stated\n", "    as_of: 2030\n")
    store = changed(store, "XXXX-04-11, measure", "XXXX-04-12, measure")
    store = changed(
        store, "    at: {paragraph: 17}\n", "    at: {paragraph: 17}\n    valid_until: 2031-06-01\n"
    )
    after = load_workspace(make_workspace(tmp_path, {"facts/havneby.yaml": store + NEWER}))

    gone = replace(table.rows["havneby.opened"], id="havneby.gone")
    table = FactsTable(table.file, {**table.rows, gone.id: gone})

    found = changed_since(table, after.facts, date(2031, 6, 2), load_language("en"))

    assert [plain(problem.what) for problem in found] == [
        "'havneby.web-share' was superseded by 'havneby.web-share-new'",
        "'havneby.web-share-before' was printed as '48%', and would be '49%' today",
        (
            "'havneby.paper-share' was printed as 'nearly eight in ten', and would be "
            "'about eight in ten' today"
        ),
        (
            "'havneby.staff' was printed as 'The municipality had 4,200 staff.', and would be "
            "'The municipality had 4,300 staff.' today"
        ),
        "'havneby.answer-time' was printed as 'date not stated', and would be '2030' today",
        "'havneby.opened' had the value XXXX-04-11, and has XXXX-04-12 today",
        "'havneby.one-way-in' was valid until 2031-06-01",
        "'havneby.gone' is no longer in the store",
    ]
    assert not any(problem.fatal for problem in found)
