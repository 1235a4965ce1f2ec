"""Facts traced into outputs: where they are used, what a change hits, who is told what."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from workspaces import (
    AUDIENCE,
    BRIEF,
    EN,
    EN_HEAD,
    NB,
    PUBLIC,
    STORE,
    Told,
    changed,
    english,
    make_workspace,
    run,
    write,
)

from reports.briefs import load_workspace
from reports.build import resolve_all
from reports.build.outputs import Resolved
from reports.document import Document, FactSpan
from reports.document.sentences import sentence_around, sentences
from reports.facts.model import Facts
from reports.trace.agreement import differences
from reports.trace.uses import Use, uses

S = "\N{NO-BREAK SPACE}"
COUNCIL_EN = "templates/channels/council.en.md.j2"
COUNCIL_NB = "templates/channels/council.nb.md.j2"
DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
"""


def fact(id_: str, *, value: int, lines: str = "", as_of: int = 2030) -> str:
    """The entry of a fact about the number of staff, under `facts:`, with further lines."""
    return f"""\
  {id_}:
    theme: staff
    place: havneby
    statement: {{nb: "Det var {{figure}} ansatte.", en: "There were {{figure}} employees."}}
    figure: {{value: {value}, measure: head-count, among: employees}}
    as_of: {as_of}
    said_by: union
    standing: reported
    source: havneby-2031
    at: {{paragraph: 20, printed: "{value} ansatte"}}
    recorded: 2031-04-02
{lines}"""


def resolved(workspace: Path, language: str = "en") -> tuple[tuple[Resolved, ...], Facts]:
    """The editions in that language, and the store."""
    loaded = load_workspace(workspace)
    editions = [edition for edition in loaded.editions() if edition.language == language]
    return resolve_all(editions, loaded)[0], loaded.facts


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "told",
    [
        ["Det var ca. 10 % i 2030. ", "Nå er det nr. 3 i Norden."],
        ["Det åpnet 11. april. ", "Så gikk det."],
        ["It rose from 1.5 to 2.5 points. ", "No. 3 fell."],
        ["They said no. ", "Then they left."],
        ["Alle, f.eks. Oslo og bl.a. Bergen, jf. kap. 3, svarte kl. 9. ", "3 av 4 kom."],
        ["N. N. Holm came, e.g. Tuesday. ", "See Source A. ", "It is long."],
        ["‘So it is.’ ", "«Ja.» ", "(See above.) ", "– And on."],
        ["They came.[1][2] ", "Then[3] they went[4]. ", "Good."],
        ["Is it? ", "It is! ", "And so on … ", "The end"],
        ["New. ", "eID came. ", "e-ID, too. ", "It grew vs. before. and on."],
        ["One line.\n", "Another\nthat goes on."],
        ["none"],
        [],
    ],
    ids=lambda told: told[0] if told else "nothing",
)
def test_a_text_is_parted_into_its_sentences(told: list[str]) -> None:
    text = "".join(told)

    assert [text[start:end] for start, end in sentences(text)] == told


def test_the_sentences_around_a_part_are_those_that_it_touches_on_one_line() -> None:
    text = "It is. It was\nso. It will be."

    assert sentence_around(text, 9, 11) == "It was so."
    assert sentence_around(text, 4, 8) == "It is. It was so."


# ---------------------------------------------------------------- uses

EVERYWHERE = """\
# The web: {{ fact("havneby.web-share") }}

It is {{ fact("havneby.web-share", form="number") }} now. Good.

## How it went

It opened: {{ as_of("havneby.opened") }}. Then ca. {{ fact("havneby.staff") }} (of the town)
were told. *All was* new{{ cite("havneby.one-way-in", "havneby.opened") }}.
{{ statement("havneby.one-way-in") }} So it was, {{ trend("havneby.web-growth") }} after
{{ since("havneby.web-growth") }}.

- One way in.
- First:

    1. The {{ fact("havneby.answer-time", form="words") }} wait.

{{ fact("havneby.web-share") }}
:   on the web. The rest by post.

> "We were {{ fact("havneby.paper-share", form="words") }}. We are not."
>
> — The union{{ cite("havneby.paper-share") }}

!!! caveat

    Watch {{ fact("havneby.staff", form="with base", start=True) }}.

{{ caption("Two ways", base="As told.", id="ways") }}

| Way | Then{{ cite("havneby.staff") }} |
|---|---|
| Web | Low. But {{ fact("havneby.web-share-before") }} |

{{ chart("bars", ["havneby.staff"], caption="The staff", labels=["Now"], id="now") }}

{{ timeline(["havneby.one-way-in"], caption="What happened") }}

### It took {{ fact("havneby.answer-time") }}

The end.
"""
USES = """\
1 web-share, figure: about 62% | The web: about 62% | The web: about 62%[1]
3 web-share, number: about 62 | The web: about 62% | It is about 62[1] now.
7 opened, as of: 11 April, year not stated | How it went | It opened: 11 April, year not stated[2].
7 staff, figure: 4,200 | How it went | Then ca. 4,200[3] (of the town) were told.
8 one-way-in, cite:  | How it went | All was new[4][2].
8 opened, cite:  | How it went | All was new[4][2].
9 one-way-in, statement: One way in is best. | How it went | One way in is best.[4]
9 web-growth, trend: rose by about 14 percentage points | How it went | So it was, rose by about \
14 percentage points[5] after 2028[5].
10 web-growth, since: 2028 | How it went | So it was, rose by about \
14 percentage points[5] after 2028[5].
15 answer-time, words: three weeks | How it went | The three weeks[7] wait.
17 web-share, figure: about 62% | How it went | about 62%[1] on the web.
20 paper-share, words: nearly eight in ten | How it went | ‘We were nearly eight in ten[8].
22 paper-share, cite:  | How it went | The union[8]
26 staff, with base: 4,200 (of the staff) | How it went | Watch 4,200 (of the staff)[3].
30 staff, cite:  | How it went, Table 1 #ways | Two ways: Then[3]
32 web-share-before, figure: 48% | How it went, Table 1 #ways | Two ways – Web – Then: But 48%[6]
34 staff, cite:  | How it went, Figure 1 #now | The staff: Number of staff. Base: of the staff. \
As of: June 2030. The union[3]
34 staff, chart: 4,200 | How it went, Figure 1 #now | The staff – Now: 4,200
36 one-way-in, statement: One way in is best. | How it went, Table 2 #table-2 | What happened – \
January 2031: One way in is best.[4]
38 answer-time, figure: 3 weeks | It took 3 weeks | It took 3 weeks[7]
34 staff, figure: 4,200 | The data behind the figures, Table 3 #data-now | The data behind Figure 1 \
– Now – Figure: 4,200[3]
"""


def test_every_spot_that_prints_a_fact_is_a_use_in_reading_order(tmp_path: Path) -> None:
    store = changed(STORE, "Everyone should apply in the same place.", "One way in is best.")
    store = changed(store, "the municipality's employees", "of the staff")
    files = {EN: EVERYWHERE, "facts/havneby.yaml": store, "facts/growth.yaml": DERIVED}
    workspace = make_workspace(tmp_path, files)

    found = uses(resolved(workspace)[0])

    assert "".join(shown_use(use) for use in found).replace(S, " ") == USES
    assert [use.edition.name for use in found] == ["channels/public.en"] * len(found)


def shown_use(use: Use) -> str:
    """A use as a line: where and how it is written, where it is read, and its sentence."""
    inside = f", {use.label} #{use.anchor}" if use.label else ""
    written = f"{use.place.line} {use.fact.removeprefix('havneby.')}, {use.form}: {use.text}"
    return f"{written} | {use.section}{inside} | {use.sentence}\n"


def test_note_and_note_mark_of_a_use_are_those_of_its_edition(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, {EN: EVERYWHERE, "facts/growth.yaml": DERIVED})
    (item,), _ = resolved(workspace)

    found = uses([item])

    notes = {note.fact: note.number for note in item.document.notes.notes}
    assert [use.note for use in found] == [notes[use.fact] for use in found]
    drawn = [use for use in found if use.form == "chart"]
    assert [use.mark for use in found if use not in drawn] == list(range(len(found) - len(drawn)))
    assert [use.mark for use in drawn] == [None]


# ---------------------------------------------------------------- facts where-used, facts unused

GROWN = "It grew, {{ trend('havneby.web-growth') }}{{ cite('havneby.web-share') }}."
CHAIN = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
  havneby.web-growth-again:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-03
  havneby.web-growth-total:
    derived: {sum: [havneby.web-growth, havneby.web-growth-again]}
    recorded: 2031-04-03
"""


def test_the_uses_of_a_fact_are_told_by_edition_and_line_derived_ones_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = english(f"{GROWN} {{{{ fact('havneby.web-share') }}}}.")
    workspace = make_workspace(tmp_path, {**files, "facts/growth.yaml": DERIVED})

    told = run(workspace, capsys, "facts", "where-used", "havneby.web-share", "havneby.staff")

    assert told == Told(
        0,
        "havneby.web-share\n"
        "  channels/public.nb\n"
        f"    {NB}:3  figure\n"
        "  channels/public.en\n"
        f"    {EN}:3  figure\n"
        f"    {EN}:5  trend (through havneby.web-growth), cite, figure\n"
        "havneby.staff: in no edition\n",
        "",
    )


def test_a_chain_of_derived_facts_is_told_from_the_printed_one_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = english("It was {{ fact('havneby.web-growth-total') }}.")
    workspace = make_workspace(tmp_path, {**files, "facts/growth.yaml": CHAIN})

    told = run(workspace, capsys, "facts", "where-used", "havneby.web-share-before", "--json")

    sentence = f"It was about{S}28{S}percentage points[2]."
    assert (told.code, told.err) == (0, "")
    assert json.loads(told.out) == [
        {
            "fact": "havneby.web-share-before",
            "printed": "havneby.web-growth-total",
            "through": ["havneby.web-growth-total", "havneby.web-growth"],
            "brief": "channels",
            "audience": "public",
            "language": "en",
            "subject": None,
            "form": "figure",
            "text": sentence.removeprefix("It was ").removesuffix("[2]."),
            "sentence": sentence,
            "section": "Applications come in on the web",
            "label": None,
            "anchor": None,
            "note": 2,
            "template": EN,
            "line": 5,
        }
    ]


def test_without_a_fact_the_uses_of_all_are_told_in_the_editions_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("It took {{ fact('havneby.answer-time') }}."))

    told = run(workspace, capsys, "facts", "where-used", "--lang", "en")

    assert told == Told(
        0,
        f"havneby.web-share\n  channels/public.en\n    {EN}:3  figure\n"
        "havneby.web-share-before: in no edition\n"
        "havneby.paper-share: in no edition\n"
        "havneby.staff: in no edition\n"
        f"havneby.answer-time\n  channels/public.en\n    {EN}:5  figure\n"
        "havneby.opened: in no edition\n"
        "havneby.one-way-in: in no edition\n"
        "havneby.secret-plan: in no edition\n",
        "",
    )


def test_the_unused_facts_are_those_that_nothing_printed_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = "facts:\n" + fact(
        "havneby.staff-now", value=4300, lines="    supersedes: havneby.staff\n"
    )
    body = "It grew {{ trend('havneby.web-growth') }}{{ cite('havneby.opened') }}."
    files = {**english(body), "facts/growth.yaml": DERIVED, "facts/newer.yaml": newer}
    workspace = make_workspace(tmp_path, files)

    told = run(workspace, capsys, "facts", "unused", "--lang", "en")

    assert told == Told(
        0,
        f"havneby.paper-share  public                                     Nearly{S}eight in ten "
        "came in on paper.\n"
        "havneby.staff        public    superseded by havneby.staff-now  The municipality had 4,200 "
        "staff.\n"
        f"havneby.answer-time  public                                     The answer took 3{S}weeks.\n"
        "havneby.one-way-in   public                                     Everyone should apply in "
        "the same place.\n"
        "havneby.secret-plan  internal  no audience may see it           The counters will close.\n"
        "havneby.staff-now    public                                     There were 4,300 employees.\n",
        "6 unused facts\n",
    )


def test_an_unused_fact_as_json_tells_who_may_see_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, two_audiences({}))

    told = run(workspace, capsys, "facts", "unused", "--json")

    assert told.code == 0
    assert json.loads(told.out)[-1] == {
        "id": "havneby.secret-plan",
        "access": "internal",
        "audiences": ["council"],
        "superseded_by": None,
        "derived": None,
        "remark": None,
        "statement": "The counters will close.",
    }


@pytest.mark.parametrize("command", [["facts", "where-used"], ["impact"]])
def test_an_unknown_fact_gets_the_nearest_for_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, *command, "havneby.staf", "havneby.web-share")

    hint = "unknown fact 'havneby.staf'\n  hint: did you mean 'havneby.staff'?\n"
    assert told == Told(1, "", hint)


def test_a_use_is_never_told_of_files_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    command = ("facts", "where-used", "havneby.web-share", "--lang", "en")
    before = run(workspace, capsys, *command)
    write(workspace / EN, changed(EN_HEAD, "\n\nParents", "\n\nA lead.\n\nParents"))

    after = run(workspace, capsys, *command)

    assert before.out == f"havneby.web-share\n  channels/public.en\n    {EN}:3  figure\n"
    assert after.out == f"havneby.web-share\n  channels/public.en\n    {EN}:5  figure\n"


def test_a_fact_is_traced_by_the_version_of_the_day_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = fact("havneby.staff-now", value=4300, lines="    supersedes: havneby.staff\n")
    newer = changed(newer, "recorded: 2031-04-02", "recorded: 2031-05-01")
    files = english("There are {{ fact('havneby.staff-now') }}.")
    workspace = make_workspace(tmp_path, {**files, "facts/newer.yaml": f"facts:\n{newer}"})

    told = run(workspace, capsys, "facts", "where-used", "havneby.staff-now", "--at", "2031-04-05")

    lines = f"havneby.staff\n  channels/public.en\n    {EN}:5  figure\n"
    assert told == Told(0, lines, "")


def test_a_fact_that_was_not_recorded_yet_is_not_called_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "impact", "havneby.one-way-in", "--at", "2031-04-02")

    assert told == Told(
        1,
        "",
        "fact 'havneby.one-way-in' was not recorded until 2031-04-03\n"
        "  hint: choose a later day with --at\n",
    )


# ---------------------------------------------------------------- impact


def test_a_change_hits_each_output_at_its_page_or_section_and_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        f"## Growth\n\n{GROWN}\n\n"
        '{{ chart("bars", ["havneby.web-share"], caption="On the web", labels=["Now"]) }}'
    )
    workspace = make_workspace(tmp_path, {**english(body), "facts/growth.yaml": DERIVED})

    told = run(workspace, capsys, "impact", "havneby.web-share", "--lang", "en")

    grew = f"It grew, rose by about{S}14{S}percentage points[2][1]."
    data = f"The data behind Figure{S}1 – Now – Figure: about{S}62%[1]"
    assert told == Told(
        0,
        "out/channels/public.en.pdf\n"
        "  page 1\n"
        f"    [1] Parents apply on the web: about{S}62%[1].\n"
        f"    [2] {grew} (through havneby.web-growth)\n"
        f"    [1] {grew}\n"
        f"    [1] On the web – Now: about{S}62%\n"
        f"    [1] {data}\n"
        "out/channels/public.en.docx\n"
        "out/channels/public.en.html\n"
        "  Applications come in on the web\n"
        f"    [1] Parents apply on the web: about{S}62%[1].\n"
        "  Growth\n"
        f"    [2] {grew} (through havneby.web-growth)\n"
        f"    [1] {grew}\n"
        f"    [1] On the web – Now: about{S}62%\n"
        "  The data behind the figures\n"
        f"    [1] {data}\n",
        "laying out channels/public.en to find its pages\n3 outputs, 6 places in their editions\n",
    )


def test_several_facts_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brief = changed(BRIEF, "[pdf, docx, html]", "[html]")
    files = {
        **english("It took {{ fact('havneby.answer-time') }}."),
        "templates/channels/brief.yaml": brief,
    }
    workspace = make_workspace(tmp_path, files)

    told = run(
        workspace, capsys, "impact", "havneby.answer-time", "havneby.web-share", "--lang", "en"
    )

    assert told == Told(
        0,
        "out/channels/public.en.html\n"
        "  Applications come in on the web\n"
        f"    [1] havneby.web-share: Parents apply on the web: about{S}62%[1].\n"
        f"    [2] havneby.answer-time: It took 3{S}weeks[2].\n",
        "1 output, 2 places in their editions\n",
    )


def test_a_fact_that_nothing_prints_hits_no_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)

    told = run(workspace, capsys, "impact", "havneby.staff")

    assert told == Told(0, "", "0 outputs, 0 places in their editions\n")


LONG = 1200  # words of a statement: more than half a page of a memo


def long_facts() -> str:
    """Facts with statements so long that one of them must run over the end of a page."""
    entries = []
    for name in ("alpha", "beta", "gamma"):
        words = " ".join(f"{name}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(250))
        said = f"First{name} {words} last{name}."
        entries.append(
            changed(
                fact(f"havneby.{name}", value=1),
                '{nb: "Det var {figure} ansatte.", en: "There were {figure} employees."}',
                f"{{nb: {said}, en: {said}}}",
            ).replace("    figure: {value: 1, measure: head-count, among: employees}\n", "")
        )
    return "facts:\n" + "".join(entries)


def test_a_page_is_the_one_on_which_the_spot_begins_in_the_pdf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("alpha", "beta", "gamma")
    body = "\n\n".join(f"{{{{ statement('havneby.{name}') }}}}" for name in names)
    audience = changed(PUBLIC, "budget: {pages: 2}\n", "")
    files = {
        **english(body),
        AUDIENCE: audience,
        "facts/long.yaml": long_facts(),
    }
    workspace = make_workspace(tmp_path, files)
    facts = [f"havneby.{name}" for name in names]

    told = run(workspace, capsys, "impact", *facts, "--lang", "en", "--json")
    run(workspace, capsys, "build", "--lang", "en", "--format", "pdf")

    found = [hit for hit in json.loads(told.out) if hit["format"] == "pdf"]
    pages = pdf_pages(workspace / "out/channels/public.en.pdf")
    begin = [page_with(f"First{name}", pages) for name in names]
    assert [hit["page"] for hit in found] == begin
    assert begin != [page_with(f"last{name}.", pages) for name in names]


def pdf_pages(file: Path) -> list[str]:
    """The text of each page, without white space and line-end hyphens."""
    pages = extract_text(file).split("\f")[:-1]
    return ["".join(page.split()).replace("\N{HYPHEN}", "") for page in pages]


def page_with(text: str, pages: list[str]) -> int:
    """The first page that holds the text."""
    return next(number for number, page in enumerate(pages, start=1) if text in page)


def test_a_second_answer_and_one_after_a_build_need_no_laying_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    run(workspace, capsys, "build", "--lang", "nb", "--format", "pdf")

    first = run(workspace, capsys, "impact", "havneby.web-share")
    second = run(workspace, capsys, "impact", "havneby.web-share")

    counted = "6 outputs, 2 places in their editions\n"
    assert first.err == f"laying out channels/public.en to find its pages\n{counted}"
    assert second == Told(0, first.out, counted)


def test_damaged_pages_and_uses_are_made_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path)
    command = ("impact", "havneby.web-share", "--lang", "en")
    before = run(workspace, capsys, *command)
    kept = [*workspace.glob(".cache/pages/*/*/*"), *workspace.glob(".cache/uses/*/*/*")]
    for file in kept:
        file.write_bytes(file.read_bytes().replace(b"1", b"2"))

    after = run(workspace, capsys, *command)

    assert len(kept) == 3
    assert after == before


# ---------------------------------------------------------------- check --same-facts

CONTRADICTS = "    contradicts: [havneby.theirs]\n"
OUTRANKS = "    outranks:\n      havneby.ours: {nb: talt på nytt, en: counted again}\n"
OURS, THEIRS = "We are {{ fact('havneby.ours') }}.", "They are {{ fact('havneby.theirs') }}."
LATER = fact("havneby.theirs", value=295, as_of=2031)
SUPERSEDES = "    supersedes: havneby.theirs\n"


def two_audiences(files: dict[str, str]) -> dict[str, str]:
    """These files beside those of a brief for the public and the council."""
    brief = changed(BRIEF, "audiences: [public]", "audiences: [public, council]")
    templates = dict.fromkeys((COUNCIL_NB, COUNCIL_EN), "# The web\n\nA lead.\n")
    return {"templates/channels/brief.yaml": brief, **templates, **files}


def compared(
    root: Path, capsys: pytest.CaptureFixture[str], public: str, council: str, facts: str
) -> Told:
    """What the check says where two audiences read these lines, in both languages."""
    bodies = {EN: public, NB: public, COUNCIL_EN: council, COUNCIL_NB: council}
    templates = {name: f"# The web\n\nA lead.\n\n{body}\n" for name, body in bodies.items()}
    files = {**templates, "facts/more.yaml": f"facts:\n{facts}"}
    return run(make_workspace(root, two_audiences(files)), capsys, "check", "--same-facts")


@pytest.mark.parametrize(
    ("facts", "relation", "hint"),
    [
        (
            fact("havneby.ours", value=310) + fact("havneby.theirs", value=295, lines=OUTRANKS),
            "the two are in conflict",
            "print the same one in both, or both in each",
        ),
        (
            fact("havneby.ours", value=310, lines=CONTRADICTS) + LATER,
            "the two contradict each other",
            "print the same one in both, or both in each",
        ),
    ],
    ids=["conflict", "contradiction"],
)
def test_audiences_that_are_told_one_side_each_are_a_fault(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    facts: str,
    relation: str,
    hint: str,
) -> None:
    told = compared(tmp_path, capsys, OURS, THEIRS, facts)

    assert told == Told(
        1,
        "channels, public: not told 1 fact of those told elsewhere\n"
        "  havneby.theirs  not used  told to council; told havneby.ours instead\n"
        "channels, council: not told 1 fact of those told elsewhere\n"
        "  havneby.ours  not used  told to public; told havneby.theirs instead\n",
        f"{NB}:5: 'channels/public.nb' prints \"310\", fact 'havneby.ours'; "
        f"'channels/council.nb' prints \"295\", fact 'havneby.theirs', at {COUNCIL_NB}:5; "
        f"{relation}\n  hint: {hint}\n4 editions compared, 1 difference\n",
    )


def test_a_difference_is_told_in_one_language_where_it_can_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = fact("havneby.ours", value=310, lines=CONTRADICTS) + LATER
    files = {
        "facts/more.yaml": f"facts:\n{facts}",
        NB: f"# Nettet\n\n{OURS}\n",
        EN: f"# The web\n\n{OURS}\n",
        COUNCIL_EN: f"# The web\n\n{THEIRS}\n",
    }
    workspace = make_workspace(tmp_path, two_audiences(files))

    told = run(workspace, capsys, "check", "--same-facts", "--json")

    differing = json.loads(told.out)["differences"]
    assert [(each["first"]["edition"], each["second"]["edition"]) for each in differing] == [
        ("channels/public.en", "channels/council.en")
    ]


def test_an_audience_that_is_told_both_sides_is_told_the_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = fact("havneby.ours", value=310, lines=CONTRADICTS) + LATER

    told = compared(tmp_path, capsys, f"{OURS} {THEIRS}", THEIRS, facts)

    assert told == Told(
        0,
        "channels, council: not told 1 fact of those told elsewhere\n"
        "  havneby.ours  not used  told to public; told havneby.theirs instead\n",
        "4 editions compared, 0 differences\n",
    )


@pytest.mark.parametrize("newer", [OURS, f"{THEIRS} {OURS}"], ids=["new", "old and new"])
def test_an_audience_that_is_told_an_outdated_version_alone_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], newer: str
) -> None:
    facts = LATER + fact("havneby.ours", value=310, lines=SUPERSEDES)

    told = compared(tmp_path, capsys, newer, THEIRS, facts)

    assert told.code == 1
    assert (
        f"{COUNCIL_NB}:5: 'channels/council.nb' prints \"295\", fact 'havneby.theirs'; "
        f"'channels/public.nb' prints \"310\", fact 'havneby.ours', at {NB}:5; "
        "the second supersedes the first\n  hint: print 'havneby.ours' in both\n"
        "4 editions compared, 1 difference\n"
    ) in told.err


def test_what_is_derived_from_a_fact_tells_that_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = (
        fact("havneby.ours", value=310)
        + fact("havneby.theirs", value=295, lines=OUTRANKS)
        + "  havneby.rise:\n    derived: {ratio: [havneby.staff, havneby.ours], round: 0.1,"
        " because: {nb: ulike år, en: years differ}}\n    recorded: 2031-04-03\n"
    )

    told = compared(tmp_path, capsys, "It is {{ fact('havneby.rise') }}.", THEIRS, facts)

    assert told.code == 1
    assert (
        f"{NB}:5: 'channels/public.nb' prints \"13,5 ganger\", fact 'havneby.rise', derived from "
        f"'havneby.ours'; 'channels/council.nb' prints \"295\", fact 'havneby.theirs', "
        f"at {COUNCIL_NB}:5; the two are in conflict\n"
    ) in told.err.replace(S, " ")


def test_a_plain_number_that_is_the_figure_of_a_fact_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = fact("havneby.ours", value=310)
    plain = "Of {{ plain('900', 'asked') }}, {{ plain('310', 'we counted') }} came."

    told = compared(tmp_path, capsys, OURS, plain, facts)

    lines = [
        f"{template}:5: 'channels/council.{code}' prints the plain number \"310\"; "
        f"'channels/public.nb' prints \"310\", fact 'havneby.ours', at {NB}:5; "
        "that is its figure\n"
        "  hint: print it with fact('havneby.ours'), so that it changes with it\n"
        for code, template in (("en", COUNCIL_EN), ("nb", COUNCIL_NB))
    ]
    assert (told.code, told.err) == (1, "".join([*lines, "4 editions compared, 2 differences\n"]))


def test_a_plain_number_is_a_figure_however_its_unit_is_spaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = "In all {{ plain('62', 'we counted') }} % came."

    told = compared(tmp_path, capsys, "{{ fact('havneby.web-share') }}.", plain, LATER)

    assert (told.code, told.err.count("that is its figure\n")) == (1, 2)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("havneby.answer-time", "3"),
        ("havneby.opened", "11"),
        ("havneby.staff", "42"),
        ("havneby.ours", "1 310"),
        ("havneby.ours", "1310"),
        ("havneby.ours", "310.5"),
    ],
    ids=["a unit apart", "a date", "a part", "the end", "an end", "the start"],
)
def test_a_plain_number_that_is_like_a_figure_by_accident_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], printed: str, plain: str
) -> None:
    public = f"It is {{{{ fact('{printed}') }}}}."
    council = f"There are {{{{ plain('{plain}', 'counts our advice') }}}} of them."

    told = compared(tmp_path, capsys, public, council, fact("havneby.ours", value=310))

    assert (told.code, told.err) == (0, "4 editions compared, 0 differences\n")


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("en", f"about{S}63%", 2), ("nb", f"ca.{S}63%", 2), ("en", f"About{S}62%", 0)],
    ids=["in one language", "in the digits of another", "at the start of a sentence"],
)
def test_a_fact_that_reads_unlike_itself_is_a_fault(
    tmp_path: Path, language: str, text: str, count: int
) -> None:
    (item,), store = resolved(make_workspace(tmp_path))
    edition = replace(item.edition, language=language)
    other = replace(item, edition=edition, document=with_figure(item.document, text))

    found = list(differences([item, other], store))

    assert [each.kind for each in found] == ["wording"] * (count // 2)
    spots = [(each.first.text, each.second.text) for each in found]
    assert spots == [(f"about{S}62%", text)] * (count // 2)


def with_figure(document: Document, text: str) -> Document:
    """The document with that text for what facts print in its lead."""
    lead = tuple(
        replace(node, text=text) if isinstance(node, FactSpan) else node
        for node in document.cover.lead
    )
    return replace(document, cover=replace(document.cover, lead=lead))


def test_each_audience_is_shown_what_it_is_not_told_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    council = "{{ cite('havneby.secret-plan') }} {{ fact('havneby.web-share-before') }}."
    files = {COUNCIL_EN: f"# The web\n\nIt is so{council}\n", **english("")}
    workspace = make_workspace(tmp_path, two_audiences(files))

    told = run(workspace, capsys, "check", "--same-facts", "--audience", "public", "--json")

    assert told.code == 0
    assert json.loads(told.out) == {
        "differences": [],
        "untold": [
            {
                "brief": "channels",
                "subject": None,
                "audience": "public",
                "fact": "havneby.secret-plan",
                "why": "access",
                "languages": ["nb", "en"],
                "told_to": ["council"],
                "instead": [],
            },
            {
                "brief": "channels",
                "subject": None,
                "audience": "public",
                "fact": "havneby.web-share-before",
                "why": "not used",
                "languages": ["nb", "en"],
                "told_to": ["council"],
                "instead": ["havneby.web-share"],
            },
        ],
    }


def test_a_fact_that_one_language_leaves_out_is_shown_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("Since {{ as_of('havneby.staff') }}."))

    told = run(workspace, capsys, "check", "--same-facts")

    assert told == Told(
        0,
        "channels, public: not told 1 fact of those told elsewhere\n"
        "  havneby.staff  not used in nb  told in another language\n",
        "2 editions compared, 0 differences\n",
    )


def test_a_difference_as_json_names_both_spots(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = fact("havneby.ours", value=310, lines=CONTRADICTS) + LATER
    compared(tmp_path, capsys, OURS, THEIRS, facts)

    told = run(tmp_path, capsys, "check", "--same-facts", "--json", "--lang", "en")

    assert told.code == 1
    assert json.loads(told.out)["differences"] == [
        {
            "kind": "contradiction",
            "first": {
                "edition": "channels/public.en",
                "audience": "public",
                "language": "en",
                "fact": "havneby.ours",
                "of": "havneby.ours",
                "text": "310",
                "template": EN,
                "line": 5,
            },
            "second": {
                "edition": "channels/council.en",
                "audience": "council",
                "language": "en",
                "fact": "havneby.theirs",
                "of": "havneby.theirs",
                "text": "295",
                "template": COUNCIL_EN,
                "line": 5,
            },
        }
    ]


def test_check_as_json_lists_the_paragraphs_that_rest_on_no_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("Parents like the web."))

    told = run(workspace, capsys, "check", "--json")

    found = [{"template": EN, "line": 5, "text": "Parents like the web."}]
    assert (told.code, json.loads(told.out)) == (0, found)
