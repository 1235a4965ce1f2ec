"""The audience's contract: how it is counted, where each breach stands, and how it is shown."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from shipped import NAMES, ROOT, Shipped
from workspaces import (
    AUDIENCE,
    EN,
    NB,
    PUBLIC,
    STORE,
    Told,
    changed,
    english,
    make_workspace,
    run,
)

from reports.audiences import Audience, Budget, Expired, Forbidden, NotesPlace
from reports.briefs import load_workspace
from reports.budgets import Term, Verdict
from reports.budgets.counting import Counts, sentence_texts, words
from reports.build import resolve_each


def contract(*lines: str) -> dict[str, str]:
    """The audience's file with a contract of these lines, from its line 7."""
    return {AUDIENCE: changed(PUBLIC, "budget: {pages: 2}\n", "".join(f"{x}\n" for x in lines))}


def checked(folder: Path, capsys: pytest.CaptureFixture[str], files: Mapping[str, str]) -> Told:
    """What `check` says of the workspace with these files."""
    return run(make_workspace(folder, dict(files)), capsys, "check", "--lang", "en")


def actual(folder: Path, body: str) -> dict[str, object]:
    """What is counted in the English edition with that body, by term."""
    workspace = load_workspace(make_workspace(folder, english(body)))
    resolved, problems = resolve_each(workspace.editions(), workspace)
    assert [problem for problem in problems if problem.fatal] == []
    return {term.name: term.actual for term in resolved[1].terms}


# ---------------------------------------------------------------- counting


# Words, sentences, long words and LIX of a text, each counted by hand.
COUNTED = {
    "nb": (
        """Byen hadde ca. 4\u202f200 ansatte i juni. De fleste søkte på nett, f.eks. foreldre.
        Skjemaet åpnet 11. april!""",
        (18, 3, 3, 23),  # 18 / 3 + 100 · 3 / 18 = 6 + 16.7
    ),
    "nn": (
        """Kommunen hadde 4\u202f200 tilsette i fjor, m.a. lærarar. Kor mange søkte på nett?
        Det veit vi ikkje: Kjelda seier det ikkje.""",
        (21, 4, 3, 20),  # 21 / 4 + 100 · 3 / 21 = 5.3 + 14.3
    ),
    "da": (
        """Borgerne skulle bl.a. søge på nettet. I København boede der ca. 1,3 mio. mennesker,
        sagde A. Jensen. Hvad med resten?""",
        (20, 3, 3, 22),  # 20 / 3 + 100 · 3 / 20 = 6.7 + 15
    ),
    "en": (
        """The municipality – all of it – went online in two weeks. Dr. Holm, e.g., said about
        62% could log in. Who could not? “Nobody knows,” she wrote.""",
        (26, 4, 1, 10),  # 26 / 4 + 100 · 1 / 26 = 6.5 + 3.8
    ),
}


@pytest.mark.parametrize(("text", "wanted"), COUNTED.values(), ids=list(COUNTED))
def test_lix_is_what_a_person_counts(text: str, wanted: tuple[int, ...]) -> None:
    counts = Counts.of([text])

    assert (counts.words, counts.sentences, counts.long_words, counts.lix) == wanted


def test_no_sentence_reaches_from_one_paragraph_into_the_next() -> None:
    assert Counts.of(["no stop here", "nor here", ""]) == Counts(5, 2, 0)
    assert (Counts.of([]).lix, Counts.of([]).long_percent) == (0, 0)


def test_halves_are_rounded_up() -> None:
    assert Counts(words=200, sentences=100, long_words=25).long_percent == 13  # 12.5 %
    assert Counts(words=200, sentences=100, long_words=25).lix == 15  # 2 + 12.5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("62\u202f% of 4\u202f200, on 11\xa0April", ["62", "of", "4200,", "on", "11", "April"]),
        ("go-ahead – “well” … and/or 2019–2020", ["go-ahead", "“well”", "and/or", "2019–2020"]),
    ],
)
def test_a_figure_is_a_word_and_a_dash_is_none(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two roads: save or wait.", ["Two roads:", "save or wait."]),
        ("At 12:30 she left. Why?", ["At 12:30 she left. ", "Why?"]),
        ("Den 22. november kom nr. 5, jf. St. Hans, hhv. Oslo.", None),
        ("Det kostet kr. 5 og tok evt. Bergen med.", None),
        ("(Hun gikk.) Han ble, t.d. A. B. Holm.", ["(Hun gikk.) ", "Han ble, t.d. A. B. Holm."]),
    ],
)
def test_sentences_end_where_a_reader_draws_breath(text: str, wanted: list[str] | None) -> None:
    assert sentence_texts(text) == (wanted or [text])


# ---------------------------------------------------------------- what is counted


def test_the_body_is_what_stands_before_the_annex(tmp_path: Path) -> None:
    found = actual(
        tmp_path,
        "## A heading of five words\n\n"
        '{{ contents() }}\n\n{{ annex("What no one counts") }}\n\nNor these words.\n',
    )

    # Title, lead ("about 62%" is two of them) and heading.
    assert found["words"] == 6 + 7 + 5


def test_headings_cells_and_captions_count_as_words_but_not_for_lix(tmp_path: Path) -> None:
    table = "| Town | What |\n|---|---|\n| Havneby | Administrative responsibilities |\n"
    body = f'{{{{ caption("Municipalities", base="Counted by nobody") }}}}\n\n{table}'

    plain = actual(tmp_path / "plain", "")
    found = actual(tmp_path / "table", body)

    assert isinstance(plain["words"], int)
    # Caption: its label is not counted, title 1, base 3; cells 2 + 3.
    assert found["words"] == plain["words"] + 4 + 5
    assert (found["LIX"], found["long words"]) == (plain["LIX"], plain["long words"])


def test_words_inside_a_figure_are_not_counted(tmp_path: Path) -> None:
    chart = '{{{{ chart("bars", ["havneby.web-share"], caption="Web", labels=["{}"]) }}}}'

    short = actual(tmp_path / "short", chart.format("Town"))
    long = actual(tmp_path / "long", chart.format("Town by the sea, with its harbour"))

    assert long == short


def test_note_marks_are_no_words(tmp_path: Path) -> None:
    plain = actual(tmp_path / "plain", "The town has staff.")
    cited = actual(tmp_path / "cited", "The town has staff{{ cite('havneby.staff') }}.")

    assert cited == plain


# ---------------------------------------------------------------- breaches, each with its place

DERIVED = """\
facts:
  havneby.web-growth:
    derived: {change: [havneby.web-share-before, havneby.web-share], as: percentage points}
    recorded: 2031-04-02
"""
LONG = "She walks there and back again with him each day."
SHORTER = "make two of it, or leave something out"
EMPTY = "write it here, or take it out of 'require' of the audience"
STAR = "has '*' elsewhere than at the end of a word"
LEFT_OUT = "leave it out for this audience"


def at(place: int | str, what: str, hint: str) -> str:
    """A problem as a person is told, at a line of the English template or another place."""
    spot = f"{EN}:{place}" if isinstance(place, int) else place
    return f"{spot}: {what}\n  hint: {hint}\n"


BREACHES = {
    "words": (
        contract("budget: {words: 12}"),
        "## Staff\n\nThe town has many who work there.\n\n## End\n\nThat is all.",
        [
            at(
                EN,
                "the body has 25 words; 'public' allows 12",
                "cut 13 words; the longest sections: the beginning (13), 'Staff' (8), 'End' (4)",
            )
        ],
    ),
    "a sentence": (
        contract("budget: {sentence_words: 9}"),
        f"First\nline. In Ida's\ncases {LONG}\n\n- Short.\n- {LONG}\n\n## Where {LONG}",
        [
            at(
                6,
                "a sentence of 13 words begins 'In Ida’s cases She walks there …'; "
                "'public' allows 9",
                SHORTER,
            ),
            at(
                10,
                "a sentence of 10 words begins 'She walks there and back again …'; "
                "'public' allows 9",
                SHORTER,
            ),
            at(
                12,
                "a sentence of 11 words begins 'Where She walks there and back …'; "
                "'public' allows 9",
                SHORTER,
            ),
        ],
    ),
    "a sentence that begins with a fact": (
        contract("budget: {sentence_words: 9}"),
        "- Short.\n- {{ fact('havneby.staff') }} people and so on, and on, and on again.",
        [
            at(
                6,
                "a sentence of 10 words begins '4,200 people and so on, and …'; 'public' allows 9",
                SHORTER,
            ),
        ],
    ),
    "a sentence in a cell": (
        contract("budget: {sentence_words: 9}"),
        f'{{{{ caption("Towns") }}}}\n\n| Town | What |\n|---|---|\n| A | B |\n| C | {LONG} |',
        [
            at(
                10,
                "a sentence of 10 words begins 'She walks there and back again …'; "
                "'public' allows 9",
                SHORTER,
            ),
        ],
    ),
    "LIX": (
        contract("budget: {lix: 20}"),
        "Short it is.\n\nResponsible administrations investigate interoperability together now.",
        [
            at(
                EN,
                "LIX is 42; 'public' allows 20",
                f"write shorter sentences and words; the hardest paragraph is {EN}:7, with LIX 89",
            )
        ],
    ),
    "long words": (
        contract("budget: {long_words: 10}"),
        "A reader, a 'reader', the readers and readers, however.",
        [
            at(
                EN,
                "25 % of the words have more than six letters; 'public' allows 10 %",
                "write shorter words; most used: 'readers' (2), 'parents' (1), 'however' (1)",
            )
        ],
    ),
    "jargon": (
        contract(
            "jargon:",
            "  en: {leverag*: use, in accordance: as, in accordance with: by, stakeholder: reader}",
        ),
        """\
We leverage it. Leveraging
is what a stakeholder
does, in accordance
with stakeholders and any
stakeholder.

{{ chart("bars", ["havneby.web-share"], caption="Leverage", labels=["Leveraged"]) }}
""",
        [
            at(5, "'Leveraging' is jargon to 'public'", "write 'use'"),
            at(5, "'leverage' is jargon to 'public'", "write 'use'"),
            at(6, "'stakeholder' is jargon to 'public'", "write 'reader'"),
            at(7, "'in accordance with' is jargon to 'public'", "write 'by'"),
            at(9, "'stakeholder' is jargon to 'public'", "write 'reader'"),
            at(11, "'Leverage' is jargon to 'public'", "write 'use'"),
            at(11, "'Leveraged' is jargon to 'public'", "write 'use'"),
        ],
    ),
    "jargon in a fact": (
        contract("jargon: {en: {apply: ask}}"),
        '{{ statement("havneby.one-way-in") }}',
        [
            at(3, "'apply' is jargon to 'public'", "write 'ask'"),
            at(
                5,
                "'apply' is jargon to 'public', in what fact 'havneby.one-way-in' prints",
                "write 'ask' there, or tell it in words of your own",
            ),
        ],
    ),
    "a block that is empty": (
        contract("require: [answer, advice]"),
        "{% block answer %}\n{% endblock %}\n\n{% block advice %}\n## Advice\n{% endblock %}",
        [
            at(5, "the block 'answer' prints nothing; 'public' requires it", EMPTY),
            at(8, "the block 'advice' prints nothing; 'public' requires it", EMPTY),
        ],
    ),
    "a block that isn't there": (
        contract("require: [answer]"),
        "{% block answers %}\nWell.\n{% endblock %}",
        [
            at(
                EN,
                "the edition has no block 'answer'; 'public' requires it",
                "did you mean 'answers'? 'require' stands in public.yaml:7",
            )
        ],
    ),
    "a block that is left out": (
        contract("require: [answer]"),
        "Well.\n\n{% if audience == 'council' %}\n{% block answer %}Yes.{% endblock %}\n{% endif %}",
        [
            at(
                8,
                "the edition has no block 'answer'; 'public' requires it",
                "a condition, or another block in its place, leaves this one out",
            )
        ],
    ),
    "no block at all": (
        contract("require: [answer]"),
        "Well.",
        [
            at(
                EN,
                "the edition has no block 'answer'; 'public' requires it",
                "write {% block answer %} before the text and {% endblock %} after it",
            )
        ],
    ),
    "a theme": (
        contract("forbid: {themes: [staff]}"),
        """\
Staff: {{ fact('havneby.staff') }}, said
the union{{ cite('havneby.staff') }}.
See {{ source('havneby.staff') }}.
""",
        [
            at(line, "fact 'havneby.staff' is of the theme 'staff'; 'public' forbids it", LEFT_OUT)
            for line in (5, 6)
        ],
    ),
    "a speaker, in a caption": (
        contract("forbid: {speakers: [union]}"),
        """\
{% set named %}Of {{ fact('havneby.staff') }}{% endset %}

{{ chart("bars", ["havneby.web-share"], caption=named) }}
""",
        [at(5, "fact 'havneby.staff' is the word of 'union'; 'public' forbids it", LEFT_OUT)],
    ),
    "a speaker, through what is computed": (
        {**contract("forbid: {speakers: [digital-head]}"), "facts/derived.yaml": DERIVED},
        "It rose by {{ fact('havneby.web-growth') }}.",
        [
            at(
                line,
                f"fact '{fact}' is the word of 'digital-head'; 'public' forbids it",
                LEFT_OUT,
            )
            for line, fact in ((3, "havneby.web-share"), (5, "havneby.web-growth"))
        ],
    ),
    "a chart": (
        contract("forbid: {charts: [bars]}"),
        '{{ chart("bars", ["havneby.web-share"], caption="Web") }}',
        [at(5, "a chart of the kind 'bars'; 'public' forbids it", LEFT_OUT)],
    ),
    "what isn't known": (
        contract(
            "jargon: {en: {'*': x, lever*age: use}}",
            "forbid:",
            "  themes: [staf]",
            "  speakers: [unio]",
            "  charts: [bar]",
        ),
        "",
        [
            at(
                f"{AUDIENCE}:7:10",
                f"'*' in the jargon {STAR}",
                "write the start of the word and one '*'",
            ),
            at(
                f"{AUDIENCE}:7:10",
                f"'lever*age' in the jargon {STAR}",
                "write the start of the word and one '*'",
            ),
            at(f"{AUDIENCE}:9:3", "unknown theme 'staf'", "did you mean 'staff'?"),
            at(f"{AUDIENCE}:10:3", "unknown speaker 'unio'", "did you mean 'union'?"),
            at(f"{AUDIENCE}:11:3", "unknown kind of chart 'bar'", "did you mean 'bars'?"),
        ],
    ),
}


@pytest.mark.parametrize(("files", "body", "wanted"), BREACHES.values(), ids=list(BREACHES))
def test_a_breach_is_told_at_its_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    body: str,
    wanted: list[str],
) -> None:
    told = checked(tmp_path, capsys, {**files, **english(body)})

    assert (told.code, told.err) == (1, "".join(wanted))


def test_the_breaches_of_all_editions_come_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**contract("budget: {words: 10}", "require: [answer]"), **english("{{ fact('x') }}")}
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "build", "--format", "html")

    found = [line for line in told.err.splitlines() if not line.startswith("  hint")]
    assert told.code == 1
    assert found == [
        f"{EN}:5: unknown fact 'x'",
        f"{NB}: the body has 11 words; 'public' allows 10",
        f"{NB}: the edition has no block 'answer'; 'public' requires it",
    ]
    assert not (root / "out").exists()


@pytest.mark.parametrize(
    ("rule", "verdict"), [("warn", Verdict.WARNED), ("refuse", Verdict.BREACHED)]
)
def test_expired_facts_warn_or_break_the_contract(
    tmp_path: Path, rule: str, verdict: Verdict
) -> None:
    printed = "at: {paragraph: 12, printed: cirka 62 prosent}\n"
    late = changed(STORE, printed, f"{printed}    valid_until: 2031-05-01\n")
    printed = "at: {paragraph: 14, printed: 4200 ansatte}\n"
    late = changed(late, printed, f"{printed}    review_by: 2031-05-01\n")
    files = {"facts/havneby.yaml": late, **contract(f"expired: {rule}", "languages: [en]")}
    files |= english("{{ fact('havneby.staff') }}")

    workspace = load_workspace(make_workspace(tmp_path, files), date(2031, 5, 2))
    (item,), problems = resolve_each(workspace.editions(), workspace)

    assert item.terms[-1] == Term("expired facts", rule, 1, verdict)
    assert any(problem.fatal for problem in problems) == (verdict is Verdict.BREACHED)


# ---------------------------------------------------------------- the table


KEPT = {
    **contract(
        "budget: {pages: 1, words: 30, long_words: 20}",
        "jargon: {en: {leverag*: use, stakeholder: reader}}",
        "require: [answer]",
        "forbid: {themes: [staff], speakers: [union], charts: [vega]}",
        "languages: [en]",
        "expired: refuse",
    ),
    **english("{% block answer %}\nYes.\n{% endblock %}"),
}


def test_check_shows_what_an_audience_is_promised_and_what_it_gets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, KEPT)

    first, again = (run(root, capsys, "check", "--audience", "public") for _ in range(2))

    assert first.code == 0
    assert (
        first.out
        == """\
channels/public.en  (pdf, docx, html)
  access public · theme default · letters for sources
  term                   budget  actual  verdict
  pages of body               1       1  kept
  words                      30      14  kept
  words in a sentence         –       6  no limit
  LIX                         –      15  no limit
  long words               20\xa0%    13\xa0%  kept
  jargon                      0       0  kept
  requires answer           yes     yes  kept
  forbids theme staff         0       0  kept
  forbids speaker union       0       0  kept
  forbids chart vega          0       0  kept
  expired facts          refuse       0  kept

templates/channels/public.en.md.j2:6: rests on no fact: Yes.
"""
    )
    told = "1 edition and 8 facts without fault\n"
    assert first.err == f"laying out channels/public.en to count its pages\n{told}"
    assert (again.out, again.err) == (first.out, told)


def test_a_breach_is_shown_in_the_table_and_told_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "\n\n".join(["The town has staff."] * 35)
    files = {**KEPT, **english("{% block answer %}{% endblock %}\n\n" + long)}
    root = make_workspace(tmp_path, files)

    told = run(root, capsys, "check", "--audience", "public", "--json")

    breached = [each for each in json.loads(told.out) if each["verdict"] == "breached"]
    place = {"edition": "channels/public.en", "formats": ["pdf", "docx", "html"]}
    assert breached == [
        {
            **place,
            "term": "pages of body",
            "budget": 1,
            "actual": 2,
            "unit": "",
            "verdict": "breached",
        },
        {**place, "term": "words", "budget": 30, "actual": 153, "unit": "", "verdict": "breached"},
        {
            **place,
            "term": "requires answer",
            "budget": "yes",
            "actual": "no",
            "unit": "",
            "verdict": "breached",
        },
    ]
    assert told.code == 1
    assert told.err.startswith("laying out channels/public.en to count its pages\n")
    assert (
        at(
            EN,
            "the body takes 2 pages; 'public' allows 1",
            "cut the text (notes, annex and sources are not counted); build it to see them",
        )
        in told.err
    )


def test_an_edition_that_cannot_be_read_keeps_no_other_from_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, english("{{ fact('x') }}"))

    told = run(root, capsys, "check", "--audience", "public")

    assert told.code == 1
    assert told.out.startswith("channels/public.nb  (pdf, docx, html)\n")
    assert "channels/public.en" not in told.out
    assert "public.en.md.j2:5: unknown fact 'x'" in told.err


# ---------------------------------------------------------------- the shipped audiences


PAGE = ROOT / "docs" / "audience-settings.md"


def test_every_shipped_edition_keeps_its_contract(shipped: Shipped) -> None:
    tables = contracts(shipped)

    verdicts = {name: {row[-1] for row in rows} for name, rows in tables.items()}
    assert verdicts == {name.replace("/", ": ").replace(".", ", "): {"kept"} for name in NAMES}


def test_the_manual_shows_what_the_public_is_promised(shipped: Shipped) -> None:
    (shown,) = re.findall(
        r"^```text\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )

    rows = [re.split(r" {2,}", line.strip()) for line in shown.splitlines()[2:]]
    head, *terms = rows
    assert head == ["term", "budget", "actual", "verdict"]
    assert terms == contracts(shipped)["digital-public-services: public, en"]


def test_the_manual_tells_every_key_of_an_audience(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    root = shutil.copytree(ROOT / "templates", tmp_path / "templates").parent
    (root / "templates/audiences/neighbours.yaml").write_text(example, "utf-8")
    (root / "facts").symlink_to(ROOT / "facts")

    audience = load_workspace(root).audiences["neighbours"]

    unset: tuple[object, ...] = (Budget(), Forbidden(), {}, (), "", NotesPlace.END, Expired.WARN)
    told = {field.name for field in fields(audience) if getattr(audience, field.name) not in unset}
    assert told == {field.name for field in fields(Audience)}
    assert all([*vars(audience.budget).values(), *vars(audience.forbid).values()])


def contracts(shipped: Shipped) -> dict[str, list[list[str]]]:
    """The contracts in the report of the build, by their captions."""
    page = html.document_fromstring((shipped.out / "index.html").read_bytes())
    return {
        str(table.findtext("caption")): [
            ["".join(map(str, cell.itertext())) for cell in row]
            for row in table.iterfind("tbody/tr")
        ]
        for table in page.iterfind(".//table[@class='contract']")
    }
