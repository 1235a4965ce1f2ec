"""To help whoever writes facts: `new fact` asks for one, `facts schema` is for her editor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.briefs import Workspace, load_workspace
from reports.cli import new_theme, starting
from reports.cli.evidence import evidence_folder
from reports.cli.printing import print_problems
from reports.cli.words import Commands, add_command, add_group, given_path, open_to_read
from reports.problems import Problem, ReportError

if TYPE_CHECKING:  # what asks and writes is imported where it is used
    from reports.cli.new_fact import Interview
    from reports.facts.draft.entry import Entry


def declare(commands: Commands, questions: Commands) -> None:
    """Add `new fact`, and `schema` to the questions of `facts`."""
    what = "the JSON Schema of fact files, by which an editor completes and checks them"
    schema = add_command(
        questions, "schema", _schema, what, "facts schema --ids --out .cache/facts.schema.json"
    )
    schema.add_argument("--ids", action="store_true", help="with the ids that the store declares")
    schema.add_argument("--out", type=given_path, help="file to write (default: standard output)")
    schema.add_argument("--lang", help="language in which the ids are described")
    kinds = add_group(commands, "new", "kinds", "write something new", "new fact")
    what = "a fact: asks for each of its parts, checks it and writes it into a fact file"
    fact = add_command(kinds, "fact", _new_fact, what, "new fact --file facts/report.yaml")
    fact.add_argument("--file", type=given_path, help="fact file (default: that of the source)")
    fact.add_argument("--lang", help="language of the words")
    starting.declare(kinds)
    new_theme.declare(kinds)


def _schema(arguments: argparse.Namespace) -> int:
    from reports.facts.schema import fact_schema, schema_text, store_schema
    from reports.files import replace_file

    if arguments.ids:
        workspace, code = open_to_read(arguments)
        schema = store_schema(workspace.facts, workspace.languages, code)
    else:
        schema = fact_schema()
    text = schema_text(schema)
    if not arguments.out:
        sys.stdout.write(text)
        return 0
    replace_file(arguments.out, text.encode())
    print(arguments.out, file=sys.stderr)
    return 0


# ---------------------------------------------------------------- a new fact


def _new_fact(arguments: argparse.Namespace) -> int:
    from reports.cli.new_fact import Interview
    from reports.facts.draft.answers import Drafts

    file = _fact_file(arguments)
    workspace, code = open_to_read(arguments)
    if not workspace.facts.sources:
        print("no source is declared", file=sys.stderr)
        print("  hint: add one under 'sources:' in a fact file, then its facts", file=sys.stderr)
        return 1
    drafts = Drafts(workspace.facts, workspace.languages, workspace.names)
    interview = Interview(drafts, code, workspace.day, _paragraphs(workspace))
    print("?  lists what may be answered, '? word' what holds that word")
    print("+  declares something new        Enter  takes what stands in [ ]        Ctrl-C  stops")
    try:
        for part in interview.parts:
            interview.ask(part)
        return _finish(interview, workspace, file)
    except EOFError:
        print("\nthe answers ended; nothing was written", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print("\nan answer is not UTF-8; nothing was written", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; nothing was written", file=sys.stderr)
        return 130


def _fact_file(arguments: argparse.Namespace) -> Path | None:
    """The file that was asked for; one that no facts are read from is a wrong command."""
    if arguments.file is None:
        return None
    from reports.facts.load.table.sidecar import SUFFIX

    file: Path = arguments.file.parent.resolve() / arguments.file.name
    folder: Path = arguments.workspace / "facts"
    if file.suffix == ".yaml" and not file.name.endswith(SUFFIX) and file.is_relative_to(folder):
        return file
    print(f"--file: '{arguments.file}' is no fact file", file=sys.stderr)
    print(f"  hint: name a .yaml file in {folder}", file=sys.stderr)
    raise SystemExit(2)


def _finish(interview: Interview, workspace: Workspace, asked: Path | None) -> int:
    """Show the fact and let parts of it be changed, until it is written or given up."""
    from reports.cli.dialogue import Question, pick, tell

    while True:
        problems = interview.drafts.faults(interview.fact)
        print(_shown(interview.entries))
        tell(problems or _findings(interview, workspace))
        source = str(interview.fact.keys["source"])
        file = asked or workspace.facts.sources[source].declared.file
        name = file.relative_to(workspace.root)
        choices = {"yes": f"write it to {name}", "no": "give it up", **interview.parts}
        what = f"write this to {name}? yes, no, or a part to change, such as statement"
        match pick(Question(what, choices=dict.fromkeys(choices, ""))):
            case "no":
                print("nothing was written")
                return 0
            case "yes":
                if not problems and _written(interview, workspace, file):
                    return 0
            case part:
                interview.ask(part)


def _written(interview: Interview, workspace: Workspace, file: Path) -> bool:
    """Write the fact, if the whole store is without faults with it."""
    from reports.facts.draft.entry import add_entries

    loaded: list[Workspace] = []
    try:
        add_entries(file, interview.entries, lambda: loaded.append(load_workspace(workspace.root)))
    except ReportError as error:
        print_problems(error.problems, workspace.root)
        print(f"{file.relative_to(workspace.root)} is as it was", file=sys.stderr)
        return False
    fact = loaded[0].facts.facts[interview.fact.id]
    print(f"{fact.id} is written: {fact.declared.shown(workspace.root)}")
    return True


def _shown(entries: Sequence[Entry]) -> str:
    """The entries as they will stand in the file."""
    from reports.facts.draft.entry import entry_lines

    blocks = ([f"{entry.section}:", *entry_lines(entry.id, entry.keys)] for entry in entries)
    return "\n" + "\n".join(line for block in blocks for line in block) + "\n"


# ---------------------------------------------------------------- the texts of the sources


def _paragraphs(workspace: Workspace) -> Callable[[str], Sequence[str]]:
    """To get the paragraphs of a source's text by its id, none where it is not at hand."""
    from reports.facts.evidence.texts import read_texts

    def of(source: str) -> Sequence[str]:
        folder = _folder(workspace)
        sources = [workspace.facts.sources[source]] if folder else []
        texts, _ = read_texts(sources, folder or Path(), workspace.names)
        return [each.text for text in texts.values() for each in text.paragraphs]

    return of


def _findings(interview: Interview, workspace: Workspace) -> Sequence[Problem]:
    """What the source's text doesn't confirm of the fact, which stops nobody from writing it."""
    from reports.facts.evidence import check_evidence

    folder = _folder(workspace)
    if not folder:
        return ()
    id_, store = interview.fact.id, interview.drafts.declaring(interview.fact).store
    same = {
        key: fact for key, fact in store.facts.items() if fact.source == store.facts[id_].source
    }
    found = check_evidence(replace(store, facts=same), folder, workspace.names).findings
    return [finding.problem for finding in found if finding.fact == id_]


def _folder(workspace: Workspace) -> Path | None:
    try:
        return evidence_folder(workspace)
    except ReportError:
        return None
