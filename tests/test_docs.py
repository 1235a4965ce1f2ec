"""The documentation against the code: what it names exists, and what it shows works."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.briefs import load_workspace
from reports.build import resolve_all, resolve_edition
from reports.cli import main
from reports.cli.commands import _parser
from reports.compose.functions import template_functions
from reports.compose.recorder import Calls
from reports.facts.evidence import check_evidence
from reports.facts.load import load_facts
from reports.problems import ReportError

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
FACTS_PAGE = ROOT / "docs" / "facts.md"
TEMPLATES_PAGE = ROOT / "docs" / "templates.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
LANGUAGES = ("nb", "en")
TABLE = r"^```(?:csv|json) ([\w./-]+)\n(.*?)^```$"
EDITION = "example/public.en.md.j2"
BRIEF = """\
title: {en: Example}
from: {en: Adviser}
date: 2031-04-10
audiences: [public]
languages: [en]
formats: [html]
"""


def blocks(page: Path, tag: str) -> list[str]:
    """The fenced blocks with that tag, in the order of the page."""
    fence = re.compile(rf"^```{tag}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return fence.findall(page.read_text("utf-8"))


def file_named(block: str) -> str:
    """The path that a block's first line names in a comment; "" if it names none."""
    found = re.match(r"(?:# |\{# )([\w./-]+\.(?:yaml|j2))(?: #\})?\n", block)
    return found[1] if found else ""


def write(file: Path, text: str) -> None:
    """The text as a file of that name, in folders that are made for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def named_files(page: Path, root: Path) -> Path:
    """Write the page's YAML blocks under `root`, each as the file that it names."""
    for block in blocks(page, "yaml"):
        name = file_named(block)
        assert name, f"this block names no file:\n{block}"
        assert not (root / name).exists(), f"two blocks are {name}"
        write(root / name, block)
    for name, table in re.findall(TABLE, page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        write(root / name, table)
    return root


# ---------------------------------------------------------------- commands


def commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, by the words that call it, with its parser."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in inner:
        for word, below in action.choices.items():
            yield from commands(below, f"{name} {word}".strip())
    if not inner:
        yield name, parser


def all_pages() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize("command", [name for name, _ in commands(_parser())])
def test_every_command_is_in_the_manual(command: str) -> None:
    assert re.search(rf"(?:build\.py|kildefast) {re.escape(command)}\b", all_pages())


@pytest.mark.parametrize(
    "option",
    sorted(
        {
            option
            for _, parser in [("", _parser()), *commands(_parser())]
            for action in parser._actions
            for option in action.option_strings
            if option.startswith("--")
        }
    ),
)
def test_every_option_is_in_the_manual(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", all_pages())


def commands_of(page: Path) -> list[str]:
    """What the page tells the reader to type to `build.py` or `kildefast`, without comments."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    calls = [re.match(r"(?:python3 build\.py|kildefast)\b *(.*)", line) for line in lines]
    return [shlex.join(shlex.split(call[1], comments=True)) for call in calls if call]


COMMANDS = sorted({line for page in PAGES for line in commands_of(page)})


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_line_in_the_manual_is_one(line: str) -> None:
    words = shlex.split(line) or ["build"]
    if words[0] == "test":  # what follows is pytest's
        words = words[:1]

    if words == ["--version"]:
        with pytest.raises(SystemExit, match=r"^0$"):
            _parser().parse_args(words)
    else:
        assert callable(_parser().parse_args(words).run)


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("facts")])
def test_every_question_to_the_store_in_the_manual_has_an_answer(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([*shlex.split(line), "--workspace", str(ROOT)])

    answer = capsys.readouterr().out.strip()
    assert code == 0
    assert answer not in ("", "[]")


SESSIONS = [block for page in PAGES for block in blocks(page, "console")]


@pytest.mark.parametrize("session", SESSIONS, ids=range(len(SESSIONS)))
def test_a_command_in_the_manual_answers_as_in_the_manual(
    session: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    line, _, answer = session.partition("\n")
    command = line.removeprefix("$ python3 build.py ").split()

    assert main([*command, "--workspace", str(copied_workspace(tmp_path))]) == 0

    said = re.sub(r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", capsys.readouterr().out)
    assert said == answer


def test_the_keys_of_a_fact_as_json_are_those_in_the_manual(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = FACTS_PAGE.read_text("utf-8").partition("## Asking the store")[2]
    table = text.partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| ", table, re.MULTILINE)

    main(["facts", "show", "cph.public-eid-share", "--json", "--workspace", str(ROOT)])

    named = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(json.loads(capsys.readouterr().out))


# ---------------------------------------------------------------- facts


def test_the_examples_of_facts_are_a_whole_store(tmp_path: Path) -> None:
    named_files(FACTS_PAGE, tmp_path)

    store = load_facts(tmp_path / "facts", LANGUAGES)

    assert [id_ for id_ in store.facts if "@" in id_] == [
        "towns.staff@havneby",
        "towns.web@havneby",
        "towns.staff@sandvik",
    ]
    assert {"havneby.web-share", "havneby.form-opened", "havneby.one-way-in"} <= set(store.facts)
    assert len(blocks(FACTS_PAGE, "yaml")) == len(list((tmp_path / "facts").rglob("*.yaml")))


def test_the_example_of_evidence_is_what_the_check_finds(tmp_path: Path) -> None:
    named_files(FACTS_PAGE, tmp_path)
    quoted = re.findall(r"^> (.+)$", FACTS_PAGE.read_text("utf-8"), re.MULTILINE)
    write(tmp_path / "havneby-2031.txt", "\n".join(["Om byen."] * 11 + quoted))

    evidence = check_evidence(load_facts(tmp_path / "facts", LANGUAGES), tmp_path)

    shown = [
        f"{each.problem.shown(tmp_path)}\n"
        for each in evidence.findings
        if each.fact == "havneby.web-share"
    ]
    assert ["".join(shown)] == blocks(FACTS_PAGE, "log")


def test_the_report_of_an_import_in_the_manual_is_what_the_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named_files(FACTS_PAGE, tmp_path)
    named_files(TEMPLATES_PAGE, tmp_path)
    (tmp_path / "facts/tables/towns.csv").unlink()
    shutil.copy(ROOT / "tests" / "towns-libreoffice.xlsx", tmp_path / "Towns.xlsx")

    code = main(["facts", "import", str(tmp_path / "Towns.xlsx"), "--workspace", str(tmp_path)])

    assert code == 1
    assert [capsys.readouterr().out] == blocks(FACTS_PAGE, "import")


FAULTS = tuple(zip(blocks(FACTS_PAGE, "diff"), blocks(FACTS_PAGE, "text"), strict=True))


@pytest.mark.parametrize(("change", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_in_the_manual_gets_the_message_in_the_manual(
    change: str, message: str, tmp_path: Path
) -> None:
    named_files(FACTS_PAGE, tmp_path)
    old, new = (line[1:] for line in change.splitlines())
    changed_line(tmp_path / "facts", old, new)

    with pytest.raises(ReportError) as caught:
        load_facts(tmp_path / "facts", LANGUAGES)

    assert shown(caught.value, tmp_path) == message


def changed_line(folder: Path, old: str, new: str) -> Path:
    """Replace the one line `old` in the YAML files of a folder; the file it stood in."""
    holders = [
        file
        for file in (*folder.rglob("*.yaml"), *folder.rglob("*.csv"))
        for line in file.read_text("utf-8").splitlines()
        if line == old
    ]
    assert len(holders) == 1, f"{old!r} stands {len(holders)} times"
    lines = holders[0].read_text("utf-8").splitlines()
    write(holders[0], "\n".join(new if line == old else line for line in lines) + "\n")
    return holders[0]


def shown(error: ReportError, root: Path) -> str:
    """The problems as a person sees them."""
    return "".join(f"{problem.shown(root)}\n" for problem in sorted(error.problems))


# ---------------------------------------------------------------- templates


def example_workspace(root: Path, text: str) -> Path:
    """This repository's store and settings with one brief, whose one template is `text`."""
    shutil.copytree(ROOT / "facts", root / "facts")
    shutil.copytree(ROOT / "templates" / "themes", root / "templates" / "themes")
    shutil.copytree(ROOT / "templates" / "audiences", root / "templates" / "audiences")
    for name in ("names.yaml", "workspace.yaml"):
        shutil.copy(ROOT / "templates" / name, root / "templates" / name)
    write(root / "templates" / "example" / "brief.yaml", BRIEF)
    write(root / "templates" / EDITION, text)
    for block in blocks(TEMPLATES_PAGE, "jinja"):
        if file_named(block):
            write(root / file_named(block), block)
    return root


def town(root: Path, text: str) -> Path:
    """The invented town of the manual, with `text` as its brief's English template."""
    named_files(FACTS_PAGE, root)
    named_files(TEMPLATES_PAGE, root)
    shutil.copytree(ROOT / "templates" / "themes", root / "templates" / "themes")
    brief = root / "templates" / "applications" / "brief.yaml"
    write(brief, brief.read_text("utf-8").replace("[nb, en]", "[en]"))
    write(root / "templates" / "applications" / "council.en.md.j2", text)
    return root


EXAMPLES = blocks(TEMPLATES_PAGE, "jinja")


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_a_template_prints_without_problem_or_warning(
    example: str, tmp_path: Path
) -> None:
    is_whole = re.search(r"^# |^{% extends", example, re.MULTILINE)
    whole = example if is_whole else f"# Title\n\nLead.\n\n{example}"
    invented = "@havneby" in example
    workspace = load_workspace((town if invented else example_workspace)(tmp_path, whole))

    (item,) = resolve_edition(workspace.editions()[0], workspace)
    document, warnings = item.document, item.composed.warnings

    assert warnings == ()
    assert document.body or example.endswith("{%- endmacro %}\n")


def test_what_explain_says_in_the_manual_is_what_it_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    (extending,) = (example for example in EXAMPLES if example.startswith("{% extends"))

    root = example_workspace(tmp_path, extending)
    assert main(["explain", "example", "public", "--workspace", str(root)]) == 0

    said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert [said] == blocks(TEMPLATES_PAGE, "explain")


def test_an_example_with_an_unknown_fact_would_be_seen(tmp_path: Path) -> None:
    text = '# Title\n\nLead.\n\nIt was {{ fact("no.desi-ranks") }}.\n'
    workspace = load_workspace(example_workspace(tmp_path, text))

    with pytest.raises(ReportError) as caught:
        resolve_edition(workspace.editions()[0], workspace)

    assert shown(caught.value, tmp_path) == (
        f"templates/{EDITION}:5: unknown fact 'no.desi-ranks'\n"
        "  hint: did you mean 'no.desi-rank'?\n"
    )


def test_the_examples_of_settings_make_a_workspace(tmp_path: Path) -> None:
    named_files(FACTS_PAGE, tmp_path)
    named_files(TEMPLATES_PAGE, tmp_path)
    shutil.copytree(ROOT / "templates" / "themes", tmp_path / "templates" / "themes")
    for code in LANGUAGES:
        template = "# Title\n\nLead.\n\n{{ statement('havneby.one-way-in') }}\n"
        write(tmp_path / "templates" / "applications" / f"council.{code}.md.j2", template)

    workspace = load_workspace(tmp_path)
    resolved, warnings = resolve_all(workspace.editions(), workspace)

    assert [item.edition.name for item in resolved] == [
        "applications/council.nb",
        "applications/council.en",
    ]
    assert warnings == ()


def test_the_table_of_functions_names_what_a_template_has_and_nothing_else(
    tmp_path: Path,
) -> None:
    store = load_workspace(example_workspace(tmp_path, "# Title\n")).facts
    table = TEMPLATES_PAGE.read_text("utf-8").partition("## Functions")[2].partition("\n## ")[0]
    calls = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]

    named = {name for call in calls for name in re.findall(r"`(\w+)[(\[]", call)}

    assert named == set(template_functions(Calls(store, "public")))


# ---------------------------------------------------------------- the README


def copied_workspace(root: Path) -> Path:
    """This repository's facts and templates under `root`."""
    for folder in ("facts", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def page_of(command: str, workspace: Path) -> str:
    """The text and charts of the one web page that a command makes of a workspace."""
    words = [*command.split(), "--format", "html", "--out", str(workspace / "out")]
    assert main([*words, "--workspace", str(workspace)]) == 0
    (page,) = (workspace / "out").glob("*/*.html")
    return page.read_text("utf-8").rpartition("</style>")[2]


def test_the_change_in_the_readme_changes_the_page_that_it_builds(tmp_path: Path) -> None:
    (change,) = blocks(README, "diff")
    old, new = (line[1:] for line in change.splitlines())
    (command,) = (line for line in commands_of(README) if line.startswith("build "))
    workspace = copied_workspace(tmp_path)

    before = page_of(command, workspace)
    file = changed_line(workspace / "facts", old, new)
    after = page_of(command, workspace)

    changed = before.count("70%") - after.count("70%")
    assert changed >= 2  # in the chart and in the note
    assert after.count("72%") - before.count("72%") == changed
    assert f"`facts/{file.name}`" in README.read_text("utf-8")


def test_the_message_in_the_readme_is_what_check_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (message,) = blocks(README, "text")
    template, line = message.split(":")[:2]
    workspace = copied_workspace(tmp_path)
    above = ["# Title", "", "Lead.", ""]
    assert int(line) == len(above) + 1
    write(workspace / template, "\n".join([*above, "There are 3 of them.", ""]))

    audience, language = Path(template).name.split(".")[:2]
    edition = ["--audience", audience, "--lang", language]
    code = main(["check", *edition, "--workspace", str(workspace)])

    assert (code, capsys.readouterr().err) == (1, message)


# ---------------------------------------------------------------- links


def links(page: Path) -> list[str]:
    """The targets of the page's links and pictures that lie in this repository."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`(?!\])", "", prose)
    found = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [target for target in found if not target.startswith(("https://", "mailto:"))]


def anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of the page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("page", "target"),
    [(page, target) for page in PAGES for target in sorted(set(links(page)))],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    name, _, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page

    assert file.exists()
    assert file.is_relative_to(ROOT)
    assert not anchor or anchor in anchors(file)


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {(ROOT / target.partition("#")[0]).resolve() for target in links(README)}

    assert {page for page in PAGES if page != README} <= linked
