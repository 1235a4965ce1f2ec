"""The note on what changed between two versions: one page, written like any other document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pygfried
import pytest
from lxml import etree
from readers import difference, docx_text, letters, pdf_text
from registers import KEY, changes_since, issue, record
from test_docx_judges import reference_faults, schema_faults
from test_pdf import Vera, pikepdf_faults, qpdf_faults, vera_faults
from workspaces import STORE, changed, english, make_workspace, write

from reports.briefs import Format, load_workspace
from reports.build import resolve_all
from reports.build.outputs import Resolved
from reports.casefile.change_note import Room, change_document, written_change_note
from reports.casefile.changes import Aspect, ChangeKind, Changes, SourceChange
from reports.casefile.record import CaseRecord
from reports.cases.stamp import State
from reports.document import Document, FactSpan, Table, block_lines, inline_text
from reports.facts.model import Facts
from reports.language import languages, load_language

FACTS = "facts/havneby.yaml"
BOTH = (Format.PDF, Format.DOCX)
BRIEF = Room(facts=99, sentences=1, characters=70)
XSD = etree.XMLSchema(file=Path(__file__).parents[1] / "docs/provenance.xsd")
NEW_KEY = f"kildefast:{'0' * 64}"
HARD = "\N{NO-BREAK SPACE}"
DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
"""
BODY = """\
It grew by {{ fact("havneby.web-growth") }}, said {{ speaker("havneby.web-share") }}.

## Staff

There were {{ fact("havneby.staff") }} of them. {{ statement("havneby.one-way-in") }}

{{ statement("havneby.paper-share") }}
"""
LATER = BODY.replace(
    '{{ statement("havneby.paper-share") }}', 'It took {{ fact("havneby.answer-time") }}.'
)


@dataclass(frozen=True)
class Second:
    """A second version, and what changed since the first."""

    changes: Changes
    item: Resolved
    record: CaseRecord
    store: Facts
    root: Path

    def document(self, room: Room = BRIEF) -> Document:
        return change_document(self.changes, self.item, self.record, self.store, room)

    def written(self, *formats: Format) -> dict[Format, bytes]:
        workspace = load_workspace(self.root)
        return written_change_note(self.changes, self.item, self.record, workspace, formats)


def second(root: Path, first: dict[str, str], then: dict[str, str], language: str = "en") -> Second:
    """The second version of an edition once these files are others."""
    entry = issue(make_workspace(root, first), language)
    for name, text in then.items():
        write(root / name, text)
    workspace = load_workspace(root)
    editions = [each for each in workspace.editions() if each.language == language]
    items, _ = resolve_all(editions, workspace)
    made = replace(record(entry.edition, 2), key=NEW_KEY)
    return Second(changes_since(entry, root), items[0], made, workspace.facts, root)


def store_with(*edits: tuple[str, str]) -> dict[str, str]:
    """The store with each of these texts, which stand in it once, replaced."""
    text = STORE
    for old, new in edits:
        text = changed(text, old, new)
    return {FACTS: text}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Second:
    """Facts that were changed, computed anew, worded anew, added and removed, in one edition."""
    then = store_with(
        ("value: 62", "value: 64"),
        ("cirka 62 prosent", "cirka 64 prosent"),
        ("Everyone should apply in the same place.", "Everyone should have one way in."),
        ("as_of: 2030-06\n    said_by: union", "as_of: 2031-01\n    said_by: digital-head"),
    )
    first = {**english(BODY), "facts/growth.yaml": DERIVED}
    return second(tmp_path_factory.mktemp("usual"), first, {**then, **english(LATER)})


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Second:
    """Twelve facts that were changed, of a measure with a long name."""
    root = tmp_path_factory.mktemp("crowded")
    body = "\n\n".join(f'{{{{ statement("many.n{number}") }}}}' for number in range(12))
    first = {**english(body), "facts/many.yaml": "".join(many(40))}
    return second(root, first, {"facts/many.yaml": "".join(many(50))})


def many(start: int) -> Iterator[str]:
    """Twelve facts, counted from there."""
    yield "measures:\n  long-share: {unit: percent, name: {nb: andel, en: share of those who "
    yield "apply for a place on the web and say that they would do so again}}\nfacts:\n"
    for number in range(12):
        yield f"  many.n{number}:\n    theme: channels\n    place: havneby\n"
        yield "    statement:\n      nb: 'I {as_of} ville {figure} gjøre det igjen.'\n"
        yield "      en: 'In {as_of}, {figure} would do so again.'\n"
        yield f"    figure: {{value: {start + number}, measure: long-share, among: applications}}\n"
        yield f"    as_of: {2010 + number}\n    said_by: digital-head\n    standing: reported\n"
        yield "    source: havneby-2031\n"
        yield f"    at: {{paragraph: {number + 1}}}\n    recorded: 2031-04-02\n"


# ---------------------------------------------------------------- what it says


def test_it_tells_each_fact_as_it_was_and_as_it_is_with_its_sentence_and_source(
    usual: Second,
) -> None:
    assert (
        usual.document().plain_text().replace(HARD, " ")
        == f"""\
Havneby kommune Change note DRAFT
Changes from version 1 to version 2
Version 2 of ‘Applications come in on the web’ replaces version 1 (draft, 10 April 2031). \
The text has been changed, too.
From Date Case number Status
Adviser 10 April 2031 Not assigned Draft, not quality-assured
Table 1 Facts: 3 changed, 1 computed anew from them, 1 added, 1 removed
Version 1 before, from facts recorded from 2 April 2031 to 3 April 2031; version 2 now.
Fact Version 1 Version 2 Among whom, and where it stands now
Share on the web; 2030 (inferred) about 62% about 64%[1] applications for a kindergarten place
The beginning: ‘Parents apply on the web: about 64%.’
Change in share on the web; 2028 to 2030 (inferred) about 14 percentage points about 16 percentage \
points[2]
follows from [1] applications for a kindergarten place
The beginning: ‘It grew by about 16 percentage points, said Ida Holm, head of …’
Number of staff 4,200
as of: June 2030
speaker: The union 4,200[4]
as of: January 2031
speaker: Ida Holm, head of digitalisation the municipality’s employees
Staff: ‘There were 4,200 of them.’
Statement; January 2031 Everyone should apply in the same place. Everyone should have one way in.[5] \
Staff
Time to answer; date not stated Not told 3 weeks[6] applications for a kindergarten place
Staff: ‘It took 3 weeks.’
Share on paper; 2030; The union nearly eight in ten Taken out the municipality’s employees
In version 1: Staff: ‘Nearly eight in ten came in on paper.’
Notes, with their numbers in version 2
[1] About 64%. Ida Holm. 2030 (inferred). Reported by a party. A para. 12.
[2] About 16 percentage points. Our calculation; figures: Ida Holm. 2028 to 2030 (inferred). \
Reported by a party. A.
[4] 4,200. Ida Holm. January 2031. Established. A para. 14.
[5] Everyone should have one way in. The union. January 2031. Opinion. A para. 17.
[6] 3 weeks. Ida Holm. Date not stated. Reported by a party. A para. 15.
Sources
Source A ‘Årsmelding for Havneby’. Publisher not stated. Date not stated.
Version 1 {KEY}
Version 2 {NEW_KEY}
How this was made Compared were version 1, as the register keeps it, and version 2."""
    )


def test_every_figure_of_the_new_version_leads_to_its_note(usual: Second) -> None:
    document = usual.document()

    (table,) = (block for block in document.body if isinstance(block, Table))
    spans = [node for row in table.rows for node in row[2].content if isinstance(node, FactSpan)]
    assert [(span.fact, span.note) for span in spans] == [
        (note.fact, note.number) for note in document.notes.notes
    ]
    breaking = [span.text.replace(HARD, " ") for span in spans if not span.unbroken]
    assert breaking == ["about 16 percentage points"]  # more than a line of its cell holds


def test_a_version_that_says_the_same_has_a_note_that_says_so(tmp_path: Path) -> None:
    made = second(tmp_path, english(BODY.partition("\n")[2]), {}, "nb")
    final = replace(made.record, state=State.FINAL)

    note = replace(made, record=final).document().plain_text().replace(HARD, " ")

    lead = (
        "Versjon 2 av «Søknadene kommer på nett» erstatter versjon 1 (utkast, 10. april 2031). "
        "Ingen fakta er endret. Teksten er den samme."
    )
    assert note.splitlines()[2:] == [
        lead,
        "Fra Dato Saksnummer Status",
        "Rådgiver 10. april 2031 Ikke tildelt Utkast, ikke kvalitetssikret",
        "Noter, med numrene fra versjon 2",
        "Ingen fakta er endret, så det er ingen noter.",
        "Kilder",
        f"Versjon 1 {KEY}",
        f"Versjon 2 {NEW_KEY}",
        "Slik er dokumentet laget Sammenlignet er versjon 1, slik registeret har den, og versjon 2.",
    ]


def test_a_source_told_otherwise_and_a_fact_held_back_are_told_below(usual: Second) -> None:
    sources = (SourceChange("havneby-2031", "It was another.", source_told(usual)),)
    changes = replace(usual.changes, facts=(), sources=sources, other=True, withdrawn=2)

    body = replace(usual, changes=changes).document().body

    assert [line for block in body for line in block_lines(block)] == [
        "Facts in version 1 that its readers may no longer be told: 2.",
        f"Source{HARD}A is described otherwise. Before: It was another.",
    ]


def source_told(version: Second) -> str:
    """The one source of the new version, as that lists it."""
    return inline_text(version.item.document.sources.entries[0].text)


@pytest.mark.parametrize("code", languages())
def test_every_way_in_which_a_fact_can_change_has_words(code: str) -> None:
    unlabelled = (Aspect.FIGURE, Aspect.HEDGE, Aspect.WORDING)
    families = (
        *(f"change-count-{each.value}" for each in ChangeKind),
        *(f"change-state-{each.value}" for each in State),
        *(
            f"change-aspect-{each.value.replace(' ', '-')}"
            for each in Aspect
            if each not in unlabelled
        ),
    )

    known = load_language(code).messages

    assert [key for key in families if key not in known] == []


# ---------------------------------------------------------------- one page


def test_facts_without_room_on_the_page_are_counted(crowded: Second, tmp_path: Path) -> None:
    made = crowded.written(Format.PDF)[Format.PDF]

    (tmp_path / "note.pdf").write_bytes(made)
    told = pdf_text(tmp_path / "note.pdf")
    shown = [
        number for number in range(12) if letters(f"{50 + number}%[{number + 2}]") in letters(told)
    ]
    assert pages(made) == 1
    assert shown == list(range(len(shown)))
    assert len(shown) >= 4
    assert letters(
        f"Without room here: {12 - len(shown)}; see both tables of facts (CSV)."
    ) in letters(told)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


# ---------------------------------------------------------------- the files


@pytest.fixture(scope="module")
def files(usual: Second, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The note as PDF and as Word file."""
    folder = tmp_path_factory.mktemp("note")
    for kind, data in usual.written(*BOTH).items():
        (folder / f"note.{kind.value}").write_bytes(data)
    return folder / "note.pdf", folder / "note.docx"


def test_both_files_say_the_same(files: tuple[Path, Path]) -> None:
    pdf, word = files

    assert difference(letters(docx_text(word)), letters(pdf_text(pdf))) == ""


def test_the_judges_of_pdf_find_nothing(files: tuple[Path, Path], vera: Vera) -> None:
    pdf, _ = files

    assert (qpdf_faults(pdf), pikepdf_faults(pdf)) == ([], [])
    assert pygfried.identify(str(pdf)) == "fmt/476"  # PRONOM's PDF/A-2a
    assert vera_faults(vera, [pdf]) == []


def test_the_judges_of_word_find_nothing(files: tuple[Path, Path]) -> None:
    _, word = files

    assert (schema_faults(word), reference_faults(word)) == ([], [])
    with zipfile.ZipFile(word) as parts:
        provenance = etree.fromstring(parts.read("customXml/item1.xml"))
    assert XSD.validate(provenance), XSD.error_log
