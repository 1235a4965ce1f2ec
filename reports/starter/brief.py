"""A new brief: its settings, a base template a language with named blocks, a template an audience."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from string import Template

from reports.audiences import Audience, check_id
from reports.briefs import Workspace, load_workspace
from reports.build import resolve_all
from reports.facts.draft.entry import in_line
from reports.language import load_language
from reports.problems import Place, Problem, raise_if_fatal
from reports.starter.readers import in_the_way
from reports.starter.writing import write_together

_GUIDES = Path(__file__).parent / "guides"
_NUMBER = re.compile(r"\d(?:[\d.,:/–-]*\d)?")
_FIRST = ("answer", "decision", "evidence", "options", "consequences")
_LAST = ("uncertainty", "recommendation")
_ASKED_FOR = "decision"  # has no place in a brief in which nothing is to be decided
_WRITTEN = ("title", "question")  # by the guide
BOXES = {
    "answer": "summary",
    "decision": "decision",
    "uncertainty": "caveat",
    "recommendation": "assessment",
}


@dataclass(frozen=True)
class Asked:
    """The brief that is asked for: its id, title, languages, readers, and who it is from.

    `languages` are for the audiences that have none of their own; `sender` is by language.
    """

    id: str
    title: str
    languages: tuple[str, ...]
    audiences: tuple[Audience, ...]
    sender: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages of its editions, the brief's own first."""
        own = [audience.languages for audience in self.audiences]
        return tuple(dict.fromkeys(chain(self.languages if () in own else (), *own)))


def new_brief(workspace: Workspace, asked: Asked) -> tuple[Path, ...]:
    """The files that were written: the brief builds, for each of its audiences.

    Without languages it has those of the other briefs.  Raises ReportError, and leaves all as it
    was, where it can't be made.
    """
    folder = workspace.templates / asked.id
    problems = list(in_the_way(workspace, asked.languages, asked.audiences))
    check_id(asked.id, "a brief", Place(folder), problems)
    if asked.id in workspace.briefs:
        hint = "choose another name; to take this brief away, delete the folder"
        problems.append(Problem(Place(folder), "a brief of this name exists already", hint))
    raise_if_fatal(problems)
    files = brief_files(_settled(workspace, asked), workspace.day, told={})
    new = {folder / name: text for name, text in files.items()}
    write_together(new, {}, lambda: _check(workspace.root, asked.id))
    return tuple(new)


def _settled(workspace: Workspace, asked: Asked) -> Asked:
    """What is asked for, in languages that all facts can be told in."""
    shared = any(not audience.languages for audience in asked.audiences)
    codes = asked.languages if shared else ()
    return replace(asked, languages=codes or workspace.languages)


def brief_files(asked: Asked, day: date, told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The texts of a brief by the names of its files.

    `told` are ids of facts that a block tells; a block without any has a line to write over.
    """
    return {
        "brief.yaml": _settings(asked, day),
        **{f"base.{code}.md.j2": _base(asked, code, told) for code in asked.codes},
        **{
            f"{audience.id}.{code}.md.j2": _extending(asked.id, audience.id, code)
            for audience in asked.audiences
            for code in audience.languages or asked.languages
        },
    }


def _check(root: Path, brief: str) -> None:
    """Raise ReportError unless every edition of the brief can be made."""
    workspace = load_workspace(root)
    resolve_all([each for each in workspace.editions() if each.brief.id == brief], workspace)


def _settings(asked: Asked, day: date) -> str:
    senders = tuple(asked.sender.values())
    return _filled(
        "brief.yaml",
        title=in_line(dict.fromkeys(asked.codes, asked.title)),
        sender=in_line({code: asked.sender.get(code, senders[0]) for code in asked.codes}),
        date=day.isoformat(),
        audiences=in_line([audience.id for audience in asked.audiences]),
        languages=in_line(asked.languages),
    )


def _base(asked: Asked, code: str, told: Mapping[str, Sequence[str]]) -> str:
    names = _block_names(asked.audiences)
    blocks = ["\n".join(_block(name, told.get(name, ()), code)) for name in names]
    return _filled(
        "base.md.j2",
        language=code,
        heading=heading_text(asked.title),
        lead=load_language(code).say("starter-lead"),
        blocks="\n\n".join(blocks),
    )


def _block_names(audiences: Iterable[Audience]) -> list[str]:
    """The blocks of a base in reading order, those that the audiences require among them."""
    required = dict.fromkeys(name for audience in audiences for name in audience.require)
    known = (*_WRITTEN, *_FIRST, *_LAST)
    first = [name for name in _FIRST if name != _ASKED_FOR or name in required]
    others = [name for name in required if name not in known and name.isidentifier()]
    return [*first, *others, *_LAST]


def _block(name: str, facts: Sequence[str], code: str) -> Iterator[str]:
    """The lines of a block: its heading or box, and the facts or a line to write over."""
    yield f"{{% block {name} %}}"
    yield from block_text(name, heading_of(name, code), facts, code)
    yield "{% endblock %}"


def block_text(name: str, heading: str, facts: Sequence[str], code: str) -> Iterator[str]:
    """What stands in a block of that name: a box or a section, with the statements of facts."""
    items = [f'- {{{{ statement("{id_}") }}}}' for id_ in facts]
    lines = items or [load_language(code).say("starter-write")]
    if name == "contents":
        yield "{{ contents() }}"
    elif name in BOXES:
        yield from (f'!!! {BOXES[name]} "{heading}"', "", *(f"    {line}" for line in lines))
    else:
        yield from (f"## {heading}", "", *lines)


def heading_of(name: str, code: str) -> str:
    """The heading of a block in a language: one to write over where its name is the author's."""
    known = name in (*_FIRST, *_LAST)
    return load_language(code).say(f"starter-{name}" if known else "starter-heading")


def _extending(brief: str, audience: str, code: str) -> str:
    return _filled("extending.md.j2", id=audience, origin=f"{brief}/base.{code}.md.j2")


def heading_text(title: str) -> str:
    """A title as a template writes it: a number in it is part of a name, and has no source."""
    return _NUMBER.sub(r'{{ plain("\g<0>", "part of the title") }}', title)


def _filled(guide: str, **values: str) -> str:
    return Template((_GUIDES / guide).read_text("utf-8")).substitute(values)
