"""A new brief: its settings, a base template a language with named blocks, a template an audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from reports.audiences import check_id
from reports.briefs import Workspace, load_workspace
from reports.build import resolve_all
from reports.facts.draft.entry import in_line
from reports.language import load_language
from reports.problems import Place, Problem, raise_if_fatal
from reports.starter.writing import write_together

_GUIDES = Path(__file__).parent / "guides"
BLOCKS = ("answer", "evidence", "options", "consequences", "uncertainty", "recommendation")
BOXES = {
    "answer": "summary",
    "decision": "decision",
    "uncertainty": "caveat",
    "recommendation": "assessment",
}


@dataclass(frozen=True)
class Asked:
    """The brief that is asked for: its id, title, languages, and who it is from.

    `audiences` are those who read, by id, each with the languages of its own.
    """

    id: str
    title: str
    languages: tuple[str, ...]
    audiences: Mapping[str, tuple[str, ...]]
    sender: str


def new_brief(workspace: Workspace, asked: Asked) -> tuple[Path, ...]:
    """The files that were written: the brief builds, for each of its audiences.

    Raises ReportError, and leaves all as it was, where it can't.
    """
    folder = workspace.templates / asked.id
    problems: list[Problem] = []
    check_id(asked.id, "a brief", Place(folder), problems)
    raise_if_fatal(problems)
    files = brief_files(asked, workspace.day, told={})
    new = {folder / name: text for name, text in files.items()}
    write_together(new, {}, lambda: _check(workspace.root, asked.id))
    return tuple(new)


def brief_files(asked: Asked, day: date, told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The texts of a brief by the names of its files.

    `told` are ids of facts that a block tells; a block without any has a line to write over.
    """
    written = {id_: own or asked.languages for id_, own in asked.audiences.items()}
    codes = tuple(dict.fromkeys(code for own in written.values() for code in own))
    return {
        "brief.yaml": _settings(asked, codes, day),
        **{f"base.{code}.md.j2": _base(asked, code, told) for code in codes},
        **{
            f"{id_}.{code}.md.j2": _extending(asked.id, id_, code)
            for id_, own in written.items()
            for code in own
        },
    }


def _check(root: Path, brief: str) -> None:
    """Raise ReportError unless every edition of the brief can be made."""
    workspace = load_workspace(root)
    resolve_all([each for each in workspace.editions() if each.brief.id == brief], workspace)


def _settings(asked: Asked, codes: Sequence[str], day: date) -> str:
    return _filled(
        "brief.yaml",
        title=in_line(dict.fromkeys(codes, asked.title)),
        sender=in_line(dict.fromkeys(codes, asked.sender)),
        date=day.isoformat(),
        audiences=in_line(list(asked.audiences)),
        languages=in_line(asked.languages),
    )


def _base(asked: Asked, code: str, told: Mapping[str, Sequence[str]]) -> str:
    blocks = ["\n".join(_block(name, told.get(name, ()), code)) for name in BLOCKS]
    return _filled(
        "base.md.j2",
        language=code,
        heading=asked.title,
        lead=load_language(code).say("starter-lead"),
        blocks="\n\n".join(blocks),
    )


def _block(name: str, facts: Sequence[str], code: str) -> Iterator[str]:
    """The lines of a block: its heading or box, and the facts or a line to write over."""
    heading = load_language(code).say(f"starter-{name}")
    yield f"{{% block {name} %}}"
    yield from block_text(name, heading, facts, code)
    yield "{% endblock %}"


def block_text(name: str, heading: str, facts: Sequence[str], code: str) -> Iterator[str]:
    """What stands in a block of that name: a box or a section, with the statements of facts."""
    items = [f'- {{{{ statement("{id_}") }}}}' for id_ in facts]
    lines = items or [load_language(code).say("starter-write")]
    if name in BOXES:
        yield from (f'!!! {BOXES[name]} "{heading}"', "", *(f"    {line}" for line in lines))
    else:
        yield from (f"## {heading}", "", *lines)


def _extending(brief: str, audience: str, code: str) -> str:
    return _filled("extending.md.j2", id=audience, origin=f"{brief}/base.{code}.md.j2")


def _filled(guide: str, **values: str) -> str:
    return Template((_GUIDES / guide).read_text("utf-8")).substitute(values)
