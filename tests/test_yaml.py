"""What the YAML reader takes and refuses, and where it says that each thing stands."""

from __future__ import annotations

import os
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path
from unicodedata import category

import pytest
import yaml
from workspaces import EN, STORE, Told, english, make_workspace, run

from reports.problems import Place, Problem, ReportError
from reports.yaml import Mapping, Node, Scalar, Sequence, read_text, read_yaml

QUOTE = "quote a text that holds ': ' or ' #', or that begins with a sign"
DELETE = "delete it, or type what is meant"
A_KEY = "type the key anew"
SPLIT = "split it into several files"

TEXTS = {
    "a country's code": "NO",
    "a number with a zero before it": "0301",
    "a number with a zero after it": "3.10",
    "a number in groups": "1_000",
    "a time of day": "12:30",
    "a date": "2031-04-02",
    "a sign for nothing": "~",
    "a word for nothing": "null",
    "a word for yes": "true",
    "a number that is none": ".nan",
    "an octal number": "0o17",
    "a fraction with an exponent": "1e3",
    "an equals sign": "=",
    "soft hyphens": "barne\u00adhage\u00adplass",
    "a joiner that Persian needs": "می\u200cخواهم",
    "a joiner of emoji": "👩\u200d💻",
    "no-break spaces": "4\u00a0200\u202fkroner",
}

SHAPES = {
    "block style": "a: b\nc:\n  - d\n  - e: f\n    g: h\n",
    "flow style": "{a: b, c: [d, {e: f, g: h}]}\n",
    "quotes": "\"a\": 'b'\n'c': [\"d\", {'e': \"f\", g: 'h'}]\n",
    "escapes": '"\\x61": "\\u0062"\nc: [d, {e: f, g: h}]\n',
    "explicit keys": "? a\n: b\n? c\n: - d\n  - ? e\n    : f\n    g: h\n",
    "comments between": "# One\na: b # two\n\nc:\n# three\n- d\n- e: f\n  g: h\n",
    "a byte order mark": "\ufeffa: b\nc: [d, {e: f, g: h}]\n",
    "a document's own marks": "---\na: b\nc: [d, {e: f, g: h}]\n...\n",
    "a folded text": "a: >-\n  b\nc:\n- d\n- e: f\n  g: |-\n    h\n",
}

REFUSED = {
    "an alias bomb": (
        "a: [x, x]\nb: [*a, *a]\nc: [*b, *b]\n",
        "2:5: alias '*a' is not allowed\n  hint: write the value out again",
    ),
    "an anchor as long as the file": (
        f"a: &{'x' * 1_000_000} b\n",
        f"1:4: anchor '&{'x' * 60}…' is not allowed\n  hint: write the value out where used",
    ),
    "a tag that would move a terminal's cursor": (
        "a: !x%1B%5B2J b\n",
        ("1:4: tag '!x\\u001b[2J' is not allowed\n  hint: leave it out; values are typed by key"),
    ),
    "a tag without a name": (
        "a: ! b\n",
        "1:4: tag '!' is not allowed\n  hint: leave it out; values are typed by key",
    ),
    "a tagged list": (
        "a: !!set [b]\n",
        (
            "1:4: tag 'tag:yaml.org,2002:set' is not allowed\n"
            "  hint: leave it out; values are typed by key"
        ),
    ),
    "200 000 lists in one another": (
        "[" * 200_000,
        "1:21: more than 20 levels is not allowed\n  hint: flatten the structure",
    ),
    "200 000 mappings in one another": (
        "{" * 200_000,
        "1:21: more than 20 levels is not allowed\n  hint: flatten the structure",
    ),
    "200 000 dashes in a row": (
        "- " * 200_000,
        "1:41: more than 20 levels is not allowed\n  hint: flatten the structure",
    ),
    "200 000 explicit keys in one another": (
        "? " * 200_000,
        "1:41: more than 20 levels is not allowed\n  hint: flatten the structure",
    ),
    "2 000 lines that each go deeper": (
        "".join(f"{' ' * depth}a:\n" for depth in range(2_000)),
        "21:21: more than 20 levels is not allowed\n  hint: flatten the structure",
    ),
    "a list as a key": ("a: b\n[c, d]: e\n", "2:1: a key must be a plain word"),
    "a mapping as a key": ("a:\n  {c: d}: e\n", "2:3: a key must be a plain word"),
    "an empty explicit key": ("? \n: a\n", "1:2: a key must be a plain word"),
    "a key of nothing but quotes": ("'': a\n", "1:1: a key must be a plain word"),
    "a colon without a key": (
        ": a\n",
        f"1:1: not valid YAML: did not find expected key\n  hint: {QUOTE}",
    ),
    "a key twice in a mapping inside": (
        "a:\n  b: {c: d, e: f, c: g}\n",
        "2:19: key 'c' stands twice\n  hint: the first is on line 2; rename or delete one",
    ),
    "all keys that stand twice, from the top": (
        "a: b\na: {c: 1, c: 2}\na: e\n",
        (
            "2:1: key 'a' stands twice\n  hint: the first is on line 1; rename or delete one\n"
            "2:11: key 'c' stands twice\n  hint: the first is on line 2; rename or delete one\n"
            "3:1: key 'a' stands twice\n  hint: the first is on line 1; rename or delete one"
        ),
    ),
    "a key twice that is written in two ways": (
        "no.x: a\n'no.x': b\n\"no\\x2Ex\": c\n",
        (
            "2:1: key 'no.x' stands twice\n  hint: the first is on line 1; rename or delete one\n"
            "3:1: key 'no.x' stands twice\n  hint: the first is on line 1; rename or delete one"
        ),
    ),
    "a key that is indented with a no-break space": (
        "a:\n \u00a0b: c\n",
        f"2:2: character #x00a0 (no-break space) is not allowed in a key\n  hint: {A_KEY}",
    ),
    "a soft hyphen in a key": (
        "the\u00adme: a\n",
        f"1:1: character #x00ad (soft hyphen) is not allowed in a key\n  hint: {A_KEY}",
    ),
    "a joiner in a key, escaped": (
        '"the\\u200dme": a\n',
        f"1:1: character #x200d (zero width joiner) is not allowed in a key\n  hint: {A_KEY}",
    ),
    "a second document": (
        "a: b\n---\nc: d\n",
        (
            "2:1: a second document is not allowed\n"
            "  hint: delete '---', or make it a file of its own"
        ),
    ),
    "a second document after an empty one": (
        "---\n---\na: b\n",
        (
            "2:1: a second document is not allowed\n"
            "  hint: delete '---', or make it a file of its own"
        ),
    ),
    "a line that sets YAML's version": (
        "%YAML 1.1\n---\na: NO\n",
        "1:1: a line that begins with '%' is not allowed\n  hint: delete it",
    ),
    "a line that declares tags": (
        "# Tags\n%TAG ! tag:example.org,2031:\n---\na: b\n",
        "2:1: a line that begins with '%' is not allowed\n  hint: delete it",
    ),
    "a word alone": ("NO\n", "1:1: expected 'key: value' pairs at the top level"),
    "an empty document": ("---\n", "2:1: expected 'key: value' pairs at the top level"),
    "a list that isn't closed": (
        "a: [b,\nc: d\n",
        f"3:1: not valid YAML: did not find expected ',' or ']'\n  hint: {QUOTE}",
    ),
    "a tab in a quoted text": (
        "a: b\nc: 'd\te'\n",
        "2:6: a tab is not allowed\n  hint: indent with spaces",
    ),
    "a control character in a comment": (
        "a: b\n# \x07\n",
        "2:3: character #x0007 is not allowed\n  hint: delete it",
    ),
    "a control character, escaped": (
        'a: b\nc: "d\\0e"\n',
        "2:4: character #x0000 is not allowed\n  hint: delete it",
    ),
    "an old terminal's next line": (
        "a: b\u0085c: d\n",
        "1:5: character #x0085 is not allowed\n  hint: delete it",
    ),
    "a line separator": (
        "a: b\n  c\u2028d: e\n",
        f"2:4: character #x2028 (line separator) is not allowed\n  hint: {DELETE}",
    ),
    "a paragraph separator, escaped": (
        'a: "b\\Pc"\n',
        f"1:4: character #x2029 (paragraph separator) is not allowed\n  hint: {DELETE}",
    ),
    "an override of the direction in a value": (
        "a: b\nc: d \u202ee\n",
        f"2:6: character #x202e (right-to-left override) is not allowed\n  hint: {DELETE}",
    ),
    "an override of the direction in a comment": (
        "a: b # c \u202d\n",
        f"1:10: character #x202d (left-to-right override) is not allowed\n  hint: {DELETE}",
    ),
    "an isolate in a key": (
        "a\u2067b: c\n",
        f"1:2: character #x2067 (right-to-left isolate) is not allowed\n  hint: {DELETE}",
    ),
    "an override of the direction, escaped": (
        'a: ["b", "c\\u202e"]\n',
        f"1:10: character #x202e (right-to-left override) is not allowed\n  hint: {DELETE}",
    ),
    "a mark of the direction": (
        "a: \u200fb\n",
        f"1:4: character #x200f (right-to-left mark) is not allowed\n  hint: {DELETE}",
    ),
    "an Arabic mark of the direction": (
        "a: \u061cb\n",
        f"1:4: character #x061c (arabic letter mark) is not allowed\n  hint: {DELETE}",
    ),
    "a space without width": (
        "theme\u200b: a\n",
        f"1:6: character #x200b (zero width space) is not allowed\n  hint: {DELETE}",
    ),
    "a word joiner": (
        "a: 10\u2060–\u206015\n",
        f"1:6: character #x2060 (word joiner) is not allowed\n  hint: {DELETE}",
    ),
    "a Mongolian separator of vowels": (
        "a: b\u180ec\n",
        f"1:5: character #x180e (mongolian vowel separator) is not allowed\n  hint: {DELETE}",
    ),
    "a letter that only machines see": (
        "a: b\U000e0041\n",
        f"1:5: character #xe0041 (tag latin capital letter a) is not allowed\n  hint: {DELETE}",
    ),
    "a byte order mark after the first": (
        "\ufeff\ufeffa: b\n",
        f"1:1: character #xfeff (zero width no-break space) is not allowed\n  hint: {DELETE}",
    ),
    "a byte order mark where two files were joined": (
        "a: b\n\ufeffc: d\n",
        f"2:1: character #xfeff (zero width no-break space) is not allowed\n  hint: {DELETE}",
    ),
    "a letter that was lost in a conversion": (
        "a: bl\ufffdb\ufffdr\n",
        f"1:6: character #xfffd (replacement character) is not allowed\n  hint: {DELETE}",
    ),
    "a bullet of a font of its own": (
        "a: \uf0b7 b\n",
        f"1:4: character #xf0b7 (private use) is not allowed\n  hint: {DELETE}",
    ),
    "a character of private use, escaped": (
        'a: "\\ue200"\n',
        f"1:4: character #xe200 (private use) is not allowed\n  hint: {DELETE}",
    ),
    "half a character, escaped": (
        'a: "\\ud83d"\n',
        f"1:7: not valid YAML: found invalid Unicode character escape code\n  hint: {QUOTE}",
    ),
}

NOT_UTF_8 = {
    "half a character": (b"a: b\nc: \xed\xa0\xbd\n", "2: byte 0xed is not UTF-8"),
    "a byte that isn't, after a byte order mark": (
        b"\xef\xbb\xbfa: b\r\nc: \xe5\n",
        "2: byte 0xe5 is not UTF-8",
    ),
    "a file that breaks off": (b"a: b\rc: d\r\xc3", "3: byte 0xc3 is not UTF-8"),
    "UTF-16 with its mark": ("a: b\n".encode("utf-16"), "1: byte 0xff is not UTF-8"),
    "UTF-32 with its mark": ("a: b\n".encode("utf-32"), "1: byte 0xff is not UTF-8"),
}

# What each begins with, what then fills it, its end, and what is said of it.
LARGE = {
    "one long line": (("a: ", "x y ", "\n"), ""),
    "a long text of many lines": (("a: |\n", "  x\n", ""), ""),
    "a long quoted text": (('a: "', "x\\n", '"\n'), ""),
    "comments after an entry": (("a: b\n", "# c\n", ""), ""),
    "a quoted text that isn't closed": (
        ("a: '", "x", ""),
        f"1:3990005: not valid YAML: found unexpected end of stream\n  hint: {QUOTE}",
    ),
    "a long word": (("", "x", ""), "1:1: expected 'key: value' pairs at the top level"),
    "a long list": (
        ("a:\n", "- b\n", ""),
        f"499997:3: more than 500000 values and keys is not allowed\n  hint: {SPLIT}",
    ),
    "different keys": (
        ("", "? a\n", ""),
        f"250000:1: more than 500000 values and keys is not allowed\n  hint: {SPLIT}",
    ),
}

BREAKS = {
    "of Unix": "a: b\n\n# c\nd: *e\n",
    "of Windows": "a: b\r\n\r\n# c\r\nd: *e\r\n",
    "of old Macs": "a: b\r\r# c\rd: *e\r",
    "mixed": "a: b\r\n\r# c\nd: *e\r\n",
}


def told(tmp_path: Path, content: str | bytes) -> str:
    """What the reader says of a file with that content, without the file's name."""
    file = tmp_path / "a.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReportError) as error:
        read_yaml(file)
    return "\n".join(problem.shown(tmp_path) for problem in error.value.problems).replace(
        "a.yaml:", ""
    )


def read(tmp_path: Path, content: str | bytes) -> Mapping:
    file = tmp_path / "a.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(file)


def plain(node: Node) -> object:
    """The node without its places."""
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {key: plain(value) for key, value in entries.items()}


def placed(node: Node) -> object:
    """The line and column of the node and of each key and value in it."""
    at = f"{node.place.line}:{node.place.column}"
    match node:
        case Scalar():
            return at
        case Sequence(items):
            return at, [placed(item) for item in items]
        case Mapping(entries, places):
            keys = {key: f"{place.line}:{place.column}" for key, place in places.items()}
            return at, keys, [placed(value) for value in entries.values()]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_value_stays_the_text_that_was_written(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, f"a: {text}\nb: [{text}]\nc: '{text}'\n")

    assert plain(found) == {"a": text, "b": [text], "c": text}


@pytest.mark.parametrize("text", ["NO", "0301", "3.10", "~", "true", "<<", "2031-04-02"])
def test_a_key_stays_the_text_that_was_written(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, f"{text}: a\nb: {{{text}: c}}\n")

    assert plain(found) == {text: "a", "b": {text: "c"}}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES.keys())
def test_the_same_is_read_from_every_way_to_write_it(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content)

    assert plain(found) == {"a": "b", "c": ["d", {"e": "f", "g": "h"}]}


@pytest.mark.parametrize("content", ["", "\n\n", "# A comment\n", "\ufeff"])
def test_a_file_without_entries_is_an_empty_mapping(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content)

    assert found == Mapping({}, {}, found.place)
    assert found.place.shown(tmp_path) == "a.yaml"


def test_every_key_and_value_knows_its_line_and_column(tmp_path: Path) -> None:
    found = read(tmp_path, "# One\na: b\n'c':\n  - d\n  - {e: f,\n     g: [h]}\ni:\n")

    assert placed(found) == (
        "2:1",
        {"a": "2:1", "c": "3:1", "i": "7:1"},
        [
            "2:4",
            ("4:3", ["4:5", ("5:5", {"e": "5:6", "g": "6:6"}, ["5:9", ("6:9", ["6:10"])])]),
            "7:3",
        ],
    )


def test_a_key_that_is_not_there_has_no_place(tmp_path: Path) -> None:
    found = read(tmp_path, "a: b\n")

    assert found.key_places.get("b") is None
    assert "b" not in found.key_places
    assert len(found.key_places) == 1


@pytest.mark.parametrize("content", BREAKS.values(), ids=BREAKS.keys())
def test_lines_are_counted_by_the_breaks_of_every_system(tmp_path: Path, content: str) -> None:
    alias = "4:4: alias '*e' is not allowed\n  hint: write the value out again"
    tab = "4:4: a tab is not allowed\n  hint: indent with spaces"
    byte = "4: byte 0xe5 is not UTF-8\n  hint: save the file as UTF-8 in your editor"

    said = [
        told(tmp_path, content),
        told(tmp_path, content.replace("*e", "\te")),
        told(tmp_path, content.encode().replace(b"*e", b"\xe5")),
    ]

    assert said == [alias, tab, byte]


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_facts_do_not_need_is_refused_where_it_stands(
    tmp_path: Path, content: str, message: str
) -> None:
    assert told(tmp_path, content) == message


@pytest.mark.parametrize(("content", "message"), NOT_UTF_8.values(), ids=NOT_UTF_8.keys())
def test_what_is_not_utf_8_is_refused_at_its_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    assert told(tmp_path, content) == f"{message}\n  hint: save the file as UTF-8 in your editor"


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe5r.yaml"))
    file.write_text("a: b\n", "utf-8")

    with pytest.raises(ReportError) as refused:
        read_yaml(file)

    problem = Problem(Place(file), "the file's name is not UTF-8", "rename it")
    assert refused.value.problems == (problem,)


@pytest.mark.parametrize(("code", "column"), [("utf-16-le", 2), ("utf-16-be", 1)])
def test_utf_16_without_its_mark_is_refused(tmp_path: Path, code: str, column: int) -> None:
    said = told(tmp_path, "a: b\n".encode(code))

    assert said == f"1:{column}: character #x0000 is not allowed\n  hint: delete it"


def test_of_the_characters_that_are_not_seen_a_soft_hyphen_and_two_joiners_may_stand(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.md"
    shared = (chr(code) for code in (*range(0x590), *range(0x2000, 0xFFFE)))  # by all scripts
    unseen = [char for char in shared if category(char) in {"Cc", "Cf", "Zl", "Zp"}]

    accepted = []
    for char in unseen:
        file.write_text(f"a{char}b", "utf-8", newline="")
        with suppress(ReportError):
            accepted.append(read_text(file)[1:-1])

    assert accepted == ["\t", "\n", "\r", "\u00ad", "\u200c", "\u200d"]


def test_a_file_with_very_many_wrong_keys_tells_the_first_hundred(tmp_path: Path) -> None:
    said = told(tmp_path, "a: b\n" * 1_000).splitlines()

    assert said[::2] == [f"{line}:1: key 'a' stands twice" for line in range(2, 102)]


def test_a_file_too_large_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()

    with pytest.raises(ReportError) as error:
        read_yaml(file)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said = [problem.shown(tmp_path) for problem in error.value.problems]
    assert said == [f"a.yaml: is larger than 4000000 bytes\n  hint: {SPLIT}"]
    assert peak < 10_000_000


@pytest.mark.parametrize(("content", "message"), LARGE.values(), ids=LARGE.keys())
def test_the_largest_files_are_read_or_refused_within_seconds(
    tmp_path: Path, content: tuple[str, str, str], message: str
) -> None:
    head, again, tail = content
    text = head + again * (3_990_000 // len(again)) + tail
    started = time.process_time()

    said = told(tmp_path, text) if message else plain(read(tmp_path, text))

    assert said == message if message else said
    assert time.process_time() - started < 20  # 2 on a quiet machine


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)

    with pytest.raises(ReportError) as error:
        read_yaml(pipe)

    said = [problem.shown(tmp_path) for problem in error.value.problems]
    assert said == ["a.yaml: can't be read: is a pipe"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [("folder", "is a directory"), ("nowhere", "no such file or directory")],
)
def test_what_is_no_file_can_not_be_read(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.yaml").symlink_to(tmp_path / target)

    with pytest.raises(ReportError) as error:
        read_yaml(tmp_path / "a.yaml")

    said = [problem.shown(tmp_path) for problem in error.value.problems]
    assert said == [f"a.yaml: can't be read: {reason}"]


def test_a_text_that_is_not_yaml_may_hold_tabs_and_keeps_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffa\tb\r\nc\n".encode())

    assert read_text(tmp_path / "a.md") == "a\tb\r\nc\n"


def test_a_template_holds_no_character_that_makes_it_read_other_than_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("Parents\u202e apply {# \u2066 #}."))

    found = run(workspace, capsys, "check")

    message = f"{EN}:5:8: character #x202e (right-to-left override) is not allowed"
    assert found == Told(1, "", f"{message}\n  hint: {DELETE}\n")


def test_without_the_c_parser_the_same_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(tmp_path, STORE)
    monkeypatch.setattr("reports.yaml._Loader", yaml.SafeLoader)

    again = read(tmp_path, STORE)

    assert plain(again) == plain(found)
    assert placed(again) == placed(found)


def test_without_the_c_parser_half_a_character_is_refused_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.yaml._Loader", yaml.SafeLoader)

    said = told(tmp_path, 'a: "\\ud83d"\n')

    assert said == f"1:4: character #xd83d is not allowed\n  hint: {DELETE}"
