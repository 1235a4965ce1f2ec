"""The JSON Schema of fact files: it agrees with the loader, and an editor marks faults by it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from itertools import product, zip_longest
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from language_server import LanguageServer, running
from test_bad_input import FACT, WRONG_FACTS
from workspaces import REPOSITORY, STORE, Told, changed, make_workspace, run, write

from reports.facts.load import load_facts
from reports.facts.load.entries import SECTIONS
from reports.facts.model import Standing
from reports.facts.schema import fact_schema, schema_text, store_schema
from reports.facts.schema.keys import STANDINGS
from reports.facts.schema.scalars import DAY, EDTF, PARAGRAPH, STEP, VALUE, Schema
from reports.facts.values import parse_day, parse_positive, parse_step, parse_value, parse_when
from reports.machine.parts import JUDGES
from reports.problems import Problem, ReportError

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Path_: TypeAlias = tuple[str | int, ...]

LANGUAGES = ("nb", "en")
PUBLISHED = REPOSITORY / "docs" / "facts.schema.json"

# ---------------------------------------------------------------- what an editor reads

_CORE = (  # the types of YAML 1.2, by which editors read what is not in quotation marks
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)


def as_an_editor_reads(text: str) -> Any:
    """The YAML text with its scalars typed as the YAML language server types them."""
    return typed(yaml.compose(text, Loader=yaml.CBaseLoader))


def typed(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: typed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [typed(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.style:
        return node.value
    kinds = (kind for pattern, kind in _CORE if pattern.fullmatch(node.value))
    return next(kinds, str)(node.value)


def test_an_editor_types_what_the_loader_leaves_as_text() -> None:
    text = "[62, 2030, 2031-04-02, 1.10, NO, yes, true, 0301, 28 million, '62', not stated, ]"

    read = as_an_editor_reads(text)

    assert read == [
        *(62, 2030, "2031-04-02", 1.1, "NO", "yes", True, 301),
        *("28 million", "62", "not stated"),
    ]


def written(tree: Tree) -> str:
    """The tree as YAML in one line, words and numbers without quotation marks."""
    match tree:
        case dict():
            pairs = (f"{written(key)}: {written(value)}" for key, value in tree.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            items = [written(item) or json.dumps("") for item in tree]
            return f"[{', '.join(items)}]"
        case _:
            return tree if re.fullmatch(r"[\w.+-]+( [\w.+-]+)*|", tree) else json.dumps(tree)


# ---------------------------------------------------------------- agreement with the loader

MORE = """\
sources:
  letter:
    type: article-newspaper
    title: Leserbrev
    author: [{family: Holm, given: Ida}]
    publisher: Havneby Blad
    container-title: Havneby Blad
    URL: https://havneby.invalid/letter
    issued: {date: 2031-04, inferred: year-before}
    nature: {nb: leserbrev, nn: lesarbrev, da: læserbrev, en: letter to the editor}
    interest: {nb: avsenderens, en: the sender's}
    text: letter.txt
    language: nb
    voice: reader
people:
  reader:
    name: {nb: En leser, en: A reader}
    role: {nb: leser, en: reader}
    organisation: Havneby Blad
    known_as: [Leseren]
facts:
  letter.office:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett i {as_of}.", en: "{figure} came on the web in {as_of}."}
    figure: {value: [50, 55.5], measure: web-share, among: employees, qualifier: at-least}
    as_of: {date: 2030-21, inferred: year-before}
    said_by: reader
    standing: hearsay
    source: letter
    at:
      paragraph: 3
      printed: mer enn halvparten
      excused: {number: utregnet, unit: utregnet, date: utregnet, speaker: signert}
    access: restricted
    review_by: 2032-04-02
    valid_until: 2033-04-02
    supersedes: havneby.secret-plan
    contradicts: [havneby.paper-share]
    outranks: {havneby.paper-share: {nb: nyere, en: newer}}
    recorded: 2031-04-02
  letter.share:
    theme: channels
    place: norway
    statement: {nb: "{figure} kom på nett.", en: "{figure} came on the web."}
    figure: {value: 62, measure: web-share, among: applications}
    as_of: 2030
    said_by: reader
    standing: reported
    source: letter
    at: {paragraph: 4}
    access: internal
    recorded: 2031-04-02
  letter.growth:
    derived:
      change: [havneby.web-share-before, letter.share]
      as: percentage points
      round: 5
      because: {nb: samme skjema, en: the same form}
      measure: growth
      among: applications
    statement: {nb: "{figure} mer.", en: "{figure} more."}
    theme: channels
    place: havneby
    source: letter
    access: {level: public, because: offentlig kjent}
    review_by: 2032-04-02
    valid_until: 2033-04-02
    supersedes: havneby.one-way-in
    outranks: {letter.growth-told: {nb: utregnet, en: computed}}
    recorded: 2031-04-03
  letter.growth-told:
    theme: channels
    place: havneby
    statement: {nb: "{figure} mer.", en: "{figure} more."}
    figure: {value: 20, measure: growth, among: applications}
    as_of: 2030
    said_by: reader
    standing: reported
    source: letter
    at: {paragraph: 4}
    contradicts: [letter.growth]
    recorded: 2031-04-02
measures:
  growth: {unit: percentage-points, name: {nb: økning, en: growth}}
places:
  harbour: {name: {nb: Havna, en: The harbour}, in: havneby}
"""


def problems_of(text: str, folder: Path) -> tuple[Problem, ...]:
    """What the loader finds in a file with that text, beside the tiny store."""
    write(folder / "store.yaml", STORE)
    write(folder / "more.yaml", text)
    try:
        load_facts(folder, LANGUAGES)
    except ReportError as error:
        return error.problems
    return ()


def faults_of(text: str, schema: Mapping[str, Any]) -> list[ValidationError]:
    """What the schema finds in that text, as an editor reads it."""
    return [
        fault
        for error in Draft7Validator(schema).iter_errors(as_an_editor_reads(text))
        for fault in (error, *error.context)
    ]


def mappings(tree: Tree, path: Path_ = ()) -> Iterator[Path_]:
    """Where there are mappings whose keys are words of the tool, in the tree."""
    is_open = path in {(section,) for section in SECTIONS} or path[-1:] == ("outranks",)
    if isinstance(tree, dict):
        if not is_open:
            yield path
        for key, value in tree.items():
            yield from mappings(value, (*path, key))
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from mappings(item, (*path, index))


def at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[step]
    return tree


EVERY_KEY: dict[str, Any] = yaml.load(MORE, Loader=yaml.BaseLoader)  # noqa: S506 - texts only


@pytest.fixture(scope="module")
def whole_store(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The schema of the tiny store with more, as an editor gets it."""
    folder = tmp_path_factory.mktemp("store")
    write(folder / "store.yaml", STORE)
    write(folder / "more.yaml", MORE)
    schema: dict[str, Any] = json.loads(
        schema_text(store_schema(load_facts(folder, LANGUAGES), LANGUAGES, "en"))
    )
    return schema


ONLY_THE_LOADER = (  # it takes two keys or two facts together
    "^statement of fact .* (doesn't print its figure|has a literal|has {figure}, but)",
    "^'value' of the figure of .* is '2031-04-02'$",  # that of a measure in per cent
    "^range of the figure of .* doesn't rise$",
    "^'(review_by|valid_until)' of .*, (before|after) ",
    "^fact .* (outranks .* doesn't conflict|was recorded before) ",
    "^fact .* (combines|is rounded|gives a reason for being lowered)",
    "^'round' of the derivation of .* is '12'$",  # no step, but a number
)


@cache
def words_of_the_loader() -> frozenset[str]:
    """Every text in its code that could be a key."""
    files = [REPOSITORY / "reports/fields.py", *(REPOSITORY / "reports/facts").rglob("*.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    words = (text for text in texts if isinstance(text, str) and re.fullmatch(r"[\w-]+", text))
    return frozenset(words)


@pytest.mark.parametrize(
    "path", list(mappings(EVERY_KEY)), ids=lambda path: ".".join(map(str, path)) or "file"
)
def test_loader_and_schema_know_the_same_keys(
    tmp_path: Path, whole_store: Mapping[str, Any], path: Path_
) -> None:
    tree = deepcopy(EVERY_KEY)
    mapping = at(tree, path)
    added = words_of_the_loader() - {*mapping, "derived"}  # which makes it another kind of fact
    mapping.update(dict.fromkeys(added, "x"))
    text = written(tree)

    told = [problem.what for problem in problems_of(text, tmp_path)]
    found = [re.match(r"unknown key '(.+?)' in |'(.+?)' in derived fact ", what) for what in told]
    marked = [
        fault.instance.keys() - fault.schema["properties"].keys()
        for fault in faults_of(text, whole_store)
        if fault.validator == "additionalProperties" and tuple(fault.absolute_path) == path
    ]

    assert {match[1] or match[2] for match in found if match} == set().union(*marked)
    assert len(added) > 300


def leaves(tree: Tree, path: Path_ = ()) -> Iterator[Path_]:
    """Where there is a value, in an entry."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if key not in {"nn", "da"}:  # no brief is in these, so that they are not read
            yield (*path, key)
            if not isinstance(value, str):
                yield from leaves(value, (*path, key))


def with_wrong(entry: Tree, path: Path_, wrong: Tree | None) -> Tree:
    """The entry with a wrong value at that place, or with none there."""
    other = deepcopy(entry)
    holder = at(other, path[:-1])
    if wrong is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return other


ENTRIES = {  # one of each kind, all to be made wrong at once: each stands on a line of its own
    ("sources", "letter"): 2,
    ("people", "reader"): 4,
    ("facts", "letter.office"): 6,
    ("facts", "letter.growth"): 8,
    ("measures", "growth"): 11,
    ("places", "harbour"): 13,
}


def in_lines(tree: Mapping[str, Mapping[str, Tree]]) -> str:
    """The sections as YAML, each entry in one line."""
    return "".join(
        f"{section}:\n" + "".join(f"  {id_}: {written(entry)}\n" for id_, entry in entries.items())
        for section, entries in tree.items()
    )


@pytest.mark.parametrize(
    "wrong", [None, "", "zzz", "12", "0.5", "2031-04-02", ["a", "b"], {"no": "x"}], ids=str
)
def test_loader_and_schema_refuse_the_same_values(
    tmp_path: Path, whole_store: Mapping[str, Any], wrong: Tree | None
) -> None:
    differences = []
    for paths in zip_longest(*(leaves(at(EVERY_KEY, entry)) for entry in ENTRIES)):
        tree = deepcopy(EVERY_KEY)
        for (section, id_), path in zip(ENTRIES, paths, strict=True):
            if path:
                tree[section][id_] = with_wrong(tree[section][id_], path, wrong)
        text = in_lines(tree)
        told = [
            problem.place.line
            for problem in problems_of(text, tmp_path)
            if not any(re.search(known, problem.what) for known in ONLY_THE_LOADER)
        ]
        marked = [tuple(fault.absolute_path)[:2] for fault in faults_of(text, whole_store)]
        differences += [
            (*entry, *path)
            for (entry, line), path in zip(ENTRIES.items(), paths, strict=True)
            if path and (line in told) != (entry in marked)
        ]

    assert differences == []


def test_an_unmarked_null_is_nothing_to_an_editor_and_a_text_to_the_loader(
    tmp_path: Path, whole_store: Mapping[str, Any]
) -> None:
    text = changed(MORE, "title: Leserbrev", "title: null")

    told, marked = problems_of(text, tmp_path), faults_of(text, whole_store)

    assert told == ()
    assert {fault.message for fault in marked} == {
        "None is not of type 'string', 'number', 'boolean'"
    }


LEFT_TO_CHECK = {  # the wrong facts that the schema of no store in particular lets pass
    *("an unknown theme", "an unknown place", "an unknown measure", "an unknown population"),
    *("an unknown speaker", "an unknown source", "an unknown fact that it contradicts"),
    *("a date inferred for an unknown reason", "a figure without its population"),
    *("a part greater than the whole", "a range that falls", "a missing translation"),
    *("a digit in the statement", "the value as a word in the statement"),
    *("a statement without its figure", "a statement with a figure that there isn't"),
    *("an id of another file", "an id of the same file"),
}
NEVER_READ = {  # those that aren't the YAML of a fact file at all
    *("a tab that indents", "a tab after a key", "an alias", "an anchor", "a tag"),
    *("nesting that would overrun the parser", "more than a file may hold"),
    *("a text that needs quotes", "a control character"),
}


def test_the_schema_marks_every_wrong_fact_but_those_that_are_left_to_check() -> None:
    schema = json.loads(schema_text(fact_schema()))
    texts = {name: changed(FACT, *edit) for name, (edit, _) in WRONG_FACTS.items()}

    passed = {
        name
        for name, text in texts.items()
        if name not in NEVER_READ and not faults_of(text, schema)
    }

    assert passed == LEFT_TO_CHECK


# ---------------------------------------------------------------- dates and numbers

_PARTS = ["", *(f"-{number:02d}" for number in range(33))]
DATES = {
    "".join(parts)
    for parts in product(("2019", "2020", "0999", "XXXX", "XXX", "20201"), _PARTS, _PARTS)
}
SCALES = ("", " million", "  million", " thousand")
NUMBERS = {
    "".join(parts)
    for parts in product(
        ("", "-", "+"),
        ("", "0", "1", "2", "3", "62", "25", "050", "007", "1000", "1" * 31),
        ("", ".", ".0", ".5", ".10", ".03", ".050", ",5"),
        SCALES,
    )
}
SHARES = {f"{count} of {whole}" for count in (0, 1, 8, 9, 10**12) for whole in (0, 1, 8)}


@pytest.mark.parametrize(
    ("part", "parse", "texts", "lax"),
    [
        (EDTF, parse_when, DATES, "-02-29$"),  # in a year that isn't a leap year
        (DAY, parse_day, DATES, "-02-29$"),
        (PARAGRAPH, parse_positive, NUMBERS, None),
        (STEP, parse_step, NUMBERS, None),
        (VALUE, parse_value, NUMBERS | SHARES, " of "),  # of too few, or nothing of something
    ],
    ids=["date", "day", "paragraph", "step", "value"],
)
def test_a_pattern_takes_what_the_loader_takes(
    part: Schema, parse: Callable[[str], object], texts: set[str], lax: str | None
) -> None:
    taken = {text for text in texts if takes(parse, text)}

    matched = {text for text in texts if re.search(str(part["pattern"]), text)}

    assert taken <= matched
    assert {text for text in matched - taken if not (lax and re.search(lax, text))} == set()
    assert 0 < len(taken) < len(texts)


def takes(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- what is published


def test_the_published_schema_is_what_the_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(tmp_path, capsys, "facts", "schema")

    mend = "type: python3 build.py facts schema --out docs/facts.schema.json"
    assert told == Told(0, PUBLISHED.read_text("utf-8"), ""), mend


def test_the_schema_is_a_draft_07_schema_and_says_what_every_key_is_for() -> None:
    schema = json.loads(PUBLISHED.read_text("utf-8"))

    Draft7Validator.check_schema(schema)
    silent = [
        key
        for name, part in {"file": schema, **schema["definitions"]}.items()
        for key, value in part.get("properties", {}).items()
        if "description" not in value and name not in {"texts", "sentences", "name"}
    ]

    assert silent == []


def test_the_schema_tells_of_standings_what_the_manual_tells() -> None:
    manual = (REPOSITORY / "docs/facts.md").read_text("utf-8")

    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?)(?:: .*)? \|$", manual, re.MULTILINE))

    assert {standing.value: rows[standing.value] for standing in Standing} == {
        standing.value: what for standing, what in STANDINGS.items()
    }


@pytest.mark.parametrize(
    "file", sorted((REPOSITORY / "facts").glob("*.yaml")), ids=lambda f: f.name
)
def test_a_shipped_file_has_no_fault_by_the_schema(file: Path) -> None:
    schema = json.loads(PUBLISHED.read_text("utf-8"))

    assert faults_of(file.read_text("utf-8"), schema) == []


# ---------------------------------------------------------------- the schema of a store


def test_the_schema_of_a_store_holds_its_ids_with_what_they_are_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    derived = "{difference: [havneby.web-share, havneby.web-share-before], because: {nb: x, en: x}}"
    growth = f"facts:\n  havneby.growth: {{derived: {derived}, recorded: 2031-04-02}}\n"
    workspace = make_workspace(tmp_path, {"facts/more.yaml": growth})

    told = run(workspace, capsys, "facts", "schema", "--ids", "--lang", "nb")

    definitions = json.loads(told.out)["definitions"]
    assert (told.code, told.err) == (0, "")
    assert definitions["places-id"] == {
        "enum": ["norway", "denmark", "havneby"],
        "enumDescriptions": ["Norge", "Danmark", "Havneby"],
        "errorMessage": "this is not declared under 'places:'",
    }
    assert definitions["people-id"]["enumDescriptions"] == [
        "Ida Holm, digitaliseringssjef",
        "Fagforeningen",
    ]
    assert definitions["measures-id"]["enum"] == [
        *("web-share", "paper-share", "head-count", "opened", "answer-time")
    ]  # without the one that the derivation named itself
    assert definitions["measures-id"]["enumDescriptions"][0] == "andel på nett (percent)"
    assert "havneby.growth" in definitions["facts-id"]["enum"]
    assert definitions["texts"]["required"] == ["nb", "en"]


def test_the_schema_of_a_store_asks_among_whom_unless_the_figure_is_a_date_or_rank(
    whole_store: Mapping[str, Any],
) -> None:
    without = changed(FACT, ", among: applications", "")
    dated = changed(without, "value: 3, measure: head-count", "value: 2030, measure: opened")

    assert [fault.message for fault in faults_of(without, whole_store)] == [
        "'among' is a required property"
    ]
    assert faults_of(dated, whole_store) == []


def test_the_schema_can_be_written_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    file = tmp_path / "new" / "facts.schema.json"

    told = run(workspace, capsys, "facts", "schema", "--ids", "--out", str(file))

    assert told == Told(0, "", f"{file}\n")
    assert json.loads(file.read_text("utf-8"))["title"] == "A fact file of Kildefast"


# ---------------------------------------------------------------- in an editor

MODELINE = "# yaml-language-server: $schema="


@pytest.fixture(scope="module")
def server(
    yaml_language_server: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LanguageServer]:
    """The engine of VS Code's YAML extension."""
    with running(yaml_language_server, tmp_path_factory.mktemp("editor")) as server:
        yield server


def edited(folder: Path, text: str, schema: Path = PUBLISHED) -> Path:
    """A file with that text from its line 2, and a first line that names the schema."""
    file = folder / "facts.yaml"
    write(file, f"{MODELINE}{schema}\n{text}")
    return file


def test_the_version_that_ci_installs_is_the_one_that_doctor_names() -> None:
    package = json.loads((REPOSITORY / ".ci/package.json").read_text("utf-8"))

    named = next(judge.package for judge in JUDGES if judge.title == "YAML language server")
    assert named in {f"{name}@{version}" for name, version in package["dependencies"].items()}


@pytest.mark.parametrize(
    "file", sorted((REPOSITORY / "facts").glob("*.yaml")), ids=lambda f: f.name
)
def test_an_editor_marks_nothing_in_a_shipped_file(server: LanguageServer, file: Path) -> None:
    first = file.read_text("utf-8").partition("\n")[0]

    assert first == f"{MODELINE}../docs/facts.schema.json"
    assert server.faults(file) == []


MARKED = {
    "an unknown key": (
        ("recorded: 2031-04-02", "recorde: 2031-04-02"),
        ['3: Missing property "recorded".', "13: Property recorde is not allowed."],
    ),
    "a wrong standing": (
        ("standing: reported", "standing: repoted"),
        [
            (
                '10: Value is not accepted. Valid values: "established", "reported", "opinion", '
                '"forecast", "plan", "wish", "hearsay".'
            )
        ],
    ),
    "no measure": (("measure: head-count, ", ""), ['7: Missing property "measure".']),
    "no source": (("    source: havneby-2031\n", ""), ['3: Missing property "source".']),
    "a date in words": (
        ("as_of: 2030", "as_of: 11 April"),
        [
            (
                "8: write a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11, "
                "or 'not stated'"
            )
        ],
    ),
    "a placeholder that nothing fills": (
        ("{figure} letters", "{who} letters"),
        ["6: write a sentence; only {figure} and {as_of} are filled in"],
    ),
    "an id in capitals": (
        ("  havneby.letters:", "  Havneby.letters:"),
        ["3: small letters, digits and hyphens, at most 48 characters"],
    ),
    "a derivation without operation": (
        ("facts:\n", "facts:\n  havneby.sum: {derived: {round: 1}, recorded: 2031-04-02}\n"),
        ["3: write one of: change, difference, ratio, share, sum, mean"],
    ),
}


@pytest.mark.parametrize(("edit", "marks"), MARKED.values(), ids=MARKED.keys())
def test_an_editor_marks_a_fault_at_its_line(
    server: LanguageServer, tmp_path: Path, edit: tuple[str, str], marks: Sequence[str]
) -> None:
    file = edited(tmp_path, changed(FACT, *edit))

    assert server.faults(file) == marks


def test_an_editor_marks_nothing_in_a_file_with_every_key(
    server: LanguageServer, tmp_path: Path
) -> None:
    assert server.faults(edited(tmp_path, MORE)) == []


def test_an_editor_offers_the_keys_that_a_fact_lacks(
    server: LanguageServer, tmp_path: Path
) -> None:
    file = edited(tmp_path, changed(FACT, "    standing: reported\n", "    \n"))

    offered = server.completions(file, 10, 5)

    assert sorted(offered) == [
        *("access", "contradicts", "derived", "outranks", "review_by"),
        "sourced-fact",  # all that is mandatory at once
        *("standing", "supersedes", "valid_until"),
    ]


def test_an_editor_offers_the_words_for_a_standing(server: LanguageServer, tmp_path: Path) -> None:
    file = edited(tmp_path, changed(FACT, "standing: reported", "standing: "))

    offered = server.completions(file, 10, len("    standing: ") + 1)

    assert offered == [standing.value for standing in Standing]


def test_an_editor_offers_the_ids_of_a_store(
    server: LanguageServer, tmp_path: Path, whole_store: Mapping[str, Any]
) -> None:
    schema = tmp_path / "store.schema.json"
    write(schema, json.dumps(whole_store))
    file = edited(tmp_path, changed(FACT, "place: havneby", "place: "), schema)

    offered = server.completions(file, 5, len("    place: ") + 1)

    assert offered == ["harbour", "norway", "denmark", "havneby"]
