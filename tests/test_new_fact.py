"""`new fact`: what is asked, what is written into the file, and that nothing else changes."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from test_docs import FACTS_PAGE, blocks, named_files
from workspaces import REPOSITORY, STORE, Told, changed, contents, make_workspace, run, write

from reports.facts.draft.entry import Entry, add_entries, entry_lines, with_entry
from reports.facts.load import load_facts
from reports.fields import LANGUAGES
from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping, Scalar, parse_yaml, unfit

FILE = Path("facts/some.yaml")
TODAY = date.today()  # noqa: DTZ011 - the adviser's own day
NEW = Entry("facts", "new.fact", {"theme": "channels", "at": {"paragraph": "3"}})
LINE = "  new.fact: {theme: channels, at: {paragraph: 3}}\n"

# ---------------------------------------------------------------- an entry as text


def test_an_entry_is_written_as_fact_files_are() -> None:
    keys = {
        "statement": {
            "nb": "Om lag {figure} av søknadene om barnehageplass kom på nett i {as_of}.",
            "en": "{figure} of applications came in on the web in {as_of}.",
        },
        "figure": {"value": ["10", "15.50"], "measure": "web-share", "qualifier": "about"},
        "as_of": {"date": "XXXX-04-11", "inferred": "year-before"},
        "at": {"paragraph": "12", "printed": "cirka 62 prosent"},
        "recorded": "2031-04-02",
    }

    lines = entry_lines("havneby.web-share", keys, 4, 3)

    assert "\n".join(lines) == (
        "    havneby.web-share:\n"
        "       statement:\n"
        '          nb: "Om lag {figure} av søknadene om barnehageplass kom på nett i {as_of}."\n'
        '          en: "{figure} of applications came in on the web in {as_of}."\n'
        "       figure: {value: [10, 15.50], measure: web-share, qualifier: about}\n"
        "       as_of: {date: XXXX-04-11, inferred: year-before}\n"
        '       at: {paragraph: 12, printed: "cirka 62 prosent"}\n'
        "       recorded: 2031-04-02"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("channels", "channels"),
        ("28 million", "28 million"),
        ("8 of 10", "8 of 10"),
        ("not stated", "not stated"),
        ("-1.5", "-1.5"),
        ("Ida Holm", '"Ida Holm"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("NO", '"NO"'),
        ("true", '"true"'),
        ("null", '"null"'),
        ("{figure} av åtte", '"{figure} av åtte"'),
        ('«Sitat» og "sitat"', '"«Sitat» og \\"sitat\\""'),
        ("C:\\n", '"C:\\\\n"'),
        ("to\nlinjer", '"to\\u000alinjer"'),
        ("", '""'),
    ],
)
def test_a_text_has_quotation_marks_unless_it_is_a_word_or_value(text: str, written: str) -> None:
    assert entry_lines("x", text, 0) == (f"x: {written}",)


SIGNS = (
    *(
        "a: b",
        "a:",
        ": a",
        "a #b",
        "#a",
        "'a'",
        '"a"',
        "'",
        '"',
        "\\",
        "\\n",
        "{figure} a",
        "}",
        "[a]",
    ),
    *("]", "- a", "-", "--- a", "...", "? a", "?", "! a", "& a", "* a", "| a", "> a", "% a", "@ a"),
    *("` a", ",", "~", "null", "NO", "0301", "1.10", "=", "<<", " a", "a ", "a\nb", "\n", "a\tb"),
    *("a\r\nb", "æøå «»", "\u00a0", "a\u00adb", "\u2019", "😀", "a  b", "{", "{{", "a, b: c"),
)


def every_sign(test: Callable[[str], None]) -> Callable[[str], None]:
    for sign in SIGNS:
        test = example(text=sign)(test)
    return test


@settings(max_examples=300, deadline=None)
@given(text=st.text())
@every_sign
def test_a_text_that_is_written_reads_as_the_same_text(text: str) -> None:
    entry = {
        "block": text,
        "flow": {"key": text, "list": [text, text]},
        "long": {"a": text, "b": "x" * 99},
    }

    found = read_back(entry_lines("x", entry, 0))

    if isinstance(found, str):  # a sign that may stand nowhere in a fact file
        assert found.endswith("is not allowed")
        assert not text.isprintable()
    else:
        assert found == {"x": entry}


def read_back(lines: Sequence[str]) -> object:
    """The texts of those lines of YAML, or what is wrong with them."""
    try:
        return tree(parse_yaml("\n".join(lines), FILE))
    except ReportError as error:
        return error.problems[0].what


def tree(node: object) -> object:
    """The texts of a node without their places."""
    match node:
        case Scalar(text):
            return text
        case Mapping(entries):
            return {key: tree(value) for key, value in entries.items()}
        case _:
            return [tree(item) for item in node.items]  # type: ignore[attr-defined]


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1))
@every_sign
def test_a_text_that_is_written_is_loaded_without_the_spaces_around_it(text: str) -> None:
    # What no fact file holds is refused when it is typed.
    assume(text.strip() and "\u00ad" not in text and not unfit(text))
    written = with_entry("", Entry("people", "x", {"name": text}), FILE)

    with TemporaryDirectory() as folder:
        write(Path(folder) / "people.yaml", written)
        store = load_facts(Path(folder), ("nb", "en"))

    assert store.people["x"].name == dict.fromkeys(LANGUAGES, text.strip())


# ---------------------------------------------------------------- its place in a file

PLACES = {  # the file, and where in it the entry is expected: at the broken bar
    "after the last fact": "facts:\n  a: {x: y}\n  b:\n    x: y\n¦",
    "before the next section": "facts:\n  a: {x: y}\n¦people:\n  b: {x: y}\n",
    "before what belongs to the next section": (
        "facts:\n  a:\n    x: y  # here\n  # of the facts\n¦\n# of people\npeople:\n  b: {x: y}\n"
    ),
    "after a text of several lines": "facts:\n  a:\n    x: |\n      y\n      # z\n¦\npeople: {}\n",
    "after lines in quotation marks": 'facts:\n  a: {x: "y\n    # z\n\n    y"}\n¦\n\n',
    "after the start of a document": "---\nfacts:\n  a: {x: y}\n¦",
    "at ids in quotation marks": "\"facts\":\n  'a': {x: y}\n¦",
}


@pytest.mark.parametrize("marked", PLACES.values(), ids=PLACES.keys())
def test_an_entry_is_put_at_the_end_of_its_section(marked: str) -> None:
    before, after = marked.split("¦")

    text = with_entry(before + after, NEW, FILE)

    assert text == before + LINE + after


CHANGED = {
    "an empty file": ("", f"facts:\n{LINE}"),
    "only a comment": ("# mine\n", f"# mine\nfacts:\n{LINE}"),
    "no such section": ("people:\n  b: {x: y}\n", f"people:\n  b: {{x: y}}\nfacts:\n{LINE}"),
    "no line break at the end": ("facts:\n  a: {x: y}", f"facts:\n  a: {{x: y}}\n{LINE}"),
    "no line break and no section": ("people: {}", f"people: {{}}\nfacts:\n{LINE}"),
    "an empty section": ("facts: {}\npeople: {}\n", f"facts:\n{LINE}people: {{}}\n"),
    "an empty section at the end": ("facts: {}", f"facts:\n{LINE}"),
    "an empty section with a comment": ("facts: {} # none\n", f"facts: # none\n{LINE}"),
    "line breaks of Windows": (
        "facts:\r\n  a: {x: y}\r\n",
        f"facts:\r\n  a: {{x: y}}\r\n{LINE[:-1]}\r\n",
    ),
    "wider steps": (
        "facts:\n    a:\n       x: y\n",
        f"facts:\n    a:\n       x: y\n  {LINE}",
    ),
    "empty lines between facts": (
        "facts:\n  a: {x: y}\n\n  b: {x: y}\n\n\npeople: {}\n",
        f"facts:\n  a: {{x: y}}\n\n  b: {{x: y}}\n\n{LINE}\n\npeople: {{}}\n",
    ),
}


def test_a_long_entry_stands_in_as_the_others_do() -> None:
    text = "facts:\n    a:\n       x: y\n"

    added = with_entry(text, Entry("facts", "b", {"x": "y" * 99, "z": "0"}), FILE)

    assert added == f"{text}    b:\n       x: {'y' * 99}\n       z: 0\n"


@pytest.mark.parametrize(("text", "wanted"), CHANGED.values(), ids=CHANGED.keys())
def test_a_file_is_added_to_in_its_own_style(text: str, wanted: str) -> None:
    assert with_entry(text, NEW, FILE) == wanted


REFUSED = {
    "entries in braces": ("facts: {a: {x: y}}\n", "facts/some.yaml:1:1"),
    "empty braces over two lines": ("facts: {\n}\n", "facts/some.yaml:1:1"),
    "a list": ("people: {}\nfacts: [a]\n", "facts/some.yaml:2:1"),
    "nothing after the colon": ("facts:\npeople: {}\n", "facts/some.yaml:1:1"),
    "the whole file in braces": ("{people: {a: {x: y}}}\n", "facts/some.yaml"),
    "empty lines that belong to a text": (
        "facts:\n  a: {}\n  b: |+\n    x\n\n\n",
        "facts/some.yaml:1:1",
    ),
    "the end of a document": ("facts:\n  a: {x: y}\n...\n", "facts/some.yaml:1:1"),
}


@pytest.mark.parametrize(("text", "place"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_nothing_can_be_added_to_is_refused(text: str, place: str) -> None:
    with pytest.raises(ReportError) as caught:
        with_entry(text, NEW, FILE)

    assert [problem.shown(Path()) for problem in caught.value.problems] == [
        (
            f"{place}: 'facts' is written in a way that nothing can be added to\n"
            "  hint: write its entries below each other, or choose another file with --file"
        )
    ]


# ---------------------------------------------------------------- the file on disk


def test_a_file_is_replaced_whole_and_keeps_its_mark_its_mode_and_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "some.yaml", tmp_path / "link.yaml"
    file.write_bytes(b"\xef\xbb\xbffacts: {}\r\n")
    file.chmod(0o640)
    link.symlink_to(file)

    add_entries(link, [NEW], lambda: None)

    assert file.read_bytes() == b"\xef\xbb\xbffacts:\r\n" + LINE[:-1].encode() + b"\r\n"
    assert (file.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "some.yaml"]


@pytest.mark.parametrize("fault", [ReportError(Problem(Place(FILE), "no")), KeyboardInterrupt()])
def test_a_file_is_as_it_was_after_a_check_that_fails(tmp_path: Path, fault: BaseException) -> None:
    file, fresh = tmp_path / "some.yaml", tmp_path / "new.yaml"
    file.write_bytes(b"facts: {}\r\n")
    seen = []

    def check(path: Path) -> None:
        seen.append(path.read_text("utf-8"))
        raise fault

    for path in (file, fresh):
        with pytest.raises(type(fault)):
            add_entries(path, [NEW], lambda path=path: check(path))

    assert ["new.fact" in text for text in seen] == [True, True]
    assert contents(tmp_path) == {"some.yaml": b"facts: {}\r\n"}


def test_a_file_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        add_entries(Path("/proc/some.yaml"), [NEW], lambda: None)  # closed to root as well

    assert [problem.shown(tmp_path) for problem in caught.value.problems] == [
        (
            "/proc/some.yaml: can't be written: no such file or directory\n"
            "  hint: close the program that holds it open, or choose another file with --file"
        )
    ]


# ---------------------------------------------------------------- the questions

ANSWERS = (
    *("havneby.letters", "havneby-2031", "12", "tre brev", "union", "reported"),
    *("head-count", "3", "applications", "exact", "2030", "yes", "channels", "havneby"),
    *("Det kom {figure} brev.", "{figure} letters came.", "public", "2031-04-02", "yes"),
)
WRITTEN = """\
  havneby.letters:
    theme: channels
    place: havneby
    statement: {nb: "Det kom {figure} brev.", en: "{figure} letters came."}
    figure: {value: 3, measure: head-count, among: applications}
    as_of: 2030
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: "tre brev"}
    recorded: 2031-04-02
"""
ASKED = f"""\
?  lists what may be answered, '? word' what holds that word
+  declares something new        Enter  takes what stands in [ ]        Ctrl-C  stops
id of the fact, such as havneby.web-share: havneby.letters
source: havneby-2031
  the source's text is not at hand: paragraph and words are taken as you type them
paragraph: 12
its own words for it, or Enter for none: tre brev
said by: union
standing: reported
measure: what is counted, or Enter for no figure: head-count
value (count): 3
among whom: applications
qualifier [exact]: exact
as of: the date when it holds, or 'not stated': 2030
does the text print that date [yes]: yes
theme: channels
place: havneby
  one whole sentence of your own; write the figure as {{figure}}, the date as {{as_of}}
statement in nb: Det kom {{figure}} brev.
statement in en: {{figure}} letters came.
access [public]: public
recorded [{TODAY}]: 2031-04-02

facts:
{WRITTEN}
write this to facts/havneby.yaml? yes, no, or a part to change, such as statement: yes
havneby.letters is written: facts/havneby.yaml:{len(STORE.splitlines()) + 2}:5
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny workspace, without the texts of any source."""
    monkeypatch.delenv("KILDEFAST_SOURCES", raising=False)
    return make_workspace(tmp_path)


@pytest.fixture
def told(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """To run `new fact` with these answers, and options."""

    def answered(answers: Sequence[str], *options: str) -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        return run(workspace, capsys, "new", "fact", *options)

    return answered


def instead(old: str, *new: str) -> list[str]:
    """The answers, with others for the first that is `old`."""
    at = ANSWERS.index(old)
    return [*ANSWERS[:at], *new, *ANSWERS[at + 1 :]]


def test_a_fact_is_asked_for_and_written_below_the_others_of_its_source(
    workspace: Path, told: Callable[..., Told]
) -> None:
    answer = told(ANSWERS)

    assert answer == Told(0, ASKED, "")
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + WRITTEN


def test_what_may_be_left_out_is_left_out(workspace: Path, told: Callable[..., Told]) -> None:
    answers = (
        *("havneby.letters", "havneby-2031", "12", "", "union", "opinion", "", "not stated"),
        *("channels", "havneby", "Det kom brev.", "Letters came.", "", "", "yes"),
    )

    answer = told(answers)

    assert answer.code == 0
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + (
        "  havneby.letters:\n"
        "    theme: channels\n"
        "    place: havneby\n"
        '    statement: {nb: "Det kom brev.", en: "Letters came."}\n'
        "    as_of: not stated\n"
        "    said_by: union\n"
        "    standing: opinion\n"
        "    source: havneby-2031\n"
        "    at: {paragraph: 12}\n"
        f"    recorded: {TODAY}\n"
    )


WRONG = {  # the answer that is right, one that isn't, and what is said of it
    "an id in capitals": (
        "havneby.letters",
        "Letters",
        "'Letters' can't be an id\n    hint: small letters, digits and hyphens, at most 48 characters",
    ),
    "an id that is too long": (
        "havneby.letters",
        "x" * 49,
        (
            f"'{'x' * 49}' can't be an id\n"
            "    hint: small letters, digits and hyphens, at most 48 characters"
        ),
    ),
    "an id that is taken": (
        "havneby.letters",
        "havneby.staff",
        "'havneby.staff' is declared already\n    hint: choose another id",
    ),
    "an unknown source": (
        "havneby-2031",
        "havneby-2013",
        "unknown source 'havneby-2013'\n    hint: did you mean 'havneby-2031'?",
    ),
    "nothing": ("12", "", "an answer is needed; type ? for help"),
    "paragraph zero": (
        "12",
        "0",
        "'paragraph' of 'at' of fact 'havneby.letters' is '0'\n    hint: write a paragraph number from 1",
    ),
    "an unknown standing": (
        "reported",
        "repoted",
        (
            "'standing' of fact 'havneby.letters' is 'repoted'\n"
            "    hint: one of: established, reported, opinion, forecast, plan, wish, hearsay"
        ),
    ),
    "a value in words": (
        "3",
        "three",
        (
            "'value' of the figure of fact 'havneby.letters' is 'three'\n"
            "    hint: write a number, 'n of m', '28 million' or a range [10, 15]"
        ),
    ),
    "a range that falls": (
        "3",
        "[4, 3]",
        "range of the figure of fact 'havneby.letters' doesn't rise\n    hint: write the lower first",
    ),
    "a date that isn't one": (
        "2030",
        "2030-13",
        (
            "'as_of' of fact 'havneby.letters' is '2030-13'\n"
            "    hint: write a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11"
        ),
    ),
    "neither yes nor no": ("yes", "maybe", "unknown answer 'maybe'\n    hint: known: no, yes"),
    "a sentence with its value": (
        "Det kom {figure} brev.",
        "Det kom {figure} brev, altså tre.",
        (
            "statement of fact 'havneby.letters' in 'nb' writes its value as 'tre'\n"
            "    hint: write {figure}"
        ),
    ),
    "a sign that can't be seen": (
        "{figure} letters came.",
        "{figure} let\u200bters came.",
        (
            "character #x200b (zero width space) is not allowed\n"
            "    hint: delete it, or type what is meant"
        ),
    ),
    "a day that isn't one": (
        "2031-04-02",
        "2031-04-31",
        (
            "'recorded' of fact 'havneby.letters' is '2031-04-31'\n"
            "    hint: write a date such as 2031-04-02"
        ),
    ),
}


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_answer_is_told_of_at_once_and_asked_for_again(
    workspace: Path, told: Callable[..., Told], right: str, wrong: str, message: str
) -> None:
    answer = told(instead(right, wrong, right))

    question = next(line for line in ASKED.splitlines() if line.endswith(f": {right}"))
    asked = question.removesuffix(right)
    again = f"{asked}{wrong}\n  {message}\n{asked}{right}\n"
    assert answer == Told(0, ASKED.replace(f"{question}\n", again, 1), "")
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + WRITTEN


HELP = {
    "all places": (
        ["?", "3"],
        "place: ?\n    1  norway   Norway\n    2  denmark  Denmark\n    3  havneby  Havneby\nplace: 3\n",
    ),
    "those that hold a word": (
        ["? NOR", "havneby"],
        "place: ? NOR\n    1  norway   Norway\nplace: havneby\n",
    ),
    "none": (["? sweden", "havneby"], "place: ? sweden\n  nothing with 'sweden'\nplace: havneby\n"),
}


@pytest.mark.parametrize(("answers", "wanted"), HELP.values(), ids=HELP.keys())
def test_a_question_mark_lists_what_may_be_answered_and_a_number_chooses(
    workspace: Path, told: Callable[..., Told], answers: Sequence[str], wanted: str
) -> None:
    answer = told(instead("havneby", *answers))

    assert wanted in answer.out
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + WRITTEN


def test_a_question_mark_tells_of_an_answer_that_has_no_list(told: Callable[..., Told]) -> None:
    answer = told(instead("3", "?", "3"))

    assert "value (count): ?\n  62, 1.10, 28 million, 8 of 10, or a range: [10, 15]\n" in answer.out


def test_where_nothing_is_declared_a_question_mark_says_so(
    workspace: Path, told: Callable[..., Told]
) -> None:
    store = changed(STORE, STORE.partition("inferences:\n")[2].partition("measures:\n")[0], "")
    store = changed(store, "inferences:\n", "inferences: {}\n")
    store = changed(store, "{date: 2030, inferred: year-before}", "2030")
    write(workspace / "facts/havneby.yaml", store)

    answer = told(instead("yes", "no", "?"))

    said = "how do you know it: ?\n  nothing is declared yet; + declares something\n"
    assert said in answer.out


def test_the_speakers_of_the_source_are_listed_first(
    workspace: Path, told: Callable[..., Told]
) -> None:
    write(
        workspace / "facts/a.yaml",
        "people:\n  stranger: {name: Kari Ness}\n",
    )

    answer = told(instead("union", "?", "union"))

    listed = answer.out.partition("said by: ?\n")[2].splitlines()[:3]
    assert [line.split()[1] for line in listed] == ["digital-head", "union", "stranger"]


NEW_WORDS = {
    "a speaker with role and organisation": (
        "union",
        ("+", "mayor", "Kari Ness", "", "ordfører", "mayor", "Havneby kommune", ""),
        'people:\n  mayor: {name: "Kari Ness", role: {nb: "ordfører", en: mayor}, organisation: "Havneby kommune"}\n',
    ),
    "a body with a name in each language": (
        "union",
        ("+", "parents", "Foreldrene", "The parents", "", ""),
        'people:\n  parents: {name: {nb: "Foreldrene", en: "The parents"}}\n',
    ),
    "a measure": (
        "head-count",
        ("+", "letter-count", "count", "antall brev", "number of letters"),
        'measures:\n  letter-count: {unit: count, name: {nb: "antall brev", en: "number of letters"}}\n',
    ),
    "a population": (
        "applications",
        ("+", "parents", "foreldre", "parents"),
        "populations:\n  parents: {nb: foreldre, en: parents}\n",
    ),
    "a theme": (
        "channels",
        ("+", "post", "post", "mail"),
        "themes:\n  post: {nb: post, en: mail}\n",
    ),
    "a place in a new place": (
        "havneby",
        ("+", "quay", "kaia", "the quay", "+", "harbour", "havna", "the harbour", "havneby"),
        (
            'places:\n  harbour: {name: {nb: havna, en: "the harbour"}, in: havneby}\n'
            '  quay: {name: {nb: kaia, en: "the quay"}, in: harbour}\n'
        ),
    ),
}


@pytest.mark.parametrize(("old", "answers", "wanted"), NEW_WORDS.values(), ids=NEW_WORDS.keys())
def test_a_new_word_is_declared_on_the_way_and_written_with_the_fact(
    workspace: Path, told: Callable[..., Told], old: str, answers: Sequence[str], wanted: str
) -> None:
    answer = told(instead(old, *answers), "--file", str(workspace / "facts/more.yaml"))

    fact = (
        WRITTEN.replace(f": {old}\n", f": {answers[1]}\n")
        .replace(f"{old}}}", f"{answers[1]}}}")
        .replace(f"measure: {old}", f"measure: {answers[1]}")
    )
    assert answer.code == 0, answer.out
    assert (workspace / "facts/more.yaml").read_text("utf-8") == f"{wanted}facts:\n{fact}"


def test_a_new_reason_for_a_date_is_declared_on_the_way(
    workspace: Path, told: Callable[..., Told]
) -> None:
    answers = instead(
        "yes", "no", "+", "from-the-photo", "datert etter bildet", "dated by the photo"
    )

    answer = told(answers, "--file", str(workspace / "facts/more.yaml"))

    dated = changed(WRITTEN, "as_of: 2030", "as_of: {date: 2030, inferred: from-the-photo}")
    assert answer.code == 0, answer.out
    assert (workspace / "facts/more.yaml").read_text("utf-8") == (
        "inferences:\n"
        '  from-the-photo: {nb: "datert etter bildet", en: "dated by the photo"}\n'
        f"facts:\n{dated}"
    )


def test_a_word_that_was_declared_and_is_not_used_is_not_written(
    workspace: Path, told: Callable[..., Told]
) -> None:
    post = ("+", "post", "post", "mail")
    answers = [*instead("channels", *post)[:-1], "theme", "channels", "yes"]

    answer = told(answers)

    assert answer.code == 0
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + WRITTEN


def test_a_date_has_no_population_and_a_range_is_a_list(
    workspace: Path, told: Callable[..., Told]
) -> None:
    dated = [*ANSWERS[:6], "opened", "XXXX-04-11", "exact", *ANSWERS[10:]]
    ranged = instead("3", "[3, 5]")

    told(dated, "--file", str(workspace / "facts/a.yaml"))
    told(["havneby.range", *ranged[1:]], "--file", str(workspace / "facts/b.yaml"))

    assert "figure: {value: XXXX-04-11, measure: opened}\n" in (
        workspace / "facts/a.yaml"
    ).read_text("utf-8")
    assert "figure: {value: [3, 5], measure: head-count" in (workspace / "facts/b.yaml").read_text(
        "utf-8"
    )


# ---------------------------------------------------------------- what is shown, changed, written


def test_a_part_can_be_changed_before_the_fact_is_written(
    workspace: Path, told: Callable[..., Told]
) -> None:
    answers = [*ANSWERS[:-1], "standing", "hearsay", "acc", "internal", "yes"]

    answer = told(answers)

    secret = changed(WRITTEN, "standing: reported", "standing: hearsay")
    secret = changed(secret, "    recorded", "    access: internal\n    recorded")
    assert answer.code == 0
    assert (workspace / "facts/havneby.yaml").read_text("utf-8") == STORE + secret


def test_a_fact_with_a_fault_after_a_change_is_not_written(
    workspace: Path, told: Callable[..., Told]
) -> None:
    answers = [
        *ANSWERS[:-1],
        "figure",
        "",
        "yes",
        "statement",
        "Det kom brev.",
        "Letters came.",
        "yes",
    ]

    answer = told(answers)

    fault = (
        "  statement of fact 'havneby.letters' in 'en' has {figure}, but the fact has none\n"
        "    hint: add 'figure: …'\n"
    )
    assert answer.out.count(fault) == 2  # the yes wrote nothing
    assert (answer.code, answer.err) == (0, "")
    assert "letters" in (workspace / "facts/havneby.yaml").read_text("utf-8")


def test_no_writes_nothing(workspace: Path, told: Callable[..., Told]) -> None:
    before = contents(workspace / "facts")

    answer = told([*ANSWERS[:-1], "no"])

    assert (answer.code, answer.out.splitlines()[-1]) == (0, "nothing was written")
    assert contents(workspace / "facts") == before


def test_a_fact_that_the_store_refuses_is_taken_back(
    workspace: Path, told: Callable[..., Told]
) -> None:
    before = contents(workspace / "facts")
    conflicting = [*ANSWERS[:6], "web-share", "63", *ANSWERS[8:]]  # with another of the same year

    answer = told([*conflicting[:-1], "yes"])

    assert (answer.code, answer.err) == (
        1,
        (
            "facts/havneby.yaml:30:5: facts 'havneby.web-share' and 'havneby.letters' have the same "
            "measure, population, place and date, and different values\n"
            "  hint: rank the more reliable one: 'outranks: {havneby.letters: {…}}', with the reason\n"
            "facts/havneby.yaml is as it was\n"
            "\nthe answers ended; nothing was written\n"
        ),
    )
    assert contents(workspace / "facts") == before


@pytest.mark.parametrize("count", range(len(ANSWERS)))
def test_answers_that_end_early_write_nothing(
    workspace: Path, told: Callable[..., Told], count: int
) -> None:
    before = contents(workspace / "facts")

    answer = told(ANSWERS[:count])

    assert (answer.code, answer.err) == (1, "\nthe answers ended; nothing was written\n")
    assert contents(workspace / "facts") == before


def test_answers_that_are_not_utf_8_write_nothing(workspace: Path) -> None:
    before = contents(workspace / "facts")

    done = subprocess.run(
        [sys.executable, "-m", "reports.cli", "new", "fact", "--workspace", str(workspace)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        input="havneby.blåbær\n".encode("latin-1"),
        capture_output=True,
        check=False,
    )

    told = (done.returncode, done.stderr.decode())
    assert told == (1, "\nan answer is not UTF-8; nothing was written\n")
    assert contents(workspace / "facts") == before


def test_a_store_without_sources_can_not_get_a_fact(
    workspace: Path, told: Callable[..., Told]
) -> None:
    write(workspace / "facts/havneby.yaml", "themes: {}\n")

    assert told(ANSWERS) == Told(
        1,
        "",
        "no source is declared\n  hint: add one under 'sources:' in a fact file, then its facts\n",
    )


@pytest.mark.parametrize("name", ["more.txt", "letters.table.yaml", "../letters.yaml"])
def test_a_file_that_no_facts_are_read_from_is_a_wrong_command(
    workspace: Path, told: Callable[..., Told], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file = workspace / "facts" / name

    with pytest.raises(SystemExit) as end:
        told(ANSWERS, "--file", str(file))

    assert (end.value.code, capsys.readouterr().err) == (
        2,
        f"--file: '{file}' is no fact file\n  hint: name a .yaml file in {workspace / 'facts'}\n",
    )


def test_the_conversation_in_the_manual_is_what_happens(
    workspace: Path, told: Callable[..., Told]
) -> None:
    (shown,) = blocks(FACTS_PAGE, "transcript")
    (workspace / "facts/havneby.yaml").unlink()
    named_files(FACTS_PAGE, workspace)
    _, *lines = shown.replace("2031-04-03", str(TODAY)).splitlines()
    asked = [line for line in lines[: lines.index("")] if ":" in line and line[0] != " "]

    answer = told([*(line.rpartition(":")[2].strip() for line in asked), "yes"])

    assert [line.rstrip() for line in answer.out.splitlines()] == lines
    assert (answer.code, answer.err) == (0, "")


# ---------------------------------------------------------------- with the text of the source


def with_text(workspace: Path, text: str) -> None:
    """Put the text of the source at hand."""
    write(workspace / "texts/report.txt", text)
    write(workspace / "templates/workspace.yaml", "organisation: Havneby\nevidence: texts\n")
    whole = changed(STORE, "    type: report\n", "    type: report\n    text: report.txt\n")
    write(workspace / "facts/havneby.yaml", whole)


def test_the_paragraph_is_shown_and_its_words_are_looked_for(
    workspace: Path, told: Callable[..., Told]
) -> None:
    with_text(workspace, "Tittel\n\nFagforeningen skrev at det kom tre brev i 2030.\n")

    answer = told([*ANSWERS[:2], "3", "2", "to brev", *ANSWERS[3:]])

    assert answer.code == 0
    assert (
        "paragraph: 3\n"
        "  the text has 2 paragraphs\n"
        "paragraph: 2\n"
        "  | Fagforeningen skrev at det kom tre brev i 2030.\n"
        "its own words for it, or Enter for none: to brev\n"
        "  these words are not in paragraph 2, letter for letter\n"
        "    hint: copy them from the text above\n"
        "its own words for it, or Enter for none: tre brev\n"
    ) in answer.out
    assert "recorded: 2031-04-02\n\nwrite this" in answer.out  # the text confirms it


def test_what_the_text_does_not_confirm_is_told_before_the_fact_is_written(
    workspace: Path, told: Callable[..., Told]
) -> None:
    with_text(workspace, "Fagforeningen skrev at det kom fire brev i 2030.\n")

    answer = told([*ANSWERS[:2], "1", "", *ANSWERS[4:]])

    told_of = answer.out.partition("recorded: 2031-04-02\n\n")[2].splitlines()[0]
    assert told_of == "  fact 'havneby.letters', number: 3 is not in paragraph 1"
    assert answer.code == 0
    assert "havneby.letters:" in (workspace / "facts/havneby.yaml").read_text("utf-8")


# ---------------------------------------------------------------- on a terminal


def test_on_a_terminal_the_tab_key_completes_and_an_interruption_writes_nothing(
    workspace: Path,
) -> None:
    before = contents(workspace / "facts")
    keyboard, terminal = os.openpty()

    with subprocess.Popen(
        [sys.executable, "-m", "reports.cli", "new", "fact", "--workspace", str(workspace)],
        cwd=REPOSITORY,
        env={**os.environ, "TERM": "dumb"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        try:
            seen(keyboard, "web-share: ")
            os.write(keyboard, b"havneby.letters\n")
            seen(keyboard, "source: ")
            os.write(keyboard, b"havn\t\n")
            completed = seen(keyboard, "paragraph: ")
            process.send_signal(signal.SIGINT)
            # CPython's readline sleeps on if the signal comes just before it waits for a key.
            os.write(keyboard, b"\n")
            last = seen(keyboard, "written")
            process.wait(60)
        finally:
            process.kill()
    os.close(keyboard)

    assert completed.startswith("havneby-2031")
    assert last.split() == ["stopped;", "nothing", "was", "written"]
    assert process.returncode == 130
    assert contents(workspace / "facts") == before


def seen(keyboard: int, wanted: str) -> str:
    """What the terminal shows up to that text, which comes within a minute."""
    shown = ""
    while wanted not in shown:
        ready, _, _ = select([keyboard], [], [], 60)
        assert ready, shown
        shown += os.read(keyboard, 1000).decode()
    return shown
