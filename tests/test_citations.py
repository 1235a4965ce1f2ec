"""Sources in the words of citation styles: labels in the text, notes and the list at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from readers import docx_text, html_text, letters, pdf_text
from shipped import ROOT
from workspaces import AUDIENCE, PUBLIC, STORE, build_anew, changed, english, make_workspace

from reports.briefs import load_workspace
from reports.build import resolve_edition
from reports.citations import Bibliography, Words, load_style
from reports.citations.marks import read_words
from reports.document import (
    Document,
    Emphasis,
    FactSpan,
    Foreign,
    Paragraph,
    Text,
    inline_text,
    note_line,
)
from reports.facts.model import Author, Source
from reports.facts.quantities import AsOf
from reports.facts.values import parse_when
from reports.language import load_language
from reports.problems import Place, Problem, ReportError

HERE = Place(Path("templates/audiences/public.yaml"), 8)


def source(id_: str, kind: str, title: str, *, issued: str = "", **known: str) -> Source:
    """A source of an invented town; `by` is "Family, Given" or a body."""
    family, _, given = known.pop("by", "").partition(", ")
    inferred, publisher = known.pop("inferred", ""), known.pop("publisher", "")
    within, language = known.pop("within", ""), known.pop("language", "nb")
    return Source(
        id=id_,
        type=kind,
        title=title,
        author=(Author(family, given),) if family else (),
        publisher=publisher,
        container_title=within,
        url=known.pop("url", ""),
        issued=AsOf(parse_when(issued) if issued else None, inferred),
        nature={},
        interest={},
        text="",
        language=language,
        voice="",
        other={key.replace("_", "-"): text for key, text in known.items()},
        declared=HERE,
    )


SOURCES = (
    source("report", "report", "Årsmelding", by="Havneby", publisher="Havneby", issued="2031-03"),
    source("page", "webpage", "Hva skjedde på “Møtet om nett”?", publisher="Nettverk",
           issued="2026", inferred="the meeting was that year"),
    source("bare", "webpage", "Alt på nett"),
    source("first", "article-journal", "Post i byen", by="Åsen, Åse Lie", within="Bynytt",
           issued="2030", volume="12", page="45-61"),
    source("second", "article-journal", "Mer post", by="Åsen, Åse Lie", within="Bynytt",
           issued="2030", volume="13", page="7"),
    source("news", "article-newspaper", "Nyt rådhus", by="Østergaard, Ib", within="Avisen",
           issued="2027-11-30", language="da"),
    source("table", "dataset", "Table of towns", publisher="Zealand Statistics", issued="2028",
           language="en"),
    source("law", "legislation", "Lov om byer", issued="2025-06-20", number="LOV-2025-06-20-8"),
    source("letter", "personal_communication", "Brev", by="Dahl, Di", issued="2026-01-02"),
)  # fmt: skip


def bibliography(style: str, language: str, sources: Sequence[Source] = SOURCES) -> Bibliography:
    """The sources in a style of the CSL project."""
    return Bibliography(load_style(style, Path(), HERE), load_language(language), sources)


def shown(words: Words) -> str:
    """The words, with stars around those in italics."""
    return "".join(f"*{each.text}*" if each.italic else each.text for each in words)


def listed(style: str, language: str, *ids: str) -> list[str]:
    """The entries of a list, labels first, all of them or those of some sources."""
    entries = bibliography(style, language).entries
    chosen = [entry for entry in entries if not ids or entry.source in ids]
    return [f"{shown(entry.label)} {shown(entry.text)}".strip() for entry in chosen]


# ---------------------------------------------------------------- the lists

NB = "\N{NO-BREAK SPACE}"
LISTS = {
    ("apa", "nb"): [
        "*Alt på nett*. (u.å.).",
        "",  # APA lists no letters
        "Havneby. (2031). *Årsmelding*. Havneby.",
        "Lov om byer, Lovgiving Nr. LOV-2025-06-20-8 (2025).",
        "Nettverk. (ca. 2026). *Hva skjedde på «Møtet om nett»?*",
        "*Table of towns*. (2028). [Datasett]. Zealand Statistics.",
        f"Østergaard, I. (2027, 30.{NB}november). Nyt rådhus. *Avisen*.",
        "Åsen, Å. L. (2030a). Mer post. *Bynytt*, *13*, 7.",
        "Åsen, Å. L. (2030b). Post i byen. *Bynytt*, *12*, 45–61.",
    ],
    ("chicago-author-date", "en"): [
        "‘Alt på nett’. n.d.",
        "Åsen, Åse Lie. 2030a. ‘Mer post’. *Bynytt* 13: 7.",
        "Åsen, Åse Lie. 2030b. ‘Post i byen’. *Bynytt* 12: 45–61.",
        ".",
        "Havneby. 2031. *Årsmelding*. Havneby.",
        "Lov om byer, Pub. L. No. LOV-2025-06-20-8 (2025).",
        "Nettverk. [2026?]. ‘Hva skjedde på “Møtet om nett”?’",
        "Østergaard, Ib. 2027. ‘Nyt rådhus’. *Avisen*, November 30.",
        "‘Table of Towns’. 2028. Zealand Statistics.",
    ],
    ("vancouver", "da"): [
        "1. Havneby. Årsmelding. Havneby; marts 2031.",
        "2. Hva skjedde på »Møtet om nett«? Nettverk; 2026 [udledt].",
        "3. Alt på nett.",
        "4. Åsen ÅL. Post i byen. Bynytt. 2030;12:45–61.",
        "5. Åsen ÅL. Mer post. Bynytt. 2030;13:7.",
        "6. Østergaard I. Nyt rådhus. Avisen. 30. november 2027.",
        "7. Table of towns. Zealand Statistics; 2028.",
        "8. Lov om byer. LOV-2025-06-20-8. 20. juni 2025.",
        "9. Dahl D. Brev. 2026.",
    ],
    ("ieee", "nn"): [
        "[1] Havneby, «Årsmelding», Havneby, mar. 2031.",
        "[2] «Hva skjedde på ‘Møtet om nett’?»",
        "[3] «Alt på nett».",
        "[4] Å. L. Åsen, «Post i byen», *Bynytt*, bd. 12, s. 45–61, 2030.",
        "[5] Å. L. Åsen, «Mer post», *Bynytt*, bd. 13, s. 7, 2030.",
        "[6] I. Østergaard, «Nyt rådhus», *Avisen*, 30. november 2027.",
        "[7] «Table of towns». Zealand Statistics, 2028.",
        "[8] *Lov om byer*. 2025.",
        "[9] D. Dahl, «Brev», 2. januar 2026.",
    ],
}


@pytest.mark.parametrize(("style", "language"), LISTS)
def test_a_list_reads_as_a_librarian_of_that_language_would_write_it(
    style: str, language: str
) -> None:
    assert listed(style, language) == LISTS[style, language]


NO_DATES = {"nb": "u.å.", "nn": "u.å.", "da": "u.å.", "en": "n.d."}


@pytest.mark.parametrize("language", NO_DATES)
def test_what_has_no_date_says_so_in_its_language(language: str) -> None:
    assert listed("apa", language, "bare") == [f"*Alt på nett*. ({NO_DATES[language]})."]


UNNUMBERED = {
    "a label": '<label variable="volume"/><text variable="title"/>',
    "a group": '<group><group><text value="in "/></group><text variable="volume"/></group>'
    '<text variable="title"/>',
}


@pytest.mark.parametrize("name", UNNUMBERED)
def test_no_word_for_a_number_is_printed_where_there_is_no_number(
    tmp_path: Path, name: str
) -> None:
    style = f'{HEAD}<macro name="a">{UNNUMBERED[name]}</macro>\n{ENDS}'
    (tmp_path / "house.csl").write_text(style, "utf-8")
    found = load_style("house.csl", tmp_path, HERE)

    [entry] = Bibliography(found, load_language("en"), SOURCES[2:3]).entries

    assert shown(entry.text) == "Alt på nett"


HEDGES = {
    "apa": "(Nettverk, ca. 2026)",
    "chicago-author-date": "(Nettverk [2026?])",
    "vancouver-author-date": "(Hva skjedde på ‘Møtet om nett’? 2026 [inferred])",
}


@pytest.mark.parametrize("style", HEDGES)
def test_an_inferred_date_keeps_its_hedge_also_where_the_style_has_none(style: str) -> None:
    words = bibliography(style, "en").in_text(("page",))

    assert shown(words) == HEDGES[style]


def test_sources_that_are_cited_alike_get_letters_in_the_order_of_the_list() -> None:
    found = bibliography("apa", "en")

    assert [shown(found.in_text((id_,))) for id_ in ("first", "second")] == [
        "(Åsen, 2030b)",
        "(Åsen, 2030a)",
    ]


def test_a_style_that_cannot_tell_two_sources_apart_is_refused(tmp_path: Path) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        "<info><title>House</title><id>house</id><updated>2031-01-01T00:00:00Z</updated></info>"
        '<citation><layout prefix="(" suffix=")"><names variable="author"/></layout></citation>'
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    )
    files = {"templates/house.csl": style, AUDIENCE: f"{PUBLIC}citations: house.csl\n"}
    [problem] = faults(make_workspace(tmp_path, {**files, **TWO, "facts/havneby.yaml": MOVED}))

    what = "citation style 'house.csl' cites the sources 'havneby-2031' and 'post' alike: ()"
    assert problem == Problem(
        Place(tmp_path / AUDIENCE, 8, 1), what, "choose another, such as apa or ieee"
    )


def test_a_paragraph_is_named_in_the_words_of_the_style_and_held_to_its_number() -> None:
    found = bibliography("apa", "da")

    [words] = found.notes([(("report",), 7)])

    assert shown(words) == f"Havneby, 2031, afs.{NB}7"


def test_a_note_style_shortens_what_it_cited_before() -> None:
    found = bibliography("chicago-notes-bibliography", "nb")

    notes = found.notes([(("first",), 7), (("report",), 2), (("first",), 9)])

    assert [shown(words) for words in notes] == [
        f"Åse Lie Åsen, «Post i byen», *Bynytt* 12 (2030): avsn.{NB}7",
        f"Havneby, *Årsmelding* (Havneby, 2031), avsn.{NB}2",
        f"Åsen, «Post i byen», 2030, avsn.{NB}9",
    ]


def test_a_raised_number_stands_in_brackets_since_it_would_belong_to_the_figure() -> None:
    words = bibliography("nature", "en").in_text(("report", "bare"))

    assert shown(words) == "[1,3]"


SEAMS = {
    "Hvem?. Forlaget": "Hvem? Forlaget",
    "«Hvem?».": "«Hvem?»",
    "Boka.. Forlaget": "Boka. Forlaget",
    "Boka, , 2031": "Boka, 2031",
    "Lov (2025). .": "Lov (2025).",
    "i Boka . Forlag": "i Boka. Forlag",
    "to  ord": "to ord",
    "3 .5 og 2. 5": "3 .5 og 2. 5",
}


@pytest.mark.parametrize("text", SEAMS)
def test_where_an_empty_part_was_no_sign_is_left_behind(text: str) -> None:
    assert shown(read_words(text)) == SEAMS[text]


# ---------------------------------------------------------------- styles

UNKNOWN = {
    "apaa": "did you mean 'apa' or 'apsa' or 'jaapa'?",
    "qqqq": "such as apa, ieee, vancouver or chicago-author-date; see docs/citations.md",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_style_is_a_problem_at_its_line_with_near_names(name: str) -> None:
    with pytest.raises(ReportError) as caught:
        load_style(name, Path(), HERE)

    assert caught.value.problems == (
        Problem(HERE, f"unknown citation style '{name}'", UNKNOWN[name]),
    )


HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>H'
HEAD += "</title><id>h</id><updated>2031-01-01T00:00:00Z</updated></info>\n"
ENDS = (
    '<citation><layout><text macro="a"/></layout></citation>\n'
    '<bibliography><layout><text macro="a"/></layout></bibliography></style>'
)
CALL = '<text macro="{0}"/><text macro="{0}"/>'
DOUBLED = "".join(
    f'<macro name="{name}">{CALL.format(chr(ord(name) + 1))}</macro>\n'
    for name in "abcdefghijklmnopqrstuvwx"
)
BROKEN = {
    "no XML": ("<style", 1, "the style is no XML: couldn't find end of start tag style line 1",
               "save it again from a CSL editor"),
    "entities": (f'<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}</style>', 0,
                 "the style has a document type, which may bring entities",
                 "delete the line <!DOCTYPE …>"),
    "another file": ("<html/>", 0, "the file is no CSL style", "its root is <style>"),
    "a circle": (f'{HEAD}<macro name="a"><text macro="a"/></macro>\n{ENDS}', 2,
                 "macro 'a' calls itself", "a macro may call only others"),
    "a missing macro": (f"{HEAD}{ENDS}".replace("</layout></citation>\n", "</layout></citation>"), 2, "unknown macro 'a'", "declare it in the style"),
    "a bomb": (f'{HEAD}{DOUBLED}<macro name="y"><text value="x"/></macro>{ENDS}', 0,
               "the style's macros make it too long", "let macros call fewer others"),
    "no list": (f'{HEAD}<citation><layout><text value="x"/></layout></citation></style>', 0,
                "the style has no bibliography, so it can't list the sources",
                "choose one that has, such as apa or ieee"),
    "too long": (f"{HEAD}{' ' * 512_000}</style>", 0, "the style is longer than 512000 bytes",
                 "no style of the CSL project is half as long"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_style_file_that_cannot_be_used_is_refused_at_its_line(tmp_path: Path, name: str) -> None:
    text, line, what, hint = BROKEN[name]
    (tmp_path / "house.csl").write_text(text, "utf-8")

    with pytest.raises(ReportError) as caught:
        load_style("house.csl", tmp_path, HERE)

    assert set(caught.value.problems) == {Problem(Place(tmp_path / "house.csl", line), what, hint)}


def test_a_style_that_breaks_the_schema_is_refused_where_it_does(tmp_path: Path) -> None:
    macro = '<macro name="a"><sing/></macro>\n'
    (tmp_path / "house.csl").write_text(f"{HEAD}{macro}{ENDS}", "utf-8")

    with pytest.raises(ReportError) as caught:
        load_style("house.csl", tmp_path, HERE)

    first = caught.value.problems[0]
    assert (first.place.line, first.what[:15]) == (2, "not as CSL has ")


@pytest.mark.parametrize("name", ["../secret.csl", "styles/none.csl", "/etc/passwd.csl"])
def test_a_style_file_is_looked_for_among_the_templates_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "secret.csl").write_text(f"{HEAD}{ENDS}", "utf-8")

    with pytest.raises(ReportError) as caught:
        load_style(name, tmp_path / "templates", HERE)

    what = f"citation style '{name}' is not in the templates folder"
    hint = "name it as seen from there: styles/house.csl"
    assert caught.value.problems == (Problem(HERE, what, hint),)


# ---------------------------------------------------------------- editions

OTHER = """\
  post:
    type: webpage
    title: Post i byen
    issued: {date: 2026, inferred: year-before}
    nature: {nb: en nettside, en: a web page}
    interest: {nb: byen roser seg selv, en: the town praises itself}
  havneby-2031:
"""
MOVED = changed(
    changed(STORE, "  havneby-2031:\n", OTHER),
    "    source: havneby-2031\n    at: {paragraph: 14,",
    "    source: post\n    at: {paragraph: 14,",
)
TWO = english(
    'Most came in on the web{{ cite("havneby.web-share-before") }}. '
    'It had {{ fact("havneby.staff") }} staff, and it said so in {{ source("havneby.staff") }}. '
    'Once more: {{ fact("havneby.staff") }}.\n\n{{ statement("havneby.web-share-before") }}\n'
)


def cited(folder: Path, style: str, **more: str) -> Document:
    """The English edition with two sources, in a style."""
    audience = f"{PUBLIC}citations: {style}\n"
    make_workspace(folder, {AUDIENCE: audience, "facts/havneby.yaml": MOVED, **TWO, **more})
    workspace = load_workspace(folder)
    [edition] = [each for each in workspace.editions() if each.language == "en"]
    return resolve_edition(edition, workspace)[0].document


def faults(folder: Path) -> tuple[Problem, ...]:
    """The problems of the English edition."""
    workspace = load_workspace(folder)
    [edition] = [each for each in workspace.editions() if each.language == "en"]
    with pytest.raises(ReportError) as caught:
        resolve_edition(edition, workspace)
    return caught.value.problems


def told(document: Document) -> list[str]:
    """The lead and the paragraphs."""
    body = [each.content for each in document.body if isinstance(each, Paragraph)]
    return [inline_text(content) for content in (document.cover.lead, *body)]


def test_a_paragraph_names_a_source_once_and_again_where_it_changes(tmp_path: Path) -> None:
    document = cited(tmp_path, "apa")

    assert told(document) == [
        f"Parents apply on the web: about{NB}62% (Årsmelding for Havneby, n.d.)[1].",
        (
            "Most came in on the web (Årsmelding for Havneby, n.d.)[2]. It had 4,200 "
            "(Post i byen, ca. 2026)[3] staff, and it said so in Post i byen, ca. 2026. "
            "Once more: 4,200[3]."
        ),
        "48% came in on the web in 2028 (Årsmelding for Havneby, n.d.).[2]",
    ]


def test_numbers_of_sources_and_of_notes_stand_in_different_brackets(tmp_path: Path) -> None:
    document = cited(tmp_path, "ieee")

    assert told(document)[1] == (
        "Most came in on the web [1](2). It had 4,200 [2](3) staff, and it said so in [2]. "
        "Once more: 4,200(3)."
    )
    assert note_line(document.notes.notes[2]).endswith(f"[2, Para.{NB}14].")
    assert "\n(3) 4,200: number of staff" in document.plain_text()


def test_a_note_style_cites_in_the_notes_alone(tmp_path: Path) -> None:
    document = cited(tmp_path, "chicago-notes-bibliography")

    assert told(document)[0] == f"Parents apply on the web: about{NB}62%[1]."
    first, *_, last = (note_line(note) for note in document.notes.notes)
    assert first.endswith(f" Årsmelding for Havneby (n.d.), para.{NB}12.")
    assert last.endswith(f" ‘Post i byen’ [2026?], para.{NB}14.")


def test_a_style_without_paragraphs_leaves_them_to_us(tmp_path: Path) -> None:
    document = cited(tmp_path, "vancouver")

    assert note_line(document.notes.notes[0]).endswith(f" (1), para.{NB}12.")


REPORT = "The municipality’s own annual report. The municipality wants to show progress."


def test_each_entry_of_the_list_is_followed_by_what_we_say_of_the_source(tmp_path: Path) -> None:
    document = cited(tmp_path, "apa")

    assert [(each.label, inline_text(each.text)) for each in document.sources.entries] == [
        ("", f"Årsmelding for Havneby. (n.d.). {REPORT}"),
        ("", "Post i byen. (ca. 2026). A web page. The town praises itself."),
    ]
    title = document.sources.entries[1].text[0]
    assert title == Foreign((Emphasis((Text("Post i byen"),)),), "nb")


def test_publisher_and_date_that_a_style_leaves_out_are_told_in_our_words(tmp_path: Path) -> None:
    printed = changed(
        MOVED, "    title: Post i byen\n", "    title: Byen 2026\n    publisher: By\n"
    )

    document = cited(tmp_path, "ieee", **{"facts/havneby.yaml": printed})

    entry = inline_text(document.sources.entries[1].text)
    assert entry == "‘Byen 2026’. By. 2026 (inferred). A web page. The town praises itself."


def test_a_citation_leads_to_its_entry(tmp_path: Path) -> None:
    document = cited(tmp_path, "apa")
    first = next(each for each in document.body if isinstance(each, Paragraph))

    spans = [node.citation for node in first.content if isinstance(node, FactSpan)]

    letters_ = {entry.letter for entry in document.sources.entries}
    found = [each.target for each in spans if each]
    assert found == ["source-A", "source-B"]
    assert letters_ == {"A", "B"}


def test_a_table_names_its_sources_under_its_title_and_bears_marks_alone(tmp_path: Path) -> None:
    rows = (
        '{{ caption("Applications") }}\n\n| What | Value |\n| --- | --- |\n'
        '| Web | {{ fact("havneby.web-share-before") }} |\n'
        '| Staff | {{ fact("havneby.staff") }} |\n'
    )
    document = cited(tmp_path, "apa", **english(rows))

    said = document.plain_text().replace(NB, " ")

    assert (
        "\nTable 1 Applications\n(Årsmelding for Havneby, n.d.; Post i byen, ca. 2026)\n"
        "What Value\nWeb 48%[2]\nStaff 4,200[3]\n"
    ) in said


def test_every_format_says_what_the_document_says(tmp_path: Path) -> None:
    document = cited(tmp_path, "ieee")
    workspace = load_workspace(tmp_path)
    [edition] = [each for each in workspace.editions() if each.language == "en"]

    (tmp_path / ".cache/fonts").symlink_to(ROOT / ".cache/fonts")  # cutting them takes seconds
    build_anew(workspace, [edition], tmp_path / "out")

    read = {"pdf": pdf_text, "docx": docx_text, "html": html_text}
    said = {kind: letters(of(tmp_path / f"out/{edition.name}.{kind}")) for kind, of in read.items()}
    assert said == dict.fromkeys(read, letters(document.plain_text()))


def test_an_english_word_in_a_norwegian_list_is_a_problem(tmp_path: Path) -> None:
    text = '<text term="narrator" suffix=": "/><text variable="title"/>'
    style = f'{HEAD}<macro name="a">{text}</macro>\n{ENDS}'
    audience = f"{PUBLIC}citations: h.csl\n"
    make_workspace(tmp_path, {"templates/h.csl": style, AUDIENCE: audience})
    workspace = load_workspace(tmp_path)
    [edition] = [each for each in workspace.editions() if each.language == "nb"]
    known = edition.audience.place_of("citations")
    [entry] = Bibliography(
        load_style("h.csl", workspace.templates, known),
        load_language("da"),
        [workspace.facts.sources["havneby-2031"]],
    ).entries

    assert [piece.text for piece in entry.text if piece.english] == ["narrator"]
